//! What a view asks: things, links, words and dates, as the page that is being made shows them.

use std::sync::{LazyLock, OnceLock};

use jiff::Timestamp;
use jiff::civil::Date;
use tera::{Context, Value};

use super::address::{self, Here};
use super::index::{Index, kind_of_folder};
use super::page::value;
use super::theme::Words;
use super::view::common::{Criterion, Day, LevelMark, Link, MaybeLink, Moment, Note};
use super::view::frame::SiteView;
use super::{Theme, body, view};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::model::{
    CriterionText, Fields, Graph, Handbook, Lang, PageLinks, PracticeFields, ResolvedLink, Site, Text, Thing,
    ThingId,
};

/// Values that all pages of a language share, converted once.
#[derive(Clone, Debug)]
pub struct Shared {
    words: Value,
    site: Value,
    /// Titles and addresses of the top-level sections.
    pub sections: Vec<Section>,
    /// The form of the self-assessment as the teams' pages show it: the same on all of them, and large.
    questions: OnceLock<Result<String, Diagnostic>>,
}

/// A top-level folder of the handbook.
#[derive(Clone, Debug)]
pub struct Section {
    pub title: String,
    pub lang: Option<String>,
    pub address: String,
}

impl Shared {
    pub fn new(config: &Config, theme: &Theme, index: &Index, site: &Site, lang: &Lang) -> Self {
        let words = theme.words(lang);
        let cx = PageContext {
            site,
            config,
            theme,
            index,
            shared: None,
            lang,
            words,
            here: Here::new("", config.offline),
        };
        let texts: std::collections::BTreeMap<&str, &str> = words.iter().collect();
        Self {
            words: Value::try_from_serializable(&texts).unwrap_or_else(|_| Value::none()),
            site: Value::try_from_serializable(&SiteView::new(&cx)).unwrap_or_else(|_| Value::none()),
            sections: cx.sections(),
            questions: OnceLock::new(),
        }
    }
}

/// What a view is made from: the whole site, read-only, and the place of the page.
#[derive(Clone, Debug)]
pub struct PageContext<'a> {
    pub site: &'a Site,
    pub config: &'a Config,
    pub theme: &'a Theme,
    pub index: &'a Index,
    pub shared: Option<&'a Shared>,
    pub lang: &'a Lang,
    pub words: &'a Words,
    pub here: Here,
}

impl<'a> PageContext<'a> {
    pub fn handbook(&self) -> &'a Handbook {
        &self.site.handbook
    }

    pub fn graph(&self) -> &'a Graph {
        &self.site.graph
    }

    pub fn thing(&self, id: ThingId) -> &'a Thing {
        self.site.handbook.thing(id)
    }

    /// The text of a thing that a reader of this page is shown.
    pub fn text(&self, id: ThingId) -> &'a Text {
        self.thing(id).text(self.lang)
    }

    /// The folder of an address in this page's language.
    pub fn folder(&self, address: &str) -> String {
        address::folder(address, self.lang, self.handbook().default_language())
    }

    /// The link to an address in this page's language.
    pub fn to(&self, address: &str) -> String {
        self.here.page(&self.folder(address), None)
    }

    pub fn href(&self, id: ThingId, fragment: Option<&str>) -> String {
        self.here.page(&self.folder_of(id), fragment)
    }

    /// The folder that links to a thing lead to. There are pages in every language, and markdown copies
    /// only in those that a thing is written in.
    fn folder_of(&self, id: ThingId) -> String {
        let lang = if self.here.is_copy() { &self.text(id).summary.lang } else { self.lang };
        address::folder(&self.thing(id).address, lang, self.handbook().default_language())
    }

    /// Where a link of a body leads; `None` when it is shown as text.
    pub fn resolved_href(&self, link: &ResolvedLink) -> Option<String> {
        match link {
            ResolvedLink::External(url) => Some(url.clone()),
            ResolvedLink::Thing { thing, fragment } => Some(self.href(*thing, fragment.as_deref())),
            ResolvedLink::Asset(address) => Some(self.here.file(address)),
            ResolvedLink::Address { address, fragment } => Some(self.generated(address, fragment.as_deref())),
            ResolvedLink::Fragment(fragment) => Some(self.here_fragment(fragment)),
            ResolvedLink::Text => None,
        }
    }

    /// The link to what templates make, in this page's language where there is one for each.
    fn generated(&self, address: &str, fragment: Option<&str>) -> String {
        match address {
            "sitemap.xml" => self.here.file(address),
            "feed.xml" => self.here.file(&self.folder(address)),
            page => self.here.page(&self.folder(page), fragment),
        }
    }

    /// A link that a body makes without words of its own: those of the thing, or of the criterion meant.
    pub fn link_words(&self, id: ThingId, fragment: Option<&str>) -> Link {
        let mut link = self.link(id);
        if let Some(criterion) = fragment.and_then(|fragment| self.criterion_named(id, fragment)) {
            link.title = criterion.text.trim_end_matches(['.', '。']).to_owned();
            link.lang = criterion.lang;
        }
        link
    }

    /// The whole URL of a folder where the site's address is known, else the link to it.
    pub fn url(&self, folder: &str) -> String {
        address::absolute(&self.config.base_url, folder).unwrap_or_else(|| self.here.html(folder))
    }

    /// As [`href`](Self::href), to the page in another language.
    pub fn href_in(&self, id: ThingId, lang: &Lang, fragment: Option<&str>) -> String {
        let folder = address::folder(&self.thing(id).address, lang, self.handbook().default_language());
        self.here.page(&folder, fragment)
    }

    /// `#fragment` on this page.
    pub fn here_fragment(&self, fragment: &str) -> String {
        self.here.page(self.here.folder(), Some(fragment))
    }

    /// A tag for text in the language of `id` where that is not the page's.
    pub fn foreign(&self, id: ThingId) -> Option<String> {
        let lang = &self.text(id).summary.lang;
        (lang != self.lang).then(|| lang.to_string())
    }

    pub fn link(&self, id: ThingId) -> Link {
        let thing = self.thing(id);
        let summary = &self.text(id).summary;
        let folder = self.folder_of(id);
        Link {
            title: summary.title.clone(),
            href: self.here.page(&folder, None),
            kind: thing.kind.name(),
            lang: (summary.lang != *self.lang).then(|| summary.lang.to_string()),
            description: None,
            current: folder == self.here.folder(),
        }
    }

    /// A plain text of a page's, with the titles of what its links lead to.
    pub fn plain(&self, id: ThingId, text: &str) -> String {
        self.site.plain(id, &self.text(id).summary.lang, text).into_owned()
    }

    /// A link by the short title for menus.
    pub fn nav_link(&self, id: ThingId) -> Link {
        let mut link = self.link(id);
        if let Some(short) = &self.text(id).summary.common.nav_title {
            link.title.clone_from(short);
        }
        link
    }

    /// A link with the target's description, or the start of its text.
    pub fn described_link(&self, id: ThingId) -> Link {
        let summary = &self.text(id).summary;
        let description = match &summary.common.description {
            Some(description) => description.value.clone(),
            None => self.plain(id, &summary.first_paragraph),
        };
        Link { description: Some(description).filter(|text| !text.is_empty()), ..self.link(id) }
    }

    /// The link to a folder, whether someone introduced it or not.
    pub fn folder_link(&self, address: &str) -> Link {
        if let Some(&id) = self.handbook().by_address.get(address) {
            return self.nav_link(id);
        }
        let folder = self.folder(address);
        Link {
            title: self.folder_title(address),
            href: self.here.page(&folder, None),
            current: folder == self.here.folder(),
            ..Link::default()
        }
    }

    /// A name for a folder that nobody introduced.
    pub fn folder_title(&self, address: &str) -> String {
        if let Some(kind) = kind_of_folder(address) {
            return self.words.get(&format!("{kind}s")).to_owned();
        }
        let name = address.rsplit('/').next().unwrap_or(address);
        if name == "assessments" {
            return self.words.get("assessments").to_owned();
        }
        let mut chars = name.chars();
        let title: String =
            chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect());
        title.replace(['-', '_'], " ")
    }

    /// Areas in order, each with its practices; at the end the practices outside of any.
    pub fn areas(&self) -> impl Iterator<Item = (Option<ThingId>, &'a [ThingId])> {
        let index = self.index;
        let areas = index.areas.iter().copied().map(Some).chain([None]);
        areas.map(|area| (area, index.practices_in(area)))
    }

    /// The id of a practice's row or node on pages that list practices.
    pub fn anchor(&self, id: ThingId) -> String {
        format!("practice-{}", self.thing(id).original().summary.id.value)
    }

    /// The day a thing was last vouched for.
    pub fn reviewed(&self, id: ThingId) -> Option<Date> {
        let thing = self.thing(id);
        let own = match thing.fields() {
            Fields::Slo(slo) => slo.reviewed.as_ref(),
            _ => self.text(id).summary.common.reviewed.as_ref(),
        };
        own.or(thing.original().summary.common.reviewed.as_ref()).map(|date| date.value)
    }

    pub fn links(&self, ids: impl IntoIterator<Item = ThingId>) -> Vec<Link> {
        ids.into_iter().map(|id| self.link(id)).collect()
    }

    pub fn day(&self, date: Date) -> Day {
        Day { iso: date.to_string(), text: self.words.date(date), past: date < self.site.today }
    }

    pub fn moment(&self, moment: Timestamp) -> Moment {
        Moment { iso: moment.to_string(), text: self.words.moment(moment) }
    }

    pub fn maybe_link(&self, text: &str, url: Option<&str>) -> MaybeLink {
        MaybeLink {
            text: text.to_owned(),
            href: url.filter(|url| address::is_safe_url(url)).map(str::to_owned),
        }
    }

    /// A text that only the original of `id` carries.
    pub fn original_note(&self, id: ThingId, text: &str) -> Note {
        let lang = &self.thing(id).original;
        Note { text: text.to_owned(), lang: (lang != self.lang).then(|| lang.to_string()) }
    }

    /// A text from a translation where there is one, else from the original of `id`.
    pub fn note(&self, id: ThingId, translated: Option<&str>, original: Option<&str>) -> Option<Note> {
        match translated {
            Some(text) => Some(Note { text: text.to_owned(), lang: self.foreign(id) }),
            None => original.map(|text| self.original_note(id, text)),
        }
    }

    pub fn level_mark(&self, number: u8) -> LevelMark {
        match self.index.level(number) {
            Some(id) => {
                let link = self.link(id);
                LevelMark { number, title: link.title, lang: link.lang, href: Some(link.href) }
            }
            None => LevelMark { number, title: number.to_string(), lang: None, href: None },
        }
    }

    /// The numbers of all levels: those described, else those that practices use.
    pub fn level_numbers(&self) -> Vec<u8> {
        if self.index.levels.is_empty() {
            (1..=5).collect()
        } else {
            self.index.levels.iter().map(|(n, _)| *n).collect()
        }
    }

    pub fn practice(&self, id: ThingId) -> Option<&'a PracticeFields> {
        match self.thing(id).fields() {
            Fields::Practice(fields) => Some(fields),
            _ => None,
        }
    }

    /// A criterion in the page's language where it is translated.
    pub fn criterion(&self, practice: ThingId, criterion: &crate::model::Criterion) -> Criterion {
        let id = &criterion.id.value;
        let thing = self.thing(practice);
        let translated = criterion_in(thing, self.lang, id);
        let own = |text: &Option<crate::diag::Spanned<String>>| text.as_ref().map(|text| text.value.clone());
        let text = translated.and_then(|text| own(&text.text));
        let evidence = translated.and_then(|text| own(&text.evidence));
        let foreign = text.is_none() && thing.original != *self.lang;
        Criterion {
            id: id.clone(),
            also: Vec::new(),
            text: text.or_else(|| own(&criterion.text.text)).unwrap_or_default(),
            evidence: evidence.or_else(|| own(&criterion.text.evidence)),
            lang: foreign.then(|| thing.original.to_string()),
            href: self.href(practice, Some(id)),
            who: criterion
                .who
                .iter()
                .filter_map(|name| self.handbook().find(crate::model::Kind::Role, &name.value))
                .map(|role| self.nav_link(role))
                .collect(),
            uses: Vec::new(),
        }
    }

    /// The words of a criterion in the page's language where it is translated.
    pub fn criterion_text(&self, practice: &'a Thing, criterion: &'a crate::model::Criterion) -> &'a str {
        let text = criterion_in(practice, self.lang, &criterion.id.value).and_then(|text| text.text.as_ref());
        text.or(criterion.text.text.as_ref()).map_or("", |text| &text.value)
    }

    /// The criterion of a practice that has this id.
    pub fn criterion_named(&self, practice: ThingId, id: &str) -> Option<Criterion> {
        let criteria = &self.practice(practice)?.criteria;
        criteria
            .iter()
            .find(|criterion| criterion.id.value == id)
            .map(|found| self.criterion(practice, found))
    }

    /// The links of a thing's text as this page shows it.
    pub fn page_links(&self, id: ThingId) -> &'a PageLinks {
        static NONE: LazyLock<PageLinks> = LazyLock::new(PageLinks::default);
        self.graph().pages.get(&(id, self.text(id).summary.lang.clone())).unwrap_or(&NONE)
    }

    /// The page of the self-assessment without a team, where there is something to assess.
    pub fn assess(&self) -> Option<String> {
        self.index.has_questions.then(|| self.to("assess"))
    }

    /// The same with its name, and what it is for.
    pub fn assess_link(&self) -> Option<Link> {
        Some(Link {
            title: self.words.get("assess_title").to_owned(),
            description: Some(self.words.get("assess_description").to_owned()),
            href: self.assess()?,
            ..Link::default()
        })
    }

    /// The form of the self-assessment, for the page of a team or the one for everybody.
    pub fn questions(&self, of_team: bool) -> Result<String, Diagnostic> {
        let fill = |cx: &Self| {
            let mut context = cx.context();
            context.insert_value("questions", value(&view::assess::form(cx))?);
            let bytes = cx.theme.engine.render("questions.html", &context)?;
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        };
        match self.shared {
            Some(shared) if of_team => {
                // No team is called `-`; links from there are right from every team.
                let here = Here::new(self.folder("assess/-"), self.config.offline);
                shared.questions.get_or_init(|| fill(&Self { here, ..self.clone() })).clone()
            }
            _ => fill(self),
        }
    }

    /// What every template gets.
    pub fn context(&self) -> Context {
        let mut context = Context::new();
        if let Some(shared) = self.shared {
            context.insert_value("t", shared.words.clone());
            context.insert_value("site", shared.site.clone());
        }
        context
    }

    /// The body of a thing's text.
    pub fn body(&self, id: ThingId, links: &PageLinks) -> String {
        body::html(self, self.text(id), links)
    }

    /// The top-level folders: those of the kinds in reading order, then the others.
    fn sections(&self) -> Vec<Section> {
        const ORDER: [&str; 9] = [
            "practices",
            "levels",
            "roles",
            "playbooks",
            "postmortems",
            "teams",
            "slos",
            "glossary",
            "onboarding",
        ];
        let known = ORDER.iter().copied().filter(|folder| self.index.folders.contains_key(*folder));
        let others = self
            .index
            .folders
            .keys()
            .map(String::as_str)
            .filter(|folder| !folder.is_empty() && !folder.contains('/') && !ORDER.contains(folder));
        known
            .chain(others)
            .map(|address| {
                let link = self.folder_link(address);
                Section { title: link.title, lang: link.lang, address: address.to_owned() }
            })
            .collect()
    }
}

/// The words that a translation has for a criterion.
pub fn criterion_in<'a>(practice: &'a Thing, lang: &Lang, id: &str) -> Option<&'a CriterionText> {
    match &practice.texts.get(lang)?.summary.fields {
        Fields::Practice(fields) => {
            fields.criterion_texts.iter().find(|(name, _)| name.value == id).map(|(_, text)| text)
        }
        _ => None,
    }
}
