//! The organisation's picture: teams by area, and practices by team. In the handbook's order: no ranking.

use serde::Serialize;

use super::common::{Link, Score};
use super::scorecard::{Share, anchor, scores_in};
use crate::model::{Kind, ScoreState, Scorecard, ThingId};
use crate::render::chart::{self, Caption};
use crate::render::context::PageContext;
use crate::render::score::{standing, state_name};

/// Teams by area.
#[derive(Clone, Debug, Serialize)]
pub struct HeatMap {
    pub areas: Vec<HeatArea>,
    /// Teams with an assessment.
    pub teams: Vec<HeatRow>,
    /// Teams without one.
    pub not_assessed: Vec<Link>,
}

/// A column.
#[derive(Clone, Debug, Serialize)]
pub struct HeatArea {
    pub area: Option<Link>,
    /// Id of the area's practices below the map: `practices-slo`.
    pub anchor: String,
}

/// A team; `cells` run parallel to the columns.
#[derive(Clone, Debug, Serialize)]
pub struct HeatRow {
    pub team: Link,
    pub cells: Vec<HeatCell>,
}

#[derive(Clone, Debug, Serialize)]
pub struct HeatCell {
    pub share: Share,
    /// To the area on the team's page.
    pub href: String,
}

/// An area's practices, team by team.
#[derive(Clone, Debug, Serialize)]
pub struct AreaPractices {
    pub area: Option<Link>,
    pub anchor: String,
    pub practices: Vec<PracticeTeams>,
}

/// A practice; `teams` run parallel to the rows of the map.
#[derive(Clone, Debug, Serialize)]
pub struct PracticeTeams {
    pub practice: Link,
    pub teams: Vec<Stand>,
    /// Where the teams stand, as a picture, safe SVG.
    pub distribution: String,
}

/// Where a team stands in a practice, in short.
#[derive(Clone, Debug, Serialize)]
pub struct Stand {
    /// As [`Score::state`].
    pub state: &'static str,
    pub level: Option<u8>,
    pub points: Option<String>,
    pub at_target: bool,
    /// To the answers behind it.
    pub href: Option<String>,
}

impl From<&Score> for Stand {
    fn from(score: &Score) -> Self {
        Self {
            state: score.state,
            level: score.level,
            points: score.points.clone(),
            at_target: score.at_target,
            href: score.answers.clone(),
        }
    }
}

/// The newest scorecards, in the order of teams.
fn cards<'a>(cx: &PageContext<'a>) -> Vec<(ThingId, Option<&'a Scorecard>)> {
    let teams = cx.handbook().of_kind(Kind::Team);
    teams.map(|(team, _)| (team, cx.site.scorecards.latest(team, cx.site.today))).collect()
}

/// `None` before the first assessment of any team.
pub fn heat_map(cx: &PageContext<'_>) -> Option<HeatMap> {
    let cards = cards(cx);
    let areas: Vec<Option<ThingId>> =
        cx.areas().filter(|(_, practices)| !practices.is_empty()).map(|(area, _)| area).collect();
    let row = |team: ThingId, card: &Scorecard| HeatRow {
        team: cx.nav_link(team),
        cells: areas
            .iter()
            .map(|area| HeatCell {
                share: Share::of(scores_in(cx, card, *area).map(|(_, score)| score)),
                href: cx.href(team, Some(&anchor(cx, *area))),
            })
            .collect(),
    };
    let teams: Vec<HeatRow> = cards.iter().filter_map(|(team, card)| Some(row(*team, (*card)?))).collect();
    (!teams.is_empty() && !areas.is_empty()).then(|| HeatMap {
        not_assessed: cx.links(cards.iter().filter(|(_, card)| card.is_none()).map(|(team, _)| *team)),
        teams,
        areas: areas
            .iter()
            .map(|area| HeatArea {
                area: area.map(|area| cx.nav_link(area)),
                anchor: practices_anchor(cx, *area),
            })
            .collect(),
    })
}

/// Practice by practice, for the teams in the map.
pub fn practices(cx: &PageContext<'_>) -> Vec<AreaPractices> {
    let cards: Vec<&Scorecard> = cards(cx).into_iter().filter_map(|(_, card)| card).collect();
    cx.areas()
        .map(|(area, practices)| AreaPractices {
            area: area.map(|area| cx.link(area)),
            anchor: practices_anchor(cx, area),
            practices: practices.iter().map(|id| practice(cx, *id, &cards)).collect(),
        })
        .filter(|area| !area.practices.is_empty())
        .collect()
}

fn practice(cx: &PageContext<'_>, id: ThingId, cards: &[&Scorecard]) -> PracticeTeams {
    let stands = cards.iter().map(|card| stand(cx, card, id));
    PracticeTeams {
        practice: cx.link(id),
        teams: stands.collect(),
        distribution: distribution(cx, cards.iter().map(|card| state(card, id))),
    }
}

/// Where `card`'s team stands in a practice.
pub fn stand(cx: &PageContext<'_>, card: &Scorecard, practice: ThingId) -> Stand {
    let state = state(card, practice);
    Stand {
        state: state_name(state),
        level: match state {
            ScoreState::Level(level) => Some(level),
            _ => None,
        },
        points: match state {
            ScoreState::Points(points) => Some(format!("{points:.2}")),
            _ => None,
        },
        at_target: card.practices.get(&practice).is_some_and(|score| score.at_target()),
        href: cx.answers_href(card.assessment, practice),
    }
}

pub fn state(card: &Scorecard, practice: ThingId) -> ScoreState {
    card.practices.get(&practice).map_or(ScoreState::NotAssessed, |score| score.state)
}

/// `states` as a picture, by level.
pub fn distribution(cx: &PageContext<'_>, states: impl Iterator<Item = ScoreState>) -> String {
    let mut places: Vec<(ScoreState, usize)> = Vec::new();
    for state in states {
        match places.iter_mut().find(|(known, _)| *known == state) {
            Some((_, teams)) => *teams += 1,
            None => places.push((state, 1)),
        }
    }
    places.sort_by(|(a, _), (b, _)| {
        let key = |state: &ScoreState| match state {
            ScoreState::Level(_) | ScoreState::Points(_) => (0, state.rank().unwrap_or(0.0)),
            ScoreState::NotAssessed => (1, 0.0),
            ScoreState::NotApplicable => (2, 0.0),
        };
        key(a).partial_cmp(&key(b)).unwrap_or(std::cmp::Ordering::Equal)
    });
    let told: Vec<String> = places
        .iter()
        .map(|(state, teams)| {
            cx.words.fill("n_teams_at", &[("state", &cx.state_words(*state)), ("n", &teams.to_string())])
        })
        .collect();
    let title = told.join(cx.words.get("list_separator"));
    let places: Vec<chart::Place> =
        places.into_iter().map(|(state, teams)| chart::Place { standing: standing(state), teams }).collect();
    chart::distribution(&places, Caption { title: &title, description: "" })
}

fn practices_anchor(cx: &PageContext<'_>, area: Option<ThingId>) -> String {
    let id = area.and_then(|area| cx.thing(area).id.as_ref());
    format!("practices-{}", id.map_or("other", |id| id.as_str()))
}
