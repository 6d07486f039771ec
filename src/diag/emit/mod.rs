//! Diagnostics as text: for people, for editors, for programs. One format per file.
//!
//! Text from content and names of files are hostile until shown to be harmless: what would move
//! the cursor, hide letters or turn the reading direction is written as an escape in every format.

mod github;
mod human;
mod json;
mod lines;
mod sarif;
mod short;
mod visible;

use super::{Diagnostic, Diagnostics, Severity};
use lines::Places;

pub use json::to_text as to_json;
pub use visible::visible;

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Format {
    /// With an excerpt of the source and advice, for people.
    #[default]
    Human,
    /// A line each, for editors and `grep`: `path:line:column: error[code]: message`.
    Short,
    /// One JSON object, described by `schemas/diagnostics.schema.json`.
    Json,
    /// Workflow commands of GitHub Actions, shown beside the lines of a pull request.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

/// Gives the text of a source file, for lines, columns and excerpts.
pub trait Sources {
    fn text(&self, path: &str) -> Option<&str>;
}

/// How the human format looks. The other formats look the same everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Use ANSI colours.
    pub color: bool,
    /// Width of the terminal in cells; longer source lines are cut around the place meant.
    pub width: usize,
}

impl Default for Look {
    fn default() -> Self {
        Self { color: false, width: 120 }
    }
}

/// All diagnostics in `format`, as one text for stdout or stderr. `color`: use ANSI colours (human only).
///
/// Sorted by file and place whatever order they come in; ends with a newline unless empty.
pub fn emit(diagnostics: &Diagnostics, sources: &dyn Sources, format: Format, color: bool) -> String {
    emit_with(diagnostics, sources, format, Look { color, ..Look::default() })
}

/// [`emit`] for a terminal of known width.
pub fn emit_with(diagnostics: &Diagnostics, sources: &dyn Sources, format: Format, look: Look) -> String {
    let sorted = sorted(diagnostics);
    let mut places = Places::new(sources);
    match format {
        Format::Human => human::human(&sorted, &mut places, look),
        Format::Short => short::short(&sorted, &mut places),
        Format::Json => json::json(&sorted, &mut places),
        Format::Github => github::github(&sorted, &mut places),
        Format::Sarif => sarif::sarif(&sorted, &mut places),
    }
}

/// The last line of a run: `3 errors, 1 warning in 42 files`. Hints are counted only where there are any.
pub fn summary(diagnostics: &Diagnostics, files: usize) -> String {
    let counted = |number: usize, one: &str| match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {one}s"),
    };
    let parts: Vec<String> =
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Hint, "hint")]
            .into_iter()
            .map(|(severity, word)| (diagnostics.count(severity), word))
            .filter(|(number, _)| *number > 0)
            .map(|(number, word)| counted(number, word))
            .collect();
    let findings = if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") };
    format!("{findings} in {}", counted(files, "file"))
}

impl Severity {
    /// The word shown to people and written in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// By place, code and wording; what is said twice of one place is shown once.
fn sorted(diagnostics: &Diagnostics) -> Vec<&Diagnostic> {
    let mut sorted: Vec<_> = diagnostics.iter().collect();
    sorted.sort_by(|a, b| (&a.span, a.code.name, &a.message).cmp(&(&b.span, b.code.name, &b.message)));
    sorted.dedup();
    sorted
}
