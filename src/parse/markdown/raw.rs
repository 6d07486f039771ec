//! The writer's own HTML: addresses and ids are found, nesting is capped, comments are dropped; the
//! rest is passed on as written, for `render` to clean, escape or trust. A copy in markdown gets its
//! text, links and images, and no tags.

use std::ops::Range;

use super::edits::as_u32;
use super::foreign;
use super::html_tokens::{Attribute, HtmlTag, Token, decoded, is_text_only, tokens};
use super::inline::Line;
use super::target::{self, Refusal};
use super::walk::Walk;
use crate::model::{EditKind, ImageUse, LinkUse, Piece, Target};

/// Elements inside each other; html5ever is worse than quadratic in depth.
const DEEPEST: usize = 64;
/// Attributes of one element; html5ever compares each with all before it.
const MOST_ATTRIBUTES: usize = 64;

/// A block of HTML while its lines come in.
#[derive(Debug, Default)]
pub(super) struct HtmlBlock {
    text: String,
    /// Where each line begins: in `text`, and in the source.
    lines: Vec<(usize, usize)>,
}

impl HtmlBlock {
    pub fn push(&mut self, text: &str, range: Range<usize>) {
        self.lines.push((self.text.len(), range.start));
        self.text.push_str(text);
    }
}

/// The elements that are open, over the whole page: HTML and markdown take turns.
#[derive(Debug, Default)]
pub(super) struct OpenElements {
    names: Vec<String>,
    /// Start tags left out because they were too deep, so that their end tags are left out too.
    left_out: usize,
    said: bool,
    /// For each `<a>` its link, if it is one.
    links: Vec<Option<u32>>,
}

/// HTML with the way back to the source.
struct Html<'h> {
    text: &'h str,
    lines: &'h [(usize, usize)],
}

impl Html<'_> {
    fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    fn source_range(&self, range: &Range<usize>) -> Range<usize> {
        let place = |offset: usize| {
            let before = self.lines.partition_point(|(at, _)| *at <= offset);
            before
                .checked_sub(1)
                .and_then(|line| self.lines.get(line))
                .map_or(offset, |(at, source)| source + (offset - at))
        };
        place(range.start)..place(range.end)
    }
}

/// What an attribute means for us.
enum Meaning {
    Link,
    Image,
    Images,
    Anchor,
    Nothing,
}

impl Walk<'_, '_> {
    /// Writes a block of HTML, and gives its plain text.
    pub(super) fn raw_block(&mut self, block: HtmlBlock) -> String {
        let mut line = Line::default();
        self.raw(&mut line, &Html { text: &block.text, lines: &block.lines });
        self.give_sentences(&line);
        line.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Writes a tag or comment between words.
    pub(super) fn raw_inline(&mut self, line: &mut Line, html: &str, range: &Range<usize>) {
        self.raw(line, &Html { text: html, lines: &[(0, range.start)] });
    }

    fn raw(&mut self, line: &mut Line, html: &Html<'_>) {
        let mut is_code = false;
        for token in tokens(html.text) {
            match token {
                Token::Text(range) => {
                    self.edit_text(html, range.clone(), is_code);
                    let text = self.source.written(html.slice(range));
                    self.sink.raw(&text);
                    line.text.push_str(&decoded(&text));
                }
                Token::Comment(range) => self.edit(html.source_range(&range), EditKind::Remove),
                Token::Unfinished(range) => {
                    self.diagnostics.html_unfinished(
                        self.source.span(html.source_range(&(range.start..range.start + 1))),
                    );
                    let text = self.source.written(html.slice(range.clone()));
                    let is_shown = !text.starts_with("<!") && !text.starts_with("<?");
                    if is_shown {
                        self.sink.text(&text);
                    }
                    let end = if is_shown { range.start + 1 } else { range.end };
                    self.edit(html.source_range(&(range.start..end)), EditKind::Remove);
                }
                Token::Tag(tag) => {
                    is_code = !tag.is_end && is_text_only(html.slice(tag.name.clone()));
                    self.tag(line, html, &tag);
                }
            }
        }
    }

    /// In a copy text stands without the indentation that tags had, which would make it code.
    fn edit_text(&mut self, html: &Html<'_>, range: Range<usize>, is_code: bool) {
        if is_code {
            self.edit(html.source_range(&range), EditKind::Remove);
            return;
        }
        let mut start = range.start;
        for text in html.slice(range).split_inclusive('\n') {
            let indentation = text.len() - text.trim_start_matches([' ', '\t']).len();
            let begins_line = start == 0 || html.slice(start - 1..start) == "\n";
            if begins_line && indentation > 0 && html.lines.len() > 1 {
                self.edit(html.source_range(&(start..start + indentation)), EditKind::Remove);
            }
            start += text.len();
        }
    }

    fn tag(&mut self, line: &mut Line, html: &Html<'_>, tag: &HtmlTag) {
        let written_name = html.slice(tag.name.clone());
        let name = written_name.to_ascii_lowercase();
        if tag.is_end {
            let link = if name == "a" { self.open_elements.links.pop().flatten() } else { None };
            let edit = link.map_or(EditKind::Tag, EditKind::LinkEnd);
            self.edit(html.source_range(&tag.range), edit);
            if self.open_elements.close(&name) {
                let text = self.source.written(html.slice(tag.range.clone()));
                self.sink.raw(&text);
            }
            return;
        }
        if let Some(found) = foreign::element(written_name) {
            self.diagnostics.foreign_syntax(
                self.source.span(html.source_range(&tag.name)),
                found.what,
                found.instead,
            );
        }
        if !self.open_elements.open(&name) {
            if !std::mem::replace(&mut self.open_elements.said, true) {
                self.diagnostics
                    .html_nested_too_deep(self.source.span(html.source_range(&tag.range)), DEEPEST);
            }
            self.edit(html.source_range(&tag.range), EditKind::Tag);
            return;
        }
        let (first_link, first_image) = (self.out.links.len(), self.out.images.len());
        self.start_tag(line, html, tag, &name);
        let link = (name == "a" && self.out.links.len() > first_link).then(|| as_u32(first_link));
        let image = (name == "img" && self.out.images.len() > first_image).then(|| as_u32(first_image));
        if name == "a" {
            self.open_elements.links.push(link);
        }
        let edit = link.map(EditKind::LinkStart).or(image.map(EditKind::Image));
        // Line breaks are the only HTML that markdown cannot do without, in tables.
        if edit.is_some() || name != "br" || !tag.attributes.is_empty() {
            self.edit(html.source_range(&tag.range), edit.unwrap_or(EditKind::Tag));
        }
    }

    fn start_tag(&mut self, line: &mut Line, html: &Html<'_>, tag: &HtmlTag, name: &str) {
        let mut copied = tag.range.start;
        for attribute in tag.attributes.iter().take(MOST_ATTRIBUTES) {
            let attribute_name = html.slice(attribute.name.clone()).to_ascii_lowercase();
            let Some(value_range) = &attribute.value else { continue };
            let value = decoded(&self.source.written(html.slice(value_range.clone())));
            let place = html.source_range(value_range);
            match meaning(name, &attribute_name) {
                Meaning::Nothing => {}
                Meaning::Anchor => self.out.other_anchors.push(value),
                Meaning::Images => {
                    self.copy(html, copied..attribute.name.end);
                    copied = attribute.range.end;
                    self.image_set(&value, &place, &alternative_text(html, tag));
                }
                meaning @ (Meaning::Link | Meaning::Image) => {
                    if target::classify(&value).refusal == Some(Refusal::Empty) {
                        continue;
                    }
                    let target = self.classified(&value, place.clone());
                    if target == Target::Refused {
                        self.copy(html, copied..attribute.range.start);
                        copied = attribute.range.end;
                        continue;
                    }
                    self.copy(html, copied..attribute.name.end);
                    copied = attribute.range.end;
                    self.sink.raw("=\"");
                    let span = self.source.span(place);
                    let title = attribute_value(html, tag, "title");
                    if matches!(meaning, Meaning::Link) {
                        line.links.push((self.out.links.len(), line.text.len()));
                        self.sink.piece(Piece::LinkAddress(self.out.links.len()));
                        self.out.links.push(LinkUse {
                            target,
                            title,
                            span,
                            sentence: String::new(),
                            raw_html: true,
                        });
                    } else {
                        let alt = alternative_text(html, tag);
                        self.sink.piece(Piece::ImageAddress(self.out.images.len()));
                        self.out.images.push(ImageUse { target, alt, title, span, raw_html: true });
                    }
                    self.sink.raw("\"");
                }
            }
        }
        match tag.attributes.get(MOST_ATTRIBUTES) {
            Some(first_left_out) => {
                let place = html.source_range(&first_left_out.range);
                self.diagnostics.too_many_html_attributes(self.source.span(place), MOST_ATTRIBUTES);
                self.copy(html, copied..first_left_out.range.start);
                self.sink.raw(">");
            }
            None => self.copy(html, copied..tag.range.end),
        }
    }

    /// The value of a `srcset`: addresses, each with a width or density.
    fn image_set(&mut self, value: &str, place: &Range<usize>, alt: &str) {
        self.sink.raw("=\"");
        let mut first = true;
        let mut rest = value;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
            if rest.is_empty() {
                break;
            }
            let length = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
            let (written, behind) = rest.split_at(length);
            let address = written.trim_end_matches(',');
            let (descriptor, behind) = match address.len() < written.len() {
                true => ("", behind),
                false => behind.split_once(',').unwrap_or((behind, "")),
            };
            rest = behind;
            let target = self.classified(address, place.clone());
            if target == Target::Refused {
                continue;
            }
            self.sink.raw(if first { "" } else { ", " });
            first = false;
            self.sink.piece(Piece::ImageAddress(self.out.images.len()));
            let span = self.source.span(place.clone());
            self.out.images.push(ImageUse { target, alt: alt.to_owned(), title: None, span, raw_html: true });
            let descriptor = descriptor.trim();
            if !descriptor.is_empty()
                && descriptor.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.')
            {
                self.sink.raw(&format!(" {descriptor}"));
            }
        }
        self.sink.raw("\"");
    }

    fn copy(&mut self, html: &Html<'_>, range: Range<usize>) {
        let text = self.source.written(html.slice(range));
        self.sink.raw(&text);
    }
}

impl OpenElements {
    /// Opens an element; false when it is too deep.
    fn open(&mut self, name: &str) -> bool {
        if is_void(name) || closes_itself(name) {
            return true;
        }
        if self.names.len() >= DEEPEST {
            self.left_out += 1;
            return false;
        }
        self.names.push(name.to_owned());
        true
    }

    /// Closes an element; false when its start tag was left out. What was opened inside it and not
    /// closed stays open, as it may for the cleaner.
    fn close(&mut self, name: &str) -> bool {
        if is_void(name) || closes_itself(name) {
            return true;
        }
        if self.left_out > 0 {
            self.left_out -= 1;
            return false;
        }
        if let Some(at) = self.names.iter().rposition(|open| open == name) {
            self.names.remove(at);
        }
        true
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements whose end tag may be left out, because the next of their kind closes them: they do not
/// nest without another element between them, which counts.
fn closes_itself(name: &str) -> bool {
    matches!(
        name,
        "p" | "li"
            | "dt"
            | "dd"
            | "td"
            | "th"
            | "tr"
            | "thead"
            | "tbody"
            | "tfoot"
            | "colgroup"
            | "caption"
            | "option"
            | "optgroup"
            | "rt"
            | "rp"
    )
}

fn meaning(element: &str, attribute: &str) -> Meaning {
    match (element, attribute) {
        (_, "id") | ("a" | "map", "name") => Meaning::Anchor,
        ("link" | "image" | "use", "href") => Meaning::Image,
        ("iframe" | "frame", "src") | (_, "href" | "xlink:href" | "formaction") | ("form", "action") => {
            Meaning::Link
        }
        (_, "src" | "poster") | ("object", "data") | ("body" | "table" | "td", "background") => {
            Meaning::Image
        }
        (_, "srcset") => Meaning::Images,
        _ => Meaning::Nothing,
    }
}

fn attribute_value(html: &Html<'_>, tag: &HtmlTag, name: &str) -> Option<String> {
    let named = |attribute: &&Attribute| html.slice(attribute.name.clone()).eq_ignore_ascii_case(name);
    let value = tag.attributes.iter().take(MOST_ATTRIBUTES).find(named)?.value.clone()?;
    Some(decoded(html.slice(value)))
}

fn alternative_text(html: &Html<'_>, tag: &HtmlTag) -> String {
    attribute_value(html, tag, "alt").unwrap_or_default()
}
