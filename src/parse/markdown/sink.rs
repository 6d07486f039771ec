//! Where the walk writes: HTML and pieces, in order.

use super::escape::escape_into;
use crate::model::Piece;

/// A body, or the text of a footnote, while it is written.
#[derive(Debug, Default)]
pub struct Sink {
    pieces: Vec<Piece>,
    pending: String,
    /// Whether `pending` is the writer's own HTML.
    pending_raw: bool,
    /// Where a footnote is referred to: index of an empty piece to be filled, index of the footnote.
    references: Vec<(usize, usize)>,
}

/// A finished sink.
#[derive(Debug, Default)]
pub struct Written {
    pub pieces: Vec<Piece>,
    pub references: Vec<(usize, usize)>,
}

impl Sink {
    /// HTML of ours.
    pub fn html(&mut self, html: &str) {
        self.switch(false);
        self.pending.push_str(html);
    }

    /// Text, escaped.
    pub fn text(&mut self, text: &str) {
        self.switch(false);
        escape_into(&mut self.pending, text);
    }

    /// HTML of the writer's. Spaces alone are nobody's.
    pub fn raw(&mut self, html: &str) {
        if html.bytes().all(|byte| byte.is_ascii_whitespace()) {
            self.pending.push_str(html);
        } else {
            self.switch(true);
            self.pending.push_str(html);
        }
    }

    pub fn piece(&mut self, piece: Piece) {
        self.flush();
        self.pieces.push(piece);
    }

    /// Leaves a gap for a reference to footnote `note`.
    pub fn reference(&mut self, note: usize) {
        self.flush();
        self.references.push((self.pieces.len(), note));
        self.pieces.push(Piece::Html("".into()));
    }

    /// Leaves a gap for the start of a heading.
    pub fn heading_gap(&mut self) -> usize {
        self.flush();
        self.pieces.push(Piece::Html("".into()));
        self.pieces.len() - 1
    }

    /// Fills `gap` with the start of heading `heading`, and ends it here.
    pub fn fill_heading(&mut self, gap: usize, heading: usize) {
        if let Some(gap) = self.pieces.get_mut(gap) {
            *gap = Piece::HeadingStart(heading);
        }
        self.piece(Piece::HeadingEnd(heading));
    }

    /// Drops everything from `gap` on.
    pub fn forget_from(&mut self, gap: usize) {
        self.pending.clear();
        self.pieces.truncate(gap);
        self.references.retain(|(piece, _)| *piece < gap);
    }

    /// Whether nothing but spaces has been written.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty() && self.pending.trim_ascii().is_empty()
    }

    pub fn finish(mut self) -> Written {
        self.flush();
        Written { pieces: self.pieces, references: self.references }
    }

    fn switch(&mut self, raw: bool) {
        if self.pending_raw != raw {
            self.flush();
            self.pending_raw = raw;
        }
    }

    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let text = Box::from(self.pending.as_str());
        self.pieces.push(if self.pending_raw { Piece::RawHtml(text) } else { Piece::Html(text) });
        self.pending.clear();
    }
}
