//! The sentence around a link.

use std::ops::Range;

/// The longest sentence kept, in characters.
const LONGEST: usize = 300;
/// What is kept before a link when its sentence is longer.
const BEFORE: usize = 120;

/// The sentences of a plain text: split behind `. ! ?` before a space, and behind `。！？`.
pub fn split(text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        if !matches!(c, '.' | '!' | '?' | '。' | '！' | '？') {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((at, closer)) = characters.next_if(|(_, c)| is_trailer(*c)) {
            end = at + closer.len_utf8();
        }
        let ends = !c.is_ascii() || characters.peek().is_none_or(|(_, next)| next.is_whitespace());
        if ends {
            sentences.push(start..end);
            start = end;
        }
    }
    if start < text.len() {
        sentences.push(start..text.len());
    }
    sentences
}

fn is_trailer(c: char) -> bool {
    matches!(c, ')' | ']' | '"' | '\'' | '”' | '’' | '」' | '』' | '）' | '】' | '!' | '?' | '！' | '？')
}

/// The sentence that byte `at` of `text` stands in, at most 300 characters around it.
pub fn around(text: &str, sentences: &[Range<usize>], at: usize) -> String {
    let found = sentences.partition_point(|sentence| sentence.end <= at);
    let Some(range) = sentences.get(found).or_else(|| sentences.last()) else { return String::new() };
    let sentence = text.get(range.clone()).unwrap_or_default();
    if sentence.len() <= LONGEST || sentence.chars().nth(LONGEST).is_none() {
        return sentence.trim().to_owned();
    }
    let before = text.get(range.start..at.max(range.start)).unwrap_or_default();
    let start = before.char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
    let rest = sentence.get(start..).unwrap_or_default();
    let mut kept = String::new();
    if start > 0 {
        kept.push('…');
    }
    let room = LONGEST - 2;
    match rest.char_indices().nth(room) {
        Some((end, _)) => {
            kept.push_str(rest.get(..end).unwrap_or_default().trim());
            kept.push('…');
        }
        None => kept.push_str(rest.trim()),
    }
    kept
}
