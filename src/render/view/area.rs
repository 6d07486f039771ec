//! `area`: a field of work and its practices.

use serde::Serialize;

use super::common::{LevelMark, Link};
use super::navigation::PageSection;
use crate::model::{Relation, ThingId};
use crate::render::index::outgoing;
use crate::render::page::PageContext;

/// `area` in `area.html`.
#[derive(Clone, Debug, Serialize)]
pub struct AreaView {
    pub practices: Vec<PracticeCard>,
}

/// A practice in a list.
#[derive(Clone, Debug, Serialize)]
pub struct PracticeCard {
    /// With its description.
    pub practice: Link,
    pub lead: Vec<Link>,
    /// 1 (days) to 3 (quarters).
    pub effort: Option<u8>,
    pub starter: bool,
    /// Every level of the handbook and how much it asks.
    pub levels: Vec<LevelCount>,
}

/// How many criteria a practice has at a level.
#[derive(Clone, Debug, Serialize)]
pub struct LevelCount {
    pub level: LevelMark,
    pub criteria: usize,
    /// To the level on the practice's page.
    pub href: String,
}

pub const SECTIONS: &[PageSection] = &[("section-practices", "practices")];

pub fn view(cx: &PageContext<'_>, id: ThingId) -> AreaView {
    AreaView { practices: cards(cx, cx.index.practices_in(Some(id))) }
}

pub fn cards(cx: &PageContext<'_>, practices: &[ThingId]) -> Vec<PracticeCard> {
    practices.iter().filter_map(|id| card(cx, *id)).collect()
}

fn card(cx: &PageContext<'_>, id: ThingId) -> Option<PracticeCard> {
    let fields = cx.practice(id)?;
    Some(PracticeCard {
        practice: cx.described_link(id),
        lead: outgoing(cx.graph(), id, Relation::LedBy).map(|edge| cx.nav_link(edge.to)).collect(),
        effort: fields.effort,
        starter: fields.starter,
        levels: cx
            .level_numbers()
            .into_iter()
            .map(|number| LevelCount {
                level: cx.level_mark(number),
                criteria: fields.criteria.iter().filter(|criterion| criterion.level.value == number).count(),
                href: cx.href(id, Some(&format!("level-{number}"))),
            })
            .collect(),
    })
}
