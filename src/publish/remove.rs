//! Deleting a tree: by open folders, links as links, never across a mount, the marker last.

use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::disk::{Disk, Identity, Kind};
use super::marker;

/// Removes the folder `name` with all that is in it, if it is still the folder `identity`.
///
/// The marker goes last, so that whatever a killed run leaves is known as ours by the next one.
pub(super) fn tree<D: Disk>(
    disk: &D,
    parent: &D::Folder,
    name: &OsStr,
    identity: Option<Identity>,
) -> io::Result<()> {
    let top = disk.open(parent, name.as_ref())?;
    if identity.is_some_and(|identity| disk.identity(&top).ok() != Some(identity)) {
        return Err(io::Error::new(ErrorKind::StaleNetworkFileHandle, "it is not the folder it was"));
    }
    let mut levels = Vec::new();
    let mut level = vec![PathBuf::new()];
    while !level.is_empty() {
        let emptied: Vec<Emptied> =
            level.into_par_iter().map(|path| empty(disk, &top, path)).collect::<io::Result<_>>()?;
        level = emptied
            .iter()
            .flat_map(|folder| folder.folders.iter().map(|name| folder.path.join(name)))
            .collect();
        levels.push(emptied);
    }
    for level in levels.iter().rev() {
        level.par_iter().filter(|folder| !folder.folders.is_empty()).try_for_each(|folder| {
            let opened = disk.open(&top, &folder.path)?;
            folder.folders.iter().try_for_each(|name| disk.remove_folder(&opened, name))
        })?;
    }
    if levels.first().is_some_and(|top| top.iter().any(|folder| folder.marked)) {
        disk.remove_file(&top, marker::NAME.as_ref())?;
    }
    disk.remove_folder(parent, name)
}

/// A folder that holds only folders any more, and perhaps the marker.
struct Emptied {
    path: PathBuf,
    folders: Vec<OsString>,
    marked: bool,
}

fn empty<D: Disk>(disk: &D, top: &D::Folder, path: PathBuf) -> io::Result<Emptied> {
    let folder = disk.open(top, &path)?;
    let at_top = path.as_os_str().is_empty();
    let mut emptied = Emptied { path, folders: Vec::new(), marked: false };
    for entry in disk.entries(&folder)? {
        match entry.kind {
            Kind::Folder => emptied.folders.push(entry.name),
            Kind::File if at_top && entry.name == marker::NAME => emptied.marked = true,
            Kind::File | Kind::Other => disk.remove_file(&folder, &entry.name)?,
        }
    }
    Ok(emptied)
}

/// Removes what killed runs left in `parent`: folders called `<prefix><process>-<random>`.
///
/// With `marked`, such a folder must also carry the marker or be empty. Returns complaints: litter
/// that stays is no reason not to publish.
pub(super) fn litter<D: Disk>(disk: &D, parent: &D::Folder, prefix: &OsStr, marked: bool) -> Vec<String> {
    let mut warnings = Vec::new();
    let entries = match disk.entries(parent) {
        Ok(entries) => entries,
        Err(error) => return vec![format!("could not look for what killed builds left: {error}")],
    };
    let mut names: Vec<OsString> = entries
        .into_iter()
        .filter(|entry| entry.kind == Kind::Folder && is_temporary(&entry.name, prefix))
        .map(|entry| entry.name)
        .collect();
    names.sort_unstable();
    for name in names {
        let removed = || -> io::Result<()> {
            if marked && !carries_marker(disk, parent, &name)? {
                let message = "it has the name of a leftover of ours, but not our marker; look and remove it";
                return Err(io::Error::other(message));
            }
            // The swap that made it litter must last before it goes.
            disk.flush_names(parent)?;
            tree(disk, parent, &name, None)
        };
        if let Err(error) = removed() {
            warnings.push(format!("left {} behind: {error}", Path::new(&name).display()));
        }
    }
    warnings
}

/// Whether the folder has our marker, or nothing at all.
fn carries_marker<D: Disk>(disk: &D, parent: &D::Folder, name: &OsStr) -> io::Result<bool> {
    let entries = disk.entries(&disk.open(parent, name.as_ref())?)?;
    Ok(entries.is_empty() || entries.iter().any(|entry| entry.name == marker::NAME))
}

/// A name that no run has used before.
pub(super) fn temporary_name(prefix: &OsStr) -> OsString {
    use std::hash::{BuildHasher, RandomState};
    let random = RandomState::new().hash_one(std::process::id());
    let mut name = prefix.to_owned();
    name.push(format!("{}-{random:016x}", std::process::id()));
    name
}

/// Whether [`temporary_name`] could have made `name`.
pub(super) fn is_temporary(name: &OsStr, prefix: &OsStr) -> bool {
    let Some(rest) = name.as_encoded_bytes().strip_prefix(prefix.as_encoded_bytes()) else { return false };
    let Some(dash) = rest.iter().position(|byte| *byte == b'-') else { return false };
    let (process, random) = rest.split_at(dash);
    !process.is_empty()
        && process.iter().all(u8::is_ascii_digit)
        && random.len() == 17
        && random.iter().skip(1).all(u8::is_ascii_hexdigit)
}
