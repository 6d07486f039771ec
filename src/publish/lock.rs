//! Step 2: one publisher at a time.

use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::thread;
use std::time::{Duration, Instant};

use super::disk::{Disk, Locking};
use super::place::Place;
use super::{During, Target};
use crate::diag::Failure;

/// The right to publish to one output, until dropped.
#[derive(Debug)]
pub(super) struct Held<'a, D: Disk> {
    disk: &'a D,
    parent: &'a D::Folder,
    name: OsString,
    /// `None` only while it is being dropped.
    lock: Option<D::Lock>,
    /// Whether the lock is a file beside the output. If not, nothing can be made there.
    pub beside: bool,
}

impl<D: Disk> Held<'_, D> {
    /// Permissions that new files get, if that can be told.
    pub fn usual_mode(&self) -> Option<u32> {
        self.lock.as_ref().and_then(|lock| self.disk.usual_mode(lock))
    }
}

impl<D: Disk> Drop for Held<'_, D> {
    fn drop(&mut self) {
        if let Some(lock) = self.lock.take() {
            self.disk.unlock(self.parent, &self.name, lock);
        }
    }
}

/// Takes the lock beside the output, waiting for another publisher as long as the target allows.
///
/// Where nothing can be made beside the output, the output folder itself is the lock.
pub(super) fn take<'a, D: Disk>(
    disk: &'a D,
    parent: &'a D::Folder,
    place: &Place,
    target: &Target,
) -> Result<Held<'a, D>, Failure> {
    let mut name = OsString::from(".");
    name.push(&place.name);
    name.push(".lock");
    let beside = match wait(place, target, || disk.lock(parent, &name)) {
        Err(Failure::Machine { error, .. }) if closed(&error) => None,
        taken => Some(taken?),
    };
    if let Some(lock) = beside {
        return Ok(Held { disk, parent, name, lock: Some(lock), beside: true });
    }
    let out = open_output(disk, parent, place).during("open the output folder", &place.path)?;
    let lock = wait(place, target, || disk.lock_folder(&out))?;
    Ok(Held { disk, parent, name, lock: Some(lock), beside: false })
}

/// Whether nothing can be made in a folder that is there.
pub(super) fn closed(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
}

/// The output folder, be it a mount point.
pub(super) fn open_output<D: Disk>(disk: &D, parent: &D::Folder, place: &Place) -> io::Result<D::Folder> {
    match disk.open(parent, place.name.as_ref()) {
        Err(error) if error.kind() == ErrorKind::CrossesDevices => disk.open_root(&place.path),
        opened => opened,
    }
}

fn wait<L>(
    place: &Place,
    target: &Target,
    attempt: impl Fn() -> io::Result<Locking<L>>,
) -> Result<L, Failure> {
    let began = Instant::now();
    loop {
        target.interrupt.check()?;
        match attempt().during("take the lock of", &place.path)? {
            Locking::Ours(lock) => return Ok(lock),
            Locking::Theirs(owner) if began.elapsed() >= target.patience => {
                let owner = if owner.is_empty() { owner } else { format!(" ({owner})") };
                let message = format!("another build{owner} is publishing there; try again when it is done");
                let error = io::Error::new(ErrorKind::ResourceBusy, message);
                return Err(error).during("publish to", &place.path);
            }
            Locking::Theirs(_) => thread::sleep(Duration::from_millis(20)),
        }
    }
}
