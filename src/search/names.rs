//! The glossary's names for one thing, in every language: who looks for one finds the others.

use std::collections::BTreeMap;

use super::query::words::parts;
use crate::model::{Kind, Site};

/// Names by group, and groups by the beginnings of their names.
#[derive(Debug, Default)]
pub struct Names {
    /// Of each term of the glossary the names, titles first: as written, and as stems joined by spaces.
    pub groups: Vec<Vec<(String, String)>>,
    /// By the first stem of a name that is no stop word: all its stems, joined by spaces, and the number of the group.
    pub by_key: BTreeMap<String, Vec<(String, usize)>>,
}

/// Names of a group that are looked for in place of another.
const MOST: usize = 4;

/// The names of all terms that can be found.
pub fn names(site: &Site) -> Names {
    let mut names = Names::default();
    for (_, term) in site.handbook.of_kind(Kind::Term) {
        if term.original().summary.common.search.exclude {
            continue;
        }
        let summaries = || term.texts.values().map(|text| &text.summary);
        let titles = summaries().map(|summary| summary.title.as_str());
        let others = summaries()
            .flat_map(|summary| summary.common.also_known_as.iter().map(|name| name.value.as_str()));
        let number = names.groups.len();
        let mut group: Vec<(String, String)> = Vec::new();
        for name in titles.chain(others) {
            let parts = parts(name);
            let Some(key) = parts.iter().find(|part| !part.stop).map(|part| part.stem.clone()) else {
                continue;
            };
            let joined = parts.iter().map(|part| part.stem.as_str()).collect::<Vec<_>>().join(" ");
            if group.iter().any(|(_, known)| *known == joined) {
                continue;
            }
            names.by_key.entry(key).or_default().push((joined.clone(), number));
            group.push((name.to_owned(), joined));
        }
        // A name alone has nothing to stand for.
        if group.len() < 2 {
            for known in names.by_key.values_mut() {
                known.retain(|(_, of)| *of != number);
            }
            continue;
        }
        group.truncate(MOST);
        names.groups.push(group);
    }
    names.by_key.retain(|_, known| !known.is_empty());
    names
}
