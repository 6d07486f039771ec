//! The command line: what was asked for, one short file per command, and the last word to the caller.

mod args;
mod assess;
mod build;
mod check;
mod completions;
mod diff;
pub mod edge;
mod export;
mod fix_links;
mod init;
mod job;
mod list;
mod lookup;
mod man;
mod new;
mod report;
mod reviewed;
mod root;
mod score;
mod search;
mod serve;
mod terminal;
mod translated;

use std::ffi::{OsStr, OsString};
use std::process::ExitCode;

use clap::{ColorChoice, Parser};

use args::{Command, CommandLine};
use report::Verdict;
use terminal::{Stream, Terminal};

use crate::diag::Failure;

/// Runs the program with `args`, the first of which is its name.
///
/// Exit codes: 0 fine, 1 findings in the content, 2 usage or configuration, 3 the machine failed.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    edge::install_hook();
    let args: Vec<OsString> = args.into_iter().collect();
    let (terminal, result) = match CommandLine::try_parse_from(&args) {
        Ok(command_line) => {
            let terminal = Terminal::new(&command_line.global);
            (terminal, edge::guarded(|| dispatch(&command_line, &terminal)))
        }
        Err(answer) => {
            let terminal = Terminal::colored_by(color_asked_for(&args));
            if answer.use_stderr() {
                terminal.complain(&shown(&answer, terminal, Stream::Error));
                return ExitCode::from(2);
            }
            // Help or the version was asked for, so it is data.
            (terminal, terminal.data(&shown(&answer, terminal, Stream::Output)).map(|()| Verdict::Fine))
        }
    };
    match result {
        Ok(Verdict::Fine) => ExitCode::SUCCESS,
        Ok(Verdict::Findings) => ExitCode::from(1),
        Err(failure) => {
            terminal.fail(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

fn dispatch(CommandLine { global, command }: &CommandLine, terminal: &Terminal) -> Result<Verdict, Failure> {
    match command {
        Command::Init(args) => init::run(args, terminal),
        Command::Serve(args) => serve::run(args, global, terminal),
        Command::Build(args) => build::run(args, global, terminal),
        Command::Check(args) => check::run(args, global, terminal),
        Command::New(args) => new::run(args, global, terminal),
        Command::Reviewed(args) => reviewed::run(args, global, terminal),
        Command::Translated(args) => translated::run(args, global, terminal),
        Command::Search(args) => search::run(args, global, terminal),
        Command::Lookup(args) => lookup::run(args, global, terminal),
        Command::FixLinks(args) => fix_links::run(args, global, terminal),
        Command::List(args) => list::run(args, global, terminal),
        Command::Assess(args) => assess::run(args, global, terminal),
        Command::Score(args) => score::run(args, global, terminal),
        Command::Export(args) => export::run(args, global, terminal),
        Command::Completions(args) => completions::run(args, terminal),
        Command::Man(args) => man::run(args, terminal),
    }
}

/// `--color` as far as it can be told of a call that could not be parsed: help and usage errors obey it too.
fn color_asked_for(args: &[OsString]) -> ColorChoice {
    let ours = || args.iter().take_while(|arg| *arg != OsStr::new("--"));
    let joined = ours().filter_map(|arg| arg.to_str()?.strip_prefix("--color="));
    let apart = ours().zip(ours().skip(1)).filter(|(flag, _)| *flag == OsStr::new("--color"));
    let value = joined.last().or_else(|| apart.last().and_then(|(_, value)| value.to_str()));
    match value {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    }
}

/// Clap's text for `stream`.
fn shown(answer: &clap::Error, terminal: Terminal, stream: Stream) -> String {
    let text = answer.render();
    if terminal.colored(stream) { text.ansi().to_string() } else { text.to_string() }
}
