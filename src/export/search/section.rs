//! A page taken apart: what stands before all headings, what stands below each, and every criterion.

use std::collections::BTreeSet;

use super::facets::name_of;
use super::record::Part;
use crate::model::{CodeText, Fields, Piece, Relation, Site, Text, Thing, ThingId};

/// A part of a page.
#[derive(Clone, Debug)]
pub struct Section {
    pub part: Part,
    /// 1 for the page, 2 to 6 for headings, 2 for criteria.
    pub depth: u8,
    pub anchor: Option<String>,
    pub heading: Option<String>,
    pub text: String,
    /// Of a criterion.
    pub level: Option<u8>,
    /// Who answers a criterion.
    pub roles: BTreeSet<String>,
}

/// The page itself, then its headings, then its criteria.
pub fn sections(site: &Site, id: ThingId, thing: &Thing, text: &Text) -> Vec<Section> {
    let mut sections = vec![Section {
        part: Part::Page,
        depth: 1,
        anchor: None,
        heading: None,
        text: words_of_front_matter(text),
        level: None,
        roles: BTreeSet::new(),
    }];
    let positions = headings(site, id, text, &mut sections);
    code(site, id, text, &positions, &mut sections);
    criteria(site, id, thing, text, &mut sections);
    for section in &mut sections {
        section.text.truncate(section.text.trim_end().len());
    }
    sections
}

/// What the page shows of its front matter in words; criteria are parts of their own.
fn words_of_front_matter(text: &Text) -> String {
    let mut words: Vec<&str> = Vec::new();
    match &text.summary.fields {
        Fields::Role(fields) => words.extend(fields.title_long.as_deref()),
        Fields::Playbook(fields) => words.extend(fields.when.as_deref()),
        Fields::Postmortem(fields) => {
            words.extend(fields.services.iter().map(String::as_str));
            words.extend(fields.factors.iter().map(|factor| factor.value.as_str()));
            words.extend(fields.gaps.iter().filter_map(|gap| gap.note.as_deref()));
            words.extend(fields.actions.iter().map(|action| action.text.as_str()));
            words.extend(fields.action_texts.iter().map(|(_, text)| text.value.as_str()));
        }
        Fields::Team(fields) => {
            words.extend(fields.services.iter().map(String::as_str));
            words.extend(fields.adoption.iter().map(|(_, note)| note.as_str()));
        }
        Fields::Path(fields) => {
            words.extend(fields.steps.iter().filter_map(|step| step.note.as_deref()));
            words.extend(fields.step_notes.iter().map(|(_, note)| note.as_str()));
        }
        Fields::Slo(fields) => {
            words.extend(fields.journey.as_ref().map(|text| text.value.as_str()));
            words.extend(fields.rationale.as_deref());
            words.extend(fields.service.as_deref());
            words.push(&fields.source);
        }
        _ => {}
    }
    words.iter().filter(|words| !words.is_empty()).map(|words| format!("{words}\n")).collect()
}

/// The prose, cut where a line is the next heading. Gives for every heading of the body the section it opened, or for
/// one without words the section it stands in.
fn headings(site: &Site, id: ThingId, text: &Text, sections: &mut Vec<Section>) -> Vec<usize> {
    let summary = &text.summary;
    let links = site.graph.pages.get(&(id, summary.lang.clone()));
    let plain = site.plain(id, &summary.lang, &text.body.text);
    let mut lines = plain.lines();
    let mut positions = Vec::with_capacity(summary.headings.len());
    for (at, heading) in summary.headings.iter().enumerate() {
        let words = site.plain(id, &summary.lang, &heading.text);
        // Where a heading is no line of its own, the prose stays together.
        let mut ahead = lines.clone();
        if !words.is_empty() && ahead.any(|line| line == words) {
            let before = lines.by_ref().take_while(|line| *line != words);
            push_lines(sections, before);
            let anchor = links.and_then(|links| links.anchors.get(at));
            sections.push(Section {
                part: Part::Heading,
                depth: heading.level.clamp(2, 6),
                anchor: Some(anchor.map_or(&heading.slug, |anchor| &anchor.id).clone()),
                heading: Some(words.into_owned()),
                text: String::new(),
                level: None,
                roles: BTreeSet::new(),
            });
        }
        positions.push(sections.len() - 1);
    }
    push_lines(sections, lines);
    positions
}

fn push_lines<'a>(sections: &mut [Section], lines: impl Iterator<Item = &'a str>) {
    let Some(section) = sections.last_mut() else { return };
    for line in lines {
        section.text.push_str(line);
        section.text.push('\n');
    }
}

/// The code below each heading, behind its prose; `positions` by heading of the body.
fn code(site: &Site, id: ThingId, text: &Text, positions: &[usize], sections: &mut [Section]) {
    let links = site.graph.pages.get(&(id, text.summary.lang.clone()));
    let mut position = 0;
    for piece in &text.body.pieces {
        match piece {
            Piece::HeadingStart(heading) => position = positions.get(*heading).copied().unwrap_or(position),
            Piece::Code(block) => {
                let code = match &block.text {
                    CodeText::Written(code) => Some(code),
                    CodeText::Included(include) => {
                        links.and_then(|links| links.includes.get(*include)).and_then(Option::as_ref)
                    }
                };
                if let (Some(code), Some(section)) = (code, sections.get_mut(position)) {
                    section.text.push_str(code);
                    section.text.push('\n');
                }
            }
            _ => {}
        }
    }
}

fn criteria(site: &Site, id: ThingId, thing: &Thing, text: &Text, sections: &mut Vec<Section>) {
    let Fields::Practice(fields) = thing.fields() else { return };
    let own = match &text.summary.fields {
        Fields::Practice(own) => own.criterion_texts.as_slice(),
        _ => &[],
    };
    for criterion in &fields.criteria {
        let name = &criterion.id.value;
        let translated = own.iter().find(|(own, _)| own.value == *name).map(|(_, text)| text);
        let evidence = translated.unwrap_or(&criterion.text).evidence.as_ref();
        let answered = site
            .graph
            .outgoing_of(id)
            .filter(|edge| edge.relation == Relation::AnsweredBy && edge.criterion.as_ref() == Some(name));
        sections.push(Section {
            part: Part::Criterion,
            depth: 2,
            anchor: Some(name.clone()),
            heading: Some(thing.criterion_text(name, &text.summary.lang).unwrap_or_default().to_owned()),
            text: evidence.map(|text| text.value.clone()).unwrap_or_default(),
            level: Some(criterion.level.value),
            roles: answered.filter_map(|edge| name_of(site, edge.to)).collect(),
        });
    }
}
