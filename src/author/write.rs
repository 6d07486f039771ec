//! Safe writing of source files: whole or not at all, never over something, never outside the root.
//!
//! 1. Every folder on the way is opened from the one above it and must be a folder, not a link.
//! 2. The bytes go to a hidden file beside the target and are brought to the disk.
//! 3. That file takes the target's name, in one step that fails when the name is taken
//!    ([`Root::create`]) or that replaces the old file ([`Root::replace`]; [`Root::rewrite`] looks
//!    once more whether the old file is the one that was read).
//! 4. The name is brought to the disk; only then we say it is written.
//!
//! A run that is killed leaves at most the hidden file (`.name.shirube-…`), which no stage reads.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use rustix::fs::{
    AtFlags, CWD, FileType, Mode, OFlags, RenameFlags, Stat, fchmod, linkat, mkdirat, openat, renameat,
    renameat_with, statat, unlinkat,
};
use rustix::io::Errno;

use crate::diag::{Failure, visible};

/// A handbook's root folder, held open.
#[derive(Debug)]
pub struct Root {
    folder: OwnedFd,
    path: PathBuf,
}

impl Root {
    /// Opens `path`, which must be a folder. The root itself may be reached through links: the user named it.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        match openat(CWD, path, flags, Mode::empty()) {
            Ok(folder) => Ok(Self { folder, path: path.to_owned() }),
            Err(Errno::NOTDIR) => Err(Failure::usage(format!("{} is not a folder", shown(path)))),
            Err(error) => Err(Failure::machine("open the folder", path, error.into())),
        }
    }

    /// Opens `path`, made first where it is missing.
    pub fn open_or_make(path: &Path) -> Result<Self, Failure> {
        match std::fs::create_dir_all(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(Failure::usage(format!("{} is not a folder", shown(path))))
            }
            Err(error) => Err(Failure::machine("make the folder", path, error)),
            Ok(()) => Self::open(path),
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether there is something (a file, a folder, a link wherever it leads) at `relative`.
    pub fn holds(&self, relative: &str) -> bool {
        statat(&self.folder, relative, AtFlags::SYMLINK_NOFOLLOW).is_ok()
    }

    /// The names of the folders in the folder `relative`, sorted; none where there is no such folder.
    pub fn folders(&self, relative: &str) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.path.join(relative)) else { return Vec::new() };
        let folders = entries.flatten().filter(|entry| entry.file_type().is_ok_and(|sort| sort.is_dir()));
        let mut names: Vec<String> =
            folders.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.retain(|name| !name.starts_with('.'));
        names.sort();
        names
    }

    /// Writes a new file, with the folders it needs. Whatever has its name already stays as it is, and
    /// is a [`Failure::Usage`].
    pub fn create(&self, relative: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
        let target = self.target(relative, Missing::Make)?;
        if statat(&target.folder, &target.name, AtFlags::SYMLINK_NOFOLLOW).is_ok() {
            return Err(taken(relative));
        }
        target.write(bytes, None, |target, temporary| target.take_free_name(temporary)).map_err(|error| {
            match error {
                Errno::EXIST => taken(relative),
                error => Failure::machine("write", &target.path, error.into()),
            }
        })?;
        Ok(target.path)
    }

    /// Writes a file in place of the old one, or a new one. A link or a read-only file is left alone.
    pub fn replace(&self, relative: &str, bytes: &[u8]) -> Result<PathBuf, Failure> {
        let target = self.target(relative, Missing::Make)?;
        let mode = match statat(&target.folder, &target.name, AtFlags::SYMLINK_NOFOLLOW) {
            Err(Errno::NOENT) => None,
            Err(error) => return Err(Failure::machine("look at", &target.path, error.into())),
            Ok(stat) => Some(replaceable(&stat, relative)?),
        };
        let written = target.write(bytes, mode, |target, temporary| {
            renameat(&target.folder, temporary, &target.folder, &target.name)
        });
        written.map_err(|error| Failure::machine("write", &target.path, error.into()))?;
        Ok(target.path)
    }

    /// The bytes of a file. Links are not followed.
    pub fn read(&self, relative: &str) -> Result<Vec<u8>, Failure> {
        let target = self.target(relative, Missing::Refuse)?;
        target.read().map_err(|error| Failure::machine("read", &target.path, error.into()))
    }

    /// Writes a file in place of one that holds `before`; false when it holds something else by now, and
    /// then it is left as it is. So is a link or a read-only file, which is a [`Failure::Usage`].
    pub fn rewrite(&self, relative: &str, before: &[u8], after: &[u8]) -> Result<bool, Failure> {
        let target = self.target(relative, Missing::Refuse)?;
        let stat = statat(&target.folder, &target.name, AtFlags::SYMLINK_NOFOLLOW);
        let stat = match stat {
            Ok(stat) => stat,
            Err(Errno::NOENT) => return Ok(false),
            Err(error) => return Err(Failure::machine("look at", &target.path, error.into())),
        };
        let mode = replaceable(&stat, relative)?;
        let mut is_same = false;
        let written = target.write(after, Some(mode), |target, temporary| {
            // As late as can be: what somebody saves after this look, and before the next line, is lost.
            is_same = target.read()? == before;
            match is_same {
                true => renameat(&target.folder, temporary, &target.folder, &target.name),
                false => unlinkat(&target.folder, temporary, AtFlags::empty()),
            }
        });
        match written {
            Ok(()) => Ok(is_same),
            Err(Errno::NOENT) => Ok(false),
            Err(error) => Err(Failure::machine("write", &target.path, error.into())),
        }
    }

    /// Opens the folder of `relative`.
    fn target(&self, relative: &str, missing: Missing) -> Result<Target, Failure> {
        let outside =
            || Failure::usage(format!("{} is no path below the handbook's root", visible(relative)));
        let mut steps: Vec<&str> = relative.split('/').collect();
        let name = steps.pop().unwrap_or_default();
        let is_name = |step: &str| !matches!(step, "" | "." | "..") && !step.contains(['\\', '\0']);
        if !is_name(name) || !steps.iter().all(|step| is_name(step)) {
            return Err(outside());
        }
        let path = self.path.join(relative);
        let duplicated = self.folder.try_clone();
        let mut folder =
            duplicated.map_err(|error| Failure::machine("open the folder", &self.path, error))?;
        for step in steps {
            folder = enter(&folder, step, missing).map_err(|error| match error {
                // Which of the two a system reports for a link differs.
                Errno::NOTDIR | Errno::LOOP => Failure::usage(format!(
                    "cannot write {}: `{}` on the way is a link or a file, not a folder",
                    visible(relative),
                    visible(step)
                )),
                error => Failure::machine("open the folder of", &path, error.into()),
            })?;
        }
        Ok(Target { folder, name: name.to_owned(), path })
    }
}

/// What happens to a folder that is not there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Missing {
    Make,
    Refuse,
}

/// A name in a folder held open.
struct Target {
    folder: OwnedFd,
    name: String,
    /// For messages.
    path: PathBuf,
}

impl Target {
    /// Writes `bytes` to a hidden file, lets `settle` give it the name, and makes both durable.
    fn write(
        &self,
        bytes: &[u8],
        mode: Option<Mode>,
        settle: impl FnOnce(&Self, &str) -> Result<(), Errno>,
    ) -> Result<(), Errno> {
        let (file, temporary) = self.temporary()?;
        let result = fill(file, bytes, mode).and_then(|()| settle(self, &temporary));
        if result.is_err() {
            // Of both errors the first is the one to tell.
            let _ = unlinkat(&self.folder, &temporary, AtFlags::empty());
        }
        result?;
        // Some file systems cannot bring a folder to the disk, and then need not.
        match rustix::fs::fsync(&self.folder) {
            Err(error) if error != Errno::INVAL => Err(error),
            _ => Ok(()),
        }
    }

    fn read(&self) -> Result<Vec<u8>, Errno> {
        // A pipe that took the name would be waited for.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let mut file = File::from(openat(&self.folder, &self.name, flags, Mode::empty())?);
        let mut bytes = Vec::new();
        let read = file.read_to_end(&mut bytes);
        read.map_err(|error| Errno::from_io_error(&error).unwrap_or(Errno::IO))?;
        Ok(bytes)
    }

    /// A new hidden file beside the target. Leftovers of killed runs only cost a number.
    fn temporary(&self) -> Result<(File, String), Errno> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let process = std::process::id();
        // Names have at most 255 bytes; the target's own may use them all.
        let stem = &self.name[..self.name.floor_char_boundary(200)];
        let mut number = 0;
        loop {
            let name = format!(".{stem}.shirube-{process}-{number}");
            match openat(&self.folder, &name, flags, Mode::from_raw_mode(0o666)) {
                Ok(file) => return Ok((file.into(), name)),
                Err(Errno::EXIST) if number < 100 => number += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// Renames to the target unless the name is taken, in one step.
    fn take_free_name(&self, temporary: &str) -> Result<(), Errno> {
        let (folder, name) = (&self.folder, &self.name);
        match renameat_with(folder, temporary, folder, name, RenameFlags::NOREPLACE) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            result => return result,
        }
        // A second name fails just as safely when the name is taken, where the system cannot do it in one step.
        linkat(folder, temporary, folder, name, AtFlags::empty())?;
        unlinkat(folder, temporary, AtFlags::empty())
    }
}

/// Opens a folder below `parent`. A link is an error.
fn enter(parent: &OwnedFd, name: &str, missing: Missing) -> Result<OwnedFd, Errno> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    match openat(parent, name, flags, Mode::empty()) {
        Err(Errno::NOENT) if missing == Missing::Make => {}
        result => return result,
    }
    match mkdirat(parent, name, Mode::from_raw_mode(0o777)) {
        // Somebody else made it at the same moment.
        Ok(()) | Err(Errno::EXIST) => {}
        Err(error) => return Err(error),
    }
    openat(parent, name, flags, Mode::empty())
}

fn fill(mut file: File, bytes: &[u8], mode: Option<Mode>) -> Result<(), Errno> {
    if let Some(mode) = mode {
        fchmod(&file, mode)?;
    }
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.map_err(|error| Errno::from_io_error(&error).unwrap_or(Errno::IO))
}

/// The permissions of a file that may be replaced.
fn replaceable(stat: &Stat, relative: &str) -> Result<Mode, Failure> {
    let relative = visible(relative);
    if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
        return Err(Failure::usage(format!(
            "{relative} is a link or a folder, not a file; it is left alone"
        )));
    }
    let mode = Mode::from_raw_mode(stat.st_mode);
    if !mode.intersects(Mode::WUSR | Mode::WGRP | Mode::WOTH) {
        return Err(Failure::usage(format!("{relative} is read-only; it is left alone")));
    }
    Ok(mode)
}

fn taken(relative: &str) -> Failure {
    Failure::usage(format!("{} is there already; it is left alone", visible(relative)))
}

fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy()).into_owned()
}
