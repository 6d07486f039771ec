//! The answers of one assessment, under the names that practices and criteria have today.
//!
//! An assessment is history and is not rewritten. `model.yaml` carries its answers over renames of
//! practices (`old: new`) and of criteria (`practice/old: practice/new`); answers to what was retired
//! are set aside.

use std::collections::BTreeMap;

use super::additive::Weights;
use crate::diag::{Diagnostics, Name, nearest};
use crate::model::{
    Answer, AnswerEntry, AssessmentFields, CriterionFate, Fate, Fields, Handbook, HiddenReason, Kind,
    SetAside, SetAsideReason, Succession, has_criterion,
};

/// Answers by practice and criterion.
#[derive(Debug, Default)]
pub struct Sheet<'a> {
    answers: BTreeMap<(String, String), &'a AnswerEntry>,
    set_aside: Vec<SetAside>,
}

impl<'a> Sheet<'a> {
    /// Reads what was answered. Names that never existed are reported, and answers that the scheme
    /// does not have.
    pub fn read(
        fields: &'a AssessmentFields,
        handbook: &Handbook,
        succession: &Succession,
        weights: Option<&Weights>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut sheet = Self::default();
        for practice in &fields.answers {
            if hidden(handbook, &succession.current(&practice.practice.value)) {
                continue;
            }
            for entry in &practice.answers {
                if !is_known(&entry.answer.value, weights) {
                    diagnostics.unknown_answer(&entry.answer, &known(weights));
                    continue;
                }
                sheet.place(&practice.practice, entry, handbook, succession, diagnostics);
            }
        }
        sheet
    }

    fn place(
        &mut self,
        practice: &Name,
        entry: &'a AnswerEntry,
        handbook: &Handbook,
        succession: &Succession,
        diagnostics: &mut Diagnostics,
    ) {
        let criterion = entry.criterion.value.as_str();
        let written = (practice.value.clone(), criterion.to_owned());
        if has_criterion(handbook, &practice.value, criterion) {
            self.answers.insert(written, entry);
            return;
        }
        let set_aside = format!("{}/{criterion}", practice.value);
        match succession.former_criterion(handbook, &practice.value, criterion) {
            Some(CriterionFate::Renamed(today, criterion)) => {
                let Some(id) = &handbook.thing(today).id else { return };
                // What was answered under today's name wins.
                self.answers.entry((id.to_string(), criterion)).or_insert(entry);
                return;
            }
            Some(CriterionFate::Retired(..)) => return self.put_aside(set_aside, SetAsideReason::Retired),
            None => {}
        }
        let known = handbook.find(Kind::Practice, &practice.value);
        let fate = || succession.fate(handbook, Some(Kind::Practice), &practice.value);
        let today = match if known.is_some() { None } else { fate() } {
            Some(Fate::Renamed(today)) => Some(today),
            Some(Fate::Retired(..)) => return self.put_aside(set_aside, SetAsideReason::Retired),
            Some(Fate::Hidden(_)) => return,
            None => known,
        };
        let Some(today) = today else {
            let names = handbook.of_kind(Kind::Practice).filter_map(|(_, thing)| thing.id.as_ref());
            let near = nearest(&practice.value, names.map(|id| id.as_str()));
            return diagnostics.unknown_name(Kind::Practice, practice, near);
        };
        let thing = handbook.thing(today);
        let (Fields::Practice(content), Some(id)) = (thing.fields(), &thing.id) else { return };
        let criteria = content.criteria.iter().map(|criterion| criterion.id.value.as_str());
        diagnostics.unknown_criterion(&entry.criterion, id.as_str(), nearest(criterion, criteria));
    }

    pub fn answer(&self, practice: &str, criterion: &str) -> Option<&'a AnswerEntry> {
        self.answers.get(&(practice.to_owned(), criterion.to_owned())).copied()
    }

    /// Puts aside the answers to criteria of `practice` that the team decided do not apply.
    pub fn set_aside_excluded(&mut self, practice: &str, is_excluded: impl Fn(&str) -> bool) {
        let of_practice = self.answers.iter().filter(|((name, _), _)| name == practice);
        let excluded: Vec<String> = of_practice
            .filter(|((_, criterion), entry)| {
                entry.answer.value != Answer::NotApplicable && is_excluded(criterion)
            })
            .map(|((practice, criterion), _)| format!("{practice}/{criterion}"))
            .collect();
        for subject in excluded {
            self.put_aside(subject, SetAsideReason::NotApplicable);
        }
    }

    /// Answers *yes* to a practice that name evidence.
    pub fn evidenced(&self, practice: &str) -> u32 {
        let entries = self.answers.iter().filter(|((name, _), _)| name == practice).map(|(_, entry)| entry);
        let evidenced =
            entries.filter(|entry| entry.answer.value == Answer::Yes && !entry.evidence.is_empty());
        u32::try_from(evidenced.count()).unwrap_or(u32::MAX)
    }

    /// What was put aside, by name.
    pub fn into_set_aside(mut self) -> Vec<SetAside> {
        self.set_aside.sort_by(|a, b| a.subject.cmp(&b.subject));
        self.set_aside
    }

    fn put_aside(&mut self, subject: String, why: SetAsideReason) {
        self.set_aside.push(SetAside { subject, why });
    }
}

/// Whether a practice is left out of this build: its answers then vanish silently.
fn hidden(handbook: &Handbook, practice: &str) -> bool {
    let reason = handbook.hidden.by_id.get(&(Kind::Practice, practice.to_owned()));
    matches!(
        reason,
        Some(HiddenReason::Pack | HiddenReason::Draft | HiddenReason::Audience | HiddenReason::Broken)
    )
}

fn is_known(answer: &Answer, weights: Option<&Weights>) -> bool {
    match (answer, weights) {
        (Answer::Unknown | Answer::NotApplicable, _) => true,
        (answer, Some(weights)) => weights.contains_key(answer.name()),
        (Answer::Named(_), None) => false,
        _ => true,
    }
}

/// The answers that may be given.
fn known(weights: Option<&Weights>) -> Vec<&str> {
    match weights {
        None => vec!["yes", "partly", "no", "unknown", "na"],
        Some(weights) => weights.keys().map(String::as_str).chain(["unknown", "na"]).collect(),
    }
}
