//! Finds where an address of this handbook begins in a text of any format, and how far it may go.

use std::ops::Range;

use memchr::memmem;

use super::link::{host, without_port};
use crate::config::BaseUrl;

/// How a text is written, as far as links are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Backslashes take the meaning from punctuation.
    Markdown,
    /// Entities stand for characters, as they do in markdown.
    Html,
    /// reStructuredText and plain text: nothing of the sort.
    Text,
    /// Double brackets are anchors.
    AsciiDoc,
    /// YAML and JSON: double brackets are lists of lists.
    Data,
}

impl Format {
    /// By the end of the file's name.
    pub fn of(path: &str) -> Self {
        match path.rsplit('.').next().map(str::to_ascii_lowercase).as_deref() {
            Some("md" | "mdx" | "markdown") => Self::Markdown,
            Some("html" | "htm") => Self::Html,
            Some("adoc") => Self::AsciiDoc,
            Some("yaml" | "yml" | "json") => Self::Data,
            _ => Self::Text,
        }
    }
}

/// Longer is no link; nobody could follow it.
const MAX_BYTES: usize = 2000;

/// A place where a link into this handbook begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    pub start: usize,
    /// Where the path begins.
    path: usize,
    /// It goes no further than this.
    end: usize,
    /// What stands around it says that it ends there: quotes, angle brackets, the parentheses of markdown.
    closed: bool,
}

/// Every place in `text` where a link to the host of `base` begins.
pub fn runs(text: &str, format: Format, base: &BaseUrl) -> Vec<Run> {
    let host = host(base);
    if host.is_empty() {
        return Vec::new();
    }
    // Some programs write slashes with backslashes into JSON, which means the same.
    let slashes = if format == Format::Data { &["//", "\\/\\/"][..] } else { &["//"] };
    let starts = slashes
        .iter()
        .flat_map(|slashes| memmem::find_iter(text.as_bytes(), slashes).map(|at| at..at + slashes.len()));
    starts.filter_map(|slashes| Run::at(text, slashes, host, format)).collect()
}

impl Run {
    /// `slashes`: where `//` stands.
    fn at(text: &str, slashes: Range<usize>, host: &str, format: Format) -> Option<Self> {
        let behind = slashes.end + host.len();
        if !text.get(slashes.end..behind)?.eq_ignore_ascii_case(host) {
            return None;
        }
        let before = text.get(..slashes.start)?;
        let start = match ["https:", "http:"].iter().find(|scheme| ends_with(before, scheme)) {
            Some(scheme) => slashes.start - scheme.len(),
            None => slashes.start,
        };
        let prose = text.get(..start)?;
        let opener = prose.chars().next_back();
        // The end of a line in a quoted text of JSON or YAML is a letter here.
        let ends_line =
            format == Format::Data && ["\\n", "\\r", "\\t"].iter().any(|end| prose.ends_with(end));
        let begins = match opener {
            _ if ends_line => true,
            _ if start == slashes.start => matches!(opener, Some('"' | '\'' | '(' | '<' | '=')),
            // Part of another word or address: `git+https://…`, `https://web.archive.org/web/https://…`.
            Some(c) => !(c.is_ascii_alphanumeric() || matches!(c, '/' | '+' | '-' | '.' | '%' | '@')),
            None => true,
        };
        let rest = without_port(text.get(behind..)?, host);
        let path = text.len() - rest.len();
        if !begins || !ends_host(rest) {
            return None;
        }
        let end = path + length(rest.get(..rest.floor_char_boundary(MAX_BYTES))?, opener, format);
        let next = text.get(end..)?.chars().next();
        let in_brackets = prose.ends_with("](");
        let closed = match opener {
            Some('"') => next == Some('"'),
            Some('\'') => next == Some('\''),
            Some('<') => next == Some('>'),
            Some('(') => in_brackets && next.is_none_or(|c| c == ')' || c.is_whitespace()),
            _ => false,
        };
        Some(Self { start, path, end, closed })
    }

    /// Where the link may end, the best first; and where it does if it leads nowhere anyway.
    pub fn ends(&self, text: &str) -> (Vec<usize>, usize) {
        let trimmed = |end: usize| {
            let link = text.get(self.path..end).unwrap_or_default();
            self.path + link.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~']).len()
        };
        let mut ends = match self.closed {
            true => vec![self.end, trimmed(self.end)],
            false => vec![trimmed(self.end), self.end],
        };
        // Prose in a script without spaces may follow at once. It holds no slashes and such; what does, is
        // taken for an address in that script.
        let rest = text.get(self.path..self.end).unwrap_or_default();
        let sign = rest.rfind(['/', '%', '#', '?']).map_or(self.path, |at| self.path + at);
        let may_end = |at: &usize| *at > sign && !text.get(..*at).is_some_and(|link| link.ends_with('#'));
        let places: Vec<usize> = rest
            .char_indices()
            .filter(|(_, c)| !c.is_ascii())
            .map(|(at, _)| self.path + at)
            .filter(may_end)
            .collect();
        ends.extend(places.iter().rev().flat_map(|at| [*at, trimmed(*at)]));
        let first_letter = rest.find(|c: char| !c.is_ascii()).map(|at| self.path + at);
        let otherwise = match first_letter.filter(may_end) {
            _ if self.closed => self.end,
            Some(at) => trimmed(at),
            None => trimmed(self.end),
        };
        (ends, otherwise)
    }
}

/// A link without the backslashes that a reader of the format takes away.
pub fn unescaped(link: &str, format: Format) -> String {
    match format {
        Format::Markdown | Format::Data => link.replace('\\', ""),
        _ => link.to_owned(),
    }
}

/// Whether the name of the host ends here: it goes on in `handbook.example.com.evil.example`.
fn ends_host(rest: &str) -> bool {
    let mut characters = rest.chars();
    match characters.next() {
        Some('.') => !characters.next().is_some_and(|c| c.is_ascii_alphanumeric() || c == '-'),
        Some(':') => !characters.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '@')),
        None => true,
    }
}

/// How many bytes of `rest` may belong to a link behind `opener`.
fn length(rest: &str, opener: Option<char>, format: Format) -> usize {
    let closer = match opener {
        Some('\'') => Some('\''),
        Some('"') => Some('"'),
        Some('<') => Some('>'),
        _ => None,
    };
    let mut depth = 0_u32;
    let mut escaped = false;
    let (mut in_query, mut in_anchor) = (false, false);
    for (at, c) in rest.char_indices() {
        let behind = rest.get(at + c.len_utf8()..).unwrap_or_default();
        if std::mem::take(&mut escaped) {
            continue;
        }
        let ends = match c {
            '<' | '>' | '"' | '`' | '{' | '}' | '|' | '^' | '[' | ']' => true,
            '\\' => {
                let is_harmless = |c: char| c.is_ascii_punctuation() && !"<>\"`{}|^[]\\".contains(c);
                escaped = match format {
                    Format::Markdown => behind.starts_with(is_harmless),
                    Format::Data => behind.starts_with('/'),
                    Format::Html | Format::Text | Format::AsciiDoc => false,
                };
                !escaped
            }
            '?' | '#' => {
                in_anchor |= c == '#';
                in_query = !in_anchor;
                false
            }
            '(' => {
                depth += 1;
                false
            }
            ')' => {
                let unbalanced = depth == 0 && closer.is_none();
                depth = depth.saturating_sub(1);
                unbalanced
            }
            '&' => matches!(format, Format::Html | Format::Markdown) && ends_by_entity(behind),
            // The next link, unless this one carries it (`?next=https://…`).
            'h' if !rest.get(..at).is_some_and(|link| link.ends_with('=')) => {
                behind.starts_with("ttp://") || behind.starts_with("ttps://")
            }
            c if closer.is_none() && is_punctuation(c) => true,
            // Whether a query leads somewhere nobody can tell, and people do not type them.
            c if closer.is_none() && in_query && !c.is_ascii() => true,
            c => {
                Some(c) == closer
                    || c.is_whitespace()
                    || c.is_control()
                    || matches!(c, '\u{200b}' | '\u{feff}')
            }
        };
        if ends {
            return at;
        }
    }
    rest.len()
}

/// `&quot;` and others that stand for what no address holds.
fn ends_by_entity(behind: &str) -> bool {
    let ends = ["quot;", "lt;", "gt;", "nbsp;", "apos;", "#34;", "#39;", "#x22;", "#x27;", "#60;", "#62;"];
    ends.iter().any(|entity| behind.get(..entity.len()).is_some_and(|name| name.eq_ignore_ascii_case(entity)))
}

/// Dashes, quotes and dots of other scripts than ASCII, brackets and stops of Chinese and Japanese.
fn is_punctuation(c: char) -> bool {
    matches!(
        c,
        '«' | '»' | '\u{2010}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}' | '\u{3030}'
            | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}'
    )
}

fn ends_with(text: &str, end: &str) -> bool {
    let start = text.len().saturating_sub(end.len());
    text.get(start..).is_some_and(|found| found.eq_ignore_ascii_case(end))
}
