//! What a team does next: the criteria between today's levels and the targets, in an order with reasons.
//!
//! First what other practices on the list require, then what the team's own postmortems point at,
//! then by effort; within a practice level by level, as far as the target.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::{
    Because, Fields, Graph, Handbook, NextStep, PracticeScore, Relation, ScoreState, Scorecard, ThingId,
};

/// Effort of a practice that does not say.
const MIDDLE: u8 = 2;

/// The steps of `team` from `card`. A practice that was never assessed is not on the list: its next
/// step is the assessment.
pub fn steps(handbook: &Handbook, graph: &Graph, team: ThingId, card: &Scorecard) -> Vec<NextStep> {
    let open: BTreeMap<ThingId, &PracticeScore> = card
        .practices
        .iter()
        .filter(|(_, score)| matches!(score.state, ScoreState::Level(_)) && !score.at_target())
        .map(|(practice, score)| (*practice, score))
        .collect();
    let mut ordered: Vec<(ThingId, Because)> =
        open.keys().map(|practice| (*practice, because(handbook, graph, team, *practice, &open))).collect();
    let position = |practice: &ThingId| graph.practice_order.iter().position(|known| known == practice);
    ordered.sort_by_key(|(practice, because)| {
        let (group, weight) = match because {
            Because::Needed(by) => (0, Reverse(by.len())),
            Because::Gap(postmortems) => (1, Reverse(postmortems.len())),
            Because::Effort(effort) => (2, Reverse(usize::from(u8::MAX - effort))),
        };
        // Among those that are needed, the needed ones of the needed come first.
        let order = position(practice);
        if group == 0 { (group, order, weight) } else { (group, None, weight) }
    });
    let answers = planned(handbook, card.assessment);
    ordered
        .into_iter()
        .flat_map(|(practice, because)| {
            let score = open.get(&practice).copied();
            criteria(handbook, graph, practice, score, &answers, &because)
        })
        .collect()
}

fn because(
    handbook: &Handbook,
    graph: &Graph,
    team: ThingId,
    practice: ThingId,
    open: &BTreeMap<ThingId, &PracticeScore>,
) -> Because {
    let needed_by: Vec<ThingId> = graph
        .incoming_of(practice)
        .filter(|edge| edge.relation == Relation::Requires && open.contains_key(&edge.from))
        .map(|edge| edge.from)
        .collect();
    if !needed_by.is_empty() {
        return Because::Needed(needed_by);
    }
    let of_team = |postmortem: ThingId| {
        graph.outgoing_of(postmortem).any(|edge| edge.relation == Relation::OfTeam && edge.to == team)
    };
    let mut gaps: Vec<ThingId> = graph
        .incoming_of(practice)
        .filter(|edge| edge.relation == Relation::ShowsGap && of_team(edge.from))
        .map(|edge| edge.from)
        .collect();
    gaps.sort_unstable();
    gaps.dedup();
    if !gaps.is_empty() {
        return Because::Gap(gaps);
    }
    let effort = match handbook.thing(practice).fields() {
        Fields::Practice(fields) => fields.effort,
        _ => None,
    };
    Because::Effort(effort.unwrap_or(MIDDLE))
}

/// What the team said it plans, as `practice/criterion`.
fn planned(handbook: &Handbook, assessment: ThingId) -> Vec<String> {
    let Fields::Assessment(fields) = handbook.thing(assessment).fields() else { return Vec::new() };
    let entries = fields.answers.iter().flat_map(|practice| {
        let planned = practice.answers.iter().filter(|entry| entry.planned);
        planned.map(|entry| format!("{}/{}", practice.practice.value, entry.criterion.value))
    });
    entries.collect()
}

/// The criteria of a practice that do not hold, from the next level up to the target.
fn criteria(
    handbook: &Handbook,
    graph: &Graph,
    practice: ThingId,
    score: Option<&PracticeScore>,
    planned: &[String],
    because: &Because,
) -> Vec<NextStep> {
    let thing = handbook.thing(practice);
    let (Some(score), Fields::Practice(fields), Some(id)) = (score, thing.fields(), &thing.id) else {
        return Vec::new();
    };
    let Some(next) = score.next_level else { return Vec::new() };
    let missing = |criterion: &str| {
        score.open.iter().chain(&score.unknown).chain(&score.later).any(|known| known == criterion)
    };
    let wanted = fields.criteria.iter().filter(|criterion| {
        (next..=score.target).contains(&criterion.level.value) && missing(&criterion.id.value)
    });
    wanted
        .map(|criterion| {
            let level = criterion.level.value;
            let playbooks = graph
                .incoming_of(practice)
                .filter(|edge| edge.relation == Relation::HelpsWith && edge.levels.contains(&level))
                .map(|edge| edge.from);
            NextStep {
                practice,
                criterion: criterion.id.value.clone(),
                level,
                planned: planned.contains(&format!("{id}/{}", criterion.id.value)),
                playbooks: playbooks.collect(),
                because: because.clone(),
            }
        })
        .collect()
}
