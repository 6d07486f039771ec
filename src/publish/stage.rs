//! Steps 4 to 7: the whole new site in a folder beside the old one, on the disk before anybody sees it.

use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::disk::{Disk, Kind};
use super::survey::{Foreign, Survey};
use super::tree::{Folder, Tree};
use super::{During, Job, Stop, lock, marker, remove};
use crate::diag::Failure;

/// What building a stage came to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub written: usize,
    pub linked: usize,
}

impl Tally {
    fn and(self, other: Self) -> Self {
        Self { written: self.written + other.written, linked: self.linked + other.linked }
    }
}

/// How the stages of this output are called, up to the process.
pub(super) fn prefix(name: &OsStr, what: &str) -> OsString {
    let mut prefix = OsString::from(".");
    prefix.push(name);
    prefix.push(format!(".{what}-"));
    prefix
}

/// Makes an empty stage beside the output and returns its name.
pub(super) fn make<D: Disk>(job: &Job<'_, D>) -> Result<OsString, Stop> {
    let name = remove::temporary_name(&prefix(&job.place.name, "stage"));
    match job.disk.make_folder(job.parent, &name) {
        Err(error) if lock::closed(&error) => Err(Stop::NotWhole(error)),
        made => Ok(made.map(|()| name).during("make a folder beside", &job.place.path)?),
    }
}

/// Fills the stage with the new site: files that are already there are linked, others are written.
pub(super) fn fill<D: Disk>(job: &Job<'_, D>, old: &Survey<'_, D>, stage: &D::Folder) -> Result<Tally, Stop> {
    let path = &job.place.path;
    // First of all, so that a run that is killed leaves a stage that is known as ours.
    let marked = job.disk.create(stage, marker::NAME.as_ref(), job.marker.as_bytes());
    marked.during("write the marker of", path)?;
    let before = old.before.as_ref().map(|before| &before.folder);
    let equal = before.map(|folder| Equal { folder, paths: &old.equal });
    let tally = write_tree(job, &job.tree, stage, equal)?;
    if let Some(before) = before {
        for foreign in &old.foreign {
            carry(job, before, foreign, stage)?;
        }
    }
    Ok(tally)
}

/// Files that need no writing, and where they are.
pub(super) struct Equal<'a, F> {
    folder: &'a F,
    paths: &'a std::collections::HashSet<&'a str>,
}

/// Writes `tree` into the empty folder `top`, level by level, and counts what is there.
pub(super) fn write_tree<D: Disk>(
    job: &Job<'_, D>,
    tree: &Tree<'_>,
    top: &D::Folder,
    equal: Option<Equal<'_, D::Folder>>,
) -> Result<Tally, Failure> {
    let mut tally = Tally::default();
    for level in tree.levels() {
        let done = level
            .par_iter()
            .map(|(path, folder)| write_folder(job, top, path, folder, equal.as_ref()))
            .try_reduce(Tally::default, |one, other| Ok(one.and(other)))?;
        tally = tally.and(done);
    }
    Ok(tally)
}

fn write_folder<D: Disk>(
    job: &Job<'_, D>,
    top: &D::Folder,
    path: &str,
    folder: &Folder<'_>,
    equal: Option<&Equal<'_, D::Folder>>,
) -> Result<Tally, Failure> {
    let disk = job.disk;
    let full = job.place.path.join(path);
    let here = disk.open(top, path.as_ref()).during("open the stage of", &full)?;
    let old = equal.filter(|equal| folder.files.iter().any(|file| equal.paths.contains(file.path)));
    let old = old.map(|equal| Ok((equal, disk.open(equal.folder, path.as_ref())?)));
    let old = old.transpose().during("open the folder", &full)?;

    let explain = |error: io::Error| match folder.look_alikes() {
        Some((one, other)) if error.kind() == ErrorKind::AlreadyExists => merged(one, other),
        _ => error,
    };
    for name in &folder.folders {
        disk.make_folder(&here, name.as_ref())
            .map_err(explain)
            .during("make the folder", &full.join(name))?;
    }
    // One folder may hold all files of the site, so the files of a folder are shared out too.
    let write = |file: &super::tree::File<'_>| {
        job.target.interrupt.check()?;
        let name = file.name.as_ref();
        if let Some((equal, old)) = &old
            && equal.paths.contains(file.path)
        {
            match disk.link(old, name, &here) {
                Ok(()) => return Ok(Tally { written: 0, linked: 1 }),
                Err(error) if wants_copy(&error) => {}
                Err(error) => return Err(explain(error)).during("link the file", &full.join(file.name)),
            }
        }
        let written = disk.create(&here, name, file.bytes).map_err(explain);
        written.during("write the file", &full.join(file.name))?;
        Ok(Tally { written: 1, linked: 0 })
    };
    let tally = folder
        .files
        .par_iter()
        .with_min_len(32)
        .map(write)
        .try_reduce(Tally::default, |one, other| Ok(one.and(other)))?;
    count(disk, &here, folder, path.is_empty()).during("write all files to", &full)?;
    Ok(tally)
}

/// A disk may take two names for one without a word; then there are fewer names than we wrote.
fn count<D: Disk>(disk: &D, here: &D::Folder, folder: &Folder<'_>, at_top: bool) -> io::Result<()> {
    let found = disk.entries(here)?.into_iter().filter(|entry| !at_top || entry.name != marker::NAME).count();
    let wanted = folder.files.len() + folder.folders.len();
    if found == wanted {
        return Ok(());
    }
    Err(match folder.look_alikes() {
        Some((one, other)) => merged(one, other),
        None => io::Error::other(format!("{wanted} names were written, {found} are there")),
    })
}

fn merged(one: &str, other: &str) -> io::Error {
    let message = format!("this disk takes `{one}` and `{other}` for one name; rename one of them");
    io::Error::new(ErrorKind::AlreadyExists, message)
}

/// Whether a failed link may be mended by a copy: too many links, a system without them, not our file.
fn wants_copy(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::TooManyLinks
            | ErrorKind::PermissionDenied
            | ErrorKind::CrossesDevices
            | ErrorKind::Unsupported
    )
}

/// Gives something foreign its place in the stage, under the same path.
fn carry<D: Disk>(
    job: &Job<'_, D>,
    old: &D::Folder,
    foreign: &Foreign,
    stage: &D::Folder,
) -> Result<(), Stop> {
    let parent = foreign.path.parent().unwrap_or(Path::new(""));
    let full = |path: &Path| job.place.path.join(path);
    let name = foreign.path.file_name().unwrap_or_default();
    ensure(job.disk, stage, parent).during("carry over", &full(&foreign.path))?;
    if !foreign.folder {
        return Ok(carry_file(job.disk, old, stage, parent, name).during("carry over", &full(&foreign.path))?);
    }
    let mut folders = vec![foreign.path.clone()];
    let mut next = 0;
    while let Some(path) = folders.get(next).cloned() {
        next += 1;
        job.target.interrupt.check()?;
        match carry_folder(job.disk, old, stage, &path) {
            Err(error) if error.kind() == ErrorKind::CrossesDevices => return Err(Stop::NotWhole(error)),
            deeper => folders.extend(deeper.during("carry over", &full(&path))?),
        }
    }
    // Last and bottom-up, because a folder may be closed to its own owner.
    for path in folders.iter().rev() {
        let copy = || job.disk.copy_permissions(&job.disk.open(old, path)?, &job.disk.open(stage, path)?);
        copy().during("carry over the permissions of", &full(path))?;
    }
    Ok(())
}

/// Makes the same folder in the stage, with its files; returns the folders in it.
fn carry_folder<D: Disk>(
    disk: &D,
    old: &D::Folder,
    stage: &D::Folder,
    path: &Path,
) -> io::Result<Vec<PathBuf>> {
    let from = disk.open(old, path)?;
    ensure(disk, stage, path)?;
    let mut deeper = Vec::new();
    for entry in disk.entries(&from)? {
        match entry.kind {
            Kind::Folder => deeper.push(path.join(entry.name)),
            Kind::File | Kind::Other => carry_file(disk, old, stage, path, &entry.name)?,
        }
    }
    Ok(deeper)
}

fn carry_file<D: Disk>(
    disk: &D,
    old: &D::Folder,
    stage: &D::Folder,
    at: &Path,
    name: &OsStr,
) -> io::Result<()> {
    let (from, to) = (disk.open(old, at)?, disk.open(stage, at)?);
    match disk.link(&from, name, &to) {
        Err(error) if wants_copy(&error) => disk.copy(&from, name, &to),
        linked => linked,
    }
}

/// Makes the folder `path` and those above it, where they are missing.
pub(super) fn ensure<D: Disk>(disk: &D, top: &D::Folder, path: &Path) -> io::Result<()> {
    let missing =
        |path: &&Path| matches!(disk.open(top, path), Err(error) if error.kind() == ErrorKind::NotFound);
    let new: Vec<&Path> = path.ancestors().take_while(missing).collect();
    for path in new.into_iter().rev() {
        let (Some(above), Some(name)) = (path.parent(), path.file_name()) else { continue };
        disk.make_folder(&disk.open(top, above)?, name)?;
    }
    Ok(())
}

/// Brings what was written to the disk; returns how long that took. An error here is final: what could
/// not be written may have been dropped, and a second flush would know nothing of it.
pub(super) fn flush<D: Disk>(job: &Job<'_, D>, folder: &D::Folder) -> Result<Duration, Failure> {
    job.target.interrupt.check()?;
    let began = Instant::now();
    job.disk.flush(folder).during("bring to the disk the new files of", &job.place.path)?;
    Ok(began.elapsed())
}
