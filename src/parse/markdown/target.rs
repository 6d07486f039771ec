//! Where an address leads, as far as the file alone can tell.

use crate::model::Target;

/// What is wrong with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing but spaces.
    Empty,
    /// A scheme that could run code or leave the web; the scheme as a browser reads it.
    Scheme(String),
    /// `\\host\share`.
    NetworkPath,
}

/// A classified address.
#[derive(Clone, Debug, PartialEq)]
pub struct Classified {
    pub target: Target,
    pub refusal: Option<Refusal>,
    /// Whether it began with `//` and was read as `https://`.
    pub protocol_relative: bool,
}

/// Classifies `address`, in which entities and backslash escapes are already decoded.
///
/// The scheme is decided as a browser would: spaces and control characters do not count, nor does case.
pub fn classify(address: &str) -> Classified {
    let accepted = |target| Classified { target, refusal: None, protocol_relative: false };
    let refused =
        |refusal| Classified { target: Target::Refused, refusal: Some(refusal), protocol_relative: false };
    let address = address.trim_matches(is_ignored);
    if address.is_empty() {
        return refused(Refusal::Empty);
    }
    if let Some(scheme) = scheme(address) {
        return match scheme.as_str() {
            "http" | "https" | "mailto" | "tel" => accepted(Target::External(without_ignored(address))),
            _ => refused(Refusal::Scheme(scheme)),
        };
    }
    if let Some(fragment) = address.strip_prefix('#') {
        return accepted(Target::Fragment(percent_decoded(fragment)));
    }
    let mut start = address.chars().filter(|c| !is_ignored(*c) || *c == ' ');
    match (start.next(), start.next()) {
        (Some('\\'), Some('\\' | '/')) | (Some('/'), Some('\\')) => return refused(Refusal::NetworkPath),
        (Some('/'), Some('/')) => {
            let target = Target::External(format!("https:{}", without_ignored(address)));
            return Classified { target, refusal: None, protocol_relative: true };
        }
        _ => {}
    }
    let (path, fragment) = match address.split_once('#') {
        Some((path, fragment)) => (path, Some(percent_decoded(fragment))),
        None => (address, None),
    };
    // A query means nothing on a static site.
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    accepted(Target::Path { path: percent_decoded(path), fragment })
}

/// Reads what stands between `[[` and `]]` (before a `|`): `id`, `kind:id`, `id#fragment`.
pub fn wiki(text: &str) -> Target {
    let text = text.trim();
    let (name, fragment) = match text.split_once('#') {
        Some((name, fragment)) => (name.trim(), Some(fragment.trim().to_owned())),
        None => (text, None),
    };
    match name.split_once(':') {
        Some((kind, id)) => {
            Target::Wiki { kind: Some(kind.trim().to_owned()), id: id.trim().to_owned(), fragment }
        }
        None => Target::Wiki { kind: None, id: name.to_owned(), fragment },
    }
}

/// Characters that browsers drop from an address before they read it, and other invisible ones.
fn is_ignored(c: char) -> bool {
    c.is_control() || c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// The scheme, in lower case and without ignored characters, if the address has one.
fn scheme(address: &str) -> Option<String> {
    let mut scheme = String::new();
    for c in address.chars() {
        match c {
            ':' if scheme.is_empty() => return None,
            ':' => return Some(scheme),
            // Longer than any scheme: surely words that happen to hold a colon.
            _ if scheme.len() > 64 => return None,
            c if is_ignored(c) => {}
            c if c.is_ascii_alphabetic() => scheme.push(c.to_ascii_lowercase()),
            '0'..='9' | '+' | '-' | '.' if !scheme.is_empty() => scheme.push(c),
            _ => return None,
        }
    }
    None
}

fn without_ignored(address: &str) -> String {
    address
        .chars()
        .filter_map(|c| match c {
            ' ' => Some("%20".to_owned()),
            c if is_ignored(c) => None,
            c => Some(c.to_string()),
        })
        .collect()
}

/// `text` with `%XX` decoded, or as it is when that would not be UTF-8 or holds a control character.
pub fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let digit = |at: usize| tail.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    match String::from_utf8(bytes) {
        Ok(decoded) if !decoded.contains(char::is_control) => decoded,
        _ => text.to_owned(),
    }
}
