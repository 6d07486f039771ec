//! Code blocks: their fence, its information, and the text.

use std::ops::Range;

use super::code_info::{self, Mistake};
use super::edits::as_u32;
use super::prepared::Prepared;
use super::walk::{Walk, trimmed_end};
use crate::diag::{Name, Span, Spanned, nearest};
use crate::model::{CodeBlock, CodeText, EditKind, Include, Piece};

/// A code block whose text is still to come.
#[derive(Debug)]
pub(super) struct CodeFence {
    /// The information behind the fence; `None` for indented code.
    info: Option<String>,
    pub text: String,
}

impl CodeFence {
    pub fn new(info: Option<String>) -> Self {
        Self { info, text: String::new() }
    }
}

impl Walk<'_, '_> {
    pub(super) fn end_code(&mut self, code: CodeFence, range: Range<usize>) {
        let text = self.source.written(&code.text).into_owned();
        let Some(written) = code.info else {
            let block = CodeBlock { text: CodeText::Written(text.into()), ..CodeBlock::default() };
            self.sink.piece(Piece::Code(Box::new(block)));
            return;
        };
        let fence = Fence::of(self.source, &range);
        if !fence.is_closed {
            self.diagnostics.unclosed_fence(self.source.span(fence.opening.clone()));
        }
        let info = code_info::read(&written);
        // With escapes or entities in it, the information as a whole must do as a place.
        let exact = self.source.slice(fence.info.clone()) == written;
        let place = |range: Range<usize>| -> Span {
            let info = fence.info.clone();
            self.source.span(if exact { info.start + range.start..info.start + range.end } else { info })
        };
        let name = |(value, range): (String, Range<usize>)| -> Name { Spanned::new(value, place(range)) };
        for mistake in info.mistakes {
            match mistake {
                Mistake::UnknownAttribute(name, range) => {
                    self.diagnostics.unknown_code_attribute(
                        place(range),
                        &name,
                        nearest(&name, code_info::ATTRIBUTES),
                    );
                }
                Mistake::BadLines(text, range) => self.diagnostics.bad_code_lines(place(range), &text),
                Mistake::NotClosed(range) => self.diagnostics.code_attribute_not_closed(place(range)),
                Mistake::NoValue(name, range) => {
                    self.diagnostics.code_attribute_without_value(place(range), &name)
                }
                Mistake::RegionWithoutFile(range) => self.diagnostics.region_without_file(place(range)),
            }
        }
        let text = match info.file {
            Some(file) => {
                if !text.trim().is_empty() {
                    self.diagnostics.include_with_text(place(file.1.clone()));
                }
                let index = self.out.includes.len();
                self.out.includes.push(Include { file: name(file), region: info.region.map(name) });
                self.edit(trimmed_end(self.source, range), EditKind::Include(as_u32(index)));
                CodeText::Included(index)
            }
            None => CodeText::Written(text.into()),
        };
        self.sink.piece(Piece::Code(Box::new(CodeBlock {
            language: info.language,
            text,
            title: info.title,
            marked_lines: info.marked_lines,
            first_line: info.first_line,
            diff: info.diff,
        })));
    }
}

/// The fence around a code block, in the prepared text.
struct Fence {
    opening: Range<usize>,
    info: Range<usize>,
    is_closed: bool,
}

impl Fence {
    fn of(source: &Prepared<'_>, range: &Range<usize>) -> Self {
        let range = trimmed_end(source, range.clone());
        let whole = source.slice(range.clone());
        let first_line = whole.lines().next().unwrap_or_default();
        let indentation = first_line.len() - first_line.trim_start().len();
        let behind_spaces = first_line.get(indentation..).unwrap_or_default();
        let sign = behind_spaces.chars().next().unwrap_or('`');
        let behind_fence = behind_spaces.trim_start_matches(sign);
        let length = behind_spaces.len() - behind_fence.len();
        let opening = range.start + indentation..range.start + indentation + length;
        let info = behind_fence.trim();
        let info_start = opening.end + (behind_fence.len() - behind_fence.trim_start().len());
        let last_line =
            whole.get(first_line.len()..).and_then(|rest| rest.rsplit('\n').next()).unwrap_or_default();
        // The markers of the containers around it stand before the closing fence.
        let closing = last_line.trim_start_matches(['>', ' ', '\t']).trim_end();
        let is_closed = length > 0 && closing.len() >= length && closing.chars().all(|c| c == sign);
        Self { opening, info: info_start..info_start + info.len(), is_closed }
    }
}
