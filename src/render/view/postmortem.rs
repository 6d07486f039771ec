//! `postmortem`: what happened, what it showed, what is done about it.

use jiff::Timestamp;
use serde::Serialize;

use super::common::{Criterion, Day, Link, MaybeLink, Moment, Note};
use super::navigation::PageSection;
use super::owner::Owner;
use crate::diag::Spanned;
use crate::model::{ActionState, Fields, Gap, Kind, PostmortemFields, Relation, ThingId};
use crate::render::context::PageContext;
use crate::render::index::outgoing;

/// `postmortem` in `postmortem.html`.
#[derive(Clone, Debug, Serialize)]
pub struct PostmortemView {
    pub date: Option<Day>,
    pub severity: Option<String>,
    pub status: Option<String>,
    pub team: Option<Link>,
    pub services: Vec<String>,
    /// Started, detected, mitigated, resolved: those that are known, in this order.
    pub timeline: Vec<TimelineEntry>,
    /// Contributing factors.
    pub factors: Vec<Note>,
    /// Practices whose absence or weakness mattered.
    pub gaps: Vec<GapView>,
    pub actions: Vec<ActionView>,
}

/// A moment of the incident.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineEntry {
    /// `started`, `detected`, `mitigated` or `resolved`.
    pub event: &'static str,
    pub at: Moment,
    /// Minutes since the start, rounded down; `none` at the start itself or when it is unknown.
    pub after_minutes: Option<i64>,
    /// The same in words.
    pub after: Option<String>,
    /// Share of the whole incident that had passed, 0 to 100, for drawing.
    pub share: i64,
}

/// A practice that the incident points at.
#[derive(Clone, Debug, Serialize)]
pub struct GapView {
    pub practice: Link,
    pub criteria: Vec<Criterion>,
    pub note: Option<Note>,
}

/// Something to be done.
#[derive(Clone, Debug, Serialize)]
pub struct ActionView {
    /// Also its anchor, after `action-`.
    pub id: String,
    pub text: Note,
    pub owner: Option<Owner>,
    pub due: Option<Day>,
    /// `open`, `done` or `dropped`.
    pub state: &'static str,
    /// Open although the day has passed.
    pub overdue: bool,
    /// The ticket.
    pub link: Option<MaybeLink>,
    /// The practice it improves.
    pub practice: Option<Link>,
    /// The postmortem it comes from, where actions of several are listed.
    pub postmortem: Option<Link>,
}

impl PostmortemView {
    pub fn sections(&self) -> Vec<PageSection> {
        [
            (!self.factors.is_empty(), ("section-factors", "factors")),
            (!self.gaps.is_empty(), ("section-gaps", "gaps")),
            (!self.actions.is_empty(), ("section-actions", "actions")),
        ]
        .into_iter()
        .filter_map(|(shown, section)| shown.then_some(section))
        .collect()
    }
}

pub fn view(cx: &PageContext<'_>, id: ThingId, fields: &PostmortemFields) -> PostmortemView {
    let own = translation(cx, id, fields);
    PostmortemView {
        date: fields.date.as_ref().map(|date| cx.day(date.value)),
        severity: fields.severity.clone(),
        status: fields.status.clone(),
        team: outgoing(cx.graph(), id, Relation::OfTeam).next().map(|edge| cx.link(edge.to)),
        services: fields.services.clone(),
        timeline: timeline(cx, fields),
        factors: factors(cx, id, own, fields),
        gaps: gaps(cx, id, fields),
        actions: actions(cx, id, fields),
    }
}

/// The actions of a postmortem, with texts in the page's language.
pub fn actions(cx: &PageContext<'_>, id: ThingId, fields: &PostmortemFields) -> Vec<ActionView> {
    let own = translation(cx, id, fields);
    fields
        .actions
        .iter()
        .map(|action| {
            let translated = own.action_texts.iter().find(|(name, _)| name.value == action.id.value);
            let due = action.due.as_ref().map(|due| cx.day(due.value));
            ActionView {
                id: action.id.value.clone(),
                text: match translated {
                    Some((_, text)) => Note { text: text.value.clone(), lang: cx.foreign(id) },
                    None => cx.original_note(id, &action.text),
                },
                owner: action.owner.as_ref().map(|owner| Owner::named(cx, &owner.value)),
                state: action.state.name(),
                overdue: action.state == ActionState::Open && due.as_ref().is_some_and(|due| due.past),
                due,
                link: action
                    .link
                    .as_ref()
                    .map(|link| cx.maybe_link(last_segment(&link.value), Some(&link.value))),
                practice: action
                    .practice
                    .as_ref()
                    .and_then(|name| cx.handbook().find(Kind::Practice, &name.value))
                    .map(|practice| cx.link(practice)),
                postmortem: None,
            }
        })
        .collect()
}

/// The same, each naming its postmortem.
pub fn actions_from(cx: &PageContext<'_>, id: ThingId) -> Vec<ActionView> {
    let Fields::Postmortem(fields) = cx.thing(id).fields() else { return Vec::new() };
    let named = |action| ActionView { postmortem: Some(cx.link(id)), ..action };
    actions(cx, id, fields).into_iter().map(named).collect()
}

/// `CHK-431` for a ticket's URL: its number says more than its host.
fn last_segment(url: &str) -> &str {
    url.trim_end_matches('/').rsplit('/').next().filter(|segment| !segment.is_empty()).unwrap_or(url)
}

/// What a postmortem says about a practice.
pub fn gap_in<'a>(cx: &PageContext<'_>, fields: &'a Fields, practice: ThingId) -> Option<&'a Gap> {
    let Fields::Postmortem(fields) = fields else { return None };
    fields.gaps.iter().find(|gap| cx.handbook().find(Kind::Practice, &gap.practice.value) == Some(practice))
}

/// The words of that gap in the page's language.
pub fn gap_note(cx: &PageContext<'_>, postmortem: ThingId, practice: ThingId) -> Option<Note> {
    let note = |fields| gap_in(cx, fields, practice).and_then(|gap| gap.note.as_deref());
    let (text, thing) = (cx.text(postmortem), cx.thing(postmortem));
    cx.note(postmortem, note(&text.summary.fields), note(thing.fields()))
}

fn factors(
    cx: &PageContext<'_>,
    id: ThingId,
    own: &PostmortemFields,
    original: &PostmortemFields,
) -> Vec<Note> {
    if own.factors.is_empty() {
        return original.factors.iter().map(|factor| cx.original_note(id, &factor.value)).collect();
    }
    own.factors.iter().map(|factor| Note { text: factor.value.clone(), lang: cx.foreign(id) }).collect()
}

fn translation<'a>(
    cx: &PageContext<'a>,
    id: ThingId,
    original: &'a PostmortemFields,
) -> &'a PostmortemFields {
    match &cx.text(id).summary.fields {
        Fields::Postmortem(own) => own,
        _ => original,
    }
}

fn gaps(cx: &PageContext<'_>, id: ThingId, fields: &PostmortemFields) -> Vec<GapView> {
    fields
        .gaps
        .iter()
        .filter_map(|gap| {
            let practice = cx.handbook().find(Kind::Practice, &gap.practice.value)?;
            let criteria = cx
                .practice(practice)?
                .criteria
                .iter()
                .filter(|criterion| gap.criteria.iter().any(|name| name.value == criterion.id.value))
                .map(|criterion| cx.criterion(practice, criterion))
                .collect();
            Some(GapView { practice: cx.link(practice), criteria, note: gap_note(cx, id, practice) })
        })
        .collect()
}

fn timeline(cx: &PageContext<'_>, fields: &PostmortemFields) -> Vec<TimelineEntry> {
    let minutes = |from: &Spanned<Timestamp>, to: &Spanned<Timestamp>| {
        (to.value.as_second() - from.value.as_second()).max(0) / 60
    };
    let events = [
        ("started", &fields.started),
        ("detected", &fields.detected),
        ("mitigated", &fields.mitigated),
        ("resolved", &fields.resolved),
    ];
    let started = fields.started.as_ref();
    let whole = started
        .and_then(|start| events.iter().filter_map(|(_, at)| at.as_ref().map(|at| minutes(start, at))).max())
        .unwrap_or(0)
        .max(1);
    events
        .into_iter()
        .filter_map(|(event, at)| {
            let at = at.as_ref()?;
            let after_minutes = started.filter(|_| event != "started").map(|start| minutes(start, at));
            Some(TimelineEntry {
                event,
                at: cx.moment(at.value),
                after: after_minutes.map(|minutes| cx.words.duration(minutes)),
                share: after_minutes.unwrap_or(0) * 100 / whole,
                after_minutes,
            })
        })
        .collect()
}
