//! Pages → what the search page reads: titles, headings and descriptions, one file per language.
//!
//! Pages that set `search: {exclude: true}` are left out. The files are fetched when somebody
//! searches, never before.

use serde::Serialize;

use crate::model::{Handbook, Lang, Outputs, Site, Thing, ThingId};

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
