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

impl Scorecard {
    /// How many practices are at or above target, of how many that apply.
    pub fn at_target(&self) -> (usize, usize) {
        let applying = self.practices.values().filter_map(PracticeScore::at_target);
        applying.fold((0, 0), |(at_target, all), is| (at_target + usize::from(is), all + 1))
    }
}

impl PracticeScore {
    /// Whether the team has what it wants; `None` where the practice does not apply.
    pub fn at_target(&self) -> Option<bool> {
        match self.state {
            ScoreState::Level(level) => Some(level >= self.target),
            ScoreState::NotAssessed => Some(false),
            ScoreState::NotApplicable => None,
        }
    }
}

impl Scorecards {
    /// The newest scorecard of `team` not after `day`.
    pub fn latest(&self, team: ThingId, day: Date) -> Option<&Scorecard> {
        self.teams.get(&team)?.iter().rev().find(|card| card.date <= day)
    }
}
