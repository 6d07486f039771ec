//! The keys as a reference: the very tables that front matter is read by.

use super::{common, keys};
use crate::model::Kind;
use crate::yaml::{Key, KeyRow, key_rows};

/// The keys of one kind.
#[derive(Clone, Copy, Debug)]
pub struct KindKeys {
    /// `None`: the keys of every kind.
    pub kind: Option<Kind>,
    pub keys: &'static [Key],
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
        key_rows(self.keys)
    }
}

/// The kinds that add a key of this name.
pub(super) fn kinds_with_key(name: &str) -> Vec<&'static str> {
    let has_key = |kind: &Kind| *kind != Kind::Slo && keys(*kind).iter().any(|key| key.name == name);
    Kind::ALL.into_iter().filter(has_key).map(Kind::name).collect()
}
