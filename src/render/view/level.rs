//! `level`: what a maturity level asks, practice by practice.

use serde::Serialize;

use super::common::{Criterion, LevelMark, Link};
use super::navigation::PageSection;
use crate::model::{Relation, ThingId};
use crate::render::index::incoming;
use crate::render::page::PageContext;

/// `level` in `level.html`.
#[derive(Clone, Debug, Serialize)]
pub struct LevelView {
    pub number: u8,
    /// All levels, for the rail.
    pub levels: Vec<LevelMark>,
    /// Areas with something to ask at this level; the last one without `area` for practices outside.
    pub areas: Vec<AreaCriteria>,
}

/// The criteria of one area.
#[derive(Clone, Debug, Serialize)]
pub struct AreaCriteria {
    pub area: Option<Link>,
    pub practices: Vec<PracticeCriteria>,
}

/// The criteria of one practice.
#[derive(Clone, Debug, Serialize)]
pub struct PracticeCriteria {
    pub practice: Link,
    pub criteria: Vec<Criterion>,
    /// Playbooks that help to reach the level.
    pub playbooks: Vec<Link>,
}

pub const SECTIONS: &[PageSection] = &[("section-criteria", "criteria")];

pub fn view(cx: &PageContext<'_>, number: u8) -> LevelView {
    let areas = cx.index.areas.iter().copied().map(Some).chain([None]);
    LevelView {
        number,
        levels: cx.level_numbers().into_iter().map(|number| cx.level_mark(number)).collect(),
        areas: areas
            .map(|area| AreaCriteria {
                area: area.map(|area| cx.link(area)),
                practices: cx
                    .index
                    .practices_in(area)
                    .iter()
                    .filter_map(|practice| criteria(cx, *practice, number))
                    .collect(),
            })
            .filter(|area| !area.practices.is_empty())
            .collect(),
    }
}

fn criteria(cx: &PageContext<'_>, practice: ThingId, number: u8) -> Option<PracticeCriteria> {
    let criteria: Vec<Criterion> = cx
        .practice(practice)?
        .criteria
        .iter()
        .filter(|criterion| criterion.level.value == number)
        .map(|criterion| cx.criterion(practice, criterion))
        .collect();
    (!criteria.is_empty()).then(|| PracticeCriteria {
        practice: cx.link(practice),
        criteria,
        playbooks: cx.links(
            incoming(cx.graph(), practice, Relation::HelpsWith)
                .filter(|edge| edge.levels.contains(&number))
                .map(|edge| edge.from),
        ),
    })
}
