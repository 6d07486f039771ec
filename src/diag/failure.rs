//! A machine that failed, or a call that cannot be carried out: the run stops here.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::diag::{Diagnostics, Texts};

/// Why a run stopped. Content is never the reason; that is a diagnostic.
#[derive(Debug)]
pub enum Failure {
    /// The call or the configuration cannot be carried out; exit code 2.
    Usage(String),
    /// `handbook.yaml` cannot be used; exit code 2.
    Configuration(Box<(Diagnostics, Texts)>),
    /// Disk, permissions, ports; exit code 3.
    Machine {
        /// What we tried, as a phrase: `write the file`.
        doing: String,
        path: Option<PathBuf>,
        error: std::io::Error,
    },
    /// A signal asked us to stop, and nothing was changed; exit code 128 + the signal's number.
    Interrupted { signal: u8 },
    /// A mistake of ours (a panic caught at the pipeline's edge); exit code 3.
    Bug(String),
}

impl Failure {
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Usage(message.into())
    }

    pub fn configuration(diagnostics: Diagnostics, texts: Texts) -> Self {
        Self::Configuration(Box::new((diagnostics, texts)))
    }

    /// `doing` reads after "could not": `could not write the file public/index.html: disk full`.
    pub fn machine(doing: impl Into<String>, path: &Path, error: std::io::Error) -> Self {
        Self::Machine { doing: doing.into(), path: Some(path.to_owned()), error }
    }

    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) | Self::Configuration(_) => 2,
            Self::Machine { .. } | Self::Bug(_) => 3,
            Self::Interrupted { signal } => signal.saturating_add(128),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(message) => f.write_str(message),
            Self::Configuration(_) => f.write_str("the configuration cannot be used"),
            Self::Machine { doing, path: Some(path), error } => {
                write!(f, "could not {doing} {}: {error}", path.display())
            }
            Self::Machine { doing, path: None, error } => write!(f, "could not {doing}: {error}"),
            Self::Interrupted { signal } => write!(f, "stopped by signal {signal}; nothing was changed"),
            Self::Bug(message) => write!(f, "this is a mistake in shirube, please report it: {message}"),
        }
    }
}

impl std::error::Error for Failure {}
