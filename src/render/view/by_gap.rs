//! `by_gap`: postmortems by the practice and the criteria that were missing.

use std::cmp::Reverse;

use serde::Serialize;

use super::common::{Criterion, Day, Link};
use super::frame::Frame;
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::model::{Fields, Relation, Report, ThingId};
use crate::render::context::PageContext;
use crate::render::index::incoming;

/// `by_gap` in `by_gap.html`.
#[derive(Clone, Debug, Serialize)]
pub struct ByGapView {
    /// How many there are of each, in words.
    pub figures: String,
    /// Those that most postmortems point at first.
    pub practices: Vec<PracticeGap>,
}

/// A practice that was missing or weak when it mattered.
#[derive(Clone, Debug, Serialize)]
pub struct PracticeGap {
    pub practice: Link,
    /// Id of its rows.
    pub anchor: String,
    /// Postmortems that point at it.
    pub postmortems: usize,
    pub criteria: Vec<CriterionGap>,
    /// Postmortems that name none of its criteria.
    pub as_a_whole: Vec<Incident>,
}

/// A criterion that did not hold.
#[derive(Clone, Debug, Serialize)]
pub struct CriterionGap {
    pub criterion: Criterion,
    pub level: u8,
    /// Newest first.
    pub postmortems: Vec<Incident>,
}

/// A postmortem with its day.
#[derive(Clone, Debug, Serialize)]
pub struct Incident {
    pub postmortem: Link,
    pub date: Option<Day>,
}

pub fn made(cx: &PageContext<'_>) -> Result<Made, Diagnostic> {
    let mut practices: Vec<PracticeGap> =
        cx.areas().flat_map(|(_, practices)| practices).filter_map(|id| gap(cx, *id)).collect();
    practices.sort_by_key(|gap| Reverse(gap.postmortems));
    let view = ByGapView { figures: figures(cx), practices };
    generated("by_gap.html", "by_gap", &view, Frame::report(cx, Report::ByGap))
}

pub fn figures(cx: &PageContext<'_>) -> String {
    let gaps = || cx.graph().edges.iter().filter(|edge| edge.relation == Relation::ShowsGap);
    let distinct = |mut ids: Vec<ThingId>| {
        ids.sort_unstable();
        ids.dedup();
        ids.len()
    };
    cx.words.counts(&[
        ("n_practices", distinct(gaps().map(|edge| edge.to).collect())),
        ("n_postmortems", distinct(gaps().map(|edge| edge.from).collect())),
    ])
}

fn gap(cx: &PageContext<'_>, practice: ThingId) -> Option<PracticeGap> {
    let pointing = |wanted: Option<&str>| {
        let edges = incoming(cx.graph(), practice, Relation::ShowsGap);
        let mut ids: Vec<ThingId> =
            edges.filter(|edge| edge.criterion.as_deref() == wanted).map(|edge| edge.from).collect();
        ids.sort_by_key(|id| (Reverse(day(cx, *id)), *id));
        ids.dedup();
        ids
    };
    let all = pointing(None);
    let mut criteria: Vec<CriterionGap> = Vec::new();
    let mut specific: Vec<ThingId> = Vec::new();
    for criterion in &cx.practice(practice)?.criteria {
        let postmortems = pointing(Some(&criterion.id.value));
        specific.extend(&postmortems);
        if !postmortems.is_empty() {
            criteria.push(CriterionGap {
                criterion: cx.criterion(practice, criterion),
                level: criterion.level.value,
                postmortems: incidents(cx, &postmortems),
            });
        }
    }
    criteria.sort_by_key(|gap| Reverse(gap.postmortems.len()));
    let as_a_whole: Vec<ThingId> = all.iter().copied().filter(|id| !specific.contains(id)).collect();
    (!all.is_empty()).then(|| PracticeGap {
        practice: cx.link(practice),
        anchor: cx.anchor(practice),
        postmortems: all.len(),
        criteria,
        as_a_whole: incidents(cx, &as_a_whole),
    })
}

fn incidents(cx: &PageContext<'_>, ids: &[ThingId]) -> Vec<Incident> {
    let incident =
        |id: &ThingId| Incident { postmortem: cx.link(*id), date: day(cx, *id).map(|date| cx.day(date)) };
    ids.iter().map(incident).collect()
}

/// The day of a postmortem.
pub fn day(cx: &PageContext<'_>, id: ThingId) -> Option<jiff::civil::Date> {
    match cx.thing(id).fields() {
        Fields::Postmortem(fields) => fields.date.as_ref().map(|date| date.value),
        _ => None,
    }
}
