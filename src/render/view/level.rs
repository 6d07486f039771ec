//! `level`: what a maturity level asks, practice by practice.

use serde::Serialize;

use super::common::{Criterion, LevelMark, Link};
use super::navigation::PageSection;
use super::practice::standing_at;
use crate::model::{Relation, ThingId};
use crate::render::context::PageContext;
use crate::render::index::incoming;

/// `level` in `level.html`.
#[derive(Clone, Debug, Serialize)]
pub struct LevelView {
    pub number: u8,
    /// How many practices ask something here, and how much, in words.
    pub figures: String,
    /// All levels, for the rail.
    pub levels: Vec<LevelMark>,
    /// Areas with something to ask at this level; the last one without `area` for practices outside.
    pub areas: Vec<AreaCriteria>,
}

/// The criteria of one area.
#[derive(Clone, Debug, Serialize)]
pub struct AreaCriteria {
    pub area: Option<Link>,
    /// Id of its heading.
    pub anchor: String,
    pub practices: Vec<PracticeCriteria>,
}

/// The criteria of one practice.
#[derive(Clone, Debug, Serialize)]
pub struct PracticeCriteria {
    pub practice: Link,
    /// Empty where only playbooks name the level.
    pub criteria: Vec<Criterion>,
    /// Playbooks that help to reach the level.
    pub playbooks: Vec<Link>,
    /// Teams that have reached this level and no higher one.
    pub teams: Vec<Link>,
}

pub const SECTIONS: &[PageSection] = &[("section-criteria", "criteria")];

pub fn view(cx: &PageContext<'_>, number: u8) -> LevelView {
    let areas: Vec<AreaCriteria> = cx
        .areas()
        .map(|(area, practices)| AreaCriteria {
            area: area.map(|area| cx.link(area)),
            anchor: area.map_or("other-practices".to_owned(), |area| {
                format!("area-{}", cx.thing(area).original().summary.id.value)
            }),
            practices: practices.iter().filter_map(|practice| criteria(cx, *practice, number)).collect(),
        })
        .filter(|area| !area.practices.is_empty())
        .collect();
    LevelView {
        number,
        figures: figures(cx, &areas),
        levels: cx.level_numbers().into_iter().map(|number| cx.level_mark(number)).collect(),
        areas,
    }
}

fn figures(cx: &PageContext<'_>, areas: &[AreaCriteria]) -> String {
    let asked = || areas.iter().flat_map(|area| &area.practices).map(|practice| practice.criteria.len());
    let practices = asked().filter(|criteria| *criteria > 0).count();
    let criteria: usize = asked().sum();
    cx.words.counts(&[("n_practices", practices), ("n_criteria", criteria)])
}

fn criteria(cx: &PageContext<'_>, practice: ThingId, number: u8) -> Option<PracticeCriteria> {
    let criteria: Vec<Criterion> = cx
        .practice(practice)?
        .criteria
        .iter()
        .filter(|criterion| criterion.level.value == number)
        .map(|criterion| cx.criterion(practice, criterion))
        .collect();
    let playbooks = cx.links(
        incoming(cx.graph(), practice, Relation::HelpsWith)
            .filter(|edge| edge.levels.contains(&number))
            .map(|edge| edge.from),
    );
    let is_named = !criteria.is_empty() || !playbooks.is_empty();
    is_named.then(|| PracticeCriteria {
        practice: cx.link(practice),
        criteria,
        playbooks,
        teams: standing_at(cx, practice, number),
    })
}
