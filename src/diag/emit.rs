//! Placeholder, replaced by the emitters.
use super::Diagnostics;

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Format {
    #[default]
    Human,
    Short,
    Json,
    Github,
    Sarif,
}

/// Gives the text of a source file, for lines, columns and excerpts.
pub trait Sources {
    fn text(&self, path: &str) -> Option<&str>;
}

/// All diagnostics in `format`, as one text for stdout or stderr. `color`: use ANSI colours (human only).
pub fn emit(diagnostics: &Diagnostics, sources: &dyn Sources, format: Format, color: bool) -> String {
    let _ = (diagnostics, sources, format, color);
    String::new()
}
