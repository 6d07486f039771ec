//! A scorecard as pages show it: area by area, with the pictures that tell it at a glance.

use serde::Serialize;

use super::common::{Day, Link, Score};
use crate::config::Scheme;
use crate::model::{PracticeScore, ScoreState, ScoreSummary, Scorecard, ThingId};
use crate::render::chart::{self, Caption};
use crate::render::context::PageContext;

/// Below this share of answers, in hundredths, a score is drawn open.
pub const OPEN_BELOW: u32 = 60;

/// A team's state on a day.
#[derive(Clone, Debug, Serialize)]
pub struct ScorecardView {
    pub date: Day,
    /// The assessment it comes from.
    pub assessment: Link,
    /// The answers are older than `scoring.stale_after`.
    pub old: bool,
    pub total: Share,
    /// Practices have points and no level.
    pub additive: bool,
    /// The scorecard of about a year before, which the areas are compared with.
    pub before: Option<Day>,
    pub areas: Vec<AreaScore>,
    /// The areas as a picture, safe SVG; `none` with fewer than three.
    pub radar: Option<String>,
}

/// How many of several practices are at target. Coverage stands beside it.
#[derive(Clone, Debug, Serialize)]
pub struct Share {
    /// Practices at or above target.
    pub at_target: u32,
    /// Practices that apply.
    pub practices: u32,
    /// Criteria answered yes, partly or no.
    pub answered: u32,
    /// Criteria that apply.
    pub applicable: u32,
    /// Practices at target in hundredths, rounded down; `none` where nothing applies or nothing was
    /// answered: a gap, not 0.
    pub percent: Option<u32>,
    /// Criteria answered in hundredths, rounded down.
    pub coverage: Option<u32>,
    /// Too few answers stand behind it to be sure.
    pub open: bool,
    /// 1 to 5 by fifths of `percent`, 0 for nothing at target: the depth of its colour.
    pub depth: u32,
    /// `known`, `not-assessed` or `not-applicable`.
    pub state: &'static str,
}

/// A team's state in one area.
#[derive(Clone, Debug, Serialize)]
pub struct AreaScore {
    pub area: Option<Link>,
    /// Id of the area's table: `scores-slo`.
    pub anchor: String,
    pub share: Share,
    /// About a year before.
    pub before: Option<Share>,
    /// Practice by practice.
    pub scores: Vec<PracticeLine>,
}

/// One line of a scorecard.
#[derive(Clone, Debug, Serialize)]
pub struct PracticeLine {
    pub practice: Link,
    pub score: Score,
    /// Practices it requires that are not as far.
    pub weak: Vec<Link>,
}

impl Share {
    pub fn of<'a>(scores: impl IntoIterator<Item = &'a PracticeScore>) -> Self {
        let ScoreSummary { at_target, practices, answered, applicable } = ScoreSummary::of(scores);
        let percent = (at_target * 100).checked_div(practices).filter(|_| answered > 0);
        let coverage = (answered * 100).checked_div(applicable);
        Self {
            at_target,
            practices,
            answered,
            applicable,
            percent,
            coverage,
            open: coverage.is_some_and(|coverage| coverage < OPEN_BELOW),
            depth: percent.unwrap_or(0).div_ceil(20),
            state: match (practices, percent) {
                (0, _) => "not-applicable",
                (_, None) => "not-assessed",
                _ => "known",
            },
        }
    }

    fn measure(&self) -> Option<chart::Measure> {
        self.percent?;
        let share = f64::from(self.at_target) / f64::from(self.practices.max(1));
        Some(chart::Measure { share, open: self.open })
    }
}

/// `card` area by area, compared with `before`.
pub fn scorecard(cx: &PageContext<'_>, card: &Scorecard, before: Option<&Scorecard>) -> ScorecardView {
    let areas: Vec<AreaScore> = cx
        .areas()
        .map(|(area, _)| area_score(cx, card, before, area))
        .filter(|area| !area.scores.is_empty())
        .collect();
    ScorecardView {
        date: cx.day(card.date),
        assessment: cx.link(card.assessment),
        old: cx.config.scoring.stale_after.after(card.date) <= cx.site.today,
        total: Share::of(card.practices.values()),
        additive: is_additive(cx),
        before: before.map(|before| cx.day(before.date)),
        radar: radar(cx, &areas),
        areas,
    }
}

/// Whether practices have points and no level.
pub fn is_additive(cx: &PageContext<'_>) -> bool {
    matches!(cx.config.scoring.scheme, Scheme::Additive { .. })
}

/// The scorecard nearest to a year before `card`, at most a quarter off.
pub fn a_year_before<'a>(cards: &'a [Scorecard], card: &Scorecard) -> Option<&'a Scorecard> {
    const A_QUARTER: i32 = 92;
    let wanted = card.date.saturating_sub(jiff::Span::new().years(1));
    let away = |other: &Scorecard| wanted.since(other.date).map_or(i32::MAX, |span| span.get_days().abs());
    cards.iter().filter(|other| away(other) <= A_QUARTER).min_by_key(|other| away(other))
}

/// The scores of an area's practices.
pub fn scores_in<'a>(
    cx: &'a PageContext<'_>,
    card: &'a Scorecard,
    area: Option<ThingId>,
) -> impl Iterator<Item = (ThingId, &'a PracticeScore)> {
    cx.index.practices_in(area).iter().filter_map(|id| Some((*id, card.practices.get(id)?)))
}

/// The anchor of an area's table.
pub fn anchor(cx: &PageContext<'_>, area: Option<ThingId>) -> String {
    let id = area.and_then(|area| cx.thing(area).id.as_ref());
    format!("scores-{}", id.map_or("other", |id| id.as_str()))
}

fn area_score(
    cx: &PageContext<'_>,
    card: &Scorecard,
    before: Option<&Scorecard>,
    area: Option<ThingId>,
) -> AreaScore {
    AreaScore {
        area: area.map(|area| cx.nav_link(area)),
        anchor: anchor(cx, area),
        share: Share::of(scores_in(cx, card, area).map(|(_, score)| score)),
        before: before.map(|before| Share::of(scores_in(cx, before, area).map(|(_, score)| score))),
        scores: scores_in(cx, card, area)
            .map(|(practice, score)| PracticeLine {
                practice: cx.link(practice),
                score: cx.score(card.assessment, practice, score),
                weak: cx.links(score.weak_prerequisites.iter().copied()),
            })
            .collect(),
    }
}

fn radar(cx: &PageContext<'_>, areas: &[AreaScore]) -> Option<String> {
    let axes: Vec<chart::Axis> = areas
        .iter()
        .map(|area| chart::Axis {
            label: match &area.area {
                Some(area) => area.title.clone(),
                None => cx.words.get("other_practices").to_owned(),
            },
            today: area.share.measure(),
            before: area.before.as_ref().and_then(Share::measure),
            not_applicable: area.share.practices == 0,
        })
        .collect();
    let told = areas.iter().zip(&axes).map(|(area, axis)| {
        let state = match area.share.state {
            "known" => n_of_m(cx, &area.share),
            "not-applicable" => cx.words.get("not_applicable").to_owned(),
            _ => cx.words.get("not_assessed").to_owned(),
        };
        format!("{}{}{state}", axis.label, cx.words.get("label_separator"))
    });
    let description = told.collect::<Vec<_>>().join(cx.words.get("list_separator"));
    chart::radar(&axes, Caption { title: cx.words.get("radar_title"), description: &description })
}

fn n_of_m(cx: &PageContext<'_>, share: &Share) -> String {
    let (n, m) = (share.at_target.to_string(), share.practices.to_string());
    cx.words.fill("n_of_m", &[("n", &n), ("m", &m)])
}

/// The assessments of a team as columns of practices by level, oldest first; safe SVG, empty
/// without any, and where practices have points and no level.
pub fn trend(cx: &PageContext<'_>, cards: &[Scorecard]) -> String {
    if is_additive(cx) {
        return String::new();
    }
    let columns: Vec<chart::Column> = cards.iter().map(|card| column(cx, card)).collect();
    let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return String::new() };
    let number = |column: &chart::Column| column.at_target.to_string();
    let description = cx.words.fill(
        "trend_description",
        &[("first", &number(first)), ("last", &number(last)), ("n", &columns.len().to_string())],
    );
    let caption = Caption { title: cx.words.get("trend_title"), description: &description };
    chart::trend(&columns, cx.words.get("at_target"), caption)
}

fn column(cx: &PageContext<'_>, card: &Scorecard) -> chart::Column {
    let (levels, not_assessed) = by_level(cx, card);
    chart::Column {
        label: format!("{}-{:02}", card.date.year(), card.date.month()),
        levels,
        not_assessed,
        at_target: card.summary().at_target,
    }
}

/// How many practices are at each level, and how many that apply were not assessed.
fn by_level(cx: &PageContext<'_>, card: &Scorecard) -> (Vec<(u8, u32)>, u32) {
    let mut levels: std::collections::BTreeMap<u8, u32> =
        cx.level_numbers().into_iter().map(|level| (level, 0)).collect();
    let mut not_assessed = 0;
    for score in card.practices.values() {
        match score.state {
            ScoreState::Level(level) => *levels.entry(level).or_default() += 1,
            ScoreState::NotAssessed => not_assessed += 1,
            ScoreState::Points(_) | ScoreState::NotApplicable => {}
        }
    }
    (levels.into_iter().collect(), not_assessed)
}
