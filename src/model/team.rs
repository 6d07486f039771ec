//! A team: what it runs, where it wants to be, what it decided against.

use jiff::civil::Date;

use crate::diag::{Name, Spanned};

/// What a team's front matter adds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TeamFields {
    pub services: Vec<String>,
    pub tier: Option<String>,
    pub contact: Option<String>,
    /// Target level where none is set; 1 to 9.
    pub target_default: Option<Spanned<u8>>,
    pub targets: Vec<(Name, TargetLevel)>,
    /// Practices (`slo-review`) or criteria (`slo-review/on-calendar`) that do not apply.
    pub not_applicable: Vec<(Name, Decision)>,
    /// The team's own form of a practice.
    pub adoption: Vec<(Name, String)>,
    /// In a translation: the reasons of targets by practice.
    pub target_texts: Vec<(Name, String)>,
    /// In a translation: the words of decisions by what does not apply.
    pub decision_texts: Vec<(Name, DecisionText)>,
}

/// The level a team wants to reach in a practice.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetLevel {
    pub level: Spanned<u8>,
    /// Wanted from level 4 on.
    pub reason: Option<String>,
}

/// A decision that something does not apply; holds from `decided_on` until `revisit`.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    pub reason: Option<String>,
    pub decided_by: Option<String>,
    pub decided_on: Option<Spanned<Date>>,
    pub revisit: Option<Spanned<Date>>,
}

/// The words of a decision in a translation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DecisionText {
    pub reason: Option<String>,
    pub decided_by: Option<String>,
}

impl TeamFields {
    /// Whether the team decided against `subject` (a practice or `practice/criterion`), and the decision holds on `day`.
    pub fn decided_against(&self, subject: &str, day: Date) -> bool {
        self.not_applicable.iter().any(|(name, decision)| name.value == subject && decision.holds_on(day))
    }
}

impl Decision {
    /// Whether it holds on `day`: from the day of the decision on, until the day of revisiting.
    pub fn holds_on(&self, day: Date) -> bool {
        self.decided_on.as_ref().is_none_or(|from| from.value <= day)
            && self.revisit.as_ref().is_none_or(|until| day < until.value)
    }
}
