//! Languages of words, quotes and brackets, read by a [`Grammar`].

use super::grammar::{Escape, Grammar, Prefix, Quote};
use super::{Cursor, FAR, is_blank, is_word, number_length};
use crate::render::highlight::class::Class;
use crate::render::highlight::paint::Painter;

pub fn highlight(text: &str, grammar: &Grammar) -> String {
    let mut scanner = Scanner {
        cursor: Cursor::new(text),
        painter: Painter::new(text.len()),
        grammar,
        open: Vec::new(),
        expected: None,
        before: b'\n',
        after_value: false,
    };
    while !scanner.cursor.rest().is_empty() {
        scanner.step();
    }
    scanner.painter.finish()
}

struct Scanner<'a> {
    cursor: Cursor<'a>,
    painter: Painter,
    grammar: &'a Grammar,
    /// The quotes whose code we are in, outermost first, with the braces opened in each.
    open: Vec<(Quote, usize)>,
    /// The class of the next name, after a word that introduces one.
    expected: Option<Class>,
    /// The byte before this token, blanks aside; a line feed at the start of a line.
    before: u8,
    /// Whether a value has just ended, so that `/` divides.
    after_value: bool,
}

impl Scanner<'_> {
    /// Paints the next token.
    fn step(&mut self) {
        let byte = self.cursor.byte(0);
        if is_blank(byte) {
            let blanks = self.cursor.take_while(is_blank);
            self.painter.add(blanks, Class::Plain);
        } else if byte.is_ascii_digit() {
            self.paint(number_length(&self.cursor), Class::Number);
            self.after_value = true;
        } else if is_word(byte) || byte == b'$' {
            self.word();
        } else if byte == b'\n' {
            self.end_line();
        } else if !self.comment() && !self.quote() && !self.special() {
            self.punctuation();
        }
    }

    fn paint(&mut self, length: usize, class: Class) {
        let text = self.cursor.take(length);
        self.painter.add(text, class);
        self.before = text.bytes().last().unwrap_or(self.before);
    }

    fn end_line(&mut self) {
        self.paint(1, Class::Plain);
        self.expected = None;
        // Code in a quote of one line ends with it, however it looks.
        while self.open.pop_if(|(quote, _)| !quote.many_lines).is_some() {}
    }

    fn word(&mut self) {
        let hyphens = self.grammar.traits.hyphens;
        let length =
            self.cursor.length_while(|byte| is_word(byte) || byte == b'$' || (hyphens && byte == b'-'));
        let word = self.cursor.rest().get(..length).unwrap_or_default();
        if length <= 2 && self.prefixed_quote(word) {
            return;
        }
        let expected = self.expected.take();
        let next = self.cursor.byte(length);
        // What follows a dot is a member, even if it is called `type` or `match`.
        let own = if self.before == b'.' && word != "await" { Class::Plain } else { self.own_class(word) };
        let capitals = if self.grammar.traits.capitals { by_capitals(word) } else { Class::Plain };
        let class = match own {
            Class::Plain if expected.is_some() => expected.unwrap_or(own),
            Class::Plain if capitals == Class::Type => capitals,
            Class::Plain if next == b'(' => Class::Function,
            Class::Plain
                if self.grammar.traits.rust && next == b'!' && self.cursor.byte(length + 1) != b'=' =>
            {
                self.paint(length + 1, Class::Function);
                return;
            }
            Class::Plain if self.is_key(length, b'=') => Class::Attribute,
            Class::Plain => capitals,
            // The key of an object may be called `type` or `from`.
            Class::Keyword
                if self.grammar.traits.regular_expressions && next == b':' && word != "default" =>
            {
                Class::Plain
            }
            own => own,
        };
        self.expected = (self.grammar.introduces)(word).filter(|_| class == Class::Keyword);
        self.after_value = class != Class::Keyword;
        self.paint(length, class);
    }

    fn own_class(&self, word: &str) -> Class {
        // No language has a longer word.
        if self.grammar.traits.any_case && word.len() < 20 {
            (self.grammar.word)(&word.to_ascii_lowercase())
        } else {
            (self.grammar.word)(word)
        }
    }

    /// Whether `sign` is what follows keys here, and follows in `length` bytes: `a = 1`, not `a == 1`.
    fn is_key(&self, length: usize, sign: u8) -> bool {
        if self.grammar.traits.key != Some(sign) {
            return false;
        }
        let mut after = self.cursor;
        after.take(length);
        let blanks = after.length_while(is_blank);
        after.byte(blanks) == sign && after.byte(blanks + 1) != b'='
    }

    fn comment(&mut self) -> bool {
        let grammar = self.grammar;
        if grammar.line_comments.iter().any(|mark| self.cursor.starts_with(mark)) {
            let line = self.cursor.take_line();
            self.painter.add(line, Class::Comment);
            return true;
        }
        let Some(comment) = grammar.block_comment.filter(|comment| self.cursor.starts_with(comment.open))
        else {
            return false;
        };
        let rest = self.cursor.rest();
        let mut depth = 0usize;
        let mut at = 0;
        while let Some(from) = rest.get(at..).filter(|from| !from.is_empty()) {
            if from.starts_with(comment.close) {
                at += comment.close.len();
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    break;
                }
            } else if from.starts_with(comment.open) && (comment.nests || depth == 0) {
                at += comment.open.len();
                depth += 1;
            } else {
                at += from.chars().next().map_or(1, char::len_utf8);
            }
        }
        let text = self.cursor.take(at);
        self.painter.add(text, Class::Comment);
        true
    }

    fn quote(&mut self) -> bool {
        let grammar = self.grammar;
        if grammar.traits.rust && self.cursor.byte(0) == b'\'' {
            self.character_or_lifetime();
            return true;
        }
        let Some(quote) = grammar.quotes.iter().find(|quote| self.cursor.starts_with(quote.open)) else {
            return false;
        };
        self.quoted(quote, quote.open.len());
        true
    }

    /// A quote with a word before it: `r#"…"#`, `f"…"`. If it is none, nothing is painted.
    fn prefixed_quote(&mut self, word: &str) -> bool {
        let grammar = self.grammar;
        let Some(prefix) = (grammar.prefix)(word) else { return false };
        let mut after = self.cursor;
        after.take(word.len());
        if prefix == Prefix::Hashes {
            let hashes = after.length_while(|byte| byte == b'#').min(255);
            if after.byte(hashes) != b'"' {
                return false;
            }
            let close = format!("\"{}", "#".repeat(hashes));
            let start = word.len() + hashes + 1;
            let inside = self.cursor.rest().get(start..).unwrap_or_default();
            let length = memchr::memmem::find(inside.as_bytes(), close.as_bytes())
                .map_or(inside.len(), |at| at + close.len());
            self.paint(start + length, Class::String);
            self.after_value = true;
            return true;
        }
        let Some(quote) = grammar.quotes.iter().find(|quote| after.starts_with(quote.open)) else {
            return false;
        };
        let code = if prefix == Prefix::Code { "{" } else { quote.code };
        self.quoted(&Quote { code, ..*quote }, word.len() + quote.open.len());
        true
    }

    /// A quote from its opening, `start` bytes long, or from where code inside it has ended.
    fn quoted(&mut self, quote: &Quote, start: usize) {
        let bytes = self.cursor.rest().as_bytes();
        let is_at =
            |at: usize, text: &str| bytes.get(at..).is_some_and(|from| from.starts_with(text.as_bytes()));
        let mut at = start;
        // Only ASCII is looked for, so `at` never stops inside a character.
        while let Some(byte) = bytes.get(at) {
            if *byte == b'\\' && quote.escape == Escape::Backslash {
                at += 2;
            } else if *byte == b'\n' && !quote.many_lines {
                break;
            } else if is_at(at, quote.close) {
                at += quote.close.len();
                if quote.escape != Escape::Doubled || !is_at(at, quote.close) {
                    break;
                }
                at += quote.close.len();
            } else if !quote.code.is_empty() && is_at(at, quote.code) {
                if quote.code == "{" && is_at(at, "{{") {
                    at += 2;
                    continue;
                }
                self.paint(at, Class::String);
                self.paint(quote.code.len(), Class::Plain);
                self.open.push((*quote, 0));
                self.after_value = false;
                return;
            } else {
                at += 1;
            }
        }
        let class = if start > 0 && self.is_key(at, b':') { Class::Attribute } else { Class::String };
        self.paint(at, class);
        self.after_value = true;
    }

    fn character_or_lifetime(&mut self) {
        let mut characters = self.cursor.rest().char_indices().skip(1);
        let first = characters.next().map(|(_, character)| character);
        let second = characters.next();
        if first == Some('\\') {
            // `'\n'`, `'\u{1f600}'`
            let end = self.cursor.rest().bytes().take(16).skip(3).position(|byte| byte == b'\'');
            self.paint(end.map_or(1, |end| end + 4), Class::String);
        } else if let Some((at, '\'')) = second {
            self.paint(at + 1, Class::String);
        } else {
            let mut after = self.cursor;
            after.take(1);
            self.paint(1 + after.length_while(is_word), Class::Keyword);
        }
        self.after_value = true;
    }

    /// What only some languages have.
    fn special(&mut self) -> bool {
        let traits = self.grammar.traits;
        let length = match self.cursor.byte(0) {
            b'@' if traits.annotations
                && (!self.after_value || self.before == b'\n')
                && is_word(self.cursor.byte(1)) =>
            {
                let mut after = self.cursor;
                after.take(1);
                self.paint(1 + after.length_while(|byte| is_word(byte) || byte == b'.'), Class::Attribute);
                return true;
            }
            b'#' if traits.rust => self.attribute_length(),
            b'[' if traits.sections && self.before == b'\n' => self.section_length(),
            b'<' if traits.here_documents => self.here_document_length(),
            b'/' if traits.regular_expressions && !self.after_value => self.regular_expression_length(),
            _ => None,
        };
        if let Some((length, class)) = length {
            self.paint(length, class);
            self.after_value = class == Class::String;
        }
        length.is_some()
    }

    /// `[section]` and `[[table]]`, alone on a line; an array has commas within or behind.
    fn section_length(&self) -> Option<(usize, Class)> {
        let line = self.cursor.rest().split(['\n', '#']).next().unwrap_or_default().trim_end();
        (line.ends_with(']') && !line.contains(',')).then_some((line.len(), Class::Heading))
    }

    /// `#[derive(Debug)]`, `#![allow(…)]`.
    fn attribute_length(&self) -> Option<(usize, Class)> {
        let bytes = self.cursor.rest().as_bytes();
        let start = if self.cursor.byte(1) == b'!' { 2 } else { 1 };
        if self.cursor.byte(start) != b'[' {
            return None;
        }
        let mut depth = 0usize;
        for (at, byte) in bytes.iter().enumerate().take(FAR).skip(start) {
            match byte {
                b'[' => depth += 1,
                b']' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some((at + 1, Class::Attribute));
            }
        }
        None
    }

    /// `<<-EOT` up to the line that holds only `EOT`.
    fn here_document_length(&self) -> Option<(usize, Class)> {
        let mut after = self.cursor;
        let sign = if after.starts_with("<<-") { 3 } else { 2 };
        if !after.take(sign).starts_with("<<") {
            return None;
        }
        let end = after.take_while(is_word);
        if end.is_empty() || after.byte(0) != b'\n' {
            return None;
        }
        let mut length = sign + end.len();
        for line in after.rest().split_inclusive('\n') {
            length += line.len();
            if line.trim() == end {
                // The line feed ends the line, not the document.
                return Some((length - usize::from(line.ends_with('\n')), Class::String));
            }
        }
        Some((length, Class::String))
    }

    /// `/^a[/]+$/gi`, on one line.
    fn regular_expression_length(&self) -> Option<(usize, Class)> {
        let bytes = self.cursor.rest().as_bytes();
        let mut in_set = false;
        let mut at = 1;
        while at < FAR {
            match bytes.get(at)? {
                b'\n' => return None,
                b'\\' => at += 1,
                b'[' => in_set = true,
                b']' => in_set = false,
                b'/' if !in_set => {
                    let mut after = self.cursor;
                    after.take(at + 1);
                    return Some((
                        at + 1 + after.length_while(|byte| byte.is_ascii_alphabetic()),
                        Class::String,
                    ));
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    fn punctuation(&mut self) {
        let byte = self.cursor.byte(0);
        if let Some((quote, braces)) = self.open.last_mut() {
            match byte {
                b'{' => *braces += 1,
                b'}' if *braces > 0 => *braces -= 1,
                b'}' => {
                    let quote = *quote;
                    self.open.pop();
                    self.paint(1, Class::Plain);
                    self.quoted(&quote, 0);
                    return;
                }
                _ => {}
            }
        }
        self.paint(1, Class::Plain);
        self.after_value = matches!(byte, b')' | b']' | b'}');
        // `func (s *Server) Serve` and `class<T> …` name nothing in between.
        self.expected = None;
    }
}

/// `Page` is a type, `PAGE_SIZE` a constant; one capital is a type: `T`.
fn by_capitals(word: &str) -> Class {
    let mut bytes = word.bytes();
    if !bytes.next().is_some_and(|first| first.is_ascii_uppercase()) {
        Class::Plain
    } else if word.len() > 1 && bytes.all(|byte| !byte.is_ascii_lowercase()) {
        Class::Constant
    } else {
        Class::Type
    }
}
