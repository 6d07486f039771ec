//! `team`: where a team stands, where it wants to be, and what it decided.

use serde::Serialize;

use super::common::{BadgeView, Day, LevelMark, Link, MaybeLink, Note};
use super::evidence::{PracticeEvidence, evidence};
use super::history::{AssessmentColumn, assessment};
use super::navigation::PageSection;
use super::next_steps::{NextPractice, next_steps};
use super::owner;
use super::postmortem::{ActionView, actions_from};
use super::scorecard::{OPEN_BELOW, ScorecardView, a_year_before, scorecard, trend};
use crate::diag::Name;
use crate::model::{Fields, Kind, Relation, Scorecard, SetAsideReason, TeamFields, ThingId};
use crate::render::address;
use crate::render::context::PageContext;
use crate::render::export::{Badge, snippet};
use crate::render::index::incoming;

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
    /// What stands between today and the targets, in order.
    pub next_steps: Vec<NextPractice>,
    /// What the team shows for its newest answers.
    pub evidence: Vec<PracticeEvidence>,
    /// How many pieces of evidence there are, and how many of them are old.
    pub evidence_count: usize,
    pub evidence_old: usize,
    /// Answers of the newest assessment that were not scored.
    pub set_aside: Vec<SetAsideView>,
    /// All assessments, newest first.
    pub assessments: Vec<AssessmentColumn>,
    /// The assessments as a picture, safe SVG; empty with fewer than two.
    pub trend: String,
    /// The maturity scale, to read the picture by.
    pub levels: Vec<LevelMark>,
    /// Below this share of answers, in hundredths, a score is drawn open.
    pub open_below: u32,
    /// To the page that sets the assessments side by side.
    pub history: Option<String>,
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

/// An answer that is kept and not scored.
#[derive(Clone, Debug, Serialize)]
pub struct SetAsideView {
    /// As written: `practice/criterion`.
    pub subject: String,
    pub practice: Option<Link>,
    pub criterion: Option<super::common::Criterion>,
    /// To the answer.
    pub href: Option<String>,
    /// `decided` (the team had decided that it does not apply) or `retired`.
    pub why: &'static str,
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
    /// How many of the sections stand above the body.
    pub fn leading(&self) -> usize {
        usize::from(self.scorecard.is_some()) + usize::from(!self.assessments.is_empty())
    }

    pub fn sections(&self) -> Vec<PageSection> {
        [
            (self.scorecard.is_some(), ("section-scorecard", "where_we_stand")),
            (!self.assessments.is_empty(), ("section-assessments", "trend")),
            (!self.next_steps.is_empty(), ("section-next", "next_steps")),
            (self.scorecard.is_some(), ("section-practices", "practices")),
            (!self.actions.is_empty(), ("section-actions", "open_actions")),
            (!self.targets.is_empty(), ("section-targets", "targets")),
            (!self.decisions.is_empty(), ("section-decisions", "decisions")),
            (!self.adoption.is_empty(), ("section-adoption", "adoption")),
            (!self.evidence.is_empty(), ("section-evidence", "evidence")),
            (!self.set_aside.is_empty(), ("section-set-aside", "set_aside")),
            (!self.postmortems.is_empty(), ("section-postmortems", "postmortems")),
        ]
        .into_iter()
        .filter_map(|(shown, section)| shown.then_some(section))
        .collect()
    }
}

pub fn view(cx: &PageContext<'_>, id: ThingId, fields: &TeamFields) -> TeamView {
    let postmortems = postmortems_of(cx, id);
    let cards = cx.site.scorecards.teams.get(&id).map_or(&[][..], Vec::as_slice);
    let newest = cx.site.scorecards.latest(id, cx.site.today);
    let evidence = newest.map_or_else(Vec::new, |card| evidence(cx, card));
    let lines = || evidence.iter().flat_map(|practice| &practice.lines);
    TeamView {
        services: fields.services.clone(),
        tier: fields.tier.clone(),
        contact: fields.contact.as_ref().map(|contact| cx.maybe_link(contact, Some(contact))),
        assess: cx.assess().map(|_| cx.to(&super::assess::address(cx, Some(id)))),
        scorecard: newest.map(|card| scorecard(cx, card, a_year_before(cards, card))),
        next_steps: newest.map_or_else(Vec::new, |card| next_steps(cx, id, card)),
        evidence_count: lines().count(),
        evidence_old: lines().filter(|line| line.old).count(),
        levels: cx.level_numbers().into_iter().map(|number| cx.level_mark(number)).collect(),
        open_below: OPEN_BELOW,
        set_aside: newest.map_or_else(Vec::new, |card| set_aside(cx, card)),
        assessments: cards.iter().rev().map(|card| assessment(cx, card)).collect(),
        trend: if cards.len() > 1 { trend(cx, cards) } else { String::new() },
        history: (!cards.is_empty()).then(|| cx.to(&address::history(&cx.thing(id).address))),
        targets: targets(cx, id, fields),
        decisions: decisions(cx, id, fields),
        adoption: adoption(cx, id, fields),
        evidence,
        slos: cx.links(owner::slos_of(cx, id)),
        owned: cx.links(owner::pages_of(cx, id)),
        actions: open_actions(cx, &postmortems),
        postmortems: postmortems.iter().map(|id| dated(cx, *id)).collect(),
        badge: snippet(cx, Badge::Team(id)),
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

/// Answers that were not scored.
fn set_aside(cx: &PageContext<'_>, card: &Scorecard) -> Vec<SetAsideView> {
    let aside = card.set_aside.iter().map(|aside| {
        let (practice, criterion) = aside.subject.split_once('/').unwrap_or((&aside.subject, ""));
        let id = cx.handbook().find(Kind::Practice, practice);
        SetAsideView {
            subject: aside.subject.clone(),
            practice: id.map(|id| cx.link(id)),
            criterion: id.and_then(|id| cx.criterion_named(id, criterion)),
            href: id.and_then(|id| cx.answer_href(card.assessment, id, criterion)),
            why: match aside.why {
                SetAsideReason::NotApplicable => "decided",
                SetAsideReason::Retired => "retired",
            },
        }
    });
    aside.collect()
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
        let practice = cx.handbook().find(Kind::Practice, &name.value)?;
        Some(AdoptionView { practice: cx.link(practice), note: cx.note(id, translated, Some(note))? })
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
