//! Pages → what the search page reads: titles, headings and descriptions, one file per language.
//!
//! Pages that set `search: {exclude: true}` are left out. The files are fetched when somebody
//! searches, never before.

pub mod lunr;
mod stem;
pub mod tokens;

use std::sync::Arc;

use serde::Serialize;

use crate::config::{Config, LunrIndex};
use crate::model::{Handbook, Lang, Outputs, Site, Text, Thing, ThingId};

/// The index of one language. Format version 1; addresses are relative to the site's root.
#[derive(Debug, Serialize)]
struct Index<'a> {
    version: u32,
    pages: Vec<Page<'a>>,
}

/// One page as search sees it.
#[derive(Debug, Serialize)]
struct Page<'a> {
    title: &'a str,
    /// Below the site's root, with its language: `ja/practices/slo/slo-targets/`.
    address: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    /// Other names, from every language.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also_known_as: Vec<&'a str>,
    /// Anchor and text of each heading.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    headings: Vec<(&'a str, &'a str)>,
}

/// The search files of the site: `search/pages.<lang>.json`.
pub fn index(site: &Site) -> Outputs {
    let handbook = &site.handbook;
    let mut outputs = Outputs::new();
    for lang in &handbook.languages {
        let pages = handbook
            .iter()
            .filter(|(_, thing)| !thing.original().summary.common.search.exclude)
            .map(|(id, thing)| page(site, id, thing, lang))
            .collect();
        let index = Index { version: 1, pages };
        // Strings and lists only: serialising them cannot fail.
        let json = serde_json::to_string(&index).unwrap_or_default();
        // A host that serves this as HTML, or a page that quotes it, must find no markup in it.
        let json = json.replace('<', "\\u003c");
        outputs.insert(format!("search/pages.{lang}.json"), json.into_bytes().into());
    }
    outputs
}

/// `search/lunr-index.json`, for those who bring lunr.js: one document per page and language, known by
/// its address; `None` where the configuration leaves it out.
///
/// A stock lunr finds Latin words in it, and Japanese by pieces of two signs only, because it does not
/// cut words as [`tokens`] does. Under [`LunrIndex::Auto`] a text of some 350 pages still gets one.
pub fn for_lunr(site: &Site, config: &Config) -> Option<(String, Arc<[u8]>)> {
    /// The index takes about as many bytes as the text it is made from.
    const MOST: usize = 1 << 20;
    let texts = site.handbook.iter().flat_map(|(_, thing)| {
        thing
            .texts
            .values()
            .filter(|_| !thing.original().summary.common.search.exclude)
            .map(move |text| (thing, text))
    });
    let texts: Vec<(&Thing, &Text)> = texts.collect();
    let size: usize = texts.iter().map(|(_, text)| text.body.text.len()).sum();
    if config.lunr == LunrIndex::Never || (config.lunr == LunrIndex::Auto && size > MOST) {
        return None;
    }
    let documents: Vec<lunr::Document> = texts
        .into_iter()
        .map(|(thing, text)| {
            let summary = &text.summary;
            let headings: Vec<&str> = summary.headings.iter().map(|heading| heading.text.as_str()).collect();
            lunr::Document {
                reference: address(&site.handbook, thing, &summary.lang),
                fields: vec![
                    tokens::tokens(&summary.title, true),
                    tokens::tokens(&headings.join("\n"), true),
                    tokens::tokens(&text.body.text, false),
                ],
            }
        })
        .collect();
    let json = lunr::Index::build(&FIELDS, &documents).to_json();
    Some(("search/lunr-index.json".to_owned(), json.into_bytes().into()))
}

/// What is searched, and how much it counts.
const FIELDS: [lunr::Field; 3] = [
    lunr::Field { name: "title", boost: 8.0 },
    lunr::Field { name: "headings", boost: 3.0 },
    lunr::Field { name: "body", boost: 1.0 },
];

fn page<'a>(site: &'a Site, id: ThingId, thing: &'a Thing, lang: &Lang) -> Page<'a> {
    let summary = &thing.text(lang).summary;
    let also_known_as = thing
        .texts
        .values()
        .flat_map(|text| &text.summary.common.also_known_as)
        .map(|name| name.value.as_str())
        .collect();
    let links = site.graph.pages.get(&(id, summary.lang.clone()));
    let anchors = links.map(|links| links.anchors.as_slice()).unwrap_or_default();
    let headings = anchors
        .iter()
        .zip(&summary.headings)
        .map(|(a, heading)| (a.id.as_str(), heading.text.as_str()))
        .collect();
    Page {
        title: &summary.title,
        address: address(&site.handbook, thing, lang),
        kind: thing.kind.name(),
        description: summary.common.description.as_ref().map_or("", |text| text.value.as_str()),
        also_known_as,
        headings,
    }
}

fn address(handbook: &Handbook, thing: &Thing, lang: &Lang) -> String {
    let mut address = String::new();
    if lang != handbook.default_language() {
        address.push_str(lang.as_str());
        address.push('/');
    }
    if !thing.address.is_empty() {
        address.push_str(&thing.address);
        address.push('/');
    }
    address
}
