//! Publishing: the only writer of `public/`, and the only one who deletes.
//!
//! A site is published whole or not at all, whatever is killed, unplugged or full meanwhile:
//!
//! 1. `place`: resolve the target; refuse folders that matter to somebody.
//! 2. `lock`: take a lock beside the output; from here on work by open folders.
//! 3. `remove::litter`: remove what killed runs left.
//! 4. `stage::make`: a new folder beside the output, so on the same file system.
//! 5. `stage::fill`: files that are there already, byte for byte (`survey`), get a second name in
//!    it; others are written; what we did not make is carried over. Nothing is ever edited in place,
//!    because a file may have two names.
//! 6. `stage::flush`: all of it to the disk. An error is final.
//! 7. Count the names, for disks that take two for one (done while filling).
//! 8. `swap::swap`: exchange the two folders.
//! 9. `swap::make_durable`: the exchange to the disk. Only now is there success to report.
//! 10. `swap::discard`: delete the old site.
//!
//! *Data before name, name before success, success before delete.* A rename without step 6 may leave
//! empty files after a power cut, and without step 9 a success that never was.
//!
//! Where folders cannot be exchanged, two renames do it (`swap`); where the output cannot be renamed
//! at all (a mount point, a read-only parent), its files are replaced one by one (`pieces`).

pub mod disk;
mod interrupt;
#[cfg(target_os = "linux")]
pub mod linux;
mod lock;
mod marker;
mod pieces;
mod place;
pub mod portable;
mod remove;
mod stage;
mod survey;
mod swap;
mod tree;

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use disk::Disk;
pub use interrupt::Interrupt;

use crate::diag::Failure;
use crate::model::Outputs;
use place::Place;
use survey::Survey;
use tree::Tree;

/// The disk of this system.
#[cfg(target_os = "linux")]
pub type System = linux::Linux;
/// The disk of this system.
#[cfg(not(target_os = "linux"))]
pub type System = portable::Portable;

/// Where to publish.
#[derive(Clone, Debug)]
pub struct Target {
    /// The output folder, absolute or relative to `root`. It need not exist.
    pub output: PathBuf,
    /// The project.
    pub root: PathBuf,
    /// What must never be replaced, absolute or relative to `root`: content, themes, static files, the
    /// configuration. The project itself, home, the current folder and `.git` need not be named.
    pub protected: Vec<PathBuf>,
    /// Publish into a folder that we did not make, and replace files of others that stand where the site
    /// has one. All other files of others are kept, as always.
    pub force: bool,
    /// How long to wait for another publisher.
    pub patience: Duration,
    pub interrupt: Interrupt,
}

impl Target {
    /// Publishing to `output` of the project `root`, with the usual patience.
    pub fn new(root: impl Into<PathBuf>, output: impl Into<PathBuf>) -> Self {
        Self {
            output: output.into(),
            root: root.into(),
            protected: Vec::new(),
            force: false,
            patience: Duration::from_secs(10),
            interrupt: Interrupt::new(),
        }
    }
}

/// What a successful publish did. The site is on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The output folder with all links resolved.
    pub output: PathBuf,
    /// Files that were written: new ones, changed ones, and on disks without links all.
    pub written: usize,
    /// Files that were already there, byte for byte, and stayed the same files.
    pub linked: usize,
    /// Files of the last build that this one does not have.
    pub removed: usize,
    /// Files and folders (with a slash at the end) in the output that we did not make; all were kept.
    pub carried: Vec<String>,
    /// Whether every byte was already there, so that nothing was touched.
    pub unchanged: bool,
    /// How the new site took its place.
    pub method: Method,
    /// Time spent waiting for the disk to have everything; it includes what other programs wrote.
    pub flush: Duration,
    /// What went wrong without harm: leftovers that could not be removed.
    pub warnings: Vec<String>,
}

/// How a site takes the place of the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// It did not have to: nothing had changed.
    Nothing,
    /// In one instant. (Also when there was no old one.)
    Exchange,
    /// The old one aside, then the new one in: for an instant there was no site.
    TwoRenames,
    /// One file after the other: for some time the site was a mix.
    FileByFile,
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "nothing to do",
            Self::Exchange => "exchanged in one step",
            Self::TwoRenames => "swapped by two renames",
            Self::FileByFile => "replaced file by file (not atomic here)",
        })
    }
}

/// Writes the site to the target. After an error the old site is untouched, except where the message
/// says that the new one is in place or that files were being replaced one by one.
pub fn publish(outputs: &Outputs, target: &Target) -> Result<Published, Failure> {
    publish_on(&System::default(), outputs, target)
}

/// As [`publish`], on a disk of the caller's choice.
pub fn publish_on<D: Disk>(disk: &D, outputs: &Outputs, target: &Target) -> Result<Published, Failure> {
    let tree = Tree::of(outputs, |_| true)?;
    let place = place::resolve(target)?;
    let _held = target.interrupt.hold();
    target.interrupt.check()?;
    let parent = place::make_parents(disk, &place);
    let parent = parent.map_err(|failure| explain(failure, tree.size(), None))?;
    let lock = lock::take(disk, &parent, &place, target);
    let lock = lock.map_err(|failure| explain(failure, tree.size(), disk.free(&parent).ok()))?;
    let mode = lock.usual_mode();
    let marker = marker::text(outputs.keys().map(String::as_str));
    let job = Job { disk, outputs, tree, marker, target, place: &place, parent: &parent, mode };
    job.run(lock.beside)
}

/// One publish, with the lock held.
struct Job<'a, D: Disk> {
    disk: &'a D,
    outputs: &'a Outputs,
    tree: Tree<'a>,
    /// The marker that the new site will have.
    marker: String,
    target: &'a Target,
    place: &'a Place,
    /// The folder that the output stands in.
    parent: &'a D::Folder,
    /// Permissions that new files get, if that can be told.
    mode: Option<u32>,
}

impl<D: Disk> Job<'_, D> {
    /// Steps 3 to 10. `beside`: whether something can be made beside the output.
    fn run(&self, beside: bool) -> Result<Published, Failure> {
        swap::heal(self)?;
        let mut warnings = Vec::new();
        for what in ["stage", "old"] {
            let prefix = stage::prefix(&self.place.name, what);
            warnings.extend(remove::litter(self.disk, self.parent, &prefix, true));
        }
        let old = survey::survey(self)?;
        if let Some(before) = &old.before {
            warnings.extend(remove::litter(self.disk, &before.folder, pieces::PREFIX.as_ref(), false));
        }
        let mut published = Published {
            output: self.place.path.clone(),
            written: 0,
            linked: old.equal.len(),
            removed: old.stale.len(),
            carried: old.foreign.iter().map(survey::Foreign::shown).collect(),
            unchanged: old.is_current(self.outputs.len()),
            method: Method::Nothing,
            flush: Duration::ZERO,
            warnings,
        };
        if published.unchanged {
            return Ok(published);
        }
        let whole = match &old.before {
            Some(before) if before.mounted || !beside => Err(Stop::NotWhole(ErrorKind::ResourceBusy.into())),
            _ => self.whole(&old, &mut published),
        };
        let done = match (whole, &old.before) {
            (Err(Stop::NotWhole(_)), Some(before)) => self.pieces(&old, before, &mut published),
            (Err(Stop::NotWhole(error)), None) => Err(error).during("make the site at", &self.place.path),
            (Err(Stop::Failed(failure)), _) => Err(failure),
            (Ok(()), _) => Ok(()),
        };
        match done {
            Ok(()) => Ok(published),
            Err(failure) => {
                let missing = Tree::of(self.outputs, |path| !old.equal.contains(path))?;
                Err(explain(failure, missing.size(), self.disk.free(self.parent).ok()))
            }
        }
    }

    fn whole(&self, old: &Survey<'_, D>, published: &mut Published) -> Result<(), Stop> {
        let staged = stage::make(self)?;
        let mut swap = || -> Result<swap::Swapped, Stop> {
            let stage =
                self.disk.open(self.parent, staged.as_ref()).during("open the stage of", &self.place.path)?;
            let tally = stage::fill(self, old, &stage)?;
            (published.written, published.linked) = (tally.written, tally.linked);
            published.flush = stage::flush(self, &stage)?;
            swap::swap(self, old, &staged)
        };
        let swapped = match swap() {
            Ok(swapped) => swapped,
            Err(stop) => {
                // If this fails too, the next run does it.
                let _ = remove::tree(self.disk, self.parent, &staged, None);
                return Err(stop);
            }
        };
        swap::make_durable(self)?;
        published.method = swapped.method;
        published.warnings.extend(swap::discard(self, old.before.as_ref(), &swapped));
        Ok(())
    }

    fn pieces(
        &self,
        old: &Survey<'_, D>,
        before: &survey::Before<D::Folder>,
        published: &mut Published,
    ) -> Result<(), Failure> {
        let (tally, flush, warnings) = pieces::publish(self, old, before)?;
        (published.written, published.linked) = (tally.written, old.equal.len());
        published.flush = flush;
        published.method = Method::FileByFile;
        published.warnings.extend(warnings);
        Ok(())
    }
}

/// A full disk is told with figures: what we need and what is free, now that the stage is gone.
fn explain(failure: Failure, needed: u64, free: Option<u64>) -> Failure {
    let Failure::Machine { doing, path, error } = failure else { return failure };
    let what = match error.kind() {
        ErrorKind::StorageFull => "disk full",
        ErrorKind::QuotaExceeded => "disk quota used up",
        _ => return Failure::Machine { doing, path, error },
    };
    let free = free.map_or(String::new(), |free| format!(", {} are free", megabytes(free)));
    let message = format!("{what}: the new files need about {}{free}", megabytes(needed));
    Failure::Machine { doing, path, error: io::Error::new(error.kind(), message) }
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

/// Why a site could not be swapped in as a whole.
enum Stop {
    Failed(Failure),
    /// The folder cannot be replaced; its files may be.
    NotWhole(io::Error),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Adds to an I/O error what was being done.
trait During<T> {
    /// `doing` reads after "could not" and before the path.
    fn during(self, doing: &str, path: &Path) -> Result<T, Failure>;
}

impl<T> During<T> for io::Result<T> {
    fn during(self, doing: &str, path: &Path) -> Result<T, Failure> {
        self.map_err(|error| Failure::machine(doing, path, error))
    }
}
