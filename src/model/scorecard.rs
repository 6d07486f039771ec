//! What answers mean: levels, progress and coverage, per team and practice.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::{Answer, ThingId};

/// All scorecards, by team, each oldest first, and what to do next.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scorecards {
    pub teams: BTreeMap<ThingId, Vec<Scorecard>>,
    /// By team, from its newest scorecard: what stands between today and the targets, in order.
    pub next_steps: BTreeMap<ThingId, Vec<NextStep>>,
}

/// A team on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorecard {
    /// The assessment it comes from.
    pub assessment: ThingId,
    pub date: Date,
    /// By practice, every practice of the handbook.
    pub practices: BTreeMap<ThingId, PracticeScore>,
    /// Answers that were not scored, and why.
    pub set_aside: Vec<SetAside>,
}

/// A team's state in one practice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PracticeScore {
    pub state: ScoreState,
    /// The level the team wants to reach.
    pub target: u8,
    pub counts: Counts,
    /// The lowest level that does not hold; `None` when all do, or without a level.
    pub next_level: Option<u8>,
    /// The answers to the criteria of `next_level`, from which progress is counted.
    pub next_counts: Counts,
    /// Criteria of `next_level` answered with partly or no.
    pub open: Vec<String>,
    /// Criteria of `next_level` that nobody knows: answered with *unknown*, or not at all.
    pub unknown: Vec<String>,
    /// Criteria above `next_level` that do not hold yet.
    pub later: Vec<String>,
    /// Answers *yes* that name evidence.
    pub evidenced: u32,
    /// Required practices whose own level is below the one reached here.
    pub weak_prerequisites: Vec<ThingId>,
}

/// Whether a practice has a level.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum ScoreState {
    /// The level reached.
    Level(u8),
    /// The additive scheme: the sum over levels of the mean weight of their answers.
    Points(f64),
    /// Nothing answered with yes, partly or no.
    #[default]
    NotAssessed,
    /// Decided against, or every criterion is `na`.
    NotApplicable,
}

/// How often each answer was given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub yes: u32,
    pub partly: u32,
    pub no: u32,
    pub unknown: u32,
    pub not_applicable: u32,
    pub unanswered: u32,
}

/// An answer that is kept and not scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// As written: `practice/criterion`.
    pub subject: String,
    pub why: SetAsideReason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetAsideReason {
    /// The team decided on that day that it does not apply, and answered all the same.
    NotApplicable,
    /// `model.yaml` retired the practice or the criterion.
    Retired,
}

/// A criterion between today's level and the target.
#[derive(Clone, Debug, PartialEq)]
pub struct NextStep {
    pub practice: ThingId,
    pub criterion: String,
    pub level: u8,
    /// The team answered that it plans to work on it.
    pub planned: bool,
    /// Playbooks that help to reach the level.
    pub playbooks: Vec<ThingId>,
    pub because: Because,
}

/// Why a step stands where it stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Because {
    /// These practices, which the team wants as well, require it.
    Needed(Vec<ThingId>),
    /// These postmortems of the team point at the practice.
    Gap(Vec<ThingId>),
    /// Neither: less effort comes first.
    Effort(u8),
}

/// How two scorecards differ in a practice.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    pub practice: ThingId,
    pub before: ScoreState,
    pub after: ScoreState,
}

/// Several practices taken together. There is no mean of levels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScoreSummary {
    /// Practices at or above their target.
    pub at_target: u32,
    /// Practices that apply.
    pub practices: u32,
    /// Criteria answered with yes, partly or no.
    pub answered: u32,
    /// Criteria that apply.
    pub applicable: u32,
}

impl Scorecards {
    /// The newest scorecard of `team` not after `day`.
    pub fn latest(&self, team: ThingId, day: Date) -> Option<&Scorecard> {
        self.teams.get(&team)?.iter().rev().find(|card| card.date <= day)
    }
}

impl Scorecard {
    pub fn summary(&self) -> ScoreSummary {
        ScoreSummary::of(self.practices.values())
    }

    /// The practices whose state is another than in `before`, in the handbook's order.
    pub fn compared_with(&self, before: &Self) -> Vec<Difference> {
        let state = |card: &Self, practice: &ThingId| {
            card.practices.get(practice).map_or(ScoreState::NotAssessed, |score| score.state)
        };
        let practices = self.practices.keys().map(|practice| Difference {
            practice: *practice,
            before: state(before, practice),
            after: state(self, practice),
        });
        practices.filter(|difference| difference.before != difference.after).collect()
    }
}

impl PracticeScore {
    /// Whether the level reached is the target or above it.
    pub fn at_target(&self) -> bool {
        self.state.rank().is_some_and(|rank| rank >= f64::from(self.target))
    }

    /// (yes + ½ partly) / (yes + partly + no) over the next level, 0 to 1; `None` when every level
    /// holds or nothing of the next one is answered so.
    pub fn progress(&self) -> Option<f64> {
        self.next_level?;
        let Counts { yes, partly, .. } = self.next_counts;
        let known = self.next_counts.answered();
        (known > 0).then(|| (f64::from(yes) + f64::from(partly) / 2.0) / f64::from(known))
    }

    pub fn answered(&self) -> u32 {
        self.counts.answered()
    }

    /// Criteria that apply; none where the practice does not.
    pub fn applicable(&self) -> u32 {
        if self.state == ScoreState::NotApplicable { 0 } else { self.counts.applicable() }
    }
}

impl ScoreState {
    /// For comparing: the level or the points.
    pub fn rank(self) -> Option<f64> {
        match self {
            Self::Level(level) => Some(f64::from(level)),
            Self::Points(points) => Some(points),
            Self::NotAssessed | Self::NotApplicable => None,
        }
    }
}

impl Counts {
    /// Counts one more answer; `None`: not answered.
    pub fn add(&mut self, answer: Option<&Answer>) {
        let count = match answer {
            Some(Answer::Yes) => &mut self.yes,
            // An answer of the additive scheme is an answer; its weight is counted elsewhere.
            Some(Answer::Partly | Answer::Named(_)) => &mut self.partly,
            Some(Answer::No) => &mut self.no,
            Some(Answer::Unknown) => &mut self.unknown,
            Some(Answer::NotApplicable) => &mut self.not_applicable,
            None => &mut self.unanswered,
        };
        *count += 1;
    }

    /// Yes, partly or no: what somebody knew.
    pub fn answered(self) -> u32 {
        self.yes + self.partly + self.no
    }

    /// Whatever was answered, *unknown* and *not applicable* included.
    pub fn given(self) -> u32 {
        self.answered() + self.unknown + self.not_applicable
    }

    /// Everything but *not applicable*.
    pub fn applicable(self) -> u32 {
        self.answered() + self.unknown + self.unanswered
    }
}

impl ScoreSummary {
    /// Practices that do not apply count nowhere.
    pub fn of<'a>(scores: impl IntoIterator<Item = &'a PracticeScore>) -> Self {
        let mut summary = Self::default();
        for score in scores.into_iter().filter(|score| score.state != ScoreState::NotApplicable) {
            summary.practices += 1;
            summary.at_target += u32::from(score.at_target());
            summary.answered += score.answered();
            summary.applicable += score.applicable();
        }
        summary
    }
}
