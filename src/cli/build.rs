//! `shirube build`: the site, written in one step.

use super::args::{BuildArgs, Global};
use super::job::job;
use super::report::{Verdict, report, with_configuration};
use super::root;
use super::terminal::{Stream, Terminal};
use crate::diag::Failure;
use crate::pipeline::{self, Built, Interrupt};

pub fn run(args: &BuildArgs, global: &Global, terminal: &Terminal) -> Result<Verdict, Failure> {
    let mut job = job(&root::find(global)?, &args.selection);
    job.output.clone_from(&args.output_dir);
    job.overrides.offline = args.offline;
    job.locked = args.locked;
    job.lenient = args.lenient;
    job.force = args.force;
    let format = args.report.format.into();
    let people = Stream::Error;
    let interrupt = Interrupt::on_signals().map_err(|error| Failure::Machine {
        doing: "listen to signals".to_owned(),
        path: None,
        error,
    })?;
    let built = with_configuration(pipeline::build(&job, interrupt), terminal, people, format)?;
    report(terminal, people, &built.diagnostics, &built.texts, built.files, format)?;
    tell(&built, global.verbose, terminal);
    Ok(Verdict::of(&built.diagnostics, false))
}

fn tell(built: &Built, verbose: bool, terminal: &Terminal) {
    let Some(published) = &built.published else {
        terminal.say("nothing was published; the last good site stays");
        return;
    };
    let output = published.output.display();
    if published.unchanged {
        terminal.say(&format!("{output} is up to date"));
    } else {
        terminal.say(&format!(
            "published {output}: {} files written, {} unchanged, {} removed",
            published.written, published.linked, published.removed
        ));
    }
    if built.new_permalinks > 0 {
        terminal.say(&format!("permalinks.lock has {} new permalinks: commit it", built.new_permalinks));
    }
    if !published.carried.is_empty() {
        terminal.say(&format!("kept what others put there: {}", published.carried.join(", ")));
    }
    for warning in &published.warnings {
        terminal.say(&format!("warning: {warning}"));
    }
    if verbose {
        terminal.say(&format!("{}; flushed to the disk in {:?}", published.method, published.flush));
    }
}
