//! Files for other documents and programs: what is here, and how to link to it.
//!
//! One file per format. Each is made from the finished site as a page is, independent of the others.

use super::context::PageContext;
use super::plan::Paths;
use super::{Page, address};
use crate::config::Config;
use crate::model::{Kind, Lang, Site};

mod badge;
mod inventory;
mod json;
pub mod json_ld;
mod links;
mod llms;
mod markdown;

pub use badge::{Badge, snippet};

/// A file that is no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Export {
    /// Every thing with its titles and addresses, as JSON.
    Links,
    /// The same for Sphinx.
    Inventory,
    /// The same for language models.
    Llms,
    /// A page as markdown.
    Copy(Box<Page>),
    /// A team's or practice's state as a picture.
    Badge(Badge),
}

/// Lists the files for other documents and programs, the pages being listed already.
pub fn plan(site: &Site, config: &Config, paths: &mut Paths) {
    let badges = badge::badges(site);
    for lang in &config.languages {
        let mut add = |name: &str, export| paths.file(name, lang, Page::Export(export, lang.clone()));
        add("objects.inv", Export::Inventory);
        add("llms.txt", Export::Llms);
        for (path, badge) in &badges {
            add(path, Export::Badge(*badge));
        }
        for (practice, thing) in site.handbook.of_kind(Kind::Practice) {
            if let Some(id) = &thing.id {
                let page = Page::Embed { practice, lang: lang.clone() };
                paths.page(&address::embed(id.as_str()), lang, page);
            }
        }
    }
    paths.add("links.json".to_owned(), Page::Export(Export::Links, site.handbook.default_language().clone()));
    for (path, page, lang) in copied(site, paths) {
        paths.add(path, Page::Export(Export::Copy(Box::new(page)), lang));
    }
}

/// The markdown copies: of every page in the languages in which it is written or made.
fn copied(site: &Site, paths: &Paths) -> Vec<(String, Page, Lang)> {
    let pages = paths.iter().filter_map(|(path, page)| {
        let folder = path.strip_suffix("index.html")?;
        let lang = page.listed_in(site)?;
        Some((format!("{folder}{}", address::COPY), page.clone(), lang.clone()))
    });
    pages.collect()
}

/// Makes one of them; `cx` stands where the file stands.
pub fn file(cx: &PageContext<'_>, export: &Export) -> Vec<u8> {
    match export {
        Export::Links => links::links(cx).into_bytes(),
        Export::Inventory => inventory::inventory(cx),
        Export::Llms => llms::llms(cx).into_bytes(),
        Export::Copy(page) => markdown::copy(cx, page).into_bytes(),
        Export::Badge(badge) => badge::badge(cx, *badge).into_bytes(),
    }
}
