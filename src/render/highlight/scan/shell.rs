//! Shell commands, and sessions: commands after a prompt, with their output between them.

use super::{Cursor, FAR, is_blank, is_word};
use crate::render::highlight::class::Class;
use crate::render::highlight::paint::Painter;

/// A script.
pub fn highlight(text: &str) -> String {
    let mut painter = Painter::new(text.len());
    script(text, &mut painter);
    painter.finish()
}

/// What a terminal showed: where lines start with `$ `, the others are output. Without any prompt
/// the whole is a script.
pub fn session(text: &str) -> String {
    let is_prompt = |line: &str| line.starts_with("$ ");
    if !text.lines().any(is_prompt) {
        return highlight(text);
    }
    let mut painter = Painter::new(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let mut length = 0;
        for line in rest.split_inclusive('\n') {
            length += line.len();
            if !is_prompt(rest) || !line.trim_end().ends_with('\\') {
                break;
            }
        }
        let (entry, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        if is_prompt(entry) {
            script(entry, &mut painter);
        } else {
            painter.add(entry, Class::Plain);
        }
        rest = after;
    }
    painter.finish()
}

/// Paints `text` as a script of its own.
pub fn script(text: &str, painter: &mut Painter) {
    let mut scanner = Scanner {
        cursor: Cursor::new(text),
        painter,
        open: Vec::new(),
        expects_command: true,
        documents: Vec::new(),
        at_word: true,
        awaits_in: None,
        cases: 0,
        in_pattern: false,
    };
    scanner.cursor.starts_with("$ ").then(|| scanner.paint(1, Class::Comment));
    while !scanner.cursor.rest().is_empty() {
        scanner.step();
    }
}

struct Scanner<'a, 'p> {
    cursor: Cursor<'a>,
    painter: &'p mut Painter,
    /// What must be closed, outermost first.
    open: Vec<Open>,
    /// Whether the next word is the name of a command.
    expects_command: bool,
    /// The here-documents that begin on the next line.
    documents: Vec<HereDocument<'a>>,
    /// Whether a word may begin here, so that `#` begins a comment.
    at_word: bool,
    /// Between `for`, `select` or `case` and their `in`.
    awaits_in: Option<Head>,
    /// The `case`s not yet ended.
    cases: usize,
    /// Where a `case` has a pattern, up to `)`.
    in_pattern: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    /// `"`
    Quote,
    /// `$(` or `(`
    Parenthesis,
    /// `$((` and `((`, where words are names
    Arithmetic,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Head {
    Loop,
    Case,
}

#[derive(Clone, Copy, Debug)]
struct HereDocument<'a> {
    end: &'a str,
    /// Unquoted, so that variables are filled in.
    has_variables: bool,
}

impl<'a> Scanner<'a, '_> {
    fn step(&mut self) {
        if self.open.last() == Some(&Open::Quote) {
            self.quoted();
            return;
        }
        let byte = self.cursor.byte(0);
        match byte {
            b' ' | b'\t' => {
                let length = self.cursor.length_while(is_blank);
                self.paint(length, Class::Plain);
                self.at_word = true;
            }
            b'\n' => self.end_line(),
            b'\\' => self.escape(Class::Plain),
            b'#' if self.at_word => {
                let comment = self.cursor.take_line();
                self.painter.add(comment, Class::Comment);
            }
            b'"' => {
                self.paint(1, Class::String);
                self.open.push(Open::Quote);
                self.begin_argument();
            }
            b'\'' => {
                let length =
                    memchr::memchr(b'\'', self.cursor.rest().get(1..).unwrap_or_default().as_bytes());
                self.paint(length.map_or(self.cursor.rest().len(), |length| length + 2), Class::String);
                self.begin_argument();
            }
            b'$' => self.dollar(Class::Plain),
            b'(' | b')' => self.parenthesis(byte),
            b'|' | b'&' | b';' | b'`' if !self.cursor.starts_with("&>") => {
                self.in_pattern |= self.cases > 0 && self.cursor.starts_with(";;");
                let length = if self.cursor.starts_with(";;") { 2 } else { 1 };
                self.paint(length, Class::Plain);
                self.expects_command = true;
                self.at_word = true;
            }
            b'<' if self.cursor.starts_with("<<") && self.open.last() != Some(&Open::Arithmetic) => {
                self.here()
            }
            b'<' | b'>' | b'&' => {
                let length = self.cursor.length_while(|byte| matches!(byte, b'<' | b'>' | b'&'));
                self.paint(length, Class::Plain);
                self.at_word = true;
            }
            _ => self.word(),
        }
    }

    fn paint(&mut self, length: usize, class: Class) {
        let text = self.cursor.take(length);
        self.painter.add(text, class);
    }

    fn begin_argument(&mut self) {
        self.expects_command = false;
        self.at_word = false;
    }

    /// A backslash and what it escapes; before a line's end it joins the lines.
    fn escape(&mut self, class: Class) {
        self.paint(1, class);
        if self.cursor.byte(0) == b'\n' {
            self.paint(1, Class::Plain);
            self.at_word = true;
        } else {
            let character = self.cursor.take_char();
            self.painter.add(character, class);
            self.at_word = false;
        }
    }

    fn end_line(&mut self) {
        self.paint(1, Class::Plain);
        for document in std::mem::take(&mut self.documents) {
            self.document(document);
        }
        self.expects_command = true;
        self.at_word = true;
        if self.cursor.starts_with("$ ") {
            self.paint(1, Class::Comment);
        }
    }

    /// Inside double quotes, up to their end or the next variable or command.
    fn quoted(&mut self) {
        let length = self.cursor.length_while(|byte| !matches!(byte, b'"' | b'\\' | b'$'));
        self.paint(length, Class::String);
        match self.cursor.byte(0) {
            b'"' => {
                self.paint(1, Class::String);
                self.open.pop();
            }
            b'\\' => self.escape(Class::String),
            b'$' => self.dollar(Class::String),
            _ => {}
        }
    }

    /// `$name`, `${name:-default}`, `$(command)`, `$((1 + 2))`, `$1`, `$?`; else a mere dollar.
    fn dollar(&mut self, otherwise: Class) {
        let next = self.cursor.byte(1);
        match next {
            b'(' if self.cursor.byte(2) == b'(' => {
                self.paint(3, Class::Plain);
                self.open.push(Open::Arithmetic);
            }
            b'(' => {
                self.paint(2, Class::Plain);
                self.open.push(Open::Parenthesis);
                self.expects_command = true;
                self.at_word = true;
                return;
            }
            b'{' => {
                let length = self.braces_length();
                self.paint(length, Class::Variable);
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                let mut after = self.cursor;
                after.take(1);
                self.paint(
                    1 + after.length_while(|byte| byte.is_ascii_alphanumeric() || byte == b'_'),
                    Class::Variable,
                );
            }
            b'0'..=b'9' | b'?' | b'#' | b'@' | b'$' | b'!' | b'-' | b'*' => self.paint(2, Class::Variable),
            _ => self.paint(1, otherwise),
        }
        self.begin_argument();
    }

    /// The length of `${…}`, braces inside it included; without an end only of `${`.
    fn braces_length(&self) -> usize {
        let mut depth = 0usize;
        for (at, byte) in self.cursor.rest().bytes().enumerate().take(FAR) {
            match byte {
                b'{' => depth += 1,
                b'}' if depth == 1 => return at + 1,
                b'}' => depth = depth.saturating_sub(1),
                b'\n' => break,
                _ => {}
            }
        }
        2
    }

    fn parenthesis(&mut self, byte: u8) {
        if byte == b'(' {
            let is_arithmetic = self.cursor.byte(1) == b'(' && self.expects_command;
            self.paint(if is_arithmetic { 2 } else { 1 }, Class::Plain);
            self.open.push(if is_arithmetic { Open::Arithmetic } else { Open::Parenthesis });
            self.expects_command = !is_arithmetic;
            self.at_word = true;
            return;
        }
        if self.in_pattern {
            self.in_pattern = false;
            self.paint(1, Class::Plain);
            self.expects_command = true;
            self.at_word = true;
            return;
        }
        match self.open.pop() {
            Some(Open::Arithmetic) => {
                self.paint(if self.cursor.byte(1) == b')' { 2 } else { 1 }, Class::Plain);
                self.begin_argument();
            }
            Some(_) => {
                self.paint(1, Class::Plain);
                self.begin_argument();
                // `name() command`
                self.expects_command = !self.open.contains(&Open::Quote);
            }
            None => {
                self.paint(1, Class::Plain);
                self.expects_command = true;
                self.at_word = true;
            }
        }
    }

    /// `<<EOF`, `<<-'EOF'`; `<<<` is an ordinary operator.
    fn here(&mut self) {
        if self.cursor.byte(2) == b'<' {
            self.paint(3, Class::Plain);
            self.at_word = true;
            return;
        }
        self.paint(if self.cursor.byte(2) == b'-' { 3 } else { 2 }, Class::Plain);
        let blanks = self.cursor.length_while(is_blank);
        self.paint(blanks, Class::Plain);
        let quote = self.cursor.byte(0);
        let is_quoted = matches!(quote, b'\'' | b'"');
        let mut inside = self.cursor;
        inside.take(usize::from(is_quoted));
        let end = inside.take_while(|byte| is_word(byte) || matches!(byte, b'-' | b'.'));
        if end.is_empty() {
            return;
        }
        let is_closed = is_quoted && inside.byte(0) == quote;
        self.paint(end.len() + usize::from(is_quoted) + usize::from(is_closed), Class::Keyword);
        self.documents.push(HereDocument { end, has_variables: !is_quoted });
    }

    /// A here-document: lines up to the one that holds only its end.
    fn document(&mut self, document: HereDocument<'a>) {
        while !self.cursor.rest().is_empty() {
            let mut line = Cursor::new(self.cursor.take_line());
            if line.rest().trim() == document.end {
                self.painter.add(line.rest(), Class::Keyword);
                self.paint(1, Class::Plain);
                return;
            }
            while document.has_variables && !line.rest().is_empty() {
                let text = line.take_while(|byte| byte != b'$');
                self.painter.add(text, Class::String);
                let after = std::mem::replace(&mut self.cursor, line);
                match self.cursor.byte(1) {
                    b'{' | b'_' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => self.dollar(Class::String),
                    _ => self.paint(1, Class::String),
                }
                line = std::mem::replace(&mut self.cursor, after);
            }
            self.painter.add(line.rest(), Class::String);
            self.paint(1, Class::Plain);
        }
    }

    fn word(&mut self) {
        let is_arithmetic = self.open.last() == Some(&Open::Arithmetic);
        let length = self.cursor.length_while(|byte| {
            !(b" \t\n\\\"'$()|&;`<>".contains(&byte) || is_arithmetic && b"+*/%=,!-".contains(&byte))
        });
        let word = self.cursor.rest().get(..length).unwrap_or_default();
        if word.is_empty() {
            self.paint(1, Class::Plain);
            return;
        }
        if is_arithmetic {
            let class =
                if word.bytes().all(|byte| byte.is_ascii_digit()) { Class::Number } else { Class::Plain };
            self.paint(length, class);
        } else if self.in_pattern && word != "esac" {
            self.paint(length, Class::Plain);
        } else if self.at_word && self.expects_command {
            self.command(word);
        } else if self.at_word && word == "in" && self.awaits_in.is_some() {
            self.paint(length, Class::Keyword);
            self.in_pattern = self.awaits_in.take() == Some(Head::Case);
        } else if self.at_word && word.len() > 1 && word.starts_with('-') {
            let option = word.find('=').unwrap_or(length);
            self.paint(option, Class::Attribute);
            self.paint(length - option, Class::Plain);
        } else {
            self.paint(length, Class::Plain);
        }
        self.at_word = false;
    }

    /// A word where the name of a command is expected.
    fn command(&mut self, word: &str) {
        let name = Cursor::new(word).length_while(is_word);
        if name > 0 && word.get(name..).is_some_and(|rest| rest.starts_with('=') || rest.starts_with("+=")) {
            // `NAME=value command`: the command is still to come.
            self.paint(name, Class::Variable);
            self.paint(word.len() - name, Class::Plain);
            return;
        }
        match word {
            "for" | "select" => self.awaits_in = Some(Head::Loop),
            "case" => {
                self.awaits_in = Some(Head::Case);
                self.cases += 1;
            }
            "esac" => {
                self.cases = self.cases.saturating_sub(1);
                self.in_pattern = false;
            }
            _ => {}
        }
        self.paint(word.len(), command_class(word));
        self.expects_command = matches!(
            word,
            "if" | "then"
                | "else"
                | "elif"
                | "while"
                | "until"
                | "do"
                | "function"
                | "time"
                | "sudo"
                | "exec"
                | "env"
                | "!"
                | "{"
                | "}"
        );
    }
}

/// The class of the word where a command is expected.
fn command_class(word: &str) -> Class {
    match word {
        "if" | "then" | "else" | "elif" | "fi" | "for" | "while" | "until" | "do" | "done" | "case"
        | "esac" | "in" | "function" | "select" | "time" | "return" | "break" | "continue" | "exit"
        | "local" | "export" | "declare" | "readonly" | "unset" | "set" | "shift" | "trap" | "source" => {
            Class::Keyword
        }
        _ if word.starts_with('-') => Class::Attribute,
        word if word.starts_with(|first: char| first.is_alphanumeric() || "_./~".contains(first)) => {
            Class::Function
        }
        _ => Class::Plain,
    }
}
