//! What a postmortem's front matter adds.

use jiff::Timestamp;
use jiff::civil::Date;

use super::unique;
use crate::diag::{Diagnostics, Name, Span, Spanned};
use crate::model::{Action, ActionState, Gap, PostmortemFields, SourceFile};
use crate::yaml::{Checked, FromChecked, Key, Record, Shape};

pub(super) const KEYS: &[Key] = &[
    Key::new("date", Shape::Date, "the day it happened, when the file's name does not say it"),
    Key::new("severity", Shape::Text, "how bad it was, in the organisation's words: SEV2"),
    Key::new("team", Shape::Name, "id of the team it happened to"),
    Key::new("services", Shape::List(&Shape::Text), "the services concerned"),
    Key::new("started", Shape::Timestamp, "when users were first hurt"),
    Key::new("detected", Shape::Timestamp, "when somebody noticed"),
    Key::new("mitigated", Shape::Timestamp, "when users were no longer hurt"),
    Key::new("resolved", Shape::Timestamp, "when everything was as it should be"),
    Key::new("status", Shape::Text, "how far the postmortem is: draft, reviewed"),
    Key::new(
        "gaps",
        Shape::By("practice", &Shape::Record(GAP)),
        "practices that were missing or weak when it mattered",
    )
    .translated(),
    Key::new("factors", Shape::List(&Shape::Text), "what contributed, in words").translated(),
    Key::new("actions", Shape::List(&Shape::Record(ACTION)), "what is done about it")
        .translated_as(Shape::By("action", &Shape::Record(ACTION))),
];

const GAP: &[Key] = &[
    Key::new("criteria", Shape::List(&Shape::Name), "ids of the criteria that did not hold"),
    Key::new("note", Shape::Text, "what was missing").translated(),
];

const ACTION: &[Key] = &[
    Key::new("id", Shape::Id, "the action's name within the postmortem").required(),
    Key::new("text", Shape::Text, "what is to be done").required().translated(),
    Key::new("owner", Shape::Text, "who does it"),
    Key::new("due", Shape::Date, "until when"),
    Key::new("state", Shape::Choice(&["open", "done", "dropped"]), "open (if not said), done or dropped"),
    Key::new("link", Shape::Url, "the issue that tracks it"),
    Key::new("practice", Shape::Name, "id of the practice it improves"),
];

pub(super) fn read(
    record: &mut Record,
    file: &SourceFile,
    diagnostics: &mut Diagnostics,
) -> PostmortemFields {
    let (actions, action_texts) = actions(record, diagnostics);
    let fields = PostmortemFields {
        date: date(record, file, diagnostics),
        severity: record.take("severity"),
        team: record.take("team"),
        services: record.list("services"),
        started: record.take("started"),
        detected: record.take("detected"),
        mitigated: record.take("mitigated"),
        resolved: record.take("resolved"),
        status: record.take("status"),
        gaps: record.by_name("gaps").into_iter().map(gap).collect(),
        factors: record.list("factors"),
        actions,
        action_texts,
    };
    check_order(&fields, diagnostics);
    fields
}

/// From `date:`, else from the beginning of the file's name.
pub(super) fn date(
    record: &mut Record,
    file: &SourceFile,
    diagnostics: &mut Diagnostics,
) -> Option<Spanned<Date>> {
    let name = file.id.rsplit('/').next().unwrap_or_default();
    let named = name.get(..10).and_then(|day| day.parse::<Date>().ok());
    let written = record.take::<Spanned<Date>>("date");
    match (written, named) {
        (Some(written), Some(named)) if written.value != named => {
            diagnostics.date_differs(written.span.clone(), &named.to_string());
            Some(written)
        }
        (Some(written), _) => Some(written),
        (None, named) => named.map(|named| Spanned::new(named, Span::whole(&file.path))),
    }
}

fn gap((practice, mut record): (Name, Record)) -> Gap {
    Gap { practice, criteria: record.list("criteria"), note: record.take("note") }
}

/// The actions of an original, or the texts of a translation by id.
fn actions(
    record: &mut Record,
    diagnostics: &mut Diagnostics,
) -> (Vec<Action>, Vec<(Name, Spanned<String>)>) {
    match record.take::<Checked>("actions") {
        Some(Checked::By(entries)) => {
            let texts = entries
                .into_iter()
                .filter_map(|(id, entry)| Some((id, Record::from_checked(entry)?.take("text")?)));
            (Vec::new(), texts.collect())
        }
        Some(list) => {
            let entries = Vec::<Record>::from_checked(list).unwrap_or_default();
            let mut actions: Vec<Action> = entries.into_iter().filter_map(action).collect();
            let keep = unique(actions.iter().map(|action| &action.id), "action", diagnostics);
            let mut keep = keep.into_iter();
            actions.retain(|_| keep.next().unwrap_or(true));
            (actions, Vec::new())
        }
        None => (Vec::new(), Vec::new()),
    }
}

fn action(mut record: Record) -> Option<Action> {
    let state = match record.take::<String>("state").as_deref() {
        Some("done") => ActionState::Done,
        Some("dropped") => ActionState::Dropped,
        _ => ActionState::Open,
    };
    Some(Action {
        id: record.take("id")?,
        text: record.take("text")?,
        owner: record.take("owner"),
        due: record.take("due"),
        state,
        link: record.take("link"),
        practice: record.take("practice"),
    })
}

/// Each time is compared with the latest before it, so that one wrong time is one complaint.
fn check_order(fields: &PostmortemFields, diagnostics: &mut Diagnostics) {
    let times = [
        ("started", &fields.started),
        ("detected", &fields.detected),
        ("mitigated", &fields.mitigated),
        ("resolved", &fields.resolved),
    ];
    let mut latest: Option<(&str, &Spanned<Timestamp>)> = None;
    for (key, time) in times {
        let Some(time) = time else { continue };
        match latest {
            Some((earlier_key, earlier)) if time.value < earlier.value => {
                diagnostics.time_order(time.span.clone(), key, earlier.span.clone(), earlier_key);
            }
            _ => latest = Some((key, time)),
        }
    }
}
