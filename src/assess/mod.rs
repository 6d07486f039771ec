//! Judges: answers and decisions become levels, progress and coverage; gaps become next steps.
//!
//! A practice's level is cumulative. A criterion holds only on *yes*; a level with applicable
//! criteria holds when all of them do; the level reached is the highest such level below which every
//! level with applicable criteria holds too. When none holds it is the starting level, one below the
//! lowest level that has criteria. *Unknown* and unanswered block a level and are reported as not
//! known, never as no. [`additive`] is the other scheme.

pub mod additive;
mod answers;
mod coverage;
pub mod cumulative;
mod dependencies;
mod due;
mod freshness;
mod next;
mod since;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::config::{Config, Scheme};
use crate::diag::Diagnostics;
use crate::model::{
    Answer, Fields, Graph, Handbook, Kind, ModelChange, PracticeScore, Relation, Scorecard, Scorecards,
    Succession, TeamFields, ThingId, model_hash,
};

use additive::Weights;
use answers::Sheet;
pub use coverage::coverage;
use cumulative::Item;
pub use dependencies::dependencies;
pub use freshness::freshness;
pub use since::since;

/// The scorecards of every team, one per assessment, and what to do next. What is due on `today` is
/// reported, and answers that cannot be scored.
pub fn assess(
    handbook: &Handbook,
    graph: &Graph,
    succession: &Succession,
    config: &Config,
    today: Date,
    diagnostics: &mut Diagnostics,
) -> Scorecards {
    due::report(handbook, today, diagnostics);
    let judge = Judge { handbook, graph, succession, config, weights: weights(config) };
    let model = model_hash(handbook, graph);
    let mut scorecards = Scorecards::default();
    for (team, thing) in handbook.of_kind(Kind::Team) {
        let Fields::Team(fields) = thing.fields() else { continue };
        let assessments =
            graph.incoming_of(team).filter(|edge| edge.relation == Relation::Assesses).map(|edge| edge.from);
        let mut cards: Vec<Scorecard> =
            assessments.filter_map(|assessment| judge.scorecard(fields, assessment, diagnostics)).collect();
        cards.sort_by_key(|card| (card.date, card.assessment));
        if let Some(newest) = cards.iter().rev().find(|card| card.date <= today) {
            judge.report(fields, newest, diagnostics);
            judge.compare_model(newest, &model, diagnostics);
            scorecards.next_steps.insert(team, next::steps(handbook, graph, team, newest));
        }
        scorecards.teams.insert(team, cards);
    }
    scorecards
}

/// The weights of the additive scheme; `None` under the cumulative one.
fn weights(config: &Config) -> Option<Weights> {
    match &config.scoring.scheme {
        Scheme::Cumulative => None,
        Scheme::Additive { answers } => {
            Some(answers.iter().map(|(id, _, weight)| (id.clone(), *weight)).collect())
        }
    }
}

struct Judge<'a> {
    handbook: &'a Handbook,
    graph: &'a Graph,
    succession: &'a Succession,
    config: &'a Config,
    weights: Option<Weights>,
}

impl Judge<'_> {
    fn scorecard(
        &self,
        team: &TeamFields,
        assessment: ThingId,
        diagnostics: &mut Diagnostics,
    ) -> Option<Scorecard> {
        let Fields::Assessment(fields) = self.handbook.thing(assessment).fields() else { return None };
        let date = fields.date.as_ref()?.value;
        let mut sheet =
            Sheet::read(fields, self.handbook, self.succession, self.weights.as_ref(), diagnostics);
        let mut practices = BTreeMap::new();
        for (practice, thing) in self.handbook.of_kind(Kind::Practice) {
            let (Fields::Practice(content), Some(id)) = (thing.fields(), &thing.id) else { continue };
            let id = id.as_str();
            let excluded = team.decided_against(id, date);
            sheet.set_aside_excluded(id, |criterion| {
                excluded || team.decided_against(&format!("{id}/{criterion}"), date)
            });
            let not_applicable = Answer::NotApplicable;
            let items: Vec<Item<'_>> = content
                .criteria
                .iter()
                .map(|criterion| {
                    let name = criterion.id.value.as_str();
                    let answer = match team.decided_against(&format!("{id}/{name}"), date) {
                        true => Some(&not_applicable),
                        false => sheet.answer(id, name).map(|entry| &entry.answer.value),
                    };
                    Item { level: criterion.level.value, criterion: name, answer }
                })
                .collect();
            let mut score = match &self.weights {
                None => cumulative::score(&items, target(team, self.config, id), excluded),
                Some(weights) => additive::score(&items, weights, target(team, self.config, id), excluded),
            };
            score.evidenced = sheet.evidenced(id);
            practices.insert(practice, score);
        }
        self.find_weak_prerequisites(&mut practices);
        Some(Scorecard { assessment, date, practices, set_aside: sheet.into_set_aside() })
    }

    /// A level claimed on top of a practice that is not there yet.
    fn find_weak_prerequisites(&self, practices: &mut BTreeMap<ThingId, PracticeScore>) {
        let ranks: BTreeMap<ThingId, f64> =
            practices.iter().filter_map(|(practice, score)| Some((*practice, score.state.rank()?))).collect();
        for (practice, score) in practices {
            let Some(rank) = score.state.rank() else { continue };
            let needed = self.graph.outgoing_of(*practice).filter(|edge| edge.relation == Relation::Requires);
            let weak =
                needed.map(|edge| edge.to).filter(|needed| ranks.get(needed).is_some_and(|own| *own < rank));
            score.weak_prerequisites = weak.collect();
        }
    }

    /// Says when the newest assessment answered other questions than those of `model`, today's hash.
    fn compare_model(&self, card: &Scorecard, model: &str, diagnostics: &mut Diagnostics) {
        let Fields::Assessment(fields) = self.handbook.thing(card.assessment).fields() else { return };
        let Some(written) = &fields.model else { return };
        match ModelChange::between(&written.value, model) {
            None => {}
            Some(ModelChange::Words) => diagnostics.criteria_reworded(&written.span),
            Some(ModelChange::Criteria) => {
                let covered = card.practices.values().filter(|score| score.counts.given() > 0);
                let open = covered.map(|score| score.counts.unanswered).sum();
                diagnostics.criteria_changed(&written.span, open);
            }
        }
    }

    /// What the newest scorecard says about the team's own pages.
    fn report(&self, team: &TeamFields, card: &Scorecard, diagnostics: &mut Diagnostics) {
        let assessment = &self.handbook.thing(card.assessment).original().summary.id;
        if !card.set_aside.is_empty() {
            let subjects: Vec<&str> = card.set_aside.iter().map(|aside| aside.subject.as_str()).collect();
            diagnostics.answers_set_aside(assessment, &subjects);
        }
        for (name, target) in &team.targets {
            let Some(practice) = self.handbook.find(Kind::Practice, &name.value) else { continue };
            let rank = card.practices.get(&practice).and_then(|score| score.state.rank());
            if rank.is_some_and(|rank| rank > f64::from(target.level.value)) {
                diagnostics.target_below(&target.level, &name.value);
            }
        }
        let Some(from) = self.config.scoring.evidence_from else { return };
        let bare = card.practices.iter().filter(|(_, score)| {
            score.evidenced == 0 && score.state.rank().is_some_and(|rank| rank >= f64::from(from))
        });
        let bare: Vec<&str> = bare
            .filter_map(|(practice, _)| Some(self.handbook.thing(*practice).id.as_ref()?.as_str()))
            .collect();
        if !bare.is_empty() {
            diagnostics.level_without_evidence(assessment, from, &bare);
        }
    }
}

fn target(team: &TeamFields, config: &Config, practice: &str) -> u8 {
    team.targets
        .iter()
        .find(|(name, _)| name.value == practice)
        .map(|(_, target)| target.level.value)
        .or(team.target_default.as_ref().map(|level| level.value))
        .unwrap_or(config.scoring.default_target)
}
