//! Folders that publishing refuses, and that nothing in them is touched.

use std::fs;
use std::path::{Path, PathBuf};

use shirube::publish::{Published, System, Target, publish_on};

use super::double::Double;
use super::{Project, old_site, outputs, seen};

fn publish_to(project: &Project, target: &Target) -> Result<Published, String> {
    let result = publish_on(&Double::new(System::default()), &old_site(), target);
    result.map_err(|failure| {
        assert_eq!(failure.exit_code(), 2, "{failure}");
        assert!(project.litter().is_empty(), "{failure}: {:?}", project.litter());
        failure.to_string()
    })
}

/// Publishing to `output` is refused for the reason `why`, and the project stays as it was.
fn refuses(project: &Project, output: impl Into<PathBuf>, why: &str) {
    let target = Target { output: output.into(), ..project.target() };
    let before = seen(&project.root);
    for force in [false, true] {
        let target = Target { force, ..target.clone() };
        let message =
            publish_to(project, &target).expect_err(&format!("{} was accepted", target.output.display()));
        assert!(message.contains(why), "{}: {message}", target.output.display());
    }
    assert_eq!(seen(&project.root), before, "{}", target.output.display());
}

#[test]
fn folders_that_matter_are_refused_even_with_force() {
    let project = Project::new();
    project.write("content/practices/slo.md", "# SLO");
    project.write("public/notes/mine.txt", "mine");
    project.write("file", "a file");
    project.write(".git/HEAD", "ref: main");
    fs::create_dir(project.root.join("static")).unwrap();
    let above = project.root.parent().unwrap();
    for (output, why) in [
        (Path::new("/"), "the whole disk"),
        (Path::new("."), "the project itself"),
        (Path::new(""), "the project itself"),
        (Path::new(".."), "the project itself"),
        (Path::new("public/.."), "the project itself"),
        (&project.root, "the project itself"),
        (above, "the project itself"),
        (Path::new("content"), "which is a source"),
        (Path::new("content/"), "which is a source"),
        (Path::new("content/site"), "which is a source"),
        (Path::new("content/../content"), "which is a source"),
        (Path::new("static"), "which is a source"),
        (Path::new("themes"), "which is a source"),
        (Path::new("handbook.yaml"), "not a folder"),
        (Path::new("handbook.yaml/site"), "below a file"),
        (Path::new("file"), "not a folder"),
        (Path::new(".git"), "the history of a repository"),
        (Path::new(".git/site"), "the history of a repository"),
        (Path::new("missing/../../x"), "goes up"),
    ] {
        refuses(&project, output, why);
    }
    refuses(&project, std::env::home_dir().expect("somebody runs this"), "your home folder");
    // Which may be home.
    refuses(&project, std::env::current_dir().unwrap(), "it is, or holds, ");
}

#[test]
fn a_folder_that_we_did_not_make_is_refused_and_adopted_with_force() {
    let project = Project::new();
    project.write("public/index.html", "theirs");
    project.write("public/.git/HEAD", "ref: main");
    project.write("public/notes.txt", "mine");
    let before = project.seen();
    let message = publish_to(&project, &project.target()).unwrap_err();
    assert!(message.contains("shirube did not make it") && message.contains("--force"), "{message}");
    assert_eq!(project.seen(), before);

    let forced = Target { force: true, ..project.target() };
    let published = publish_to(&project, &forced).unwrap();
    assert_eq!(published.carried, [".git/", "notes.txt"]);
    assert_eq!(project.seen()["index.html"], "old front page");
    assert_eq!(project.seen()["notes.txt"], "mine");
    assert!(project.litter().is_empty());
    // From now on it is ours.
    publish_to(&project, &project.target()).unwrap();
}

#[test]
fn a_folder_of_others_in_the_way_is_refused_even_with_force() {
    let project = Project::new();
    publish_to(&project, &project.target()).unwrap();
    project.write("public/status/mine.txt", "mine");
    let before = project.seen();
    let site = outputs([("status", "a file")]);
    for force in [false, true] {
        let target = Target { force, ..project.target() };
        let failure = publish_on(&Double::new(System::default()), &site, &target).unwrap_err();
        assert!(failure.to_string().contains("public/status"), "{failure}");
    }
    assert_eq!(project.seen(), before);
}

#[test]
fn a_marker_that_tells_nothing_is_refused() {
    for (marker, why) in [
        ("", "is damaged"),
        ("shirube output 2\nfrom the future\n", "newer shirube"),
        ("something else\n", "is damaged"),
        ("shirube output 1\nx\nindex.ht", "is damaged"),
    ] {
        let project = Project::new();
        publish_to(&project, &project.target()).unwrap();
        project.write("public/.shirube", marker);
        let before = project.seen();
        let message = publish_to(&project, &project.target()).unwrap_err();
        assert!(message.contains(why), "{marker:?}: {message}");
        assert_eq!(project.seen(), before);
        publish_to(&project, &Target { force: true, ..project.target() }).unwrap();
    }
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_link_inside_the_project_is_followed_and_stays() {
        let project = Project::new();
        fs::create_dir_all(project.root.join("build/site")).unwrap();
        symlink("build/site", project.public()).unwrap();
        let published = publish_to(&project, &project.target()).unwrap();
        assert_eq!(published.output, project.root.join("build/site"));
        assert!(fs::symlink_metadata(project.public()).unwrap().is_symlink());
        assert_eq!(project.seen()["index.html"], "old front page");
        publish_to(&project, &project.target()).unwrap();
    }

    #[test]
    fn a_link_to_anything_else_is_refused() {
        let project = Project::new();
        let outside = project.root.parent().unwrap().join("outside");
        fs::create_dir(&outside).unwrap();
        fs::write(outside.join("canary"), "alive").unwrap();
        for (to, why) in [
            ("/", "leaves the project"),
            (outside.to_str().unwrap(), "leaves the project"),
            ("../outside", "leaves the project"),
            ("nowhere", "a link to nothing"),
            ("content", "which is a source"),
            (".", "the project itself"),
            ("handbook.yaml", "not a folder"),
        ] {
            symlink(to, project.public()).unwrap();
            refuses(&project, "public", why);
            refuses(&project, "public/", why);
            fs::remove_file(project.public()).unwrap();
        }
        symlink(&outside, project.root.join("way")).unwrap();
        refuses(&project, "way/site", "leaves the project");
        symlink("loop", project.root.join("loop")).unwrap();
        let looped = Target { output: "loop".into(), ..project.target() };
        let failure = publish_on(&Double::new(System::default()), &old_site(), &looped).unwrap_err();
        assert_eq!(failure.exit_code(), 3);
        assert_eq!(seen(&outside).keys().collect::<Vec<_>>(), ["canary"]);
    }

    #[test]
    fn links_in_the_output_are_carried_and_never_followed() {
        let project = Project::new();
        publish_to(&project, &project.target()).unwrap();
        let outside = project.root.parent().unwrap().join("outside");
        fs::create_dir(&outside).unwrap();
        fs::write(outside.join("canary"), "alive").unwrap();
        symlink(&outside, project.root.join("public/latest")).unwrap();
        let published =
            publish_on(&Double::new(System::default()), &super::super::new_site(), &project.target());
        assert_eq!(published.unwrap().carried, ["latest"]);
        assert_eq!(project.seen()["latest"], format!("-> {}", outside.display()));

        // A link in place of one of our folders or files is somebody's work, and in the way.
        fs::remove_dir_all(project.public().join("assets")).unwrap();
        symlink(&outside, project.root.join("public/assets")).unwrap();
        let message = publish_to(&project, &project.target()).unwrap_err();
        assert!(message.contains("public/assets"), "{message}");
        assert_eq!(fs::read_to_string(outside.join("canary")).unwrap(), "alive");
        assert_eq!(seen(&outside).len(), 1);
    }

    #[test]
    fn a_link_in_place_of_the_lock_is_not_written_through() {
        let project = Project::new();
        project.write("precious", "mine");
        symlink("precious", project.root.join(".public.lock")).unwrap();
        let failure =
            publish_on(&Double::new(System::default()), &old_site(), &project.target()).unwrap_err();
        assert_eq!(failure.exit_code(), 3);
        assert_eq!(fs::read_to_string(project.root.join("precious")).unwrap(), "mine");
    }
}
