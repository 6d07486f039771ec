//! Where the output folder cannot be renamed: file by file, in an order that breaks least.
//!
//! All new files are written and flushed inside the output first, under a temporary folder, so that a
//! full disk or a bad one leaves the old site as it was. Then they take their places: assets, pages,
//! indexes, and at last what is no longer wanted goes. Between the first and the last of these the
//! site is a mix; a run that dies there is completed by the next build.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::Duration;

use super::disk::Disk;
use super::stage::Tally;
use super::survey::{Before, Survey};
use super::tree::Tree;
use super::{During, Job, marker, remove, stage};
use crate::diag::Failure;

/// Temporary folders inside the output are called so, up to the process.
pub(super) const PREFIX: &str = ".shirube-stage-";

/// The new files.
const FILES: &str = "files";
/// The marker for the time of the mix: it lists the old files and the new ones.
const DURING: &str = "during";
/// The marker of the new site.
const AFTER: &str = "after";

/// Publishes into the folder itself.
pub(super) fn publish<D: Disk>(
    job: &Job<'_, D>,
    old: &Survey<'_, D>,
    before: &Before<D::Folder>,
) -> Result<(Tally, Duration, Vec<String>), Failure> {
    let (disk, out, path) = (job.disk, &before.folder, &job.place.path);
    let name = remove::temporary_name(PREFIX.as_ref());
    disk.make_folder(out, &name).during("make a folder in", path)?;
    let done = || -> Result<(Tally, Duration), Failure> {
        let stage = disk.open(out, name.as_ref()).during("open the new folder in", path)?;
        let tally = prepare(job, old, &stage)?;
        let flushed = stage::flush(job, &stage)?;
        job.target.interrupt.check()?;
        place_all(job, old, out, &stage)
            .during("put all files in their places (build again: the site is a mix now) in", path)?;
        Ok((tally, flushed))
    };
    let done = done();
    let removed = remove::tree(disk, out, &name, None);
    let (tally, flushed) = done?;
    let left = |error: io::Error| format!("could not remove {}: {error}", path.join(&name).display());
    Ok((tally, flushed, removed.err().map(left).into_iter().collect()))
}

fn prepare<D: Disk>(job: &Job<'_, D>, old: &Survey<'_, D>, stage: &D::Folder) -> Result<Tally, Failure> {
    let disk = job.disk;
    let make = |name: &str| -> io::Result<D::Folder> {
        disk.make_folder(stage, name.as_ref())?;
        disk.open(stage, name.as_ref())
    };
    let mut both: BTreeSet<&str> = old.ours.iter().map(String::as_str).collect();
    both.extend(job.outputs.keys().map(String::as_str));
    let markers = || -> io::Result<()> {
        let name = marker::NAME.as_ref();
        disk.create(&make(DURING)?, name, marker::text(both.iter().copied()).as_bytes())?;
        disk.create(&make(AFTER)?, name, job.marker.as_bytes())
    };
    markers().during("write the marker of", &job.place.path)?;
    let files = make(FILES).during("make a folder in", &job.place.path)?;
    let new = Tree::of(job.outputs, |path| !old.equal.contains(path))?;
    stage::write_tree(job, &new, &files, None)
}

fn place_all<D: Disk>(
    job: &Job<'_, D>,
    old: &Survey<'_, D>,
    out: &D::Folder,
    stage: &D::Folder,
) -> io::Result<()> {
    let disk = job.disk;
    let marker_name = marker::NAME.as_ref();
    disk.replace(&disk.open(stage, DURING.as_ref())?, marker_name, out)?;
    let (in_the_way, stale): (Vec<&str>, Vec<&str>) =
        old.stale.iter().map(String::as_str).partition(|path| is_in_the_way(job, path));
    for path in in_the_way {
        remove_with_folders(job, out, path)?;
    }
    let files = disk.open(stage, FILES.as_ref())?;
    for rank in 0..=LAST_RANK {
        for path in
            job.outputs.keys().filter(|path| rank_of(path) == rank && !old.equal.contains(path.as_str()))
        {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            stage::ensure(disk, out, folder.as_ref())?;
            disk.replace(
                &disk.open(&files, folder.as_ref())?,
                name.as_ref(),
                &disk.open(out, folder.as_ref())?,
            )?;
        }
    }
    for path in stale {
        remove_with_folders(job, out, path)?;
    }
    disk.replace(&disk.open(stage, AFTER.as_ref())?, marker_name, out)?;
    disk.flush(out)
}

/// Whether an old file stands where the new site has a folder, or below where it has a file.
fn is_in_the_way<D: Disk>(job: &Job<'_, D>, path: &str) -> bool {
    let above = Path::new(path).ancestors().skip(1).filter_map(Path::to_str);
    job.tree.folders.contains_key(path) || above.into_iter().any(|above| job.outputs.contains_key(above))
}

/// Removes an old file and the folders that it leaves empty.
fn remove_with_folders<D: Disk>(job: &Job<'_, D>, out: &D::Folder, path: &str) -> io::Result<()> {
    let disk = job.disk;
    let mut path = Path::new(path);
    let mut file = true;
    while let (Some(above), Some(name)) = (path.parent(), path.file_name()) {
        if job.tree.folders.contains_key(path.to_str().unwrap_or_default()) && !file {
            return Ok(());
        }
        let folder = disk.open(out, above)?;
        match if file { disk.remove_file(&folder, name) } else { disk.remove_folder(&folder, name) } {
            // Somebody keeps something there, or was faster.
            Err(error) if matches!(error.kind(), ErrorKind::DirectoryNotEmpty | ErrorKind::NotFound) => {
                return Ok(());
            }
            removed => removed?,
        }
        (path, file) = (above, false);
    }
    Ok(())
}

const LAST_RANK: u8 = 2;

/// Assets come first, because pages need them; then pages; then what points to pages.
fn rank_of(path: &str) -> u8 {
    match path {
        "index.html" => 2,
        _ if path.ends_with(".html") => 1,
        _ if path.contains('/') => 0,
        // Feeds, the sitemap, inventories.
        _ if [".xml", ".json", ".txt", ".inv"].iter().any(|ending| path.ends_with(ending)) => 2,
        _ => 0,
    }
}
