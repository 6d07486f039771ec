//! States of practices and answers of teams, as pages show them.

use super::chart;
use super::context::PageContext;
use super::view::common::{Formula, Score};
use crate::model::{AnswerEntry, Fields, PracticeScore, ScoreState, ThingId};

impl<'a> PageContext<'a> {
    /// A team's state in `practice`, as the answers of `assessment` make it.
    pub fn score(&self, assessment: ThingId, practice: ThingId, score: &PracticeScore) -> Score {
        let level = match score.state {
            ScoreState::Level(level) => Some(level),
            ScoreState::Points(_) | ScoreState::NotAssessed | ScoreState::NotApplicable => None,
        };
        let criteria = self.practice(practice).map_or(&[][..], |fields| fields.criteria.as_slice());
        let formula = formula(score);
        Score {
            state: state_name(score.state),
            level,
            target: score.target,
            points: match score.state {
                ScoreState::Points(points) => Some(format!("{points:.2}")),
                _ => None,
            },
            at_target: score.at_target(),
            answered: score.answered(),
            applicable: score.applicable(),
            progress: formula.as_ref().map(|formula| formula.percent),
            strip: self.strip(score),
            formula,
            answers: self.answers_href(assessment, practice),
            unknown: criteria
                .iter()
                .filter(|criterion| score.unknown.contains(&criterion.id.value))
                .map(|criterion| self.criterion(practice, criterion))
                .collect(),
        }
    }

    /// The state of a practice in words: *level 3*, *not assessed*.
    pub fn state_words(&self, state: ScoreState) -> String {
        match state {
            ScoreState::Level(level) => self.words.fill("level_n", &[("level", &level.to_string())]),
            ScoreState::Points(points) => format!("{points:.2}"),
            ScoreState::NotAssessed => self.words.get("not_assessed").to_owned(),
            ScoreState::NotApplicable => self.words.get("not_applicable").to_owned(),
        }
    }

    fn strip(&self, score: &PracticeScore) -> String {
        let state = self.state_words(score.state);
        let title = match score.state {
            ScoreState::NotApplicable => state,
            _ => {
                let target = score.target.to_string();
                self.words.fill("strip_title", &[("state", &state), ("target", &target)])
            }
        };
        let strip = chart::Strip {
            levels: self.level_numbers(),
            standing: standing(score.state),
            next: score.next_level.zip(score.progress()),
            target: score.target,
        };
        chart::strip(&strip, chart::Caption { title: &title, description: "" })
    }

    /// To what was answered to a practice; `None` where nothing was.
    pub fn answers_href(&self, assessment: ThingId, practice: ThingId) -> Option<String> {
        let answered = self.index.answers.get(&assessment).is_some_and(|answers| answers.of(practice));
        let id = self.thing(practice).id.as_ref().filter(|_| answered)?;
        Some(self.href(assessment, Some(&answer_anchor(id.as_str(), None))))
    }

    /// To what was answered to a criterion; `None` where nothing was.
    pub fn answer_href(&self, assessment: ThingId, practice: ThingId, criterion: &str) -> Option<String> {
        self.answer(assessment, practice, criterion)?;
        let id = self.thing(practice).id.as_ref()?;
        Some(self.href(assessment, Some(&answer_anchor(id.as_str(), Some(criterion)))))
    }

    /// What was answered to a criterion in an assessment.
    pub fn answer(&self, assessment: ThingId, practice: ThingId, criterion: &str) -> Option<&'a AnswerEntry> {
        let Fields::Assessment(fields) = self.thing(assessment).fields() else { return None };
        self.index.answers.get(&assessment)?.entry(fields, practice, criterion)
    }
}

/// The anchor of an answer, or of all answers to a practice, on the assessment's page.
pub fn answer_anchor(practice: &str, criterion: Option<&str>) -> String {
    match criterion {
        Some(criterion) => format!("answer/{practice}/{criterion}"),
        None => format!("answer/{practice}"),
    }
}

/// The word for a state in views and CSS.
pub fn state_name(state: ScoreState) -> &'static str {
    match state {
        ScoreState::Level(_) => "level",
        ScoreState::Points(_) => "points",
        ScoreState::NotAssessed => "not-assessed",
        ScoreState::NotApplicable => "not-applicable",
    }
}

pub fn standing(state: ScoreState) -> chart::Standing {
    match state {
        ScoreState::Level(level) => chart::Standing::Level(level),
        ScoreState::Points(points) => chart::Standing::Points(points),
        ScoreState::NotAssessed => chart::Standing::NotAssessed,
        ScoreState::NotApplicable => chart::Standing::NotApplicable,
    }
}

/// In whole numbers, so that nothing is lost before rounding down.
fn formula(score: &PracticeScore) -> Option<Formula> {
    let (level, counts) = (score.next_level?, score.next_counts);
    let known = counts.answered();
    let percent = ((2 * counts.yes + counts.partly) * 50).checked_div(known)?;
    let fraction = format!("{:.3}", score.progress()?);
    Some(Formula {
        level,
        yes: counts.yes,
        partly: counts.partly,
        known,
        fraction: fraction.trim_end_matches('0').trim_end_matches('.').to_owned(),
        percent,
    })
}
