//! Site → the files that search reads: an open, versioned format, and the index of lunr beside it.
//!
//! # The format, version 1
//!
//! Every file is gzip (RFC 1952), whatever the host compresses. `search/router.bin` is the only one whose content changes under one
//! name; it names a *generation*, and `search/data/<generation>/` has the files that belong together. `search/data/text/` has the
//! texts of pages by the hash of their content. Built for the disk (`build --offline`), every file is a script instead,
//! `search/….js`, which calls `shirubeSearch("<name>", "<base64 of the gzip>")`.
//!
//! A *subject* is what the handbook has a page for; a *page* is a subject in one language. Subjects are numbered in the order of the
//! handbook, pages subject by subject in the order of the languages.
//!
//! | file | content |
//! |---|---|
//! | `router` | JSON, field by field in `files::Router`: languages, which subject has which, fields, facets, the numbers of the ranking, the rules of the tokens, and what each file of terms begins with |
//! | `routes/<n>` | where there are more than 256 files of terms: a JSON list of what 64 of them begin with |
//! | `terms/<n>` | binary: terms in the order of their UTF-16 units, with the pages that have them |
//! | `tails/<n>` | binary: the pages of a term beyond the 1,000 that stand with it |
//! | `names/<n>` | JSON: for each of 16 terms of the glossary up to four names in all languages, as written and as stems joined by spaces |
//! | `cards/<n>` | JSON: for each of 8 pages title, address without language, kind, area, level, hash of its text |
//! | `text/<hash>` | JSON: title, and the parts of the page, each as anchor, heading, 1 for a criterion, text |
//! | `words/<letter>` | binary: the 1,200 most frequent Latin terms that begin with the letter, for what is misspelt |
//! | `facets` | JSON: by facet its values, each with its titles by language and its subjects, as gap and length of each row of neighbours |
//!
//! In binary files a *number* is LEB128 (seven bits a byte, low ones first), a *text* its length in bytes and UTF-8, and a *word* the
//! number of bytes it shares with the word before (none for the first) and the rest as text. Pages are counted from the one behind the
//! last: the first as it is, 7 behind 4 as 2.
//!
//! * `terms/<n>`, until the end: the term (a word); how many fields have it over all pages (a number, for its rarity); the number of its
//!   file of tails from 1, or 0; its postings; how many names are known by it, and for each its stems (a text) and the number of its group.
//! * postings, for each field: how many pages; the pages; as many weights in thousandths.
//! * `tails/<n>`: postings.
//! * `words/<letter>`, until the end: the term (a word); how it is written most often (a word, before which the term itself stands); how
//!   many fields have it.
//!
//! Tokens are cut and stemmed by the rules in the router (see [`tokens`]). Weights are lunr's ([`lunr`]): the sum over the terms of
//! a query of boost × weight, by field over the length of the vector of boosts, is lunr's score. What the order goes by besides is
//! described in [`query`], and by the numbers in `ranking`.

mod bytes;
mod files;
mod intern;
mod inverted;
pub mod lunr;
mod names;
mod pack;
mod pages;
pub mod query;
mod ranking;
mod reader;
mod rules;
mod stem;
pub mod tokens;

use std::sync::Arc;

use crate::config::{Config, LunrIndex};
use crate::model::{Lang, Outputs, Site};
use inverted::{FIELDS, page_tokens};

pub use files::{Files, files};
pub use reader::{Card, Index};
pub use stem::stem;

/// What is read first, below the site's root.
pub const ROUTER: &str = "search/router.bin";

/// The files of the site's search, packed.
pub fn index(site: &Site, config: &Config) -> Outputs {
    pack::pack(files(site, config.offline), config.offline)
}

/// What a query finds, for those who show it.
#[derive(Debug, Default)]
pub struct Found {
    /// Subjects found, in whatever language.
    pub total: usize,
    /// What was looked for in place of something misspelt.
    pub suggestion: Option<String>,
    pub hits: Vec<FoundPage>,
    /// Where nothing is found: pages that come near.
    pub near: Vec<FoundPage>,
}

/// A page that was found.
#[derive(Debug, Default)]
pub struct FoundPage {
    pub kind: String,
    pub language: String,
    pub title: String,
    /// Below the site's root.
    pub address: String,
    /// Id of its area, and its level; may be empty.
    pub area: String,
    pub level: String,
    /// Anchor and words of the heading or criterion where it stands; `None`: the page as a whole.
    pub heading: Option<(String, String)>,
    /// The line that has most of what was looked for.
    pub line: String,
    pub score: f64,
    /// lunr's score.
    pub base: f64,
}

/// What `query` finds, by way of an index that is made for it. `lang`: the reader's language; the default one if not said.
pub fn search(site: &Site, query: &str, lang: Option<&Lang>, limit: usize) -> Found {
    let files = files(site, false);
    let Some(index) = Index::open(&files) else { return Found::default() };
    let language = site.handbook.languages.iter().position(|known| Some(known) == lang).unwrap_or(0);
    let answer = query::find(&index, query, &query::Options { language, facets: Vec::new(), limit });
    let shown = |hits: &[query::Hit]| hits.iter().map(|hit| found_page(site, &index, &answer, hit)).collect();
    Found {
        total: answer.total,
        suggestion: answer.suggestion.clone(),
        hits: shown(&answer.hits),
        near: shown(&answer.near),
    }
}

fn found_page(site: &Site, index: &Index<'_>, answer: &query::Answer, hit: &query::Hit) -> FoundPage {
    let Card(title, address, kind, area, level, _) = hit.card.clone();
    let language = site.handbook.languages.get(hit.language).map(ToString::to_string).unwrap_or_default();
    let place = query::place(index, answer, hit);
    FoundPage {
        address: folder(if hit.language > 0 { &language } else { "" }, &address),
        kind,
        language,
        title,
        area,
        level,
        heading: place.heading,
        line: place.line,
        score: hit.score,
        base: hit.base,
    }
}

/// `search/lunr-index.json`, for those who bring lunr.js: one document per page and language, known by
/// its address; `None` where the configuration leaves it out.
///
/// A stock lunr finds Latin words in it, and Japanese by pieces of two signs only, because it does not
/// cut words as [`tokens`] does. Under [`LunrIndex::Auto`] a text of some 350 pages still gets one.
pub fn for_lunr(site: &Site, config: &Config) -> Option<(String, Arc<[u8]>)> {
    /// The index takes about as many bytes as the text it is made from.
    const MOST: usize = 1 << 20;
    if config.lunr == LunrIndex::Never {
        return None;
    }
    let subjects = pages::subjects(site);
    let pages = || subjects.iter().flat_map(|subject| &subject.pages);
    let size: usize = pages().flat_map(|page| &page.sections).map(|section| section.text.len()).sum();
    if config.lunr == LunrIndex::Auto && size > MOST {
        return None;
    }
    let documents: Vec<lunr::Document> = pages()
        .map(|page| {
            let mut fields = vec![Vec::new(); FIELDS.len()];
            page_tokens(page, |field, token| {
                if let Some(field) = fields.get_mut(field) {
                    field.push(token.to_owned());
                }
            });
            lunr::Document { reference: address(site, page), fields }
        })
        .collect();
    let json = lunr::Index::build(&FIELDS, &documents).to_json();
    Some(("search/lunr-index.json".to_owned(), json.into_bytes().into()))
}

/// Where a page is, below the site's root.
fn address(site: &Site, page: &pages::Page) -> String {
    let language = site.handbook.languages.get(page.language).filter(|_| page.language > 0);
    folder(language.map_or("", Lang::as_str), &page.address)
}

fn folder(language: &str, address: &str) -> String {
    [language, address].into_iter().filter(|part| !part.is_empty()).map(|part| format!("{part}/")).collect()
}
