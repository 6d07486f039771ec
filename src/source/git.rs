//! Runs git: without a shell, without a prompt, without the network, and in a form no configuration changes.

use std::path::Path;
use std::process::{Command, Stdio};

/// `git` in `folder`, to be given its arguments.
pub fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(folder)
        // What a user or a repository may have configured must not change what we read, nor run anything.
        .args(["-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "-c", "log.showRoot=true"])
        .args(["-c", "diff.relative=false"])
        // A hook is told which repository it runs for; ours is the one the folder stands in.
        .env_remove("GIT_DIR")
        .env_remove("GIT_WORK_TREE")
        .env_remove("GIT_INDEX_FILE")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        // A partial clone would fetch what it lacks.
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// What git answers; `None` without git, outside of a repository, or when it has no answer.
pub fn run(folder: &Path, arguments: &[&str]) -> Option<Vec<u8>> {
    let output = command(folder).args(arguments).output().ok()?;
    output.status.success().then_some(output.stdout)
}
