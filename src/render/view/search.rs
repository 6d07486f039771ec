//! `search`: where titles, headings and other names are looked through.

use serde::Serialize;

use super::frame::Frame;
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::render::page::PageContext;

/// `search` in `search.html`.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// What the search stage wrote for this language; fetched when the reader begins to type.
    pub pages: String,
    /// The site's root, which the addresses in it are relative to.
    pub root: String,
}

pub fn made(cx: &PageContext<'_>) -> Result<Made, Diagnostic> {
    let frame = Frame::generated(cx, "search", cx.words.get("search").to_owned(), Some("search"));
    let view =
        SearchView { pages: cx.here.file(&format!("search/pages.{}.json", cx.lang)), root: cx.here.root() };
    generated("search.html", "search", &view, frame)
}
