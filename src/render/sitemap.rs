//! `sitemap.xml`: every written page, with its languages.

use std::fmt::Write;

use super::index::day_of;
use super::{Page, Plan, address, escape};
use crate::config::Config;
use crate::model::{Lang, Site};

/// Pages in a language they are not written in are left out: they repeat another page.
pub fn sitemap(plan: &Plan, site: &Site, config: &Config) -> String {
    let default = site.handbook.default_language();
    let url = |address: &str, lang: &Lang| {
        address::absolute(&config.base_url, &address::folder(address, lang, default)).unwrap_or_default()
    };
    let mut sitemap = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for planned in &plan.pages {
        let (address, lang, written, day) = match &planned.page {
            Page::Thing { thing, lang } => {
                let thing = site.handbook.thing(*thing);
                let Some(text) = thing.texts.get(lang) else { continue };
                let written: Vec<&Lang> =
                    config.languages.iter().filter(|lang| thing.texts.contains_key(lang)).collect();
                (thing.address.clone(), lang, written, day_of(thing, text))
            }
            Page::Home { lang } => (String::new(), lang, config.languages.iter().collect(), None),
            Page::Section { address, lang } => {
                (address.clone(), lang, config.languages.iter().collect(), None)
            }
            Page::Matrix { lang } => ("matrix".to_owned(), lang, config.languages.iter().collect(), None),
            // The sheets of teams ask the same.
            Page::Assess { team: None, lang } => {
                ("assess".to_owned(), lang, config.languages.iter().collect(), None)
            }
            _ => continue,
        };
        let _ = write!(sitemap, "<url><loc>{}</loc>", escape::xml(&url(&address, lang)));
        if let Some(day) = day {
            let _ = write!(sitemap, "<lastmod>{day}</lastmod>");
        }
        if written.len() > 1 {
            let fallback = if written.contains(&default) { Some(default) } else { written.first().copied() };
            let named = written.iter().map(|lang| (lang.as_str(), *lang));
            for (name, lang) in named.chain(fallback.map(|lang| ("x-default", lang))) {
                let _ = write!(
                    sitemap,
                    "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>",
                    escape::xml(name),
                    escape::xml(&url(&address, lang)),
                );
            }
        }
        sitemap.push_str("</url>\n");
    }
    sitemap.push_str("</urlset>\n");
    sitemap
}
