//! `shirube check`: everything that is wrong, and nothing written.

use super::args::{CheckArgs, Global};
use super::report::{Verdict, report, with_configuration};
use super::terminal::{Stream, Terminal};
use super::{root, seam};
use crate::diag::Failure;

pub fn run(args: &CheckArgs, global: &Global, terminal: &Terminal) -> Result<Verdict, Failure> {
    let mut job = seam::job(&root::find(global)?, &args.selection);
    job.due = args.due;
    let format = args.report.format.into();
    // The findings are what was asked for, so they are data even for people.
    let people = Stream::Output;
    let checked = with_configuration(seam::check(&job), terminal, people, format)?;
    report(terminal, people, &checked.diagnostics, &*checked.sources, checked.files, format)?;
    Ok(Verdict::of(&checked.diagnostics, args.strict))
}
