//! The entries of a translation beside those of its original: texts by id, where several stand in one file.

use crate::diag::{Diagnostics, Name, nearest};
use crate::model::{Fields, Handbook, Summary};

/// Compares every translation with its original.
pub fn check(handbook: &Handbook, diagnostics: &mut Diagnostics) {
    for (_, thing) in handbook.iter() {
        let original = &thing.original().summary;
        for text in thing.texts.values().filter(|text| text.summary.lang != original.lang) {
            compare(original, &text.summary, diagnostics);
        }
    }
}

/// Reports entries that the original does not have, which would be lost, and entries that it has and
/// the translation does not, which readers would see in another language.
fn compare(original: &Summary, translation: &Summary, diagnostics: &mut Diagnostics) {
    for list in lists(&original.fields, &translation.fields) {
        for name in &list.translated {
            if !list.original.contains(&name.value.as_str()) {
                let near = nearest(&name.value, list.original.iter().copied());
                diagnostics.unknown_entry(name, list.what, near);
            }
        }
        let is_there = |id: &str| list.translated.iter().any(|name| name.value == id);
        let missing: Vec<&str> =
            list.original.iter().copied().filter(|id| list.complete && !is_there(id)).collect();
        if !missing.is_empty() {
            diagnostics.missing_entries(&translation.id, list.what, translation.lang.as_str(), &missing);
        }
    }
}

/// One list of both files.
struct List<'a> {
    /// What its entries are, in the singular.
    what: &'static str,
    original: Vec<&'a str>,
    translated: Vec<&'a Name>,
    /// Whether every entry has words to translate.
    complete: bool,
}

fn lists<'a>(original: &'a Fields, translation: &'a Fields) -> Vec<List<'a>> {
    match (original, translation) {
        (Fields::Practice(original), Fields::Practice(own)) => vec![List {
            what: "criterion",
            original: original.criteria.iter().map(|criterion| criterion.id.value.as_str()).collect(),
            translated: names(&own.criterion_texts),
            complete: true,
        }],
        (Fields::Postmortem(original), Fields::Postmortem(own)) => vec![
            List {
                what: "action",
                original: original.actions.iter().map(|action| action.id.value.as_str()).collect(),
                translated: names(&own.action_texts),
                complete: true,
            },
            List {
                what: "gap",
                original: original.gaps.iter().map(|gap| gap.practice.value.as_str()).collect(),
                translated: own.gaps.iter().map(|gap| &gap.practice).collect(),
                complete: false,
            },
        ],
        (Fields::Path(original), Fields::Path(own)) => vec![List {
            what: "step",
            original: original.steps.iter().map(|step| step.page.value.as_str()).collect(),
            translated: names(&own.step_notes),
            complete: false,
        }],
        (Fields::Team(original), Fields::Team(own)) => vec![
            List {
                what: "target",
                original: texts(&original.targets),
                translated: names(&own.target_texts),
                complete: false,
            },
            List {
                what: "decision",
                original: texts(&original.not_applicable),
                translated: names(&own.decision_texts),
                complete: false,
            },
            List {
                what: "adoption",
                original: texts(&original.adoption),
                translated: names(&own.adoption),
                complete: false,
            },
        ],
        _ => Vec::new(),
    }
}

fn names<T>(entries: &[(Name, T)]) -> Vec<&Name> {
    entries.iter().map(|(name, _)| name).collect()
}

fn texts<T>(entries: &[(Name, T)]) -> Vec<&str> {
    entries.iter().map(|(name, _)| name.value.as_str()).collect()
}
