//! Stamps a translation with the hash of its original: one key of its front matter, and not a byte more.

use std::ops::Range;

use crate::diag::{Diagnostics, FilePath, Name};
use crate::parse::front::{Split, split};
use crate::yaml::{self, Budget, Content, Node};

const KEY: &str = "translated_from";

/// Why a text cannot be stamped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unstampable {
    /// Its front matter is TOML, never closed, or not YAML.
    Unreadable,
    /// Its front matter is YAML, but no map, or one that a line cannot be added to.
    Odd,
}

/// `text` with `translated_from: <hash>` in its front matter, which is made where there is none.
/// Everything else stays as it is, byte for byte: line ends, order, quotes, comments.
pub fn stamped(text: &str, hash: &str) -> Result<String, Unstampable> {
    let (mark, text) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", text),
    };
    let Some((node, front)) = front_matter(text)? else {
        let end = line_end(text);
        return Ok(format!("{mark}---{end}{KEY}: {hash}{end}---{end}{end}{text}"));
    };
    let (place, stamp) = edit(text, &node, front, hash)?;
    let before = text.get(..place.start).unwrap_or_default();
    let behind = text.get(place.end..).unwrap_or_default();
    let stamped = format!("{before}{stamp}{behind}");
    if !says(&stamped, &node, hash) {
        return Err(Unstampable::Odd);
    }
    Ok(format!("{mark}{stamped}"))
}

/// The front matter and its bytes; `None` when there is none.
fn front_matter(text: &str) -> Result<Option<(Node, Range<usize>)>, Unstampable> {
    let file: FilePath = "".into();
    let mut complaints = Diagnostics::new();
    let Split { yaml, .. } = split(text, &file, &mut complaints);
    if !complaints.is_empty() {
        return Err(Unstampable::Unreadable);
    }
    let Some(range) = yaml else { return Ok(None) };
    let written = text.get(range.clone()).unwrap_or_default();
    let node = yaml::parse(written, &file, range.start, Budget::ASSESSMENT, &mut complaints);
    match node.filter(|_| complaints.is_empty()) {
        Some(node) => Ok(Some((node, range))),
        None => Err(Unstampable::Unreadable),
    }
}

/// The bytes to replace, and by what.
fn edit(
    text: &str,
    node: &Node,
    front: Range<usize>,
    hash: &str,
) -> Result<(Range<usize>, String), Unstampable> {
    let entries = entries(node).ok_or(Unstampable::Odd)?;
    if let Some((key, value)) = entries.iter().find(|(key, _)| key.value == KEY) {
        if !value.span.range().is_empty() {
            return Ok((value.span.range(), hash.to_owned()));
        }
        // Nothing stands behind the colon.
        let end = key.span.range().end;
        let colon = text.get(end..).and_then(|rest| rest.find(':')).ok_or(Unstampable::Odd)?;
        return Ok((end + colon + 1..end + colon + 1, format!(" {hash}")));
    }
    let written = text.get(node.span.range()).unwrap_or_default();
    if written.starts_with('{') {
        let close = node.span.range().start + written.rfind('}').ok_or(Unstampable::Odd)?;
        let comma = if entries.is_empty() { "" } else { ", " };
        return Ok((close..close, format!("{comma}{KEY}: {hash}")));
    }
    // As deep as the other keys.
    let start = entries.first().map_or(front.start, |(key, _)| key.span.range().start);
    let before = text.get(..start).unwrap_or_default();
    let indent = before.rsplit('\n').next().unwrap_or_default();
    Ok((front.end..front.end, format!("{indent}{KEY}: {hash}{}", line_end(text))))
}

/// Whether `text` says what `before` says, and the hash.
fn says(text: &str, before: &Node, hash: &str) -> bool {
    let Ok(Some((node, _))) = front_matter(text) else { return false };
    let others = |node: &Node| -> Vec<String> {
        let entries = entries(node).unwrap_or_default().iter();
        entries.map(|(key, _)| key.value.clone()).filter(|key| key != KEY).collect()
    };
    let stamp = entries(&node).unwrap_or_default().iter().find(|(key, _)| key.value == KEY);
    let is_hash =
        matches!(stamp, Some((_, Node { value: Content::Scalar { text, .. }, .. })) if text == hash);
    is_hash && others(&node) == others(before)
}

fn entries(node: &Node) -> Option<&[(Name, Node)]> {
    match &node.value {
        Content::Map(entries) => Some(entries),
        Content::Null => Some(&[]),
        Content::Scalar { .. } | Content::List(_) => None,
    }
}

/// How the lines of `text` end: as its first does.
fn line_end(text: &str) -> &'static str {
    match text.split_inclusive('\n').next() {
        Some(line) if line.ends_with("\r\n") => "\r\n",
        _ => "\n",
    }
}
