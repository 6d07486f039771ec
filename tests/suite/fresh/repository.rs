//! A tiny handbook in a real git repository.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::handbook::TestHandbook;

/// Whether git can be run; a test without it says so and passes.
pub fn has_git(test: &str) -> bool {
    let found = Command::new("git").arg("--version").output().is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("SKIPPED {test}: there is no git");
    }
    found
}

/// Runs git in `folder` as Ann, at noon of `day` in Tokyo, whatever this machine's configuration.
pub fn git(folder: &Path, day: &str, args: &[&str]) {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"])
        .args(args)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "Ann Example")
        .env("GIT_AUTHOR_EMAIL", "ann@example.com")
        .env("GIT_COMMITTER_NAME", "Ann Example")
        .env("GIT_COMMITTER_EMAIL", "ann@example.com")
        .env("GIT_AUTHOR_DATE", format!("{day}T12:00:00+09:00"))
        .env("GIT_COMMITTER_DATE", format!("{day}T12:00:00+09:00"))
        .output()
        .unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

pub trait Repository: Sized {
    /// The folder of the handbook.
    fn folder(&self) -> PathBuf;

    /// Makes a repository of the handbook's folder.
    fn init(self) -> Self {
        git(&self.folder(), "2026-01-01", &["init", "-q"]);
        self
    }

    /// Commits everything as it is on `day`.
    fn commit(self, day: &str) -> Self {
        git(&self.folder(), day, &["add", "-A"]);
        git(&self.folder(), day, &["commit", "-q", "--allow-empty", "-m", "a commit"]);
        self
    }

    fn git(self, day: &str, args: &[&str]) -> Self {
        git(&self.folder(), day, args);
        self
    }
}

impl Repository for TestHandbook {
    fn folder(&self) -> PathBuf {
        self.path().to_owned()
    }
}
