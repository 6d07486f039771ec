//! `shirube check`: everything that is wrong, and nothing written.

use super::args::{CheckArgs, Global};
use super::report::{Verdict, report};
use super::terminal::{Stream, Terminal};
use super::{root, seam};
use crate::diag::Failure;

pub fn run(args: &CheckArgs, global: &Global, terminal: &Terminal) -> Result<Verdict, Failure> {
    let mut job = seam::job(&root::find(global)?, &args.selection);
    job.due = args.due;
    let checked = seam::check(&job)?;
    // The findings are what was asked for, so they are data even for people.
    report(
        terminal,
        Stream::Output,
        &checked.diagnostics,
        &*checked.sources,
        checked.files,
        args.report.format.into(),
    )?;
    Ok(Verdict::of(&checked.diagnostics, args.strict))
}
