//! The stamp of a review, written into a file whose every other byte stays as it is.

use std::ops::Range;

use jiff::civil::Date;

use crate::diag::{Diagnostics, FilePath, Name, Span};
use crate::parse::front::split;
use crate::yaml::{self, Budget, Content};

/// A replacement of a part of the text.
type Edit = (Range<usize>, String);

/// The markdown file `text` with `reviewed: <day>` and `reviewed_against:` in its front matter, which it gets
/// if it has none. `None` when the front matter cannot be read, or is a map in braces, which has no lines.
pub fn stamp(text: &str, file: &FilePath, day: Date, against: &[(String, String)]) -> Option<String> {
    let mut unheard = Diagnostics::new();
    let Some(range) = split(text, file, &mut unheard).yaml else {
        let line_end = line_end_of(text);
        let lines = lines(day, against, "", line_end).concat();
        return Some(format!("---{line_end}{lines}---{line_end}{line_end}{text}"));
    };
    let front = text.get(range.clone())?;
    let node = yaml::parse(front, file, range.start, Budget::FRONT_MATTER, &mut unheard)?;
    let entries = match &node.value {
        Content::Map(entries) if !front.trim_start().starts_with('{') => entries.as_slice(),
        Content::Null => &[],
        _ => return None,
    };
    let indent = entries.first().map_or("", |(key, _)| indent_of(text, key));
    let [reviewed, reviewed_against] = lines(day, against, indent, line_end_of(text));
    let find = |name: &str| entries.iter().find(|(key, _)| key.value == name);

    let mut edits: Vec<Edit> = Vec::new();
    let below_reviewed = match find("reviewed") {
        Some((key, value)) => {
            edits.push(match &value.value {
                Content::Scalar { .. } => (value.span.range(), day.to_string()),
                // The key alone, whose value was never written.
                _ => (after_colon(text, key)?, format!(" {day}")),
            });
            next_line(text, key.span.range().end.max(value.span.range().end))
        }
        None => {
            edits.push((range.end..range.end, reviewed));
            range.end
        }
    };
    match find("reviewed_against") {
        Some((key, value)) => {
            let end = next_line(text, key.span.range().end.max(value.span.range().end));
            edits.push((key.span.range().start - indent.len()..end, reviewed_against));
        }
        None => edits.push((below_reviewed..below_reviewed, reviewed_against)),
    }
    apply(text, edits)
}

/// The YAML file `text` with `day` in the place of each of the dates at `spans`, which keep their quotes.
pub fn restamp(text: &str, spans: &[&Span], day: Date) -> Option<String> {
    let edits = spans.iter().map(|span| {
        let quote = match text.get(span.range()).and_then(|written| written.chars().next()) {
            Some(quote @ ('"' | '\'')) => quote.to_string(),
            _ => String::new(),
        };
        (span.range(), format!("{quote}{day}{quote}"))
    });
    apply(text, edits.collect())
}

/// The two keys, each with its lines.
fn lines(day: Date, against: &[(String, String)], indent: &str, line_end: &str) -> [String; 2] {
    let reviewed = format!("{indent}reviewed: {day}{line_end}");
    let mut reviewed_against = format!("{indent}reviewed_against:{line_end}");
    for (name, hash) in against {
        reviewed_against.push_str(&format!("{indent}  {name}: {hash}{line_end}"));
    }
    [reviewed, reviewed_against]
}

/// Edits at one place stay in their order.
fn apply(text: &str, mut edits: Vec<Edit>) -> Option<String> {
    edits.sort_by_key(|(range, _)| range.start);
    let mut edited = String::with_capacity(text.len() + 1024);
    let mut at = 0;
    for (range, new) in edits {
        edited.push_str(text.get(at..range.start)?);
        edited.push_str(&new);
        at = range.end;
    }
    edited.push_str(text.get(at..)?);
    Some(edited)
}

/// What stands before a key on its line.
fn indent_of<'a>(text: &'a str, key: &Name) -> &'a str {
    let before = text.get(..key.span.range().start).unwrap_or_default();
    before.get(before.rfind('\n').map_or(0, |end| end + 1)..).unwrap_or_default()
}

/// The place right behind the colon of a key.
fn after_colon(text: &str, key: &Name) -> Option<Range<usize>> {
    let end = key.span.range().end;
    let at = end + text.get(end..)?.find(':')? + 1;
    Some(at..at)
}

/// Where the line after the one that holds byte `at` begins.
fn next_line(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.find('\n').map_or(rest.len(), |end| end + 1)
}

fn line_end_of(text: &str) -> &'static str {
    let first = text.find('\n').and_then(|end| text.get(..end)).unwrap_or_default();
    if first.ends_with('\r') { "\r\n" } else { "\n" }
}
