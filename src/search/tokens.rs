//! Text → the tokens that are indexed and looked for; the same rules for pages and queries, and for both languages.
//!
//! Everything is NFKC and lower case first. Then text is cut into runs of one script:
//!
//! * kanji and katakana give overlapping pairs (`障害対応` → 障害, 害対, 対応), a run of one gives that one;
//!   the `・` inside katakana is dropped; a query is looked for without the last `ー` of four or more, so that
//!   サーバー finds サーバ (pages keep it, so that バー finds サーバー);
//! * hiragana separates; runs of three or more give pairs too, where that is asked for (titles, headings, and
//!   queries of nothing else);
//! * the rest is cut at white space and hyphens into words, which lose what is no letter or digit at their
//!   ends; `error-budget` also gives `errorbudget`, and an identifier its parts (`max_shards`, `PodDisruptionBudget`).
//!
//! No dictionary and no segmenter: they disagree with each other, and lose katakana compounds. The tables are in
//! `rules.json`, from which the browser's tokeniser (`tokens.js` of the theme) works too.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::rules::{Rules, Script, rules};

/// Whose text it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Page,
    Query,
}

/// What a token is of the word it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// All there is, or one of the least parts.
    Part,
    /// The whole of a word that also gives parts.
    Whole,
    /// A part that gives parts itself.
    Inner,
}

/// The tokens of `text`, in order. `hiragana`: whether runs of hiragana give pairs.
pub fn tokens(text: &str, side: Side, hiragana: bool) -> Vec<String> {
    let mut tokens = Vec::new();
    each_token(text, side, hiragana, &mut |token, _| tokens.push(token.to_owned()));
    tokens
}

/// Tells `take` the tokens of `text`, in order.
pub fn each_token(text: &str, side: Side, hiragana: bool, take: &mut impl FnMut(&str, Role)) {
    let mut cutter = Cutter { rules: rules(), side, hiragana, scratch: String::new(), parts: Vec::new() };
    // Nothing reaches over the end of a line: neither a composed character nor a word.
    for line in text.split('\n') {
        cutter.line(&normal(line), take);
    }
}

/// NFKC. Nearly all text is so already, which is told at a glance.
pub fn normal(line: &str) -> Cow<'_, str> {
    if line.is_ascii() {
        return Cow::Borrowed(line);
    }
    let mut simple = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '\0'..='\u{7F}'
            | '\u{B7}'
            | '\u{D7}'
            | '\u{E0}'..='\u{F6}'
            | '\u{2013}'..='\u{2014}'
            | '\u{2018}'..='\u{201F}'
            | '\u{2192}'
            | '\u{3001}'..='\u{3011}'
            | '\u{3041}'..='\u{3096}'
            | '\u{30A1}'..='\u{30FC}'
            | '\u{4E00}'..='\u{9FFF}' => simple.push(c),
            '\u{3000}' => simple.push(' '),
            // Full width.
            '\u{FF01}'..='\u{FF5E}' => simple.push(char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)),
            _ => return Cow::Owned(line.nfkc().collect()),
        }
    }
    Cow::Owned(simple)
}

struct Cutter {
    rules: &'static Rules,
    side: Side,
    hiragana: bool,
    scratch: String,
    /// Where the parts of the word at hand are.
    parts: Vec<Range<usize>>,
}

impl Cutter {
    fn line(&mut self, line: &str, take: &mut impl FnMut(&str, Role)) {
        let rules = self.rules;
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let script = rules.script(first);
            let length = rest
                .char_indices()
                .skip(1)
                .find(|(_, c)| !goes_on(rules, script, *c))
                .map_or(rest.len(), |(at, _)| at);
            let (run, behind) = rest.split_at(length);
            match script {
                Script::Kanji => pairs(run, take),
                Script::Katakana => self.katakana(run, take),
                Script::Hiragana => {
                    if self.hiragana && run.chars().count() >= rules.hiragana_from {
                        pairs(run, take);
                    }
                }
                Script::Other => self.words(run, take),
            }
            rest = behind;
        }
    }

    fn katakana(&mut self, run: &str, take: &mut impl FnMut(&str, Role)) {
        let rules = self.rules;
        let whole = if run.contains(rules.dot) {
            self.scratch.clear();
            self.scratch.extend(run.chars().filter(|c| *c != rules.dot));
            &self.scratch
        } else {
            run
        };
        match whole.strip_suffix(rules.long) {
            Some(short) if self.side == Side::Query && whole.chars().count() >= rules.long_from => {
                pairs(short, take);
            }
            _ => pairs(whole, take),
        }
    }

    /// Takes a word that is plainly one: lower case, or with a capital at its beginning. Nearly all are, and need no copy of their own.
    fn simple(&mut self, word: &str, take: &mut impl FnMut(&str, Role)) -> bool {
        let Some((first, rest)) = word.as_bytes().split_first() else { return true };
        let is_plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        if !rest.iter().all(is_plain) {
            return false;
        }
        if is_plain(first) {
            take(word, Role::Part);
            return true;
        }
        if first.is_ascii_uppercase() {
            self.scratch.clear();
            self.scratch.push_str(word);
            self.scratch.make_ascii_lowercase();
            take(&self.scratch, Role::Part);
            return true;
        }
        false
    }

    /// Words of a run without kana and kanji.
    fn words(&mut self, run: &str, take: &mut impl FnMut(&str, Role)) {
        for chunk in run.split_whitespace() {
            if self.simple(trimmed(chunk), take) {
                continue;
            }
            let rules = self.rules;
            let parts = || chunk.split(|c| rules.is_hyphen(c)).map(trimmed).filter(|part| !part.is_empty());
            let several = parts().nth(1).is_some();
            for part in parts() {
                self.word(part, if several { Role::Inner } else { Role::Whole }, take);
            }
            if several {
                take(&parts().collect::<String>().to_lowercase(), Role::Whole);
            }
        }
    }

    /// A word, and where it is an identifier its parts.
    fn word(&mut self, word: &str, role: Role, take: &mut impl FnMut(&str, Role)) {
        let Self { rules, parts, scratch, .. } = self;
        parts.clear();
        for piece in word.split(|c| rules.is_split(c)) {
            humps(piece, |hump| {
                let part = trimmed(piece.get(hump).unwrap_or_default());
                if !part.is_empty() {
                    let start = offset(word, part);
                    parts.push(start..start + part.len());
                }
            });
        }
        scratch.clear();
        if word.is_ascii() {
            scratch.push_str(word);
            scratch.make_ascii_lowercase();
        } else {
            scratch.push_str(&word.to_lowercase());
        }
        if parts.len() < 2 {
            take(scratch, Role::Part);
            return;
        }
        take(scratch, role);
        for part in parts.iter() {
            if word.is_ascii() {
                take(scratch.get(part.clone()).unwrap_or_default(), Role::Part);
            } else {
                take(&word.get(part.clone()).unwrap_or_default().to_lowercase(), Role::Part);
            }
        }
    }
}

/// Where a part of a text begins in it, by their addresses.
fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// A long sound belongs to the kana before it, a middle dot to katakana.
fn goes_on(rules: &Rules, script: Script, c: char) -> bool {
    match script {
        Script::Hiragana | Script::Katakana if c == rules.long => true,
        Script::Katakana if c == rules.dot => true,
        _ => rules.script(c) == script,
    }
}

/// Each sign with the one behind it; a sign that stands alone.
fn pairs(run: &str, take: &mut impl FnMut(&str, Role)) {
    let starts = || run.char_indices().map(|(at, _)| at).chain([run.len()]);
    match starts().nth(2) {
        None if run.is_empty() => {}
        None => take(run, Role::Part),
        Some(_) => {
            for (start, end) in starts().zip(starts().skip(2)) {
                take(run.get(start..end).unwrap_or_default(), Role::Part);
            }
        }
    }
}

/// `PodDisruptionBudget` → Pod, Disruption, Budget; `HTTPServer` → HTTP, Server.
fn humps(word: &str, mut take: impl FnMut(Range<usize>)) {
    let mut start = 0;
    let mut before: Option<char> = None;
    let mut letters = word.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map(|(_, after)| *after);
        let begins = letter.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase()
                    || (before.is_uppercase() && after.is_some_and(|after| after.is_lowercase()))
            });
        if begins {
            take(start..at);
            start = at;
        }
        before = Some(letter);
    }
    take(start..word.len());
}

/// Without what is no letter and no digit at the ends.
fn trimmed(word: &str) -> &str {
    if let (Some(first), Some(last)) = (word.bytes().next(), word.bytes().next_back())
        && first.is_ascii_alphanumeric()
        && last.is_ascii_alphanumeric()
    {
        return word;
    }
    word.trim_matches(|c: char| !c.is_alphanumeric())
}
