//! `shirube completions`: what a shell needs to complete our commands.

use clap::CommandFactory;

use super::args::{CommandLine, CompletionsArgs};
use super::report::Verdict;
use super::terminal::Terminal;
use crate::diag::Failure;

pub fn run(args: &CompletionsArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut CommandLine::command(), "shirube", &mut script);
    terminal.data(&String::from_utf8_lossy(&script))?;
    Ok(Verdict::Fine)
}
