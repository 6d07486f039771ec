//! A practice: a mechanism that makes a service more reliable, with criteria per level.

use crate::diag::{Name, Spanned};

/// What a practice's front matter adds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PracticeFields {
    pub roles: RoleNames,
    /// Practices to have first; acyclic.
    pub requires: Vec<Name>,
    pub related: Vec<Name>,
    /// 1 (days) to 3 (quarters).
    pub effort: Option<u8>,
    /// Part of the hour-long starter assessment.
    pub starter: bool,
    pub references: Vec<Reference>,
    /// By level, then as written. Empty in a translation.
    pub criteria: Vec<Criterion>,
    /// In a translation: the criteria's texts by id.
    pub criterion_texts: Vec<(Name, CriterionText)>,
}

/// Who leads and who contributes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoleNames {
    pub lead: Vec<Name>,
    pub contribute: Vec<Name>,
}

/// One thing that holds or does not hold, answered in a meeting.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    pub level: Spanned<u8>,
    /// Unique within its practice; also the anchor on the practice's page.
    pub id: Name,
    pub text: CriterionText,
    /// Roles that should answer.
    pub who: Vec<Name>,
}

/// The words of a criterion in one language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CriterionText {
    pub text: Option<Spanned<String>>,
    /// What would prove it.
    pub evidence: Option<Spanned<String>>,
}

/// A book, specification or page to read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    pub title: String,
    pub note: Option<String>,
    pub url: Option<Spanned<String>>,
}
