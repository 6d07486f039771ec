//! `plain`: a page of no particular kind.

use serde::Serialize;

use crate::model::ThingId;
use crate::render::context::PageContext;

/// `plain` in `page.html`.
#[derive(Clone, Debug, Serialize)]
pub struct PlainView {
    /// Words of the body (Japanese: characters).
    pub words: u32,
}

pub fn view(cx: &PageContext<'_>, id: ThingId) -> PlainView {
    PlainView { words: cx.text(id).summary.words }
}
