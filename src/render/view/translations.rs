//! `translations`: what can be read in which language, and how far translations are behind.

use serde::Serialize;

use super::common::{Day, Link};
use super::frame::Frame;
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::model::{Heading, Lang, Report, Since, Text, Thing, ThingId};
use crate::render::context::PageContext;
use crate::render::outline::pairs;
use crate::render::{address, body};

/// `translations` in `translations.html`.
#[derive(Clone, Debug, Serialize)]
pub struct TranslationsView {
    /// Every language of the handbook, the default one first.
    pub languages: Vec<LanguageView>,
}

/// What can be read in one language. Every page is counted once: original, current, unstamped, stale or missing.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LanguageView {
    pub lang: String,
    /// Its own name for itself.
    pub name: String,
    /// Id of its section.
    pub anchor: String,
    /// Pages of the handbook that can be translated.
    pub pages: usize,
    /// Pages written in it first.
    pub originals: usize,
    /// Translations of the originals as they are today.
    pub current: usize,
    /// Translations whose original was changed since.
    pub stale: Vec<ComparedView>,
    /// Translations with other headings than their originals, as far as they are not stale.
    pub uneven: Vec<ComparedView>,
    /// Translations that nobody has stamped, so that nothing can be told of them.
    pub unstamped: Vec<UnstampedView>,
    /// Pages that cannot be read in it.
    pub missing: Vec<Link>,
}

/// A translation beside its original.
#[derive(Clone, Debug, Serialize)]
pub struct ComparedView {
    pub page: Link,
    /// The page in the original's language.
    pub original: Link,
    /// Id of its heading.
    pub anchor: String,
    /// The day of the original's last change, where it is known.
    pub day: Option<Day>,
    /// The original was changed, and git does not have the version that was translated: what changed
    /// cannot be told.
    pub unknown: bool,
    /// Whether titles and other texts in the front matter changed.
    pub front: bool,
    /// Whether the text above the first heading changed.
    pub opening: bool,
    /// The headings of both, in their order.
    pub lines: Vec<LineView>,
    /// Headings that the original had when it was translated.
    pub gone: Vec<String>,
}

/// A heading, in the original, the translation or both.
#[derive(Clone, Debug, Serialize)]
pub struct LineView {
    /// 1 to 6.
    pub level: u8,
    pub original: Option<Link>,
    pub translation: Option<Link>,
    /// `missing` or `extra` in the translation, `changed` since, or `same`.
    pub state: &'static str,
}

/// A translation that nobody has stamped.
#[derive(Clone, Debug, Serialize)]
pub struct UnstampedView {
    pub page: Link,
    /// Set when the original's file was changed on a later day than the translation's.
    pub later: Option<Day>,
}

pub fn made(cx: &PageContext<'_>) -> Result<Made, Diagnostic> {
    let languages = cx.config.languages.iter().map(|lang| language(cx, lang)).collect();
    let view = TranslationsView { languages };
    generated("translations.html", "translations", &view, Frame::report(cx, Report::Translations))
}

pub fn figures(cx: &PageContext<'_>) -> String {
    cx.words.count("n_behind", cx.site.freshness.behind.len())
}

/// Id of the comparison of a page in `lang` with its original.
pub fn anchor(cx: &PageContext<'_>, id: ThingId, lang: &Lang) -> String {
    // Names of files may hold spaces, ids may not.
    format!("{lang}/{}", cx.thing(id).address).replace(char::is_whitespace, "-")
}

fn language(cx: &PageContext<'_>, lang: &Lang) -> LanguageView {
    let mut view = LanguageView {
        lang: lang.to_string(),
        name: cx.theme.words(lang).get("language_name").to_owned(),
        anchor: format!("language-{lang}"),
        ..LanguageView::default()
    };
    let counts = |thing: &Thing| thing.kind.is_translatable() || thing.texts.len() > 1;
    for (id, thing) in cx.handbook().iter().filter(|(_, thing)| counts(thing)) {
        view.pages += 1;
        let Some(text) = thing.texts.get(lang) else {
            view.missing.push(cx.link(id));
            continue;
        };
        if *lang == thing.original {
            view.originals += 1;
            continue;
        }
        let outline = |text: &Text| text.summary.headings.iter().map(|h| h.level).collect::<Vec<_>>();
        let is_stale = cx.site.freshness.behind.contains_key(&(id, lang.clone()));
        if is_stale {
            view.stale.push(compared(cx, id, thing, lang, text));
        } else if outline(text) != outline(thing.original()) {
            view.uneven.push(compared(cx, id, thing, lang, text));
        }
        if text.summary.common.translated_from.is_none() {
            view.unstamped.push(unstamped(cx, id, thing, lang, text));
        } else if !is_stale {
            view.current += 1;
        }
    }
    // Those that are likely to be behind come first.
    view.unstamped.sort_by_key(|page| page.later.is_none());
    view
}

fn unstamped(cx: &PageContext<'_>, id: ThingId, thing: &Thing, lang: &Lang, text: &Text) -> UnstampedView {
    let day = |text: &Text| cx.site.history.get(&text.summary.file).copied();
    let original = day(thing.original());
    let is_later = original.zip(day(text)).is_some_and(|(original, own)| original > own);
    UnstampedView {
        page: page_in(cx, id, thing, lang, text),
        later: original.filter(|_| is_later).map(|day| cx.day(day)),
    }
}

fn compared(cx: &PageContext<'_>, id: ThingId, thing: &Thing, lang: &Lang, text: &Text) -> ComparedView {
    let original = thing.original();
    let behind = cx.site.freshness.behind.get(&(id, lang.clone()));
    let since = behind.and_then(|behind| behind.since.as_ref());
    let nothing = Since::default();
    let Since { front, opening, sections, gone } = since.unwrap_or(&nothing);
    let (ours, theirs) = (&original.summary.headings, &text.summary.headings);
    let line = |(ours_at, theirs_at): (Option<usize>, Option<usize>)| {
        let heading =
            ours_at.and_then(|at| ours.get(at)).or_else(|| theirs_at.and_then(|at| theirs.get(at)))?;
        Some(LineView {
            level: heading.level,
            original: ours_at.and_then(|at| heading_link(cx, id, thing, &thing.original, ours, at)),
            translation: theirs_at.and_then(|at| heading_link(cx, id, thing, lang, theirs, at)),
            state: match (ours_at, theirs_at) {
                (_, None) => "missing",
                (None, _) => "extra",
                (Some(at), _) if sections.contains(&at) => "changed",
                _ => "same",
            },
        })
    };
    ComparedView {
        page: page_in(cx, id, thing, lang, text),
        original: page_in(cx, id, thing, &thing.original, original),
        anchor: anchor(cx, id, lang),
        day: behind.and_then(|behind| behind.day).map(|day| cx.day(day)),
        unknown: behind.is_some() && since.is_none(),
        front: *front,
        opening: *opening,
        lines: pairs(ours, theirs).into_iter().filter_map(line).collect(),
        gone: gone.clone(),
    }
}

/// The page in this very language, whatever that of the page it is linked from.
fn page_in(cx: &PageContext<'_>, id: ThingId, thing: &Thing, lang: &Lang, text: &Text) -> Link {
    Link {
        title: text.summary.title.clone(),
        href: cx.here.page(&folder(cx, thing, lang), None),
        lang: (lang != cx.lang).then(|| lang.to_string()),
        ..cx.link(id)
    }
}

fn heading_link(
    cx: &PageContext<'_>,
    id: ThingId,
    thing: &Thing,
    lang: &Lang,
    headings: &[Heading],
    at: usize,
) -> Option<Link> {
    let links = cx.graph().pages.get(&(id, lang.clone()))?;
    Some(Link {
        title: headings.get(at)?.text.clone(),
        href: cx.here.page(&folder(cx, thing, lang), Some(body::anchor(links, headings, at))),
        lang: (lang != cx.lang).then(|| lang.to_string()),
        ..Link::default()
    })
}

fn folder(cx: &PageContext<'_>, thing: &Thing, lang: &Lang) -> String {
    address::folder(&thing.address, lang, cx.handbook().default_language())
}
