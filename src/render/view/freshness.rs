//! `page.freshness`: when a page was last changed, and what has overtaken it.

use serde::Serialize;

use super::common::{Day, Link};
use super::translations;
use crate::model::{Change, Dependency, Happened, Report, ThingId};
use crate::render::address;
use crate::render::context::PageContext;

/// How fresh the text is that a page shows.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FreshnessView {
    /// The day its file was last changed, as git remembers it.
    pub changed: Option<Day>,
    /// Who changed it, the newest first; empty unless the configuration asks for names.
    pub authors: Vec<String>,
    /// Whether the reviewed text was changed after its review.
    pub edited: bool,
    /// What the page rests on and was changed after its review.
    pub changes: Vec<ChangeView>,
    /// Set on a translation whose original was changed after it was made.
    pub behind: Option<BehindView>,
}

/// Something that a page rests on and was changed after its review.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeView {
    /// `reworded`, `added`, `moved`, `retargeted`, `retitled`, `renamed`, `retired` or `removed`.
    pub what: &'static str,
    /// The practice, term or SLO, at the place concerned; `href` is empty when it is no more.
    pub thing: Link,
    /// What happened, in words.
    pub text: String,
}

/// The original that a translation is behind of.
#[derive(Clone, Debug, Serialize)]
pub struct BehindView {
    /// That it was changed, in words, with the day where it is known.
    pub text: String,
    /// The page in the original's language; the title is the language's name.
    pub original: Link,
    /// To what changed, among the translations.
    pub details: Option<String>,
}

pub fn view(cx: &PageContext<'_>, id: ThingId) -> FreshnessView {
    let thing = cx.thing(id);
    let summary = &cx.text(id).summary;
    let freshness = &cx.site.freshness;
    let changes = freshness.changes.get(&id).map_or(&[][..], Vec::as_slice);
    FreshnessView {
        changed: cx.site.history.get(&summary.file).map(|day| cx.day(*day)),
        authors: cx.site.authors.get(&summary.file).cloned().unwrap_or_default(),
        // A review vouches for the original; of a translation it says nothing.
        edited: summary.lang == thing.original && freshness.edited.contains(&id),
        changes: changes.iter().map(|one| change(cx, one)).collect(),
        behind: behind(cx, id),
    }
}

fn change(cx: &PageContext<'_>, change: &Change) -> ChangeView {
    let name = change.dependency.thing().map_or("", |(_, id)| id);
    let criterion = match &change.dependency {
        Dependency::Criterion { criterion, .. } => Some(criterion.as_str()),
        _ => None,
    };
    let what = change.what.name();
    let (mut level, mut new) = (String::new(), "");
    match &change.what {
        Happened::Moved(number) => level = number.to_string(),
        Happened::Renamed(id) => new = id,
        _ => {}
    }
    let key = format!("{}_{what}", if criterion.is_some() { "criterion" } else { "thing" });
    let values =
        [("criterion", criterion.unwrap_or_default()), ("level", &level), ("new", new), ("old", name)];
    let thing = match change.thing {
        Some(id) => {
            let fragment = match change.what {
                Happened::Renamed(ref new) if criterion.is_some() => Some(new.as_str()),
                Happened::Retired | Happened::Removed => None,
                _ => criterion,
            };
            Link { href: cx.href(id, fragment), ..cx.link(id) }
        }
        None => Link { title: name.to_owned(), ..Link::default() },
    };
    ChangeView { what, thing, text: cx.words.fill(&key, &values) }
}

fn behind(cx: &PageContext<'_>, id: ThingId) -> Option<BehindView> {
    let thing = cx.thing(id);
    let behind = cx.site.freshness.behind.get(&(id, cx.text(id).summary.lang.clone()))?;
    let folder = address::folder(&thing.address, &thing.original, cx.handbook().default_language());
    Some(BehindView {
        text: match behind.day {
            Some(day) => cx.words.fill("behind_since", &[("day", &cx.words.date(day))]),
            None => cx.words.get("behind").to_owned(),
        },
        original: Link {
            title: cx.theme.words(&thing.original).get("language_name").to_owned(),
            href: cx.here.page(&folder, None),
            lang: Some(thing.original.to_string()),
            ..Link::default()
        },
        details: cx.report_at(Report::Translations, &translations::anchor(cx, id, &cx.text(id).summary.lang)),
    })
}
