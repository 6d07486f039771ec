//! `model.yaml`: what was renamed or retired, so that old names keep their meaning.

use std::collections::{BTreeMap, BTreeSet};

use super::Config;
use super::keys::MODEL_KEYS;
use super::read::written_texts;
use crate::diag::{Diagnostics, FilePath, Name};
use crate::model::{Retired, Standing, Succession, next_name};
use crate::yaml::{self, Budget, Record, Schema};

/// Reads `model.yaml`; `None` when there is none.
pub fn read_model(
    text: Option<&str>,
    file: &FilePath,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Succession {
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
    let retired: Vec<(Name, Record)> = record.by_name("retired");
    let retired: Vec<(Name, Retired)> =
        retired.into_iter().map(|(id, record)| (id, read_retired(record, config, diagnostics))).collect();
    for (id, _) in &retired {
        if let Some((first, _)) = renamed.iter().find(|(old, _)| old.value == id.value) {
            diagnostics.config_twice(id, "model.yaml", &first.span);
        }
    }
    Succession::new(renamed, retired)
}

fn read_retired(mut record: Record, config: &Config, diagnostics: &mut Diagnostics) -> Retired {
    let audience: Option<Name> = record.take("audience");
    let mut retired = Retired {
        reason: written_texts(&mut record, "reason", &config.languages, diagnostics),
        successor: record.take("successor"),
        on: record.take("on"),
        hidden: !config.is_for(audience.as_ref(), diagnostics),
    };
    if retired.hidden {
        retired.reason.clear();
    }
    retired
}

/// Reports each rename that leads back to itself, once per circle, and takes it out.
fn remove_circles(renamed: &mut Vec<(Name, Name)>, diagnostics: &mut Diagnostics) {
    loop {
        let circular = on_a_circle(renamed);
        if circular.is_empty() {
            return;
        }
        renamed.retain(|(old, _)| {
            let is_circular = circular.contains(&old.value);
            if is_circular {
                diagnostics.rename_circle(old);
            }
            !is_circular
        });
    }
}

/// One old id of each circle.
fn on_a_circle(renamed: &[(Name, Name)]) -> BTreeSet<String> {
    let written: BTreeMap<&str, &str> =
        renamed.iter().map(|(old, new)| (old.value.as_str(), new.value.as_str())).collect();
    let next = |name: &str| next_name(name, |old| written.get(old).copied());
    // For each name the start of the walk that first came by, so that every name is walked once.
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut circular = BTreeSet::new();
    for (index, (old, _)) in renamed.iter().enumerate() {
        let mut at = Some(old.value.clone());
        while let Some(name) = at.take_if(|name| !seen.contains_key(name)) {
            at = next(&name);
            seen.insert(name, index);
        }
        // Back where this walk has been: round once more, to a rename that was written like this.
        if let Some(mut name) = at.filter(|name| seen.get(name) == Some(&index)) {
            while !written.contains_key(name.as_str()) {
                match next(&name) {
                    Some(further) => name = further,
                    None => break,
                }
            }
            circular.insert(name);
        }
    }
    circular
}
