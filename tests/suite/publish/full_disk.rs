//! A disk that fills up, by bytes and by files, at every point of the way.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use shirube::publish::publish;

use super::{Project, outputs, tree_of};
use shirube::model::Outputs;

/// A small disk in memory.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn new(at: &Path, options: &str) -> Option<Self> {
        fs::create_dir_all(at).unwrap();
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(at).output();
        match done {
            Ok(done) if done.status.success() => Some(Self(at.to_owned())),
            done => {
                eprintln!("SKIPPED: mounting tmpfs is not possible here: {done:?}");
                None
            }
        }
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

fn site(word: &str) -> Outputs {
    outputs((0..12).map(|page| (format!("{page}/index.html"), format!("{word} {page} ").repeat(1200))))
}

#[test]
fn a_disk_without_room_keeps_the_old_site_until_there_is_enough() {
    let folder = tempfile::tempdir().unwrap();
    let Some(_disk) = SmallDisk::new(folder.path(), "size=1m") else { return };
    let project = Project::at(&folder.path().canonicalize().unwrap());
    publish(&site("old"), &project.target()).unwrap();
    let (old, new) = (tree_of(&site("old"), &[]), tree_of(&site("new"), &[]));
    // Room is made block by block until the new site fits.
    let ballast = folder.path().join("ballast");
    fs::create_dir(&ballast).unwrap();
    let mut blocks = 0;
    while fs::write(ballast.join(blocks.to_string()), [1; 4096]).is_ok() {
        blocks += 1;
    }
    let mut failures = 0;
    for block in (0..blocks).rev() {
        match publish(&site("new"), &project.target()) {
            Ok(_) => break,
            Err(failure) => {
                failures += 1;
                assert_eq!(failure.exit_code(), 3);
                let message = failure.to_string();
                assert!(message.contains("disk full: the new files need about 0.2 MB, 0."), "{message}");
                assert_eq!(project.seen(), old, "{message}");
                assert!(project.litter().is_empty(), "{message}: {:?}", project.litter());
            }
        }
        fs::remove_file(ballast.join(block.to_string())).unwrap();
    }
    assert!(failures > 20, "only {failures} ways to fail");
    assert_eq!(project.seen(), new);
}

#[test]
fn a_disk_without_room_for_more_files_keeps_the_old_site() {
    let folder = tempfile::tempdir().unwrap();
    // The old site takes 25 with its folders; the new one needs as many again.
    let Some(_disk) = SmallDisk::new(folder.path(), "size=4m,nr_inodes=80") else { return };
    let project = Project::at(&folder.path().canonicalize().unwrap());
    publish(&site("old"), &project.target()).unwrap();
    let old = tree_of(&site("old"), &[]);
    let ballast = folder.path().join("ballast");
    fs::create_dir(&ballast).unwrap();
    let mut files = 0;
    while fs::write(ballast.join(files.to_string()), []).is_ok() {
        files += 1;
    }
    let mut failures = 0;
    for file in (0..files).rev() {
        match publish(&site("new"), &project.target()) {
            Ok(_) => break,
            Err(failure) => {
                failures += 1;
                assert!(failure.to_string().contains("disk full"), "{failure}");
                assert_eq!(project.seen(), old);
                assert!(project.litter().is_empty(), "{failure}: {:?}", project.litter());
            }
        }
        fs::remove_file(ballast.join(file.to_string())).unwrap();
    }
    assert!(failures > 10, "only {failures} ways to fail");
    assert_eq!(project.seen(), tree_of(&site("new"), &[]));
}
