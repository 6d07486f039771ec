//! The walk over the events of a page: blocks are written here, what stands in them by `inline`.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::callout::{self, Fold};
use super::characters::is_wide_letter;
use super::code::CodeFence;
use super::headings::{self, HeadingStart, Headings};
use super::notes::Notes;
use super::prepared::Prepared;
use super::raw::{HtmlBlock, OpenElements};
use super::sink::Sink;
use super::{Content, Run, is_verbatim};
use crate::diag::{Diagnostics, nearest};
use crate::model::{Label, Piece};

/// Quotes and lists inside each other; html5ever, which cleans raw HTML, is worse than quadratic in depth.
const DEEPEST: usize = 64;
/// Cells that rows may lack before we stop filling them in.
const MOST_EMPTY_CELLS: usize = 10_000;
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
    title: Option<&'p str>,
    run: Run<'p>,
    /// The sink around the footnote that is being written, and the footnote's label.
    outer: Vec<(Sink, String)>,
    /// How each open quote ends.
    quotes: Vec<&'static str>,
    /// A callout whose title is still to be written.
    callout: Option<Callout>,
    /// An item whose `<li` is not closed yet, because a task has a class.
    item_open: bool,
    heading: Option<HeadingStart>,
    code: Option<CodeFence>,
    html: Option<HtmlBlock>,
    table: Table,
    depth: usize,
    /// Inside a container that is too deep: how many more are open.
    skipped: usize,
    said_too_deep: bool,
}

struct Callout {
    label: Label,
    foldable: bool,
    /// Where the marker ends.
    end: usize,
}

#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    has_body: bool,
    /// In all tables of the page.
    empty_cells: usize,
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

    fn quote(&mut self, range: Range<usize>) {
        let marker = callout::marker(self.source.slice(range.clone()));
        if let Some(marker) = marker {
            let word_span =
                self.source.span(range.start + marker.word_range.start..range.start + marker.word_range.end);
            if let Some((label, class)) = callout::kind(&marker.word) {
                let (start, end) = match marker.fold {
                    None => {
                        (format!("<aside class=\"callout callout-{class}\" role=\"note\">\n"), "</aside>\n")
                    }
                    Some(Fold::Open) => {
                        (format!("<details class=\"callout callout-{class}\" open>\n"), "</details>\n")
                    }
                    Some(Fold::Closed) => {
                        (format!("<details class=\"callout callout-{class}\">\n"), "</details>\n")
                    }
                };
                self.sink.html(&start);
                self.quotes.push(end);
                self.callout =
                    Some(Callout { label, foldable: marker.fold.is_some(), end: range.start + marker.end });
                return;
            }
            if callout::COMPONENTS.contains(&marker.word.as_str()) {
                self.diagnostics.component_not_rendered(word_span, &marker.word);
            } else {
                let known = callout::known_elsewhere(&marker.word);
                self.diagnostics.unknown_callout(
                    word_span,
                    &marker.word,
                    known,
                    nearest(&marker.word, callout::KINDS),
                );
            }
        }
        self.sink.html("<blockquote>\n");
        self.quotes.push("</blockquote>\n");
    }

    fn callout_title(&mut self, callout: &Callout, title: Run<'p>) {
        let element = if callout.foldable { "summary" } else { "p" };
        self.sink.html(&format!("<{element} class=\"callout-title\">"));
        if title.is_empty() {
            self.sink.piece(Piece::Label(callout.label));
        } else {
            let line = self.write_run(title);
            self.keep_line(&line);
        }
        self.sink.html(&format!("</{element}>\n"));
    }

    fn end_heading(&mut self, range: Range<usize>) {
        let Some(mut heading) = self.heading.take() else { return };
        let mut run = std::mem::take(&mut self.run);
        headings::give_back_braces(&mut run, &mut heading, self.source, &range);
        let whole = self.source.span(trimmed_end(self.source, range));
        for attribute in &heading.attributes {
            self.diagnostics.unknown_heading_attribute(whole.clone(), attribute);
        }
        let at_top =
            self.sink.is_empty() && self.outer.is_empty() && self.depth == 0 && self.headings.is_empty();
        let gap = self.sink.heading_gap();
        let line = self.write_run(run);
        let text = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let gives_title = heading.level == 1 && self.out.title.is_none();
        if gives_title {
            self.out.title = Some(text.clone());
        }
        let repeats_title = heading.level == 1 && self.title.is_none_or(|title| title.trim() == text);
        if at_top && gives_title && repeats_title {
            self.sink.forget_from(gap);
            self.headings.title(heading, text, whole);
            return;
        }
        if let Some(before) = self.headings.skips(heading.level) {
            self.diagnostics.heading_skips(whole.clone(), heading.level, before);
        }
        let index = self.headings.push(heading, text, whole);
        self.sink.fill_heading(gap, index);
        self.sink.html("\n");
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

    fn cell(&mut self, range: Range<usize>) {
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

    /// Goes one container deeper; false when that is too deep and the container is left out.
    fn descend(&mut self, range: &Range<usize>) -> bool {
        if self.depth < DEEPEST {
            self.depth += 1;
            return true;
        }
        self.skipped = 1;
        if !std::mem::replace(&mut self.said_too_deep, true) {
            let first = range.start..(range.start + 1).min(range.end);
            self.diagnostics.nested_too_deep(self.source.span(first), DEEPEST);
        }
        false
    }

    fn keep_line(&mut self, line: &str) {
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

/// Takes the marker out of `run`, and everything behind the first line break, which is returned.
fn behind_title<'p>(run: &mut Run<'p>, marker_end: usize, source: &'p Prepared<'p>) -> Run<'p> {
    run.retain(|(_, range)| range.end > marker_end);
    if let Some((Event::Text(text), range)) = run.first_mut()
        && range.start < marker_end
        && let Some(rest) = source.text.get(marker_end..range.end)
    {
        let rest = rest.trim_start();
        *text = CowStr::Borrowed(rest);
        *range = range.end - rest.len()..range.end;
    }
    if matches!(run.first(), Some((Event::Text(text), _)) if text.is_empty()) {
        run.remove(0);
    }
    let mut depth = 0usize;
    let line_break = run.iter().position(|(event, _)| {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(event, Event::SoftBreak | Event::HardBreak)
    });
    let Some(line_break) = line_break else { return Run::new() };
    let mut rest = run.split_off(line_break);
    rest.remove(0);
    rest
}

/// `range` without the line end and spaces at its end.
pub(super) fn trimmed_end(source: &Prepared<'_>, range: Range<usize>) -> Range<usize> {
    let length = source.slice(range.clone()).trim_end().len();
    range.start..range.start + length
}

/// Words for the reading time: words of alphabets, and half of the wide characters, since a reader of
/// Japanese takes about 500 characters and a reader of English about 250 words a minute.
fn words(text: &str) -> u32 {
    let (mut words, mut wide, mut in_word) = (0u32, 0u32, false);
    for c in text.chars() {
        if !c.is_ascii() && is_wide_letter(c) {
            wide += 1;
            in_word = false;
        } else {
            let part = if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() };
            words += u32::from(part && !in_word);
            in_word = part || (in_word && matches!(c, '\'' | '’' | '-' | '_' | '.'));
        }
    }
    words + wide / 2
}
