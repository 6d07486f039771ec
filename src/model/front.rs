//! Front matter as meant: what every kind has, and what each kind adds.
//! Names are still as typed; `link` turns them into ids.

use jiff::civil::Date;

use crate::diag::{Name, Spanned};
use crate::model::{
    AssessmentFields, Kind, PathFields, PlaybookFields, PostmortemFields, PracticeFields, RoleFields,
    SloFields, TeamFields, TermFields, Value,
};

/// The keys that every kind has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Common {
    /// As written; `Summary::title` is what is shown.
    pub title: Option<Spanned<String>>,
    pub description: Option<Spanned<String>>,
    pub id: Option<Name>,
    pub owner: Option<Spanned<String>>,
    pub reviewed: Option<Spanned<Date>>,
    /// What the page rested on at its review: names and their hashes, as `shirube reviewed` wrote them.
    pub reviewed_against: Vec<(Name, Spanned<String>)>,
    pub review_every: Option<Spanned<Every>>,
    /// Old addresses below the site's root that lead here.
    pub aliases: Vec<Spanned<String>>,
    /// Other names and search synonyms, in this file's language.
    pub also_known_as: Vec<Spanned<String>>,
    pub tags: Vec<Spanned<String>>,
    /// Order among siblings, ascending; equal weights by title.
    pub weight: Option<i64>,
    pub nav_title: Option<String>,
    pub draft: bool,
    pub audience: Option<Name>,
    pub pack: Option<Name>,
    pub search: SearchSettings,
    /// Whether the page shows a table of contents.
    pub toc: bool,
    pub edit_url: Option<Spanned<String>>,
    /// Content hash of the original that this translation was made from.
    pub translated_from: Option<Spanned<String>>,
    pub extra: Option<Value>,
}

impl Common {
    /// The day on which the page is to be reviewed again, where it says how often.
    pub fn next_review(&self) -> Option<Date> {
        Some(self.review_every.as_ref()?.value.after(self.reviewed.as_ref()?.value))
    }
}

/// How search treats a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SearchSettings {
    pub exclude: bool,
    /// Factor on the page's score, 0.1 to 10.
    pub boost: f64,
}

impl Default for SearchSettings {
    fn default() -> Self {
        Self { exclude: false, boost: 1.0 }
    }
}

/// A span of calendar time such as `6 months`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Every {
    /// 1 to 10,000.
    pub count: u32,
    pub unit: EveryUnit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EveryUnit {
    Days,
    Weeks,
    Months,
    Years,
}

impl Every {
    /// The day this long after `date`; the last representable day when it would lie beyond.
    pub fn after(self, date: Date) -> Date {
        let count = i64::from(self.count.min(10_000));
        let span = match self.unit {
            EveryUnit::Days => jiff::Span::new().try_days(count),
            EveryUnit::Weeks => jiff::Span::new().try_weeks(count),
            EveryUnit::Months => jiff::Span::new().try_months(count),
            EveryUnit::Years => jiff::Span::new().try_years(count),
        };
        span.map_or(Date::MAX, |span| date.saturating_add(span))
    }
}

/// What a kind adds. In a translation only the texts are filled.
#[derive(Clone, Debug, PartialEq)]
pub enum Fields {
    /// Number of the level, 1 to 9.
    Level {
        number: Spanned<u8>,
    },
    Area,
    Practice(PracticeFields),
    Role(RoleFields),
    Playbook(PlaybookFields),
    Postmortem(PostmortemFields),
    Team(TeamFields),
    Assessment(AssessmentFields),
    Term(TermFields),
    Path(PathFields),
    Slo(SloFields),
    Page,
}

impl Fields {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Level { .. } => Kind::Level,
            Self::Area => Kind::Area,
            Self::Practice(_) => Kind::Practice,
            Self::Role(_) => Kind::Role,
            Self::Playbook(_) => Kind::Playbook,
            Self::Postmortem(_) => Kind::Postmortem,
            Self::Team(_) => Kind::Team,
            Self::Assessment(_) => Kind::Assessment,
            Self::Term(_) => Kind::Term,
            Self::Path(_) => Kind::Path,
            Self::Slo(_) => Kind::Slo,
            Self::Page => Kind::Page,
        }
    }
}
