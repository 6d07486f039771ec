//! Headings: their attributes, their levels, and anchors that are unique within the page.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use super::Run;
use super::prepared::Prepared;
use super::slug::{Slugs, slug};
use super::walk::{Walk, trimmed_end};
use crate::diag::{Diagnostics, Span};
use crate::model::{EditKind, Heading, Target, filled};

/// A heading whose text is still to come.
#[derive(Debug)]
pub(super) struct HeadingStart {
    pub level: u8,
    pub id: Option<String>,
    pub classes: Vec<String>,
    /// Everything in the braces that is neither id nor class.
    pub attributes: Vec<String>,
}

/// The headings of a page.
#[derive(Debug, Default)]
pub(super) struct Headings {
    title: Option<Heading>,
    list: Vec<Heading>,
}

impl Headings {
    /// The heading that is the page's title and not part of its body.
    pub fn title(&mut self, start: HeadingStart, text: String, span: Span) {
        self.title = Some(heading(start, text, span));
    }

    pub fn push(&mut self, start: HeadingStart, text: String, span: Span) -> usize {
        self.list.push(heading(start, text, span));
        self.list.len() - 1
    }

    pub fn is_empty(&self) -> bool {
        self.title.is_none() && self.list.is_empty()
    }

    /// The level of the heading before, when one of `level` would skip a level. The page's title is level 1.
    pub fn skips(&self, level: u8) -> Option<u8> {
        let before = self.list.last().map_or(1, |heading| heading.level);
        (level > before + 1).then_some(before)
    }

    /// Gives every heading its anchor: explicit ids first, because links rely on them, then slugs in
    /// the order of the page. Gives the anchor of the title, if it was a heading.
    pub fn finish(mut self, diagnostics: &mut Diagnostics) -> (Vec<Heading>, Option<String>) {
        let mut slugs = Slugs::default();
        let mut first_use: HashMap<String, Span> = HashMap::new();
        for heading in self.title.iter_mut().chain(&mut self.list).filter(|heading| heading.explicit) {
            if slugs.take(&heading.slug) {
                first_use.insert(heading.slug.clone(), heading.span.clone());
                continue;
            }
            let given = slugs.unique(&heading.slug);
            let first = first_use.get(&heading.slug).cloned().unwrap_or_else(|| heading.span.clone());
            diagnostics.duplicate_heading_id(heading.span.clone(), &heading.slug, &given, first);
            heading.slug = given;
        }
        for heading in self.title.iter_mut().chain(&mut self.list).filter(|heading| !heading.explicit) {
            heading.slug = slugs.unique(&slug(&heading.text));
        }
        (self.list, self.title.map(|title| title.slug))
    }
}

fn heading(start: HeadingStart, text: String, span: Span) -> Heading {
    Heading {
        level: start.level,
        text,
        explicit: start.id.is_some(),
        slug: start.id.unwrap_or_default(),
        classes: start.classes,
        span,
    }
}

impl Walk<'_, '_> {
    /// Ends a heading: its text is known now, and whether it is the page's title.
    pub(super) fn end_heading(&mut self, range: Range<usize>) {
        let Some(mut heading) = self.heading.take() else { return };
        let mut run = std::mem::take(&mut self.run);
        give_back_braces(&mut run, &mut heading, self.source, &range);
        let range = trimmed_end(self.source, range);
        let whole = self.source.span(range.clone());
        for attribute in &heading.attributes {
            self.diagnostics.unknown_heading_attribute(whole.clone(), attribute);
        }
        let at_top =
            self.sink.is_empty() && self.outer.is_empty() && self.depth == 0 && self.headings.is_empty();
        let gap = self.sink.heading_gap();
        let line = self.write_run(run);
        // A heading's words become its anchor, so they cannot wait for a title.
        let line = filled(&line, |index| match self.out.links.get(index).map(|link| &link.target) {
            Some(Target::Wiki { id, .. }) => id.clone(),
            _ => String::new(),
        });
        let text = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let gives_title = heading.level == 1 && self.out.title.is_none();
        if gives_title {
            self.out.title = Some(text.clone());
        }
        let repeats_title = heading.level == 1 && self.title.is_none_or(|title| title.trim() == text);
        if at_top && gives_title && repeats_title {
            self.sink.forget_from(gap);
            self.edit(range, EditKind::Remove);
            self.headings.title(heading, text, whole);
            return;
        }
        if let Some(before) = self.headings.skips(heading.level) {
            self.diagnostics.heading_skips(whole.clone(), heading.level, before);
        }
        let index = self.headings.push(heading, text, whole);
        self.sink.fill_heading(gap, index);
        self.sink.html("\n");
        let line = line.into_owned();
        self.keep_line(&line);
    }
}

/// Braces at the end of a heading that hold neither id nor class are text: `## GET /users/{id}`.
fn give_back_braces<'p>(
    run: &mut Run<'p>,
    heading: &mut HeadingStart,
    source: &'p Prepared<'p>,
    range: &Range<usize>,
) {
    if heading.id.is_some() || !heading.classes.is_empty() {
        return;
    }
    heading.attributes.clear();
    let whole = source.slice(range.clone());
    let markers = whole.len() - whole.trim_start().trim_start_matches('#').len();
    let start = run.last().map_or(range.start + markers, |(_, range)| range.end);
    let gap = source.text.get(start..range.end).and_then(|gap| gap.lines().next()).unwrap_or_default();
    let gap = gap.trim_end().trim_end_matches('#').trim_end();
    if gap.trim_start().starts_with('{') {
        run.push((Event::Text(CowStr::Borrowed(gap)), start..start + gap.len()));
    }
}
