//! `redirect`: an address that leads on at once.

use serde::Serialize;

use super::common::Link;
use super::frame::Frame;
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::model::{Alias, Lang, ThingId};
use crate::render::context::PageContext;

/// `redirect` in `redirect.html`. Without `parts` the reader is taken on at once, with or without
/// script; with parts only a script can tell which of them is meant, so without one the page is read.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectView {
    /// Where the page, or what is left of it, is now; `none` when it is in parts only.
    pub target: Option<Link>,
    /// Whether the page stood here once; otherwise this is its permalink.
    pub moved: bool,
    /// Places of the old page that are on other pages now.
    pub parts: Vec<Part>,
}

/// A place of an old page.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// Its anchor, there and here.
    pub anchor: String,
    pub target: Link,
}

pub fn made(cx: &PageContext<'_>, id: ThingId, moved: bool) -> Result<Made, Diagnostic> {
    let target = Some(cx.described_link(id));
    let frame = Frame::leading_on(cx, "redirect", id);
    generated("redirect.html", "redirect", &RedirectView { target, moved, parts: Vec::new() }, frame)
}

pub fn of_alias(cx: &PageContext<'_>, below: &Lang, address: &str) -> Result<Made, Diagnostic> {
    let key = (below.clone(), address.to_owned());
    let claims = cx.graph().aliases.get(&key).map_or(&[][..], Vec::as_slice);
    let link = |claim: &Alias| {
        let place = claim.part.as_deref().filter(|_| claim.lands);
        Link { href: cx.href_in(claim.thing, &claim.lang, place), ..cx.described_link(claim.thing) }
    };
    let (whole, parts): (Option<&Alias>, &[Alias]) = match claims {
        // All that is left of the old page is this part of it.
        [only] => (Some(only), &[]),
        [first, parts @ ..] if first.part.is_none() => (Some(first), parts),
        parts => (None, parts),
    };
    let part = |claim: &Alias| Some(Part { anchor: claim.part.clone()?, target: link(claim) });
    let view =
        RedirectView { target: whole.map(link), moved: true, parts: parts.iter().filter_map(part).collect() };
    let frame = match whole {
        Some(claim) => Frame::leading_on(cx, "redirect", claim.thing),
        None => Frame::bare(cx, "redirect", cx.words.get("moved_parts").to_owned()),
    };
    generated("redirect.html", "redirect", &view, frame)
}
