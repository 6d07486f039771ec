//! Atom feeds: what was reviewed, what happened; all of it, the postmortems, or one area's practices.

use std::fmt::Write;

use super::context::PageContext;
use super::index::day_of;
use super::{address, escape};
use crate::model::{Kind, Site, Text, Thing, ThingId};

/// Entries in a feed.
const MAX_ENTRIES: usize = 30;

/// What a feed tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    Everything,
    Postmortems,
    /// The practices of an area.
    Area(ThingId),
}

/// The feeds that a site has.
pub fn topics(site: &Site) -> Vec<Topic> {
    let mut topics = vec![Topic::Everything];
    if site.handbook.of_kind(Kind::Postmortem).next().is_some() {
        topics.push(Topic::Postmortems);
    }
    topics.extend(site.handbook.of_kind(Kind::Area).map(|(area, _)| Topic::Area(area)));
    topics
}

/// Where a feed stands, without language.
pub fn path(site: &Site, topic: Topic) -> String {
    match folder(site, topic) {
        "" => "feed.xml".to_owned(),
        folder => format!("{folder}/feed.xml"),
    }
}

/// What a feed is called.
pub fn title(cx: &PageContext<'_>, topic: Topic) -> String {
    let site = cx.config.title.get(cx.lang).map_or("", String::as_str);
    let part = match topic {
        Topic::Everything => return site.to_owned(),
        Topic::Postmortems => cx.words.get("postmortems"),
        Topic::Area(area) => &cx.text(area).summary.title,
    };
    format!("{site}{}{part}", cx.words.get("label_separator"))
}

/// The file of a feed. Only made when the site's address is known, which Atom ids need.
pub fn feed(cx: &PageContext<'_>, topic: Topic) -> String {
    let base = &cx.config.base_url;
    let url = |address: &str| address::absolute(base, &cx.folder(address)).unwrap_or_default();
    // An id outlives the place where the thing is kept.
    let id = |thing: &Thing| match &thing.id {
        Some(id) => url(&address::permalink(thing.kind, id.as_str())),
        None => url(&thing.address),
    };
    let entries = entries(cx, topic);
    let updated = entries.first().map_or(cx.site.today, |entry| entry.day);
    let page = url(folder(cx.site, topic));
    let own = address::absolute_file(base, &cx.folder(&path(cx.site, topic))).unwrap_or_default();
    let author = cx.config.title.get(cx.lang).map_or("", String::as_str);
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n  \
         <title>{}</title>\n  <id>{}</id>\n  <link href=\"{}\"/>\n  <link rel=\"self\" href=\"{}\"/>\n  \
         <updated>{updated}T00:00:00Z</updated>\n  <author><name>{}</name></author>\n",
        escape::xml(cx.lang.as_str()),
        escape::xml(&title(cx, topic)),
        escape::xml(&match topic {
            Topic::Area(area) => id(cx.thing(area)),
            Topic::Everything | Topic::Postmortems => page.clone(),
        }),
        escape::xml(&page),
        escape::xml(&own),
        escape::xml(author),
    );
    for Entry { day, id: own, thing, text } in entries {
        let summary = &text.summary;
        let first_paragraph = cx.plain(own, &summary.first_paragraph);
        let description =
            summary.common.description.as_ref().map_or(first_paragraph.as_str(), |text| &text.value);
        // Writing to a string does not fail.
        let _ = write!(
            feed,
            "  <entry>\n    <title>{}</title>\n    <id>{}</id>\n    <link href=\"{}\"/>\n    \
             <updated>{day}T00:00:00Z</updated>\n    <category term=\"{}\" label=\"{}\"/>\n    <summary>{}</summary>\n  \
             </entry>\n",
            escape::xml(&summary.title),
            escape::xml(&id(thing)),
            escape::xml(&url(&thing.address)),
            thing.kind,
            escape::xml(cx.words.get(thing.kind.name())),
            escape::xml(description),
        );
    }
    feed.push_str("</feed>\n");
    feed
}

struct Entry<'a> {
    day: jiff::civil::Date,
    id: ThingId,
    thing: &'a Thing,
    text: &'a Text,
}

/// What is written in the feed's language, newest first.
fn entries<'a>(cx: &PageContext<'a>, topic: Topic) -> Vec<Entry<'a>> {
    let belongs = |id: ThingId, thing: &Thing| match topic {
        Topic::Everything => true,
        Topic::Postmortems => thing.kind == Kind::Postmortem,
        Topic::Area(area) => cx.index.area_of.get(&id) == Some(&area),
    };
    let mut entries: Vec<Entry<'a>> = cx
        .handbook()
        .iter()
        .filter(|(id, thing)| belongs(*id, thing))
        .filter_map(|(id, thing)| {
            let text = thing.texts.get(cx.lang)?;
            Some(Entry { day: day_of(cx.site, thing, text)?, id, thing, text })
        })
        .filter(|entry| entry.day <= cx.site.today)
        .collect();
    entries.sort_by_key(|entry| (std::cmp::Reverse(entry.day), entry.id));
    entries.truncate(MAX_ENTRIES);
    entries
}

/// The address of the page that a feed belongs to.
fn folder(site: &Site, topic: Topic) -> &str {
    match topic {
        Topic::Everything => "",
        Topic::Postmortems => "postmortems",
        Topic::Area(area) => &site.handbook.thing(area).address,
    }
}
