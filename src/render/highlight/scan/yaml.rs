//! YAML, also with the templates of Helm and Ansible in it.

use super::{Cursor, is_blank, number_length};
use crate::render::highlight::class::Class;
use crate::render::highlight::paint::Painter;

pub fn highlight(text: &str) -> String {
    let mut scanner =
        Scanner { cursor: Cursor::new(text), painter: Painter::new(text.len()), depth: 0, block: None };
    while !scanner.cursor.rest().is_empty() {
        scanner.line();
    }
    scanner.painter.finish()
}

struct Scanner<'a> {
    cursor: Cursor<'a>,
    painter: Painter,
    /// The open brackets and braces.
    depth: usize,
    /// Inside a block scalar (`|`, `>`): how far its lines are in at least.
    block: Option<usize>,
}

impl Scanner<'_> {
    fn line(&mut self) {
        let indent = self.cursor.length_while(is_blank);
        if let Some(least) = self.block {
            if indent >= least || self.cursor.byte(indent) == b'\n' {
                self.rest_of_line(Class::String);
                return;
            }
            self.block = None;
        }
        self.plain(indent);
        if indent == 0 && (self.cursor.starts_with("---") || self.cursor.starts_with("...")) {
            self.plain(3);
        } else if indent == 0 && self.cursor.byte(0) == b'%' {
            self.rest_of_line(Class::Comment);
            return;
        }
        if indent == 0 && !matches!(self.cursor.byte(0), b'}' | b']') {
            // A bracket left open far above is a slip of the pen.
            self.depth = 0;
        }
        let mut column = indent;
        let mut least = 0;
        while matches!(self.cursor.byte(0), b'-' | b'?') && is_end(self.cursor.byte(1)) && self.depth == 0 {
            least = column + 1;
            let mut after = self.cursor;
            after.take(1);
            let length = 1 + after.length_while(is_blank);
            self.plain(length);
            column += length;
        }
        self.nodes(column, least);
        self.plain(usize::from(self.cursor.byte(0) == b'\n'));
    }

    /// Keys and values up to the end of the line. A key would stand in `column`; a block scalar is
    /// at least `least` columns in, or further than its key.
    fn nodes(&mut self, column: usize, mut least: usize) {
        let mut after_blank = true;
        // A value has its indicators and its key only at its beginning.
        let mut at_start = true;
        while !self.cursor.rest().is_empty() {
            let byte = self.cursor.byte(0);
            match byte {
                b'\n' => return,
                b' ' | b'\t' => {
                    let blanks = self.cursor.take_while(is_blank);
                    self.painter.add(blanks, Class::Plain);
                    after_blank = true;
                    continue;
                }
                b'#' if after_blank => {
                    let comment = self.cursor.take_line();
                    self.painter.add(comment, Class::Comment);
                    return;
                }
                b'"' | b'\'' if at_start => {
                    self.quoted(byte);
                    at_start = false;
                }
                b'&' | b'*' if at_start && !is_end(self.cursor.byte(1)) => self.mark(Class::Variable),
                b'!' if at_start => self.mark(Class::Type),
                b'|' | b'>' if at_start && self.depth == 0 => {
                    let indicators =
                        self.cursor.take_while(|byte| byte.is_ascii_digit() || b"|>+-".contains(&byte));
                    self.painter.add(indicators, Class::Plain);
                    self.block = Some(least);
                    at_start = false;
                }
                b'{' | b'[' if at_start => {
                    self.plain(1);
                    self.depth += 1;
                }
                b'}' | b']' if self.depth > 0 => {
                    self.plain(1);
                    self.depth -= 1;
                    at_start = false;
                }
                b',' if self.depth > 0 => {
                    self.plain(1);
                    at_start = true;
                }
                b':' if is_end(self.cursor.byte(1)) || self.depth > 0 => {
                    self.plain(1);
                    least = column + 1;
                    at_start = true;
                }
                _ if at_start => {
                    self.scalar();
                    at_start = false;
                }
                _ => {
                    let character = self.cursor.take_char();
                    self.painter.add(character, Class::Plain);
                }
            }
            after_blank = false;
        }
    }

    /// A plain scalar: a key if a colon ends it, else a value.
    fn scalar(&mut self) {
        let length = self.scalar_length();
        let scalar = self.cursor.rest().get(..length).unwrap_or_default();
        let class = if self.is_key(length) {
            Class::Attribute
        } else {
            match scalar {
                "true" | "false" | "null" | "~" | "yes" | "no" | "on" | "off" | "True" | "False" | "Null"
                | "TRUE" | "FALSE" | "NULL" => Class::Constant,
                ".inf" | "-.inf" | ".nan" => Class::Number,
                _ if is_number(scalar) => Class::Number,
                _ => Class::Plain,
            }
        };
        let text = self.cursor.take(length);
        self.painter.add(text, class);
    }

    /// Up to what ends it: `: `, ` #`, the line, and between brackets also `,` and a bracket.
    fn scalar_length(&self) -> usize {
        let bytes = self.cursor.rest().as_bytes();
        let mut end = 0;
        for (at, byte) in bytes.iter().enumerate() {
            let next = bytes.get(at + 1).copied().unwrap_or(b'\n');
            match byte {
                b'\n' => break,
                b':' if is_end(next) || (self.depth > 0 && matches!(next, b',' | b'}' | b']')) => break,
                b'#' if end < at => break,
                b',' | b'{' | b'}' | b'[' | b']' if self.depth > 0 => break,
                b' ' | b'\t' | b'\r' => {}
                _ => end = at + 1,
            }
        }
        // Something must be taken, be it a stray bracket.
        end.max(self.cursor.rest().chars().next().map_or(0, char::len_utf8))
    }

    fn is_key(&self, length: usize) -> bool {
        let mut after = self.cursor;
        after.take(length);
        let blanks = after.length_while(is_blank);
        after.byte(blanks) == b':' && is_end(after.byte(blanks + 1))
    }

    /// A quoted scalar, which may go on over lines; left open, it ends at a blank line.
    fn quoted(&mut self, quote: u8) {
        let bytes = self.cursor.rest().as_bytes();
        let mut at = 1;
        while let Some(byte) = bytes.get(at) {
            let next = bytes.get(at + 1).copied();
            match byte {
                b'\\' if quote == b'"' => at += 1,
                b'\'' if quote == b'\'' && next == Some(b'\'') => at += 1,
                b'\n' if next == Some(b'\n') => break,
                byte if *byte == quote => {
                    at += 1;
                    break;
                }
                _ => {}
            }
            at += 1;
        }
        let at = at.min(bytes.len());
        let class = if self.is_key(at) { Class::Attribute } else { Class::String };
        let text = self.cursor.take(at);
        self.painter.add(text, class);
    }

    /// `&anchor`, `*alias`, `!tag`.
    fn mark(&mut self, class: Class) {
        let in_flow = self.depth > 0;
        let text = self.cursor.take_while(|byte| !(is_end(byte) || in_flow && b",]}".contains(&byte)));
        self.painter.add(text, class);
    }

    fn plain(&mut self, length: usize) {
        let text = self.cursor.take(length);
        self.painter.add(text, Class::Plain);
    }

    fn rest_of_line(&mut self, class: Class) {
        let line = self.cursor.take_line();
        self.painter.add(line, class);
        self.plain(usize::from(self.cursor.byte(0) == b'\n'));
    }
}

/// `5`, `-0.5`, `1e3`, `0x1f`, also `5m` and `250Mi`, which are numbers to the reader; but not
/// `2026-10-12`, `1.2.3` and `8f3ac2e`.
fn is_number(scalar: &str) -> bool {
    let unsigned = Cursor::new(scalar.strip_prefix(['+', '-']).unwrap_or(scalar));
    let is_whole = unsigned.byte(0).is_ascii_digit() && number_length(&unsigned) == unsigned.rest().len();
    let unit = unsigned
        .rest()
        .trim_start_matches(|character: char| character.is_ascii_digit() || "._".contains(character));
    is_whole
        && scalar.bytes().filter(|byte| *byte == b'.').count() < 2
        && (unit.len() <= 2 || unit.starts_with(['x', 'o', 'e', 'E']))
}

/// What ends a word, and with it makes `-` and `:` signs: a blank or the line's end.
fn is_end(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0)
}
