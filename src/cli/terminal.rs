//! What we say and where: data on standard output, talk on standard error.

use std::io::{self, BufRead, IsTerminal, Write};

use clap::ColorChoice;
use terminal_size::terminal_size_of;

use super::args::Global;
use crate::diag::{Failure, Look, visible};

/// The two output streams of a run, and how the user wants them.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    color: ColorChoice,
    quiet: bool,
    verbose: bool,
}

/// One of the two output streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    Output,
    Error,
}

impl Terminal {
    pub fn new(global: &Global) -> Self {
        Self { color: global.color, quiet: global.quiet, verbose: global.verbose }
    }

    /// For a call that could not be parsed.
    pub fn colored_by(color: ColorChoice) -> Self {
        Self { color, quiet: false, verbose: false }
    }

    /// Writes what the run is for to standard output. A reader that has gone away (`| head`) has what it
    /// wanted; any other fault is a [`Failure::Machine`].
    pub fn data(&self, text: &str) -> Result<(), Failure> {
        let mut output = io::stdout().lock();
        match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Failure::Machine { doing: "write to standard output".to_owned(), path: None, error })
            }
            _ => Ok(()),
        }
    }

    /// Says something about the run, unless it is to be quiet.
    pub fn say(&self, line: &str) {
        if !self.quiet {
            self.complain(&format!("{line}\n"));
        }
    }

    /// Says what only those want to know who asked for more.
    pub fn detail(&self, line: &str) {
        if self.verbose {
            self.complain(&format!("{line}\n"));
        }
    }

    /// Writes to standard error, quiet or not.
    pub fn complain(&self, text: &str) {
        // When standard error is closed or full there is nobody left to tell; the exit code still speaks.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Asks a question that takes yes or no; anything but yes is no. `None` without a terminal to ask on.
    pub fn confirm(&self, question: &str) -> Option<bool> {
        if !io::stdin().is_terminal() || !self.is_shown(Stream::Error) {
            return None;
        }
        self.complain(&format!("{question} [y/N] "));
        let mut answer = String::new();
        io::stdin().lock().read_line(&mut answer).ok()?;
        Some(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }

    /// Whether somebody reads `stream` on a terminal.
    pub fn is_shown(&self, stream: Stream) -> bool {
        match stream {
            Stream::Output => io::stdout().is_terminal(),
            Stream::Error => io::stderr().is_terminal(),
        }
    }

    /// Says why the run stopped.
    pub fn fail(&self, failure: &Failure) {
        let (on, off) = if self.colored(Stream::Error) { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") };
        // Names of files are in it.
        let told: Vec<_> = failure.to_string().split('\n').map(|line| visible(line).into_owned()).collect();
        self.complain(&format!("{on}error:{off} {}\n", told.join("\n")));
    }

    /// How the human format looks on `stream`.
    pub fn look(&self, stream: Stream) -> Look {
        let size = match stream {
            Stream::Output => terminal_size_of(io::stdout()),
            Stream::Error => terminal_size_of(io::stderr()),
        };
        let width = size.map_or(Look::default().width, |(width, _)| usize::from(width.0));
        Look { color: self.colored(stream), width }
    }

    /// Whether `stream` takes colours: asked for, or a terminal that shows them and nobody objects
    /// (<https://bixense.com/clicolors/>, <https://no-color.org/>).
    pub fn colored(&self, stream: Stream) -> bool {
        let is_set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if is_set("NO_COLOR").is_some() => false,
            ColorChoice::Auto if is_set("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
            ColorChoice::Auto => {
                self.is_shown(stream) && is_set("TERM").is_none_or(|terminal| terminal != "dumb")
            }
        }
    }
}
