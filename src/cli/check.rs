//! `shirube check`: everything that is wrong, and nothing written.

use super::args::{CheckArgs, Global};
use super::job::job;
use super::report::{Verdict, report, with_configuration};
use super::root;
use super::terminal::{Stream, Terminal};
use crate::diag::Failure;
use crate::pipeline::{self, Inbound};

pub fn run(args: &CheckArgs, global: &Global, terminal: &Terminal) -> Result<Verdict, Failure> {
    let mut job = job(&root::find(global)?, &args.selection);
    job.due = args.due;
    job.inbound = Inbound { folders: args.inbound.clone(), wiki: args.wiki };
    let format = args.report.format.into();
    // The findings are what was asked for, so they are data even for people.
    let people = Stream::Output;
    let checked = with_configuration(pipeline::check(&job), terminal, people, format)?;
    report(terminal, people, &checked.diagnostics, &checked.texts, checked.files, format)?;
    Ok(Verdict::of(&checked.diagnostics, args.strict))
}
