//! Scorecards as JSON and CSV (`shirube score`, `api/scores.json`, `api/scores.csv`).
//!
//! The JSON has a schema, `schemas/scores.schema.json`. Version 1; keys may be added at any time.

use jiff::civil::Date;
use serde::Serialize;

use crate::config::Config;
use crate::model::{
    Fields, Kind, PracticeScore, Relation, ScoreState, ScoreSummary, Scorecard, Site, ThingId,
};

/// Where teams stand on a day.
#[derive(Clone, Debug, Serialize)]
pub struct Scores {
    pub version: u32,
    /// The day asked about.
    pub on: String,
    pub teams: Vec<TeamScores>,
}

/// A team's state, from its newest assessment not after the day.
#[derive(Clone, Debug, Serialize)]
pub struct TeamScores {
    pub team: String,
    pub title: String,
    /// The day of the assessment; without one there is nothing else.
    pub assessed: Option<String>,
    /// Whether the answers are older than `scoring.stale_after`.
    pub stale: bool,
    #[serde(flatten)]
    pub summary: SummaryRow,
    pub areas: Vec<AreaRow>,
    pub practices: Vec<PracticeRow>,
    /// What stands between today and the targets, in order.
    pub next_steps: Vec<StepRow>,
    /// Decisions that something does not apply whose day of revisiting has come.
    pub expired: Vec<String>,
}

/// Several practices together; never a mean of levels.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct SummaryRow {
    pub at_target: u32,
    pub applicable_practices: u32,
    /// Criteria answered with yes, partly or no.
    pub answered: u32,
    pub applicable: u32,
}

#[derive(Clone, Debug, Serialize)]
pub struct AreaRow {
    pub area: String,
    #[serde(flatten)]
    pub summary: SummaryRow,
}

/// A team in a practice.
#[derive(Clone, Debug, Serialize)]
pub struct PracticeRow {
    pub practice: String,
    pub title: String,
    /// `level`, `points`, `not-assessed` or `not-applicable`.
    pub state: &'static str,
    pub level: Option<u8>,
    pub points: Option<f64>,
    pub target: u8,
    pub at_target: bool,
    /// Over the next level, 0 to 1.
    pub progress: Option<f64>,
    pub answered: u32,
    pub applicable: u32,
    pub yes: u32,
    pub partly: u32,
    pub no: u32,
    pub unknown: u32,
    pub not_applicable: u32,
    pub unanswered: u32,
    /// Answers *yes* that name evidence.
    pub evidenced: u32,
    /// State in the assessment compared with, where one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Before>,
}

/// What a practice is compared with.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Before {
    pub state: &'static str,
    pub level: Option<u8>,
    pub points: Option<f64>,
}

#[derive(Clone, Debug, Serialize)]
pub struct StepRow {
    pub practice: String,
    pub criterion: String,
    pub level: u8,
    pub planned: bool,
    pub playbooks: Vec<String>,
}

/// The scores of `teams` on `on`; `compare` adds what was on another day.
pub fn scores(site: &Site, config: &Config, teams: &[ThingId], on: Date, compare: Option<Date>) -> Scores {
    let teams = teams.iter().map(|team| team_scores(site, config, *team, on, compare)).collect();
    Scores { version: 1, on: on.to_string(), teams }
}

fn team_scores(site: &Site, config: &Config, team: ThingId, on: Date, compare: Option<Date>) -> TeamScores {
    let thing = site.handbook.thing(team);
    let mut scores = TeamScores {
        team: id_of(site, team),
        title: thing.original().summary.title.clone(),
        assessed: None,
        stale: false,
        summary: SummaryRow::default(),
        areas: Vec::new(),
        practices: Vec::new(),
        next_steps: Vec::new(),
        expired: Vec::new(),
    };
    if let Fields::Team(fields) = thing.fields() {
        let due = fields
            .not_applicable
            .iter()
            .filter(|(_, decision)| decision.revisit.as_ref().is_some_and(|revisit| revisit.value <= on));
        scores.expired = due.map(|(name, _)| name.value.clone()).collect();
    }
    let Some(card) = site.scorecards.latest(team, on) else { return scores };
    let before = compare.and_then(|day| site.scorecards.latest(team, day));
    scores.assessed = Some(card.date.to_string());
    scores.stale = config.scoring.stale_after.after(card.date) <= on;
    scores.summary = card.summary().into();
    scores.areas = areas(site, card);
    scores.practices = card
        .practices
        .iter()
        .map(|(practice, score)| {
            let before = before.map(|card| {
                card.practices.get(practice).map_or(ScoreState::NotAssessed, |score| score.state).into()
            });
            practice_row(site, *practice, score, before)
        })
        .collect();
    let is_newest = site.scorecards.latest(team, site.today).is_some_and(|newest| newest.date == card.date);
    if is_newest {
        let steps = site.scorecards.next_steps.get(&team).into_iter().flatten();
        scores.next_steps = steps
            .map(|step| StepRow {
                practice: id_of(site, step.practice),
                criterion: step.criterion.clone(),
                level: step.level,
                planned: step.planned,
                playbooks: step.playbooks.iter().map(|id| id_of(site, *id)).collect(),
            })
            .collect();
    }
    scores
}

fn areas(site: &Site, card: &Scorecard) -> Vec<AreaRow> {
    let areas = site.handbook.of_kind(Kind::Area).map(|(area, _)| {
        let practices = site
            .graph
            .incoming_of(area)
            .filter(|edge| edge.relation == Relation::InArea)
            .filter_map(|edge| card.practices.get(&edge.from));
        AreaRow { area: id_of(site, area), summary: ScoreSummary::of(practices).into() }
    });
    areas.collect()
}

fn practice_row(
    site: &Site,
    practice: ThingId,
    score: &PracticeScore,
    before: Option<Before>,
) -> PracticeRow {
    let Before { state, level, points } = score.state.into();
    let counts = score.counts;
    PracticeRow {
        practice: id_of(site, practice),
        title: site.handbook.thing(practice).original().summary.title.clone(),
        state,
        level,
        points,
        target: score.target,
        at_target: score.at_target(),
        progress: score.progress(),
        answered: score.answered(),
        applicable: score.applicable(),
        yes: counts.yes,
        partly: counts.partly,
        no: counts.no,
        unknown: counts.unknown,
        not_applicable: counts.not_applicable,
        unanswered: counts.unanswered,
        evidenced: score.evidenced,
        before,
    }
}

impl Scores {
    pub fn to_json(&self) -> String {
        let mut text = crate::diag::to_json(self);
        if !text.ends_with('\n') {
            text.push('\n');
        }
        text
    }

    /// One line per team and practice, after a line of names; values never hold commas or quotes but titles.
    pub fn to_csv(&self) -> String {
        let mut text = String::from(
            "on,team,assessed,practice,title,state,level,points,target,at_target,progress,answered,applicable,\
             yes,partly,no,unknown,not_applicable,unanswered,evidenced\n",
        );
        for team in &self.teams {
            for row in &team.practices {
                let optional = |value: Option<String>| value.unwrap_or_default();
                let cells = [
                    self.on.clone(),
                    team.team.clone(),
                    optional(team.assessed.clone()),
                    row.practice.clone(),
                    quoted(&row.title),
                    row.state.to_owned(),
                    optional(row.level.map(|level| level.to_string())),
                    optional(row.points.map(|points| points.to_string())),
                    row.target.to_string(),
                    row.at_target.to_string(),
                    optional(row.progress.map(|share| format!("{share:.3}"))),
                    row.answered.to_string(),
                    row.applicable.to_string(),
                    row.yes.to_string(),
                    row.partly.to_string(),
                    row.no.to_string(),
                    row.unknown.to_string(),
                    row.not_applicable.to_string(),
                    row.unanswered.to_string(),
                    row.evidenced.to_string(),
                ];
                text.push_str(&cells.join(","));
                text.push('\n');
            }
        }
        text
    }
}

/// By RFC 4180. A first sign that spreadsheets take for a formula is preceded by an apostrophe.
fn quoted(text: &str) -> String {
    let safe =
        if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() };
    if safe.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

impl From<ScoreState> for Before {
    fn from(state: ScoreState) -> Self {
        let (name, level, points) = match state {
            ScoreState::Level(level) => ("level", Some(level), None),
            ScoreState::Points(points) => ("points", None, Some(points)),
            ScoreState::NotAssessed => ("not-assessed", None, None),
            ScoreState::NotApplicable => ("not-applicable", None, None),
        };
        Self { state: name, level, points }
    }
}

impl From<ScoreSummary> for SummaryRow {
    fn from(summary: ScoreSummary) -> Self {
        Self {
            at_target: summary.at_target,
            applicable_practices: summary.practices,
            answered: summary.answered,
            applicable: summary.applicable,
        }
    }
}

fn id_of(site: &Site, id: ThingId) -> String {
    site.handbook.thing(id).id.as_ref().map_or(String::new(), |id| id.as_str().to_owned())
}
