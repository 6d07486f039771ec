//! Which files have changed.
//!
//! What the system tells (events) is only taken as a hint where to look: what is on the disk decides.
//! Hints are collected until it has been quiet for a moment, because editors save in several steps.
//! Where hints are missing or doubtful, everything is looked at, which takes a stat per file.

mod bell;
mod native;
mod snapshot;
mod targets;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use notify::RecommendedWatcher;

use self::bell::{Hints, Ring};
use self::snapshot::Snapshot;
use self::targets::Targets;
use super::Changes;
use super::log::Log;

pub(super) use self::bell::Bell;

/// Quiet for this long, and a save is over.
const QUIET: Duration = Duration::from_millis(15);
/// A file that is gone gets this long to come back: some editors delete and create.
const RETURN: Duration = Duration::from_millis(100);
/// Under saves without end, build at least this often.
const MAX_WAIT: Duration = Duration::from_millis(500);
/// Between two looks where the system does not tell.
const LOOK: Duration = Duration::from_secs(1);
/// An event may come this much later than the change can be seen.
const LATE: Duration = Duration::from_millis(300);

/// Watches files and folders.
pub(super) struct Watch {
    targets: Arc<Targets>,
    bell: Arc<Bell>,
    /// The files as of the last changes handed out.
    snapshot: Snapshot,
    /// `None`: we look once a second.
    native: Option<RecommendedWatcher>,
    /// Whether an event has ever come. Network and shared folders often accept a watch and then
    /// tell nothing, so until the first event we look once a second as well.
    proven: bool,
    log: Log,
}

impl Watch {
    /// Watches from now on. That the system cannot tell is said, and made up for by looking.
    pub fn start(root: &Path, watched: &[PathBuf], poll: bool, log: Log) -> Self {
        let targets = Arc::new(Targets::new(root, watched));
        let bell = Arc::new(Bell::default());
        let snapshot = Snapshot::default();
        let mut watch = Self { targets, bell, snapshot, native: None, proven: false, log };
        if !poll {
            watch.arm();
        }
        watch.snapshot.look(&watch.targets);
        watch
    }

    pub fn bell(&self) -> Arc<Bell> {
        self.bell.clone()
    }

    /// Waits for the next changes; `None` when the bell is closed.
    pub fn next(&mut self) -> Option<Changes> {
        loop {
            let telling = self.native.is_some() && self.proven && !self.snapshot.has_links();
            let files = match self.bell.wait((!telling).then_some(LOOK)) {
                Ring::Closed => return None,
                Ring::Rung => self.follow_hints(),
                Ring::Silent => self.look(),
            };
            if files.is_empty() {
                continue;
            }
            // A file that is linked to has more names than the one we know it changed under.
            return Some(if self.snapshot.has_links() { Changes::Everything } else { Changes::Files(files) });
        }
    }

    fn follow_hints(&mut self) -> BTreeSet<PathBuf> {
        self.proven = true;
        self.settle();
        let hints = self.bell.take();
        if hints.rearm && self.native.is_some() {
            self.arm();
        }
        let mut files = if hints.everything || hints.rearm || self.names_folder(&hints) {
            self.snapshot.look(&self.targets)
        } else {
            BTreeSet::new()
        };
        // After the look: a file written twice within the clock's grain looks the same, but was hinted at.
        files.extend(hints.paths.into_iter().filter(|path| self.snapshot.look_at(path)));
        files
    }

    /// Waits until a save is over.
    fn settle(&self) {
        let started = Instant::now();
        while started.elapsed() < MAX_WAIT {
            if self.bell.rings_within(QUIET) {
                continue;
            }
            let gone = self
                .bell
                .peek(|hints| hints.paths.iter().any(|path| self.snapshot.has_file(path) && !path.exists()));
            if !gone || !self.bell.rings_within(RETURN) {
                return;
            }
        }
    }

    /// Whether a folder came or went, whose files may not be named each.
    fn names_folder(&self, hints: &Hints) -> bool {
        hints.paths.iter().any(|path| path.is_dir() || self.snapshot.has_folder(path))
    }

    /// Looks without having been told.
    fn look(&mut self) -> BTreeSet<PathBuf> {
        let mut files = self.snapshot.look(&self.targets);
        if files.is_empty() {
            return files;
        }
        if self.native.is_some() && !self.proven && !self.bell.rings_within(LATE) {
            self.native = None;
            self.log.say("note: this file system does not tell of changes; looking once a second instead");
        }
        let started = Instant::now();
        loop {
            std::thread::sleep(QUIET);
            let more = self.snapshot.look(&self.targets);
            if more.is_empty() || started.elapsed() > MAX_WAIT {
                return files;
            }
            files.extend(more);
        }
    }

    /// Asks the system to tell us, anew and from nothing: a watch on a folder that was deleted and
    /// made again is a watch on the old one.
    fn arm(&mut self) {
        match native::arm(&self.targets, &self.bell) {
            Ok(watcher) => self.native = Some(watcher),
            Err(error) => {
                self.native = None;
                self.log.say(format!(
                    "note: the system cannot watch these files ({}); looking once a second instead{}",
                    native::wording(&error),
                    native::advice(&error),
                ));
            }
        }
    }
}
