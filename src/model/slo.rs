//! A service level objective, read from an OpenSLO v1 document
//! (<https://github.com/OpenSLO/OpenSLO>).

use jiff::civil::Date;

use crate::diag::{Name, Spanned};

/// What an OpenSLO document of kind `SLO` says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SloFields {
    pub service: Option<String>,
    pub objectives: Vec<Objective>,
    /// The time window as written: `28d`, `1M`.
    pub window: Option<Spanned<String>>,
    /// Length of the window in days where it is a fixed number of them.
    pub window_days: Option<f64>,
    pub rolling: bool,
    /// `Occurrences`, `Timeslices` or `RatioTimeslices`.
    pub budgeting_method: Option<String>,
    pub indicator: Option<String>,
    /// Annotation `shirube.dev/journey`.
    pub journey: Option<Spanned<String>>,
    /// Annotation `shirube.dev/rationale`.
    pub rationale: Option<String>,
    /// Annotation `shirube.dev/owner`.
    pub owner: Option<Spanned<String>>,
    /// Annotation `shirube.dev/reviewed`.
    pub reviewed: Option<Spanned<Date>>,
    /// Annotation `shirube.dev/practice`.
    pub practice: Option<Name>,
    /// The document's own text, for the page.
    pub source: String,
}

/// One objective of an SLO.
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    pub name: Option<String>,
    /// Share of good events, above 0 and at most 1.
    pub target: Spanned<f64>,
}
