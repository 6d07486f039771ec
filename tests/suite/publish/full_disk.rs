//! A disk that fills up, by bytes and by files, at every point of the way.

use std::fs;

use shirube::model::Outputs;
use shirube::publish::publish;

use super::mount::Mount;
use super::{Project, outputs, tree_of};

fn site(word: &str) -> Outputs {
    outputs((0..12).map(|page| (format!("{page}/index.html"), format!("{word} {page} ").repeat(1200))))
}

#[test]
fn a_disk_without_room_keeps_the_old_site_until_there_is_enough() {
    let folder = tempfile::tempdir().unwrap();
    let Some(_disk) = Mount::new("tmpfs", "size=1m", folder.path()) else { return };
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
    let Some(_disk) = Mount::new("tmpfs", "size=4m,nr_inodes=80", folder.path()) else { return };
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
