//! A small tokenizer for the writer's own HTML: enough to find addresses, ids and nesting, by the
//! rules browsers follow. It judges nothing; the cleaner behind it does.

use std::ops::Range;

/// One piece of HTML. Ranges are bytes of the text that was tokenized.
#[derive(Debug, PartialEq)]
pub enum Token {
    /// Character data, entities as written; also what stands inside `script` and the like.
    Text(Range<usize>),
    Tag(HtmlTag),
    /// A comment, declaration, processing instruction or CDATA section.
    Comment(Range<usize>),
    /// A tag or comment that is not finished: the rest of the text.
    Unfinished(Range<usize>),
}

/// A start tag or an end tag.
#[derive(Debug, PartialEq)]
pub struct HtmlTag {
    pub range: Range<usize>,
    /// As written; compare without case.
    pub name: Range<usize>,
    pub is_end: bool,
    pub attributes: Vec<Attribute>,
}

/// An attribute of a tag.
#[derive(Debug, PartialEq)]
pub struct Attribute {
    /// Name, equals sign and value with its quotes.
    pub range: Range<usize>,
    pub name: Range<usize>,
    /// Without quotes.
    pub value: Option<Range<usize>>,
}

/// Elements whose content is text up to their end tag, whatever it looks like.
const TEXT_ONLY: [&str; 9] =
    ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"];

/// Whether what stands inside the element is no prose, whatever it looks like.
pub fn is_text_only(name: &str) -> bool {
    TEXT_ONLY.into_iter().any(|text_only| name.eq_ignore_ascii_case(text_only))
}

/// The tokens of `html`, in order, without gaps.
pub fn tokens(html: &str) -> Tokens<'_> {
    Tokens { html, at: 0, text_until: None }
}

#[derive(Debug)]
pub struct Tokens<'h> {
    html: &'h str,
    at: usize,
    /// Inside an element of [`TEXT_ONLY`].
    text_until: Option<&'static str>,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let bytes = self.html.as_bytes();
        let start = self.at;
        if start >= bytes.len() {
            return None;
        }
        if let Some(name) = self.text_until.take() {
            let end = end_tag(self.html, start, name);
            if end > start {
                self.at = end;
                return Some(Token::Text(start..end));
            }
        }
        let rest = bytes.get(start..)?;
        let token = match markup(rest) {
            Some(Markup::Tag) => tag(bytes, start).map_or(Token::Unfinished(start..bytes.len()), Token::Tag),
            Some(Markup::Comment) => match comment_end(rest) {
                Some(length) => Token::Comment(start..start + length),
                None => Token::Unfinished(start..bytes.len()),
            },
            None => {
                let mut end = start + 1;
                while let Some(found) = bytes.get(end..).and_then(|rest| memchr::memchr(b'<', rest)) {
                    end += found;
                    if markup(bytes.get(end..).unwrap_or_default()).is_some() {
                        break;
                    }
                    end += 1;
                }
                let ended = bytes.get(end) == Some(&b'<') && end > start;
                Token::Text(start..if ended { end } else { bytes.len() })
            }
        };
        self.at = match &token {
            Token::Text(range) | Token::Comment(range) | Token::Unfinished(range) => range.end,
            Token::Tag(tag) => {
                if !tag.is_end {
                    let name = self.html.get(tag.name.clone()).unwrap_or_default();
                    self.text_until =
                        TEXT_ONLY.into_iter().find(|text_only| name.eq_ignore_ascii_case(text_only));
                }
                tag.range.end
            }
        };
        Some(token)
    }
}

enum Markup {
    Tag,
    Comment,
}

/// What the `<` at the beginning of `rest` begins; `None` for text.
fn markup(rest: &[u8]) -> Option<Markup> {
    match (rest.first()?, rest.get(1)?, rest.get(2)) {
        (b'<', next, _) if next.is_ascii_alphabetic() => Some(Markup::Tag),
        (b'<', b'/', Some(next)) if next.is_ascii_alphabetic() => Some(Markup::Tag),
        (b'<', b'!' | b'?' | b'/', _) => Some(Markup::Comment),
        _ => None,
    }
}

fn comment_end(rest: &[u8]) -> Option<usize> {
    let find = |from: usize, end: &[u8]| {
        rest.get(from..).and_then(|rest| memchr::memmem::find(rest, end)).map(|at| from + at + end.len())
    };
    if rest.starts_with(b"<!--") {
        if rest.starts_with(b"<!-->") {
            return Some(5);
        }
        if rest.starts_with(b"<!--->") {
            return Some(6);
        }
        return find(4, b"-->");
    }
    if rest.starts_with(b"<![CDATA[") {
        return find(9, b"]]>");
    }
    if rest.starts_with(b"<?") {
        return find(2, b"?>").or_else(|| find(2, b">"));
    }
    find(2, b">")
}

fn tag(bytes: &[u8], start: usize) -> Option<HtmlTag> {
    let is_end = bytes.get(start + 1) == Some(&b'/');
    let name_start = start + 1 + usize::from(is_end);
    let name_end = skip_while(bytes, name_start, |byte| !is_space(byte) && !matches!(byte, b'/' | b'>'));
    let mut attributes = Vec::new();
    let mut at = name_end;
    loop {
        at = skip_while(bytes, at, |byte| is_space(byte) || byte == b'/');
        if *bytes.get(at)? == b'>' {
            return Some(HtmlTag { range: start..at + 1, name: name_start..name_end, is_end, attributes });
        }
        let attribute = attribute(bytes, at)?;
        at = attribute.range.end;
        attributes.push(attribute);
    }
}

fn attribute(bytes: &[u8], start: usize) -> Option<Attribute> {
    // A `=` at the very beginning belongs to the name.
    let name_end =
        skip_while(bytes, start + 1, |byte| !is_space(byte) && !matches!(byte, b'/' | b'>' | b'='));
    let equals = skip_while(bytes, name_end, is_space);
    if *bytes.get(equals)? != b'=' {
        return Some(Attribute { range: start..name_end, name: start..name_end, value: None });
    }
    let value_start = skip_while(bytes, equals + 1, is_space);
    let (value, end) = match *bytes.get(value_start)? {
        quote @ (b'"' | b'\'') => {
            let length = memchr::memchr(quote, bytes.get(value_start + 1..)?)?;
            let value_end = value_start + 1 + length;
            (value_start + 1..value_end, value_end + 1)
        }
        b'>' => (value_start..value_start, value_start),
        _ => {
            let value_end = skip_while(bytes, value_start, |byte| !is_space(byte) && byte != b'>');
            (value_start..value_end, value_end)
        }
    };
    Some(Attribute { range: start..end, name: start..name_end, value: Some(value) })
}

fn skip_while(bytes: &[u8], start: usize, skip: impl Fn(u8) -> bool) -> usize {
    bytes.get(start..).map_or(start, |rest| start + rest.iter().take_while(|byte| skip(**byte)).count())
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)
}

/// Where the end tag of `name` begins, or the end of the text.
fn end_tag(html: &str, start: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let mut at = start;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memmem::find(rest, b"</")) {
        at += found;
        let end = at + 2 + name.len();
        let named = bytes.get(at + 2..end).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
        if named && bytes.get(end).is_none_or(|byte| is_space(*byte) || matches!(byte, b'/' | b'>')) {
            return at;
        }
        at += 2;
    }
    bytes.len()
}

/// The value of an attribute with its entities decoded: all numeric ones, and the named ones that
/// can matter in an address. Others stay as written, and are escaped when written again, so that
/// nothing can hide behind them.
pub fn decoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        let (c, length) = entity(rest).unwrap_or(('&', 1));
        out.push(c);
        rest = rest.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// The character that the entity at the beginning of `text` means, and the entity's length.
fn entity(text: &str) -> Option<(char, usize)> {
    if let Some(number) = text.strip_prefix("&#") {
        let (digits, radix, prefix) = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => (hexadecimal, 16, 3),
            None => (number, 10, 2),
        };
        let length = digits.bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
        let code = u32::from_str_radix(digits.get(..length.min(10))?, radix).ok()?;
        let c = char::from_u32(code).filter(|c| *c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER);
        let semicolon = usize::from(digits.as_bytes().get(length) == Some(&b';'));
        return Some((c, prefix + length + semicolon));
    }
    let name_length = text.get(1..)?.bytes().take(12).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let c = match text.get(1..1 + name_length)? {
        "amp" | "AMP" => '&',
        "lt" | "LT" => '<',
        "gt" | "GT" => '>',
        "quot" | "QUOT" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "Tab" => '\t',
        "NewLine" => '\n',
        "colon" => ':',
        "sol" => '/',
        "bsol" => '\\',
        "num" => '#',
        "quest" => '?',
        "period" => '.',
        "percnt" => '%',
        "equals" => '=',
        "plus" => '+',
        "comma" => ',',
        "lowbar" => '_',
        "hyphen" | "dash" => '-',
        "commat" => '@',
        "lpar" => '(',
        "rpar" => ')',
        "ZeroWidthSpace" => '\u{200B}',
        "shy" => '\u{AD}',
        _ => return None,
    };
    let semicolon = usize::from(text.as_bytes().get(1 + name_length) == Some(&b';'));
    Some((c, 1 + name_length + semicolon))
}
