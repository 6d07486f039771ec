//! What a practice's front matter adds.

use super::common::{ROLES, read_roles};
use super::unique;
use crate::diag::{Diagnostics, Name, Spanned};
use crate::model::{Criterion, CriterionText, PracticeFields, Reference};
use crate::yaml::{Checked, FromChecked, Key, Record, Shape};

pub(super) const KEYS: &[Key] = &[
    Key::new("roles", Shape::Record(ROLES), "the roles that lead and contribute"),
    Key::new("requires", Shape::List(&Shape::Name), "ids of the practices to have first"),
    Key::new("related", Shape::List(&Shape::Name), "ids of practices beside it"),
    Key::new("effort", Shape::Integer { min: 1, max: 3 }, "1 (days), 2 (weeks) or 3 (quarters)"),
    Key::new("starter", Shape::Bool, "whether it is part of the hour-long starter assessment"),
    // A translation names books of its own: the Japanese edition has another title and address.
    Key::new("references", Shape::List(&Shape::Record(REFERENCE)), "what to read about it").translated(),
    Key::new("criteria", Shape::ByLevel(&Shape::List(&Shape::Record(CRITERION))), "what holds at each level")
        .translated_as(Shape::By("criterion", &Shape::Record(CRITERION))),
];

const REFERENCE: &[Key] = &[
    Key::new("title", Shape::Text, "title of the book or page").required().translated(),
    Key::new("note", Shape::Text, "why to read it").translated(),
    Key::new("url", Shape::Url, "where it is").translated(),
];

const CRITERION: &[Key] = &[
    Key::new("id", Shape::Id, "the criterion's name within its practice, and its anchor").required(),
    Key::new("text", Shape::Text, "the statement that holds or does not").required().translated(),
    Key::new("evidence", Shape::Text, "what would prove it").translated(),
    Key::new("who", Shape::List(&Shape::Name), "ids of the roles that should answer"),
];

pub(super) fn read(record: &mut Record, diagnostics: &mut Diagnostics) -> PracticeFields {
    let mut fields = PracticeFields {
        roles: read_roles(record),
        requires: record.list("requires"),
        related: record.list("related"),
        effort: record.take("effort"),
        starter: record.take("starter").unwrap_or(false),
        references: record.list::<Record>("references").into_iter().filter_map(reference).collect(),
        ..PracticeFields::default()
    };
    match record.take::<Checked>("criteria") {
        Some(Checked::ByLevel(levels)) => fields.criteria = criteria(levels, diagnostics),
        Some(Checked::By(entries)) => {
            fields.criterion_texts = entries.into_iter().filter_map(texts).collect()
        }
        _ => {}
    }
    fields
}

fn reference(mut record: Record) -> Option<Reference> {
    Some(Reference { title: record.take("title")?, note: record.take("note"), url: record.take("url") })
}

fn criteria(levels: Vec<(Spanned<u8>, Checked)>, diagnostics: &mut Diagnostics) -> Vec<Criterion> {
    let mut criteria: Vec<Criterion> = Vec::new();
    for (level, entries) in levels {
        let entries = Vec::<Record>::from_checked(entries).unwrap_or_default();
        criteria.extend(entries.into_iter().filter_map(|mut entry| {
            Some(Criterion {
                level: level.clone(),
                id: entry.take("id")?,
                text: criterion_text(&mut entry),
                who: entry.list("who"),
            })
        }));
    }
    let mut keep =
        unique(criteria.iter().map(|criterion| &criterion.id), "criterion", diagnostics).into_iter();
    criteria.retain(|_| keep.next().unwrap_or(true));
    criteria.sort_by_key(|criterion| criterion.level.value);
    criteria
}

/// The form of a translation: texts by id.
fn texts((id, entry): (Name, Checked)) -> Option<(Name, CriterionText)> {
    Some((id, criterion_text(&mut Record::from_checked(entry)?)))
}

fn criterion_text(entry: &mut Record) -> CriterionText {
    CriterionText { text: entry.take("text"), evidence: entry.take("evidence") }
}
