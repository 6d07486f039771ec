//! What a role's front matter adds.

use crate::model::RoleFields;
use crate::yaml::{Key, Record, Shape};

pub(super) const KEYS: &[Key] =
    &[Key::new("title_long", Shape::Text, "the name written out: Site Reliability Engineering").translated()];

pub(super) fn read(record: &mut Record) -> RoleFields {
    RoleFields { title_long: record.take("title_long") }
}
