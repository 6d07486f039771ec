//! What is named like a name that leads nowhere.

use std::collections::BTreeMap;

use super::Named;
use crate::diag::nearest;
use crate::model::Kind;

/// Everything that has an id.
#[derive(Debug)]
pub(super) struct Names {
    /// Tags of the languages, the default one first.
    pub languages: Vec<String>,
    pub named: Vec<Named>,
    /// Old id → id of today.
    pub former: BTreeMap<String, String>,
}

impl Names {
    /// What `id` means: the practice of that id, else everything else of that id; of `kind` where one is said.
    pub fn of(&self, kind: Option<&str>, id: &str) -> Vec<&Named> {
        let fits = |named: &&Named| named.id == id && kind.is_none_or(|kind| named.kind.name() == kind);
        let found: Vec<&Named> = self.named.iter().filter(fits).collect();
        match found.iter().find(|named| named.kind == Kind::Practice) {
            Some(practice) => vec![*practice],
            None => found,
        }
    }

    pub fn nearest_id(&self, kind: Option<&str>, id: &str) -> Option<&str> {
        let of_kind = self.named.iter().filter(|named| kind.is_none_or(|kind| named.kind.name() == kind));
        nearest(id, of_kind.map(|named| named.id.as_str()))
    }

    /// The language that begins a path, and the rest.
    pub fn without_language<'p>(&self, path: &'p str) -> (Option<&'p str>, &'p str) {
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        let is_language = self.languages.iter().skip(1).any(|language| language == first);
        if is_language { (Some(first), rest) } else { (None, path) }
    }

    /// The page of what the last step of `path` names, which is the only thing of that name, and whether
    /// the rest of the path bears it out. `path` has no language.
    pub fn moved(&self, path: &str) -> Option<(&str, bool)> {
        let (first, last) = (path.split('/').next()?, path.rsplit('/').next()?.to_lowercase());
        let last = last.strip_suffix(".html").unwrap_or(&last).replace('_', "-");
        let id = self.former.get(&last).unwrap_or(&last);
        let called = |named: &&Named| {
            named.id == *id || named.page.strip_suffix("/index.html").is_some_and(|page| ends_in(page, id))
        };
        let mut found = self.named.iter().filter(called);
        let (only, None) = (found.next()?, found.next()) else { return None };
        Some((&only.page, first == "go" || only.kind.folder() == Some(first)))
    }

    /// The page of the thing whose id is most like the last step of `path`.
    pub fn nearest_page(&self, path: &str) -> Option<&str> {
        let id = self.nearest_id(None, path.rsplit('/').next()?)?;
        self.of(None, id).first().map(|named| named.page.as_str())
    }
}

fn ends_in(path: &str, step: &str) -> bool {
    path.rsplit('/').next() == Some(step)
}
