//! Markdown → [`Body`](crate::model::Body), and what others may see of it.
//!
//! 1. [`prepared`]: line ends, and joiners for Japanese-friendly emphasis.
//! 2. pulldown-cmark: CommonMark with tables, footnotes, strikethrough, task lists, definition lists
//!    and heading attributes. No smart punctuation, no mathematics.
//! 3. [`walk`]: one pass over its events, block by block. What stands in a block (a *run*) goes
//!    through [`wiki`] and [`autolink`], which turn text into links, and is written by [`inline`].
//! 4. [`headings`] and [`notes`]: anchors and footnotes, which need the whole page.
//! 5. [`edits`]: what a copy of the source has to say differently.
//!
//! Everything is linear in the length of the text, nested structures are capped, and nothing is
//! walked by recursion.
//!
//! # HTML that themes can rely on
//!
//! | markdown | HTML |
//! |---|---|
//! | callout | `<aside class="callout callout-note" role="note">`, folded `<details class="callout callout-note">`; `-tip`, `-important`, `-warning`, `-caution` |
//! | its title | `<p class="callout-title">`, folded `<summary class="callout-title">` |
//! | table | `<div class="table-scroll" tabindex="0"><table>`; cells `class="align-left"`, `-center`, `-right` |
//! | task | `<li class="task"><label><input type="checkbox" disabled>`; what is done has `checked` |
//! | footnote | `<sup class="footnote-ref"><a href="#fn-1" id="fnref-1">`; `<section class="footnotes">`, `<li id="fn-1">`, `<a class="footnote-back">` |
//! | words for screen readers only | `<span class="visually-hidden">` |
//! | the first heading, when it is the page's title | `<span class="anchor" id="…">` in its place |
//! | strikethrough | `<del>` |
//!
//! Headings, links, images and code blocks are [pieces](crate::model::Piece): `render` writes them.

mod autolink;
mod callout;
mod characters;
mod code;
mod code_info;
mod edits;
mod escape;
mod foreign;
mod headings;
mod html_tokens;
mod inline;
mod notes;
mod prepared;
mod raw;
mod sentences;
mod sink;
mod slug;
mod table;
mod target;
mod walk;
mod wiki;
mod words;

pub(super) use target::percent_decoded;

use std::cell::RefCell;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser};

use crate::diag::{Diagnostics, FilePath, nearest};
use crate::model::{Edit, Heading, ImageUse, Include, LinkUse, Piece};
use prepared::Prepared;
use walk::Walk;

/// What stands in one block: inline events, each with its place in the prepared text.
type Run<'a> = Vec<(Event<'a>, Range<usize>)>;

/// Whether `text` is the source at `range` itself, not what an escape or entity there means. Takes no time.
fn is_verbatim(source: &str, text: &str, range: &Range<usize>) -> bool {
    source
        .get(range.clone())
        .is_some_and(|slice| slice.len() == text.len() && std::ptr::eq(slice.as_ptr(), text.as_ptr()))
}

/// Whether the sign at byte `at` was written with a backslash, and so means itself only.
fn is_escaped(source: &str, at: usize) -> bool {
    let before = source.as_bytes().get(..at).unwrap_or_default();
    before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// A body and its part of the summary.
#[derive(Debug, Default)]
pub struct Content {
    pub pieces: Vec<Piece>,
    pub has_raw_html: bool,
    /// The prose, a line per block.
    pub text: String,
    /// Of the first heading of level 1.
    pub title: Option<String>,
    pub headings: Vec<Heading>,
    pub links: Vec<LinkUse>,
    pub images: Vec<ImageUse>,
    pub includes: Vec<Include>,
    pub other_anchors: Vec<String>,
    pub first_paragraph: String,
    pub words: u32,
    pub edits: Vec<Edit>,
}

/// Reads the markdown in `text`, which begins at byte `base` of `file`. `title` is that of the front matter:
/// a first heading that repeats it, or gives it when there is none, is left out of the body.
pub fn read(
    file: &FilePath,
    text: &str,
    base: usize,
    title: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Content {
    let prepared = Prepared::new(file, text, base);
    let undefined = RefCell::new(Vec::new());
    let note_undefined = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            undefined.borrow_mut().push((link.span, link.reference.to_string()));
        }
        None
    };
    let parser = Parser::new_with_broken_link_callback(&prepared.text, options(), Some(note_undefined));
    let mut walk = Walk::new(&prepared, title, diagnostics);
    let mut events = parser.into_offset_iter();
    for (event, range) in events.by_ref() {
        walk.event(event, range);
    }
    let mut content = walk.finish();
    let definitions = events.reference_definitions().iter().map(|(_, definition)| definition.span.clone());
    edits::settle(&mut content.edits, &prepared, definitions);
    let undefined = undefined.take();
    if !undefined.is_empty() {
        let defined = events.reference_definitions().iter().map(|(name, _)| name).collect();
        report_undefined(&prepared, undefined, defined, diagnostics);
    }
    content
}

/// References without a definition, in `[text][name]` and `[name][]`. A lone `[name]` is just a word in brackets.
fn report_undefined(
    prepared: &Prepared<'_>,
    mut undefined: Vec<(Range<usize>, String)>,
    mut defined: Vec<&str>,
    diagnostics: &mut Diagnostics,
) {
    defined.sort_unstable();
    undefined.sort_by_key(|(span, _)| span.start);
    undefined.dedup();
    for (count, (range, name)) in undefined.into_iter().enumerate() {
        // `matrix[i][j]` in prose is no link.
        let before = prepared.slice(0..range.start).chars().next_back();
        if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | ']' | ')'))
            || name.starts_with('^')
        {
            continue;
        }
        let name = prepared.written(&name);
        // Looking through all references for each that is missing would be quadratic, and so is
        // comparing long names; few complaints are shown, and names are short.
        let worth_it = count < 20 && name.len() <= 60;
        let candidates = defined.iter().copied().take(1000).filter(|defined| worth_it && defined.len() <= 60);
        let nearest = nearest(&name, candidates);
        diagnostics.undefined_reference(prepared.span(range), &name, nearest);
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
}
