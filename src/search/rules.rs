//! The rules by which text becomes tokens, as data: read here, and handed to the browser in the router.

use std::collections::HashSet;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use serde::Deserialize;

/// The rules as they are written, and as the router repeats them.
pub const TEXT: &str = include_str!("rules.json");

/// The rules.
#[derive(Debug)]
pub struct Rules {
    /// By code point below U+10000.
    scripts: Vec<Script>,
    /// Kanji above.
    beyond: Vec<RangeInclusive<u32>>,
    /// Hyphens and minus signs of other alphabets and typefaces, all read as `-`.
    hyphens: Vec<RangeInclusive<u32>>,
    /// The long sound, which belongs to the kana before it.
    pub long: char,
    /// The dot between words of katakana, which means nothing.
    pub dot: char,
    /// Katakana of as many signs is looked for without a long sound at its end.
    pub long_from: usize,
    /// Hiragana of as many signs gives pairs.
    pub hiragana_from: usize,
    /// By ASCII character, whether it parts an identifier.
    splits: Vec<bool>,
    stop_words: HashSet<&'static str>,
    /// Endings and what replaces them, in the steps of Porter's algorithm; longer ones first where one
    /// ends in the other.
    pub second: Vec<(&'static str, &'static str)>,
    pub third: Vec<(&'static str, &'static str)>,
    pub fourth: Vec<&'static str>,
}

/// What is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    Other,
    Kanji,
    Katakana,
    Hiragana,
}

/// The only rules there are.
pub fn rules() -> &'static Rules {
    static RULES: LazyLock<Rules> = LazyLock::new(|| {
        let written: Written = serde_json::from_str(TEXT).expect("rules.json is part of the program");
        Rules::new(&written)
    });
    &RULES
}

#[derive(Deserialize)]
struct Written {
    hyphens: &'static str,
    kanji: &'static str,
    katakana: &'static str,
    hiragana: &'static str,
    long: char,
    dot: char,
    long_from: usize,
    hiragana_from: usize,
    splits: String,
    stop_words: &'static str,
    second: &'static str,
    third: &'static str,
    fourth: &'static str,
}

impl Rules {
    fn new(written: &Written) -> Self {
        let mut scripts = vec![Script::Other; 0x1_0000];
        for (text, script) in [
            (written.kanji, Script::Kanji),
            (written.katakana, Script::Katakana),
            (written.hiragana, Script::Hiragana),
        ] {
            for range in ranges(text) {
                let range = *range.start() as usize..=*range.end() as usize;
                scripts.get_mut(range).into_iter().for_each(|part| part.fill(script));
            }
        }
        Self {
            scripts,
            beyond: ranges(written.kanji).filter(|range| *range.start() > 0xFFFF).collect(),
            hyphens: ranges(written.hyphens).collect(),
            long: written.long,
            dot: written.dot,
            long_from: written.long_from,
            hiragana_from: written.hiragana_from,
            splits: ('\0'..='\u{7F}').map(|c| written.splits.contains(c)).collect(),
            stop_words: written.stop_words.split(' ').collect(),
            second: pairs(written.second),
            third: pairs(written.third),
            fourth: written.fourth.split(' ').collect(),
        }
    }

    pub fn script(&self, c: char) -> Script {
        let code = u32::from(c);
        match self.scripts.get(code as usize) {
            Some(script) => *script,
            None if self.beyond.iter().any(|range| range.contains(&code)) => Script::Kanji,
            None => Script::Other,
        }
    }

    /// Whether a character is the hyphen or a relative of it.
    pub fn is_hyphen(&self, c: char) -> bool {
        c == '-' || (!c.is_ascii() && self.hyphens.iter().any(|range| range.contains(&u32::from(c))))
    }

    pub fn is_split(&self, c: char) -> bool {
        self.splits.get(c as usize).copied().unwrap_or(false)
    }

    /// Words that stand on every page of English; the list is that of lunr 2.
    pub fn is_stop_word(&self, word: &str) -> bool {
        self.stop_words.contains(word)
    }
}

/// `2010-2015 2212` as ranges of code points.
fn ranges(text: &'static str) -> impl Iterator<Item = RangeInclusive<u32>> {
    let number = |text: &str| u32::from_str_radix(text, 16).unwrap_or_default();
    text.split(' ').map(move |range| match range.split_once('-') {
        Some((first, last)) => number(first)..=number(last),
        None => number(range)..=number(range),
    })
}

/// `ational:ate` as what ends and what replaces it.
fn pairs(text: &'static str) -> Vec<(&'static str, &'static str)> {
    text.split(' ').filter_map(|pair| pair.split_once(':')).collect()
}
