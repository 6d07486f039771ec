//! Workflow commands: GitHub Actions shows each beside its line of the pull request.
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use std::fmt::Write;

use super::{Diagnostic, Places, Severity, visible};

/// `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=code::message`, a line per diagnostic.
pub(super) fn github(diagnostics: &[&Diagnostic], places: &mut Places<'_>) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(match diagnostic.severity {
            Severity::Error => "::error ",
            Severity::Warning => "::warning ",
            Severity::Hint => "::notice ",
        });
        if let Some(span) = &diagnostic.span {
            let _ = write!(text, "file={},", property(&span.file));
            if let Some(at) = places.positions(span) {
                let (start, end) = (at.start, at.end);
                let _ = write!(text, "line={},col={},endLine={},", start.line, start.column, end.line);
                // Columns over several lines are refused.
                if start.line == end.line {
                    let _ = write!(text, "endColumn={},", end.column);
                }
            }
        }
        let _ = writeln!(text, "title={}::{}", property(diagnostic.code.name), message(diagnostic));
    }
    text
}

/// What is wrong and how to mend it, on lines of their own.
fn message(diagnostic: &Diagnostic) -> String {
    let lines = std::iter::once(&diagnostic.message).chain(&diagnostic.help);
    lines.map(|line| data(line)).collect::<Vec<_>>().join("%0A")
}

/// Escaped for the part after `::`. Line ends in the text become visible escapes before they could end the command.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25")
}

/// Escaped for a property, where `:` and `,` mean something too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
