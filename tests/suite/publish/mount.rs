//! Mounting, where it is allowed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Something mounted for the time of a test.
pub struct Mount(PathBuf);

impl Mount {
    /// `None`, said loudly, where nobody may mount.
    pub fn new(kind: &str, options: &str, at: &Path) -> Option<Self> {
        fs::create_dir_all(at).unwrap();
        let done = Command::new("mount").args(["-t", kind, "-o", options, kind]).arg(at).output();
        match done {
            Ok(done) if done.status.success() => Some(Self(at.to_owned())),
            done => {
                eprintln!("SKIPPED: mounting {kind} is not possible here: {done:?}");
                None
            }
        }
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}
