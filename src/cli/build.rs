//! `shirube build`: the site, written in one step.

use super::args::{BuildArgs, Global};
use super::report::{Verdict, report, with_configuration};
use super::terminal::{Stream, Terminal};
use super::{root, seam};
use crate::diag::Failure;

pub fn run(args: &BuildArgs, global: &Global, terminal: &Terminal) -> Result<Verdict, Failure> {
    let mut job = seam::job(&root::find(global)?, &args.selection);
    job.output_dir.clone_from(&args.output_dir);
    job.offline = args.offline;
    job.locked = args.locked;
    job.lenient = args.lenient;
    let format = args.report.format.into();
    let people = Stream::Error;
    let built = with_configuration(seam::build(&job), terminal, people, format)?;
    let checked = &built.checked;
    report(terminal, people, &checked.diagnostics, &*checked.sources, checked.files, format)?;
    match &built.published {
        Some(published) => terminal.say(published),
        None => terminal.say("nothing was published; the last good site stays"),
    }
    Ok(Verdict::of(&checked.diagnostics, false))
}
