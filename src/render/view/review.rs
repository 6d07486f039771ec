//! `review`: pages whose review is due, by owner.

use jiff::civil::Date;
use serde::Serialize;

use super::common::{Day, Link};
use super::frame::Frame;
use super::owner::{self, Owner};
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::model::{Report, ThingId};
use crate::render::context::PageContext;

/// How far ahead the page looks.
const DAYS_AHEAD: i64 = 60;

/// `review` in `review.html`.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewView {
    /// How many are due, and soon, in words.
    pub figures: String,
    /// The last day looked at.
    pub until: Day,
    /// Who has the oldest to review comes first.
    pub owners: Vec<OwnerReviews>,
    /// The first after that day.
    pub next: Option<ReviewLine>,
}

/// The pages of one owner.
#[derive(Clone, Debug, Serialize)]
pub struct OwnerReviews {
    /// `none` for pages nobody owns.
    pub owner: Option<Owner>,
    /// Oldest first.
    pub pages: Vec<ReviewLine>,
}

/// A page to be reviewed.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewLine {
    pub page: Link,
    pub reviewed: Option<Day>,
    /// The day of the next review.
    pub on: Day,
    /// That day has come.
    pub due: bool,
}

pub fn made(cx: &PageContext<'_>) -> Result<Made, Diagnostic> {
    let until = horizon(cx);
    let all = scheduled(cx);
    let coming = all.iter().filter(|(day, _)| *day <= until);
    let mut owners: Vec<OwnerReviews> = Vec::new();
    let mut names: Vec<Option<&str>> = Vec::new();
    for (day, id) in coming {
        let name = owner::name_of(cx, *id);
        let known = names.iter().position(|known| *known == name).unwrap_or_else(|| {
            names.push(name);
            owners.push(OwnerReviews { owner: name.map(|name| Owner::named(cx, name)), pages: Vec::new() });
            owners.len() - 1
        });
        if let Some(group) = owners.get_mut(known) {
            group.pages.push(line(cx, *day, *id));
        }
    }
    let next = all.iter().find(|(day, _)| *day > until).map(|(day, id)| line(cx, *day, *id));
    let view = ReviewView { figures: figures(cx), until: cx.day(until), owners, next };
    generated("review.html", "review", &view, Frame::report(cx, Report::Review))
}

pub fn figures(cx: &PageContext<'_>) -> String {
    let (until, all) = (horizon(cx), scheduled(cx));
    let due = all.iter().filter(|(day, _)| *day <= cx.site.today).count();
    let soon = all.iter().filter(|(day, _)| *day <= until).count() - due;
    cx.words.counts(&[("n_review_due", due), ("n_review_soon", soon)])
}

fn horizon(cx: &PageContext<'_>) -> Date {
    cx.site.today.saturating_add(jiff::Span::new().days(DAYS_AHEAD))
}

/// Every page that says how often it is reviewed, by the day of the next review.
fn scheduled(cx: &PageContext<'_>) -> Vec<(Date, ThingId)> {
    let things = cx.handbook().iter();
    let mut all: Vec<(Date, ThingId)> =
        things.filter_map(|(id, thing)| Some((thing.original().summary.common.next_review()?, id))).collect();
    all.sort_unstable();
    all
}

fn line(cx: &PageContext<'_>, day: Date, id: ThingId) -> ReviewLine {
    ReviewLine {
        page: cx.link(id),
        reviewed: cx.reviewed(id).map(|date| cx.day(date)),
        on: cx.day(day),
        due: day <= cx.site.today,
    }
}
