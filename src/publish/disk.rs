//! What publishing asks of a disk, call by call: the seam between the recipe and the system.
//!
//! [`Linux`](super::linux::Linux) is the real thing, [`Portable`](super::portable::Portable) the
//! weaker one for other systems, and the tests put a double before either that fails at the Nth
//! call. Every method is one step that can fail on its own; none follows a symbolic link.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::Path;

/// A disk, seen through folders that are held open.
///
/// `name` is always one component. A folder that is held open stays the same folder whatever is
/// renamed around it; that is what makes deleting and swapping safe.
pub trait Disk: Sync {
    type Folder: Send + Sync;
    type Lock;

    /// Opens a folder by its absolute path, in which no component may be a link.
    fn open_root(&self, path: &Path) -> io::Result<Self::Folder>;

    /// Opens the folder `below` (relative, may be empty) without leaving `base`: a link on the way is
    /// an error, and so is a mount point ([`io::ErrorKind::CrossesDevices`]).
    fn open(&self, base: &Self::Folder, below: &Path) -> io::Result<Self::Folder>;

    /// Which folder it is, whatever it is called.
    fn identity(&self, folder: &Self::Folder) -> io::Result<Identity>;

    /// Everything in the folder, in no particular order.
    fn entries(&self, folder: &Self::Folder) -> io::Result<Vec<Entry>>;

    /// Makes a folder, readable by everyone as far as the umask allows.
    fn make_folder(&self, parent: &Self::Folder, name: &OsStr) -> io::Result<()>;

    /// Gives `to` the permissions of `from`.
    fn copy_permissions(&self, from: &Self::Folder, to: &Self::Folder) -> io::Result<()>;

    /// The bytes of a regular file; more than `limit` of them are [`io::ErrorKind::FileTooLarge`].
    fn read(&self, folder: &Self::Folder, name: &OsStr, limit: usize) -> io::Result<Vec<u8>>;

    /// Whether the regular file holds exactly `bytes` and, if `mode` is known, has these permissions.
    /// A file that cannot be opened is not the same; one that cannot be read is an error.
    fn holds(&self, folder: &Self::Folder, name: &OsStr, bytes: &[u8], mode: Option<u32>)
    -> io::Result<bool>;

    /// Writes a new file; an existing one of that name is an error.
    fn create(&self, folder: &Self::Folder, name: &OsStr, bytes: &[u8]) -> io::Result<()>;

    /// Gives a file (of any sort but a folder) a second name.
    fn link(&self, from: &Self::Folder, name: &OsStr, to: &Self::Folder) -> io::Result<()>;

    /// Copies a regular file or a symbolic link under the same name, with its permissions.
    fn copy(&self, from: &Self::Folder, name: &OsStr, to: &Self::Folder) -> io::Result<()>;

    /// Brings everything written so far to the disk. After an error the caller must not try again:
    /// the system may have dropped what it could not write, and would now report success.
    fn flush(&self, folder: &Self::Folder) -> io::Result<()>;

    /// Brings the names in this folder to the disk.
    fn flush_names(&self, folder: &Self::Folder) -> io::Result<()>;

    /// Swaps two names in one instant. Where the system cannot: `Unsupported` or `InvalidInput`.
    fn exchange(&self, folder: &Self::Folder, one: &OsStr, other: &OsStr) -> io::Result<()>;

    /// Renames within a folder; an existing `to` is an error.
    fn rename_to_free(&self, folder: &Self::Folder, from: &OsStr, to: &OsStr) -> io::Result<()>;

    /// Renames a file over whatever file has the name.
    fn replace(&self, from: &Self::Folder, name: &OsStr, to: &Self::Folder) -> io::Result<()>;

    fn remove_file(&self, folder: &Self::Folder, name: &OsStr) -> io::Result<()>;

    /// Removes an empty folder.
    fn remove_folder(&self, parent: &Self::Folder, name: &OsStr) -> io::Result<()>;

    /// Bytes that we may still write.
    fn free(&self, folder: &Self::Folder) -> io::Result<u64>;

    /// Permissions that a new file in this folder gets, if that can be told.
    fn usual_mode(&self, lock: &Self::Lock) -> Option<u32>;

    /// Takes the lock file of that name, without waiting. It is freed when its owner dies.
    fn lock(&self, folder: &Self::Folder, name: &OsStr) -> io::Result<Locking<Self::Lock>>;

    /// Takes the folder itself as the lock, where no file can be made.
    fn lock_folder(&self, folder: &Self::Folder) -> io::Result<Locking<Self::Lock>>;

    /// Removes the lock file while the lock is still held, then frees the lock.
    fn unlock(&self, folder: &Self::Folder, name: &OsStr, lock: Self::Lock);
}

/// Device and inode.
pub type Identity = (u64, u64);

/// A name in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: OsString,
    pub kind: Kind,
}

/// What stands under a name; a link is what it is, not what it points to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    File,
    Folder,
    /// A link, a device, a pipe, a socket.
    Other,
}

/// The answer to asking for a lock.
#[derive(Debug)]
pub enum Locking<L> {
    Ours(L),
    /// Somebody else has it: what they wrote about themselves.
    Theirs(String),
}
