//! What an assessment's front matter adds.

use super::{is_translation, postmortem};
use crate::diag::{Diagnostics, Name, Span, Spanned};
use crate::model::{Answer, AnswerEntry, AssessmentFields, Evidence, PracticeAnswers, SourceFile};
use crate::yaml::{Checked, FromChecked, Key, Record, Shape};

/// Not a choice of fixed words: the additive scheme has answers of its own, which `assess` knows.
const ANSWERS: Shape = Shape::Name;

pub(super) const KEYS: &[Key] = &[
    Key::new("date", Shape::Date, "the day it was answered, when the file's name does not say it"),
    Key::new("participants", Shape::List(&Shape::Text), "who took part"),
    Key::new("scope", Shape::Text, "what was assessed, when it is not everything the team runs"),
    Key::new("model", Shape::Text, "hash of the model that was answered; written by `shirube assess`"),
    Key::new(
        "answers",
        Shape::By("practice", &Shape::By("criterion", &Shape::Either(&ANSWERS, &Shape::Record(ANSWER)))),
        "the answers by practice and criterion",
    ),
];

const ANSWER: &[Key] = &[
    Key::new(
        "answer",
        ANSWERS,
        "yes, partly, no, unknown or na; under the additive scheme the id of an answer",
    )
    .required(),
    Key::new("note", Shape::Text, "what was said about it"),
    Key::new("evidence", Shape::List(&Shape::Record(EVIDENCE)), "what proves it"),
    Key::new("planned", Shape::Bool, "whether the team will work on it next"),
];

const EVIDENCE: &[Key] = &[
    Key::new("title", Shape::Text, "what it is"),
    Key::new("url", Shape::Url, "where it is"),
    Key::new("date", Shape::Date, "when it was looked at"),
];

pub(super) fn read(
    record: &mut Record,
    file: &SourceFile,
    diagnostics: &mut Diagnostics,
) -> AssessmentFields {
    let date_is_wrong = record.was_refused("date");
    let date = postmortem::date(record, file, diagnostics);
    if date.is_none() && !date_is_wrong && !is_translation(file) {
        diagnostics.no_date(Span::whole(&file.path));
    }
    AssessmentFields {
        date,
        participants: record.list("participants"),
        scope: record.take("scope"),
        model: record.take("model"),
        answers: record.by_name::<Checked>("answers").into_iter().map(practice_answers).collect(),
    }
}

fn practice_answers((practice, value): (Name, Checked)) -> PracticeAnswers {
    let Checked::By(entries) = value else { return PracticeAnswers { practice, answers: Vec::new() } };
    PracticeAnswers { practice, answers: entries.into_iter().filter_map(answer).collect() }
}

fn answer((criterion, value): (Name, Checked)) -> Option<AnswerEntry> {
    let (word, mut record) = match value {
        Checked::Record(mut record) => (record.take::<Name>("answer")?, Some(record)),
        word => (Name::from_checked(word)?, None),
    };
    Some(AnswerEntry {
        criterion,
        answer: Spanned::new(Answer::from_name(&word.value), word.span),
        note: record.as_mut().and_then(|record| record.take("note")),
        evidence: record.as_mut().map(evidence).unwrap_or_default(),
        planned: record.as_mut().and_then(|record| record.take("planned")).unwrap_or(false),
    })
}

fn evidence(record: &mut Record) -> Vec<Evidence> {
    let entries = record.list::<Record>("evidence").into_iter();
    entries
        .map(|mut entry| Evidence {
            title: entry.take("title"),
            url: entry.take("url"),
            date: entry.take("date"),
        })
        .collect()
}
