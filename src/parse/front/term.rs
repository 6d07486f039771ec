//! What a term's front matter adds.

use crate::model::TermFields;
use crate::yaml::{Key, Record, Shape};

pub(super) const KEYS: &[Key] = &[Key::new(
    "auto_link",
    Shape::Bool,
    "whether the first use of the word on each page becomes a link (true); false for everyday words",
)];

pub(super) fn read(record: &mut Record) -> TermFields {
    TermFields { auto_link: record.take("auto_link").unwrap_or(true) }
}
