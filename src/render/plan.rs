//! Which files the site will have.

use std::collections::BTreeMap;

use super::index::Index;
use super::page::Shared;
use super::{Theme, address};
use crate::config::Config;
use crate::model::{Kind, Lang, Site, Thing, ThingId};

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
    /// All practices by level.
    Matrix {
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
    /// An address that leads on at once.
    Redirect {
        thing: ThingId,
        lang: Lang,
        folder: String,
    },
    Feed {
        lang: Lang,
    },
    Sitemap,
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
        if !config.base_url.origin.is_empty() {
            paths.file("feed.xml", lang, Page::Feed { lang: lang.clone() });
        }
    }
    if !config.base_url.origin.is_empty() {
        paths.add("sitemap.xml".to_owned(), Page::Sitemap);
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
struct Paths {
    pages: BTreeMap<String, Page>,
    default: Option<Lang>,
}

impl Paths {
    fn add(&mut self, path: String, page: Page) {
        self.pages.entry(path).or_insert(page);
    }

    fn folder(&self, address: &str, lang: &Lang) -> String {
        address::folder(address, lang, self.default.as_ref().unwrap_or(lang))
    }

    fn page(&mut self, address: &str, lang: &Lang, page: Page) {
        self.add(address::file_of(&self.folder(address, lang)), page);
    }

    fn file(&mut self, name: &str, lang: &Lang, page: Page) {
        self.add(self.folder(name, lang), page);
    }
}

fn generated(site: &Site, index: &Index, lang: &Lang, searchable: bool, paths: &mut Paths) {
    let lang = || lang.clone();
    paths.page("", &lang(), Page::Home { lang: lang() });
    for (address, page) in &index.folders {
        if page.is_none() && !address.is_empty() {
            paths.page(address, &lang(), Page::Section { address: address.clone(), lang: lang() });
        }
    }
    if !index.levels.is_empty() && site.handbook.of_kind(Kind::Practice).next().is_some() {
        paths.page("matrix", &lang(), Page::Matrix { lang: lang() });
    }
    if index.has_questions {
        paths.page("assess", &lang(), Page::Assess { team: None, lang: lang() });
        for (team, thing) in site.handbook.of_kind(Kind::Team) {
            let Some(id) = &thing.id else { continue };
            paths.page(&format!("assess/{id}"), &lang(), Page::Assess { team: Some(team), lang: lang() });
        }
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

fn permalinks(thing: ThingId, content: &Thing, lang: &Lang, paths: &mut Paths) {
    let Some(id) = &content.id else { return };
    let mut add = |address: String| {
        let folder = paths.folder(&address, lang);
        let path = address::file_of(&folder);
        let lang = lang.clone();
        paths.add(
            path,
            match content.kind {
                Kind::Practice => Page::Permalink { thing, lang, folder },
                _ => Page::Redirect { thing, lang, folder },
            },
        );
    };
    add(address::permalink(content.kind, id.as_str()));
    if content.kind == Kind::Practice {
        add(address::short_permalink(id.as_str()));
    }
}

/// Old addresses. Each text's lead to that text.
fn aliases(site: &Site, paths: &mut Paths) {
    for (thing, content) in site.handbook.iter() {
        for (lang, text) in &content.texts {
            for alias in &text.summary.common.aliases {
                let Some(folder) = alias_folder(&alias.value) else { continue };
                let path = match folder.strip_suffix(".html") {
                    Some(_) => folder.clone(),
                    None => address::file_of(&folder),
                };
                // Links on the page are written from the folder its file stands in.
                let folder = address::parent(&path).unwrap_or_default().to_owned();
                paths.add(path, Page::Redirect { thing, lang: lang.clone(), folder });
            }
        }
    }
}

/// An alias as a folder or file below the root; `None` when it would lead outside or nowhere.
fn alias_folder(alias: &str) -> Option<String> {
    let folder = alias.trim_matches('/');
    let harmless = folder.split('/').all(|segment| {
        !segment.is_empty()
            && !matches!(segment, "." | "..")
            && !segment.contains(['\\', '\0', '?', '#', ':'])
    });
    harmless.then(|| folder.to_owned())
}
