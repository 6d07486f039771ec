//! The Atom feed of a language: what was reviewed, what happened.

use std::fmt::Write;

use super::index::day_of;
use super::theme::Words;
use super::{address, escape};
use crate::config::Config;
use crate::model::{Lang, Site};

/// Entries in a feed.
const MAX_ENTRIES: usize = 30;

/// `feed.xml`. Only made when the site's address is known, which Atom ids need.
pub fn feed(site: &Site, config: &Config, words: &Words, lang: &Lang) -> String {
    let default = site.handbook.default_language();
    let base = &config.base_url;
    let url =
        |address: &str| address::absolute(base, &address::folder(address, lang, default)).unwrap_or_default();
    let mut entries: Vec<_> = site
        .handbook
        .iter()
        .filter_map(|(id, thing)| {
            let text = thing.texts.get(lang)?;
            Some((day_of(thing, text)?, id, thing, text))
        })
        .filter(|(day, ..)| *day <= site.today)
        .collect();
    entries.sort_by_key(|(day, id, ..)| (std::cmp::Reverse(*day), *id));
    entries.truncate(MAX_ENTRIES);
    let updated = entries.first().map_or(site.today, |(day, ..)| *day);
    let title = config.title.get(lang).map_or("", String::as_str);
    let home = url("");
    let own = address::absolute_file(base, &address::folder("feed.xml", lang, default)).unwrap_or_default();
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n  \
         <title>{}</title>\n  <id>{}</id>\n  <link href=\"{}\"/>\n  <link rel=\"self\" href=\"{}\"/>\n  \
         <updated>{updated}T00:00:00Z</updated>\n  <author><name>{}</name></author>\n",
        escape::xml(lang.as_str()),
        escape::xml(title),
        escape::xml(&home),
        escape::xml(&home),
        escape::xml(&own),
        escape::xml(title),
    );
    for (day, id, thing, text) in entries {
        let summary = &text.summary;
        let first_paragraph = site.plain(id, &summary.lang, &summary.first_paragraph);
        let description =
            summary.common.description.as_ref().map_or(first_paragraph.as_ref(), |text| &text.value);
        // Writing to a string does not fail.
        let _ = write!(
            feed,
            "  <entry>\n    <title>{}</title>\n    <id>{}</id>\n    <link href=\"{}\"/>\n    \
             <updated>{day}T00:00:00Z</updated>\n    <category term=\"{}\" label=\"{}\"/>\n    <summary>{}</summary>\n  \
             </entry>\n",
            escape::xml(&summary.title),
            escape::xml(&match &thing.id {
                Some(id) => url(&address::permalink(thing.kind, id.as_str())),
                None => url(&thing.address),
            }),
            escape::xml(&url(&thing.address)),
            thing.kind,
            escape::xml(words.get(thing.kind.name())),
            escape::xml(description),
        );
    }
    feed.push_str("</feed>\n");
    feed
}
