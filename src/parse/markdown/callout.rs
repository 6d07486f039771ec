//! Callouts: quotes whose first line is `[!NOTE]`, with a title and a fold if the writer likes.

use std::ops::Range;

use crate::model::Label;

/// The five kinds, as GitHub has them.
pub const KINDS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// Components in the same clothes that are not rendered yet.
pub const COMPONENTS: [&str; 7] = ["TABS", "TAB", "STEPS", "CARDS", "CARD", "CRITERIA", "TIMELINE"];

/// The first line of a quote, read as that of a callout. Ranges are bytes of the quote's text.
#[derive(Debug)]
pub struct Marker {
    /// The word between `[!` and `]`, in upper case.
    pub word: String,
    pub word_range: Range<usize>,
    pub fold: Option<Fold>,
    /// One past the marker: where the title begins.
    pub end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// `+`
    Open,
    /// `-`
    Closed,
}

/// Reads the marker of the quote whose text (with its `>`) is `quote`.
pub fn marker(quote: &str) -> Option<Marker> {
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
pub fn kind(word: &str) -> Option<(Label, &'static str)> {
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
pub fn known_elsewhere(word: &str) -> Option<&'static str> {
    Some(match word {
        "INFO" | "ABSTRACT" | "SUMMARY" | "QUOTE" | "EXAMPLE" | "QUESTION" | "TODO" => "NOTE",
        "HINT" | "SUCCESS" | "CHECK" | "DONE" => "TIP",
        "ATTENTION" => "WARNING",
        "DANGER" | "ERROR" | "BUG" | "FAILURE" | "FAIL" => "CAUTION",
        _ => return None,
    })
}
