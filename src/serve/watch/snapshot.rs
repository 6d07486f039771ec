//! The files as we last saw them.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::{DirEntry, WalkDir};

use super::targets::{Targets, is_litter};

/// Deeper folders are not content.
const MAX_DEPTH: usize = 64;

/// What is known of every watched file, under its given name.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    files: BTreeMap<PathBuf, Stamp>,
    links: bool,
}

/// Differs when the file was written or replaced. Clocks may jump: only equality is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
    inode: u64,
}

impl Snapshot {
    /// Looks at everything. Returns what appeared, changed or vanished since the last time.
    pub fn look(&mut self, targets: &Targets) -> BTreeSet<PathBuf> {
        let mut now = Self::default();
        for target in targets.iter() {
            now.add(&target.given, targets);
        }
        let differ = |a: &Self, b: &Self| -> BTreeSet<PathBuf> {
            a.files
                .iter()
                .filter(|(path, stamp)| b.files.get(*path) != Some(stamp))
                .map(|(path, _)| path.clone())
                .collect()
        };
        let mut files = differ(self, &now);
        files.extend(differ(&now, self));
        *self = now;
        files
    }

    /// Looks at one file. Whether it is there or was: what was never seen and is gone was temporary.
    pub fn look_at(&mut self, path: &Path) -> bool {
        self.links |= path.is_symlink();
        match std::fs::metadata(path).ok().filter(Metadata::is_file) {
            Some(metadata) => {
                self.files.insert(path.to_owned(), stamp(&metadata));
                true
            }
            None => self.files.remove(path).is_some(),
        }
    }

    pub fn has_file(&self, path: &Path) -> bool {
        self.files.contains_key(path)
    }

    /// Whether there were files below `path`.
    pub fn has_folder(&self, path: &Path) -> bool {
        self.files
            .range::<Path, _>((std::ops::Bound::Excluded(path), std::ops::Bound::Unbounded))
            .next()
            .is_some_and(|(next, _)| next.starts_with(path))
    }

    /// Whether symbolic links were met. Their ends are looked at, but nobody tells of them.
    pub fn has_links(&self) -> bool {
        self.links
    }

    fn add(&mut self, top: &Path, targets: &Targets) {
        let mut links = false;
        let walk = WalkDir::new(top).follow_links(true).max_depth(MAX_DEPTH).into_iter();
        let wanted = |entry: &DirEntry| {
            if entry.depth() == 0 {
                return true;
            }
            let link = entry.path_is_symlink();
            links |= link;
            !is_litter(&entry.file_name().to_string_lossy()) && (!link || targets.contain(entry.path()))
        };
        // What cannot be read is as good as absent; the build says what is wrong with it.
        for entry in walk.filter_entry(wanted).flatten() {
            if let Ok(metadata) = entry.metadata()
                && metadata.is_file()
            {
                self.files.insert(entry.into_path(), stamp(&metadata));
            }
        }
        self.links |= links;
    }
}

fn stamp(metadata: &Metadata) -> Stamp {
    #[cfg(unix)]
    let inode = std::os::unix::fs::MetadataExt::ino(metadata);
    #[cfg(not(unix))]
    let inode = 0;
    Stamp { bytes: metadata.len(), modified: metadata.modified().ok(), inode }
}
