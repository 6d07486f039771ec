//! What an onboarding path's front matter adds.

use crate::model::{PathFields, Step};
use crate::yaml::{Checked, FromChecked, Key, Record, Shape};

pub(super) const KEYS: &[Key] = &[
    Key::new("roles", Shape::List(&Shape::Name), "ids of the roles it is for"),
    Key::new("steps", Shape::List(&Shape::Record(STEP)), "what to read, in order")
        .translated_as(Shape::By("page", &Shape::Record(STEP))),
];

const STEP: &[Key] = &[
    Key::new("page", Shape::Name, "id of the page, or `kind:id`").required(),
    Key::new("note", Shape::Text, "what to look for").translated(),
    Key::new("day", Shape::Integer { min: 1, max: 10_000 }, "the day on which it is read, from 1"),
];

pub(super) fn read(record: &mut Record) -> PathFields {
    let mut fields = PathFields { roles: record.list("roles"), ..PathFields::default() };
    match record.take::<Checked>("steps") {
        Some(Checked::By(entries)) => {
            let notes = entries
                .into_iter()
                .filter_map(|(page, entry)| Some((page, Record::from_checked(entry)?.take("note")?)));
            fields.step_notes = notes.collect();
        }
        Some(list) => {
            let steps = Vec::<Record>::from_checked(list).unwrap_or_default();
            fields.steps = steps.into_iter().filter_map(step).collect();
        }
        None => {}
    }
    fields
}

fn step(mut record: Record) -> Option<Step> {
    Some(Step { page: record.take("page")?, note: record.take("note"), day: record.take("day") })
}
