//! What surrounds every page: head, header, facts, backlinks. `page` and `site` in templates.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tera::{Map, Value};

use super::common::{Day, Link};
use super::freshness::{self, FreshnessView};
use super::navigation::{self, PageSection, Sidebar, TocEntry};
use super::owner::{self, Owner};
use crate::config::Provider;
use crate::model::{self, Kind, Lang, PageLinks, Relation, Report, Text, ThingId};
use crate::render::address;
use crate::render::context::PageContext;
use crate::render::export::json_ld;
use crate::render::feed::{self, Topic};
use crate::render::index::incoming;

/// `site`: the same on every page of a language.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// The handbook's title in the page's language.
    pub title: String,
    pub description: String,
    pub default_language: String,
    /// Whether the handbook has more than one language.
    pub multilingual: bool,
    /// Whether the site is built to be read from disk.
    pub offline: bool,
}

impl SiteView {
    pub fn new(cx: &PageContext<'_>) -> Self {
        let text = |texts: &BTreeMap<Lang, String>| texts.get(cx.lang).cloned().unwrap_or_default();
        Self {
            title: text(&cx.config.title),
            description: text(&cx.config.description),
            default_language: cx.handbook().default_language().to_string(),
            multilingual: cx.config.languages.len() > 1,
            offline: cx.config.offline,
        }
    }
}

/// `page`: what every page has.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Frame {
    /// Kind of the thing, else the name of the generated page: `practice`, `matrix`, `tag`.
    pub kind: &'static str,
    pub title: String,
    /// For `<meta name="description">`.
    pub summary: String,
    /// The sentence under the title.
    pub description: Option<String>,
    /// The language of the page: labels, menus, titles where translated.
    pub lang: String,
    /// The language of title, description and body where it is not the page's.
    pub text_lang: Option<String>,
    /// Set when the page is not translated: the language it is shown in, and its address there.
    pub fallback: Option<Link>,
    pub draft: bool,
    /// The full URL of the page that search engines should list.
    pub canonical: Option<String>,
    /// The same page in the languages it is written in, as full URLs.
    pub alternates: Vec<Alternate>,
    /// The same page in every language of the handbook.
    pub languages: Vec<LanguageLink>,
    pub home: String,
    /// Stylesheet, scripts and icon of the theme.
    pub css: String,
    pub js: String,
    pub theme_js: String,
    pub icon: String,
    /// The search, where there is one.
    pub search: Option<SearchLinks>,
    /// The self-assessment, where there is something to assess.
    pub assess: Option<String>,
    /// The Atom feed, where there is one.
    pub feed: Option<String>,
    /// All feeds that tell of this page, that one first.
    pub feeds: Vec<FeedLink>,
    /// The page as markdown, where there is such a copy.
    pub markdown: Option<String>,
    /// For `og:type`: `article` or `website`.
    pub og_type: &'static str,
    /// For `og:locale`: the language and country of title and text.
    pub locale: String,
    /// What the page is, as JSON-LD: safe inside a `<script>`.
    pub structured: Option<Value>,
    /// The main sections, for the header.
    pub nav: Vec<Link>,
    /// All sections.
    pub sections: Vec<Link>,
    /// The page that leads to all pages about the whole handbook, or the only one of them.
    pub overview: Option<Link>,
    pub sidebar: Option<Sidebar>,
    /// From the top-level section to the folder above the page.
    pub breadcrumbs: Vec<Link>,
    pub previous: Option<Link>,
    pub next: Option<Link>,
    /// Headings to jump to; empty when there are fewer than two.
    pub toc: Vec<TocEntry>,
    /// The address that never changes.
    pub permalink: Option<String>,
    /// Where the source can be edited.
    pub edit: Option<String>,
    pub owner: Option<Owner>,
    pub reviewed: Option<Day>,
    /// When it should be reviewed again; `past` when that is overdue.
    pub review_due: Option<Day>,
    /// When it was last changed, and what has overtaken it.
    pub freshness: FreshnessView,
    pub tags: Vec<Link>,
    /// Other names.
    pub also_known_as: Vec<String>,
    /// What the front matter says under `extra:`.
    pub extra: Option<Value>,
    /// Reading paths that stop here.
    pub paths: Vec<Link>,
    /// Pages whose text links here, by kind.
    pub backlinks: Vec<BacklinkGroup>,
}

/// Where the search is, and what it loads once it is used.
#[derive(Clone, Debug, Serialize)]
pub struct SearchLinks {
    /// Its page.
    pub href: String,
    /// The site's root, below which the files of the index are.
    pub base: String,
    /// The search's own stylesheet and script, and the script with its words, which runs first.
    pub css: String,
    pub js: String,
    pub words: String,
}

impl SearchLinks {
    fn new(cx: &PageContext<'_>) -> Self {
        let assets = &cx.theme.assets;
        let bundle = assets.bundle("search");
        Self {
            href: cx.to("search"),
            base: cx.here.root(),
            css: cx.here.file(&bundle.css),
            js: cx.here.file(&bundle.js),
            words: cx.here.file(assets.search_words(cx.lang)),
        }
    }
}

/// A feed.
#[derive(Clone, Debug, Serialize)]
pub struct FeedLink {
    pub title: String,
    pub href: String,
}

/// The page in another language, for search engines.
#[derive(Clone, Debug, Serialize)]
pub struct Alternate {
    /// A language tag, or `x-default`.
    pub lang: String,
    pub href: String,
}

/// The page in one of the handbook's languages, for readers.
#[derive(Clone, Debug, Serialize)]
pub struct LanguageLink {
    pub lang: String,
    /// The language's own name for itself.
    pub name: String,
    pub href: String,
    pub current: bool,
    /// Whether the page is written in it.
    pub available: bool,
}

/// Pages of one kind that link here.
#[derive(Clone, Debug, Serialize)]
pub struct BacklinkGroup {
    pub kind: &'static str,
    pub pages: Vec<BacklinkView>,
    /// Pages left out because there are many.
    pub more: usize,
}

/// A page that links here, with the sentence around the link.
#[derive(Clone, Debug, Serialize)]
pub struct BacklinkView {
    pub page: Link,
    pub sentence: String,
}

/// Backlinks shown per kind.
const MAX_BACKLINKS: usize = 50;
/// Sections in the header; the rest is in the footer and in the drawer.
const MAX_NAV: usize = 7;

impl Frame {
    /// The frame of a page that only leads on: no menus.
    pub fn leading_on(cx: &PageContext<'_>, kind: &'static str, target: ThingId) -> Self {
        let thing = cx.thing(target);
        let link = cx.described_link(target);
        Self {
            summary: link.description.unwrap_or_default(),
            og_type: "article",
            locale: locale(cx, &cx.text(target).summary.lang),
            text_lang: cx.foreign(target),
            canonical: address::absolute(&cx.config.base_url, &cx.folder(&thing.address)),
            ..Self::bare(cx, kind, cx.text(target).summary.title.clone())
        }
    }

    /// The frame of a page without menus.
    pub fn bare(cx: &PageContext<'_>, kind: &'static str, title: String) -> Self {
        Self {
            kind,
            title,
            lang: cx.lang.to_string(),
            css: cx.here.file(&cx.theme.assets.css),
            js: cx.here.file(&cx.theme.assets.js),
            theme_js: cx.here.file(&cx.theme.assets.theme_js),
            icon: cx.here.file(&cx.theme.assets.icon),
            ..Self::default()
        }
    }

    /// The frame of a generated page.
    pub fn generated(cx: &PageContext<'_>, kind: &'static str, title: String, address: Option<&str>) -> Self {
        let structured = address.and_then(|address| json_ld::generated(cx, &title, address));
        let copied = address.filter(|_| kind != "search");
        Self {
            structured: structured.as_deref().map(Value::safe_string),
            markdown: copied.map(|address| copy_of(cx, &cx.folder(address))),
            ..Self::around(cx, kind, title, address)
        }
    }

    /// What things and generated pages have in common.
    fn around(cx: &PageContext<'_>, kind: &'static str, title: String, address: Option<&str>) -> Self {
        let everywhere: Vec<&Lang> = cx.config.languages.iter().collect();
        let description = cx.config.description.get(cx.lang).cloned().unwrap_or_default();
        Self {
            kind,
            title,
            summary: description,
            lang: cx.lang.to_string(),
            og_type: "website",
            locale: locale(cx, cx.lang),
            canonical: address
                .and_then(|address| address::absolute(&cx.config.base_url, &cx.folder(address))),
            alternates: address.map_or_else(Vec::new, |address| alternates(cx, address, &everywhere)),
            languages: languages(cx, address.unwrap_or_default(), &everywhere),
            home: cx.to(""),
            css: cx.here.file(&cx.theme.assets.css),
            js: cx.here.file(&cx.theme.assets.js),
            theme_js: cx.here.file(&cx.theme.assets.theme_js),
            icon: cx.here.file(&cx.theme.assets.icon),
            search: cx.config.has_search().then(|| SearchLinks::new(cx)),
            assess: cx.assess(),
            feed: (!cx.config.base_url.origin.is_empty()).then(|| cx.here.file(&cx.folder("feed.xml"))),
            feeds: feeds(cx, address.unwrap_or_default()),
            nav: navigation::sections(cx, MAX_NAV),
            sections: navigation::sections(cx, usize::MAX),
            overview: cx.index.reports.first().and_then(|report| cx.report(*report)),
            breadcrumbs: address.map_or_else(Vec::new, |address| navigation::breadcrumbs(cx, address)),
            ..Self::default()
        }
    }

    /// The frame of a page about the whole handbook.
    pub fn report(cx: &PageContext<'_>, report: Report) -> Self {
        let about = cx.words.get(&format!("report_{}_about", report.name())).to_owned();
        let title = cx.words.get(&format!("report_{}", report.name())).to_owned();
        let above = address::parent(report.address())
            .filter(|above| !above.is_empty() && cx.index.folders.contains_key(*above));
        let overview = cx.report(Report::Overview).filter(|_| report != Report::Overview);
        Self {
            summary: about.clone(),
            description: Some(about),
            sidebar: navigation::reports_sidebar(cx),
            breadcrumbs: above.map(|above| cx.folder_link(above)).or(overview).into_iter().collect(),
            ..Self::generated(cx, report.name(), title, Some(report.address()))
        }
    }

    /// The frame of a thing's page. `added`: the sections its template puts below the body.
    pub fn of_thing(cx: &PageContext<'_>, id: ThingId, links: &PageLinks, added: &[PageSection]) -> Self {
        let thing = cx.thing(id);
        let text = cx.text(id);
        let summary = &text.summary;
        let common = &summary.common;
        let original = &thing.original().summary.common;
        let written: Vec<&Lang> =
            cx.config.languages.iter().filter(|lang| thing.texts.contains_key(lang)).collect();
        let description = common.description.as_ref().map(|text| text.value.clone());
        let (previous, next) = cx.index.neighbours(id);
        let canonical_folder =
            address::folder(&thing.address, &summary.lang, cx.handbook().default_language());
        let reviewed = cx.reviewed(id);
        Self {
            summary: description.clone().unwrap_or_else(|| cx.plain(id, &summary.first_paragraph)),
            description,
            text_lang: cx.foreign(id),
            fallback: fallback(cx, id, text),
            draft: common.draft,
            canonical: address::absolute(&cx.config.base_url, &canonical_folder),
            alternates: alternates(cx, &thing.address, &written),
            languages: languages(cx, &thing.address, &written),
            sidebar: navigation::sidebar(cx, id, thing),
            previous: previous.map(|id| cx.nav_link(id)),
            next: next.map(|id| cx.nav_link(id)),
            toc: if common.toc { navigation::toc(cx, text, links, added) } else { Vec::new() },
            permalink: thing.id.as_ref().map(|own| cx.to(&address::permalink(thing.kind, own.as_str()))),
            edit: edit(cx, text),
            owner: owner::name_of(cx, id).map(|name| Owner::named(cx, name)),
            reviewed: reviewed.map(|date| cx.day(date)),
            review_due: match (reviewed, &original.review_every) {
                (Some(date), Some(every)) => Some(cx.day(every.value.after(date))),
                _ => None,
            },
            freshness: freshness::view(cx, id),
            tags: tags(cx, id, text),
            also_known_as: common.also_known_as.iter().map(|name| name.value.clone()).collect(),
            extra: common.extra.as_ref().or(original.extra.as_ref()).map(extra),
            paths: paths(cx, id),
            backlinks: backlinks(cx, id),
            og_type: if thing.address.is_empty() { "website" } else { "article" },
            locale: locale(cx, &summary.lang),
            structured: json_ld::of_thing(cx, id).as_deref().map(Value::safe_string),
            markdown: Some(copy_of(cx, &canonical_folder)),
            ..Self::around(cx, thing.kind.name(), summary.title.clone(), Some(&thing.address))
        }
    }
}

impl Frame {
    /// Of the last `added` entries of the table of contents, the first `leading` stand above the body.
    pub fn lead_with(&mut self, added: usize, leading: usize) {
        let body = self.toc.len().saturating_sub(added);
        if let Some(entries) = self.toc.get_mut(..body + leading.min(added)) {
            entries.rotate_right(leading.min(added));
        }
    }
}

/// The feeds that tell of the page at `address`.
fn feeds(cx: &PageContext<'_>, address: &str) -> Vec<FeedLink> {
    if cx.config.base_url.origin.is_empty() {
        return Vec::new();
    }
    let mut topics = vec![Topic::Everything];
    let is_within = |folder: &str| {
        address.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if is_within("postmortems") && cx.handbook().of_kind(Kind::Postmortem).next().is_some() {
        topics.push(Topic::Postmortems);
    }
    let areas = cx.index.areas.iter().filter(|area| is_within(&cx.thing(**area).address));
    topics.extend(areas.map(|area| Topic::Area(*area)));
    let link = |topic| FeedLink {
        title: feed::title(cx, topic),
        href: cx.here.file(&cx.folder(&feed::path(cx.site, topic))),
    };
    topics.into_iter().map(link).collect()
}

/// The link to the markdown copy of the page of `folder`.
fn copy_of(cx: &PageContext<'_>, folder: &str) -> String {
    let file =
        if folder.is_empty() { address::COPY.to_owned() } else { format!("{folder}/{}", address::COPY) };
    cx.here.file(&file)
}

/// The language and country of `lang`, as Open Graph names them: what the theme says, else the tag.
fn locale(cx: &PageContext<'_>, lang: &Lang) -> String {
    match cx.theme.words(lang).get("locale") {
        _ if lang.as_str().contains('-') => lang.as_str().replace('-', "_"),
        locale => locale.to_owned(),
    }
}

/// Reading paths that stop at a thing, each once.
fn paths(cx: &PageContext<'_>, id: ThingId) -> Vec<Link> {
    let mut paths: Vec<ThingId> = incoming(cx.graph(), id, Relation::Reads).map(|edge| edge.from).collect();
    paths.dedup();
    cx.links(paths)
}

/// Free data, as templates know it.
fn extra(value: &model::Value) -> Value {
    match value {
        model::Value::Null => Value::none(),
        model::Value::Bool(value) => Value::from(*value),
        model::Value::Integer(value) => Value::from(*value),
        model::Value::Float(value) => Value::from(*value),
        model::Value::Text(text) => Value::from(text.as_str()),
        // Front matter is at most 16 deep.
        model::Value::List(items) => Value::from(items.iter().map(extra).collect::<Vec<_>>()),
        model::Value::Map(entries) => Value::from(
            entries.iter().map(|(key, value)| (key.clone().into(), extra(value))).collect::<Map>(),
        ),
    }
}

/// The notice that a page is not translated. Pages that are all figures need none.
fn fallback(cx: &PageContext<'_>, id: ThingId, text: &Text) -> Option<Link> {
    let lang = &text.summary.lang;
    if lang == cx.lang || (cx.thing(id).kind == Kind::Slo && text.body.pieces.is_empty()) {
        return None;
    }
    let folder = address::folder(&cx.thing(id).address, lang, cx.handbook().default_language());
    Some(Link {
        title: cx.theme.words(lang).get("language_name").to_owned(),
        href: cx.here.page(&folder, None),
        lang: Some(lang.to_string()),
        ..Link::default()
    })
}

fn alternates(cx: &PageContext<'_>, address: &str, written: &[&Lang]) -> Vec<Alternate> {
    let default = cx.handbook().default_language();
    let url = |lang: &Lang| address::absolute(&cx.config.base_url, &address::folder(address, lang, default));
    if written.len() < 2 {
        return Vec::new();
    }
    let mut alternates: Vec<Alternate> = written
        .iter()
        .filter_map(|lang| Some(Alternate { lang: lang.to_string(), href: url(lang)? }))
        .collect();
    let fallback = if written.contains(&default) { Some(default) } else { written.first().copied() };
    if let Some(href) = fallback.and_then(url) {
        alternates.push(Alternate { lang: "x-default".to_owned(), href });
    }
    alternates
}

fn languages(cx: &PageContext<'_>, address: &str, written: &[&Lang]) -> Vec<LanguageLink> {
    let default = cx.handbook().default_language();
    cx.config
        .languages
        .iter()
        .map(|lang| LanguageLink {
            lang: lang.to_string(),
            name: cx.theme.words(lang).get("language_name").to_owned(),
            href: cx.here.page(&address::folder(address, lang, default), None),
            current: lang == cx.lang,
            available: written.contains(&lang),
        })
        .collect()
}

fn edit(cx: &PageContext<'_>, text: &Text) -> Option<String> {
    if let Some(own) = &text.summary.common.edit_url {
        return address::is_safe_url(&own.value).then(|| own.value.clone());
    }
    let repository = cx.config.repository.as_ref()?;
    let between = match repository.provider {
        Provider::Github => "edit",
        Provider::Gitlab => "-/edit",
    };
    let url = format!("{}/{between}/{}/{}", repository.url, repository.branch, text.summary.file);
    address::is_safe_url(&url).then_some(url)
}

/// The tags of the original, and what a translation adds.
fn tags(cx: &PageContext<'_>, id: ThingId, text: &Text) -> Vec<Link> {
    let mut seen = BTreeSet::new();
    let original = &cx.thing(id).original().summary.common.tags;
    original
        .iter()
        .chain(&text.summary.common.tags)
        .map(|tag| (tag, address::slug(&tag.value)))
        .filter(|(_, slug)| cx.index.tags.contains_key(slug) && seen.insert(slug.clone()))
        .map(|(tag, slug)| Link {
            title: tag.value.clone(),
            href: cx.to(&format!("tags/{slug}")),
            ..Link::default()
        })
        .collect()
}

/// The pages that link here, once each, as a reader of this language meets them.
fn backlinks(cx: &PageContext<'_>, id: ThingId) -> Vec<BacklinkGroup> {
    let mut groups: BTreeMap<Kind, BacklinkGroup> = BTreeMap::new();
    let mut last = None;
    for backlink in cx.graph().backlinks.get(id.0 as usize).into_iter().flatten() {
        let shown = cx.text(backlink.from).summary.lang == backlink.lang;
        if !shown || backlink.from == id || last == Some(backlink.from) {
            continue;
        }
        last = Some(backlink.from);
        let kind = cx.thing(backlink.from).kind;
        let group = groups.entry(kind).or_insert_with(|| BacklinkGroup {
            kind: kind.name(),
            pages: Vec::new(),
            more: 0,
        });
        if group.pages.len() == MAX_BACKLINKS {
            group.more += 1;
        } else {
            let sentence = cx.plain(backlink.from, &backlink.sentence);
            group.pages.push(BacklinkView { page: cx.link(backlink.from), sentence });
        }
    }
    groups.into_values().collect()
}
