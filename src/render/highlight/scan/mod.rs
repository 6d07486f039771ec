//! Scanners of our own for the languages a handbook is full of.
//!
//! syntect tries dozens of regular expressions at every token: 30,000 blocks take a minute, the
//! first block of TypeScript a third of a second. One pass over the bytes with a look at the next
//! few is some two hundred times faster, needs no preparation, and a dozen classes ask for no
//! more. The price is a table or a file for each language, so only the frequent ones are here:
//!
//! * [`code`] reads languages of words, quotes and brackets by a [`grammar`]: Rust, Go, Python, SQL, …
//! * [`yaml`], [`shell`], [`dockerfile`], [`ini`] and [`promql`] have rules of their own.
//!
//! All are forgiving: every byte is painted once, in order, whatever it is; a slip of the pen
//! colours its line wrongly, seldom more. Time and memory are linear: whoever looks further ahead
//! than the next blank is limited to [`FAR`].

pub mod code;
pub mod grammar;
pub mod yaml;
pub mod shell;
pub mod dockerfile;
pub mod ini;
pub mod promql;

/// How far a scanner looks ahead for an end that may be missing, in bytes.
const FAR: usize = 1024;

/// The text not yet painted.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    pub fn rest(&self) -> &'a str {
        self.rest
    }

    /// The byte `ahead` of the next one; 0 after the end, which no rule is about.
    pub fn byte(&self, ahead: usize) -> u8 {
        self.rest.as_bytes().get(ahead).copied().unwrap_or(0)
    }

    pub fn starts_with(&self, text: &str) -> bool {
        self.rest.starts_with(text)
    }

    /// The next `length` bytes; all of the rest if they would end inside a character.
    pub fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// The next character; nothing at the end.
    pub fn take_char(&mut self) -> &'a str {
        self.take(self.rest.chars().next().map_or(0, char::len_utf8))
    }

    /// As long as `goes_on` says so. It must answer alike for all bytes above ASCII, so that
    /// characters stay whole.
    pub fn take_while(&mut self, goes_on: impl FnMut(u8) -> bool) -> &'a str {
        self.take(self.length_while(goes_on))
    }

    pub fn length_while(&self, mut goes_on: impl FnMut(u8) -> bool) -> usize {
        self.rest.bytes().position(|byte| !goes_on(byte)).unwrap_or(self.rest.len())
    }

    /// Up to the end of the line, without its line feed.
    pub fn take_line(&mut self) -> &'a str {
        self.take(memchr::memchr(b'\n', self.rest.as_bytes()).unwrap_or(self.rest.len()))
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// Whether `byte` goes on a name. Everything above ASCII does: identifiers in Japanese are words.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// The length of a number that `cursor` stands at: `1_000`, `0x1f`, `2.5e-3`, `10u8`, `5m`.
fn number_length(cursor: &Cursor<'_>) -> usize {
    let bytes = cursor.rest.as_bytes();
    let is_hex = matches!(cursor.byte(1), b'x' | b'X');
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied().unwrap_or(0);
        let goes_on = match byte {
            b'.' => next.is_ascii_digit(),
            b'+' | b'-' => {
                !is_hex && next.is_ascii_digit() && matches!(bytes.get(at.wrapping_sub(1)), Some(b'e' | b'E'))
            }
            byte => byte.is_ascii_alphanumeric() || *byte == b'_',
        };
        if !goes_on {
            break;
        }
        at += 1;
    }
    at
}
