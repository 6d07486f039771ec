//! What a term's front matter adds.

use crate::model::{AutoLink, TermFields};
use crate::yaml::{Key, Record, Shape};

pub(super) const KEYS: &[Key] = &[Key::new(
    "auto_link",
    Shape::Choice(AutoLink::NAMES),
    "which words become a link at their first use on a page: all its names (if not said), the title, or never",
)];

pub(super) fn read(record: &mut Record) -> TermFields {
    let auto_link = record.take::<String>("auto_link").and_then(|name| AutoLink::from_name(&name));
    TermFields { auto_link: auto_link.unwrap_or_default() }
}
