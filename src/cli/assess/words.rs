//! What the checklist says, in the languages that we speak. A handbook in another language is asked in
//! its own words, framed by English ones.

use crate::model::{Answer, Lang};

/// The words of one language.
#[derive(Debug)]
pub struct Words {
    pub evidence: &'static str,
    pub who: &'static str,
    /// Before the day of the last answer.
    pub last: &'static str,
    pub now: &'static str,
    pub note: &'static str,
    pub reason: &'static str,
    /// The keys, one line.
    pub keys: &'static str,
    pub level: &'static str,
    pub next_steps: &'static str,
    /// Separates a label from what it labels.
    pub colon: &'static str,
    answers: [&'static str; 5],
}

const ENGLISH: Words = Words {
    evidence: "Evidence",
    who: "To answer",
    last: "Last time",
    now: "Now",
    note: "Note",
    reason: "Reason (Enter for none)",
    keys: "number or arrows and Enter: answer   n: note   s: skip   b: back   q: stop",
    level: "Level",
    next_steps: "Next steps",
    colon: ": ",
    answers: ["yes", "partly", "no", "don't know", "n/a"],
};

const JAPANESE: Words = Words {
    evidence: "証拠",
    who: "答える人",
    last: "前回",
    now: "今の答え",
    note: "メモ",
    reason: "理由（なければEnter）",
    keys: "数字、または矢印とEnter：答える   n：メモ   s：飛ばす   b：戻る   q：終わる",
    level: "レベル",
    next_steps: "次の一歩",
    colon: "：",
    answers: ["はい", "一部", "いいえ", "不明", "対象外"],
};

/// The words for `lang`.
pub fn of(lang: &Lang) -> &'static Words {
    match lang.as_str().split('-').next() {
        Some("ja") => &JAPANESE,
        _ => &ENGLISH,
    }
}

impl Words {
    /// An answer of the handbook's own has none but its name.
    pub fn answer<'a>(&'a self, answer: &'a Answer) -> &'a str {
        let known = Answer::ALL.iter().zip(self.answers).find(|(known, _)| *known == answer);
        known.map_or(answer.name(), |(_, word)| word)
    }
}
