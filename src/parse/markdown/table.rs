//! The cells of tables.

use std::ops::Range;

use pulldown_cmark::Alignment;

use super::walk::Walk;

/// Cells that rows may lack before we stop filling them in.
const MOST_EMPTY_CELLS: usize = 10_000;

/// The table that is being written.
#[derive(Default)]
pub(super) struct Table {
    pub alignments: Vec<Alignment>,
    pub column: usize,
    pub in_head: bool,
    pub has_body: bool,
    /// In all tables of the page.
    pub empty_cells: usize,
}

impl Walk<'_, '_> {
    /// Writes a cell, from what has come in since the last one.
    pub(super) fn cell(&mut self, range: Range<usize>) {
        let run = std::mem::take(&mut self.run);
        let alignment = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            _ => "",
        };
        self.table.column += 1;
        if run.is_empty() && range.is_empty() {
            self.table.empty_cells += 1;
            if self.table.empty_cells > MOST_EMPTY_CELLS {
                if self.table.empty_cells == MOST_EMPTY_CELLS + 1 {
                    self.diagnostics.too_many_empty_cells(self.source.span(range));
                }
                return;
            }
        }
        // A header without words is no header.
        let (start, end) = match self.table.in_head && !run.is_empty() {
            true => ("<th scope=\"col\"", "</th>"),
            false => ("<td", "</td>"),
        };
        self.sink.html(start);
        self.sink.html(alignment);
        self.sink.html(">");
        let line = self.write_run(run);
        self.sink.html(end);
        self.keep_line(&line);
    }
}
