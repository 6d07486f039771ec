//! An onboarding path: things to read, in order.

use crate::diag::Name;

/// What a path's front matter adds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PathFields {
    pub roles: Vec<Name>,
    pub steps: Vec<Step>,
    /// In a translation: the notes by the step's page.
    pub step_notes: Vec<(Name, String)>,
}

/// One stop on the path.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// `id` or `kind:id`.
    pub page: Name,
    pub note: Option<String>,
    /// Day on which it is read, from 1.
    pub day: Option<u32>,
}
