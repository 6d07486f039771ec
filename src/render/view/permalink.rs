//! `permalink`: a practice's permanent address.

use serde::Serialize;

use super::common::{Criterion, Link};
use super::former::{self, FormerCriterion};
use super::frame::Frame;
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::model::ThingId;
use crate::render::context::PageContext;

/// `permalink` in `permalink.html`. The criteria carry their ids, so that a link to one lands here
/// without script; with script the reader is taken on at once, fragment and all.
#[derive(Clone, Debug, Serialize)]
pub struct PermalinkView {
    pub target: Link,
    pub criteria: Vec<Criterion>,
    pub former: Vec<FormerCriterion>,
}

pub fn made(cx: &PageContext<'_>, id: ThingId) -> Result<Made, Diagnostic> {
    let target = cx.described_link(id);
    let frame = Frame::leading_on(cx, "permalink", id);
    let (criteria, former) = former::criteria(cx, id);
    generated("permalink.html", "permalink", &PermalinkView { target, criteria, former }, frame)
}
