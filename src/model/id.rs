//! Ids and language tags.

use std::fmt;
use std::sync::Arc;

/// The stable name of a thing within its kind: lower case ASCII letters, digits and hyphens
/// (assessments: `<team>/<date>`). Never changes once published.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Arc<str>);

/// Why a text is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdError {
    Empty,
    /// Longer than 100 bytes.
    TooLong,
    /// A character other than `a-z`, `0-9` and `-`, or a hyphen at an end.
    BadCharacter(char),
}

impl Id {
    pub const MAX_BYTES: usize = 100;

    /// Checks `text` as an id.
    pub fn new(text: &str) -> Result<Self, IdError> {
        if text.is_empty() {
            return Err(IdError::Empty);
        }
        if text.len() > Self::MAX_BYTES {
            return Err(IdError::TooLong);
        }
        if let Some(bad) = text.chars().find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-')) {
            return Err(IdError::BadCharacter(bad));
        }
        if text.starts_with('-') || text.ends_with('-') {
            return Err(IdError::BadCharacter('-'));
        }
        Ok(Self(text.into()))
    }

    /// The id of a team's assessment of `date` (`2026-10-09`).
    pub fn assessment(team: &Id, date: &str) -> Self {
        Self(format!("{team}/{date}").into())
    }

    /// Reads `<team>/<date>` back.
    pub fn parse_assessment(text: &str) -> Option<Self> {
        let (team, date) = text.split_once('/')?;
        let team = Self::new(team).ok()?;
        date.bytes().all(|b| b.is_ascii_digit() || b == b'-').then(|| Self::assessment(&team, date))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0)
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A language of the handbook as configured: a BCP 47 tag such as `en`, `ja` or `pt-BR`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(Arc<str>);

impl Lang {
    /// The caller (configuration) has checked the tag.
    pub fn new(tag: &str) -> Self {
        Self(tag.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
