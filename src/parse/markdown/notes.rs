//! Footnotes: gathered at the end, numbered in the order in which the text refers to them.

use std::collections::HashMap;

use super::sink::Written;
use crate::diag::{Diagnostics, Span};
use crate::model::{Label, Piece};

/// Ways back from one footnote: what refers to it more often is found by the first ones.
const MOST_WAYS_BACK: usize = 20;

/// The footnotes of a body while it is walked.
#[derive(Debug, Default)]
pub struct Notes {
    by_label: HashMap<String, usize>,
    notes: Vec<Note>,
}

#[derive(Debug, Default)]
struct Note {
    label: String,
    definition: Option<(Written, Span)>,
    /// From 1; `None` until the text refers to it.
    number: Option<usize>,
    references: usize,
}

impl Notes {
    /// The footnote of this label, defined or not.
    pub fn named(&mut self, label: &str) -> usize {
        let key = label.to_lowercase();
        if let Some(note) = self.by_label.get(&key) {
            return *note;
        }
        self.notes.push(Note { label: label.to_owned(), ..Note::default() });
        self.by_label.insert(key, self.notes.len() - 1);
        self.notes.len() - 1
    }

    /// Gives footnote `note` its text. The first definition counts.
    pub fn define(&mut self, note: usize, text: Written, span: Span, diagnostics: &mut Diagnostics) {
        let Some(note) = self.notes.get_mut(note) else { return };
        match &note.definition {
            Some((_, first)) => diagnostics.footnote_defined_twice(span, &note.label, first.clone()),
            None => note.definition = Some((text, span)),
        }
    }

    /// Fills the references in `body` and in the footnotes, and appends the section of footnotes.
    /// Gives the anchors made.
    pub fn finish(mut self, body: &mut Written, diagnostics: &mut Diagnostics) -> Vec<String> {
        let mut anchors = Vec::new();
        let mut order = Vec::new();
        self.number(body, &mut order, &mut anchors);
        // Footnotes may refer to footnotes, which may be new.
        let mut texts = Vec::new();
        let mut next = 0;
        while let Some(note) = order.get(next).copied() {
            next += 1;
            let definition = self.notes.get_mut(note).and_then(|note| note.definition.take());
            let mut text = definition.map(|(text, _)| text).unwrap_or_default();
            self.number(&mut text, &mut order, &mut anchors);
            texts.push((note, text));
        }
        for note in &self.notes {
            if let (None, Some((_, span))) = (note.number, &note.definition) {
                diagnostics.footnote_unused(span.clone(), &note.label);
            }
        }
        if texts.is_empty() {
            return anchors;
        }
        let pieces = &mut body.pieces;
        let html = |html: &str| Piece::Html(html.into());
        pieces.push(html(
            "<section class=\"footnotes\" aria-labelledby=\"footnotes-label\">\n<h2 class=\"visually-hidden\" id=\"footnotes-label\">",
        ));
        pieces.push(Piece::Label(Label::Footnotes));
        pieces.push(html("</h2>\n<ol>\n"));
        for (number, (note, text)) in texts.into_iter().enumerate() {
            let number = number + 1;
            anchors.push(format!("fn-{number}"));
            pieces.push(html(&format!("<li id=\"fn-{number}\">\n")));
            let mut text = text.pieces;
            let in_paragraph = without_paragraph_end(&mut text);
            pieces.append(&mut text);
            if !in_paragraph {
                pieces.push(html("<p>"));
            }
            let references = self.notes.get(note).map_or(0, |note| note.references);
            for reference in 1..=references.min(MOST_WAYS_BACK) {
                let (anchor, sign) = match reference {
                    1 => (format!("fnref-{number}"), String::new()),
                    _ => (format!("fnref-{number}-{reference}"), format!("<sup>{reference}</sup>")),
                };
                pieces.push(html(&format!(
                    " <a class=\"footnote-back\" href=\"#{anchor}\">↩{sign}<span class=\"visually-hidden\"> "
                )));
                pieces.push(Piece::Label(Label::FootnoteBack));
                pieces.push(html("</span></a>"));
            }
            pieces.push(html("</p>\n</li>\n"));
        }
        pieces.push(html("</ol>\n</section>\n"));
        anchors
    }

    fn number(&mut self, text: &mut Written, order: &mut Vec<usize>, anchors: &mut Vec<String>) {
        for (piece, index) in std::mem::take(&mut text.references) {
            let Some(note) = self.notes.get_mut(index) else { continue };
            let number = *note.number.get_or_insert_with(|| {
                order.push(index);
                order.len()
            });
            note.references += 1;
            let anchor = match note.references {
                1 => format!("fnref-{number}"),
                again => format!("fnref-{number}-{again}"),
            };
            if let Some(gap) = text.pieces.get_mut(piece) {
                *gap = Piece::Html(
                    format!("<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"{anchor}\">{number}</a></sup>").into(),
                );
            }
            anchors.push(anchor);
        }
    }
}

/// Takes `</p>` off the end, so that the way back can stand in the last paragraph.
fn without_paragraph_end(pieces: &mut [Piece]) -> bool {
    let Some(Piece::Html(last)) = pieces.last_mut() else { return false };
    let Some(rest) = last.strip_suffix("</p>\n") else { return false };
    *last = rest.into();
    true
}
