//! What a playbook's front matter adds.

use super::common::{ROLES, read_roles};
use crate::model::PlaybookFields;
use crate::yaml::{Key, Record, Shape};

pub(super) const KEYS: &[Key] = &[
    Key::new(
        "practices",
        Shape::By("practice", &Shape::List(&Shape::LEVEL)),
        "the practices it helps with, each with the levels it helps to reach",
    ),
    Key::new("roles", Shape::Record(ROLES), "the roles that lead and contribute"),
    Key::new("when", Shape::Text, "the situation it is for").translated(),
    Key::new("time", Shape::Text, "how long it takes: 90 minutes").translated(),
];

pub(super) fn read(record: &mut Record) -> PlaybookFields {
    PlaybookFields {
        practices: record.by_name("practices"),
        roles: read_roles(record),
        when: record.take("when"),
        time: record.take("time"),
    }
}
