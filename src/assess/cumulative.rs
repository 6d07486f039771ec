//! The cumulative scheme: the level of one practice from the answers to its criteria.

use std::collections::BTreeMap;

use crate::model::{Answer, Counts, PracticeScore, ScoreState};

/// A criterion with what was answered; `None` when nothing was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Item<'a> {
    pub level: u8,
    pub criterion: &'a str,
    pub answer: Option<&'a Answer>,
}

/// Scores a practice. `excluded`: the team decided that the whole practice does not apply.
pub fn score(items: &[Item<'_>], target: u8, excluded: bool) -> PracticeScore {
    let mut score = PracticeScore { target, counts: counts(items.iter()), ..PracticeScore::default() };
    if excluded || (score.counts.applicable() == 0 && !items.is_empty()) {
        score.state = ScoreState::NotApplicable;
        return score;
    }
    if score.counts.answered() == 0 {
        return score;
    }

    let mut levels: BTreeMap<u8, Vec<&Item<'_>>> = BTreeMap::new();
    for item in items.iter().filter(|item| item.answer != Some(&Answer::NotApplicable)) {
        levels.entry(item.level).or_default().push(item);
    }
    let lowest = items.iter().map(|item| item.level).min().unwrap_or(1);
    let mut reached = lowest.saturating_sub(1);
    let mut levels = levels.into_iter();
    for (level, items) in levels.by_ref() {
        if items.iter().all(|item| item.answer == Some(&Answer::Yes)) {
            reached = level;
            continue;
        }
        score.next_level = Some(level);
        score.next_counts = counts(items.iter().copied());
        for item in items {
            match item.answer {
                Some(Answer::Partly | Answer::No) => score.open.push(item.criterion.to_owned()),
                None | Some(Answer::Unknown) => score.unknown.push(item.criterion.to_owned()),
                _ => {}
            }
        }
        break;
    }
    let later = levels.flat_map(|(_, items)| items).filter(|item| item.answer != Some(&Answer::Yes));
    score.later = later.map(|item| item.criterion.to_owned()).collect();
    score.state = ScoreState::Level(reached);
    score
}

pub(super) fn counts<'a>(items: impl Iterator<Item = &'a Item<'a>>) -> Counts {
    let mut counts = Counts::default();
    for item in items {
        counts.add(item.answer);
    }
    counts
}
