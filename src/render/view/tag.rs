//! `tags` and `tag`: pages by tag.

use serde::Serialize;

use super::common::Link;
use super::frame::Frame;
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::model::Kind;
use crate::render::context::PageContext;

/// `tags` in `tags.html`.
#[derive(Clone, Debug, Serialize)]
pub struct TagsView {
    /// In alphabetical order.
    pub tags: Vec<TagCount>,
}

/// A tag and how many pages carry it.
#[derive(Clone, Debug, Serialize)]
pub struct TagCount {
    pub tag: Link,
    pub pages: usize,
}

/// `tag` in `tag.html`.
#[derive(Clone, Debug, Serialize)]
pub struct TagView {
    pub kinds: Vec<KindLinks>,
}

/// Pages of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct KindLinks {
    pub kind: &'static str,
    pub pages: Vec<Link>,
}

pub fn all(cx: &PageContext<'_>) -> Result<Made, Diagnostic> {
    let frame = Frame::generated(cx, "tags", cx.words.get("tags").to_owned(), Some("tags"));
    let tags = cx.index.tags.iter().map(|(slug, tag)| TagCount {
        tag: Link { title: tag.name.clone(), href: cx.to(&format!("tags/{slug}")), ..Link::default() },
        pages: tag.things.len(),
    });
    generated("tags.html", "tags", &TagsView { tags: tags.collect() }, frame)
}

pub fn made(cx: &PageContext<'_>, slug: &str) -> Result<Made, Diagnostic> {
    let tag = cx.index.tags.get(slug);
    let title = cx.words.fill("tagged", &[("tag", tag.map_or(slug, |tag| &tag.name))]);
    let mut frame = Frame::generated(cx, "tag", title, Some(&format!("tags/{slug}")));
    frame.breadcrumbs =
        vec![Link { title: cx.words.get("tags").to_owned(), href: cx.to("tags"), ..Link::default() }];
    let tagged = tag.map_or(&[][..], |tag| tag.things.as_slice());
    let kinds = Kind::ALL.into_iter().map(|kind| KindLinks {
        kind: kind.name(),
        pages: tagged
            .iter()
            .filter(|id| cx.thing(**id).kind == kind)
            .map(|id| cx.described_link(*id))
            .collect(),
    });
    let view = TagView { kinds: kinds.filter(|group| !group.pages.is_empty()).collect() };
    generated("tag.html", "tag", &view, frame)
}
