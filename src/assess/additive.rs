//! The additive scheme: weighted answers, the mean per level, summed over the levels.
//!
//! So does OWASP SAMM 2: a practice has two questions at each of three levels, an answer weighs 0,
//! 0.25, 0.5 or 1, and the practice's score, 0 to 3, is the sum over its levels of the mean weight.
//! What does not apply is left out of its level; a level without anything that applies adds nothing.
//! Unknown and unanswered weigh nothing, as in SAMM's own sheet, and lower coverage.

use std::collections::BTreeMap;

use super::cumulative::{Item, counts};
use crate::model::{Answer, PracticeScore, ScoreState};

/// The answers of a scheme and their weights, 0 to 1.
pub type Weights = BTreeMap<String, f64>;

/// Scores a practice. `excluded`: the team decided that the whole practice does not apply.
pub fn score(items: &[Item<'_>], weights: &Weights, target: u8, excluded: bool) -> PracticeScore {
    let mut score = PracticeScore { target, counts: counts(items.iter()), ..PracticeScore::default() };
    if excluded || (score.counts.applicable() == 0 && !items.is_empty()) {
        score.state = ScoreState::NotApplicable;
        return score;
    }
    if score.counts.answered() == 0 {
        return score;
    }
    let mut levels: BTreeMap<u8, Vec<f64>> = BTreeMap::new();
    for item in items.iter().filter(|item| item.answer != Some(&Answer::NotApplicable)) {
        let weight = item.answer.and_then(|answer| weights.get(answer.name())).copied().unwrap_or(0.0);
        levels.entry(item.level).or_default().push(weight);
    }
    let mean = |weights: &Vec<f64>| weights.iter().sum::<f64>() / weights.len() as f64;
    score.state = ScoreState::Points(levels.values().map(mean).sum());
    score
}
