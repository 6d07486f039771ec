//! `redirect`: an address that leads on at once.

use serde::Serialize;

use super::common::Link;
use super::frame::Frame;
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::model::ThingId;
use crate::render::page::PageContext;

/// `redirect` in `redirect.html`.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectView {
    pub target: Link,
}

pub fn made(cx: &PageContext<'_>, id: ThingId) -> Result<Made, Diagnostic> {
    let target = cx.link(id);
    let frame = Frame::leading_on(cx, "redirect", id);
    generated("redirect.html", "redirect", &RedirectView { target }, frame)
}
