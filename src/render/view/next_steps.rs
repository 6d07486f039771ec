//! What a team does next: practice by practice, in an order with its reasons.

use serde::Serialize;

use super::common::{Criterion, Link};
use crate::model::{Because, NextStep, Scorecard, ThingId};
use crate::render::context::PageContext;

/// The next steps in one practice.
#[derive(Clone, Debug, Serialize)]
pub struct NextPractice {
    pub practice: Link,
    /// The level today and the one wanted.
    pub level: Option<u8>,
    pub target: u8,
    /// Why it stands here: `needed` by `others`, a `gap` shown by `others`, or its `effort`.
    pub because: &'static str,
    /// The practices that need it, or the postmortems that show the gap.
    pub others: Vec<Link>,
    /// 1 (days) to 3 (quarters).
    pub effort: Option<u8>,
    pub steps: Vec<StepView>,
    /// Playbooks that help with any of the steps.
    pub playbooks: Vec<Link>,
}

/// One criterion on the way.
#[derive(Clone, Debug, Serialize)]
pub struct StepView {
    pub criterion: Criterion,
    pub level: u8,
    pub planned: bool,
    /// `partly`, `no`, `unknown`, … ; `none` where nothing was answered.
    pub answer: Option<String>,
    /// To the answer.
    pub href: Option<String>,
}

/// The steps of `team` from `card`, its newest scorecard.
pub fn next_steps(cx: &PageContext<'_>, team: ThingId, card: &Scorecard) -> Vec<NextPractice> {
    let steps = cx.site.scorecards.next_steps.get(&team).map_or(&[][..], Vec::as_slice);
    steps
        .chunk_by(|a, b| a.practice == b.practice)
        .filter_map(|steps| next_practice(cx, card, steps))
        .collect()
}

fn next_practice(cx: &PageContext<'_>, card: &Scorecard, steps: &[NextStep]) -> Option<NextPractice> {
    let first = steps.first()?;
    let score = card.practices.get(&first.practice)?;
    let (because, others, effort) = match &first.because {
        Because::Needed(by) => ("needed", by.clone(), None),
        Because::Gap(postmortems) => ("gap", postmortems.clone(), None),
        Because::Effort(effort) => ("effort", Vec::new(), Some(*effort)),
    };
    let mut playbooks: Vec<ThingId> = Vec::new();
    for playbook in steps.iter().flat_map(|step| &step.playbooks) {
        if !playbooks.contains(playbook) {
            playbooks.push(*playbook);
        }
    }
    Some(NextPractice {
        practice: cx.link(first.practice),
        level: score.state.rank().map(|rank| rank as u8),
        target: score.target,
        because,
        others: cx.links(others),
        effort,
        steps: steps
            .iter()
            .filter_map(|step| {
                let answer = cx.answer(card.assessment, step.practice, &step.criterion);
                Some(StepView {
                    criterion: cx.criterion_named(step.practice, &step.criterion)?,
                    level: step.level,
                    planned: step.planned,
                    answer: answer.map(|entry| entry.answer.value.name().to_owned()),
                    href: cx.answer_href(card.assessment, step.practice, &step.criterion),
                })
            })
            .collect(),
        playbooks: cx.links(playbooks),
    })
}
