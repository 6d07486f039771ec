//! What is older than what it rests on: reviews and translations that a later change has overtaken.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::civil::Date;

use crate::model::{Kind, Lang, ThingId};

/// Reviews and translations that a later change has overtaken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Freshness {
    /// What a page rests on and was changed after its review; only pages with such changes.
    pub changes: BTreeMap<ThingId, Vec<Change>>,
    /// Pages whose own text was changed after their review.
    pub edited: BTreeSet<ThingId>,
    /// Translations whose original was changed after they were made.
    pub behind: BTreeMap<(ThingId, Lang), Behind>,
}

/// Something a page rests on, so that a review holds only while it stays as it is. `Display` and
/// [`Dependency::parse`] are the names that `reviewed_against:` has for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dependency {
    /// The page's own text: `this page`.
    Itself,
    /// What a practice or term is called: `slo-targets`, `term:error-budget`.
    Name(Kind, String),
    /// The text of a criterion: `slo-targets/agreed`.
    Criterion { practice: String, criterion: String },
    /// The targets and the window of an SLO: `slo:checkout-completion`.
    Slo(String),
}

impl Dependency {
    const ITSELF: &str = "this page";

    /// Reads what `Display` wrote.
    pub fn parse(name: &str) -> Option<Self> {
        if name == Self::ITSELF {
            return Some(Self::Itself);
        }
        if let Some((kind, id)) = name.split_once(':') {
            return match Kind::from_name(kind)? {
                Kind::Slo => Some(Self::Slo(id.to_owned())),
                kind => Some(Self::Name(kind, id.to_owned())),
            };
        }
        Some(match name.split_once('/') {
            Some((practice, criterion)) => {
                Self::Criterion { practice: practice.to_owned(), criterion: criterion.to_owned() }
            }
            None => Self::Name(Kind::Practice, name.to_owned()),
        })
    }

    /// Kind and id of the thing it belongs to; `None` for the page itself.
    pub fn thing(&self) -> Option<(Kind, &str)> {
        match self {
            Self::Itself => None,
            Self::Name(kind, id) => Some((*kind, id)),
            Self::Criterion { practice, .. } => Some((Kind::Practice, practice)),
            Self::Slo(id) => Some((Kind::Slo, id)),
        }
    }
}

impl fmt::Display for Dependency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Itself => f.write_str(Self::ITSELF),
            Self::Name(Kind::Practice, id) => f.write_str(id),
            Self::Name(kind, id) => write!(f, "{kind}:{id}"),
            Self::Criterion { practice, criterion } => write!(f, "{practice}/{criterion}"),
            Self::Slo(id) => write!(f, "{}:{id}", Kind::Slo),
        }
    }
}

/// A change of something that a page rests on, after the page's review.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// By the name it had at the review.
    pub dependency: Dependency,
    pub what: Happened,
    /// The thing it belongs to, as it is today; `None` when it is no more.
    pub thing: Option<ThingId>,
}

/// What happened to a dependency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// A criterion has another text.
    Reworded,
    /// A criterion is new among those that the page is about.
    Added,
    /// A criterion belongs to this level now, which the page is not about.
    Moved(u8),
    /// An SLO has another target or window.
    Retargeted,
    /// A practice or term has another title.
    Retitled,
    /// It has this id now (of a criterion: its id within the practice).
    Renamed(String),
    /// `model.yaml` says that it was given up.
    Retired,
    /// It is gone, and nobody says why.
    Removed,
}

impl Happened {
    /// Its name in templates and in the theme's words.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Reworded => "reworded",
            Self::Added => "added",
            Self::Moved(_) => "moved",
            Self::Retargeted => "retargeted",
            Self::Retitled => "retitled",
            Self::Renamed(_) => "renamed",
            Self::Retired => "retired",
            Self::Removed => "removed",
        }
    }
}

/// A translation whose original was changed since.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Behind {
    /// The day on which the original's text became what it is; `None` when that is not committed, or older
    /// than what git remembers.
    pub day: Option<Date>,
    /// What changed; `None` when the version that was translated cannot be found.
    pub since: Option<Since>,
}

/// What changed in an original since a translation of it was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// Titles, descriptions and whatever else stands in the front matter.
    pub front: bool,
    /// The text above the first heading.
    pub opening: bool,
    /// Positions of the headings that are new or whose sections have another text.
    pub sections: Vec<usize>,
    /// Headings that are no more.
    pub gone: Vec<String>,
}
