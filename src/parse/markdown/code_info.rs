//! The information behind a code fence: `rust title="a b.rs" {1,3-5} linenos=10 diff file=../x region=name`.

use std::ops::{Range, RangeInclusive};

/// The attributes there are.
pub const ATTRIBUTES: [&str; 5] = ["title", "linenos", "diff", "file", "region"];

/// The highest line number that can be marked or started from.
const HIGHEST_LINE: u32 = 1_000_000;
/// The most ranges of marked lines in one block.
const MOST_RANGES: usize = 1_000;

/// The information, read. Ranges are bytes of the information itself.
#[derive(Debug, Default)]
pub struct Info {
    /// Lower case; empty when there is none.
    pub language: String,
    pub title: Option<String>,
    pub marked_lines: Vec<RangeInclusive<u32>>,
    pub first_line: Option<u32>,
    pub diff: bool,
    pub file: Option<(String, Range<usize>)>,
    pub region: Option<(String, Range<usize>)>,
    pub mistakes: Vec<Mistake>,
}

/// What is wrong, and where.
#[derive(Debug)]
pub enum Mistake {
    UnknownAttribute(String, Range<usize>),
    /// A line number or range that is none, in `{…}` or behind `linenos=`.
    BadLines(String, Range<usize>),
    /// A quote that is never closed, or a `{` without `}`.
    NotClosed(Range<usize>),
    /// `title`, `file` or `region` without `=` and a value.
    NoValue(String, Range<usize>),
    /// `region` without `file`.
    RegionWithoutFile(Range<usize>),
}

/// Reads the information behind a fence.
pub fn read(text: &str) -> Info {
    let mut info = Info::default();
    let mut scan = Scan { text, at: 0 };
    scan.skip_spaces();
    let first = scan.at
        ..scan.at
            + scan
                .rest()
                .find(|c: char| c.is_whitespace() || matches!(c, '{' | ',' | '='))
                .unwrap_or(scan.rest().len());
    let followed_by_value = text.get(first.end..).is_some_and(|rest| rest.starts_with('='));
    if !followed_by_value {
        info.language = text.get(first.clone()).unwrap_or_default().to_lowercase();
        scan.at = first.end;
    }
    loop {
        scan.skip_spaces();
        if scan.rest().is_empty() {
            break;
        }
        if scan.rest().starts_with('{') {
            marked_lines(&mut scan, &mut info);
        } else {
            attribute(&mut scan, &mut info);
        }
    }
    if let (None, Some((_, range))) = (&info.file, &info.region) {
        info.mistakes.push(Mistake::RegionWithoutFile(range.clone()));
    }
    info
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Scan<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Commas between attributes are how rustdoc and mdBook separate them.
    fn skip_spaces(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',').len();
    }
}

fn marked_lines(scan: &mut Scan<'_>, info: &mut Info) {
    let start = scan.at;
    let Some(length) = scan.rest().find('}') else {
        info.mistakes.push(Mistake::NotClosed(start..scan.text.len()));
        scan.at = scan.text.len();
        return;
    };
    scan.at = start + length + 1;
    let mut at = start + 1;
    for part in scan.text.get(at..start + length).unwrap_or_default().split(',') {
        let range = at..at + part.len();
        at = range.end + 1;
        match line_range(part.trim()) {
            Some(lines) if info.marked_lines.len() < MOST_RANGES => info.marked_lines.push(lines),
            _ => info.mistakes.push(Mistake::BadLines(part.trim().to_owned(), range)),
        }
    }
}

fn line_range(text: &str) -> Option<RangeInclusive<u32>> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (line_number(first.trim())?, line_number(last.trim())?);
    (first >= 1 && first <= last).then_some(first..=last)
}

fn line_number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| digits && *number <= HIGHEST_LINE)
}

fn attribute(scan: &mut Scan<'_>, info: &mut Info) {
    let start = scan.at;
    let rest = scan.rest();
    // `{` ends a key, so that `linenos{1}` reads as two things; a key is never empty, so we move on.
    let length = rest
        .char_indices()
        .skip(1)
        .find(|(_, c)| c.is_whitespace() || matches!(c, '=' | '{' | ','))
        .map_or(rest.len(), |(at, _)| at);
    let key = rest.get(..length).unwrap_or_default();
    let key_range = start..start + length;
    scan.at = key_range.end;
    let value = scan.rest().starts_with('=').then(|| {
        scan.at += 1;
        value(scan, info)
    });
    match (key, value) {
        ("title", Some((value, _))) => info.title = Some(value),
        ("file", Some(value)) => info.file = Some(value),
        ("region", Some(value)) => info.region = Some(value),
        ("title" | "file" | "region", None) => {
            info.mistakes.push(Mistake::NoValue(key.to_owned(), key_range))
        }
        ("linenos", None) => info.first_line = Some(1),
        ("linenos", Some((value, range))) => match line_number(&value) {
            Some(number) => info.first_line = Some(number),
            None => info.mistakes.push(Mistake::BadLines(value, range)),
        },
        ("diff", None) => info.diff = true,
        _ => info.mistakes.push(Mistake::UnknownAttribute(key.to_owned(), key_range)),
    }
}

/// A quoted value, or everything up to the next space.
fn value(scan: &mut Scan<'_>, info: &mut Info) -> (String, Range<usize>) {
    let rest = scan.rest();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (start, end, next) = match quote {
        Some(quote) => {
            let start = scan.at + 1;
            match rest.get(1..).and_then(|inner| inner.find(quote)) {
                Some(length) => (start, start + length, start + length + 1),
                None => {
                    info.mistakes.push(Mistake::NotClosed(scan.at..scan.text.len()));
                    (start, scan.text.len(), scan.text.len())
                }
            }
        }
        None => {
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            (scan.at, scan.at + length, scan.at + length)
        }
    };
    scan.at = next;
    (scan.text.get(start..end).unwrap_or_default().to_owned(), start..end)
}
