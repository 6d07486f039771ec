//! Site → the files that search reads: an open, versioned format, and the index of lunr beside it.

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
use crate::model::{Outputs, Site};
use inverted::{FIELDS, page_tokens};

pub use files::{Files, files};
pub use reader::{Card, Index};

/// What is read first, below the site's root.
pub const ROUTER: &str = "search/router.bin";

/// The files of the site's search, packed.
pub fn index(site: &Site, config: &Config) -> Outputs {
    pack::pack(files(site, config.offline), config.offline)
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
    let parts = language.map(|language| language.as_str()).into_iter().chain([page.address.as_str()]);
    parts.filter(|part| !part.is_empty()).map(|part| format!("{part}/")).collect()
}
