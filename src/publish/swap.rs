//! Steps 8 to 10: the new site takes the old one's name in one instant, and then the old one goes.

use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind};

use super::disk::{Disk, Identity, Kind};
use super::survey::{Before, Survey};
use super::{During, Job, Method, Stop, lock, marker, remove, stage};
use crate::diag::Failure;

/// What the swap left.
#[derive(Debug)]
pub(super) struct Swapped {
    pub method: Method,
    /// The old site, under the name where it stands now.
    pub old: Option<(OsString, Identity)>,
}

/// Gives the stage the output's name, durably. Before this returns `Ok`, nobody may be told of success.
pub(super) fn swap<D: Disk>(job: &Job<'_, D>, old: &Survey<'_, D>, staged: &OsStr) -> Result<Swapped, Stop> {
    job.target.interrupt.check()?;
    let (disk, parent, out, path) = (job.disk, job.parent, job.place.name.as_os_str(), &job.place.path);
    let Some(before) = &old.before else {
        disk.rename_to_free(parent, staged, out).during("put the new site at", path)?;
        return Ok(Swapped { method: Method::Exchange, old: None });
    };
    same_folder(job, before)?;
    match disk.exchange(parent, staged, out) {
        Ok(()) => Ok(Swapped { method: Method::Exchange, old: Some((staged.to_owned(), before.identity)) }),
        // This system cannot exchange.
        Err(error) if matches!(error.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput) => {
            two_renames(job, before, staged)
        }
        Err(error) if cannot_rename(&error) => Err(Stop::NotWhole(error)),
        Err(error) => Err(error).during("put the new site at", path)?,
    }
}

/// The old site aside, the new one in its place. Between the two there is no site; a run that is
/// killed there is healed by the next one.
fn two_renames<D: Disk>(
    job: &Job<'_, D>,
    before: &Before<D::Folder>,
    staged: &OsStr,
) -> Result<Swapped, Stop> {
    let (disk, parent, out, path) = (job.disk, job.parent, job.place.name.as_os_str(), &job.place.path);
    let aside = remove::temporary_name(&stage::prefix(out, "old"));
    match disk.rename_to_free(parent, out, &aside) {
        Err(error) if cannot_rename(&error) => return Err(Stop::NotWhole(error)),
        renamed => renamed.during("put aside the old site at", path)?,
    }
    let put = || -> io::Result<()> {
        disk.flush_names(parent)?;
        disk.rename_to_free(parent, staged, out)
    };
    if let Err(error) = put() {
        disk.rename_to_free(parent, &aside, out).during("put back the old site at", path)?;
        return Ok(Err(error).during("put the new site at", path)?);
    }
    Ok(Swapped { method: Method::TwoRenames, old: Some((aside, before.identity)) })
}

/// Makes the swap last. If that fails, the old site must stay where it is, under its temporary name:
/// after a power cut the name of the output may still mean it.
pub(super) fn make_durable<D: Disk>(job: &Job<'_, D>) -> Result<(), Failure> {
    let doing = "make sure that a power cut cannot undo the swap of (the new site is in place)";
    job.disk.flush_names(job.parent).during(doing, &job.place.path)
}

/// Removes the old site. What goes wrong here is only litter, which the next run removes.
pub(super) fn discard<D: Disk>(
    job: &Job<'_, D>,
    before: Option<&Before<D::Folder>>,
    swapped: &Swapped,
) -> Option<String> {
    let (name, identity) = swapped.old.as_ref()?;
    // The next run must know it as ours if we are killed half-way.
    let marked = before.is_none_or(|before| before.marked) || {
        let text = marker::text([]);
        before.is_some_and(|before| {
            job.disk.create(&before.folder, marker::NAME.as_ref(), text.as_bytes()).is_ok()
        })
    };
    match remove::tree(job.disk, job.parent, name, Some(*identity)) {
        Ok(()) => None,
        Err(error) => {
            let path = job.place.parent.join(name);
            let next = if marked { "the next build tries again" } else { "remove it by hand" };
            Some(format!("could not remove the old site, now at {}: {error}; {next}", path.display()))
        }
    }
}

/// Puts the old site back if a run was killed between two renames.
pub(super) fn heal<D: Disk>(job: &Job<'_, D>) -> Result<(), Failure> {
    let out = job.place.name.as_os_str();
    match job.disk.open(job.parent, out.as_ref()) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        // Whatever else is wrong with it, it is there.
        _ => return Ok(()),
    }
    let prefix = stage::prefix(out, "old");
    let parent = &job.place.parent;
    let entries = job.disk.entries(job.parent).during("list the folder", parent)?;
    let aside = entries
        .into_iter()
        .filter(|entry| entry.kind == Kind::Folder && remove::is_temporary(&entry.name, &prefix))
        .map(|entry| entry.name)
        .max();
    let Some(aside) = aside else { return Ok(()) };
    job.disk.rename_to_free(job.parent, &aside, out).during("put back the old site at", &job.place.path)
}

/// Nobody may have put something else, such as a link, in the output's place since we looked.
fn same_folder<D: Disk>(job: &Job<'_, D>, before: &Before<D::Folder>) -> Result<(), Failure> {
    let found = job.disk.open(job.parent, job.place.name.as_ref());
    let identity = found.and_then(|folder| job.disk.identity(&folder));
    match identity.during("find again the output folder", &job.place.path)? {
        identity if identity == before.identity => Ok(()),
        _ => Err(io::Error::other("somebody put another folder there during the build"))
            .during("replace", &job.place.path),
    }
}

/// Whether the folder can be written to but not renamed: a lower layer, a mount point, a closed parent.
fn cannot_rename(error: &io::Error) -> bool {
    lock::closed(error) || matches!(error.kind(), ErrorKind::CrossesDevices | ErrorKind::ResourceBusy)
}
