//! An assessment: what a team answered on a day.

use jiff::civil::Date;

use crate::diag::{Name, Spanned};

/// What an assessment's front matter adds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssessmentFields {
    pub date: Option<Spanned<Date>>,
    pub participants: Vec<String>,
    pub scope: Option<String>,
    /// Hash of the model that was answered.
    pub model: Option<Spanned<String>>,
    pub answers: Vec<PracticeAnswers>,
}

/// The answers to one practice's criteria.
#[derive(Clone, Debug, PartialEq)]
pub struct PracticeAnswers {
    pub practice: Name,
    pub answers: Vec<AnswerEntry>,
}

/// One answer with what belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerEntry {
    pub criterion: Name,
    pub answer: Spanned<Answer>,
    pub note: Option<String>,
    pub evidence: Vec<Evidence>,
    pub planned: bool,
}

/// What a team says of a criterion. *Unknown* is never *no*.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    Yes,
    Partly,
    No,
    Unknown,
    NotApplicable,
    /// An answer of the handbook's own (`scoring: {scheme: additive, answers: …}`), by its id.
    Named(Box<str>),
}

impl Answer {
    /// The answers that every handbook has.
    pub const ALL: [Self; 5] = [Self::Yes, Self::Partly, Self::No, Self::Unknown, Self::NotApplicable];

    /// The word in files, templates and CSS.
    pub fn name(&self) -> &str {
        match self {
            Self::Named(name) => name,
            Self::Yes => "yes",
            Self::Partly => "partly",
            Self::No => "no",
            Self::Unknown => "unknown",
            Self::NotApplicable => "na",
        }
    }

    pub fn from_name(name: &str) -> Self {
        let known = Self::ALL.into_iter().find(|answer| answer.name() == name);
        known.unwrap_or_else(|| Self::Named(name.into()))
    }
}

/// Something that proves an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    pub title: Option<String>,
    pub url: Option<Spanned<String>>,
    pub date: Option<Spanned<Date>>,
}
