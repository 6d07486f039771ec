//! PromQL, which no syntax collection has: a small scanner.

use super::class::Class;
use super::paint::Painter;

/// Highlights a PromQL expression, or a rule's worth of them.
pub fn highlight(text: &str) -> String {
    let mut painter = Painter::new(text.len());
    let mut scanner = Scanner { rest: text, in_matchers: false, in_range: false };
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
    rest: &'a str,
    /// Between `{` and `}`, where names are labels.
    in_matchers: bool,
    /// Between `[` and `]`, where there are durations only.
    in_range: bool,
}

impl<'a> Scanner<'a> {
    fn next(&mut self) -> Option<(&'a str, Class)> {
        let first = self.rest.chars().next()?;
        match first {
            '#' => Some((self.take_line(), Class::Comment)),
            '"' | '\'' | '`' => Some((self.take_string(first), Class::String)),
            '0'..='9' => Some((self.take_number(), Class::Number)),
            '.' if self.rest.bytes().nth(1).is_some_and(|next| next.is_ascii_digit()) => {
                Some((self.take_number(), Class::Number))
            }
            'a'..='z' | 'A'..='Z' | '_' => {
                let name = self
                    .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'.'));
                Some((name, self.class_of(name)))
            }
            // Grafana's variables: `$__rate_interval`.
            '$' => Some((
                self.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$')),
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
                Some((self.take(first.len_utf8()), Class::Plain))
            }
        }
    }

    /// The class of a name just taken.
    fn class_of(&self, name: &str) -> Class {
        if self.in_matchers {
            return Class::Attribute;
        }
        let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(name));
        let is_called = self.rest.trim_start().starts_with('(');
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

    fn take_line(&mut self) -> &'a str {
        self.take(memchr::memchr(b'\n', self.rest.as_bytes()).unwrap_or(self.rest.len()))
    }

    /// A string with its quotes. Only backticks may hold line ends; another that is not closed on
    /// its line ends with it, so that a slip of the pen does not colour the rest.
    fn take_string(&mut self, quote: char) -> &'a str {
        let mut escaped = false;
        for (at, character) in self.rest.char_indices().skip(1) {
            match character {
                _ if escaped => escaped = false,
                '\\' if quote != '`' => escaped = true,
                '\n' if quote != '`' => return self.take(at),
                _ if character == quote => return self.take(at + 1),
                _ => {}
            }
        }
        self.take(self.rest.len())
    }

    /// `0.99`, `1e-3`, `0x1f`, and durations: `5m`, `1h30m`, and `5m:30s` between brackets.
    fn take_number(&mut self) -> &'a str {
        let mut before = b'0';
        let in_range = self.in_range;
        self.take_while(|byte| {
            let goes_on = byte.is_ascii_alphanumeric()
                || matches!(byte, b'.' | b'_')
                || (in_range && byte == b':')
                || (matches!(byte, b'+' | b'-') && matches!(before, b'e' | b'E'));
            before = byte;
            goes_on
        })
    }

    /// `goes_on` must accept ASCII only.
    fn take_while(&mut self, mut goes_on: impl FnMut(u8) -> bool) -> &'a str {
        self.take(self.rest.bytes().position(|byte| !goes_on(byte)).unwrap_or(self.rest.len()))
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (token, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        token
    }
}
