//! `shirube build` as a user runs it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::handbook::TestHandbook;
use crate::run::run;

/// Every file below a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                found.insert(name, std::fs::read(path).unwrap());
            }
        }
    }
    found
}

#[test]
fn the_starter_builds_without_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["init", "demo"]).exits(0);
    let demo = folder.path().join("demo");
    run(&demo, &["build"]).exits(0).says("published");
    assert!(demo.join("public/index.html").is_file());
    run(&demo, &["check", "--strict"]).exits(0);
    run(&demo, &["build", "--locked"]).exits(0).says("up to date");
}

#[test]
fn building_twice_gives_the_same_bytes() {
    let handbook = TestHandbook::with_practices();
    run(handbook.path(), &["build", "-o", "one"]).exits(0);
    run(handbook.path(), &["build", "-o", "two"]).exits(0);
    assert!(files(&handbook.path().join("one")) == files(&handbook.path().join("two")));
}

#[test]
fn a_mistake_keeps_the_last_good_site() {
    let handbook = TestHandbook::with_practices();
    run(handbook.path(), &["build"]).exits(0);
    let before = files(&handbook.path().join("public"));
    let handbook = handbook.file("content/broken.md", "[x](nowhere.md)\n");
    run(handbook.path(), &["build"]).exits(1).says("link/missing-file").says("the last good site stays");
    assert!(files(&handbook.path().join("public")) == before);
    run(handbook.path(), &["build", "--lenient"]).exits(1).says("published");
    let page = std::fs::read_to_string(handbook.path().join("public/broken/index.html")).unwrap();
    assert!(page.contains("<p>x</p>"), "a broken link becomes text:\n{page}");
}

#[test]
fn a_permalink_never_dies_unnoticed() {
    let handbook = TestHandbook::with_practices();
    run(handbook.path(), &["build", "--locked"]).exits(1).says("permalink/not-recorded");
    run(handbook.path(), &["build"]).exits(0).says("4 new permalinks");
    run(handbook.path(), &["build", "--locked"]).exits(0);

    let handbook = handbook.without("content/roles/sre.md");
    run(handbook.path(), &["check"]).exits(1).prints("permalink/vanished").prints("renamed: {sre: <new id>}");
    let handbook = handbook
        .file("content/roles/reliability.md", "---\ntitle: Reliability\n---\n")
        .file("model.yaml", "renamed: {sre: reliability}\n");
    run(handbook.path(), &["check"]).exits(0);
    run(handbook.path(), &["build"]).exits(0);
    let lock = std::fs::read_to_string(handbook.path().join("permalinks.lock")).unwrap();
    assert!(lock.contains("role sre renamed /roles/sre/"), "{lock}");
}

#[test]
fn a_foreign_folder_is_never_replaced() {
    let handbook = TestHandbook::new().file("public/thesis.txt", "ten years of work");
    run(handbook.path(), &["build"]).exits(2);
    assert_eq!(
        std::fs::read_to_string(handbook.path().join("public/thesis.txt")).unwrap(),
        "ten years of work"
    );
    run(handbook.path(), &["build", "-o", "content"]).exits(2);
    run(handbook.path(), &["build", "-o", "."]).exits(2);
}

#[test]
fn a_broken_configuration_is_a_usage_error_with_a_place() {
    let handbook = TestHandbook::new().file("handbook.yaml", "titel: Test\n");
    run(handbook.path(), &["check", "--format", "short"])
        .exits(2)
        .prints("handbook.yaml:1:1: error[yaml/unknown-key]");
}
