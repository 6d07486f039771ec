//! `term`: a word of the glossary.

use serde::Serialize;

use crate::model::ThingId;
use crate::render::page::PageContext;

/// `term` in `term.html`. Its definition is the body, its other names are in
/// `page.also_known_as`, and where it is used in `page.backlinks`.
#[derive(Clone, Debug, Serialize)]
pub struct TermView {
    /// The definition as plain text.
    pub definition: String,
}

pub fn view(cx: &PageContext<'_>, id: ThingId) -> TermView {
    TermView { definition: cx.text(id).summary.first_paragraph.clone() }
}
