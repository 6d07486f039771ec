//! The body of a page: finished HTML with gaps that later stages fill.

use std::ops::RangeInclusive;
use std::sync::Arc;

/// A rendered body. Everything that depends on this file alone is finished HTML; what depends on
/// other files (addresses, titles, included text), on the theme's words or on the highlighter is a
/// [`Piece`] of its own. Concatenating the filled pieces gives the page's body.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    pub pieces: Vec<Piece>,
    /// Whether the writer's own HTML is among the pieces, so that the whole must be cleaned.
    pub has_raw_html: bool,
    /// The prose as plain text for search and feeds: headings, paragraphs and cells, a line each.
    pub text: String,
    /// Where the markdown begins in its file, in bytes.
    pub start: u32,
    /// What a copy of the source has to say differently, in the order of the source, without overlaps.
    pub edits: Vec<Edit>,
}

/// A part of the source that means something here only, such as a link by name or a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// First byte in the file, and one past the last.
    pub start: u32,
    pub end: u32,
    pub kind: EditKind,
}

/// What stands there. Indices point into the lists of the same file's `Summary`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditKind {
    /// Nothing to be copied: the heading that is the page's title, comments, definitions of references.
    Remove,
    /// A tag of HTML, which is text or nothing.
    Tag,
    /// What stands before the words of `links[i]`.
    LinkStart(u32),
    /// What stands behind the words of `links[i]`, its address with it.
    LinkEnd(u32),
    /// `links[i]` as a whole: `[[id]]` without words of its own.
    WikiLink(u32),
    /// `images[i]`.
    Image(u32),
    /// A code block with the text of `includes[i]`.
    Include(u32),
}

/// A part of a body. Indices point into the lists of the same file's `Summary`.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Finished and safe.
    Html(Box<str>),
    /// The writer's own HTML, as written; cleaned, escaped or trusted by `markdown.raw_html`.
    RawHtml(Box<str>),
    /// `<h2 id="…">` with a permalink; `headings[i]`.
    HeadingStart(usize),
    HeadingEnd(usize),
    /// `<a href="…">`; `links[i]`. Both are left out when the link is broken or hidden.
    LinkStart(usize),
    LinkEnd(usize),
    /// The title of what `links[i]` leads to, in the page's language: `[[id]]` without words of its own.
    LinkText(usize),
    /// The address of `links[i]` inside an attribute of raw HTML.
    LinkAddress(usize),
    /// `<img …>`; `images[i]`.
    Image(usize),
    /// The address of `images[i]` inside an attribute of raw HTML.
    ImageAddress(usize),
    Code(Box<CodeBlock>),
    /// Words of the interface, in the page's language.
    Label(Label),
}

/// Words of the interface that a body needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Label {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
    Footnotes,
    FootnoteBack,
}

impl Label {
    /// Key in the theme's `i18n/*.yaml`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Note => "callout_note",
            Self::Tip => "callout_tip",
            Self::Important => "callout_important",
            Self::Warning => "callout_warning",
            Self::Caution => "callout_caution",
            Self::Footnotes => "footnotes",
            Self::FootnoteBack => "footnote_back",
        }
    }
}

/// A fenced or indented code block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodeBlock {
    /// First word of the fence information, lower case; empty when there is none.
    pub language: String,
    pub text: CodeText,
    pub title: Option<String>,
    /// Lines to mark, from 1.
    pub marked_lines: Vec<RangeInclusive<u32>>,
    /// Number of the first line when lines are numbered.
    pub first_line: Option<u32>,
    /// Lines starting with `+` and `-` are shown as added and removed, the rest in `language`.
    pub diff: bool,
}

/// Where a code block's text comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum CodeText {
    Written(Arc<str>),
    /// `includes[i]` of the summary; link finds the text.
    Included(usize),
}

impl Default for CodeText {
    fn default() -> Self {
        Self::Written("".into())
    }
}
