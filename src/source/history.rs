//! When each file was last changed, as git remembers it.

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
    let git = |arguments: &[&str]| -> Option<Vec<u8>> {
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
    };
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
