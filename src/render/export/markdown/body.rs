//! The body of a copy: the writer's source, with the edits that `parse` left places for.

use std::collections::BTreeMap;

use super::sheet::{destination, plain, title};
use crate::config::RawHtml;
use crate::model::{
    CodeText, Edit, EditKind, PageLinks, Piece, ResolvedImage, ResolvedLink, Summary, Target, Text,
};
use crate::render::context::PageContext;

/// The markdown of a text. Code is never touched, nor is anything else that no edit names.
pub fn body(cx: &PageContext<'_>, text: &Text, links: &PageLinks) -> String {
    let Some(source) = cx.handbook().sources.get(&text.summary.file) else { return String::new() };
    let included = text.body.pieces.iter().filter_map(|piece| match piece {
        Piece::Code(block) => match block.text {
            CodeText::Included(index) => Some((index, block.language.as_str())),
            CodeText::Written(_) => None,
        },
        _ => None,
    });
    let languages = included.collect();
    let mut editor = Editor { cx, source, text, links, languages, out: String::new(), open_links: 0 };
    let mut at = text.body.start as usize;
    editor.out.reserve(source.len().saturating_sub(at) + 256);
    for edit in &text.body.edits {
        editor.copy(at..edit.start as usize);
        editor.edit(edit);
        at = edit.end as usize;
    }
    editor.copy(at..source.len());
    editor.out
}

struct Editor<'a> {
    cx: &'a PageContext<'a>,
    source: &'a str,
    text: &'a Text,
    links: &'a PageLinks,
    /// Of the code blocks that take their text from elsewhere, by include.
    languages: BTreeMap<usize, &'a str>,
    out: String,
    /// Links open around what is written now; links do not nest.
    open_links: usize,
}

impl<'a> Editor<'a> {
    fn summary(&self) -> &'a Summary {
        &self.text.summary
    }

    fn copy(&mut self, range: std::ops::Range<usize>) {
        self.out.push_str(self.source.get(range).unwrap_or_default());
    }

    fn edit(&mut self, edit: &Edit) {
        match edit.kind {
            EditKind::Remove => {}
            EditKind::Tag => {
                if self.cx.config.raw_html == RawHtml::Escape {
                    let tag = self.source.get(edit.start as usize..edit.end as usize);
                    self.out.push_str(&plain(tag.unwrap_or_default()));
                }
            }
            EditKind::LinkStart(index) => {
                if self.href(index as usize).is_some() {
                    self.open_links += 1;
                    self.out.push('[');
                }
            }
            EditKind::LinkEnd(index) => {
                if let Some(href) = self.href(index as usize) {
                    self.open_links = self.open_links.saturating_sub(1);
                    self.out.push(']');
                    let link = self.summary().links.get(index as usize);
                    self.address(&href, link.and_then(|link| link.title.as_deref()));
                }
            }
            EditKind::WikiLink(index) => self.wiki_link(index as usize),
            EditKind::Image(index) => self.image(index as usize),
            EditKind::Include(index) => self.include(index as usize, edit.start as usize),
        }
    }

    fn address(&mut self, href: &str, link_title: Option<&str>) {
        self.out.push('(');
        self.out.push_str(&destination(href));
        if let Some(text) = link_title {
            self.out.push_str(&format!(" \"{}\"", title(text)));
        }
        self.out.push(')');
    }

    /// `[[id]]`: the words are the target's own.
    fn wiki_link(&mut self, index: usize) {
        let words = match self.links.links.get(index) {
            Some(ResolvedLink::Thing { thing, fragment }) => {
                self.cx.link_words(*thing, fragment.as_deref()).title
            }
            _ => match self.summary().links.get(index).map(|link| &link.target) {
                Some(Target::Wiki { id, .. }) => id.clone(),
                _ => String::new(),
            },
        };
        match self.href(index) {
            Some(href) => {
                self.out.push_str(&format!("[{}]", plain(&words)));
                self.address(&href, None);
            }
            None => self.out.push_str(&plain(&words)),
        }
    }

    fn image(&mut self, index: usize) {
        let Some(image) = self.summary().images.get(index) else { return };
        let alt = plain(&image.alt);
        match self.links.images.get(index) {
            Some(ResolvedImage::Asset(address)) => {
                self.out.push_str(&format!("![{alt}]"));
                let src = self.cx.here.file(address);
                self.address(&src, image.title.as_deref());
            }
            // As on the page: nothing is asked of another host.
            Some(ResolvedImage::Remote(url)) if self.open_links == 0 => {
                let words = if alt.is_empty() { plain(url) } else { alt };
                self.out.push_str(&format!("[{words}]"));
                self.address(url, image.title.as_deref());
            }
            _ => self.out.push_str(&alt),
        }
    }

    /// The code block that begins at `start`, with the text it takes from elsewhere.
    fn include(&mut self, index: usize, start: usize) {
        let text = self.links.includes.get(index).and_then(Option::as_deref).unwrap_or_default();
        let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
        let prefix = line_prefix(self.source, start);
        self.out.push_str(&fence);
        self.out.push_str(self.languages.get(&index).copied().unwrap_or_default());
        for line in text.lines().chain([fence.as_str()]) {
            self.out.push('\n');
            self.out.push_str(&prefix);
            self.out.push_str(line);
        }
    }

    /// Where `links[index]` leads; `None` when it is shown as text.
    fn href(&self, index: usize) -> Option<String> {
        self.cx.resolved_href(self.links.links.get(index)?)
    }
}

/// What stands before `start` on its line, as the lines below it must begin: quote marks stay, and
/// list marks become spaces.
fn line_prefix(source: &str, start: usize) -> String {
    let before = source.get(..start).unwrap_or_default();
    let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    line.chars().map(|c| if matches!(c, '>' | ' ' | '\t') { c } else { ' ' }).collect()
}

/// The most `c`s in a row.
pub fn longest_run(text: &str, c: char) -> usize {
    text.split(|other| other != c).map(str::len).max().unwrap_or(0)
}
