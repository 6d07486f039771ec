//! `by_practice`: playbooks by practice and by the level they help to reach.

use std::collections::BTreeSet;

use serde::Serialize;

use super::by_area::{AreaRows, by_area};
use super::common::{LevelMark, Link};
use super::frame::Frame;
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::model::{Kind, Relation, Report, ThingId};
use crate::render::context::PageContext;
use crate::render::index::{incoming, outgoing};

/// `by_practice` in `by_practice.html`.
#[derive(Clone, Debug, Serialize)]
pub struct ByPracticeView {
    /// The columns: levels that a practice asks something for or a playbook leads to.
    pub levels: Vec<LevelMark>,
    /// Whether any playbook helps whatever the level, which is a column of its own.
    pub any_level: bool,
    /// All columns.
    pub columns: usize,
    pub areas: Vec<AreaRows<PracticeRow>>,
}

/// A practice and what helps with it.
#[derive(Clone, Debug, Serialize)]
pub struct PracticeRow {
    pub practice: Link,
    /// Id of the row.
    pub anchor: String,
    /// Parallel to the columns.
    pub steps: Vec<Step>,
    /// Playbooks that help whatever the level.
    pub any_level: Vec<Link>,
}

/// The way to one level.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    pub level: LevelMark,
    pub playbooks: Vec<Link>,
    /// The practice asks something at this level, and no playbook leads there.
    pub missing: bool,
}

pub fn made(cx: &PageContext<'_>) -> Result<Made, Diagnostic> {
    let levels = columns(cx);
    let areas = by_area(cx, |practice| row(cx, practice, &levels));
    let any_level = areas.iter().flat_map(|area| &area.rows).any(|row| !row.any_level.is_empty());
    let view = ByPracticeView {
        any_level,
        columns: 1 + levels.len() + usize::from(any_level),
        levels: levels.into_iter().map(|number| cx.level_mark(number)).collect(),
        areas,
    };
    generated("by_practice.html", "by_practice", &view, Frame::report(cx, Report::ByPractice))
}

pub fn figures(cx: &PageContext<'_>) -> String {
    let helpful = cx
        .handbook()
        .of_kind(Kind::Playbook)
        .filter(|(id, _)| outgoing(cx.graph(), *id, Relation::HelpsWith).next().is_some());
    cx.words.count("n_playbooks", helpful.count())
}

fn columns(cx: &PageContext<'_>) -> Vec<u8> {
    let practices = cx.site.coverage.practices.values();
    let levels = practices.flat_map(|practice| &practice.levels);
    let used = levels.filter(|(_, level)| level.criteria > 0 || !level.playbooks.is_empty());
    used.map(|(number, _)| *number).collect::<BTreeSet<u8>>().into_iter().collect()
}

fn row(cx: &PageContext<'_>, practice: ThingId, levels: &[u8]) -> Option<PracticeRow> {
    let covered = cx.site.coverage.practices.get(&practice)?;
    let any_level = incoming(cx.graph(), practice, Relation::HelpsWith).filter(|edge| edge.levels.is_empty());
    let step = |number: &u8| {
        let level = covered.levels.get(number);
        let playbooks = level.map_or(&[][..], |level| level.playbooks.as_slice());
        Step {
            level: cx.level_mark(*number),
            playbooks: playbooks.iter().map(|id| cx.nav_link(*id)).collect(),
            missing: playbooks.is_empty() && level.is_some_and(|level| level.criteria > 0),
        }
    };
    Some(PracticeRow {
        practice: cx.link(practice),
        anchor: cx.anchor(practice),
        steps: levels.iter().map(step).collect(),
        any_level: any_level.map(|edge| cx.nav_link(edge.from)).collect(),
    })
}
