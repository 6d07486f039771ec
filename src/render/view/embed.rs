//! `embed`: a practice as a small card, framed by other documents.

use serde::Serialize;

use super::area::{LevelCount, card};
use super::common::Link;
use super::frame::Frame;
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::model::ThingId;
use crate::render::address;
use crate::render::context::PageContext;

/// `embed` in `embed.html`. Links have to lead out of the frame: `target="_top"`.
#[derive(Clone, Debug, Serialize)]
pub struct EmbedView {
    /// With its description.
    pub practice: Link,
    /// The address that never changes.
    pub permalink: String,
    /// Every level of the handbook and how much it asks.
    pub levels: Vec<LevelCount>,
    pub lead: Vec<Link>,
}

pub fn made(cx: &PageContext<'_>, id: ThingId) -> Result<Made, Diagnostic> {
    let frame = Frame::leading_on(cx, "embed", id);
    let name = cx.thing(id).id.as_ref().map_or("", |id| id.as_str());
    let card = card(cx, id);
    let view = EmbedView {
        practice: cx.described_link(id),
        permalink: cx.to(&address::permalink(cx.thing(id).kind, name)),
        lead: card.as_ref().map_or_else(Vec::new, |card| card.lead.clone()),
        levels: card.map_or_else(Vec::new, |card| card.levels),
    };
    generated("embed.html", "embed", &view, frame)
}
