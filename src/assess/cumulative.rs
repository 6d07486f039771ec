//! The cumulative scheme: the level of one practice from the answers to its criteria.

use std::collections::BTreeMap;

use crate::model::{Answer, PracticeScore, ScoreState};

/// A criterion with what was answered; `None` when nothing was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Item<'a> {
    pub level: u8,
    pub criterion: &'a str,
    pub answer: Option<Answer>,
}

/// Scores a practice. `excluded`: the team decided that the whole practice does not apply.
pub fn score(items: &[Item<'_>], target: u8, excluded: bool) -> PracticeScore {
    let applies = |item: &&Item<'_>| item.answer != Some(Answer::NotApplicable);
    let counts = |item: &&Item<'_>| matches!(item.answer, Some(Answer::Yes | Answer::Partly | Answer::No));
    let applicable = items.iter().filter(applies).count();
    let answered = items.iter().filter(counts).count();
    let nothing = |state, applicable| PracticeScore {
        state,
        target,
        answered: 0,
        applicable,
        next_level: None,
        progress: None,
        unknown: Vec::new(),
    };
    if excluded || (applicable == 0 && !items.is_empty()) {
        return nothing(ScoreState::NotApplicable, 0);
    }
    if answered == 0 {
        return nothing(ScoreState::NotAssessed, count(applicable));
    }

    let mut levels: BTreeMap<u8, Vec<&Item<'_>>> = BTreeMap::new();
    for item in items.iter().filter(applies) {
        levels.entry(item.level).or_default().push(item);
    }
    let lowest = items.iter().map(|item| item.level).min().unwrap_or(1);
    let mut reached = lowest.saturating_sub(1);
    let mut next_level = None;
    let mut blocked: &[&Item<'_>] = &[];
    for (level, items) in &levels {
        if items.iter().all(|item| item.answer == Some(Answer::Yes)) {
            reached = *level;
        } else {
            next_level = Some(*level);
            blocked = items;
            break;
        }
    }
    let number = |answer| blocked.iter().filter(|item| item.answer == Some(answer)).count() as f64;
    let (yes, partly, no) = (number(Answer::Yes), number(Answer::Partly), number(Answer::No));
    let known = yes + partly + no;
    PracticeScore {
        state: ScoreState::Level(reached),
        target,
        answered: count(answered),
        applicable: count(applicable),
        next_level,
        progress: (known > 0.0).then(|| (yes + partly / 2.0) / known),
        unknown: blocked
            .iter()
            .filter(|item| matches!(item.answer, None | Some(Answer::Unknown)))
            .map(|item| item.criterion.to_owned())
            .collect(),
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `"2: a yes, 3: b yes, 3: c partly"` → the score as `level 2 · 75 % · 3 of 3`.
    fn check(answers: &str, expected: &str) {
        let items: Vec<Item<'_>> = answers
            .split(", ")
            .map(|item| {
                let (level, rest) = item.split_once(": ").unwrap();
                let (criterion, answer) = rest.split_once(' ').unwrap_or((rest, ""));
                Item { level: level.parse().unwrap(), criterion, answer: Answer::from_name(answer) }
            })
            .collect();
        let score = score(&items, 3, false);
        let state = match score.state {
            ScoreState::Level(level) => format!("level {level}"),
            ScoreState::NotAssessed => "no level".to_owned(),
            ScoreState::NotApplicable => "not applicable".to_owned(),
        };
        let progress =
            score.progress.map_or("–".to_owned(), |share| format!("{} %", (share * 100.0).round()));
        let mut shown = format!("{state} · {progress} · {} of {}", score.answered, score.applicable);
        if !score.unknown.is_empty() {
            shown += &format!(" · not known: {}", score.unknown.join(" "));
        }
        assert_eq!(shown, expected, "{answers}");
    }

    #[test]
    fn levels_are_cumulative_and_unknown_is_never_no() {
        check("2: a yes, 3: b yes, 3: c partly", "level 2 · 75 % · 3 of 3");
        check("2: a unknown, 3: b yes, 3: c yes", "level 1 · – · 2 of 3 · not known: a");
        check("2: a no, 3: b, 3: c", "level 1 · 0 % · 1 of 3");
        check("2: a yes, 3: b na, 3: c na", "level 2 · – · 1 of 1");
        check("2: a yes, 4: d yes", "level 4 · – · 2 of 2");
        check("2: a, 3: b", "no level · – · 0 of 2");
        check("2: a na, 3: b na", "not applicable · – · 0 of 0");
        check("1: a no, 2: b yes", "level 0 · 0 % · 2 of 2");
        check("2: a na, 3: b yes", "level 3 · – · 1 of 1");
        check("2: a partly, 2: b unknown", "level 1 · 50 % · 1 of 2 · not known: b");
        check("2: a yes, 3: b no, 4: c yes", "level 2 · 0 % · 3 of 3");
        check("2: a yes, 3: b yes, 4: c, 5: d", "level 3 · – · 2 of 4 · not known: c");
    }
}
