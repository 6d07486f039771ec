//! Values that several kinds of page share.

use serde::Serialize;

use super::uses::Use;
use crate::model::Lang;
use crate::render::context::PageContext;

/// A link to another page of the site.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Link {
    /// The target's title in the page's language if it has one.
    pub title: String,
    /// Ready for an `href`.
    pub href: String,
    /// `practice`, `role`, …; empty for generated pages.
    pub kind: &'static str,
    /// The language of `title` and `description` where it is not the page's.
    pub lang: Option<String>,
    pub description: Option<String>,
    /// The link leads to the page it stands on.
    pub current: bool,
}

/// A maturity level.
#[derive(Clone, Debug, Serialize)]
pub struct LevelMark {
    /// 1 to 9.
    pub number: u8,
    /// `Fitted`; the number where the handbook describes no such level.
    pub title: String,
    pub lang: Option<String>,
    /// The level's own page, if there is one.
    pub href: Option<String>,
}

/// A day.
#[derive(Clone, Debug, Serialize)]
pub struct Day {
    /// `2026-10-12`, for `datetime`.
    pub iso: String,
    /// In the page's language: `12 October 2026`, `2026年10月12日`.
    pub text: String,
    /// Before the day the site is built for.
    pub past: bool,
}

/// A language of the handbook.
#[derive(Clone, Debug, Serialize)]
pub struct Language {
    pub lang: String,
    /// Its own name for itself.
    pub name: String,
}

impl Language {
    pub fn new(cx: &PageContext<'_>, lang: &Lang) -> Self {
        Self { lang: lang.to_string(), name: cx.theme.words(lang).get("language_name").to_owned() }
    }
}

/// A moment.
#[derive(Clone, Debug, Serialize)]
pub struct Moment {
    /// RFC 3339, for `datetime`.
    pub iso: String,
    pub text: String,
}

/// A sentence or two in plain text.
#[derive(Clone, Debug, Serialize)]
pub struct Note {
    pub text: String,
    /// Its language where that is not the page's.
    pub lang: Option<String>,
}

/// A text that may carry its own address.
#[derive(Clone, Debug, Serialize)]
pub struct MaybeLink {
    pub text: String,
    /// Only `http:`, `https:`, `mailto:` and `tel:`.
    pub href: Option<String>,
}

/// One criterion of a practice.
#[derive(Clone, Debug, Serialize)]
pub struct Criterion {
    /// Also its anchor on the practice's page.
    pub id: String,
    /// Anchors it had under earlier ids; only where `id` is an anchor too.
    pub also: Vec<String>,
    pub text: String,
    /// What would prove it.
    pub evidence: Option<String>,
    /// The language of `text` where it is not the page's.
    pub lang: Option<String>,
    /// To the criterion on its practice's page.
    pub href: String,
    /// Roles that should answer.
    pub who: Vec<Link>,
    /// Who points at it; on its practice's page only.
    pub uses: Vec<Use>,
}

/// A badge of the page's subject, for other documents.
#[derive(Clone, Debug, Serialize)]
pub struct BadgeView {
    /// The picture, seen from this page.
    pub src: String,
    /// What it says.
    pub alt: String,
    /// What another document writes to show it.
    pub markdown: String,
}

/// A team's state in one practice.
#[derive(Clone, Debug, Serialize)]
pub struct Score {
    /// `level`, `points` (additive scheme), `not-assessed` or `not-applicable`.
    pub state: &'static str,
    /// The level reached, when `state` is `level`.
    pub level: Option<u8>,
    /// The points reached, with two decimals, when `state` is `points`.
    pub points: Option<String>,
    /// The level the team wants.
    pub target: u8,
    pub at_target: bool,
    /// Criteria answered yes, partly or no.
    pub answered: u32,
    /// Criteria that apply to the team.
    pub applicable: u32,
    /// Towards the next level, 0 to 100.
    pub progress: Option<u32>,
    /// How `progress` comes about.
    pub formula: Option<Formula>,
    /// To the answers behind it; `none` where nothing was answered.
    pub answers: Option<String>,
    /// The state as a picture, safe SVG.
    pub strip: String,
    /// Criteria that block the next level because nobody knows.
    pub unknown: Vec<Criterion>,
}

/// (yes + ½ partly) ÷ (yes + partly + no) over the next level, with a team's figures.
#[derive(Clone, Debug, Serialize)]
pub struct Formula {
    /// The next level.
    pub level: u8,
    pub yes: u32,
    pub partly: u32,
    /// Answered with yes, partly or no.
    pub known: u32,
    /// Before rounding: `0.875`.
    pub fraction: String,
    /// Rounded down, because what shows 100 % must be done.
    pub percent: u32,
}
