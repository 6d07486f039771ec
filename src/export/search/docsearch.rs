//! Algolia DocSearch: records in the shape of its own crawler's, so that its search box shows them.
//!
//! A heading is one record, the text below it another, in pieces where it is long: Algolia refuses records of more than
//! 10 kB. <https://docsearch.algolia.com/docs/record-extractor>, <https://docsearch.algolia.com/docs/templates>

use serde::Serialize;
use serde_json::{Value, json};

use super::facets::Facets;
use super::push_line;
use super::record::Record;
use crate::config::Config;
use crate::model::Lang;

/// Bytes of text in a record at most; with titles, twice that as JSON.
const MOST: usize = 4_000;

#[derive(Serialize)]
struct Hit<'a> {
    #[serde(rename = "objectID")]
    id: String,
    url: &'a str,
    url_without_anchor: &'a str,
    anchor: Option<&'a str>,
    #[serde(rename = "type")]
    kind: &'static str,
    hierarchy: Hierarchy<'a>,
    content: Option<&'a str>,
    lang: &'a str,
    language: &'a str,
    weight: Weight,
    /// What is not DocSearch's own, for filters.
    #[serde(rename = "kind")]
    of_kind: &'static str,
    #[serde(flatten)]
    facets: &'a Facets,
    tags: &'a [String],
    also_known_as: &'a [String],
}

/// Titles from the outermost to this one; those below it are `null`.
#[derive(Clone, Copy, Default, Serialize)]
struct Hierarchy<'a> {
    lvl0: Option<&'a str>,
    lvl1: Option<&'a str>,
    lvl2: Option<&'a str>,
    lvl3: Option<&'a str>,
    lvl4: Option<&'a str>,
    lvl5: Option<&'a str>,
    lvl6: Option<&'a str>,
}

/// What decides between hits that match equally well.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Weight {
    page_rank: f64,
    /// 100 for level 0, 10 less for each below; 0 for text.
    level: u8,
    position: usize,
}

/// Writes the record of the heading or page, and those of its text.
pub fn push(out: &mut String, record: &Record, config: &Config) {
    let page = record.url.split('#').next().unwrap_or_default();
    let hierarchy = hierarchy(record, config);
    let hit = |id: String, kind, level, content, also_known_as| Hit {
        id,
        url: &record.url,
        url_without_anchor: page,
        anchor: record.anchor.as_deref(),
        kind,
        hierarchy,
        content,
        lang: &record.language,
        language: &record.language,
        weight: Weight { page_rank: record.boost, level, position: record.position },
        of_kind: record.kind,
        facets: &record.facets,
        tags: &record.tags,
        also_known_as,
    };
    let kind = match record.depth {
        0 | 1 => "lvl1",
        2 => "lvl2",
        3 => "lvl3",
        4 => "lvl4",
        5 => "lvl5",
        _ => "lvl6",
    };
    let level = 100 - 10 * record.depth.min(6);
    push_line(out, &hit(record.id.clone(), kind, level, None, &record.also_known_as));
    let description = record.description.as_deref().into_iter();
    for (at, content) in description.chain(pieces(&record.text)).enumerate() {
        push_line(out, &hit(format!("{}-{at}", record.id), "content", 0, Some(content), &[]));
    }
}

/// Level 0 is the outermost page above, else the handbook; level 1 the page.
fn hierarchy<'a>(record: &'a Record, config: &'a Config) -> Hierarchy<'a> {
    let site = config.title.iter().find(|(lang, _)| lang.as_str() == record.language);
    let mut hierarchy = Hierarchy {
        lvl0: record.above().first().or(site.map(|(_, title)| title)).map(String::as_str),
        ..Hierarchy::default()
    };
    for (depth, title) in &record.trail {
        let level = match depth {
            0 | 1 => &mut hierarchy.lvl1,
            2 => &mut hierarchy.lvl2,
            3 => &mut hierarchy.lvl3,
            4 => &mut hierarchy.lvl4,
            5 => &mut hierarchy.lvl5,
            _ => &mut hierarchy.lvl6,
        };
        *level = Some(title);
    }
    hierarchy
}

/// The text in pieces of whole lines where they are short enough.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let piece = first_piece(rest);
        rest = rest.get(piece.len()..).unwrap_or_default();
        (!piece.is_empty()).then_some(piece)
    })
    .map(str::trim)
    .filter(|piece| !piece.is_empty())
}

fn first_piece(text: &str) -> &str {
    if text.len() <= MOST {
        return text;
    }
    let most = text.get(..text.floor_char_boundary(MOST)).unwrap_or(text);
    let end = most.rfind('\n').or_else(|| most.rfind([' ', '。'])).filter(|at| *at > 0);
    match end {
        Some(at) => {
            let sign = most.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            most.get(..at + sign).unwrap_or(most)
        }
        None => most,
    }
}

/// The index settings, as DocSearch's own crawler makes them, with facets and languages.
pub fn settings(config: &Config, lang: Option<&Lang>) -> Value {
    let languages: Vec<&str> = config
        .languages
        .iter()
        .filter(|other| lang.is_none_or(|lang| lang == *other))
        .filter_map(|lang| lang.as_str().split('-').next())
        .collect();
    let hierarchy = (0..=6).map(|level| format!("unordered(hierarchy.lvl{level})"));
    let searched: Vec<String> =
        hierarchy.chain(["unordered(also_known_as)", "content"].map(str::to_owned)).collect();
    json!({
        "searchableAttributes": searched,
        "attributesForFaceting": [
            "type", "lang", "language", "kind", "area", "practice", "level", "role", "team", "tags",
        ],
        "attributesToRetrieve": ["hierarchy", "content", "anchor", "url", "url_without_anchor", "type"],
        "attributesToHighlight": ["hierarchy", "content"],
        "attributesToSnippet": ["content:10"],
        "camelCaseAttributes": ["hierarchy", "content"],
        "distinct": true,
        "attributeForDistinct": "url",
        "ranking": ["words", "filters", "typo", "attribute", "proximity", "exact", "custom"],
        "customRanking": ["desc(weight.pageRank)", "desc(weight.level)", "asc(weight.position)"],
        "indexLanguages": languages,
        "queryLanguages": languages,
        "ignorePlurals": true,
        "removeWordsIfNoResults": "allOptional",
        "advancedSyntax": true,
    })
}
