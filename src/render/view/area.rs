//! `area`: a field of work and its practices.

use serde::Serialize;

use super::by_gap::day;
use super::common::{Day, LevelMark, Link};
use super::navigation::PageSection;
use crate::model::{Relation, ThingId};
use crate::render::context::PageContext;
use crate::render::index::{incoming, outgoing};

/// `area` in `area.html`.
#[derive(Clone, Debug, Serialize)]
pub struct AreaView {
    pub practices: Vec<PracticeCard>,
    /// Playbooks that help with any of them.
    pub playbooks: Vec<Link>,
    /// Postmortems that show a gap in any of them, newest first.
    pub gaps: Vec<AreaGap>,
}

/// A postmortem and the practices of the area it points at.
#[derive(Clone, Debug, Serialize)]
pub struct AreaGap {
    pub postmortem: Link,
    pub date: Option<Day>,
    pub practices: Vec<Link>,
}

impl AreaView {
    pub fn sections(&self) -> Vec<PageSection> {
        [
            (!self.practices.is_empty(), ("section-practices", "practices")),
            (!self.playbooks.is_empty(), ("section-playbooks", "playbooks")),
            (!self.gaps.is_empty(), ("section-postmortems", "shown_by_postmortems")),
        ]
        .into_iter()
        .filter_map(|(shown, section)| shown.then_some(section))
        .collect()
    }
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

pub fn view(cx: &PageContext<'_>, id: ThingId) -> AreaView {
    let practices = cx.index.practices_in(Some(id));
    let pointing = |relation| {
        let mut from: Vec<ThingId> = practices
            .iter()
            .flat_map(|practice| incoming(cx.graph(), *practice, relation))
            .map(|edge| edge.from)
            .collect();
        from.sort_unstable();
        from.dedup();
        from
    };
    let mut postmortems = pointing(Relation::ShowsGap);
    postmortems.sort_by_key(|postmortem| std::cmp::Reverse(day(cx, *postmortem)));
    AreaView {
        practices: cards(cx, practices),
        playbooks: pointing(Relation::HelpsWith).into_iter().map(|id| cx.described_link(id)).collect(),
        gaps: postmortems.into_iter().map(|id| gap(cx, id, practices)).collect(),
    }
}

fn gap(cx: &PageContext<'_>, postmortem: ThingId, practices: &[ThingId]) -> AreaGap {
    let points_at = |practice: &&ThingId| {
        outgoing(cx.graph(), postmortem, Relation::ShowsGap).any(|edge| edge.to == **practice)
    };
    AreaGap {
        postmortem: cx.link(postmortem),
        date: day(cx, postmortem).map(|date| cx.day(date)),
        practices: cx.links(practices.iter().filter(points_at).copied()),
    }
}

pub fn cards(cx: &PageContext<'_>, practices: &[ThingId]) -> Vec<PracticeCard> {
    practices.iter().filter_map(|id| card(cx, *id)).collect()
}

pub fn card(cx: &PageContext<'_>, id: ThingId) -> Option<PracticeCard> {
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
