//! Text → the tokens that are indexed and looked for; the same rules for pages and queries, and for both languages.
//!
//! Everything is NFKC and lower case first. Then text is cut into runs of one script:
//!
//! * kanji and katakana give overlapping pairs (`障害対応` → 障害, 害対, 対応), a run of one gives that one;
//!   the `・` inside katakana and the last `ー` of four or more are dropped (サーバー = サーバ);
//! * hiragana separates; runs of three or more give pairs too, where that is asked for (titles, headings, and
//!   queries of nothing else);
//! * the rest is cut at white space and hyphens into words, which lose what is no letter or digit at their
//!   ends; `error-budget` also gives `errorbudget`, and an identifier its parts (`max_shards`, `PodDisruptionBudget`).
//!
//! No dictionary and no segmenter: they disagree with each other, and lose katakana compounds.

use unicode_normalization::UnicodeNormalization;

/// The tokens of `text`, in order. `hiragana`: whether runs of hiragana give pairs.
pub fn tokens(text: &str, hiragana: bool) -> Vec<String> {
    let mut tokens = Vec::new();
    let normal: String = text.nfkc().map(plain_hyphen).collect();
    let mut rest = normal.as_str();
    while let Some(first) = rest.chars().next() {
        let script = Script::of(first);
        let length = rest
            .char_indices()
            .find(|(_, c)| !script.goes_on_with(*c))
            .map_or(rest.len(), |(at, _)| at.max(first.len_utf8()));
        let (run, behind) = rest.split_at(length);
        match script {
            Script::Kanji => pairs(run, &mut tokens),
            Script::Katakana => pairs(&plain_katakana(run), &mut tokens),
            Script::Hiragana => {
                if hiragana && run.chars().count() >= 3 {
                    pairs(run, &mut tokens);
                }
            }
            Script::Other => words(run, &mut tokens),
        }
        rest = behind;
    }
    tokens
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Kanji,
    Katakana,
    Hiragana,
    Other,
}

impl Script {
    fn of(c: char) -> Self {
        match c {
            '々' | '〆' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => {
                Self::Kanji
            }
            'ァ'..='ヺ' => Self::Katakana,
            'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => Self::Hiragana,
            _ => Self::Other,
        }
    }

    /// A long sound belongs to the kana before it, a middle dot to katakana.
    fn goes_on_with(self, c: char) -> bool {
        match (self, c) {
            (Self::Katakana | Self::Hiragana, 'ー') | (Self::Katakana, '・') => true,
            _ => Self::of(c) == self,
        }
    }
}

/// The hyphens and minus signs of other alphabets and typefaces.
fn plain_hyphen(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c => c,
    }
}

/// Long words are written with and without the last long sound.
fn plain_katakana(run: &str) -> String {
    let run: String = run.chars().filter(|c| *c != '・').collect();
    match run.strip_suffix('ー') {
        Some(short) if run.chars().count() >= 4 => short.to_owned(),
        _ => run,
    }
}

fn pairs(run: &str, tokens: &mut Vec<String>) {
    let signs: Vec<char> = run.chars().collect();
    match signs.as_slice() {
        [] => {}
        [one] => tokens.push(one.to_string()),
        several => tokens.extend(several.windows(2).map(|pair| pair.iter().collect::<String>())),
    }
}

/// Words of a run without kana and kanji.
fn words(run: &str, tokens: &mut Vec<String>) {
    for chunk in run.split_whitespace() {
        let parts: Vec<&str> = chunk.split('-').map(trimmed).filter(|part| !part.is_empty()).collect();
        for part in &parts {
            word(part, tokens);
        }
        if parts.len() > 1 {
            tokens.push(parts.concat().to_lowercase());
        }
    }
}

/// A word, and where it is an identifier its parts.
fn word(word: &str, tokens: &mut Vec<String>) {
    tokens.push(word.to_lowercase());
    let parts: Vec<String> = word
        .split([
            '.', '_', '/', '\'', ':', '(', ')', ',', ';', '=', '"', '[', ']', '{', '}', '<', '>', '|', '@',
            '#',
        ])
        .flat_map(humps)
        .map(|part| trimmed(&part).to_lowercase())
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() > 1 {
        tokens.extend(parts);
    }
}

/// `PodDisruptionBudget` → Pod, Disruption, Budget; `HTTPServer` → HTTP, Server.
fn humps(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut parts = Vec::new();
    let mut part = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(at + 1);
        let begins = letter.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || (before.is_uppercase() && after.is_some_and(|after| after.is_lowercase()))
            });
        if begins && !part.is_empty() {
            parts.push(std::mem::take(&mut part));
        }
        part.push(*letter);
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

/// Without what is no letter and no digit at the ends.
fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}
