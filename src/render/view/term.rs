//! `term`: a word of the glossary.

use serde::Serialize;

use super::common::Link;
use crate::model::ThingId;
use crate::render::context::PageContext;

/// `term` in `term.html`. Its definition is the body, its other names are in
/// `page.also_known_as`, and where it is used in `page.backlinks`.
#[derive(Clone, Debug, Serialize)]
pub struct TermView {
    /// The definition as plain text.
    pub definition: String,
    /// Pages on which the word became a link by itself; those that link to it by hand are in
    /// `page.backlinks`.
    pub mentions: Vec<Link>,
}

pub fn view(cx: &PageContext<'_>, id: ThingId) -> TermView {
    let mentions = cx.graph().mentions.get(id.0 as usize).into_iter().flatten();
    let shown = mentions.filter(|(page, lang)| cx.text(*page).summary.lang == *lang);
    let mentions = shown.map(|(page, _)| cx.link(*page)).collect();
    TermView { mentions, definition: cx.plain(id, &cx.text(id).summary.first_paragraph) }
}
