//! Site → what search knows of each page: title, sections, other names, facets. One page per thing and language.
//!
//! What is not for readers is not here: drafts and pages of other audiences never came as far as the site, and pages
//! that set `search: {exclude: true}` are left out.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::model::{
    CodeText, Fields, Graph, Handbook, Kind, Lang, Piece, Relation, Site, Text, Thing, ThingId,
};

/// A subject of the handbook, and what it can be narrowed down by.
#[derive(Clone, Debug)]
pub struct Subject {
    /// By facet, in the order of [`FACETS`]: the values it has.
    pub facets: [BTreeSet<String>; FACETS.len()],
    /// Factor on its rank, from its front matter.
    pub boost: f64,
    /// Its pages, default language first.
    pub pages: Vec<Page>,
}

/// What a subject can be narrowed down by, besides its languages.
pub const FACETS: [&str; 6] = ["kind", "area", "practice", "level", "role", "team"];

/// A subject in one language.
#[derive(Clone, Debug)]
pub struct Page {
    /// Index of its language in the handbook's.
    pub language: usize,
    pub title: String,
    /// Below the site's root, without language; empty for the home page.
    pub address: String,
    pub kind: Kind,
    /// Id of its area; may be empty.
    pub area: String,
    /// The lowest level it is about; may be empty.
    pub level: String,
    /// Other names, titles in other languages, and what it belongs to.
    pub about: Vec<String>,
    /// In the order of the page; the first is what stands before all headings.
    pub sections: Vec<Section>,
}

/// A part of a page that a link can lead to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// Empty: the page as a whole.
    pub anchor: String,
    /// Its heading, or the words of a criterion.
    pub heading: String,
    pub criterion: bool,
    pub text: String,
}

/// Every subject that can be found, in the order of the handbook.
pub fn subjects(site: &Site) -> Vec<Subject> {
    let things: Vec<(ThingId, &Thing)> =
        site.handbook.iter().filter(|(_, thing)| !thing.original().summary.common.search.exclude).collect();
    things.into_par_iter().map(|(id, thing)| subject(site, id, thing)).collect()
}

fn subject(site: &Site, id: ThingId, thing: &Thing) -> Subject {
    let facets = facets(site, id, thing);
    let [_, areas, _, levels, ..] = &facets;
    let first = |values: &BTreeSet<String>| values.first().cloned().unwrap_or_default();
    let level = match thing.kind {
        Kind::Level | Kind::Playbook => first(levels),
        _ => String::new(),
    };
    let pages = site.handbook.languages.iter().enumerate().filter_map(|(language, lang)| {
        let text = thing.texts.get(lang)?;
        Some(Page {
            language,
            title: text.summary.title.clone(),
            address: thing.address.clone(),
            kind: thing.kind,
            area: first(areas),
            level: level.clone(),
            about: about(site, id, thing, lang),
            sections: sections(site, id, thing, lang, text),
        })
    });
    let pages = pages.collect();
    Subject { facets, boost: thing.original().summary.common.search.boost, pages }
}

fn facets(site: &Site, id: ThingId, thing: &Thing) -> [BTreeSet<String>; FACETS.len()] {
    let (handbook, graph) = (&site.handbook, &site.graph);
    let mut facets: [BTreeSet<String>; FACETS.len()] = Default::default();
    let [kinds, areas, practices, levels, roles, teams] = &mut facets;
    kinds.insert(thing.kind.name().to_owned());
    let own = || thing.id.as_ref().map(ToString::to_string);
    match thing.kind {
        Kind::Area => areas.extend(own()),
        Kind::Practice => practices.extend(own()),
        Kind::Role => roles.extend(own()),
        Kind::Team => teams.extend(own()),
        _ => {}
    }
    match thing.fields() {
        Fields::Level { number } => {
            levels.insert(number.value.to_string());
        }
        Fields::Practice(fields) => {
            levels.extend(fields.criteria.iter().map(|criterion| criterion.level.value.to_string()));
        }
        _ => {}
    }
    for edge in graph.outgoing_of(id) {
        let name = name_of(handbook, edge.to);
        match edge.relation {
            Relation::InArea => areas.extend(name),
            Relation::HelpsWith | Relation::ShowsGap | Relation::Improves | Relation::PutsToUse => {
                practices.extend(name);
                levels.extend(edge.levels.iter().map(u8::to_string));
                areas.extend(area_of(handbook, graph, edge.to));
            }
            Relation::LedBy | Relation::ContributedBy | Relation::ForRole => roles.extend(name),
            Relation::OfTeam | Relation::Assesses => teams.extend(name),
            Relation::Requires
            | Relation::Related
            | Relation::AnsweredBy
            | Relation::Tailors
            | Relation::Reads => {}
        }
    }
    facets
}

fn name_of(handbook: &Handbook, id: ThingId) -> Option<String> {
    handbook.thing(id).id.as_ref().map(ToString::to_string)
}

fn area_of(handbook: &Handbook, graph: &Graph, practice: ThingId) -> Option<String> {
    name_of(handbook, crate::model::area_of(graph, practice)?)
}

/// What else a page is found by: its other names in every language, its titles in the other languages.
fn about(site: &Site, id: ThingId, thing: &Thing, lang: &Lang) -> Vec<String> {
    let mut about = Vec::new();
    for (other, text) in &thing.texts {
        if other != lang {
            about.push(text.summary.title.clone());
        }
        about.extend(text.summary.common.also_known_as.iter().map(|name| name.value.clone()));
    }
    let summary = &thing.text(lang).summary;
    match &summary.fields {
        Fields::Role(fields) => about.extend(fields.title_long.clone()),
        Fields::Slo(fields) => {
            about.extend([&fields.service, &fields.indicator].into_iter().flatten().cloned())
        }
        _ => {}
    }
    about.extend(thing.id.as_ref().filter(|_| thing.kind == Kind::Slo).map(ToString::to_string));
    about.extend(
        site.graph
            .outgoing_of(id)
            .filter(|edge| edge.relation == Relation::HelpsWith)
            .map(|edge| site.handbook.thing(edge.to).title(lang).to_owned()),
    );
    about
}

fn sections(site: &Site, id: ThingId, thing: &Thing, lang: &Lang, text: &Text) -> Vec<Section> {
    let summary = &text.summary;
    let mut intro = Section::default();
    let mut tell = |words: Option<&str>| {
        if let Some(words) = words {
            intro.text.push_str(words);
            intro.text.push('\n');
        }
    };
    tell(summary.common.description.as_ref().map(|text| text.value.as_str()));
    match &summary.fields {
        Fields::Playbook(fields) => tell(fields.when.as_deref()),
        Fields::Postmortem(fields) => {
            fields.services.iter().for_each(|service| tell(Some(service)));
            fields.factors.iter().for_each(|factor| tell(Some(&factor.value)));
            fields.gaps.iter().for_each(|gap| tell(gap.note.as_deref()));
            fields.actions.iter().for_each(|action| tell(Some(&action.text)));
            fields.action_texts.iter().for_each(|(_, text)| tell(Some(&text.value)));
        }
        Fields::Team(fields) => {
            fields.services.iter().for_each(|service| tell(Some(service)));
            fields.adoption.iter().for_each(|(_, note)| tell(Some(note)));
        }
        Fields::Path(fields) => {
            fields.steps.iter().for_each(|step| tell(step.note.as_deref()));
            fields.step_notes.iter().for_each(|(_, note)| tell(Some(note)));
        }
        Fields::Slo(fields) => {
            tell(fields.journey.as_ref().map(|text| text.value.as_str()));
            tell(fields.rationale.as_deref());
            tell(Some(&fields.source));
        }
        _ => {}
    }
    let mut sections = vec![intro];
    body(site, id, lang, text, &mut sections);
    criteria(thing, lang, &mut sections);
    sections.retain(|section| !section.heading.is_empty() || !section.text.is_empty());
    sections
}

/// The prose below each heading, and the code in it.
fn body(site: &Site, id: ThingId, lang: &Lang, text: &Text, sections: &mut Vec<Section>) {
    let summary = &text.summary;
    let links = site.graph.pages.get(&(id, lang.clone()));
    let anchors = links.map_or(&[][..], |links| links.anchors.as_slice());
    let first = sections.len();
    let plain: Cow<'_, str> = site.plain(id, lang, &text.body.text);
    let mut headings = summary.headings.iter().zip(anchors).peekable();
    for line in plain.lines() {
        match headings.next_if(|(heading, _)| site.plain(id, lang, &heading.text) == line) {
            Some((_, anchor)) => sections.push(Section {
                anchor: anchor.id.clone(),
                heading: line.to_owned(),
                ..Section::default()
            }),
            None => {
                if let Some(section) = sections.last_mut() {
                    section.text.push_str(line);
                    section.text.push('\n');
                }
            }
        }
    }
    let mut place = first.saturating_sub(1);
    for piece in &text.body.pieces {
        match piece {
            Piece::HeadingStart(heading) => place = first + heading,
            Piece::Code(block) => {
                let code = match &block.text {
                    CodeText::Written(code) => Some(code),
                    CodeText::Included(include) => {
                        links.and_then(|links| links.includes.get(*include)).and_then(Option::as_ref)
                    }
                };
                let place = place.min(sections.len().saturating_sub(1));
                if let (Some(code), Some(section)) = (code, sections.get_mut(place)) {
                    section.text.push_str(code);
                    section.text.push('\n');
                }
            }
            _ => {}
        }
    }
}

/// The criteria of a practice, each a place of its own.
fn criteria(thing: &Thing, lang: &Lang, sections: &mut Vec<Section>) {
    let Fields::Practice(fields) = thing.fields() else { return };
    let own = match &thing.text(lang).summary.fields {
        Fields::Practice(own) => own.criterion_texts.as_slice(),
        _ => &[],
    };
    for criterion in &fields.criteria {
        let id = &criterion.id.value;
        let translated = own.iter().find(|(name, _)| name.value == *id).map(|(_, text)| text);
        let evidence = translated.unwrap_or(&criterion.text).evidence.as_ref();
        sections.push(Section {
            anchor: id.clone(),
            heading: thing.criterion_text(id, lang).unwrap_or_default().to_owned(),
            criterion: true,
            text: evidence.map(|text| text.value.clone()).unwrap_or_default(),
        });
    }
}
