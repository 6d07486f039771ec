//! `shirube man`: manual pages.

use clap::CommandFactory;

use super::args::{CommandLine, ManArgs};
use super::report::Verdict;
use super::terminal::Terminal;
use crate::diag::{Failure, nearest, visible};

pub fn run(args: &ManArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let mut all = CommandLine::command();
    // Fills in what subcommands take over from above: global flags, the version, their full names.
    all.build();
    let command = match &args.command {
        None => all,
        Some(name) => match all.find_subcommand(name) {
            Some(command) => command.clone(),
            None => return Err(unknown(name, &all)),
        },
    };
    let mut page = Vec::new();
    let rendered = clap_mangen::Man::new(command).render(&mut page);
    rendered.map_err(|error| Failure::Bug(format!("the manual page could not be made: {error}")))?;
    terminal.data(&String::from_utf8_lossy(&page))?;
    Ok(Verdict::Fine)
}

fn unknown(name: &str, all: &clap::Command) -> Failure {
    let help = match nearest(name, all.get_subcommands().map(clap::Command::get_name)) {
        Some(name) => format!("; did you mean `{name}`?"),
        None => String::new(),
    };
    Failure::usage(format!("there is no command `{}`{help}", visible(name)))
}
