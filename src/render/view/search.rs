//! `search`: where the handbook is looked through.

use serde::Serialize;

use super::frame::Frame;
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::render::page::PageContext;

/// `search` in `search.html`.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// The site's root, below which the files of the index are.
    pub base: String,
    /// The search's own script.
    pub js: String,
}

pub fn made(cx: &PageContext<'_>) -> Result<Made, Diagnostic> {
    let frame = Frame::generated(cx, "search", cx.words.get("search").to_owned(), Some("search"));
    let bundle = cx.theme.assets.bundle("search");
    let view = SearchView { base: cx.here.root(), js: cx.here.file(&bundle.js) };
    generated("search.html", "search", &view, frame)
}
