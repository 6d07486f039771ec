//! Where front matter ends and markdown begins.

use std::ops::Range;

use crate::diag::{Diagnostics, FilePath, Span};

/// The two parts of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The bytes between the `---` lines; `None` without front matter.
    pub yaml: Option<Range<usize>>,
    /// Whether a closing `---` was found. If not, `yaml` ends at the first empty line.
    pub closed: bool,
    /// The byte at which the markdown begins.
    pub body_start: usize,
}

/// Splits `text` at its front matter: from a first line `---` to the next line `---`.
pub fn split(text: &str, file: &FilePath, diagnostics: &mut Diagnostics) -> Split {
    let none = Split { yaml: None, closed: true, body_start: 0 };
    let first = line(text, 0);
    match first.content(text) {
        "---" => {}
        "+++" => return toml(text, first, file, diagnostics),
        _ => match late_opening(text) {
            Some(opening) => {
                diagnostics.front_not_at_start(Span::new(file, opening.trimmed(text)));
                return closing(text, opening.next, "---").unwrap_or(none);
            }
            None => return none,
        },
    }
    if let Some(split) = closing(text, first.next, "---") {
        return split;
    }
    let rest = text.get(first.next..).unwrap_or_default();
    if !rest.trim().is_empty() && !begins_with_key(rest) {
        // A thematic break at the top of a page without front matter.
        return none;
    }
    diagnostics.front_never_closed(Span::new(file, first.trimmed(text)));
    let mut end = first.next;
    while end < text.len() {
        let line = line(text, end);
        if line.content(text).is_empty() {
            break;
        }
        end = line.next;
    }
    Split { yaml: Some(first.next..end), closed: false, body_start: end }
}

/// A line of the text, ended by a line feed, a carriage return, or both.
#[derive(Clone, Copy)]
struct Line {
    start: usize,
    end: usize,
    /// Where the next line begins.
    next: usize,
}

impl Line {
    /// Without white space at its end.
    fn content(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default().trim_end()
    }

    fn trimmed(self, text: &str) -> Range<usize> {
        let content = self.content(text);
        let indent = content.len() - content.trim_start().len();
        self.start + indent..self.start + content.len()
    }
}

fn line(text: &str, start: usize) -> Line {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    match memchr::memchr2(b'\n', b'\r', rest) {
        None => Line { start, end: text.len(), next: text.len() },
        Some(length) => {
            let both = rest.get(length..length + 2) == Some(b"\r\n");
            Line { start, end: start + length, next: start + length + if both { 2 } else { 1 } }
        }
    }
}

/// The parts of a text whose front matter begins at `start`, if it is closed.
fn closing(text: &str, start: usize, fence: &str) -> Option<Split> {
    let mut at = start;
    while at < text.len() {
        let line = line(text, at);
        if line.content(text) == fence {
            return Some(Split { yaml: Some(start..at), closed: true, body_start: line.next });
        }
        at = line.next;
    }
    None
}

/// `---` below empty lines or behind a space, with keys below it: meant as front matter.
fn late_opening(text: &str) -> Option<Line> {
    let mut at = 0;
    while at < text.len() {
        let line = line(text, at);
        match line.content(text).trim_start() {
            "" => at = line.next,
            "---" if begins_with_key(text.get(line.next..)?) => {
                return closing(text, line.next, "---").map(|_| line);
            }
            _ => return None,
        }
    }
    None
}

/// Whether the first line with something on it reads `key:`.
fn begins_with_key(text: &str) -> bool {
    let line = text.trim_start().lines().next().unwrap_or_default();
    let key = line.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    key.len() < line.len() && key.trim_start().starts_with(':')
}

fn toml(text: &str, opening: Line, file: &FilePath, diagnostics: &mut Diagnostics) -> Split {
    diagnostics.front_toml(Span::new(file, opening.trimmed(text)));
    let body_start = closing(text, opening.next, "+++").map_or(opening.next, |split| split.body_start);
    Split { yaml: None, closed: true, body_start }
}
