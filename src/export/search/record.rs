//! One record: a page, one of its headings, or a criterion, with everything that a search shows or narrows down by.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::facets::Facets;
use super::section::{Section, sections};
use crate::config::Config;
use crate::model::{Handbook, Lang, Site, Text, Thing, ThingId};
use crate::render::address;

/// What a search can lead to. Version 1 of the schema; keys may be added at any time.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    /// 32 hexadecimal digits that stay as long as the page keeps its id (without one its address) and the heading
    /// its anchor, whatever is written in them.
    pub id: String,
    pub part: Part,
    /// The link: a whole URL where `base_url` is known, else from the root of the host.
    pub url: String,
    /// The page below the site's root, with its language: `ja/practices/slo/slo-targets/`.
    pub path: String,
    /// Of a heading or criterion.
    pub anchor: Option<String>,
    /// Of the page.
    pub title: String,
    /// Words of the heading or criterion; none of the page.
    pub heading: Option<String>,
    /// Titles of what it stands in, the outermost first: pages above, and for parts the page and headings above.
    pub breadcrumb: Vec<String>,
    pub language: String,
    pub kind: &'static str,
    /// The thing's id; a plain page may have none.
    pub subject: Option<String>,
    #[serde(flatten)]
    pub facets: Facets,
    pub tags: Vec<String>,
    /// Of the page only: its other names in every language, and its titles in the other languages.
    pub also_known_as: Vec<String>,
    /// Of the page only.
    pub description: Option<String>,
    /// The prose and code below the heading, as far as the next one; of the page, what stands before all headings.
    pub text: String,
    /// The page's `search.boost`, 0.1 to 10.
    pub boost: f64,
    /// 1 for the page, 2 to 6 for headings, 2 for criteria.
    pub depth: u8,
    /// Place among the records of the page, from 0.
    pub position: usize,
    /// The day on which the page's file was last changed, as git remembers it.
    pub changed: Option<String>,
    /// Depth and title from the page to this very record.
    #[serde(skip)]
    pub trail: Vec<(u8, String)>,
}

impl Record {
    /// The titles of the pages above.
    pub fn above(&self) -> &[String] {
        let own = self.trail.len().saturating_sub(1);
        self.breadcrumb.get(..self.breadcrumb.len().saturating_sub(own)).unwrap_or_default()
    }
}

/// What of a page a record stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    Page,
    Heading,
    Criterion,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Heading => "heading",
            Self::Criterion => "criterion",
        }
    }
}

/// Every record, page by page. Drafts and pages of narrower audiences are not in `site`; pages that set
/// `search: {exclude: true}` are left out here.
pub fn records(site: &Site, config: &Config, lang: Option<&Lang>) -> Vec<Record> {
    let mut records = Vec::new();
    for (id, thing) in site.handbook.iter() {
        if thing.original().summary.common.search.exclude {
            continue;
        }
        for language in site.handbook.languages.iter().filter(|other| lang.is_none_or(|lang| lang == *other))
        {
            if let Some(text) = thing.texts.get(language) {
                page(site, config, id, thing, text, &mut records);
            }
        }
    }
    records
}

fn page(site: &Site, config: &Config, id: ThingId, thing: &Thing, text: &Text, records: &mut Vec<Record>) {
    let summary = &text.summary;
    let lang = &summary.lang;
    let common = &thing.original().summary.common;
    let facets = Facets::of(site, id, thing);
    let folder = address::folder(&thing.address, lang, site.handbook.default_language());
    let path = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let url = match address::absolute(&config.base_url, &folder) {
        Some(url) => url,
        None => format!("{}{}", config.base_url.path, address::encoded(&path)),
    };
    let above = titles_above(&site.handbook, thing, lang);
    let mut trail: Vec<(u8, String)> = Vec::new();
    for (position, section) in sections(site, id, thing, text).into_iter().enumerate() {
        let Section { part, depth, anchor, heading, text, level, roles } = section;
        trail.retain(|(outer, _)| *outer < depth);
        let breadcrumb = above.iter().chain(trail.iter().map(|(_, title)| title)).cloned().collect();
        trail.push((depth, heading.clone().unwrap_or_else(|| summary.title.clone())));
        let is_page = part == Part::Page;
        records.push(Record {
            id: record_id(thing, lang, part, anchor.as_deref()),
            part,
            url: match &anchor {
                Some(anchor) => format!("{url}#{}", address::encoded(anchor)),
                None => url.clone(),
            },
            path: path.clone(),
            anchor,
            title: summary.title.clone(),
            heading,
            breadcrumb,
            language: lang.to_string(),
            kind: thing.kind.name(),
            subject: thing.id.as_ref().map(ToString::to_string),
            facets: facets.narrowed(level, roles),
            tags: common.tags.iter().map(|tag| tag.value.clone()).collect(),
            also_known_as: if is_page { other_names(thing, lang) } else { Vec::new() },
            description: summary
                .common
                .description
                .as_ref()
                .filter(|_| is_page)
                .map(|text| text.value.clone()),
            text,
            boost: common.search.boost,
            depth,
            position,
            changed: site.history.get(&summary.file).map(ToString::to_string),
            trail: trail.clone(),
        });
    }
}

/// The first 128 bits of a hash of what the record is; nobody can read them, but every engine takes them.
fn record_id(thing: &Thing, lang: &Lang, part: Part, anchor: Option<&str>) -> String {
    let name = thing.id.as_ref().map_or(thing.address.as_str(), |id| id.as_str());
    let names = [lang.as_str(), thing.kind.name(), name, part.name(), anchor.unwrap_or_default()];
    Sha256::digest(names.join("\0")).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// The titles of the pages above, the home page left out.
fn titles_above(handbook: &Handbook, thing: &Thing, lang: &Lang) -> Vec<String> {
    let mut titles = Vec::new();
    let mut address = thing.address.as_str();
    while let Some((above, _)) = address.rsplit_once('/') {
        if let Some(page) = handbook.by_address.get(above) {
            titles.push(handbook.thing(*page).title(lang).to_owned());
        }
        address = above;
    }
    titles.reverse();
    titles
}

fn other_names(thing: &Thing, lang: &Lang) -> Vec<String> {
    let title = thing.title(lang);
    let mut names: Vec<String> = Vec::new();
    for (other, text) in &thing.texts {
        let elsewhere = (other != lang).then_some(&text.summary.title);
        let names_here = text.summary.common.also_known_as.iter().map(|name| &name.value);
        for name in elsewhere.into_iter().chain(names_here) {
            if name != title && !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    names
}
