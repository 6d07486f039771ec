//! Meilisearch: the settings of the index. The documents are our records as they are.
//!
//! <https://www.meilisearch.com/docs/reference/api/settings>

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::config::Config;
use crate::model::{Kind, Lang, Site};

/// What is searched, what counts most first.
const SEARCHED: [&str; 6] = ["title", "also_known_as", "heading", "description", "text", "breadcrumb"];

/// Languages that Meilisearch cuts into words by rules of their own, by their ISO 639-1 codes.
const CUT: [&str; 8] = ["de", "en", "he", "ja", "km", "ko", "th", "zh"];

/// The body of `PATCH /indexes/handbook/settings`.
pub fn settings(site: &Site, config: &Config, lang: Option<&Lang>) -> Value {
    let languages = config.languages.iter().filter(|other| lang.is_none_or(|lang| lang == *other));
    let locales: BTreeSet<&str> = languages.filter_map(locale).collect();
    let localized = match locales.is_empty() {
        true => Value::Null,
        false => json!([{ "attributePatterns": SEARCHED, "locales": locales }]),
    };
    json!({
        "searchableAttributes": SEARCHED,
        "filterableAttributes": [
            "kind", "area", "practice", "level", "role", "team", "language", "tags", "part", "path",
        ],
        "sortableAttributes": ["boost", "position", "changed"],
        "rankingRules": [
            "words", "typo", "proximity", "attribute", "sort", "exactness", "boost:desc", "depth:asc", "position:asc",
        ],
        "localizedAttributes": localized,
        "synonyms": synonyms(site),
    })
}

fn locale(lang: &Lang) -> Option<&'static str> {
    let tag = lang.as_str().split('-').next()?;
    CUT.into_iter().find(|known| *known == tag)
}

/// The terms of the glossary, each of whose names stands for every other, in all languages.
fn synonyms(site: &Site) -> BTreeMap<String, BTreeSet<String>> {
    let mut synonyms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, term) in site.handbook.of_kind(Kind::Term) {
        if term.original().summary.common.search.exclude {
            continue;
        }
        let texts = term.texts.values().map(|text| &text.summary);
        let names: BTreeSet<String> = texts
            .flat_map(|summary| {
                let others = summary.common.also_known_as.iter().map(|name| name.value.as_str());
                others.chain([summary.title.as_str()])
            })
            .map(str::to_lowercase)
            .collect();
        for name in &names {
            let others = names.iter().filter(|other| *other != name).cloned();
            synonyms.entry(name.clone()).or_default().extend(others);
        }
    }
    synonyms.retain(|_, others| !others.is_empty());
    synonyms
}
