//! Finds a thing by what people call it, and writes the link to it.
//!
//! 1. `names` lists what everything is called, in every language;
//! 2. `likeness` says how much a text is like a name;
//! 3. [`Forms`] are the link to what was found, for each sort of document.

mod forms;
mod likeness;
mod names;

use std::collections::BTreeSet;

pub use forms::{Form, Forms};

use crate::model::{Kind, Lang, Site, ThingId};
use likeness::{Likeness, distance, folded, likeness};
use names::{Called, Part, names};

/// Something that is called like the text that was looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit<'a> {
    pub thing: ThingId,
    /// The practice's criterion that is meant.
    pub criterion: Option<&'a str>,
    /// The name that the text is like.
    pub name: &'a str,
    /// The default language where a name of it in that language is like the text, else that of the name.
    pub lang: &'a Lang,
}

/// What is called like `text`, the most alike first; everything once. `kind:` before the text asks for
/// things of that kind, `practice#` for criteria of that practice; double brackets around it do no harm.
pub fn find<'a>(site: &'a Site, text: &str) -> Vec<Hit<'a>> {
    let Asked { kind, practice, text } = Asked::read(text);
    let fits = |called: &Called<'_>| {
        let thing = site.handbook.thing(called.thing);
        let is_asked_for = |practice: &str| {
            called.criterion.is_some() && thing.id.as_ref().is_some_and(|id| folded(id.as_str()) == practice)
        };
        kind.is_none_or(|kind| thing.kind == kind) && practice.as_deref().is_none_or(is_asked_for)
    };
    let mut found: Vec<(Likeness, usize, Called<'a>)> = names(site)
        .into_iter()
        .filter(fits)
        .filter_map(|called| {
            let name = folded(called.name);
            let likeness = match (likeness(&text, &name)?, called.part) {
                // How a sentence happens to begin says little.
                (Likeness::Begins | Likeness::WordBegins, Part::CriterionText) => Likeness::Holds,
                (likeness, _) => likeness,
            };
            Some((likeness, name.chars().count(), called))
        })
        .collect();
    // Among names that are as much alike, a title goes before an id, and a short name before a long one.
    found.sort_by_key(|(likeness, length, called)| (*likeness, called.part, *length, called.rank));
    let default = site.handbook.default_language();
    let in_default: BTreeSet<_> = found
        .iter()
        .filter(|(_, _, called)| called.lang == default)
        .map(|(_, _, called)| (called.thing, called.criterion))
        .collect();
    let mut seen = BTreeSet::new();
    found
        .into_iter()
        .map(|(_, _, called)| called)
        .filter(|called| seen.insert((called.thing, called.criterion)))
        .map(|Called { thing, criterion, name, lang, .. }| {
            let lang = if in_default.contains(&(thing, criterion)) { default } else { lang };
            Hit { thing, criterion, name, lang }
        })
        .collect()
}

/// The few names that are the least unlike `text`, for when nothing is like it.
pub fn nearest<'a>(site: &'a Site, text: &str) -> Vec<&'a str> {
    const SHOWN: usize = 3;
    let text = Asked::read(text).text;
    let length = text.chars().count();
    let mut near: Vec<(usize, usize, &str)> = names(site)
        .into_iter()
        .filter(|called| called.criterion.is_none())
        .map(|called| {
            let name = folded(called.name);
            (distance(&text, &name), name.chars().count().abs_diff(length), called.name)
        })
        .filter(|(distance, ..)| *distance <= length / 2)
        .collect();
    near.sort_unstable();
    let mut names: Vec<&str> = Vec::new();
    for (.., name) in near {
        if names.len() < SHOWN && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A text as somebody typed it, taken apart.
struct Asked {
    kind: Option<Kind>,
    /// The id of the practice whose criteria are asked for; folded.
    practice: Option<String>,
    /// Folded.
    text: String,
}

impl Asked {
    fn read(text: &str) -> Self {
        let text = text.trim();
        let text = text.strip_prefix("[[").and_then(|text| text.strip_suffix("]]")).unwrap_or(text);
        let (kind, text) = match text.split_once(':').map(|(kind, rest)| (Kind::from_name(kind.trim()), rest))
        {
            Some((Some(kind), rest)) => (Some(kind), rest),
            _ => (None, text),
        };
        match text.split_once('#').map(|(practice, criterion)| (folded(practice), folded(criterion))) {
            Some((practice, text)) if !practice.is_empty() && !text.is_empty() => {
                Self { kind, practice: Some(practice), text }
            }
            _ => Self { kind, practice: None, text: folded(text.trim_matches('#')) },
        }
    }
}
