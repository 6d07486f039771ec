//! `practice`: a practice with its criteria and everything that touches it.

use serde::Serialize;

use super::common::{BadgeView, Criterion, LevelMark, Link, MaybeLink, Note, Score};
use super::former::{self, FormerCriterion};
use super::forms::{self, TeamForm};
use super::heat::distribution;
use super::navigation::PageSection;
use super::postmortem::ActionView;
use super::scorecard::is_additive;
use super::{graph, uses};
use crate::model::{Fields, Kind, PracticeFields, PracticeScore, Relation, Report, ScoreState, ThingId};
use crate::render::context::PageContext;
use crate::render::export::{Badge, snippet};
use crate::render::index::{incoming, outgoing};

/// `practice` in `practice.html`.
#[derive(Clone, Debug, Serialize)]
pub struct PracticeView {
    pub area: Option<Link>,
    /// Every level of the handbook; `criteria` is empty where the practice asks nothing.
    pub levels: Vec<PracticeLevel>,
    /// Whether any level asks anything, or a playbook leads there.
    pub has_levels: bool,
    /// Criteria that are asked elsewhere or no more.
    pub former: Vec<FormerCriterion>,
    /// The practice in the self-assessment.
    pub assess: Option<String>,
    pub lead: Vec<Link>,
    pub contribute: Vec<Link>,
    /// Practices to have first.
    pub requires: Vec<Link>,
    /// How many more those need.
    pub requires_further: usize,
    /// Practices that need this one first.
    pub unlocks: Vec<Link>,
    /// How many more those unlock.
    pub unlocks_further: usize,
    /// To its place in the graph of prerequisites.
    pub graph: Option<String>,
    /// To its row among the playbooks by practice and level, where any helps with it.
    pub by_practice: Option<String>,
    pub related: Vec<Link>,
    /// 1 (days) to 3 (quarters).
    pub effort: Option<u8>,
    /// Part of the hour-long starter assessment.
    pub starter: bool,
    /// Playbooks that help with the practice whatever the level.
    pub playbooks: Vec<Link>,
    /// Where teams stand, by team.
    pub teams: Vec<TeamStanding>,
    /// Teams have points and no level.
    pub additive: bool,
    /// The same as a picture, safe SVG.
    pub distribution: Option<String>,
    /// What teams decided about it.
    pub forms: Vec<TeamForm>,
    /// Whether any of them does it in its own form, or to its own target.
    pub has_own_forms: bool,
    /// Whether any of them decided against it, or against one of its criteria.
    pub has_decisions: bool,
    /// Postmortems that show a gap here.
    pub postmortems: Vec<GapShown>,
    /// To its rows among the postmortems by gap.
    pub by_gap: Option<String>,
    /// Actions of postmortems that improve it, open ones first.
    pub actions: Vec<ActionView>,
    pub slos: Vec<Link>,
    pub references: Vec<Reference>,
    /// Where teams have been assessed.
    pub badge: Option<BadgeView>,
}

/// One level of a practice.
#[derive(Clone, Debug, Serialize)]
pub struct PracticeLevel {
    pub level: LevelMark,
    /// Id of the level's heading on this page: `level-3`.
    pub anchor: String,
    pub criteria: Vec<Criterion>,
    /// Playbooks that help to reach the level.
    pub playbooks: Vec<Link>,
    /// Teams that have reached this level and no higher one.
    pub teams: Vec<Link>,
}

/// Where a team stands.
#[derive(Clone, Debug, Serialize)]
pub struct TeamStanding {
    pub team: Link,
    pub score: Score,
    /// The way on, unless the team is at the top or the practice does not apply.
    pub next: Option<NextLevel>,
}

/// The next level that asks something.
#[derive(Clone, Debug, Serialize)]
pub struct NextLevel {
    pub level: LevelMark,
    /// To its criteria on this page.
    pub href: String,
    /// Playbooks that help to reach it.
    pub playbooks: Vec<Link>,
}

/// A postmortem that points at this practice.
#[derive(Clone, Debug, Serialize)]
pub struct GapShown {
    pub postmortem: Link,
    pub date: Option<super::common::Day>,
    /// The criteria it points at.
    pub criteria: Vec<Criterion>,
    pub note: Option<Note>,
}

/// Something to read elsewhere.
#[derive(Clone, Debug, Serialize)]
pub struct Reference {
    pub title: MaybeLink,
    pub note: Option<String>,
}

impl PracticeView {
    /// The sections below the body.
    pub fn sections(&self) -> Vec<PageSection> {
        let mut sections = Vec::new();
        for (shown, section) in [
            (self.has_levels, ("section-criteria", "criteria")),
            (!self.teams.is_empty() || !self.forms.is_empty(), ("section-teams", "where_teams_stand")),
            (!self.postmortems.is_empty(), ("section-postmortems", "shown_by_postmortems")),
            (!self.actions.is_empty(), ("section-actions", "improved_by")),
            (!self.references.is_empty(), ("section-references", "references")),
        ] {
            if shown {
                sections.push(section);
            }
        }
        sections
    }
}

pub fn view(cx: &PageContext<'_>, id: ThingId, fields: &PracticeFields) -> PracticeView {
    let targets = |relation| cx.links(outgoing(cx.graph(), id, relation).map(|edge| edge.to));
    let sources = |relation| cx.links(incoming(cx.graph(), id, relation).map(|edge| edge.from));
    let (criteria, former) = former::criteria(cx, id);
    let levels = levels(cx, id, fields, criteria);
    let teams = teams(cx, id, &levels);
    let assessed = !teams.is_empty();
    let helps = incoming(cx.graph(), id, Relation::HelpsWith).next().is_some();
    let postmortems = postmortems(cx, id, fields);
    let forms = forms::of(cx, id);
    PracticeView {
        area: cx.index.area_of.get(&id).map(|area| cx.nav_link(*area)),
        has_levels: levels.iter().any(|level| !level.criteria.is_empty() || !level.playbooks.is_empty()),
        teams,
        former,
        has_own_forms: forms.iter().any(|form| form.target.is_some() || form.adoption.is_some()),
        has_decisions: forms.iter().any(|form| !form.decisions.is_empty()),
        forms,
        levels,
        assess: assess(cx, id).filter(|_| !fields.criteria.is_empty()),
        lead: targets(Relation::LedBy),
        contribute: targets(Relation::ContributedBy),
        requires: targets(Relation::Requires),
        requires_further: graph::further(cx, id, graph::needs),
        unlocks: sources(Relation::Requires),
        unlocks_further: graph::further(cx, id, graph::unlocks),
        graph: graph::is_joined(cx, id).then(|| cx.report_at(Report::Graph, &cx.anchor(id))).flatten(),
        by_practice: helps.then(|| cx.report_at(Report::ByPractice, &cx.anchor(id))).flatten(),
        related: related(cx, id),
        effort: fields.effort,
        starter: fields.starter,
        playbooks: cx.links(
            incoming(cx.graph(), id, Relation::HelpsWith)
                .filter(|edge| edge.levels.is_empty())
                .map(|edge| edge.from),
        ),
        additive: is_additive(cx),
        distribution: assessed.then(|| distribution(cx, scores(cx, id).map(|(.., score)| score.state))),
        by_gap: (!postmortems.is_empty()).then(|| cx.report_at(Report::ByGap, &cx.anchor(id))).flatten(),
        postmortems,
        actions: actions(cx, id),
        slos: sources(Relation::PutsToUse),
        references: references(cx, id, fields),
        badge: if assessed { snippet(cx, Badge::Practice(id)) } else { None },
    }
}

fn levels(
    cx: &PageContext<'_>,
    id: ThingId,
    fields: &PracticeFields,
    criteria: Vec<Criterion>,
) -> Vec<PracticeLevel> {
    let mut numbers = cx.level_numbers();
    numbers.extend(fields.criteria.iter().map(|criterion| criterion.level.value));
    numbers.sort_unstable();
    numbers.dedup();
    numbers
        .into_iter()
        .map(|number| PracticeLevel {
            level: cx.level_mark(number),
            anchor: format!("level-{number}"),
            criteria: fields
                .criteria
                .iter()
                .zip(&criteria)
                .filter(|(criterion, _)| criterion.level.value == number)
                .map(|(criterion, shown)| Criterion {
                    uses: uses::of(cx, id, &criterion.id.value),
                    ..shown.clone()
                })
                .collect(),
            playbooks: cx.links(
                incoming(cx.graph(), id, Relation::HelpsWith)
                    .filter(|edge| edge.levels.contains(&number))
                    .map(|edge| edge.from),
            ),
            teams: standing_at(cx, id, number),
        })
        .collect()
}

fn assess(cx: &PageContext<'_>, id: ThingId) -> Option<String> {
    let anchor = format!("practice-{}", cx.thing(id).id.as_ref()?);
    Some(cx.here.page(&cx.folder("assess"), Some(&anchor)))
}

/// Both ends of a relation name it, whoever wrote it down; a prerequisite is named as such only.
fn related(cx: &PageContext<'_>, id: ThingId) -> Vec<Link> {
    let mut ids: Vec<ThingId> = outgoing(cx.graph(), id, Relation::Related).map(|edge| edge.to).collect();
    for edge in incoming(cx.graph(), id, Relation::Related) {
        if !ids.contains(&edge.from) {
            ids.push(edge.from);
        }
    }
    let stronger = |other: &ThingId| {
        outgoing(cx.graph(), id, Relation::Requires).any(|edge| edge.to == *other)
            || incoming(cx.graph(), id, Relation::Requires).any(|edge| edge.from == *other)
    };
    ids.retain(|other| !stronger(other));
    cx.links(ids)
}

/// Teams that have reached a level and no higher one.
pub fn standing_at(cx: &PageContext<'_>, id: ThingId, level: u8) -> Vec<Link> {
    let scores = scores(cx, id).filter(|(.., score)| score.state == ScoreState::Level(level));
    cx.links(scores.map(|(team, ..)| team))
}

fn teams(cx: &PageContext<'_>, id: ThingId, levels: &[PracticeLevel]) -> Vec<TeamStanding> {
    let standing = |(team, assessment, score): (ThingId, ThingId, &PracticeScore)| TeamStanding {
        team: cx.link(team),
        score: cx.score(assessment, id, score),
        next: next_level(score, levels),
    };
    scores(cx, id).map(standing).collect()
}

/// The newest score of every team that has one, with the assessment it comes from.
fn scores<'a>(
    cx: &PageContext<'a>,
    id: ThingId,
) -> impl Iterator<Item = (ThingId, ThingId, &'a PracticeScore)> {
    let site = cx.site;
    let teams = site.handbook.of_kind(Kind::Team);
    teams.filter_map(move |(team, _)| {
        let card = site.scorecards.latest(team, site.today)?;
        Some((team, card.assessment, card.practices.get(&id)?))
    })
}

fn next_level(score: &PracticeScore, levels: &[PracticeLevel]) -> Option<NextLevel> {
    let is_next = |level: &&PracticeLevel| match score.state {
        // Who has not begun begins at the first level that asks something.
        ScoreState::NotAssessed => !level.criteria.is_empty(),
        _ => score.next_level == Some(level.level.number),
    };
    levels.iter().find(is_next).map(|level| NextLevel {
        level: level.level.clone(),
        href: format!("#{}", level.anchor),
        playbooks: level.playbooks.clone(),
    })
}

/// Actions of postmortems that improve this practice.
fn actions(cx: &PageContext<'_>, id: ThingId) -> Vec<ActionView> {
    let mut postmortems: Vec<ThingId> =
        incoming(cx.graph(), id, Relation::Improves).map(|edge| edge.from).collect();
    postmortems.dedup();
    let href = cx.href(id, None);
    let mut actions: Vec<ActionView> = postmortems
        .into_iter()
        .flat_map(|postmortem| super::postmortem::actions_from(cx, postmortem))
        .filter(|action| action.practice.as_ref().is_some_and(|practice| practice.href == href))
        .map(|action| ActionView { practice: None, ..action })
        .collect();
    actions.sort_by_key(|action| action.state != "open");
    actions
}

fn postmortems(cx: &PageContext<'_>, id: ThingId, fields: &PracticeFields) -> Vec<GapShown> {
    let mut shown: Vec<GapShown> = Vec::new();
    let mut seen = Vec::new();
    for edge in incoming(cx.graph(), id, Relation::ShowsGap) {
        if seen.contains(&edge.from) {
            continue;
        }
        seen.push(edge.from);
        let thing = cx.thing(edge.from);
        let Fields::Postmortem(postmortem) = thing.fields() else { continue };
        let gap = super::postmortem::gap_in(cx, thing.fields(), id);
        let criteria = fields
            .criteria
            .iter()
            .filter(|criterion| {
                gap.is_some_and(|gap| gap.criteria.iter().any(|name| name.value == criterion.id.value))
            })
            .map(|criterion| cx.criterion(id, criterion))
            .collect();
        shown.push(GapShown {
            postmortem: cx.link(edge.from),
            date: postmortem.date.as_ref().map(|date| cx.day(date.value)),
            criteria,
            note: super::postmortem::gap_note(cx, edge.from, id),
        });
    }
    shown.reverse();
    shown
}

fn references(cx: &PageContext<'_>, id: ThingId, fields: &PracticeFields) -> Vec<Reference> {
    // A translation may bring its own words for the same list.
    let translated = match &cx.text(id).summary.fields {
        Fields::Practice(own) if !own.references.is_empty() => own,
        _ => fields,
    };
    translated
        .references
        .iter()
        .map(|reference| Reference {
            title: cx.maybe_link(&reference.title, reference.url.as_ref().map(|url| url.value.as_str())),
            note: reference.note.clone(),
        })
        .collect()
}
