//! Hashes of what a file says, part by part, so that a later reader can tell which parts changed.

use std::fmt::Write as _;

use crate::model::{Digest, Heading, ShortHash};
use crate::yaml::{Content, Node};

/// Keys that record reviews and translations: writing them down changes nothing that the page says.
const RECORDS: [&str; 4] = ["reviewed", "reviewed_against", "review_every", "translated_from"];

/// `body` begins at byte `base` of the file, in which the spans of `headings` count.
pub fn digest(front: &Node, body: &str, base: usize, headings: &[Heading]) -> Digest {
    let starts = headings.iter().map(|heading| (heading.span.start as usize).saturating_sub(base));
    let ends: Vec<usize> = starts.chain([body.len()]).collect();
    let mut start = 0;
    let sections = ends.into_iter().map(|end| {
        let section = body.get(start..end).unwrap_or_default();
        start = end;
        ShortHash::of(section)
    });
    Digest { front: ShortHash::of(&canonical(front)), sections: sections.collect() }
}

/// The front matter in one way of writing it: without comments, layout and the order of keys.
fn canonical(front: &Node) -> String {
    let entries = match &front.value {
        Content::Map(entries) => entries.as_slice(),
        _ => &[],
    };
    let kept = entries.iter().filter(|(key, _)| !RECORDS.contains(&key.value.as_str()));
    let mut text = String::new();
    write_map(kept.map(|(key, node)| (key.value.as_str(), node)).collect(), &mut text);
    text
}

/// Front matter is at most 16 deep.
fn write_node(node: &Node, text: &mut String) {
    match &node.value {
        Content::Null => text.push('~'),
        // Quoted, so that no text can look like the signs around it. Writing to a string cannot fail.
        Content::Scalar { text: scalar, .. } => {
            let _ = write!(text, "{scalar:?}");
        }
        Content::List(items) => {
            text.push('[');
            items.iter().for_each(|item| write_node(item, text));
            text.push(']');
        }
        Content::Map(entries) => {
            write_map(entries.iter().map(|(key, node)| (key.value.as_str(), node)).collect(), text)
        }
    }
}

fn write_map(mut entries: Vec<(&str, &Node)>, text: &mut String) {
    entries.sort_by_key(|(key, _)| *key);
    text.push('{');
    for (key, node) in entries {
        let _ = write!(text, "{key:?}");
        write_node(node, text);
    }
    text.push('}');
}
