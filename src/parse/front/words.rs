//! The words of front matter: what a translation repeats, and nothing else.
//!
//! The tables of keys tell words from structure. A weight, a review or a link between practices that
//! changes leaves the words, and so every translation, as they are.

use crate::yaml::{Content, Key, Node, Shape};

/// Keys of which every language has its own, whatever the original says.
const OWN: [&str; 2] = ["also_known_as", "translated_from"];

/// The words below `node` in a fixed form, a line each: `criteria.agreed.text=…`. Entries with an id
/// are told by it, so that their order, and the level of a criterion, do not matter.
pub(super) fn words(node: &Node, tables: &[&[Key]]) -> String {
    let mut lines = Vec::new();
    for keys in tables {
        map(node, keys, "", &mut lines);
    }
    lines.sort_unstable();
    lines.concat()
}

fn map(node: &Node, keys: &[Key], path: &str, lines: &mut Vec<String>) {
    for key in keys.iter().filter(|key| key.in_translation.is_some() && !OWN.contains(&key.name)) {
        if let Some(value) = entry(node, key.name) {
            value_of(value, &key.shape, &format!("{path}.{}", key.name), lines);
        }
    }
}

fn value_of(node: &Node, shape: &Shape, path: &str, lines: &mut Vec<String>) {
    match shape {
        Shape::Text | Shape::Free => texts(node, path, lines),
        Shape::Record(keys) | Shape::Open(keys) => map(node, keys, path, lines),
        Shape::List(item) => {
            let Content::List(items) = &node.value else { return };
            for (index, node) in items.iter().enumerate() {
                let label = id_of(node, item).map_or_else(|| index.to_string(), str::to_owned);
                value_of(node, item, &format!("{path}.{label}"), lines);
            }
        }
        Shape::By(_, value) => {
            for (name, node) in entries(node) {
                value_of(node, value, &format!("{path}.{}", name.value), lines);
            }
        }
        Shape::ByLevel(value) => {
            entries(node).iter().for_each(|(_, node)| value_of(node, value, path, lines))
        }
        Shape::Either(scalar, other) => {
            let shape = if matches!(node.value, Content::Scalar { .. }) { scalar } else { other };
            value_of(node, shape, path, lines);
        }
        // Names, numbers, dates, choices and addresses are no words.
        Shape::Name
        | Shape::Id
        | Shape::Bool
        | Shape::Integer { .. }
        | Shape::Number { .. }
        | Shape::Date
        | Shape::Timestamp
        | Shape::Every
        | Shape::Url
        | Shape::WebUrl
        | Shape::Choice(_) => {}
    }
}

/// Every scalar at or below `node`.
fn texts(node: &Node, path: &str, lines: &mut Vec<String>) {
    match &node.value {
        Content::Null => {}
        // The length keeps a text with line ends from looking like two.
        Content::Scalar { text, .. } => lines.push(format!("{path}={}:{text}\n", text.len())),
        Content::List(items) => {
            for (index, node) in items.iter().enumerate() {
                texts(node, &format!("{path}.{index}"), lines);
            }
        }
        Content::Map(entries) => {
            entries.iter().for_each(|(name, node)| texts(node, &format!("{path}.{}", name.value), lines));
        }
    }
}

/// By what a translation names an entry of a list.
fn id_of<'a>(node: &'a Node, shape: &Shape) -> Option<&'a str> {
    let Shape::Record(keys) = shape else { return None };
    let key = keys.iter().find(|key| key.required && matches!(key.shape, Shape::Id | Shape::Name))?;
    match &entry(node, key.name)?.value {
        Content::Scalar { text, .. } => Some(text.as_str()),
        _ => None,
    }
}

fn entry<'a>(node: &'a Node, name: &str) -> Option<&'a Node> {
    entries(node).iter().find(|(key, _)| key.value == name).map(|(_, node)| node)
}

fn entries(node: &Node) -> &[(crate::diag::Name, Node)] {
    match &node.value {
        Content::Map(entries) => entries,
        _ => &[],
    }
}
