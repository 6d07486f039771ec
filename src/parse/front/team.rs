//! What a team's front matter adds.

use crate::diag::{Diagnostics, Name};
use crate::model::{Decision, DecisionText, Standing, TargetLevel, TeamFields};
use crate::yaml::{Checked, FromChecked, Key, Record, Shape};

pub(super) const KEYS: &[Key] = &[
    Key::new("services", Shape::List(&Shape::Text), "what the team runs"),
    Key::new("tier", Shape::Text, "how critical its services are, in the organisation's words"),
    Key::new("contact", Shape::Text, "where to reach the team"),
    Key::new(
        "target_default",
        Shape::LEVEL,
        "the level the team wants to reach where `targets` says nothing",
    ),
    Key::new(
        "targets",
        Shape::By("practice", &Shape::Either(&Shape::LEVEL, &Shape::Record(TARGET))),
        "the level the team wants to reach in a practice; from 4 on with a reason",
    )
    .translated_as(Shape::By("practice", &Shape::Record(TARGET))),
    Key::new(
        "not_applicable",
        Shape::By("practice or practice/criterion", &Shape::Record(DECISION)),
        "what the team decided against",
    )
    .translated_as(Shape::By("practice or practice/criterion", &Shape::Record(DECISION))),
    Key::new("adoption", Shape::By("practice", &Shape::Text), "the team's own form of a practice")
        .translated(),
];

const TARGET: &[Key] = &[
    Key::new("level", Shape::LEVEL, "the level to reach").required(),
    Key::new("reason", Shape::Text, "why it is worth the effort").translated(),
];

const DECISION: &[Key] = &[
    Key::new("reason", Shape::Text, "why it does not apply").translated(),
    Key::new("decided_by", Shape::Text, "who decided").translated(),
    Key::new("decided_on", Shape::Date, "the day from which it holds"),
    Key::new("revisit", Shape::Date, "the day on which it is looked at again"),
];

pub(super) fn read(record: &mut Record, standing: Standing, diagnostics: &mut Diagnostics) -> TeamFields {
    if standing == Standing::Translation {
        return texts(record);
    }
    TeamFields {
        services: record.list("services"),
        tier: record.take("tier"),
        contact: record.take("contact"),
        target_default: record.take("target_default"),
        targets: targets(record, diagnostics),
        not_applicable: decisions(record, diagnostics),
        adoption: record.by_name("adoption"),
        ..TeamFields::default()
    }
}

/// The form of a translation: texts by the original's names.
fn texts(record: &mut Record) -> TeamFields {
    let targets = record.by_name::<Record>("targets").into_iter();
    let decisions = record.by_name::<Record>("not_applicable").into_iter();
    TeamFields {
        target_texts: targets.filter_map(|(name, mut target)| Some((name, target.take("reason")?))).collect(),
        decision_texts: decisions
            .map(|(name, mut entry)| {
                (name, DecisionText { reason: entry.take("reason"), decided_by: entry.take("decided_by") })
            })
            .collect(),
        adoption: record.by_name("adoption"),
        ..TeamFields::default()
    }
}

fn targets(record: &mut Record, diagnostics: &mut Diagnostics) -> Vec<(Name, TargetLevel)> {
    let mut targets = Vec::new();
    for (practice, value) in record.by_name::<Checked>("targets") {
        let Some((target, reason_refused)) = target(value) else { continue };
        if target.level.value >= 4 && target.reason.is_none() && !reason_refused {
            diagnostics.target_without_reason(&target.level, &practice);
        }
        targets.push((practice, target));
    }
    targets
}

/// The target, and whether a reason was written but refused.
fn target(value: Checked) -> Option<(TargetLevel, bool)> {
    match value {
        Checked::Record(mut record) => {
            let reason_refused = record.was_refused("reason");
            Some((
                TargetLevel { level: record.take("level")?, reason: record.take("reason") },
                reason_refused,
            ))
        }
        number => Some((TargetLevel { level: FromChecked::from_checked(number)?, reason: None }, false)),
    }
}

fn decisions(record: &mut Record, diagnostics: &mut Diagnostics) -> Vec<(Name, Decision)> {
    let mut decisions = Vec::new();
    for (subject, mut entry) in record.by_name::<Record>("not_applicable") {
        let reason_refused = entry.was_refused("reason");
        let decision = Decision {
            reason: entry.take("reason"),
            decided_by: entry.take("decided_by"),
            decided_on: entry.take("decided_on"),
            revisit: entry.take("revisit"),
        };
        if decision.reason.is_none() && !reason_refused {
            diagnostics.decision_without_reason(&subject);
        }
        decisions.push((subject, decision));
    }
    decisions
}
