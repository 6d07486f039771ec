//! Judges: answers and decisions become levels, progress and coverage.
//!
//! A practice's level is cumulative. A criterion holds only on *yes*; a level with applicable
//! criteria holds when all of them do; the level reached is the highest such level below which every
//! level with applicable criteria holds too. When none holds it is the starting level, one below the
//! lowest level that has criteria. *Unknown* and unanswered block a level and are reported as not
//! known, never as no.

mod coverage;
mod cumulative;
mod dependencies;
mod due;
mod freshness;
mod since;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::config::Config;
use crate::diag::Diagnostics;
use crate::model::{
    Answer, AssessmentFields, Fields, Graph, Handbook, Kind, PracticeScore, Relation, Scorecard, Scorecards,
    TeamFields, ThingId,
};

pub use coverage::coverage;
pub use cumulative::{Item, score};
pub use dependencies::dependencies;
pub use freshness::freshness;
pub use since::since;

/// The scorecards of every team, one per assessment. What is due on `today` is reported.
pub fn assess(
    handbook: &Handbook,
    graph: &Graph,
    config: &Config,
    today: Date,
    diagnostics: &mut Diagnostics,
) -> Scorecards {
    due::report(handbook, today, diagnostics);
    let mut scorecards = Scorecards::default();
    for (team, thing) in handbook.of_kind(Kind::Team) {
        let Fields::Team(fields) = thing.fields() else { continue };
        let assessments =
            graph.incoming_of(team).filter(|edge| edge.relation == Relation::Assesses).map(|edge| edge.from);
        let mut cards: Vec<Scorecard> =
            assessments.filter_map(|assessment| scorecard(handbook, config, fields, assessment)).collect();
        cards.sort_by_key(|card| (card.date, card.assessment));
        scorecards.teams.insert(team, cards);
    }
    scorecards
}

fn scorecard(
    handbook: &Handbook,
    config: &Config,
    team: &TeamFields,
    assessment: ThingId,
) -> Option<Scorecard> {
    let Fields::Assessment(fields) = handbook.thing(assessment).fields() else { return None };
    let date = fields.date.as_ref()?.value;
    let practices = handbook
        .of_kind(Kind::Practice)
        .filter_map(|(practice, thing)| {
            let Fields::Practice(content) = thing.fields() else { return None };
            let id = thing.id.as_ref()?.as_str();
            let items: Vec<Item<'_>> = content
                .criteria
                .iter()
                .map(|criterion| Item {
                    level: criterion.level.value,
                    criterion: &criterion.id.value,
                    answer: effective_answer(team, fields, id, &criterion.id.value, date),
                })
                .collect();
            let target = target(team, config, id);
            Some((practice, score(&items, target, excluded(team, id, date))))
        })
        .collect::<BTreeMap<ThingId, PracticeScore>>();
    Some(Scorecard { assessment, date, practices })
}

/// What counts as the answer: a decision of the team that holds on the day comes before what was answered.
fn effective_answer(
    team: &TeamFields,
    assessment: &AssessmentFields,
    practice: &str,
    criterion: &str,
    day: Date,
) -> Option<Answer> {
    if excluded(team, &format!("{practice}/{criterion}"), day) {
        return Some(Answer::NotApplicable);
    }
    assessment
        .answers
        .iter()
        .filter(|answers| answers.practice.value == practice)
        .flat_map(|answers| &answers.answers)
        .find(|entry| entry.criterion.value == criterion)
        .map(|entry| entry.answer)
}

/// Whether the team decided against `subject` (a practice or `practice/criterion`), and the decision holds on `day`.
fn excluded(team: &TeamFields, subject: &str, day: Date) -> bool {
    team.not_applicable.iter().any(|(name, decision)| name.value == subject && decision.holds_on(day))
}

fn target(team: &TeamFields, config: &Config, practice: &str) -> u8 {
    team.targets
        .iter()
        .find(|(name, _)| name.value == practice)
        .map(|(_, target)| target.level.value)
        .or(team.target_default.as_ref().map(|level| level.value))
        .unwrap_or(config.scoring.default_target)
}
