//! Which keys there are, and what their values look like: data, read by the reader of front matter
//! and configuration, by the reference and by the tests.

use std::fmt::Write as _;

/// Keys with this prefix are ours even where a foreign format allows keys of anyone.
pub const OWN_PREFIX: &str = "shirube.dev/";

/// A key of a map.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    pub name: &'static str,
    pub shape: Shape,
    /// What a translation may write here. `None`: the key is structure and stays with the original.
    pub in_translation: Option<Shape>,
    /// Whether its map makes no sense without it (in an original).
    pub required: bool,
    /// What it says, for the reference: a phrase without a final full stop.
    pub about: &'static str,
}

impl Key {
    pub const fn new(name: &'static str, shape: Shape, about: &'static str) -> Self {
        Self { name, shape, in_translation: None, required: false, about }
    }

    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// A translation carries it too, in the same shape.
    pub const fn translated(mut self) -> Self {
        self.in_translation = Some(self.shape);
        self
    }

    /// A translation carries it too, in `shape`: texts by id, where the original has a list.
    pub const fn translated_as(mut self, shape: Shape) -> Self {
        self.in_translation = Some(shape);
        self
    }
}

/// What a value looks like.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Any scalar: `2024` and `no` are text here.
    Text,
    /// The id of something, checked when names are resolved.
    Name,
    /// An id that is given here: lower case ASCII letters, digits and hyphens.
    Id,
    Bool,
    Integer {
        min: i64,
        max: i64,
    },
    Number {
        min: f64,
        max: f64,
    },
    Date,
    /// RFC 3339, with zone.
    Timestamp,
    /// `6 months`
    Every,
    /// `https:`, `http:` or `mailto:`
    Url,
    /// `https:` or `http:`
    WebUrl,
    Choice(&'static [&'static str]),
    List(&'static Shape),
    /// A map with these keys.
    Record(&'static [Key]),
    /// A map of a foreign format, of which we read these keys.
    Open(&'static [Key]),
    /// A map whose keys are names: of what, and to what.
    By(&'static str, &'static Shape),
    /// A map whose keys are the numbers of levels.
    ByLevel(&'static Shape),
    /// A scalar of the first shape, or a map of the second.
    Either(&'static Shape, &'static Shape),
    /// Anything.
    Free,
}

impl Shape {
    /// The number of a level.
    pub const LEVEL: Self = Self::Integer { min: 1, max: 9 };

    /// What it is, with its article: reads after "must be".
    pub fn describe(&self) -> String {
        match self {
            Self::Text => "text".into(),
            Self::Name => "a name".into(),
            Self::Id => "an id".into(),
            Self::Bool => "`true` or `false`".into(),
            Self::Integer { min, max } => format!("a whole number from {min} to {max}"),
            Self::Number { min, max } => format!("a number from {min} to {max}"),
            Self::Date => "a date such as 2026-11-20".into(),
            Self::Timestamp => "a time with its zone such as 2026-11-20T09:30:00+09:00".into(),
            Self::Every => "a length of time such as `6 months` or `90 days`".into(),
            Self::Url => "an http, https or mailto address".into(),
            Self::WebUrl => "an http or https address".into(),
            Self::Choice(choices) => {
                let mut text = "one of ".to_owned();
                for (index, choice) in choices.iter().enumerate() {
                    // Writing to a string cannot fail.
                    let _ = write!(text, "{}`{choice}`", if index == 0 { "" } else { ", " });
                }
                text
            }
            Self::List(item) => format!("a list, each item {}", item.describe()),
            Self::Record(keys) => {
                let keys = keys.iter().map(|key| format!("`{}`", key.name)).collect::<Vec<_>>();
                format!("a map of {}", keys.join(", "))
            }
            Self::Open(_) => "a map".into(),
            Self::By(what, value) => format!("a map from {what} to {}", value.describe()),
            Self::ByLevel(value) => format!("a map from level to {}", value.describe()),
            Self::Either(scalar, map) => format!("{} or {}", scalar.describe(), map.describe()),
            Self::Free => "anything".into(),
        }
    }

    /// As [`describe`](Self::describe), in the few words that fit into a complaint.
    pub(crate) fn brief(&self) -> String {
        match self {
            Self::List(_) => "a list".into(),
            Self::Record(_) => "a map".into(),
            Self::By(what, _) => format!("a map by {what}"),
            Self::ByLevel(_) => "a map by level".into(),
            Self::Either(scalar, map) => format!("{} or {}", scalar.brief(), map.brief()),
            other => other.describe(),
        }
    }
}
