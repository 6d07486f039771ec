//! What stands in a block: text, emphasis, code, links, images.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::characters::is_wide;
use super::target::{self, Refusal};
use super::walk::Walk;
use super::{Run, autolink, foreign, is_escaped, is_verbatim, sentences, wiki};
use crate::model::{ImageUse, LinkUse, Piece, Target, push_gap};

/// Emphasis inside emphasis; deeper marks are left out.
const DEEPEST_EMPHASIS: usize = 64;
/// Bytes of a line that show whether it is another tool's.
const FOREIGN_LINE: usize = 300;

/// A link that has begun.
struct OpenLink {
    index: usize,
    link_type: LinkType,
    address: String,
}

/// What is known of a run while it is written.
#[derive(Default)]
pub(super) struct Line {
    /// The plain text so far.
    pub text: String,
    /// Links with the place in `text` where each begins.
    pub links: Vec<(usize, usize)>,
    emphasis: usize,
    open_link: Option<OpenLink>,
    in_task: bool,
}

impl<'p> Walk<'p, '_> {
    /// Writes a run, and gives its plain text.
    pub(super) fn write_run(&mut self, run: Run<'p>) -> String {
        let source: &'p str = &self.source.text;
        let holds = |wanted: fn(&str) -> bool| {
            run.iter().any(|(event, _)| matches!(event, Event::Text(text) if wanted(text)))
        };
        let holds_wiki = self.source.may_hold_wiki_links && holds(|text| text.contains("[["));
        let holds_url = self.source.may_hold_urls && holds(autolink::suspects);
        let mut run = run;
        if holds_wiki {
            let (rewritten, images) = wiki::rewrite(run, source);
            for image in images {
                self.diagnostics.wiki_image(self.source.span(image));
            }
            run = rewritten;
        }
        if holds_url {
            run = autolink::rewrite(run, source);
        }
        let mut line = Line::default();
        let mut item = 0;
        while let Some((event, range)) = run.get(item) {
            item += 1;
            match event {
                Event::Text(text) => {
                    let at_line_start = item < 2
                        || matches!(run.get(item - 2), Some((Event::SoftBreak | Event::HardBreak, _)));
                    self.text(&mut line, text, range, at_line_start);
                }
                Event::Code(code) => {
                    let code = self.source.written(code);
                    self.sink.html("<code>");
                    self.sink.text(&code);
                    self.sink.html("</code>");
                    line.text.push_str(&code);
                }
                Event::SoftBreak => {
                    let joined = line.text.chars().next_back().is_some_and(is_wide)
                        && next_character(&run, item).is_some_and(is_wide);
                    if !joined {
                        self.sink.html("\n");
                        line.text.push(' ');
                    }
                }
                Event::HardBreak => {
                    self.sink.html("<br>\n");
                    line.text.push(' ');
                }
                Event::Start(Tag::Emphasis) => self.start_emphasis(&mut line, "<em>"),
                Event::Start(Tag::Strong) => self.start_emphasis(&mut line, "<strong>"),
                Event::Start(Tag::Strikethrough) => self.start_emphasis(&mut line, "<del>"),
                Event::End(TagEnd::Emphasis) => self.end_emphasis(&mut line, "</em>"),
                Event::End(TagEnd::Strong) => self.end_emphasis(&mut line, "</strong>"),
                Event::End(TagEnd::Strikethrough) => self.end_emphasis(&mut line, "</del>"),
                Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                    self.start_link(&mut line, *link_type, dest_url, title, range);
                }
                Event::End(TagEnd::Link) => {
                    let inner_end = match item.checked_sub(2).and_then(|before| run.get(before)) {
                        // Without words, what comes before is the start of the link itself.
                        Some((Event::Start(Tag::Link { .. }), _)) | None => range.start + 1,
                        Some((_, inner)) => inner.end,
                    };
                    self.end_link(&mut line, range, inner_end);
                }
                Event::Start(Tag::Image { link_type, dest_url, title, .. }) => {
                    let (alt, end) = self.alternative_text(&run, item);
                    let inner_end = run
                        .get(end.saturating_sub(2))
                        .map_or(range.start, |(_, inner)| inner.end.min(range.end));
                    item = end;
                    self.image(&mut line, *link_type, dest_url, title, alt, range, inner_end);
                }
                Event::InlineHtml(html) => self.raw_inline(&mut line, html, range),
                Event::FootnoteReference(label) => {
                    let label = self.source.written(label);
                    let note = self.notes.named(&label);
                    self.sink.reference(note);
                }
                Event::TaskListMarker(done) => {
                    self.sink.html(if *done {
                        "<label><input type=\"checkbox\" disabled checked> "
                    } else {
                        "<label><input type=\"checkbox\" disabled> "
                    });
                    line.in_task = true;
                }
                _ => {}
            }
        }
        if line.in_task {
            self.sink.html("</label>");
        }
        self.give_sentences(&line);
        line.text
    }

    fn text(&mut self, line: &mut Line, text: &CowStr<'p>, range: &Range<usize>, at_line_start: bool) {
        let written = self.source.written(text);
        self.sink.text(&written);
        line.text.push_str(&written);
        if !is_verbatim(&self.source.text, text, range) {
            return;
        }
        let escaped = |at: usize| is_escaped(&self.source.text, at);
        if at_line_start
            && !escaped(range.start)
            && let Some(line) = self.source.head(range.start, FOREIGN_LINE).lines().next()
            && let Some(found) = foreign::at_line_start(&self.source.written(line))
        {
            self.diagnostics.foreign_syntax(
                self.source.span(range.start..range.end),
                found.what,
                found.instead,
            );
            return;
        }
        let mut at = range.start;
        while let Some(found) = self.source.slice(at..range.end).find(['{', '[']) {
            at += found;
            let rest = self.source.slice(at..range.end);
            if escaped(at) {
                at += 1;
                continue;
            }
            if let Some(found) = foreign::at_brace(self.source.head(at, FOREIGN_LINE)) {
                self.diagnostics.foreign_syntax(
                    self.source.span(at..range.end.min(at + 3)),
                    found.what,
                    found.instead,
                );
                return;
            }
            if let Some(label) = missing_footnote(rest) {
                let place = at..at + label.len() + 3;
                let label = self.source.written(label).into_owned();
                self.diagnostics.footnote_missing(self.source.span(place), &label);
            }
            at += 1;
        }
    }

    fn start_emphasis(&mut self, line: &mut Line, html: &str) {
        line.emphasis += 1;
        if line.emphasis <= DEEPEST_EMPHASIS {
            self.sink.html(html);
        }
    }

    fn end_emphasis(&mut self, line: &mut Line, html: &str) {
        if line.emphasis <= DEEPEST_EMPHASIS {
            self.sink.html(html);
        }
        line.emphasis = line.emphasis.saturating_sub(1);
    }

    fn start_link(
        &mut self,
        line: &mut Line,
        link_type: LinkType,
        address: &str,
        title: &str,
        range: &Range<usize>,
    ) {
        let address = self.source.written(address).into_owned();
        let title = self.source.written(title);
        let title = (!title.is_empty()).then(|| title.into_owned());
        let index = self.out.links.len();
        line.links.push((index, line.text.len()));
        self.sink.piece(Piece::LinkStart(index));
        let mut target = Target::Refused;
        if let LinkType::WikiLink { has_pothole } = link_type {
            target = target::wiki(&address);
            if !has_pothole && matches!(target, Target::Wiki { .. }) {
                self.sink.piece(Piece::LinkText(index));
                push_gap(&mut line.text, index);
            }
        }
        let span = self.source.span(range.clone());
        self.out.links.push(LinkUse { target, title, span, sentence: String::new(), raw_html: false });
        line.open_link = Some(OpenLink { index, link_type, address });
    }

    /// Only now is it known where the text ends and the address begins, which complaints point at.
    fn end_link(&mut self, line: &mut Line, range: &Range<usize>, inner_end: usize) {
        let Some(open) = line.open_link.take() else { return };
        self.sink.piece(Piece::LinkEnd(open.index));
        let place = address_range(&self.source.text, range, inner_end, open.link_type);
        let target = match open.link_type {
            // Known from the start.
            LinkType::WikiLink { .. } => None,
            LinkType::Email => Some(Target::External(format!("mailto:{}", open.address))),
            _ => Some(self.classified(&open.address, place.clone())),
        };
        if let Some(link) = self.out.links.get_mut(open.index) {
            link.span = self.source.span(place);
            link.target = target.unwrap_or_else(|| link.target.clone());
        }
        self.edit_link(range, inner_end, open.link_type, open.index);
    }

    #[expect(clippy::too_many_arguments, reason = "an image is all of these, and they are used at once")]
    fn image(
        &mut self,
        line: &mut Line,
        link_type: LinkType,
        address: &str,
        title: &str,
        alt: String,
        range: &Range<usize>,
        inner_end: usize,
    ) {
        let address = self.source.written(address);
        let place = address_range(&self.source.text, range, inner_end, link_type);
        let target = self.classified(&address, place.clone());
        let title = self.source.written(title);
        let title = (!title.is_empty()).then(|| title.into_owned());
        let span = self.source.span(place);
        line.text.push_str(&alt);
        self.sink.piece(Piece::Image(self.out.images.len()));
        self.edit_image(range, link_type, self.out.images.len());
        self.out.images.push(ImageUse { target, alt, title, span, raw_html: false });
    }

    /// The target of an address, with the complaints it deserves.
    pub(super) fn classified(&mut self, address: &str, range: Range<usize>) -> Target {
        let classified = target::classify(address);
        let span = || self.source.span(range.clone());
        if classified.protocol_relative {
            self.diagnostics.protocol_relative(span());
        }
        match &classified.refusal {
            Some(Refusal::Scheme(scheme)) => self.diagnostics.refused_scheme(span(), scheme),
            Some(Refusal::NetworkPath) => self.diagnostics.network_path(span()),
            Some(Refusal::Empty) => self.diagnostics.empty_link(span()),
            None => {}
        }
        classified.target
    }

    /// The plain text up to the end of the image that began before `start`, and the item behind it.
    fn alternative_text(&self, run: &Run<'_>, start: usize) -> (String, usize) {
        let mut alt = String::new();
        let mut depth = 1usize;
        for (item, (event, _)) in run.iter().enumerate().skip(start) {
            match event {
                Event::Text(text) | Event::Code(text) => alt.push_str(&self.source.written(text)),
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                Event::Start(Tag::Image { .. }) => depth += 1,
                Event::End(TagEnd::Image) => {
                    depth -= 1;
                    if depth == 0 {
                        return (alt, item + 1);
                    }
                }
                _ => {}
            }
        }
        (alt, run.len())
    }

    /// Gives each link of a run the sentence it stands in. A page of nothing but links would keep many
    /// times its own length, so there is a budget; links beyond it get none.
    pub(super) fn give_sentences(&mut self, line: &Line) {
        if line.links.is_empty() {
            return;
        }
        let budget = 4 * self.source.text.len() + 65_536;
        let split = sentences::split(&line.text);
        for (index, at) in &line.links {
            if self.sentence_bytes > budget {
                return;
            }
            let sentence = sentences::around(&line.text, &split, *at);
            self.sentence_bytes += sentence.len();
            if let Some(link) = self.out.links.get_mut(*index) {
                link.sentence = sentence;
            }
        }
    }
}

/// The label of a reference such as `[^label]` at the beginning of `text`, which stayed text because nothing defines it.
fn missing_footnote(text: &str) -> Option<&str> {
    let label = text.strip_prefix("[^")?;
    let end =
        label.char_indices().take(100).find(|(_, c)| c.is_whitespace() || matches!(c, '[' | ']' | '^'))?;
    let label = label.get(..end.0)?;
    (end.1 == ']' && !label.is_empty()).then_some(label)
}

/// The first character of what comes behind a line break, when it is text.
fn next_character(run: &Run<'_>, start: usize) -> Option<char> {
    run.iter().skip(start).find_map(|(event, _)| match event {
        Event::Text(text) => Some(text.chars().next()),
        Event::Start(Tag::Link { link_type: LinkType::WikiLink { has_pothole: false }, .. }) => Some(None),
        Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }) => None,
        _ => Some(None),
    })?
}

/// Where the address of a link or image stands: in the parentheses, the angle brackets, or behind `[[`.
fn address_range(source: &str, whole: &Range<usize>, inner_end: usize, link_type: LinkType) -> Range<usize> {
    let found = || {
        let text = source.get(whole.clone())?;
        match link_type {
            LinkType::Inline => {
                let inner_end = inner_end.clamp(whole.start, whole.end);
                let open = source.get(inner_end..whole.end)?.find("](")? + inner_end + 2;
                let start = whole.end - source.get(open..whole.end)?.trim_start().len();
                let rest = source.get(start..whole.end.checked_sub(1)?)?;
                let range = match rest.strip_prefix('<') {
                    Some(inner) => start + 1..start + 1 + inner.find('>')?,
                    None => start..start + rest.find(char::is_whitespace).unwrap_or(rest.len()),
                };
                (!range.is_empty()).then_some(range)
            }
            LinkType::Autolink | LinkType::Email if text.starts_with('<') => {
                Some(whole.start + 1..whole.end - 1)
            }
            LinkType::WikiLink { .. } => {
                let name = text.get(2..text.len().checked_sub(2)?)?;
                let name = name.split('|').next()?.trim_end_matches('\\');
                Some(whole.start + 2..whole.start + 2 + name.len())
            }
            _ => None,
        }
    };
    found().unwrap_or_else(|| whole.clone())
}
