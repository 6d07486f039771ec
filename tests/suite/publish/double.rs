//! A disk that fails when it is told to.

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::sync::Mutex;

use shirube::publish::Disk;
use shirube::publish::Interrupt;
use shirube::publish::disk::{Entry, Identity, Locking};

pub const EIO: i32 = 5;
pub const EACCES: i32 = 13;
pub const EBUSY: i32 = 16;
pub const EXDEV: i32 = 18;
pub const EINVAL: i32 = 22;
pub const ENOSPC: i32 = 28;

/// Another disk, with faults. It never waits for the disk proper: these tests pull no plug.
#[derive(Debug)]
pub struct Double<D> {
    disk: D,
    plan: Plan,
    state: Mutex<State>,
}

/// What goes wrong.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The call, counted from 1, that fails with this error.
    pub fault: Option<(usize, i32)>,
    /// Whether all calls after the fault fail too, as if the process had been killed.
    pub dead_after: bool,
    /// The call at which somebody presses Ctrl-C.
    pub interrupt: Option<(usize, Interrupt)>,
    /// Calls that this disk never can, by name.
    pub cannot: Vec<(&'static str, i32)>,
    /// Names that this disk takes for one with another: lower case only.
    pub folds_case: bool,
}

#[derive(Debug, Default)]
struct State {
    calls: usize,
    failed_at: Option<&'static str>,
    log: Vec<&'static str>,
}

impl<D: Disk> Double<D> {
    pub fn new(disk: D) -> Self {
        Self::with(disk, Plan::default())
    }

    pub fn with(disk: D, plan: Plan) -> Self {
        Self { disk, plan, state: Mutex::default() }
    }

    /// The name of the call that the plan made fail, if it came to that.
    pub fn failed_at(&self) -> Option<&'static str> {
        self.state.lock().unwrap().failed_at
    }

    /// The names of all calls so far.
    pub fn log(&self) -> Vec<&'static str> {
        self.state.lock().unwrap().log.clone()
    }

    fn step(&self, name: &'static str) -> io::Result<()> {
        let mut state = self.state.lock().unwrap();
        state.calls += 1;
        state.log.push(name);
        if let Some((call, interrupt)) = &self.plan.interrupt
            && *call == state.calls
        {
            interrupt.raise(2);
            state.failed_at = Some(name);
        }
        match self.plan.fault {
            Some((call, error)) if call == state.calls => {
                state.failed_at = Some(name);
                Err(io::Error::from_raw_os_error(error))
            }
            Some((call, error)) if self.plan.dead_after && state.calls > call => {
                Err(io::Error::from_raw_os_error(error))
            }
            _ => match self.plan.cannot.iter().find(|(cannot, _)| *cannot == name) {
                Some((_, error)) => Err(io::Error::from_raw_os_error(*error)),
                None => Ok(()),
            },
        }
    }
}

impl<D: Disk> Disk for Double<D> {
    type Folder = D::Folder;
    type Lock = D::Lock;

    fn open_root(&self, path: &Path) -> io::Result<D::Folder> {
        self.step("open_root")?;
        self.disk.open_root(path)
    }

    fn open(&self, base: &D::Folder, below: &Path) -> io::Result<D::Folder> {
        self.step("open")?;
        self.disk.open(base, below)
    }

    fn identity(&self, folder: &D::Folder) -> io::Result<Identity> {
        self.step("identity")?;
        self.disk.identity(folder)
    }

    fn entries(&self, folder: &D::Folder) -> io::Result<Vec<Entry>> {
        self.step("entries")?;
        self.disk.entries(folder)
    }

    fn make_folder(&self, parent: &D::Folder, name: &OsStr) -> io::Result<()> {
        self.step("make_folder")?;
        self.disk.make_folder(parent, name)
    }

    fn copy_permissions(&self, from: &D::Folder, to: &D::Folder) -> io::Result<()> {
        self.step("copy_permissions")?;
        self.disk.copy_permissions(from, to)
    }

    fn read(&self, folder: &D::Folder, name: &OsStr, limit: usize) -> io::Result<Vec<u8>> {
        self.step("read")?;
        self.disk.read(folder, name, limit)
    }

    fn holds(&self, folder: &D::Folder, name: &OsStr, bytes: &[u8], mode: Option<u32>) -> io::Result<bool> {
        self.step("holds")?;
        self.disk.holds(folder, name, bytes, mode)
    }

    fn create(&self, folder: &D::Folder, name: &OsStr, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.step("create") {
            // A failed write leaves what it had written, unless nothing can be written at all.
            if self.failed_at() == Some("create") {
                let _ = self.disk.create(folder, name, &bytes[..bytes.len() / 2]);
            }
            return Err(error);
        }
        if self.plan.folds_case {
            let folded = name.to_ascii_lowercase();
            let taken = self.disk.entries(folder)?.iter().any(|entry| entry.name == folded);
            // The worst kind of such disks: not even an error.
            return if taken { Ok(()) } else { self.disk.create(folder, &folded, bytes) };
        }
        self.disk.create(folder, name, bytes)
    }

    fn link(&self, from: &D::Folder, name: &OsStr, to: &D::Folder) -> io::Result<()> {
        self.step("link")?;
        self.disk.link(from, name, to)
    }

    fn copy(&self, from: &D::Folder, name: &OsStr, to: &D::Folder) -> io::Result<()> {
        self.step("copy")?;
        self.disk.copy(from, name, to)
    }

    fn flush(&self, _: &D::Folder) -> io::Result<()> {
        self.step("flush")
    }

    fn flush_names(&self, _: &D::Folder) -> io::Result<()> {
        self.step("flush_names")
    }

    fn exchange(&self, folder: &D::Folder, one: &OsStr, other: &OsStr) -> io::Result<()> {
        self.step("exchange")?;
        self.disk.exchange(folder, one, other)
    }

    fn rename_to_free(&self, folder: &D::Folder, from: &OsStr, to: &OsStr) -> io::Result<()> {
        self.step("rename_to_free")?;
        self.disk.rename_to_free(folder, from, to)
    }

    fn replace(&self, from: &D::Folder, name: &OsStr, to: &D::Folder) -> io::Result<()> {
        self.step("replace")?;
        self.disk.replace(from, name, to)
    }

    fn remove_file(&self, folder: &D::Folder, name: &OsStr) -> io::Result<()> {
        self.step("remove_file")?;
        self.disk.remove_file(folder, name)
    }

    fn remove_folder(&self, parent: &D::Folder, name: &OsStr) -> io::Result<()> {
        self.step("remove_folder")?;
        self.disk.remove_folder(parent, name)
    }

    fn free(&self, folder: &D::Folder) -> io::Result<u64> {
        self.step("free")?;
        self.disk.free(folder)
    }

    fn usual_mode(&self, lock: &D::Lock) -> Option<u32> {
        self.disk.usual_mode(lock)
    }

    fn lock(&self, folder: &D::Folder, name: &OsStr) -> io::Result<Locking<D::Lock>> {
        self.step("lock")?;
        self.disk.lock(folder, name)
    }

    fn lock_folder(&self, folder: &D::Folder) -> io::Result<Locking<D::Lock>> {
        self.step("lock_folder")?;
        self.disk.lock_folder(folder)
    }

    fn unlock(&self, folder: &D::Folder, name: &OsStr, lock: D::Lock) {
        // A dead process removes no file, but the system frees its locks.
        match self.step("unlock") {
            Ok(()) => self.disk.unlock(folder, name, lock),
            Err(_) => drop(lock),
        }
    }
}
