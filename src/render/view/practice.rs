//! `practice`: a practice with its criteria and everything that touches it.

use serde::Serialize;

use super::common::{Criterion, LevelMark, Link, MaybeLink, Note, Score};
use super::frame::PageSection;
use crate::model::{Fields, Kind, PracticeFields, Relation, ThingId};
use crate::render::index::{incoming, outgoing};
use crate::render::page::PageContext;

/// `practice` in `practice.html`.
#[derive(Clone, Debug, Serialize)]
pub struct PracticeView {
    pub area: Option<Link>,
    /// Every level of the handbook; `criteria` is empty where the practice asks nothing.
    pub levels: Vec<PracticeLevel>,
    /// Whether any level asks anything.
    pub has_criteria: bool,
    /// The practice in the self-assessment.
    pub assess: Option<String>,
    pub lead: Vec<Link>,
    pub contribute: Vec<Link>,
    /// Practices to have first.
    pub requires: Vec<Link>,
    /// Practices that need this one first.
    pub unlocks: Vec<Link>,
    pub related: Vec<Link>,
    /// 1 (days) to 3 (quarters).
    pub effort: Option<u8>,
    /// Part of the hour-long starter assessment.
    pub starter: bool,
    /// Playbooks that help with the practice whatever the level.
    pub playbooks: Vec<Link>,
    /// Where teams stand, by team.
    pub teams: Vec<TeamStanding>,
    /// Postmortems that show a gap here.
    pub postmortems: Vec<GapShown>,
    pub slos: Vec<Link>,
    pub references: Vec<Reference>,
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
        if self.has_criteria {
            sections.push(("section-criteria", "criteria"));
        }
        for (shown, section) in [
            (!self.teams.is_empty(), ("section-teams", "where_teams_stand")),
            (!self.postmortems.is_empty(), ("section-postmortems", "shown_by_postmortems")),
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
    let graph = cx.graph();
    let targets = |relation| cx.links(outgoing(graph, id, relation).map(|edge| edge.to));
    let sources = |relation| cx.links(incoming(graph, id, relation).map(|edge| edge.from));
    let teams = teams(cx, id);
    PracticeView {
        area: cx.index.area_of.get(&id).map(|area| cx.nav_link(*area)),
        levels: levels(cx, id, fields, &teams),
        has_criteria: !fields.criteria.is_empty(),
        assess: assess(cx, id).filter(|_| !fields.criteria.is_empty()),
        lead: targets(Relation::LedBy),
        contribute: targets(Relation::ContributedBy),
        requires: targets(Relation::Requires),
        unlocks: sources(Relation::Requires),
        related: related(cx, id),
        effort: fields.effort,
        starter: fields.starter,
        playbooks: cx.links(
            incoming(graph, id, Relation::HelpsWith)
                .filter(|edge| edge.levels.is_empty())
                .map(|edge| edge.from),
        ),
        teams,
        postmortems: postmortems(cx, id, fields),
        slos: sources(Relation::PutsToUse),
        references: references(cx, id, fields),
    }
}

fn levels(
    cx: &PageContext<'_>,
    id: ThingId,
    fields: &PracticeFields,
    teams: &[TeamStanding],
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
                .filter(|criterion| criterion.level.value == number)
                .map(|criterion| cx.criterion(id, criterion))
                .collect(),
            playbooks: cx.links(
                incoming(cx.graph(), id, Relation::HelpsWith)
                    .filter(|edge| edge.levels.contains(&number))
                    .map(|edge| edge.from),
            ),
            teams: teams
                .iter()
                .filter(|standing| standing.score.level == Some(number))
                .map(|standing| standing.team.clone())
                .collect(),
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

fn teams(cx: &PageContext<'_>, id: ThingId) -> Vec<TeamStanding> {
    cx.handbook()
        .of_kind(Kind::Team)
        .filter_map(|(team, _)| {
            let card = cx.site.scorecards.latest(team, cx.site.today)?;
            let score = cx.score(id, card.practices.get(&id)?);
            Some(TeamStanding { team: cx.link(team), score })
        })
        .collect()
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
