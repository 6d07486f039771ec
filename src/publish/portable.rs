//! Systems other than Linux: the same calls by path, with weaker promises.
//!
//! Weaker, because the standard library has no open folders: a link that is put in the way during
//! the run may be followed. Each file is flushed as it is written. macOS swaps folders in one
//! instant; Windows cannot, and falls back to two renames. Lock files stay behind.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Component, Path, PathBuf};

use super::disk::{Disk, Entry, Identity, Kind, Locking};

/// The disk as the standard library offers it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Portable;

impl Disk for Portable {
    type Folder = PathBuf;
    type Lock = Option<File>;

    fn open_root(&self, path: &Path) -> io::Result<PathBuf> {
        if fs::symlink_metadata(path)?.is_dir() { Ok(path.to_owned()) } else { not_a_folder() }
    }

    fn open(&self, base: &PathBuf, below: &Path) -> io::Result<PathBuf> {
        let mut folder = base.clone();
        for component in below.components() {
            let Component::Normal(name) = component else { return not_a_folder() };
            folder.push(name);
            if !fs::symlink_metadata(&folder)?.is_dir() {
                return not_a_folder();
            }
        }
        Ok(folder)
    }

    fn identity(&self, folder: &PathBuf) -> io::Result<Identity> {
        identity(&fs::symlink_metadata(folder)?)
    }

    fn entries(&self, folder: &PathBuf) -> io::Result<Vec<Entry>> {
        fs::read_dir(folder)?
            .map(|entry| {
                let entry = entry?;
                let file_type = entry.file_type()?;
                let kind = match () {
                    () if file_type.is_file() => Kind::File,
                    () if file_type.is_dir() => Kind::Folder,
                    () => Kind::Other,
                };
                Ok(Entry { name: entry.file_name(), kind })
            })
            .collect()
    }

    fn make_folder(&self, parent: &PathBuf, name: &OsStr) -> io::Result<()> {
        fs::create_dir(parent.join(name))
    }

    fn copy_permissions(&self, from: &PathBuf, to: &PathBuf) -> io::Result<()> {
        fs::set_permissions(to, fs::symlink_metadata(from)?.permissions())
    }

    fn read(&self, folder: &PathBuf, name: &OsStr, limit: usize) -> io::Result<Vec<u8>> {
        let path = regular(folder, name)?;
        let mut bytes = Vec::new();
        File::open(path)?.take(limit as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > limit { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
    }

    fn holds(&self, folder: &PathBuf, name: &OsStr, bytes: &[u8], _: Option<u32>) -> io::Result<bool> {
        let Ok(path) = regular(folder, name) else { return Ok(false) };
        if fs::symlink_metadata(&path)?.len() != bytes.len() as u64 {
            return Ok(false);
        }
        Ok(self.read(folder, name, bytes.len())? == bytes)
    }

    fn create(&self, folder: &PathBuf, name: &OsStr, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(folder.join(name))?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn link(&self, from: &PathBuf, name: &OsStr, to: &PathBuf) -> io::Result<()> {
        fs::hard_link(from.join(name), to.join(name))
    }

    fn copy(&self, from: &PathBuf, name: &OsStr, to: &PathBuf) -> io::Result<()> {
        let path = regular(from, name)?;
        let copy = to.join(name);
        fs::copy(path, &copy)?;
        OpenOptions::new().write(true).open(copy)?.sync_all()
    }

    fn flush(&self, _: &PathBuf) -> io::Result<()> {
        // Each file was flushed when it was written.
        Ok(())
    }

    fn flush_names(&self, folder: &PathBuf) -> io::Result<()> {
        // Windows cannot open a folder as a file, and has nothing to flush there.
        if cfg!(windows) { Ok(()) } else { File::open(folder)?.sync_all() }
    }

    fn exchange(&self, folder: &PathBuf, one: &OsStr, other: &OsStr) -> io::Result<()> {
        exchange(&folder.join(one), &folder.join(other))
    }

    fn rename_to_free(&self, folder: &PathBuf, from: &OsStr, to: &OsStr) -> io::Result<()> {
        match fs::symlink_metadata(folder.join(to)) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                fs::rename(folder.join(from), folder.join(to))
            }
            Ok(_) => Err(ErrorKind::AlreadyExists.into()),
            Err(error) => Err(error),
        }
    }

    fn replace(&self, from: &PathBuf, name: &OsStr, to: &PathBuf) -> io::Result<()> {
        fs::rename(from.join(name), to.join(name))
    }

    fn remove_file(&self, folder: &PathBuf, name: &OsStr) -> io::Result<()> {
        fs::remove_file(folder.join(name))
    }

    fn remove_folder(&self, parent: &PathBuf, name: &OsStr) -> io::Result<()> {
        fs::remove_dir(parent.join(name))
    }

    fn free(&self, _: &PathBuf) -> io::Result<u64> {
        Err(ErrorKind::Unsupported.into())
    }

    fn usual_mode(&self, _: &Option<File>) -> Option<u32> {
        None
    }

    fn lock(&self, folder: &PathBuf, name: &OsStr) -> io::Result<Locking<Option<File>>> {
        let path = folder.join(name);
        if fs::symlink_metadata(&path).is_ok_and(|found| !found.is_file()) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Locking::Ours(Some(file))),
            Err(TryLockError::WouldBlock) => Ok(Locking::Theirs(String::new())),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn lock_folder(&self, _: &PathBuf) -> io::Result<Locking<Option<File>>> {
        Ok(Locking::Ours(None))
    }

    fn unlock(&self, _: &PathBuf, _: &OsStr, lock: Option<File>) {
        drop(lock);
    }
}

fn not_a_folder<T>() -> io::Result<T> {
    Err(ErrorKind::NotADirectory.into())
}

/// The path of a file that is a regular file.
fn regular(folder: &Path, name: &OsStr) -> io::Result<PathBuf> {
    let path = folder.join(name);
    if fs::symlink_metadata(&path)?.is_file() { Ok(path) } else { Err(ErrorKind::InvalidData.into()) }
}

#[cfg(unix)]
fn identity(found: &fs::Metadata) -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt;
    Ok((found.dev(), found.ino()))
}

/// Windows tells it only by open handles; every folder is then taken for the one we looked at.
#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> io::Result<Identity> {
    Ok((0, 0))
}

#[cfg(target_vendor = "apple")]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_vendor = "apple"))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}
