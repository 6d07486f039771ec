//! Findings, printed; and what they mean for the exit code.

use super::terminal::{Stream, Terminal};
use crate::diag::{Diagnostics, Failure, Format, Severity, Sources, emit_with, summary};

/// Whether a run found anything that fails it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Fine,
    /// Exit code 1.
    Findings,
}

impl Verdict {
    /// Errors fail a run; warnings do when it is strict; hints never do.
    pub fn of(diagnostics: &Diagnostics, strict: bool) -> Self {
        if diagnostics.has_errors() || (strict && diagnostics.count(Severity::Warning) > 0) {
            Self::Findings
        } else {
            Self::Fine
        }
    }
}

/// Prints findings to `people` in the formats for people, to standard output in those for programs,
/// then the summary of `files` files to standard error.
pub fn report(
    terminal: &Terminal,
    people: Stream,
    diagnostics: &Diagnostics,
    sources: &dyn Sources,
    files: usize,
    format: Format,
) -> Result<(), Failure> {
    let stream = match format {
        Format::Human | Format::Short => people,
        Format::Json | Format::Github | Format::Sarif => Stream::Output,
    };
    let text = emit_with(diagnostics, sources, format, terminal.look(stream));
    match stream {
        Stream::Output => terminal.data(&text)?,
        Stream::Error => terminal.complain(&text),
    }
    terminal.say(&summary(diagnostics, files));
    Ok(())
}

/// Passes `result` on; findings in the configuration that stopped the run are printed like any others first.
pub fn with_configuration<T>(
    result: Result<T, Failure>,
    terminal: &Terminal,
    people: Stream,
    format: Format,
) -> Result<T, Failure> {
    if let Err(Failure::Configuration(found)) = &result {
        let (diagnostics, texts) = &**found;
        report(terminal, people, diagnostics, texts, 1, format)?;
    }
    result
}
