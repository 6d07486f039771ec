//! Text made harmless to show: what cannot be seen is written out.

use std::borrow::Cow;
use std::fmt::Write;

/// `text` on one line, with every character that cannot be seen, or that changes how others are
/// seen, as an escape: `\n`, `\u{202e}`.
///
/// For names of files and words of the writer on a terminal or in a log. The result is for reading, not for reading back.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            _ if is_hidden(character) => {
                // Writing to a String cannot fail.
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
            }
            _ => shown.push(character),
        }
    }
    Cow::Owned(shown)
}

/// Like [`visible`], but lines stay lines.
pub(super) fn visible_lines(text: &str) -> String {
    text.split('\n').map(visible).collect::<Vec<_>>().join("\n")
}

/// `text` for an excerpt: every hidden character replaced by one visible character, so that columns stay.
pub(super) fn visible_excerpt(character: char) -> char {
    match character {
        '\t' | '\n' => character,
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        _ if is_hidden(character) => '\u{fffd}',
        _ => character,
    }
}

/// JSON text in which no hidden character stands in the raw. Outside of its strings JSON is ASCII, so
/// every hit is inside one, where `\uXXXX` means the same.
pub(super) fn visible_json(json: String) -> String {
    // What `serde_json` escapes itself (below U+0020) is left to it; its own line ends are not in strings.
    let raw = |character: char| !matches!(character, '\n' | '\t') && is_hidden(character);
    if !json.contains(raw) {
        return json;
    }
    let mut shown = String::with_capacity(json.len() + 64);
    for character in json.chars() {
        if raw(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Control characters, line separators, marks of reading direction, and characters without a shape
/// that hide differences between names. Joiners stay: emoji and several scripts need them.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}
