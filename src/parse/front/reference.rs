//! The keys as a reference: the very tables that front matter is read by.

use super::{common, keys};
use crate::model::Kind;
use crate::yaml::{Key, Shape};

/// The keys of one kind.
#[derive(Clone, Copy, Debug)]
pub struct KindKeys {
    /// `None`: the keys of every kind.
    pub kind: Option<Kind>,
    pub keys: &'static [Key],
}

/// A key, for a table in the documentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRow {
    /// With the keys around it: `criteria.<level>[].text`.
    pub path: String,
    /// What its value must be: `a date such as 2026-11-20`.
    pub shape: String,
    /// Whether a translation carries it too.
    pub translatable: bool,
    pub required: bool,
    pub about: &'static str,
}

/// Every key there is: those of every kind first, then those that each kind adds. For SLOs these
/// are annotations of their OpenSLO document.
pub fn reference() -> Vec<KindKeys> {
    let mut reference = vec![KindKeys { kind: None, keys: common::KEYS }];
    reference.extend(Kind::ALL.into_iter().map(|kind| KindKeys { kind: Some(kind), keys: keys(kind) }));
    reference
}

impl KindKeys {
    /// One row per key, nested keys behind the key that holds them.
    pub fn rows(&self) -> Vec<KeyRow> {
        let mut rows = Vec::new();
        add_rows("", self.keys, &mut rows);
        rows
    }
}

fn add_rows(prefix: &str, keys: &'static [Key], rows: &mut Vec<KeyRow>) {
    for key in keys {
        let path = format!("{prefix}{}", key.name);
        rows.push(KeyRow {
            path: path.clone(),
            shape: key.shape.describe(),
            translatable: key.in_translation.is_some(),
            required: key.required,
            about: key.about,
        });
        add_inner(path, &key.shape, rows);
    }
}

fn add_inner(path: String, shape: &Shape, rows: &mut Vec<KeyRow>) {
    match shape {
        Shape::Record(keys) | Shape::Open(keys) => add_rows(&format!("{path}."), keys, rows),
        Shape::List(item) => add_inner(format!("{path}[]"), item, rows),
        Shape::By(what, value) => add_inner(format!("{path}.<{what}>"), value, rows),
        Shape::ByLevel(value) => add_inner(format!("{path}.<level>"), value, rows),
        Shape::Either(_, map) => add_inner(path, map, rows),
        _ => {}
    }
}

/// The kinds that add a key of this name.
pub(super) fn kinds_with_key(name: &str) -> Vec<&'static str> {
    let has_key = |kind: &Kind| *kind != Kind::Slo && keys(*kind).iter().any(|key| key.name == name);
    Kind::ALL.into_iter().filter(has_key).map(Kind::name).collect()
}
