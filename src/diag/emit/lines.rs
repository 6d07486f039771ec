//! Offsets to lines and columns, for many places of many files: each file is scanned once.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Sources;
use crate::diag::{FilePath, Position, Span};

/// Finds lines and columns; remembers the lines of every file it has seen.
pub(super) struct Places<'a> {
    sources: &'a dyn Sources,
    files: BTreeMap<FilePath, Option<Lines<'a>>>,
}

impl<'a> Places<'a> {
    pub(super) fn new(sources: &'a dyn Sources) -> Self {
        Self { sources, files: BTreeMap::new() }
    }

    /// The lines of `file`; `None` when its text is not at hand.
    pub(super) fn lines(&mut self, file: &FilePath) -> Option<&Lines<'a>> {
        if !self.files.contains_key(file) {
            let lines = self.sources.text(file).map(Lines::new);
            self.files.insert(file.clone(), lines);
        }
        self.files.get(file)?.as_ref()
    }

    /// Where `span` starts and ends (exclusive); `None` when the text of its file is not at hand.
    pub(super) fn positions(&mut self, span: &Span) -> Option<Range<Position>> {
        let lines = self.lines(&span.file)?;
        let range = lines.clamp(span.range());
        Some(lines.position(range.start)..lines.position(range.end))
    }
}

/// A text with its line starts, and with its characters counted at regular distances: a column costs the
/// same on a short line and on one of ten megabytes.
pub(super) struct Lines<'a> {
    pub(super) text: &'a str,
    /// Byte offset of each line's first character; the first is 0.
    starts: Vec<usize>,
    /// Characters that start before byte `i * STRIDE`.
    counts: Vec<usize>,
}

const STRIDE: usize = 1024;

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let starts =
            std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        let mut counts = vec![0];
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STRIDE) {
            count += characters(chunk);
            counts.push(count);
        }
        Self { text, starts, counts }
    }

    /// `range` within the text, on character boundaries, start before end.
    pub(super) fn clamp(&self, range: Range<usize>) -> Range<usize> {
        let start = self.text.floor_char_boundary(range.start);
        let end = self.text.floor_char_boundary(range.end);
        start..end.max(start)
    }

    /// The position of the character at `offset`.
    pub(super) fn position(&self, offset: usize) -> Position {
        let line = self.line_of(offset);
        let column = self.characters_before(offset) - self.characters_before(self.start_of(line));
        Position { line: line + 1, column: column + 1 }
    }

    /// The line of `offset`, from 0.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The bytes of line `line` (from 0), without its line end.
    pub(super) fn line_range(&self, line: usize) -> Range<usize> {
        let start = self.start_of(line);
        let end = self.starts.get(line + 1).map_or(self.text.len(), |next| next - 1);
        let end = if self.text[start..end].ends_with('\r') { end - 1 } else { end };
        start..end
    }

    fn start_of(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(self.text.len())
    }

    /// How many characters start before `offset`, which lies on a boundary.
    fn characters_before(&self, offset: usize) -> usize {
        let stride = offset / STRIDE;
        let counted = self.counts.get(stride).copied().unwrap_or(0);
        let rest = self.text.as_bytes().get(stride * STRIDE..offset).unwrap_or(&[]);
        counted + characters(rest)
    }
}

/// Characters that start in `bytes`: those that are no UTF-8 continuation.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}
