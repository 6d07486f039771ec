//! `assessment`: what a team answered on a day.

use serde::Serialize;

use super::common::{Criterion, Day, Link, MaybeLink, Note, Score};
use super::navigation::PageSection;
use super::scorecard::{ScorecardView, scorecard};
use crate::config::Scheme;
use crate::model::{Answer, AnswerEntry, AssessmentFields, Relation, Scorecard, ThingId};
use crate::render::context::PageContext;
use crate::render::index::outgoing;
use crate::render::score::answer_anchor;

/// `assessment` in `assessment.html`.
#[derive(Clone, Debug, Serialize)]
pub struct AssessmentView {
    pub date: Option<Day>,
    pub team: Option<Link>,
    pub participants: Vec<String>,
    pub scope: Option<String>,
    /// The result.
    pub scorecard: Option<ScorecardView>,
    /// The answers, practice by practice, in the handbook's order.
    pub practices: Vec<PracticeAnswers>,
}

/// The answers to one practice.
#[derive(Clone, Debug, Serialize)]
pub struct PracticeAnswers {
    pub practice: Link,
    /// `answer/<practice>`.
    pub anchor: String,
    pub score: Option<Score>,
    pub answers: Vec<AnswerView>,
}

/// One answer.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerView {
    /// `answer/<practice>/<criterion>`.
    pub anchor: String,
    pub criterion: Criterion,
    /// The criterion's level.
    pub level: u8,
    /// The words of an answer of the handbook's own; the five of every handbook are in the theme.
    pub words: Option<String>,
    /// `yes`, `partly`, `no`, `unknown` or `na`; under the additive scheme the id of an answer.
    pub answer: String,
    pub note: Option<Note>,
    pub evidence: Vec<EvidenceView>,
    /// The team plans to get there.
    pub planned: bool,
}

/// Something that proves an answer.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceView {
    pub title: MaybeLink,
    pub date: Option<Day>,
}

impl AssessmentView {
    pub fn sections(&self) -> Vec<PageSection> {
        [
            (self.scorecard.is_some(), ("section-scorecard", "scorecard")),
            (!self.practices.is_empty(), ("section-answers", "answers")),
        ]
        .into_iter()
        .filter_map(|(shown, section)| shown.then_some(section))
        .collect()
    }
}

pub fn view(cx: &PageContext<'_>, id: ThingId, fields: &AssessmentFields) -> AssessmentView {
    let team = outgoing(cx.graph(), id, Relation::Assesses).next().map(|edge| edge.to);
    let card = team
        .and_then(|team| cx.site.scorecards.teams.get(&team))
        .and_then(|cards| cards.iter().find(|card| card.assessment == id));
    AssessmentView {
        date: fields.date.as_ref().map(|date| cx.day(date.value)),
        team: team.map(|team| cx.link(team)),
        participants: fields.participants.clone(),
        scope: fields.scope.clone(),
        scorecard: card.map(|card| scorecard(cx, card, None)),
        practices: cx
            .areas()
            .flat_map(|(_, practices)| practices)
            .filter_map(|practice| practice_answers(cx, id, *practice, card))
            .collect(),
    }
}

/// What was answered to a practice, in the order of its criteria; `None` where nothing was.
fn practice_answers(
    cx: &PageContext<'_>,
    assessment: ThingId,
    practice: ThingId,
    card: Option<&Scorecard>,
) -> Option<PracticeAnswers> {
    let id = cx.thing(practice).id.as_ref()?;
    let answers: Vec<AnswerView> = cx
        .practice(practice)?
        .criteria
        .iter()
        .filter_map(|criterion| {
            let entry = cx.answer(assessment, practice, &criterion.id.value)?;
            Some(AnswerView {
                anchor: answer_anchor(id.as_str(), Some(&criterion.id.value)),
                criterion: cx.criterion(practice, criterion),
                level: criterion.level.value,
                words: words(cx, &entry.answer.value),
                answer: entry.answer.value.name().to_owned(),
                note: cx.note(assessment, None, entry.note.as_deref()),
                evidence: evidence(cx, entry),
                planned: entry.planned,
            })
        })
        .collect();
    (!answers.is_empty()).then(|| PracticeAnswers {
        practice: cx.link(practice),
        anchor: answer_anchor(id.as_str(), None),
        score: card
            .and_then(|card| card.practices.get(&practice))
            .map(|score| cx.score(assessment, practice, score)),
        answers,
    })
}

/// What the configuration calls an answer of the additive scheme.
fn words(cx: &PageContext<'_>, answer: &Answer) -> Option<String> {
    let (Answer::Named(name), Scheme::Additive { answers }) = (answer, &cx.config.scoring.scheme) else {
        return None;
    };
    answers.iter().find(|(id, ..)| **id == **name).map(|(_, words, _)| words.clone())
}

fn evidence(cx: &PageContext<'_>, entry: &AnswerEntry) -> Vec<EvidenceView> {
    entry
        .evidence
        .iter()
        .map(|evidence| {
            let url = evidence.url.as_ref().map(|url| url.value.as_str());
            EvidenceView {
                title: cx.maybe_link(evidence.title.as_deref().or(url).unwrap_or_default(), url),
                date: evidence.date.as_ref().map(|date| cx.day(date.value)),
            }
        })
        .collect()
}
