//! The text of an assessment file → an assessment. Reads any front matter that `check` accepts, not
//! only the canonical form.

use std::sync::Arc;

use super::{Answers, Assessment, Entry, Proof};
use crate::diag::{Diagnostics, FilePath, Severity};
use crate::model::{AnswerEntry, Fields, Kind, Lang, SourceFile, Standing};
use crate::parse::{self, front};
use crate::yaml::{self, Budget, Content, Node};

/// The keys that the checklist writes.
const OWN: [&str; 7] = ["title", "description", "date", "participants", "scope", "model", "answers"];

/// Reads `text`, the content of `path`. `None` when there are errors in it, which are in `diagnostics`
/// then: what cannot be read whole is not to be written again.
pub fn read(text: &str, path: &FilePath, lang: &Lang, diagnostics: &mut Diagnostics) -> Option<Assessment> {
    let stem = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md");
    let file = SourceFile {
        path: path.clone(),
        text: Arc::from(text),
        hash: [0; 32],
        kind: Kind::Assessment,
        id: stem.to_owned(),
        lang: lang.clone(),
        standing: Standing::Original,
        index: false,
        address: stem.to_owned(),
    };
    let parsed = parse::parse(&file);
    diagnostics.extend(parsed.diagnostics.iter().filter(|found| found.severity == Severity::Error).cloned());
    let summary = &parsed.documents.first()?.summary;
    let Fields::Assessment(fields) = &summary.fields else { return None };
    let split = front::split(text, path, &mut Diagnostics::new());
    let others = match split.yaml.and_then(|range| text.get(range)) {
        Some(yaml) => others(yaml, path),
        None => Vec::new(),
    };
    let body = text.get(split.body_start..).unwrap_or_default();
    if diagnostics.has_errors() {
        return None;
    }
    let mut answers = Answers::new();
    for practice in &fields.answers {
        let entries = practice.answers.iter().map(|entry| (entry.criterion.value.clone(), entry_of(entry)));
        answers.insert(practice.practice.value.clone(), entries.collect());
    }
    Some(Assessment {
        title: summary.common.title.as_ref().map(|title| title.value.clone()),
        description: summary.common.description.as_ref().map(|text| text.value.clone()),
        date: fields.date.as_ref()?.value,
        participants: fields.participants.clone(),
        scope: fields.scope.clone(),
        model: fields.model.as_ref().map(|model| model.value.clone()),
        others,
        answers,
        body: body.to_owned(),
    })
}

fn entry_of(entry: &AnswerEntry) -> Entry {
    let proofs = entry.evidence.iter().map(|evidence| Proof {
        title: evidence.title.clone(),
        url: evidence.url.as_ref().map(|url| url.value.clone()),
        date: evidence.date.as_ref().map(|date| date.value),
    });
    Entry {
        answer: entry.answer.value.clone(),
        note: entry.note.clone(),
        evidence: proofs.collect(),
        planned: entry.planned,
    }
}

/// The entries of the front matter that the checklist does not write. What is wrong in them was reported.
fn others(yaml: &str, path: &FilePath) -> Vec<(String, Node)> {
    let root = yaml::parse(yaml, path, 0, Budget::ASSESSMENT, &mut Diagnostics::new());
    let Some(Node { value: Content::Map(entries), .. }) = root else { return Vec::new() };
    let others = entries.into_iter().filter(|(name, _)| !OWN.contains(&name.value.as_str()));
    others.map(|(name, node)| (name.value, node)).collect()
}
