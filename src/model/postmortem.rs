//! A postmortem: what happened, what it taught, what is done about it.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::diag::{Name, Spanned};

/// What a postmortem's front matter adds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PostmortemFields {
    pub date: Option<Spanned<Date>>,
    pub severity: Option<String>,
    pub team: Option<Name>,
    pub services: Vec<String>,
    pub started: Option<Spanned<Timestamp>>,
    pub detected: Option<Spanned<Timestamp>>,
    pub mitigated: Option<Spanned<Timestamp>>,
    pub resolved: Option<Spanned<Timestamp>>,
    pub status: Option<String>,
    pub gaps: Vec<Gap>,
    pub factors: Vec<Factor>,
    pub actions: Vec<Action>,
    /// In a translation: the actions' texts by id.
    pub action_texts: Vec<(Name, Spanned<String>)>,
}

/// A practice that was missing or weak when it mattered. In a translation: the note only.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    pub practice: Name,
    pub criteria: Vec<Name>,
    pub note: Option<String>,
}

/// A contributing factor, in words.
pub type Factor = Spanned<String>;

/// Something to be done about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    pub id: Name,
    pub text: String,
    pub owner: Option<Spanned<String>>,
    pub due: Option<Spanned<Date>>,
    pub state: ActionState,
    pub link: Option<Spanned<String>>,
    pub practice: Option<Name>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ActionState {
    #[default]
    Open,
    Done,
    Dropped,
}

impl ActionState {
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }
}
