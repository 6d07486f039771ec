//! `team`: where a team stands, where it wants to be, and what it decided.

use serde::Serialize;

use super::common::{BadgeView, Day, Link, MaybeLink, Note, Score};
use super::navigation::PageSection;
use super::owner;
use super::postmortem::{ActionView, actions_from};
use crate::diag::Name;
use crate::model::{Fields, Kind, Relation, ScoreSummary, Scorecard, TeamFields, ThingId};
use crate::render::export::{Badge, snippet};
use crate::render::index::incoming;
use crate::render::page::PageContext;

/// `team` in `team.html`.
#[derive(Clone, Debug, Serialize)]
pub struct TeamView {
    pub services: Vec<String>,
    pub tier: Option<String>,
    pub contact: Option<MaybeLink>,
    /// The team's sheet of the self-assessment.
    pub assess: Option<String>,
    /// The newest assessment's result.
    pub scorecard: Option<ScorecardView>,
    /// All assessments, newest first.
    pub assessments: Vec<AssessmentLine>,
    /// Targets other than the usual one.
    pub targets: Vec<TargetView>,
    /// What does not apply, and why.
    pub decisions: Vec<DecisionView>,
    /// The team's own form of a practice.
    pub adoption: Vec<AdoptionView>,
    pub slos: Vec<Link>,
    /// Pages it looks after.
    pub owned: Vec<Link>,
    /// Newest first.
    pub postmortems: Vec<Dated>,
    /// Open actions of the team's postmortems, overdue ones first, then by day.
    pub actions: Vec<ActionView>,
    pub badge: Option<BadgeView>,
}

/// A team's state on a day.
#[derive(Clone, Debug, Serialize)]
pub struct ScorecardView {
    pub date: Day,
    /// The assessment it comes from.
    pub assessment: Link,
    /// Practices at or above target.
    pub at_target: usize,
    /// Practices that apply to the team.
    pub practices: usize,
    /// Criteria answered yes, partly or no.
    pub answered: u32,
    /// Criteria that apply.
    pub applicable: u32,
    pub areas: Vec<AreaScore>,
}

/// A team's state in one area.
#[derive(Clone, Debug, Serialize)]
pub struct AreaScore {
    pub area: Option<Link>,
    pub at_target: usize,
    pub practices: usize,
    pub answered: u32,
    pub applicable: u32,
    /// Practice by practice.
    pub scores: Vec<PracticeLine>,
}

/// One line of a scorecard.
#[derive(Clone, Debug, Serialize)]
pub struct PracticeLine {
    pub practice: Link,
    pub score: Score,
}

/// An assessment in a list.
#[derive(Clone, Debug, Serialize)]
pub struct AssessmentLine {
    pub assessment: Link,
    pub date: Day,
    pub at_target: u32,
    pub practices: u32,
}

/// A target the team chose.
#[derive(Clone, Debug, Serialize)]
pub struct TargetView {
    pub practice: Link,
    pub level: u8,
    pub reason: Option<Note>,
}

/// A decision that something does not apply.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionView {
    pub practice: Link,
    /// The criterion, when it is not the whole practice.
    pub criterion: Option<super::common::Criterion>,
    pub reason: Option<Note>,
    pub decided_by: Option<String>,
    pub decided_on: Option<Day>,
    pub revisit: Option<Day>,
    /// Whether it holds on the day the site is built for.
    pub holds: bool,
}

/// The team's own form of a practice.
#[derive(Clone, Debug, Serialize)]
pub struct AdoptionView {
    pub practice: Link,
    pub note: Note,
}

/// A page with its day.
#[derive(Clone, Debug, Serialize)]
pub struct Dated {
    pub page: Link,
    pub date: Option<Day>,
    /// A postmortem's severity.
    pub severity: Option<String>,
}

impl TeamView {
    pub fn sections(&self) -> Vec<PageSection> {
        [
            (self.scorecard.is_some(), ("section-scorecard", "scorecard")),
            (!self.actions.is_empty(), ("section-actions", "open_actions")),
            (!self.decisions.is_empty(), ("section-decisions", "decisions")),
            (!self.postmortems.is_empty(), ("section-postmortems", "postmortems")),
            (!self.assessments.is_empty(), ("section-assessments", "assessments")),
        ]
        .into_iter()
        .filter_map(|(shown, section)| shown.then_some(section))
        .collect()
    }
}

pub fn view(cx: &PageContext<'_>, id: ThingId, fields: &TeamFields) -> TeamView {
    let postmortems = postmortems_of(cx, id);
    TeamView {
        services: fields.services.clone(),
        tier: fields.tier.clone(),
        contact: fields.contact.as_ref().map(|contact| cx.maybe_link(contact, Some(contact))),
        assess: cx.assess().map(|_| cx.to(&super::assess::address(cx, Some(id)))),
        scorecard: cx.site.scorecards.latest(id, cx.site.today).map(|card| scorecard(cx, card)),
        assessments: assessments(cx, id),
        targets: targets(cx, id, fields),
        decisions: decisions(cx, id, fields),
        adoption: adoption(cx, id, fields),
        slos: cx.links(owner::slos_of(cx, id)),
        owned: cx.links(owner::pages_of(cx, id)),
        actions: open_actions(cx, &postmortems),
        postmortems: postmortems.iter().map(|id| dated(cx, *id)).collect(),
        badge: snippet(cx, Badge::Team(id)),
    }
}

/// A scorecard area by area.
pub fn scorecard(cx: &PageContext<'_>, card: &Scorecard) -> ScorecardView {
    let areas = cx.index.areas.iter().copied().map(Some).chain([None]);
    let areas: Vec<AreaScore> =
        areas.map(|area| area_score(cx, card, area)).filter(|area| !area.scores.is_empty()).collect();
    ScorecardView {
        date: cx.day(card.date),
        assessment: cx.link(card.assessment),
        at_target: areas.iter().map(|area| area.at_target).sum(),
        practices: areas.iter().map(|area| area.practices).sum(),
        answered: areas.iter().map(|area| area.answered).sum(),
        applicable: areas.iter().map(|area| area.applicable).sum(),
        areas,
    }
}

fn area_score(cx: &PageContext<'_>, card: &Scorecard, area: Option<ThingId>) -> AreaScore {
    let scores: Vec<PracticeLine> = cx
        .index
        .practices_in(area)
        .iter()
        .filter_map(|id| {
            Some(PracticeLine { practice: cx.link(*id), score: cx.score(*id, card.practices.get(id)?) })
        })
        .collect();
    let applies = |line: &&PracticeLine| line.score.state != "not-applicable";
    AreaScore {
        area: area.map(|area| cx.nav_link(area)),
        at_target: scores.iter().filter(applies).filter(|line| line.score.at_target).count(),
        practices: scores.iter().filter(applies).count(),
        answered: scores.iter().filter(applies).map(|line| line.score.answered).sum(),
        applicable: scores.iter().filter(applies).map(|line| line.score.applicable).sum(),
        scores,
    }
}

/// The postmortems of a team, newest first.
pub fn postmortems_of(cx: &PageContext<'_>, id: ThingId) -> Vec<ThingId> {
    let mut ids: Vec<ThingId> = incoming(cx.graph(), id, Relation::OfTeam).map(|edge| edge.from).collect();
    let day = |id: &ThingId| match cx.thing(*id).fields() {
        Fields::Postmortem(fields) => fields.date.as_ref().map(|date| date.value),
        _ => None,
    };
    ids.sort_by_key(|id| (std::cmp::Reverse(day(id)), *id));
    ids
}

pub fn dated(cx: &PageContext<'_>, id: ThingId) -> Dated {
    let (date, severity) = match cx.thing(id).fields() {
        Fields::Postmortem(fields) => (fields.date.as_ref(), fields.severity.clone()),
        Fields::Assessment(fields) => (fields.date.as_ref(), None),
        _ => (None, None),
    };
    Dated { page: cx.described_link(id), date: date.map(|date| cx.day(date.value)), severity }
}

fn assessments(cx: &PageContext<'_>, id: ThingId) -> Vec<AssessmentLine> {
    let cards = cx.site.scorecards.teams.get(&id).map_or(&[][..], Vec::as_slice);
    cards
        .iter()
        .rev()
        .map(|card| {
            let ScoreSummary { at_target, practices, .. } = card.summary();
            AssessmentLine {
                assessment: cx.link(card.assessment),
                date: cx.day(card.date),
                at_target,
                practices,
            }
        })
        .collect()
}

pub fn targets(cx: &PageContext<'_>, id: ThingId, fields: &TeamFields) -> Vec<TargetView> {
    let own = own_texts(cx, id, fields);
    let practice = |name: &str| cx.handbook().find(Kind::Practice, name);
    fields
        .targets
        .iter()
        .filter_map(|(name, target)| {
            Some(TargetView {
                practice: cx.link(practice(&name.value)?),
                level: target.level.value,
                reason: cx.note(
                    id,
                    translated(&own.target_texts, name).map(String::as_str),
                    target.reason.as_deref(),
                ),
            })
        })
        .collect()
}

pub fn decisions(cx: &PageContext<'_>, team: ThingId, fields: &TeamFields) -> Vec<DecisionView> {
    let own = own_texts(cx, team, fields);
    fields
        .not_applicable
        .iter()
        .filter_map(|(name, decision)| {
            let text = translated(&own.decision_texts, name);
            let (practice, criterion) = match name.value.split_once('/') {
                Some((practice, criterion)) => (practice, Some(criterion)),
                None => (name.value.as_str(), None),
            };
            let id = cx.handbook().find(Kind::Practice, practice)?;
            let criteria = &cx.practice(id)?.criteria;
            Some(DecisionView {
                practice: cx.link(id),
                criterion: criterion
                    .and_then(|wanted| criteria.iter().find(|criterion| criterion.id.value == wanted))
                    .map(|criterion| cx.criterion(id, criterion)),
                reason: cx.note(
                    team,
                    text.and_then(|text| text.reason.as_deref()),
                    decision.reason.as_deref(),
                ),
                decided_by: text.and_then(|text| text.decided_by.clone()).or(decision.decided_by.clone()),
                decided_on: decision.decided_on.as_ref().map(|date| cx.day(date.value)),
                revisit: decision.revisit.as_ref().map(|date| cx.day(date.value)),
                holds: decision.holds_on(cx.site.today),
            })
        })
        .collect()
}

pub fn adoption(cx: &PageContext<'_>, id: ThingId, fields: &TeamFields) -> Vec<AdoptionView> {
    let own = own_texts(cx, id, fields);
    let entries = fields.adoption.iter().filter_map(|(name, note)| {
        let translated = translated(&own.adoption, name).map(String::as_str);
        Some(AdoptionView {
            practice: cx.link(cx.handbook().find(Kind::Practice, &name.value)?),
            note: cx.note(id, translated, Some(note))?,
        })
    });
    entries.collect()
}

/// The fields of the text that readers of this language get.
fn own_texts<'a>(cx: &PageContext<'a>, id: ThingId, fields: &'a TeamFields) -> &'a TeamFields {
    match &cx.text(id).summary.fields {
        Fields::Team(own) => own,
        _ => fields,
    }
}

/// The entry of a translation that stands for `name` in the original.
fn translated<'a, T>(entries: &'a [(Name, T)], name: &Name) -> Option<&'a T> {
    entries.iter().find(|(own, _)| own.value == name.value).map(|(_, text)| text)
}

/// The open actions of some postmortems, overdue ones first, then by day.
pub fn open_actions(cx: &PageContext<'_>, postmortems: &[ThingId]) -> Vec<ActionView> {
    let mut open: Vec<ActionView> = postmortems
        .iter()
        .flat_map(|id| actions_from(cx, *id))
        .filter(|action| action.state == "open")
        .collect();
    open.sort_by_key(|action| {
        (!action.overdue, action.due.is_none(), action.due.as_ref().map(|due| due.iso.clone()))
    });
    open
}
