//! `matrix`: every practice by level.

use serde::Serialize;

use super::area::{PracticeCard, card};
use super::by_area::{AreaRows, by_area};
use super::common::{LevelMark, Link};
use super::frame::Frame;
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::model::{Kind, Report, ScoreState, Scorecard, ThingId};
use crate::render::context::PageContext;

/// `matrix` in `matrix.html`.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixView {
    /// The columns.
    pub levels: Vec<LevelMark>,
    /// The rows, area by area.
    pub areas: Vec<AreaRows<MatrixRow>>,
    /// Teams whose state the matrix can show.
    pub teams: Vec<MatrixTeam>,
}

/// A practice.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixRow {
    /// Its `levels` run parallel to the columns.
    pub card: PracticeCard,
    /// Its state for each of the teams, apart by spaces: level reached and target (`2/3`), points and
    /// target (`=1.50/3`), `?` for not assessed, `-` for not applicable.
    pub states: String,
}

/// A team in the matrix.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixTeam {
    pub id: String,
    pub team: Link,
}

pub fn made(cx: &PageContext<'_>) -> Result<Made, Diagnostic> {
    generated("matrix.html", "matrix", &view(cx), Frame::report(cx, Report::Matrix))
}

pub fn view(cx: &PageContext<'_>) -> MatrixView {
    let teams: Vec<(ThingId, &Scorecard)> = cx
        .handbook()
        .of_kind(Kind::Team)
        .filter_map(|(team, _)| Some((team, cx.site.scorecards.latest(team, cx.site.today)?)))
        .collect();
    MatrixView {
        levels: cx.level_numbers().into_iter().map(|number| cx.level_mark(number)).collect(),
        areas: by_area(cx, |id| Some(MatrixRow { card: card(cx, id)?, states: states(&teams, id) })),
        teams: teams
            .iter()
            .filter_map(|(team, _)| {
                let id = cx.thing(*team).id.as_ref()?.to_string();
                Some(MatrixTeam { id, team: cx.link(*team) })
            })
            .collect(),
    }
}

fn states(teams: &[(ThingId, &Scorecard)], practice: ThingId) -> String {
    let states = teams.iter().map(|(_, card)| match card.practices.get(&practice) {
        None => "?".to_owned(),
        Some(score) => match score.state {
            ScoreState::Level(level) => format!("{level}/{}", score.target),
            ScoreState::Points(points) => format!("={points:.2}/{}", score.target),
            ScoreState::NotAssessed => "?".to_owned(),
            ScoreState::NotApplicable => "-".to_owned(),
        },
    });
    states.collect::<Vec<_>>().join(" ")
}
