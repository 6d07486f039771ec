//! What became of ids that are no more, so that old names keep their meaning.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diag::{Name, Spanned};

/// The renames and retirements of the handbook's ids (`model.yaml`), in the order written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Succession {
    renamed: Vec<(Name, Name)>,
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

impl Succession {
    /// `renamed`: old id → new id. A new id may have been renamed again; there must be no circle.
    pub fn new(renamed: Vec<(Name, Name)>, retired: Vec<(Name, Retired)>) -> Self {
        let old_ids = renamed.iter().enumerate().map(|(index, (old, _))| (old.value.clone(), index));
        Self { by_old_id: old_ids.collect(), renamed, retired }
    }

    /// Old id → new id, as written.
    pub fn renamed(&self) -> &[(Name, Name)] {
        &self.renamed
    }

    /// What is called `id` today, through every rename since.
    pub fn current<'a>(&'a self, id: &'a str) -> &'a str {
        let mut current = id;
        // There are no circles, so this ends.
        while let Some((_, new)) = self.by_old_id.get(current).and_then(|index| self.renamed.get(*index)) {
            current = &new.value;
        }
        current
    }

    /// Why `id` is no more, where it was retired.
    pub fn retirement(&self, id: &str) -> Option<&Retired> {
        self.retired.iter().find(|(old, _)| old.value == id).map(|(_, retired)| retired)
    }
}
