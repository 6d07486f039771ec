//! A line per diagnostic, in the form that editors and `grep -n` users know.

use std::fmt::Write;

use super::{Diagnostic, Places, visible};

/// `path:line:column: error[code]: message`; without place when no file is to blame.
pub(super) fn short(diagnostics: &[&Diagnostic], places: &mut Places<'_>) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        if let Some(span) = &diagnostic.span {
            text.push_str(&visible(&span.file));
            if let Some(at) = places.positions(span) {
                let _ = write!(text, ":{}:{}", at.start.line, at.start.column);
            }
            text.push_str(": ");
        }
        let (severity, code) = (diagnostic.severity.name(), diagnostic.code.name);
        let _ = writeln!(text, "{severity}[{code}]: {}", visible(&diagnostic.message));
    }
    text
}
