//! Disks and folders on which the best way does not work, and the next best does.

use std::fs;
use std::process::Command;

use shirube::publish::{Method, System, publish};

use super::double::{Double, EACCES, EBUSY, EINVAL, EXDEV, Plan};
use super::mount::Mount;
use super::{Project, new_site, old_site, tree_of};

const FOREIGN: [(&str, &str); 2] = [("CNAME", "handbook.example"), (".git/HEAD", "ref: main")];

/// Publishes over the old site on a disk with these weaknesses, twice, and expects `method`.
fn check(cannot: &[(&'static str, i32)], method: Method) {
    let project = Project::new();
    project.publish(&old_site()).unwrap();
    for (path, text) in FOREIGN {
        project.write(&format!("public/{path}"), text);
    }
    let disk = Double::with(System::default(), Plan { cannot: cannot.to_vec(), ..Plan::default() });
    let published = project.publish_by(&disk, &new_site()).unwrap();
    assert_eq!(published.method, method, "{cannot:?}");
    let copied = if cannot.iter().any(|(call, _)| *call == "link") { 2 } else { 0 };
    let files = (published.written, published.linked, published.removed);
    assert_eq!(files, (5 + copied, 2 - copied, 3), "{cannot:?}");
    assert_eq!(published.warnings, Vec::<String>::new(), "{cannot:?}");
    assert_eq!(project.seen(), tree_of(&new_site(), &FOREIGN), "{cannot:?}");
    assert!(project.litter().is_empty(), "{cannot:?}: {:?}", project.litter());
    assert!(project.publish_by(&disk, &new_site()).unwrap().unchanged, "{cannot:?}");
    // Back again, through folders that become files and files that become folders.
    project.publish_by(&disk, &old_site()).unwrap();
    assert_eq!(project.seen(), tree_of(&old_site(), &FOREIGN), "{cannot:?}");
}

#[test]
fn each_weakness_has_its_way() {
    check(&[], Method::Exchange);
    check(&[("exchange", EINVAL)], Method::TwoRenames);
    check(&[("exchange", EXDEV)], Method::FileByFile);
    check(&[("exchange", EBUSY)], Method::FileByFile);
    check(&[("exchange", EINVAL), ("rename_to_free", EXDEV)], Method::FileByFile);
    check(&[("lock", EACCES)], Method::FileByFile);
    check(&[("link", EXDEV)], Method::Exchange);
    check(&[("link", EACCES), ("exchange", EINVAL)], Method::TwoRenames);
}

#[test]
fn a_mount_point_is_filled_file_by_file() {
    let project = Project::new();
    let Some(_mount) = Mount::new("tmpfs", "size=2m", &project.public()) else { return };
    for site in [old_site(), new_site()] {
        let published = publish(&site, &project.target()).unwrap();
        assert_eq!(published.method, Method::FileByFile);
        assert_eq!(project.seen(), tree_of(&site, &[]));
        assert!(project.litter().is_empty());
    }
    assert!(publish(&new_site(), &project.target()).unwrap().unchanged);
}

#[test]
fn a_mount_inside_the_output_is_left_alone() {
    let project = Project::new();
    project.publish(&old_site()).unwrap();
    let Some(_mount) = Mount::new("tmpfs", "size=2m", &project.public().join("data")) else { return };
    project.write("public/data/rows.csv", "1,2");
    let published = publish(&new_site(), &project.target()).unwrap();
    assert_eq!((published.method, published.carried), (Method::FileByFile, vec!["data/".to_owned()]));
    assert_eq!(project.seen(), tree_of(&new_site(), &[("data/rows.csv", "1,2")]));
    assert!(project.litter().is_empty());
}

#[test]
fn a_site_baked_into_a_lower_layer_is_replaced_file_by_file() {
    let base = Project::new();
    let above = base.root.parent().unwrap().to_owned();
    base.publish(&old_site()).unwrap();
    // An overlay cannot lie on an overlay, so its folders are a file system of their own.
    let Some(_disk) = Mount::new("tmpfs", "size=8m", &above.join("disk")) else { return };
    let folder = |name: &str| {
        let path = above.join("disk").join(name);
        fs::create_dir(&path).unwrap();
        path
    };
    let (lower, upper, work) = (folder("lower"), folder("upper"), folder("work"));
    let copied = Command::new("cp").arg("-a").arg(&base.root).arg(&lower).status().unwrap();
    assert!(copied.success());
    let options =
        format!("lowerdir={},upperdir={},workdir={}", lower.display(), upper.display(), work.display());
    let Some(_overlay) = Mount::new("overlay", &options, &above.join("layers")) else { return };
    let project = Project::at(&above.join("layers"));
    let published = publish(&new_site(), &project.target()).unwrap();
    assert_eq!(published.method, Method::FileByFile);
    assert_eq!(project.seen(), tree_of(&new_site(), &[]));
    assert!(project.litter().is_empty(), "{:?}", project.litter());
}
