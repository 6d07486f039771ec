//! What git remembers: when each file was last changed, and what files said that are gone.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::diag::FilePath;

/// The UTC day of the newest commit of every file below `content/`. Empty without git, without a
/// repository or in a shallow clone (where every file would seem as old as the clone).
pub fn last_changes(root: &Path) -> BTreeMap<FilePath, Date> {
    let git = |arguments: &[&str]| run(root, arguments);
    let Some(state) = git(&["rev-parse", "--is-shallow-repository", "--show-prefix"]) else {
        return BTreeMap::new();
    };
    let state = String::from_utf8_lossy(&state).into_owned();
    let mut lines = state.lines();
    if lines.next() != Some("false") {
        return BTreeMap::new();
    }
    // Paths come relative to the top of the work tree, which may be above the handbook.
    let prefix = lines.next().unwrap_or_default().to_owned();
    let log = ["log", "--format=%x01%ct", "--name-only", "-z", "--no-renames", "--", "content"];
    let Some(log) = git(&log) else { return BTreeMap::new() };
    let mut changes = BTreeMap::new();
    let mut date = None;
    for field in log.split(|byte| *byte == 0) {
        let field = String::from_utf8_lossy(field);
        let field = field.trim_matches('\n');
        if let Some(seconds) = field.strip_prefix('\u{1}') {
            date = seconds
                .trim()
                .parse()
                .ok()
                .and_then(|seconds| Timestamp::from_second(seconds).ok())
                .map(|time| time.to_zoned(TimeZone::UTC).date());
        } else if let (Some(date), Some(path)) = (date, field.strip_prefix(&prefix))
            && !path.is_empty()
        {
            // The log is newest first: the first mention of a file is its last change.
            changes.entry(FilePath::from(path)).or_insert(date);
        }
    }
    changes
}

/// The last text of those of `files` that git has: what the newest commit holds, or held before it was
/// removed. Asked only when something is missed.
pub fn last_texts(root: &Path, files: &[FilePath]) -> BTreeMap<FilePath, String> {
    let paths: Vec<&str> = files.iter().map(|file| &**file).collect();
    let ask = |arguments: &[&str]| -> String {
        let answer = run(root, &[arguments, &["--"], &paths].concat()).unwrap_or_default();
        String::from_utf8_lossy(&answer).into_owned()
    };
    // Each file with the commit that holds it.
    let mut holders: BTreeMap<String, String> = BTreeMap::new();
    let held = ask(&["ls-tree", "-z", "--name-only", "HEAD"]);
    for file in held.split('\0') {
        holders.insert(file.to_owned(), "HEAD".to_owned());
    }
    let log =
        ["log", "-z", "--format=%x01%H", "--name-only", "--diff-filter=D", "--no-renames", "--relative"];
    let mut commit = String::new();
    for field in ask(&log).split('\0') {
        match field.trim_matches('\n').strip_prefix('\u{1}') {
            Some(hash) => commit = hash.to_owned(),
            // The log is newest first.
            None => {
                let file = field.trim_matches('\n').to_owned();
                holders.entry(file).or_insert_with(|| format!("{commit}^"));
            }
        }
    }
    let text = |file: &FilePath| {
        let holder = holders.get(&**file)?;
        String::from_utf8(run(root, &["cat-file", "blob", &format!("{holder}:./{file}")])?).ok()
    };
    files.iter().filter_map(|file| Some((file.clone(), text(file)?))).collect()
}

/// What git answers; `None` without git, outside of a repository, or when it has no answer.
fn run(root: &Path, arguments: &[&str]) -> Option<Vec<u8>> {
    let output = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output.status.success().then_some(output.stdout)
}
