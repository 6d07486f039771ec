//! The tables of keys as rows for a reference.

use super::{Key, Shape};

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

/// One row per key, nested keys behind the key that holds them.
pub fn key_rows(keys: &'static [Key]) -> Vec<KeyRow> {
    let mut rows = Vec::new();
    add_rows("", keys, &mut rows);
    rows
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
