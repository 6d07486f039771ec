//! What publishing does on a good day.

use std::fs;

use shirube::publish::portable::Portable;
use shirube::publish::{Method, System, Target, publish, publish_on};

use super::double::{Double, Plan};
use super::{Project, new_site, old_site, outputs, tree_of};

#[test]
fn a_first_publish_makes_the_folder_and_those_above_it() {
    let project = Project::new();
    let target = Target { output: "build/site".into(), ..project.target() };
    let published = publish(&old_site(), &target).unwrap();
    assert_eq!((published.written, published.linked, published.method), (7, 0, Method::Exchange));
    assert_eq!(super::seen(&project.root.join("build/site")), tree_of(&old_site(), &[]));
    assert!(project.litter().is_empty());
}

#[test]
fn an_empty_folder_is_filled() {
    let project = Project::new();
    fs::create_dir(project.public()).unwrap();
    project.publish(&old_site()).unwrap();
    assert_eq!(project.seen(), tree_of(&old_site(), &[]));
}

#[test]
fn the_new_site_replaces_the_old_one_exactly() {
    let project = Project::new();
    project.publish(&old_site()).unwrap();
    let published = project.publish(&new_site()).unwrap();
    assert_eq!(project.seen(), tree_of(&new_site(), &[]));
    assert_eq!((published.written, published.linked, published.removed), (5, 2, 3));
    assert_eq!(published.warnings, Vec::<String>::new());
    assert!(project.litter().is_empty());
}

#[test]
fn files_of_others_are_carried_over_and_listed() {
    let foreign = [
        ("CNAME", "handbook.example"),
        (".well-known/security.txt", "Contact: us"),
        (".git/objects/aa/bb", "blob"),
        ("gone/notes.txt", "beside a page that goes"),
        ("assets/photo.jpg", "beside a page that stays"),
    ];
    let project = Project::new();
    project.publish(&old_site()).unwrap();
    for (path, text) in foreign {
        project.write(&format!("public/{path}"), text);
    }
    fs::create_dir(project.root.join("public/empty")).unwrap();
    let published = project.publish(&new_site()).unwrap();
    let carried = [".git/", ".well-known/", "CNAME", "assets/photo.jpg", "empty/", "gone/notes.txt"];
    assert_eq!(published.carried, carried);
    let mut expected = tree_of(&new_site(), &foreign);
    expected.insert("empty/".into(), String::new());
    assert_eq!(project.seen(), expected);
    // And again, when the folder that held a page of ours is only theirs.
    assert_eq!(project.publish(&old_site()).unwrap().carried, carried);
}

#[test]
fn a_file_of_others_is_not_replaced_without_leave() {
    let project = Project::new();
    project.publish(&old_site()).unwrap();
    project.write("public/assets/script.js", "theirs");
    let before = project.seen();
    let failure = project.publish(&new_site()).unwrap_err();
    assert_eq!(failure.exit_code(), 2);
    assert!(failure.to_string().contains("public/assets/script.js"), "{failure}");
    assert_eq!(project.seen(), before);

    let forced = Target { force: true, ..project.target() };
    publish_on(&Double::new(System::default()), &new_site(), &forced).unwrap();
    assert_eq!(project.seen(), tree_of(&new_site(), &[]));
}

#[test]
fn a_file_of_others_with_the_same_bytes_becomes_ours() {
    let project = Project::new();
    project.publish(&old_site()).unwrap();
    project.write("public/assets/script.js", "only in the new site");
    assert!(project.publish(&new_site()).unwrap().carried.is_empty());
}

#[test]
fn a_file_that_somebody_changed_is_made_right_again() {
    let project = Project::new();
    project.publish(&old_site()).unwrap();
    fs::write(project.public().join("index.html"), "edited here").unwrap();
    let published = project.publish(&old_site()).unwrap();
    assert_eq!((published.written, published.linked), (1, 6));
    assert_eq!(project.seen(), tree_of(&old_site(), &[]));
}

#[cfg(unix)]
#[test]
fn when_nothing_changed_nothing_is_touched() {
    use std::os::unix::fs::MetadataExt;
    let stamp = |project: &Project| {
        let times = |path: &str| {
            let found = fs::symlink_metadata(project.public().join(path)).unwrap();
            (found.ino(), found.mtime_nsec(), found.ctime_nsec(), found.ctime(), found.nlink())
        };
        project.seen().keys().map(|path| (path.clone(), times(path))).collect::<Vec<_>>()
    };
    let project = Project::new();
    project.publish(&old_site()).unwrap();
    let before = (stamp(&project), fs::metadata(project.public()).unwrap().ino());
    let disk = Double::new(System::default());
    let published = project.publish_by(&disk, &old_site()).unwrap();
    assert!(published.unchanged);
    assert_eq!((published.written, published.method), (0, Method::Nothing));
    assert_eq!((stamp(&project), fs::metadata(project.public()).unwrap().ino()), before);
    for call in ["create", "make_folder", "link", "flush", "exchange", "remove_file"] {
        assert!(!disk.log().contains(&call), "{call} was called");
    }
}

#[cfg(unix)]
#[test]
fn an_unchanged_file_stays_the_same_file_and_a_changed_one_does_not() {
    use std::os::unix::fs::MetadataExt;
    let project = Project::new();
    let inode = |path: &str| fs::metadata(project.public().join(path)).unwrap().ino();
    project.publish(&old_site()).unwrap();
    let (same, changed) = (inode("assets/style.css"), inode("index.html"));
    project.publish(&new_site()).unwrap();
    assert_eq!(inode("assets/style.css"), same);
    assert_ne!(inode("index.html"), changed);
    assert_eq!(fs::metadata(project.public().join("assets/style.css")).unwrap().nlink(), 1);
}

#[cfg(unix)]
#[test]
fn files_are_readable_by_all_as_far_as_the_umask_allows() {
    use std::os::unix::fs::PermissionsExt;
    let project = Project::new();
    let mode = |path: &str| fs::metadata(project.root.join(path)).unwrap().permissions().mode() & 0o777;
    // What the umask makes of a new file and a new folder.
    project.write("beside/file", "");
    project.publish(&old_site()).unwrap();
    assert_eq!(mode("public/index.html"), mode("beside/file") & 0o644);
    assert_eq!(mode("public/assets"), mode("beside") & 0o755);

    // A file with other permissions is written anew, and the folder of somebody else keeps its own.
    let set =
        |path: &str, mode| fs::set_permissions(project.root.join(path), PermissionsExt::from_mode(mode));
    set("public/assets/style.css", 0o600).unwrap();
    project.write("public/private/key", "secret");
    set("public/private", 0o700).unwrap();
    set("public/private/key", 0o400).unwrap();
    project.publish(&old_site()).unwrap();
    assert_eq!(mode("public/assets/style.css"), mode("public/index.html"));
    assert_eq!((mode("public/private"), mode("public/private/key")), (0o700, 0o400));
}

#[test]
fn the_marker_is_the_same_for_the_same_site() {
    let [one, other] = [Project::new(), Project::new()];
    one.publish(&new_site()).unwrap();
    other.publish(&old_site()).unwrap();
    other.publish(&new_site()).unwrap();
    assert_eq!(one.seen(), other.seen());
    assert!(one.seen()[".shirube"].ends_with("\npractices/slo/index.html\n"));
}

#[test]
fn names_that_the_disk_takes_for_one_are_reported() {
    let project = Project::new();
    project.publish(&old_site()).unwrap();
    let before = project.seen();
    let disk = Double::with(System::default(), Plan { folds_case: true, ..Plan::default() });
    let site = outputs([("tag/SLO.html", "one"), ("tag/slo.html", "other")]);
    let failure = project.publish_by(&disk, &site).unwrap_err();
    assert!(failure.to_string().contains("takes `SLO.html` and `slo.html` for one name"), "{failure}");
    assert_eq!(project.seen(), before);
    assert!(project.litter().is_empty());
}

#[test]
fn a_path_that_leaves_the_site_is_never_written() {
    for path in ["../secret", "/etc/passwd", "a//b", "a/./b", "", ".shirube", "a\nb", "a\\b", "a/"] {
        let project = Project::new();
        let failure = project.publish(&outputs([(path, "x")])).unwrap_err();
        assert_eq!(failure.exit_code(), 3, "{path:?}");
        assert!(!project.public().exists(), "{path:?}");
    }
    let clash = outputs([("page", "a file"), ("page/index.html", "below it")]);
    assert!(Project::new().publish(&clash).unwrap_err().to_string().contains("`page`"));
}

#[test]
fn the_portable_disk_does_the_same() {
    let project = Project::new();
    project.publish_by(&Portable, &old_site()).unwrap();
    project.write("public/CNAME", "handbook.example");
    project.write("public/.git/HEAD", "ref: main");
    let published = project.publish_by(&Portable, &new_site()).unwrap();
    assert_eq!(published.carried, [".git/", "CNAME"]);
    assert_eq!(published.warnings, Vec::<String>::new());
    let foreign = [("CNAME", "handbook.example"), (".git/HEAD", "ref: main")];
    assert_eq!(project.seen(), tree_of(&new_site(), &foreign));
    assert!(project.publish_by(&Portable, &new_site()).unwrap().unchanged);
    assert_eq!(project.litter(), [".public.lock"]);
}
