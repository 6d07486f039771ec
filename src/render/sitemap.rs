//! `sitemap.xml`: every written page, with its languages, after <https://www.sitemaps.org/protocol.html>.

use std::fmt::Write;
use std::ops::RangeInclusive;

use super::index::day_of;
use super::{Page, Plan, address, escape};
use crate::config::Config;
use crate::model::{Lang, Site};

/// Pages in one file. The protocol allows 50,000 and 50 MB; an entry with its languages and a long
/// Japanese address may take 2 KB.
const MOST: usize = 20_000;

/// The numbers of the parts that so many pages need: none when one file is enough.
pub fn parts(pages: usize) -> RangeInclusive<usize> {
    1..=if pages > MOST { pages.div_ceil(MOST) } else { 0 }
}

pub fn part_path(number: usize) -> String {
    format!("sitemap-{number}.xml")
}

/// `sitemap.xml`: the pages, or where they are too many the list of the parts.
pub fn sitemap(plan: &Plan, site: &Site, config: &Config) -> String {
    let numbers = parts(listed(plan, site).count());
    if numbers.is_empty() {
        return pages(listed(plan, site), site, config);
    }
    let mut index = format!("{XML}<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for number in numbers {
        let url = address::absolute_file(&config.base_url, &part_path(number)).unwrap_or_default();
        let _ = writeln!(index, "<sitemap><loc>{}</loc></sitemap>", escape::xml(&url));
    }
    index.push_str("</sitemapindex>\n");
    index
}

/// One of the parts, from 1.
pub fn part(plan: &Plan, site: &Site, config: &Config, number: usize) -> String {
    let before = number.saturating_sub(1).saturating_mul(MOST);
    pages(listed(plan, site).skip(before).take(MOST), site, config)
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// Pages in a language they are not written in are left out: they repeat another page.
fn listed<'a>(plan: &'a Plan, site: &'a Site) -> impl Iterator<Item = (&'a Page, &'a Lang)> {
    plan.pages.iter().filter_map(move |planned| Some((&planned.page, planned.page.listed_in(site)?)))
}

fn pages<'a>(pages: impl Iterator<Item = (&'a Page, &'a Lang)>, site: &Site, config: &Config) -> String {
    let default = site.handbook.default_language();
    let url = |address: &str, lang: &Lang| {
        address::absolute(&config.base_url, &address::folder(address, lang, default)).unwrap_or_default()
    };
    let mut sitemap = format!(
        "{XML}<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for (page, lang) in pages {
        let mut written: Vec<&Lang> = config.languages.iter().collect();
        let mut day = None;
        let address = match page {
            Page::Thing { thing, .. } => {
                let thing = site.handbook.thing(*thing);
                written.retain(|lang| thing.texts.contains_key(*lang));
                day = thing.texts.get(lang).and_then(|text| day_of(site, thing, text));
                thing.address.clone()
            }
            Page::Home { .. } => String::new(),
            Page::Section { address, .. } => address.clone(),
            Page::Report { report, .. } => report.address().to_owned(),
            Page::History { team, .. } => address::history(&site.handbook.thing(*team).address),
            // The sheets of teams ask the same.
            Page::Assess { team: None, .. } => "assess".to_owned(),
            Page::Tags { .. } => "tags".to_owned(),
            Page::Tag { slug, .. } => format!("tags/{slug}"),
            // Nothing else is listed.
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
