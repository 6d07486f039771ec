//! The walk over the events of a page: blocks are written here, what stands in them by `inline`.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::callout::{Callout, behind_title};
use super::code::CodeFence;
use super::headings::{HeadingStart, Headings};
use super::notes::Notes;
use super::prepared::Prepared;
use super::raw::{HtmlBlock, OpenElements};
use super::sink::Sink;
use super::table::Table;
use super::words::words;
use super::{Content, Run, is_verbatim};
use crate::diag::Diagnostics;
use crate::model::{EditKind, Piece};

/// Quotes and lists inside each other; html5ever, which cleans raw HTML, is worse than quadratic in depth.
const DEEPEST: usize = 64;
/// Characters of the first paragraph that are kept.
const FIRST_PARAGRAPH: usize = 400;

pub(super) struct Walk<'p, 'd> {
    pub source: &'p Prepared<'p>,
    pub diagnostics: &'d mut Diagnostics,
    pub sink: Sink,
    pub out: Content,
    pub headings: Headings,
    pub notes: Notes,
    pub open_elements: OpenElements,
    /// Bytes of sentences kept around links, of which there is a budget.
    pub sentence_bytes: usize,
    /// The title in the front matter.
    pub title: Option<&'p str>,
    pub run: Run<'p>,
    /// The sink around the footnote that is being written, and the footnote's label.
    pub outer: Vec<(Sink, String)>,
    /// How each open quote ends.
    pub quotes: Vec<&'static str>,
    /// A callout whose title is still to be written.
    pub callout: Option<Callout>,
    /// An item whose `<li` is not closed yet, because a task has a class.
    item_open: bool,
    pub heading: Option<HeadingStart>,
    code: Option<CodeFence>,
    html: Option<HtmlBlock>,
    pub table: Table,
    pub depth: usize,
    /// Inside a container that is too deep: how many more are open.
    skipped: usize,
    said_too_deep: bool,
}

impl<'p, 'd> Walk<'p, 'd> {
    pub fn new(source: &'p Prepared<'p>, title: Option<&'p str>, diagnostics: &'d mut Diagnostics) -> Self {
        Self {
            source,
            diagnostics,
            sink: Sink::default(),
            out: Content::default(),
            headings: Headings::default(),
            notes: Notes::default(),
            open_elements: OpenElements::default(),
            sentence_bytes: 0,
            title,
            run: Run::new(),
            outer: Vec::new(),
            quotes: Vec::new(),
            callout: None,
            item_open: false,
            heading: None,
            code: None,
            html: None,
            table: Table::default(),
            depth: 0,
            skipped: 0,
            said_too_deep: false,
        }
    }

    pub fn event(&mut self, event: Event<'p>, range: Range<usize>) {
        if self.skipped > 0 {
            match event {
                Event::Start(_) => self.skipped += 1,
                Event::End(_) => self.skipped -= 1,
                _ => {}
            }
            return;
        }
        match event {
            Event::Text(text) => match (&mut self.code, &mut self.html) {
                (Some(code), _) => code.text.push_str(&text),
                (None, Some(html)) => html.push(&text, range),
                (None, None) => self.push_text(text, range),
            },
            Event::Html(text) => match &mut self.html {
                Some(html) => html.push(&text, range),
                None => self.run.push((Event::InlineHtml(text), range)),
            },
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Rule => {
                self.block();
                self.sink.html("<hr>\n");
            }
            inline => self.run.push((inline, range)),
        }
    }

    /// Neighbouring texts that are neighbours in the source too become one.
    fn push_text(&mut self, text: CowStr<'p>, range: Range<usize>) {
        let source: &'p str = &self.source.text;
        if let Some((Event::Text(last), last_range)) = self.run.last_mut() {
            let joined = last_range.start..range.end;
            let neighbours = last_range.end == range.start
                && is_verbatim(source, last, last_range)
                && is_verbatim(source, &text, &range);
            if neighbours && let Some(text) = source.get(joined.clone()) {
                *last = CowStr::Borrowed(text);
                *last_range = joined;
                return;
            }
        }
        self.run.push((Event::Text(text), range));
    }

    fn start(&mut self, tag: Tag<'p>, range: Range<usize>) {
        match tag {
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. } => self.run.push((Event::Start(tag), range)),
            Tag::Paragraph => {
                if !self.run.is_empty() {
                    self.block();
                }
            }
            Tag::Heading { level, id, classes, attrs } => {
                self.block();
                self.heading = Some(HeadingStart {
                    level: level as u8,
                    id: id.map(|id| self.source.written(&id).into_owned()),
                    classes: classes.iter().map(|class| self.source.written(class).into_owned()).collect(),
                    attributes: attrs.iter().map(|(name, _)| name.to_string()).collect(),
                });
            }
            Tag::BlockQuote(_) => {
                self.block();
                if self.descend(&range) {
                    self.quote(range);
                }
            }
            Tag::CodeBlock(kind) => {
                self.block();
                self.code = Some(CodeFence::new(match kind {
                    CodeBlockKind::Indented => None,
                    CodeBlockKind::Fenced(info) => Some(self.source.written(&info).into_owned()),
                }));
            }
            Tag::HtmlBlock => {
                self.block();
                self.html = Some(HtmlBlock::default());
            }
            Tag::List(first) => {
                self.block();
                if self.descend(&range) {
                    self.sink.html(&match first {
                        None => "<ul>\n".to_owned(),
                        Some(1) => "<ol>\n".to_owned(),
                        Some(first) => format!("<ol start=\"{first}\">\n"),
                    });
                }
            }
            Tag::Item => {
                self.block();
                self.sink.html("<li");
                self.item_open = true;
            }
            Tag::FootnoteDefinition(label) => {
                self.block();
                self.outer.push((std::mem::take(&mut self.sink), self.source.written(&label).into_owned()));
            }
            Tag::DefinitionList => {
                self.block();
                if self.descend(&range) {
                    self.sink.html("<dl>\n");
                }
            }
            Tag::DefinitionListTitle => self.block(),
            Tag::DefinitionListDefinition => {
                self.block();
                self.sink.html("<dd>");
            }
            Tag::Table(alignments) => {
                self.block();
                self.table = Table { alignments, empty_cells: self.table.empty_cells, ..Table::default() };
                self.sink.html("<div class=\"table-scroll\" tabindex=\"0\">\n<table>\n");
            }
            Tag::TableHead => {
                self.table.in_head = true;
                self.sink.html("<thead>\n<tr>");
            }
            Tag::TableRow => {
                if !self.table.has_body {
                    self.sink.html("<tbody>\n");
                }
                self.table.has_body = true;
                self.table.column = 0;
                self.sink.html("<tr>");
            }
            Tag::TableCell | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => self.run.push((Event::End(tag), range)),
            TagEnd::Paragraph => self.paragraph(range),
            TagEnd::Heading(_) => self.end_heading(range),
            TagEnd::BlockQuote(_) => {
                self.block();
                self.depth = self.depth.saturating_sub(1);
                let end = self.quotes.pop().unwrap_or_default();
                self.sink.html(end);
            }
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    self.end_code(code, range);
                }
            }
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    let line = self.raw_block(html);
                    self.keep_line(&line);
                }
            }
            TagEnd::List(ordered) => {
                self.block();
                self.depth = self.depth.saturating_sub(1);
                self.sink.html(if ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => {
                self.block();
                self.sink.html("</li>\n");
            }
            TagEnd::FootnoteDefinition => self.end_footnote(range),
            TagEnd::DefinitionList => {
                self.block();
                self.depth = self.depth.saturating_sub(1);
                self.sink.html("</dl>\n");
            }
            TagEnd::DefinitionListTitle => {
                self.sink.html("<dt>");
                self.tight();
                self.sink.html("</dt>\n");
            }
            TagEnd::DefinitionListDefinition => {
                self.block();
                self.sink.html("</dd>\n");
            }
            TagEnd::Table => {
                self.sink.html(if self.table.has_body {
                    "</tbody>\n</table>\n</div>\n"
                } else {
                    "</table>\n</div>\n"
                });
            }
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.sink.html("</tr>\n</thead>\n");
            }
            TagEnd::TableRow => self.sink.html("</tr>\n"),
            TagEnd::TableCell => self.cell(range),
            TagEnd::MetadataBlock(_) => {}
        }
    }

    /// Before a block begins or ends: what stands tight in an item is written, the item's tag is closed.
    fn block(&mut self) {
        self.tight();
        self.close_item_tag(false);
        if let Some(callout) = self.callout.take() {
            self.callout_title(&callout, Run::new());
        }
    }

    /// Writes a run that no paragraph surrounds.
    fn tight(&mut self) {
        if self.run.is_empty() {
            return;
        }
        let run = std::mem::take(&mut self.run);
        self.close_item_tag(is_task(&run));
        let line = self.write_run(run);
        self.keep_line(&line);
    }

    fn close_item_tag(&mut self, is_task: bool) {
        if std::mem::take(&mut self.item_open) {
            self.sink.html(if is_task { " class=\"task\">" } else { ">" });
        }
    }

    fn paragraph(&mut self, range: Range<usize>) {
        let mut run = std::mem::take(&mut self.run);
        self.close_item_tag(is_task(&run));
        if let Some(callout) = self.callout.take() {
            let rest = behind_title(&mut run, callout.end, self.source);
            self.callout_title(&callout, run);
            if rest.is_empty() {
                return;
            }
            run = rest;
        }
        let only_image =
            run.iter().all(|(event, _)| !matches!(event, Event::Text(text) if !text.trim().is_empty()))
                && matches!(run.first(), Some((Event::Start(Tag::Image { .. }), _)));
        if only_image && !run.iter().any(|(event, _)| matches!(event, Event::Code(_))) {
            self.diagnostics.image_without_alt(self.source.span(trimmed_end(self.source, range)));
        }
        self.sink.html("<p>");
        let line = self.write_run(run);
        self.sink.html("</p>\n");
        if self.out.first_paragraph.is_empty() && self.outer.is_empty() {
            let end = line.char_indices().nth(FIRST_PARAGRAPH).map_or(line.len(), |(at, _)| at);
            self.out.first_paragraph = line.get(..end).unwrap_or_default().trim().to_owned();
        }
        self.keep_line(&line);
    }

    fn end_footnote(&mut self, range: Range<usize>) {
        self.block();
        let text = std::mem::take(&mut self.sink).finish();
        let Some((sink, label)) = self.outer.pop() else { return };
        self.sink = sink;
        let written = self.source.slice(range.clone());
        let first_line = range.start..range.start + written.find('\n').unwrap_or(written.len());
        let note = self.notes.named(&label);
        self.notes.define(note, text, self.source.span(first_line), self.diagnostics);
    }

    /// Goes one container deeper; false when that is too deep and the container is left out.
    fn descend(&mut self, range: &Range<usize>) -> bool {
        if self.depth < DEEPEST {
            self.depth += 1;
            return true;
        }
        self.skipped = 1;
        self.edit(range.clone(), EditKind::Remove);
        if !std::mem::replace(&mut self.said_too_deep, true) {
            let first = range.start..(range.start + 1).min(range.end);
            self.diagnostics.nested_too_deep(self.source.span(first), DEEPEST);
        }
        false
    }

    pub(super) fn keep_line(&mut self, line: &str) {
        let line = line.trim();
        if !line.is_empty() {
            self.out.text.push_str(line);
            self.out.text.push('\n');
        }
    }

    pub fn finish(mut self) -> Content {
        self.block();
        let mut body = std::mem::take(&mut self.sink).finish();
        let mut anchors = self.notes.finish(&mut body, self.diagnostics);
        let (headings, title_anchor) = self.headings.finish(self.diagnostics);
        if let Some(anchor) = title_anchor {
            let mut place = String::from("<span class=\"anchor\" id=\"");
            super::escape::escape_into(&mut place, &anchor);
            place.push_str("\"></span>\n");
            body.pieces.insert(0, Piece::Html(place.into()));
            anchors.push(anchor);
        }
        let mut out = self.out;
        out.headings = headings;
        out.other_anchors.append(&mut anchors);
        out.has_raw_html = body.pieces.iter().any(|piece| matches!(piece, Piece::RawHtml(_)));
        out.pieces = body.pieces;
        out.words = words(&out.text);
        out
    }
}

fn is_task(run: &Run<'_>) -> bool {
    matches!(run.first(), Some((Event::TaskListMarker(_), _)))
}

/// `range` without the line end and spaces at its end.
pub(super) fn trimmed_end(source: &Prepared<'_>, range: Range<usize>) -> Range<usize> {
    let length = source.slice(range.clone()).trim_end().len();
    range.start..range.start + length
}
