//! PromQL, which no syntax collection has: a small scanner.

use super::{Cursor, is_blank};
use crate::render::highlight::class::Class;
use crate::render::highlight::paint::Painter;

/// Highlights a PromQL expression, or a rule's worth of them.
pub fn highlight(text: &str) -> String {
    let mut painter = Painter::new(text.len());
    let mut scanner = Scanner { cursor: Cursor::new(text), in_matchers: false, in_range: false };
    while let Some((token, class)) = scanner.next() {
        painter.add(token, class);
    }
    painter.finish()
}

/// Binary and modifying words; `by` and the like are words of the language only outside `{…}`.
const KEYWORDS: &[&str] = &[
    "and",
    "or",
    "unless",
    "atan2",
    "by",
    "without",
    "on",
    "ignoring",
    "group_left",
    "group_right",
    "offset",
    "bool",
    "start",
    "end",
    "smoothed",
    "anchored",
    "fill",
    "fill_left",
    "fill_right",
];

const CONSTANTS: &[&str] = &["inf", "nan"];

/// Aggregations are called with the grouping between name and parenthesis (`sum by (job) (…)`), so
/// they cannot be told from metrics by a parenthesis, as functions can.
const AGGREGATIONS: &[&str] = &[
    "sum",
    "min",
    "max",
    "avg",
    "group",
    "stddev",
    "stdvar",
    "count",
    "count_values",
    "bottomk",
    "topk",
    "quantile",
    "limitk",
    "limit_ratio",
];

struct Scanner<'a> {
    cursor: Cursor<'a>,
    /// Between `{` and `}`, where names are labels.
    in_matchers: bool,
    /// Between `[` and `]`, where there are durations only.
    in_range: bool,
}

impl<'a> Scanner<'a> {
    fn next(&mut self) -> Option<(&'a str, Class)> {
        let first = self.cursor.rest().chars().next()?;
        match first {
            '#' => Some((self.cursor.take_line(), Class::Comment)),
            '"' | '\'' | '`' => Some((self.take_string(first), Class::String)),
            '0'..='9' => Some((self.take_number(), Class::Number)),
            '.' if self.cursor.byte(1).is_ascii_digit() => Some((self.take_number(), Class::Number)),
            'a'..='z' | 'A'..='Z' | '_' => {
                let name = self
                    .cursor
                    .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'.'));
                Some((name, self.class_of(name)))
            }
            // Grafana's variables: `$__rate_interval`.
            '$' => Some((
                self.cursor.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$')),
                Class::Variable,
            )),
            _ => {
                match first {
                    '{' => self.in_matchers = true,
                    '}' => self.in_matchers = false,
                    '[' => self.in_range = true,
                    ']' => self.in_range = false,
                    _ => {}
                }
                Some((self.cursor.take_char(), Class::Plain))
            }
        }
    }

    /// The class of a name just taken.
    fn class_of(&self, name: &str) -> Class {
        if self.in_matchers {
            return Class::Attribute;
        }
        let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(name));
        let blanks = self.cursor.length_while(|byte| is_blank(byte) || byte == b'\n');
        let is_called = self.cursor.byte(blanks) == b'(';
        if is(KEYWORDS) {
            Class::Keyword
        } else if is(AGGREGATIONS) || is_called {
            Class::Function
        } else if is(CONSTANTS) {
            Class::Number
        } else {
            Class::Plain
        }
    }

    /// A string with its quotes. Only backticks may hold line ends; another that is not closed on
    /// its line ends with it, so that a slip of the pen does not colour the rest.
    fn take_string(&mut self, quote: char) -> &'a str {
        let mut escaped = false;
        for (at, character) in self.cursor.rest().char_indices().skip(1) {
            match character {
                _ if escaped => escaped = false,
                '\\' if quote != '`' => escaped = true,
                '\n' if quote != '`' => return self.cursor.take(at),
                _ if character == quote => return self.cursor.take(at + 1),
                _ => {}
            }
        }
        self.cursor.take(self.cursor.rest().len())
    }

    /// `0.99`, `1e-3`, `0x1f`, and durations: `5m`, `1h30m`, and `5m:30s` between brackets.
    fn take_number(&mut self) -> &'a str {
        let mut before = b'0';
        let in_range = self.in_range;
        self.cursor.take_while(|byte| {
            let goes_on = byte.is_ascii_alphanumeric()
                || matches!(byte, b'.' | b'_')
                || (in_range && byte == b':')
                || (matches!(byte, b'+' | b'-') && matches!(before, b'e' | b'E'));
            before = byte;
            goes_on
        })
    }
}
