//! Callouts: quotes whose first line is `[!NOTE]`, with a title and a fold if the writer likes.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event};

use super::Run;
use super::prepared::Prepared;
use super::walk::Walk;
use crate::diag::nearest;
use crate::model::{Label, Piece};

/// The five kinds, as GitHub has them.
const KINDS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// Components in the same clothes that are not rendered yet.
const COMPONENTS: [&str; 7] = ["TABS", "TAB", "STEPS", "CARDS", "CARD", "CRITERIA", "TIMELINE"];

/// A callout whose title is still to be written.
#[derive(Debug)]
pub(super) struct Callout {
    pub label: Label,
    pub foldable: bool,
    /// Where the marker ends.
    pub end: usize,
}

impl<'p> Walk<'p, '_> {
    /// Begins a quote, or a callout.
    pub(super) fn quote(&mut self, range: Range<usize>) {
        let marker = marker(self.source.slice(range.clone()));
        if let Some(marker) = marker {
            let word_span =
                self.source.span(range.start + marker.word_range.start..range.start + marker.word_range.end);
            if let Some((label, class)) = kind(&marker.word) {
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
            if COMPONENTS.contains(&marker.word.as_str()) {
                self.diagnostics.component_not_rendered(word_span, &marker.word);
            } else {
                let known = known_elsewhere(&marker.word);
                self.diagnostics.unknown_callout(
                    word_span,
                    &marker.word,
                    known,
                    nearest(&marker.word, KINDS),
                );
            }
        }
        self.sink.html("<blockquote>\n");
        self.quotes.push("</blockquote>\n");
    }

    pub(super) fn callout_title(&mut self, callout: &Callout, title: Run<'p>) {
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
}

/// Takes the marker out of `run`, and everything behind the first line break, which is returned.
pub(super) fn behind_title<'p>(run: &mut Run<'p>, marker_end: usize, source: &'p Prepared<'p>) -> Run<'p> {
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

/// The first line of a quote, read as that of a callout. Ranges are bytes of the quote's text.
#[derive(Debug)]
struct Marker {
    /// The word between `[!` and `]`, in upper case.
    word: String,
    word_range: Range<usize>,
    fold: Option<Fold>,
    /// One past the marker: where the title begins.
    end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fold {
    /// `+`
    Open,
    /// `-`
    Closed,
}

/// Reads the marker of the quote whose text (with its `>`) is `quote`.
fn marker(quote: &str) -> Option<Marker> {
    let line = quote.lines().next()?;
    let inside = line.trim_start().strip_prefix('>')?.trim_start();
    let start = line.len() - inside.len();
    let rest = inside.strip_prefix("[!")?;
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'))?;
    let behind = rest.get(length..)?.strip_prefix(']')?;
    if length == 0 || length > 40 {
        return None;
    }
    let fold = match behind.chars().next() {
        Some('+') => Some(Fold::Open),
        Some('-') => Some(Fold::Closed),
        Some(' ' | '\t') | None => None,
        Some(_) => return None,
    };
    let behind_fold = behind.get(usize::from(fold.is_some())..)?;
    if !behind_fold.is_empty() && !behind_fold.starts_with([' ', '\t']) {
        return None;
    }
    let word_range = start + 2..start + 2 + length;
    let end = word_range.end + 1 + usize::from(fold.is_some());
    Some(Marker { word: rest.get(..length)?.to_ascii_uppercase(), word_range, fold, end })
}

/// The label that titles a callout of kind `word`, and the kind's class.
fn kind(word: &str) -> Option<(Label, &'static str)> {
    Some(match word {
        "NOTE" => (Label::Note, "note"),
        "TIP" => (Label::Tip, "tip"),
        "IMPORTANT" => (Label::Important, "important"),
        "WARNING" => (Label::Warning, "warning"),
        "CAUTION" => (Label::Caution, "caution"),
        _ => return None,
    })
}

/// What other tools call our kinds.
fn known_elsewhere(word: &str) -> Option<&'static str> {
    Some(match word {
        "INFO" | "ABSTRACT" | "SUMMARY" | "QUOTE" | "EXAMPLE" | "QUESTION" | "TODO" => "NOTE",
        "HINT" | "SUCCESS" | "CHECK" | "DONE" => "TIP",
        "ATTENTION" => "WARNING",
        "DANGER" | "ERROR" | "BUG" | "FAILURE" | "FAIL" => "CAUTION",
        _ => return None,
    })
}
