//! What teams decided about one practice: targets, what does not apply, their own form of it.

use serde::Serialize;

use super::common::Link;
use super::team::{AdoptionView, DecisionView, TargetView, adoption, decisions, targets};
use crate::model::{Fields, Relation, ThingId};
use crate::render::context::PageContext;
use crate::render::index::incoming;

/// What a team decided about one practice.
#[derive(Clone, Debug, Serialize)]
pub struct TeamForm {
    pub team: Link,
    pub target: Option<TargetView>,
    pub decisions: Vec<DecisionView>,
    pub adoption: Option<AdoptionView>,
}

/// Every team that decided anything about a practice.
pub fn of(cx: &PageContext<'_>, practice: ThingId) -> Vec<TeamForm> {
    let href = cx.href(practice, None);
    let mut teams: Vec<ThingId> =
        incoming(cx.graph(), practice, Relation::Tailors).map(|edge| edge.from).collect();
    teams.dedup();
    let forms = teams.into_iter().filter_map(|team| {
        let Fields::Team(fields) = cx.thing(team).fields() else { return None };
        Some(TeamForm {
            team: cx.link(team),
            target: targets(cx, team, fields).into_iter().find(|target| target.practice.href == href),
            decisions: decisions(cx, team, fields)
                .into_iter()
                .filter(|decision| decision.practice.href == href)
                .collect(),
            adoption: adoption(cx, team, fields).into_iter().find(|form| form.practice.href == href),
        })
    });
    forms.collect()
}
