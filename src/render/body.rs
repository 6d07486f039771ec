//! The pieces of a body, put together for one page.

use super::context::PageContext;
use super::{clean, code, escape};
use crate::config::RawHtml;
use crate::model::{
    CodeText, Heading, PageLinks, Piece, ResolvedImage, ResolvedLink, Summary, Target, TermUse, Text,
};

/// The finished HTML of a text's body.
pub fn html(cx: &PageContext<'_>, text: &Text, links: &PageLinks) -> String {
    let mut maker = Maker {
        cx,
        summary: &text.summary,
        links,
        out: String::with_capacity(text.body.text.len() * 2),
        open_links: 0,
    };
    let mut terms = links.terms.iter().peekable();
    for (index, piece) in text.body.pieces.iter().enumerate() {
        let Piece::Html(html) = piece else {
            maker.piece(piece);
            continue;
        };
        let mut written = 0;
        while let Some(term) = terms.next_if(|term| term.piece == index) {
            maker.out.push_str(html.get(written..term.range.start).unwrap_or_default());
            maker.term(term, html.get(term.range.clone()).unwrap_or_default());
            written = term.range.end;
        }
        maker.out.push_str(html.get(written..).unwrap_or_default());
    }
    if text.body.has_raw_html && cx.config.raw_html == RawHtml::Clean {
        return clean(&maker.out);
    }
    maker.out
}

/// The anchor of a heading.
pub fn anchor<'a>(links: &'a PageLinks, headings: &'a [Heading], index: usize) -> &'a str {
    match links.anchors.get(index) {
        Some(anchor) => &anchor.id,
        None => headings.get(index).map_or("", |heading| &heading.slug),
    }
}

/// The level a heading has on the page, whose only `<h1>` is its title.
pub fn level(heading: &Heading) -> u8 {
    heading.level.clamp(2, 6)
}

struct Maker<'a> {
    cx: &'a PageContext<'a>,
    summary: &'a Summary,
    links: &'a PageLinks,
    out: String,
    /// Links open around what is written now; links do not nest.
    open_links: usize,
}

impl Maker<'_> {
    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Html(html) => self.out.push_str(html),
            Piece::RawHtml(html) if self.cx.config.raw_html == RawHtml::Escape => {
                escape::push(&mut self.out, html)
            }
            Piece::RawHtml(html) => self.out.push_str(html),
            Piece::HeadingStart(index) => self.heading_start(*index),
            Piece::HeadingEnd(index) => self.heading_end(*index),
            Piece::LinkStart(index) => self.link_start(*index),
            Piece::LinkEnd(index) => {
                if self.href(*index).is_some() {
                    self.open_links = self.open_links.saturating_sub(1);
                    self.out.push_str("</a>");
                }
            }
            Piece::LinkText(index) => self.link_text(*index),
            Piece::LinkAddress(index) => {
                let href = self.href(*index).unwrap_or_else(|| "#".to_owned());
                escape::push(&mut self.out, &href);
            }
            Piece::Image(index) => self.image(*index),
            Piece::ImageAddress(index) => {
                if let Some(ResolvedImage::Asset(address)) = self.links.images.get(*index) {
                    let src = self.cx.here.file(address);
                    escape::push(&mut self.out, &src);
                }
            }
            Piece::Code(block) => {
                let text = match &block.text {
                    CodeText::Written(text) => Some(text),
                    CodeText::Included(index) => self.links.includes.get(*index).and_then(Option::as_ref),
                };
                code::push(&mut self.out, block, text.map_or("", |text| text));
            }
            Piece::Label(label) => escape::push(&mut self.out, self.cx.words.get(label.key())),
        }
    }

    fn heading_start(&mut self, index: usize) {
        let Some(heading) = self.summary.headings.get(index) else { return };
        self.out.push_str(&format!("<h{} id=\"", level(heading)));
        escape::push(&mut self.out, anchor(self.links, &self.summary.headings, index));
        self.out.push('"');
        if !heading.classes.is_empty() {
            self.out.push_str(" class=\"");
            escape::push(&mut self.out, &heading.classes.join(" "));
            self.out.push('"');
        }
        self.out.push('>');
        if let Some(also) = self.links.anchors.get(index).and_then(|anchor| anchor.also.as_ref()) {
            self.out.push_str("<span id=\"");
            escape::push(&mut self.out, also);
            self.out.push_str("\"></span>");
        }
    }

    fn heading_end(&mut self, index: usize) {
        let Some(heading) = self.summary.headings.get(index) else { return };
        let id = anchor(self.links, &self.summary.headings, index);
        let href = self.cx.here_fragment(id);
        let label = self.cx.words.fill("heading_link", &[("title", &heading.text)]);
        self.out.push_str(" <a class=\"anchor\" href=\"");
        escape::push(&mut self.out, &href);
        self.out.push_str("\" aria-label=\"");
        escape::push(&mut self.out, &label);
        self.out.push_str(&format!("\">#</a></h{}>\n", level(heading)));
    }

    fn link_start(&mut self, index: usize) {
        let Some(href) = self.href(index) else { return };
        self.open_links += 1;
        self.out.push_str("<a href=\"");
        escape::push(&mut self.out, &href);
        if matches!(self.links.links.get(index), Some(ResolvedLink::External(_))) {
            self.out.push_str("\" class=\"external");
        }
        if let Some(title) = self.summary.links.get(index).and_then(|link| link.title.as_ref()) {
            self.out.push_str("\" title=\"");
            escape::push(&mut self.out, title);
        }
        self.out.push_str("\">");
    }

    fn link_text(&mut self, index: usize) {
        match self.links.links.get(index) {
            Some(ResolvedLink::Thing { thing, fragment }) => {
                let link = self.cx.link_words(*thing, fragment.as_deref());
                match &link.lang {
                    Some(lang) => {
                        self.out.push_str("<span lang=\"");
                        escape::push(&mut self.out, lang);
                        self.out.push_str("\">");
                        escape::push(&mut self.out, &link.title);
                        self.out.push_str("</span>");
                    }
                    None => escape::push(&mut self.out, &link.title),
                }
            }
            _ => match self.summary.links.get(index).map(|link| &link.target) {
                Some(Target::Wiki { id, .. }) => escape::push(&mut self.out, id),
                Some(Target::Path { path, .. }) => escape::push(&mut self.out, path),
                Some(Target::External(url)) => escape::push(&mut self.out, url),
                _ => {}
            },
        }
    }

    /// A word that leads to its term; the definition beside it appears by style alone. `word` is escaped.
    fn term(&mut self, term: &TermUse, word: &str) {
        let link = self.cx.described_link(term.term);
        let thing = self.cx.thing(term.term);
        let Some(id) = &thing.id else { return self.out.push_str(word) };
        let lang =
            link.lang.as_ref().map_or(String::new(), |lang| format!(" lang=\"{}\"", escape::html(lang)));
        self.out.push_str(&format!(
            "<a class=\"term\" href=\"{}\" aria-describedby=\"define-{id}\">{word}</a>\
             <span class=\"term-definition\" id=\"define-{id}\" role=\"tooltip\"{lang}>{}</span>",
            escape::html(&link.href),
            escape::html(link.description.as_deref().unwrap_or(&link.title)),
        ));
    }

    fn image(&mut self, index: usize) {
        let Some(image) = self.summary.images.get(index) else { return };
        match self.links.images.get(index) {
            Some(ResolvedImage::Asset(address)) => {
                let src = self.cx.here.file(address);
                self.out.push_str("<img src=\"");
                escape::push(&mut self.out, &src);
                self.out.push_str("\" alt=\"");
                escape::push(&mut self.out, &image.alt);
                if let Some(title) = &image.title {
                    self.out.push_str("\" title=\"");
                    escape::push(&mut self.out, title);
                }
                self.out.push_str("\" loading=\"lazy\">");
            }
            Some(ResolvedImage::Remote(url)) if self.open_links == 0 => {
                self.out.push_str("<a class=\"external\" href=\"");
                escape::push(&mut self.out, url);
                self.out.push_str("\">");
                escape::push(&mut self.out, if image.alt.is_empty() { url } else { &image.alt });
                self.out.push_str("</a>");
            }
            _ => escape::push(&mut self.out, &image.alt),
        }
    }

    /// Where `links[index]` leads, seen from this page; `None` when it is shown as text.
    fn href(&self, index: usize) -> Option<String> {
        self.cx.resolved_href(self.links.links.get(index)?)
    }
}
