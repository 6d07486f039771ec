//! `not_found`: what a host shows for an unknown address.

use serde::Serialize;

use super::frame::Frame;
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::render::context::PageContext;

/// `not_found` in `not_found.html`. The page may be shown at any address, so that its links start
/// at the site's root.
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundView {}

pub fn made(cx: &PageContext<'_>) -> Result<Made, Diagnostic> {
    let frame = Frame::generated(cx, "not_found", cx.words.get("not_found").to_owned(), None);
    generated("not_found.html", "not_found", &NotFoundView {}, frame)
}
