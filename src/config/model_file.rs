//! `model.yaml`: what was renamed or retired, so that old names keep their meaning.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::MODEL_KEYS;
use crate::diag::{Diagnostics, FilePath, Name};
use crate::model::{Retired, Standing, Succession};
use crate::yaml::{self, Budget, Record, Schema};

/// Reads `model.yaml`; `None` when there is none.
pub fn read_model(text: Option<&str>, file: &FilePath, diagnostics: &mut Diagnostics) -> Succession {
    let Some(node) = text.and_then(|text| yaml::parse(text, file, 0, Budget::FILE, diagnostics)) else {
        return Succession::default();
    };
    let schema = Schema {
        what: "model.yaml",
        keys: &[MODEL_KEYS],
        standing: Standing::Original,
        elsewhere: |_| Vec::new(),
    };
    let mut record = yaml::read(&node, &schema, diagnostics).record;
    let mut renamed = record.by_name("renamed");
    remove_circles(&mut renamed, diagnostics);
    Succession::new(renamed, record.by_name("retired").into_iter().map(retired).collect())
}

fn retired((id, mut record): (Name, Record)) -> (Name, Retired) {
    let retired =
        Retired { reason: record.take("reason"), successor: record.take("successor"), on: record.take("on") };
    (id, retired)
}

/// Reports each rename that leads back to itself, once per circle, and takes it out.
fn remove_circles(renamed: &mut Vec<(Name, Name)>, diagnostics: &mut Diagnostics) {
    let next: BTreeMap<&str, &str> =
        renamed.iter().map(|(old, new)| (old.value.as_str(), new.value.as_str())).collect();
    // For each id the start of the walk that first came by, so that every id is walked once.
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut circular = BTreeSet::new();
    for (index, (old, _)) in renamed.iter().enumerate() {
        let mut at = old.value.as_str();
        while !seen.contains_key(at) {
            seen.insert(at, index);
            match next.get(at) {
                Some(new) => at = new,
                None => break,
            }
        }
        if next.contains_key(at) && seen.get(at) == Some(&index) {
            circular.insert(index);
        }
    }
    let mut index = 0;
    renamed.retain(|(old, _)| {
        let is_circular = circular.contains(&index);
        index += 1;
        if is_circular {
            diagnostics.rename_circle(old);
        }
        !is_circular
    });
}
