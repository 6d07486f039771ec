//! A value of another type than its key asks for: what to point at, and how to mend it.

use super::{Checker, Subject};
use crate::diag::Span;
use crate::diag::catalog::yaml::Found;
use crate::yaml::{Content, Node, Shape};

impl Checker<'_> {
    pub(super) fn wrong_type(&mut self, node: &Node, shape: &Shape, subject: &Subject<'_>) {
        let help = match (shape, &node.value) {
            (Shape::List(_), Content::Scalar { text, .. }) => Some(as_list(text)),
            (Shape::List(_), _) => Some("begin each item with `- `".to_owned()),
            (Shape::Record(keys), _) => keys.first().map(|key| format!("write `{{{}: …}}`", key.name)),
            (Shape::By(what, _), _) => Some(format!("write `{{<{what}>: …}}`")),
            (Shape::ByLevel(_), _) => Some("write `2:` and so on, each with its entries below".to_owned()),
            (Shape::Text | Shape::Name, _) => {
                Some("put the value between double quotes if it is text".to_owned())
            }
            _ => None,
        };
        self.diagnostics.wrong_type(pointed(node), &subject.to_string(), &shape.brief(), found(node), help);
    }
}

pub(super) fn found(node: &Node) -> Found<'_> {
    match &node.value {
        Content::Scalar { text, plain: false } => Found::Quoted(text),
        Content::Scalar { text, plain: true } => Found::Plain(text),
        Content::List(_) => Found::List,
        Content::Map(_) => Found::Map,
        Content::Null => Found::Plain("null"),
    }
}

/// What to underline of a value: of a map its first key, of a list its beginning.
pub(super) fn pointed(node: &Node) -> Span {
    match &node.value {
        Content::Map(entries) if !is_flow(node, entries.first().map(|(name, _)| &name.span)) => {
            entries.first().map_or_else(|| node.span.clone(), |(name, _)| name.span.clone())
        }
        Content::List(_) | Content::Map(_) => {
            Span { end: node.span.end.min(node.span.start + 1), ..node.span.clone() }
        }
        Content::Null | Content::Scalar { .. } => node.span.clone(),
    }
}

/// A map in braces begins before its first key.
fn is_flow(node: &Node, first: Option<&Span>) -> bool {
    first.is_none_or(|first| first.start > node.span.start)
}

/// How to write a lonely value as a list.
fn as_list(text: &str) -> String {
    let text = text.trim();
    if text.chars().count() > 60 || text.contains(['\n', '[', ']', '{', '}', '"', '#']) || text.contains(": ")
    {
        "begin each item with `- ` on a line of its own".to_owned()
    } else {
        format!("write `[{text}]`")
    }
}
