//! `redirect`: an address that leads on at once.

use serde::Serialize;

use super::common::Link;
use super::frame::Frame;
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::model::ThingId;
use crate::render::address;
use crate::render::page::PageContext;

/// `redirect` in `redirect.html`.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectView {
    pub target: Link,
}

pub fn made(cx: &PageContext<'_>, id: ThingId) -> Result<Made, Diagnostic> {
    let target = cx.link(id);
    let mut frame = Frame::generated(cx, "redirect", target.title.clone(), None);
    frame.text_lang.clone_from(&target.lang);
    frame.canonical = address::absolute(&cx.config.base_url, &cx.folder(&cx.thing(id).address));
    generated("redirect.html", "redirect", &RedirectView { target }, frame)
}
