//! What everything in a handbook is called.

use crate::model::{Criterion, Fields, Lang, Site, Summary, ThingId};

/// A name of something.
#[derive(Clone, Copy, Debug)]
pub struct Called<'a> {
    pub thing: ThingId,
    pub criterion: Option<&'a str>,
    pub name: &'a str,
    pub lang: &'a Lang,
    pub part: Part,
    /// The place in the handbook, and of the language among the handbook's.
    pub rank: (usize, usize),
}

/// Which name it is, the most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Title,
    Id,
    OtherName,
    CriterionId,
    CriterionText,
}

/// Every name of everything.
pub fn names(site: &Site) -> Vec<Called<'_>> {
    let handbook = &site.handbook;
    let default = handbook.default_language();
    let mut names = Vec::new();
    for (place, (id, thing)) in handbook.iter().enumerate() {
        let mut add = |criterion, name, lang, part| {
            let language = handbook.languages.iter().position(|known| known == lang);
            let rank = (place, language.unwrap_or(usize::MAX));
            names.push(Called { thing: id, criterion, name, lang, part, rank });
        };
        if let Some(id) = &thing.id {
            add(None, id.as_str(), default, Part::Id);
        }
        for (lang, text) in &thing.texts {
            add(None, &text.summary.title, lang, Part::Title);
            for name in other_names(&text.summary) {
                add(None, name, lang, Part::OtherName);
            }
        }
        let Fields::Practice(fields) = thing.fields() else { continue };
        for Criterion { id, text, .. } in &fields.criteria {
            let criterion = Some(id.value.as_str());
            add(criterion, &id.value, default, Part::CriterionId);
            for text in text.text.iter() {
                add(criterion, &text.value, &thing.original, Part::CriterionText);
            }
        }
        for (lang, text) in &thing.texts {
            let Fields::Practice(translated) = &text.summary.fields else { continue };
            for (id, texts) in &translated.criterion_texts {
                let known = fields.criteria.iter().find(|criterion| criterion.id.value == id.value);
                if let (Some(criterion), Some(text)) = (known, &texts.text) {
                    add(Some(criterion.id.value.as_str()), &text.value, lang, Part::CriterionText);
                }
            }
        }
    }
    names
}

fn other_names(summary: &Summary) -> impl Iterator<Item = &str> {
    let long = match &summary.fields {
        Fields::Role(fields) => fields.title_long.as_deref(),
        _ => None,
    };
    let also = summary.common.also_known_as.iter().map(|name| name.value.as_str());
    also.chain(long).chain(summary.common.nav_title.as_deref())
}
