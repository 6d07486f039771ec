//! Which files the site will have.

use std::collections::BTreeMap;

use super::context::Shared;
use super::export::{self, Export};
use super::feed::{self, Topic};
use super::index::Index;
use super::view::kit::{self, Scope};
use super::{Theme, address, sitemap};
use crate::config::Config;
use crate::model::{Fate, Kind, Lang, Report, Site, Thing, ThingId};

/// The files of a site that is about to be made, and what their pages share.
#[derive(Debug)]
pub struct Plan {
    /// By path.
    pub pages: Vec<Planned>,
    pub(super) index: Index,
    pub(super) shared: BTreeMap<Lang, Shared>,
}

impl Plan {
    /// The file that is written at `path` (`roles/index.html`).
    pub fn find(&self, path: &str) -> Option<&Planned> {
        self.pages
            .binary_search_by(|planned| planned.path.as_str().cmp(path))
            .ok()
            .and_then(|at| self.pages.get(at))
    }
}

/// One file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Below the output folder.
    pub path: String,
    pub page: Page,
}

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// The page of a thing, in a language it may or may not be written in.
    Thing {
        thing: ThingId,
        lang: Lang,
    },
    /// The home page where none is written.
    Home {
        lang: Lang,
    },
    /// A folder that nobody introduced: the list of what is below.
    Section {
        address: String,
        lang: Lang,
    },
    /// A team's assessments side by side.
    History {
        team: ThingId,
        lang: Lang,
    },
    /// The whole handbook from one side.
    Report {
        report: Report,
        lang: Lang,
    },
    /// What one needs to lead a self-assessment of a scope; the list of scopes.
    Kit {
        scope: Option<Scope>,
        lang: Lang,
    },
    /// The self-assessment, of a team or of everybody.
    Assess {
        team: Option<ThingId>,
        lang: Lang,
    },
    /// Where pages are looked for.
    Search {
        lang: Lang,
    },
    /// All tags.
    Tags {
        lang: Lang,
    },
    /// Everything with one tag, by its slug.
    Tag {
        slug: String,
        lang: Lang,
    },
    /// What a host shows for an unknown address.
    NotFound {
        lang: Lang,
    },
    /// A practice's permanent address, where its criteria are listed with their anchors.
    Permalink {
        thing: ThingId,
        lang: Lang,
        folder: String,
    },
    /// An address that leads on at once: a permalink, or (`moved`) where the page once stood.
    Redirect {
        thing: ThingId,
        lang: Lang,
        folder: String,
        moved: bool,
    },
    /// An old address that leads to one page, or to several that came out of it.
    Alias {
        /// The language below which it stands, and its address there.
        below: Lang,
        address: String,
        /// The language of what it leads to.
        lang: Lang,
        folder: String,
    },
    /// The permalink, or the old page, of something that was retired.
    Tombstone {
        kind: Kind,
        id: String,
        lang: Lang,
        folder: String,
    },
    /// A practice as a small card, for other documents to frame.
    Embed {
        practice: ThingId,
        lang: Lang,
    },
    Feed {
        topic: Topic,
        lang: Lang,
    },
    /// The whole sitemap, or the list of its parts where it would be too long.
    Sitemap,
    /// From 1.
    SitemapPart {
        number: usize,
    },
    /// A file for other programs.
    Export(Export, Lang),
    Robots,
    /// The security policy for hosts that read `_headers`.
    Headers,
    /// A file beside the pages, by address.
    Asset {
        address: String,
    },
    /// A file of the theme, by path.
    ThemeFile {
        path: String,
    },
}

impl Page {
    /// The language of a page that others should know of: neither one that repeats another, nor one
    /// that only leads on.
    pub(super) fn listed_in<'a>(&'a self, site: &Site) -> Option<&'a Lang> {
        match self {
            Self::Thing { thing, lang } => {
                site.handbook.thing(*thing).texts.contains_key(lang).then_some(lang)
            }
            Self::Home { lang }
            | Self::Section { lang, .. }
            | Self::History { lang, .. }
            | Self::Report { lang, .. }
            // The sheets of teams ask the same.
            | Self::Assess { team: None, lang }
            | Self::Tags { lang }
            | Self::Tag { lang, .. } => Some(lang),
            Self::Assess { team: Some(_), .. }
            | Self::Kit { .. }
            | Self::Search { .. }
            | Self::NotFound { .. }
            | Self::Permalink { .. }
            | Self::Redirect { .. }
            | Self::Alias { .. }
            | Self::Tombstone { .. }
            | Self::Embed { .. }
            | Self::Feed { .. }
            | Self::Sitemap
            | Self::SitemapPart { .. }
            | Self::Export(..)
            | Self::Robots
            | Self::Headers
            | Self::Asset { .. }
            | Self::ThemeFile { .. } => None,
        }
    }
}

/// Lists every file. Where two want one path, a written page wins over a generated one, and both
/// over files and redirects; `link` has told the writer.
pub fn plan(site: &Site, config: &Config, theme: &Theme) -> Plan {
    let index = Index::new(site);
    let mut paths = Paths { pages: BTreeMap::new(), default: config.languages.first().cloned() };
    let shared = config
        .languages
        .iter()
        .map(|lang| (lang.clone(), Shared::new(config, theme, &index, site, lang)))
        .collect();
    for lang in &config.languages {
        for (thing, content) in site.handbook.iter() {
            paths.page(&content.address, lang, Page::Thing { thing, lang: lang.clone() });
        }
    }
    for lang in &config.languages {
        generated(site, &index, lang, config.has_search(), &mut paths);
    }
    for lang in &config.languages {
        for (thing, content) in site.handbook.iter() {
            permalinks(thing, content, lang, &mut paths);
        }
    }
    old_permalinks(site, config, &mut paths);
    export::plan(site, config, &mut paths);
    if !config.base_url.origin.is_empty() {
        whole_urls(site, config, &mut paths);
    }
    paths.add("robots.txt".to_owned(), Page::Robots);
    paths.add("_headers".to_owned(), Page::Headers);
    for path in theme.files().keys() {
        paths.add(path.clone(), Page::ThemeFile { path: path.clone() });
    }
    for address in site.handbook.assets.keys() {
        paths.add(address.clone(), Page::Asset { address: address.clone() });
    }
    aliases(site, &mut paths);
    Plan {
        pages: paths.pages.into_iter().map(|(path, page)| Planned { path, page }).collect(),
        index,
        shared,
    }
}

/// The files so far; the first to ask for a path gets it.
pub(super) struct Paths {
    pages: BTreeMap<String, Page>,
    default: Option<Lang>,
}

impl Paths {
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Page)> {
        self.pages.iter()
    }

    pub fn add(&mut self, path: String, page: Page) {
        self.pages.entry(path).or_insert(page);
    }

    fn folder(&self, address: &str, lang: &Lang) -> String {
        address::folder(address, lang, self.default.as_ref().unwrap_or(lang))
    }

    pub fn page(&mut self, address: &str, lang: &Lang, page: Page) {
        self.add(address::file_of(&self.folder(address, lang)), page);
    }

    /// A page that knows the folder it stands in.
    fn folder_page(&mut self, address: &str, lang: &Lang, page: impl FnOnce(Lang, String) -> Page) {
        let folder = self.folder(address, lang);
        self.add(address::file_of(&folder), page(lang.clone(), folder));
    }

    pub fn file(&mut self, name: &str, lang: &Lang, page: Page) {
        self.add(self.folder(name, lang), page);
    }
}

fn generated(site: &Site, index: &Index, lang: &Lang, searchable: bool, paths: &mut Paths) {
    let lang = || lang.clone();
    let kits = kit::scopes_of(site, &index.areas, |practice| index.area_of.get(&practice).copied());
    paths.page("", &lang(), Page::Home { lang: lang() });
    for (address, page) in &index.folders {
        if page.is_none() && !address.is_empty() {
            paths.page(address, &lang(), Page::Section { address: address.clone(), lang: lang() });
        }
    }
    for (team, cards) in &site.scorecards.teams {
        if !cards.is_empty() {
            let address = address::history(&site.handbook.thing(*team).address);
            paths.page(&address, &lang(), Page::History { team: *team, lang: lang() });
        }
    }
    for &report in &index.reports {
        paths.page(report.address(), &lang(), Page::Report { report, lang: lang() });
    }
    if index.has_questions {
        paths.page("assess", &lang(), Page::Assess { team: None, lang: lang() });
        for (team, thing) in site.handbook.of_kind(Kind::Team) {
            let Some(id) = &thing.id else { continue };
            paths.page(&format!("assess/{id}"), &lang(), Page::Assess { team: Some(team), lang: lang() });
        }
    }
    for scope in std::iter::once(None).chain(kits.iter().copied().map(Some)).filter(|_| index.has_questions) {
        paths.page(&kit::address(site, scope), &lang(), Page::Kit { scope, lang: lang() });
    }
    if searchable {
        paths.page("search", &lang(), Page::Search { lang: lang() });
    }
    if !index.tags.is_empty() {
        paths.page("tags", &lang(), Page::Tags { lang: lang() });
    }
    for slug in index.tags.keys() {
        paths.page(&format!("tags/{slug}"), &lang(), Page::Tag { slug: slug.clone(), lang: lang() });
    }
    paths.file("404.html", &lang(), Page::NotFound { lang: lang() });
}

/// What can only be written with whole URLs.
fn whole_urls(site: &Site, config: &Config, paths: &mut Paths) {
    for lang in &config.languages {
        for topic in feed::topics(site) {
            let path = feed::path(site, topic);
            paths.file(&path, lang, Page::Feed { topic, lang: lang.clone() });
        }
    }
    let listed = paths.pages.values().filter(|page| page.listed_in(site).is_some()).count();
    for number in sitemap::parts(listed) {
        paths.add(sitemap::part_path(number), Page::SitemapPart { number });
    }
    paths.add("sitemap.xml".to_owned(), Page::Sitemap);
}

fn permalinks(thing: ThingId, content: &Thing, lang: &Lang, paths: &mut Paths) {
    let Some(id) = &content.id else { return };
    for address in addresses(content.kind, id.as_str()) {
        paths.folder_page(&address, lang, |lang, folder| leading_to(thing, content, lang, folder));
    }
}

/// The permanent addresses of something.
fn addresses(kind: Kind, id: &str) -> Vec<String> {
    let mut addresses = vec![address::permalink(kind, id)];
    if kind == Kind::Practice {
        addresses.push(address::short_permalink(id));
    }
    addresses
}

/// A permanent address of `thing`.
fn leading_to(thing: ThingId, content: &Thing, lang: Lang, folder: String) -> Page {
    match content.kind {
        Kind::Practice => Page::Permalink { thing, lang, folder },
        _ => Page::Redirect { thing, lang, folder, moved: false },
    }
}

/// The permalinks, and the old addresses, of what has another id now or is no more.
fn old_permalinks(site: &Site, config: &Config, paths: &mut Paths) {
    for old in site.succession.old_permalinks(&site.handbook) {
        for lang in &config.languages {
            let permalinks = addresses(old.kind, old.id);
            let was_at = old.address.filter(|address| !address.is_empty());
            match old.fate {
                Fate::Renamed(thing) => {
                    let content = site.handbook.thing(thing);
                    for address in &permalinks {
                        paths.folder_page(address, lang, |lang, folder| {
                            leading_to(thing, content, lang, folder)
                        });
                    }
                    if let Some(address) = was_at {
                        paths.folder_page(address, lang, |lang, folder| Page::Redirect {
                            thing,
                            lang,
                            folder,
                            moved: true,
                        });
                    }
                }
                Fate::Retired(..) => {
                    for address in permalinks.iter().map(String::as_str).chain(was_at) {
                        paths.folder_page(address, lang, |lang, folder| Page::Tombstone {
                            kind: old.kind,
                            id: old.id.to_owned(),
                            lang,
                            folder,
                        });
                    }
                }
                Fate::Hidden(_) => {}
            }
        }
    }
}

/// Old addresses. `link` has told of those that are taken.
fn aliases(site: &Site, paths: &mut Paths) {
    for ((below, address), claims) in &site.graph.aliases {
        let Some(first) = claims.first() else { continue };
        let place = paths.folder(address, below);
        let path = if address.ends_with(".html") { place } else { address::file_of(&place) };
        // Links on the page are written from the folder its file stands in.
        let folder = address::parent(&path).unwrap_or_default().to_owned();
        let (below, address, lang) = (below.clone(), address.clone(), first.lang.clone());
        paths.add(path, Page::Alias { below, address, lang, folder });
    }
}
