//! A playbook: what to do in a situation, step by step.

use crate::diag::{Name, Spanned};
use crate::model::RoleNames;

/// What a playbook's front matter adds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlaybookFields {
    /// The practices it helps with, each with the levels it helps to reach.
    pub practices: Vec<(Name, Vec<Spanned<u8>>)>,
    pub roles: RoleNames,
    /// The situation.
    pub when: Option<String>,
    /// How long it takes, as text: `90 minutes`.
    pub time: Option<String>,
}
