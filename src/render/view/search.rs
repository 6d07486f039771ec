//! `search`: where the handbook is looked through.

use serde::Serialize;

use super::common::Link;
use super::frame::Frame;
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::model::{Kind, Report};
use crate::render::context::PageContext;

/// `search` in `search.html`. What its script loads is `page.search`.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// Where to look when nothing is found, or without JavaScript: the list of all pages, and the glossary.
    pub all: Option<Link>,
    pub glossary: Option<Link>,
}

pub fn made(cx: &PageContext<'_>) -> Result<Made, Diagnostic> {
    let frame = Frame::generated(cx, "search", cx.words.get("search").to_owned(), Some("search"));
    let glossary = Kind::Term.folder().filter(|folder| cx.index.folders.contains_key(*folder));
    let view =
        SearchView { all: cx.report(Report::All), glossary: glossary.map(|folder| cx.folder_link(folder)) };
    generated("search.html", "search", &view, frame)
}
