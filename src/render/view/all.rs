//! `all`: every page of the handbook, by kind.

use serde::Serialize;

use super::common::{Day, Language, Link};
use super::frame::Frame;
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::model::{Kind, Report, ThingId};
use crate::render::context::PageContext;

/// `all` in `all.html`.
#[derive(Clone, Debug, Serialize)]
pub struct AllView {
    pub kinds: Vec<KindPages>,
    /// Whether the handbook has more than one language.
    pub multilingual: bool,
}

/// The pages of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct KindPages {
    /// Also the id of its heading.
    pub kind: &'static str,
    pub pages: Vec<PageLine>,
}

/// One page.
#[derive(Clone, Debug, Serialize)]
pub struct PageLine {
    /// With its description.
    pub page: Link,
    /// The languages it is written in, by their own names.
    pub languages: Vec<Language>,
    pub reviewed: Option<Day>,
}

pub fn made(cx: &PageContext<'_>) -> Result<Made, Diagnostic> {
    let kinds = Kind::ALL.into_iter().map(|kind| KindPages {
        kind: kind.name(),
        pages: in_order(cx, kind).into_iter().map(|id| line(cx, id)).collect(),
    });
    let view = AllView {
        kinds: kinds.filter(|group| !group.pages.is_empty()).collect(),
        multilingual: cx.config.languages.len() > 1,
    };
    generated("all.html", "all", &view, Frame::report(cx, Report::All))
}

/// As on the page of their section.
fn in_order(cx: &PageContext<'_>, kind: Kind) -> Vec<ThingId> {
    let mut ids: Vec<ThingId> = cx.handbook().of_kind(kind).map(|(id, _)| id).collect();
    match kind {
        Kind::Term => ids.sort_by_cached_key(|id| (cx.text(*id).summary.title.to_lowercase(), *id)),
        Kind::Postmortem | Kind::Assessment => ids.reverse(),
        _ => {}
    }
    ids
}

fn line(cx: &PageContext<'_>, id: ThingId) -> PageLine {
    let texts = &cx.thing(id).texts;
    let written = cx.config.languages.iter().filter(|lang| texts.contains_key(*lang));
    PageLine {
        page: cx.described_link(id),
        languages: written.map(|lang| Language::new(cx, lang)).collect(),
        reviewed: cx.reviewed(id).map(|date| cx.day(date)),
    }
}
