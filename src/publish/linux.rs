//! Linux: everything by open folders, one flush, an atomic exchange.

use std::cell::RefCell;
use std::ffi::{OsStr, OsString};
use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path};

use rustix::fs::{
    AtFlags, CWD, FileType, Mode, OFlags, RawDir, RenameFlags, ResolveFlags, SeekFrom, Stat, fchmod, fstat,
    fstatvfs, fsync, linkat, mkdirat, openat, openat2, readlinkat, renameat, renameat_with, seek, statat,
    symlinkat, syncfs, unlinkat,
};
use rustix::io::Errno;

use super::disk::{Disk, Entry, Identity, Kind, Locking};

/// The disk as Linux offers it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Linux;

/// A lock file, or a folder that serves as one.
#[derive(Debug)]
pub struct Lock {
    file: File,
    /// Whether we made the file just now, so that its permissions tell those of the files to come.
    fresh: bool,
}

const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC);
/// `NONBLOCK`, because a pipe may stand where a file is expected.
const READ: OFlags = OFlags::RDONLY.union(OFlags::NOFOLLOW).union(OFlags::NONBLOCK).union(OFlags::CLOEXEC);
const CREATE: OFlags =
    OFlags::RDWR.union(OFlags::CREATE).union(OFlags::EXCL).union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC);
const FILE_MODE: Mode = Mode::from_raw_mode(0o644);
const FOLDER_MODE: Mode = Mode::from_raw_mode(0o755);

impl Disk for Linux {
    type Folder = OwnedFd;
    type Lock = Lock;

    fn open_root(&self, path: &Path) -> io::Result<OwnedFd> {
        match openat2(CWD, path, FOLDER, Mode::empty(), ResolveFlags::NO_SYMLINKS) {
            // Kernels before 5.6, and containers that forbid what they do not know.
            Err(Errno::NOSYS | Errno::PERM) => Ok(openat(CWD, path, FOLDER, Mode::empty())?),
            opened => Ok(opened?),
        }
    }

    fn open(&self, base: &OwnedFd, below: &Path) -> io::Result<OwnedFd> {
        let path = if below.as_os_str().is_empty() { Path::new(".") } else { below };
        let within = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_XDEV;
        match openat2(base, path, FOLDER, Mode::empty(), within) {
            Err(Errno::NOSYS | Errno::PERM) => open_step_by_step(base, path),
            opened => Ok(opened?),
        }
    }

    fn identity(&self, folder: &OwnedFd) -> io::Result<Identity> {
        Ok(identity(&fstat(folder)?))
    }

    fn entries(&self, folder: &OwnedFd) -> io::Result<Vec<Entry>> {
        seek(folder, SeekFrom::Start(0))?;
        let mut buffer = [MaybeUninit::uninit(); 16 * 1024];
        let mut listing = RawDir::new(folder, &mut buffer);
        let mut entries = Vec::new();
        while let Some(entry) = listing.next() {
            let entry = entry?;
            let name = entry.file_name();
            if matches!(name.to_bytes(), b"." | b"..") {
                continue;
            }
            let mut kind = entry.file_type();
            if kind == FileType::Unknown {
                kind = FileType::from_raw_mode(statat(folder, name, AtFlags::SYMLINK_NOFOLLOW)?.st_mode);
            }
            let kind = match kind {
                FileType::RegularFile => Kind::File,
                FileType::Directory => Kind::Folder,
                _ => Kind::Other,
            };
            entries.push(Entry { name: OsStr::from_bytes(name.to_bytes()).to_owned(), kind });
        }
        Ok(entries)
    }

    fn make_folder(&self, parent: &OwnedFd, name: &OsStr) -> io::Result<()> {
        Ok(mkdirat(parent, name, FOLDER_MODE)?)
    }

    fn copy_permissions(&self, from: &OwnedFd, to: &OwnedFd) -> io::Result<()> {
        Ok(fchmod(to, Mode::from_raw_mode(fstat(from)?.st_mode))?)
    }

    fn read(&self, folder: &OwnedFd, name: &OsStr, limit: usize) -> io::Result<Vec<u8>> {
        let file = File::from(openat(folder, name, READ, Mode::empty())?);
        let stat = fstat(&file)?;
        if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
            return Err(ErrorKind::InvalidData.into());
        }
        let mut bytes = Vec::new();
        file.take(limit as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > limit { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
    }

    fn holds(&self, folder: &OwnedFd, name: &OsStr, bytes: &[u8], mode: Option<u32>) -> io::Result<bool> {
        let mut file = match openat(folder, name, READ, Mode::empty()) {
            Ok(file) => File::from(file),
            Err(Errno::NOENT | Errno::LOOP | Errno::ACCESS | Errno::NXIO) => return Ok(false),
            Err(error) => return Err(error.into()),
        };
        let stat = fstat(&file)?;
        let regular = FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile;
        let same_mode = mode.is_none_or(|mode| stat.st_mode & 0o7777 == mode);
        if !regular || !same_mode || u64::try_from(stat.st_size) != Ok(bytes.len() as u64) {
            return Ok(false);
        }
        reads_as(&mut file, bytes)
    }

    fn create(&self, folder: &OwnedFd, name: &OsStr, bytes: &[u8]) -> io::Result<()> {
        // Not buffered, so there is no buffer to flush; short writes and EINTR are `write_all`'s.
        File::from(openat(folder, name, CREATE, FILE_MODE)?).write_all(bytes)
    }

    fn link(&self, from: &OwnedFd, name: &OsStr, to: &OwnedFd) -> io::Result<()> {
        Ok(linkat(from, name, to, name, AtFlags::empty())?)
    }

    fn copy(&self, from: &OwnedFd, name: &OsStr, to: &OwnedFd) -> io::Result<()> {
        let stat = statat(from, name, AtFlags::SYMLINK_NOFOLLOW)?;
        match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile => {
                let mut source = File::from(openat(from, name, READ, Mode::empty())?);
                let mut copy = File::from(openat(to, name, CREATE, Mode::RUSR | Mode::WUSR)?);
                io::copy(&mut source, &mut copy)?;
                Ok(fchmod(&copy, Mode::from_raw_mode(stat.st_mode))?)
            }
            FileType::Symlink => Ok(symlinkat(readlinkat(from, name, Vec::new())?, to, name)?),
            _ => Err(ErrorKind::Unsupported.into()),
        }
    }

    fn flush(&self, folder: &OwnedFd) -> io::Result<()> {
        Ok(syncfs(folder)?)
    }

    fn flush_names(&self, folder: &OwnedFd) -> io::Result<()> {
        Ok(fsync(folder)?)
    }

    fn exchange(&self, folder: &OwnedFd, one: &OsStr, other: &OsStr) -> io::Result<()> {
        Ok(renameat_with(folder, one, folder, other, RenameFlags::EXCHANGE)?)
    }

    fn rename_to_free(&self, folder: &OwnedFd, from: &OsStr, to: &OsStr) -> io::Result<()> {
        match renameat_with(folder, from, folder, to, RenameFlags::NOREPLACE) {
            // No such flag here; looking first is the next best, and we hold the lock.
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {
                match statat(folder, to, AtFlags::SYMLINK_NOFOLLOW) {
                    Err(Errno::NOENT) => Ok(renameat(folder, from, folder, to)?),
                    Ok(_) => Err(Errno::EXIST.into()),
                    Err(error) => Err(error.into()),
                }
            }
            renamed => Ok(renamed?),
        }
    }

    fn replace(&self, from: &OwnedFd, name: &OsStr, to: &OwnedFd) -> io::Result<()> {
        Ok(renameat(from, name, to, name)?)
    }

    fn remove_file(&self, folder: &OwnedFd, name: &OsStr) -> io::Result<()> {
        Ok(unlinkat(folder, name, AtFlags::empty())?)
    }

    fn remove_folder(&self, parent: &OwnedFd, name: &OsStr) -> io::Result<()> {
        Ok(unlinkat(parent, name, AtFlags::REMOVEDIR)?)
    }

    fn free(&self, folder: &OwnedFd) -> io::Result<u64> {
        let figures = fstatvfs(folder)?;
        Ok(figures.f_bavail.saturating_mul(figures.f_frsize))
    }

    fn usual_mode(&self, lock: &Lock) -> Option<u32> {
        // Asking what a file just got also knows about default ACLs; reading the umask would change it.
        let stat = fstat(&lock.file).ok().filter(|_| lock.fresh)?;
        Some(stat.st_mode & 0o7777)
    }

    fn lock(&self, folder: &OwnedFd, name: &OsStr) -> io::Result<Locking<Lock>> {
        loop {
            let (mut file, fresh) = match openat(folder, name, CREATE, FILE_MODE) {
                Ok(file) => (File::from(file), true),
                Err(Errno::EXIST) => match open_lock(folder, name) {
                    // Its owner has just finished.
                    Err(Errno::NOENT) => continue,
                    opened => (File::from(opened?), false),
                },
                Err(error) => return Err(error.into()),
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let mut owner = String::new();
                    // Only for the message; a lock that is just being written may be empty.
                    let _ = Read::by_ref(&mut file).take(200).read_to_string(&mut owner);
                    return Ok(Locking::Theirs(owner.trim().to_owned()));
                }
                Err(TryLockError::Error(error)) => return Err(error),
            }
            // The last owner removed the file before freeing it: what we hold may have no name any more.
            match statat(folder, name, AtFlags::SYMLINK_NOFOLLOW) {
                Ok(named) if identity(&named) == identity(&fstat(&file)?) => {
                    // For the message of those who wait; a full disk must not stop us here.
                    let _ = file.set_len(0);
                    let _ = file.write_all(format!("process {}\n", std::process::id()).as_bytes());
                    return Ok(Locking::Ours(Lock { file, fresh }));
                }
                Ok(_) | Err(Errno::NOENT) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn lock_folder(&self, folder: &OwnedFd) -> io::Result<Locking<Lock>> {
        // A descriptor of its own: one that is shared would share the lock.
        let file = File::from(openat(folder, c".", FOLDER, Mode::empty())?);
        match file.try_lock() {
            Ok(()) => Ok(Locking::Ours(Lock { file, fresh: false })),
            Err(TryLockError::WouldBlock) => Ok(Locking::Theirs(String::new())),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    fn unlock(&self, folder: &OwnedFd, name: &OsStr, lock: Lock) {
        // A lock file that stays is taken over by the next run.
        let _ = unlinkat(folder, name, AtFlags::empty());
        drop(lock);
    }
}

fn identity(stat: &Stat) -> Identity {
    (stat.st_dev, stat.st_ino)
}

/// A lock file that is there. One that a killed run of another user left can still be locked.
fn open_lock(folder: &OwnedFd, name: &OsStr) -> rustix::io::Result<OwnedFd> {
    match openat(folder, name, CREATE.difference(OFlags::CREATE | OFlags::EXCL), Mode::empty()) {
        Err(Errno::ACCESS) => openat(folder, name, READ, Mode::empty()),
        opened => opened,
    }
}

/// `openat2` by hand, for systems without it. A bind mount of the same file system is not noticed.
fn open_step_by_step(base: &OwnedFd, below: &Path) -> io::Result<OwnedFd> {
    let mut folder = openat(base, c".", FOLDER, Mode::empty())?;
    for component in below.components() {
        let name: OsString = match component {
            Component::CurDir => continue,
            Component::Normal(name) => name.to_owned(),
            _ => return Err(Errno::XDEV.into()),
        };
        let next = openat(&folder, name, FOLDER, Mode::empty())?;
        if fstat(&next)?.st_dev != fstat(&folder)?.st_dev {
            return Err(Errno::XDEV.into());
        }
        folder = next;
    }
    Ok(folder)
}

/// Whether the rest of `file` is exactly `bytes`.
fn reads_as(file: &mut File, bytes: &[u8]) -> io::Result<bool> {
    thread_local! {
        static BUFFER: RefCell<Vec<u8>> = RefCell::new(vec![0; 64 * 1024]);
    }
    BUFFER.with_borrow_mut(|buffer| {
        let mut rest = bytes;
        loop {
            let read = match rustix::io::read(file.as_fd(), buffer.as_mut_slice()) {
                Ok(read) => read,
                Err(Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            };
            let (Some(found), Some((expected, after))) = (buffer.get(..read), rest.split_at_checked(read))
            else {
                return Ok(false);
            };
            if found != expected {
                return Ok(false);
            }
            if read == 0 {
                return Ok(after.is_empty());
            }
            rest = after;
        }
    })
}
