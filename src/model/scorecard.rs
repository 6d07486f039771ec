//! What answers mean: levels, progress and coverage, per team and practice.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::ThingId;

/// All scorecards, by team, each oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scorecards {
    pub teams: BTreeMap<ThingId, Vec<Scorecard>>,
}

/// A team on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorecard {
    /// The assessment it comes from.
    pub assessment: ThingId,
    pub date: Date,
    /// By practice, every practice of the handbook.
    pub practices: BTreeMap<ThingId, PracticeScore>,
}

/// A team's state in one practice.
#[derive(Clone, Debug, PartialEq)]
pub struct PracticeScore {
    pub state: ScoreState,
    /// The level the team wants to reach.
    pub target: u8,
    /// Criteria answered yes, partly or no.
    pub answered: u32,
    /// Criteria that apply to the team.
    pub applicable: u32,
    /// The lowest level that does not hold; `None` when all do, or without a level.
    pub next_level: Option<u8>,
    /// (yes + ½ partly) / (yes + partly + no) over the next level not held, 0 to 1; `None` when
    /// every level is held or none of the next level's criteria is answered.
    pub progress: Option<f64>,
    /// Criteria that block the next level because nobody knows.
    pub unknown: Vec<String>,
}

/// Whether a practice has a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoreState {
    /// The level reached.
    Level(u8),
    /// Nothing answered with yes, partly or no.
    NotAssessed,
    /// Decided against, or every criterion is `na`.
    NotApplicable,
}

impl Scorecards {
    /// The newest scorecard of `team` not after `day`.
    pub fn latest(&self, team: ThingId, day: Date) -> Option<&Scorecard> {
        self.teams.get(&team)?.iter().rev().find(|card| card.date <= day)
    }
}
