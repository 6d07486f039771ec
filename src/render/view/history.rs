//! `history`: a team's assessments side by side, and what changed between any two of them.

use serde::Serialize;

use super::by_area::{AreaRows, by_area};
use super::common::{Day, LevelMark, Link};
use super::frame::Frame;
use super::heat::{Stand, stand, state};
use super::navigation::{Sidebar, SidebarGroup};
use super::scorecard::{Share, trend};
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::model::{ScoreState, Scorecard, ThingId};
use crate::render::address;
use crate::render::context::PageContext;

/// `history` in `history.html`.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryView {
    pub team: Link,
    /// Oldest first.
    pub assessments: Vec<AssessmentColumn>,
    pub areas: Vec<AreaRows<PracticeHistory>>,
    /// What changed between any two assessments, newest first.
    pub pairs: Vec<Pair>,
    /// Practices by level over the assessments, safe SVG.
    pub trend: String,
    /// The maturity scale, to read the picture by.
    pub levels: Vec<LevelMark>,
}

/// An assessment and its result.
#[derive(Clone, Debug, Serialize)]
pub struct AssessmentColumn {
    pub assessment: Link,
    pub date: Day,
    pub total: Share,
}

/// A practice; `cells` run parallel to the assessments.
#[derive(Clone, Debug, Serialize)]
pub struct PracticeHistory {
    pub practice: Link,
    pub cells: Vec<HistoryCell>,
}

#[derive(Clone, Debug, Serialize)]
pub struct HistoryCell {
    pub stand: Stand,
    /// Against the assessment before: `up`, `down`, `other`, or `none` where nothing changed.
    pub change: Option<&'static str>,
}

/// Two assessments.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    /// `2025-10-10--2026-10-09`.
    pub anchor: String,
    pub before: AssessmentColumn,
    pub after: AssessmentColumn,
    pub changes: Vec<Change>,
    /// How many practices went up and down.
    pub up: usize,
    pub down: usize,
}

/// A practice that is not where it was.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    pub practice: Link,
    pub before: Stand,
    pub after: Stand,
    /// `up`, `down` or `other`.
    pub change: &'static str,
}

/// Assessments, counted from the newest, that are compared with each of those before them. The older
/// ones have the table.
const COMPARED: usize = 8;

pub fn made(cx: &PageContext<'_>, team: ThingId) -> Result<Made, Diagnostic> {
    let here = address::history(&cx.thing(team).address);
    let title = cx.words.fill("history_of", &[("team", &cx.link(team).title)]);
    let mut frame = Frame::generated(cx, "history", title, Some(&here));
    frame.description = Some(cx.words.get("history_description").to_owned());
    frame.sidebar = Some(Sidebar {
        section: cx.folder_link("teams"),
        groups: vec![SidebarGroup { link: Some(cx.nav_link(team)), items: Vec::new(), more: 0 }],
    });
    generated("history.html", "history", &view(cx, team), frame)
}

fn view(cx: &PageContext<'_>, team: ThingId) -> HistoryView {
    let cards = cx.site.scorecards.teams.get(&team).map_or(&[][..], Vec::as_slice);
    HistoryView {
        team: cx.link(team),
        assessments: cards.iter().map(|card| assessment(cx, card)).collect(),
        areas: by_area(cx, |id| Some(practice(cx, id, cards))),
        pairs: pairs(cx, cards),
        trend: trend(cx, cards),
        levels: cx.level_numbers().into_iter().map(|number| cx.level_mark(number)).collect(),
    }
}

/// An assessment with its result.
pub fn assessment(cx: &PageContext<'_>, card: &Scorecard) -> AssessmentColumn {
    AssessmentColumn {
        assessment: cx.link(card.assessment),
        date: cx.day(card.date),
        total: Share::of(card.practices.values()),
    }
}

fn practice(cx: &PageContext<'_>, id: ThingId, cards: &[Scorecard]) -> PracticeHistory {
    let before = std::iter::once(None).chain(cards.iter().map(Some));
    let cells = cards.iter().zip(before).map(|(card, before)| HistoryCell {
        stand: stand(cx, card, id),
        change: before.and_then(|before| change(state(before, id), state(card, id))),
    });
    PracticeHistory { practice: cx.link(id), cells: cells.collect() }
}

fn pairs(cx: &PageContext<'_>, cards: &[Scorecard]) -> Vec<Pair> {
    let recent = cards.get(cards.len().saturating_sub(COMPARED)..).unwrap_or_default();
    let mut pairs = Vec::new();
    for (at, after) in recent.iter().enumerate().rev() {
        for before in recent.iter().take(at).rev() {
            pairs.push(pair(cx, before, after));
        }
    }
    pairs
}

fn pair(cx: &PageContext<'_>, before: &Scorecard, after: &Scorecard) -> Pair {
    let order = cx.areas().flat_map(|(_, practices)| practices);
    let changes: Vec<Change> = order
        .filter_map(|practice| {
            Some(Change {
                change: change(state(before, *practice), state(after, *practice))?,
                practice: cx.link(*practice),
                before: stand(cx, before, *practice),
                after: stand(cx, after, *practice),
            })
        })
        .collect();
    let count = |wanted| changes.iter().filter(|change| change.change == wanted).count();
    Pair {
        anchor: format!("{}--{}", before.date, after.date),
        before: assessment(cx, before),
        after: assessment(cx, after),
        up: count("up"),
        down: count("down"),
        changes,
    }
}

/// Up and down are said of levels only: what was not assessed before has not risen.
fn change(before: ScoreState, after: ScoreState) -> Option<&'static str> {
    if before == after {
        return None;
    }
    Some(match (before.rank(), after.rank()) {
        (Some(before), Some(after)) if after > before => "up",
        (Some(_), Some(_)) => "down",
        _ => "other",
    })
}
