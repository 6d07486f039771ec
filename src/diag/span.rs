//! Where something stands in a source file.

use std::ops::Range;
use std::sync::Arc;

/// A path relative to the handbook's root, with forward slashes: `content/_index.md`.
pub type FilePath = Arc<str>;

/// A byte range in one source file. Lines and columns are computed only when a diagnostic is shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub file: FilePath,
    /// First byte; on a character boundary.
    pub start: u32,
    /// One past the last byte; `start == end` points between two characters.
    pub end: u32,
}

impl Span {
    /// A span over `range` of `file`.
    pub fn new(file: &FilePath, range: Range<usize>) -> Self {
        Self { file: file.clone(), start: clamp(range.start), end: clamp(range.end) }
    }

    /// The file as a whole: its first position.
    pub fn whole(file: &FilePath) -> Self {
        Self::new(file, 0..0)
    }

    /// The byte range, for slicing the file's text.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Files are capped at 10 MiB when read, so no offset reaches the limit.
fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// A value together with the place where it was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: f(self.value), span: self.span }
    }
}

/// What the writer typed where the id of something is expected. `link::resolve` turns it into an id.
pub type Name = Spanned<String>;

/// A position as people count it: both from 1, columns in characters (not bytes, not cells).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Position {
    /// The position of byte `offset` in `text`. An offset past the end counts as the end.
    pub fn of(text: &str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}
