//! `model.yaml`: what was renamed or retired, so that old names keep their meaning.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::keys::MODEL_KEYS;
use crate::diag::{Diagnostics, FilePath, Name, Spanned};
use crate::model::Standing;
use crate::yaml::{self, Budget, Record, Schema};

/// The changes of the handbook's ids, in the order written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// Old id → new id. A new id may have been renamed again; there are no circles.
    pub renamed: Vec<(Name, Name)>,
    pub retired: Vec<(Name, Retired)>,
    /// Positions in `renamed` by old id.
    by_old_id: BTreeMap<String, usize>,
}

/// Why something is no more.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Retired {
    pub reason: Option<String>,
    pub successor: Option<Name>,
    pub on: Option<Spanned<Date>>,
}

impl Model {
    /// What is called `id` today, through every rename since.
    pub fn current<'a>(&'a self, id: &'a str) -> &'a str {
        let mut current = id;
        // There are no circles, so this ends.
        while let Some((_, new)) = self.by_old_id.get(current).and_then(|index| self.renamed.get(*index)) {
            current = &new.value;
        }
        current
    }
}

/// Reads `model.yaml`; `None` when there is none.
pub fn read_model(text: Option<&str>, file: &FilePath, diagnostics: &mut Diagnostics) -> Model {
    let Some(node) = text.and_then(|text| yaml::parse(text, file, 0, Budget::FILE, diagnostics)) else {
        return Model::default();
    };
    let schema = Schema {
        what: "model.yaml",
        keys: &[MODEL_KEYS],
        standing: Standing::Original,
        elsewhere: |_| Vec::new(),
    };
    let mut record = yaml::read(&node, &schema, diagnostics).record;
    let mut model = Model {
        renamed: record.by_name("renamed"),
        retired: record.by_name("retired").into_iter().map(retired).collect(),
        by_old_id: BTreeMap::new(),
    };
    remove_circles(&mut model, diagnostics);
    let old_ids = model.renamed.iter().enumerate().map(|(index, (old, _))| (old.value.clone(), index));
    model.by_old_id = old_ids.collect();
    model
}

fn retired((id, mut record): (Name, Record)) -> (Name, Retired) {
    let retired =
        Retired { reason: record.take("reason"), successor: record.take("successor"), on: record.take("on") };
    (id, retired)
}

/// Reports each rename that leads back to itself, once per circle, and takes it out.
fn remove_circles(model: &mut Model, diagnostics: &mut Diagnostics) {
    let next: BTreeMap<&str, &str> =
        model.renamed.iter().map(|(old, new)| (old.value.as_str(), new.value.as_str())).collect();
    // For each id the start of the walk that first came by, so that every id is walked once.
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut circular = BTreeSet::new();
    for (index, (old, _)) in model.renamed.iter().enumerate() {
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
    model.renamed.retain(|(old, _)| {
        let is_circular = circular.contains(&index);
        index += 1;
        if is_circular {
            diagnostics.rename_circle(old);
        }
        !is_circular
    });
}
