//! `tombstone`: the permalink of something that was retired.

use serde::Serialize;

use super::common::Link;
use super::former::{self, FormerCriterion, Retirement};
use super::frame::Frame;
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::model::{Fate, Kind};
use crate::render::context::PageContext;

/// `tombstone` in `tombstone.html`. The reader is not taken on: what is gone and why comes first.
#[derive(Clone, Debug, Serialize)]
pub struct TombstoneView {
    /// `practice`, `role`, …
    pub kind: &'static str,
    pub id: String,
    pub retired: Retirement,
    /// What to look at instead.
    pub successor: Option<Link>,
    /// Of a practice: its criteria that went elsewhere.
    pub former: Vec<FormerCriterion>,
    /// The handbook's name, as a link to its home page.
    pub home: Link,
}

pub fn made(cx: &PageContext<'_>, kind: Kind, id: &str) -> Result<Made, Diagnostic> {
    let succession = &cx.site.succession;
    let (successor, retired) = match succession.fate(cx.handbook(), Some(kind), id) {
        Some(Fate::Retired(_, retired)) => (former::successor(cx, retired), former::retirement(cx, retired)),
        _ => (None, Retirement::default()),
    };
    let criteria = match kind {
        Kind::Practice => succession.former_criteria(cx.handbook(), &succession.current(id)),
        _ => Vec::new(),
    };
    let view = TombstoneView {
        kind: kind.name(),
        id: id.to_owned(),
        retired,
        successor,
        former: criteria.iter().map(|old| former::former_criterion(cx, old)).collect(),
        home: Link {
            title: cx.config.title.get(cx.lang).cloned().unwrap_or_default(),
            href: cx.to(""),
            ..Link::default()
        },
    };
    generated("tombstone.html", "tombstone", &view, Frame::bare(cx, "tombstone", id.to_owned()))
}
