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
    pub answer: Answer,
    pub note: Option<String>,
    pub evidence: Vec<Evidence>,
    pub planned: bool,
}

/// What a team says of a criterion. *Unknown* is never *no*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    Yes,
    Partly,
    No,
    Unknown,
    NotApplicable,
}

impl Answer {
    pub const ALL: [Self; 5] = [Self::Yes, Self::Partly, Self::No, Self::Unknown, Self::NotApplicable];

    /// The word in files, templates and CSS.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Partly => "partly",
            Self::No => "no",
            Self::Unknown => "unknown",
            Self::NotApplicable => "na",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.name() == name)
    }
}

/// Something that proves an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    pub title: Option<String>,
    pub url: Option<Spanned<String>>,
    pub date: Option<Spanned<Date>>,
}
