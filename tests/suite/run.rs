//! The built program, run as a user runs it.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// `shirube` with `args` in `folder`, in an environment of its own.
pub fn shirube(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shirube"));
    command
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::null())
        .env_clear()
        .env("SOURCE_DATE_EPOCH", "1795132800");
    command
}

/// How a run went.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// Standard output holds `text`.
    pub fn prints(self, text: &str) -> Self {
        assert!(self.out.contains(text), "no {text:?} on standard output of {self:#?}");
        self
    }

    /// Standard error holds `text`.
    pub fn says(self, text: &str) -> Self {
        assert!(self.err.contains(text), "no {text:?} on standard error of {self:#?}");
        self
    }

    /// Nothing on standard output.
    pub fn prints_nothing(self) -> Self {
        assert_eq!(self.out, "", "{self:#?}");
        self
    }
}

pub fn run(folder: &Path, args: &[&str]) -> Ran {
    ran(shirube(folder, args).output().unwrap())
}

pub fn ran(output: Output) -> Ran {
    Ran {
        code: output.status.code().expect("it ends by itself, not by a signal"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
