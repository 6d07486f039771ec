//! Diagnostics for programs: one JSON object. The format is public, and described by
//! `schemas/diagnostics.schema.json`.
//!
//! ```json
//! {
//!   "version": 1,
//!   "summary": { "errors": 1, "warnings": 0, "hints": 0 },
//!   "diagnostics": [
//!     {
//!       "code": "link/unknown-practice",
//!       "severity": "error",
//!       "message": "there is no practice `on-cal`",
//!       "help": ["did you mean `on-call`?"],
//!       "file": "content/playbooks/pager-storm.md",
//!       "line": 2, "column": 13, "end_line": 2, "end_column": 19,
//!       "related": []
//!     }
//!   ]
//! }
//! ```
//!
//! * `version` grows only when something that was there changes its meaning; new keys may come any time.
//! * `severity` is `error`, `warning` or `hint`; `code` is stable and the same as in `check: silence:`.
//! * `file` is relative to the handbook's root, with forward slashes.
//! * Lines and columns count from 1, columns in Unicode characters; the end is one past the last
//!   character. `file` and the four numbers are `null` when no file is to blame; the numbers alone
//!   when the file could not be read as text.
//! * Diagnostics are sorted by file and place.

use serde::Serialize;

use super::visible::visible_json;
use super::{Diagnostic, Places, Severity};
use crate::diag::Span;

/// The whole object, on several lines.
pub(super) fn json(diagnostics: &[&Diagnostic], places: &mut Places<'_>) -> String {
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let report = Report {
        version: 1,
        summary: Summary {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            hints: count(Severity::Hint),
        },
        diagnostics: diagnostics.iter().map(|diagnostic| entry(diagnostic, places)).collect(),
    };
    to_text(&report)
}

/// `value` as JSON on several lines, safe to show on a terminal.
pub fn to_text(value: &impl Serialize) -> String {
    // Plain structs with string keys: serialising them to memory has no way to fail.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    visible_json(text)
}

#[derive(Serialize)]
struct Report<'a> {
    version: u32,
    summary: Summary,
    diagnostics: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    hints: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    help: &'a [String],
    #[serde(flatten)]
    place: Place,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: Place,
}

#[derive(Serialize, Default)]
struct Place {
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
}

fn entry<'a>(diagnostic: &'a Diagnostic, places: &mut Places<'_>) -> Entry<'a> {
    Entry {
        code: diagnostic.code.name,
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        help: &diagnostic.help,
        place: diagnostic.span.as_ref().map(|span| place(span, places)).unwrap_or_default(),
        related: diagnostic
            .related
            .iter()
            .map(|(span, label)| Related { message: label, place: place(span, places) })
            .collect(),
    }
}

fn place(span: &Span, places: &mut Places<'_>) -> Place {
    let at = places.positions(span);
    let start = at.as_ref().map(|at| at.start);
    let end = at.as_ref().map(|at| at.end);
    Place {
        file: Some(span.file.to_string()),
        line: start.map(|start| start.line),
        column: start.map(|start| start.column),
        end_line: end.map(|end| end.line),
        end_column: end.map(|end| end.column),
    }
}
