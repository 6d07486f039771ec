//! The day a page was last changed, and who changed it.

use std::collections::BTreeMap;
use std::path::Path;

use shirube::pipeline::{self, Job};
use tempfile::tempdir;

use super::repository::{Repository, git, has_git};
use crate::handbook::TestHandbook;
use crate::run::{ran, shirube};

const ROLE: &str = "---\ntitle: SRE\n---\n\nText.\n";

/// The days of last changes, by file without `content/`.
fn days(root: &Path) -> BTreeMap<String, String> {
    let site = pipeline::site(&Job::new(root)).unwrap();
    let days = site.history.iter();
    days.map(|(file, day)| (file.trim_start_matches("content/").to_owned(), day.to_string())).collect()
}

fn day(root: &Path, file: &str) -> String {
    days(root).get(file).cloned().unwrap_or_else(|| "unknown".to_owned())
}

#[test]
fn a_page_says_when_it_was_last_changed() {
    if !has_git("a_page_says_when_it_was_last_changed") {
        return;
    }
    let handbook = TestHandbook::new()
        .file("content/roles/sre.md", "---\ntitle: SRE\nreviewed: 2026-03-10\n---\n\nText.\n")
        .file("content/roles/sre.ja.md", "---\ntitle: 信頼性\n---\n\n本文。\n")
        .file("content/roles/dev.md", "---\ntitle: Dev\nreviewed: 2026-03-10\n---\n\nText.\n")
        .init()
        .commit("2026-03-01")
        .file("content/roles/sre.md", "---\ntitle: SRE\nreviewed: 2026-03-10\n---\n\nOther text.\n")
        .commit("2026-04-02")
        // Not committed: the same commit gives the same site.
        .file("content/roles/dev.md", "---\ntitle: Dev\nreviewed: 2026-03-10\n---\n\nOther text.\n");
    let site = handbook.build();
    site.page("roles/sre/index.html")
        .contains("<dt>Last changed</dt><dd><time datetime=\"2026-04-02\">2 April 2026</time>")
        .contains("changed since its review");
    site.page("ja/roles/sre/index.html")
        .contains("<dt>最終更新</dt><dd><time datetime=\"2026-03-01\">2026年3月1日</time>")
        // The review was of the original.
        .lacks("確認後に変更あり");
    site.page("roles/dev/index.html").contains("datetime=\"2026-03-01\"").lacks("changed since its review");
}

#[test]
fn what_is_not_committed_counts_as_today_while_serving() {
    if !has_git("what_is_not_committed_counts_as_today_while_serving") {
        return;
    }
    let handbook = TestHandbook::new()
        .file("content/roles/sre.md", ROLE)
        .file("content/roles/dev.md", ROLE)
        .init()
        .commit("2026-03-01")
        .file("content/roles/dev.md", "---\ntitle: Dev\n---\n\nText.\n")
        .file("content/roles/pm.md", ROLE);
    let mut job = handbook.job();
    job.uncommitted = true;
    let history = pipeline::site(&job).unwrap().history;
    let day = |file: &str| history[&*format!("content/roles/{file}.md")].to_string();
    assert_eq!([day("sre"), day("dev"), day("pm")], ["2026-03-01", "2026-11-20", "2026-11-20"]);
}

/// The author's day counts, in the author's zone: the one in which reviews are dated.
#[test]
fn the_day_is_the_authors() {
    if !has_git("the_day_is_the_authors") {
        return;
    }
    let handbook = TestHandbook::new().file("content/roles/sre.md", ROLE).init();
    let early = "2026-03-02T03:00:00+09:00";
    let handbook = handbook.git("2026-03-09", &["add", "-A"]);
    let handbook = handbook.git("2026-03-09", &["commit", "-q", "-m", "x", &format!("--date={early}")]);
    assert_eq!(day(handbook.path(), "roles/sre.md"), "2026-03-02");
}

#[test]
fn a_file_that_only_moved_was_not_changed() {
    if !has_git("a_file_that_only_moved_was_not_changed") {
        return;
    }
    let handbook = TestHandbook::new()
        .file("docs/moved.md", "---\ntitle: Moved\n---\n\nFrom outside of the content.\n")
        .file("content/a.md", "---\ntitle: A\n---\n\nThe first text.\n")
        .file("content/b.md", "---\ntitle: B\n---\n\nThe second text.\n")
        .init()
        .commit("2026-02-01")
        .git("2026-03-01", &["mv", "content/a.md", "content/moved-a.md"])
        .git("2026-03-01", &["mv", "content/b.md", "content/moved-b.md"])
        .git("2026-03-01", &["mv", "docs/moved.md", "content/moved.md"])
        .file("content/moved-b.md", "---\ntitle: B\n---\n\nThe second text, changed.\n")
        .commit("2026-03-01")
        // A new file under the old name has a history of its own.
        .file("content/a.md", "---\ntitle: Another A\n---\n\nText.\n")
        .commit("2026-04-01")
        .git("2026-05-01", &["mv", "content/moved-a.md", "content/twice.md"])
        .commit("2026-05-01");
    let days = days(handbook.path());
    let of = |file: &str| days[file].as_str();
    assert_eq!(
        [of("twice.md"), of("moved-b.md"), of("moved.md"), of("a.md")],
        ["2026-02-01", "2026-03-01", "2026-02-01", "2026-04-01"]
    );
}

#[test]
fn a_merge_counts_only_where_it_settled_a_conflict() {
    if !has_git("a_merge_counts_only_where_it_settled_a_conflict") {
        return;
    }
    let page = |line: &str| format!("---\ntitle: P\n---\n\n{line}\n");
    let handbook = TestHandbook::new()
        .file("content/clean.md", page("Clean."))
        .file("content/conflict.md", page("Start."))
        .init()
        .commit("2026-02-01")
        .git("2026-02-01", &["checkout", "-q", "-b", "side"])
        .file("content/clean.md", page("Changed on the side."))
        .file("content/conflict.md", page("One."))
        .commit("2026-03-01")
        .git("2026-03-01", &["checkout", "-q", "main"])
        .file("content/conflict.md", page("Two."))
        .commit("2026-03-05")
        .git("2026-04-01", &["merge", "-q", "--no-commit", "-s", "ours", "side"])
        .file("content/clean.md", page("Changed on the side."))
        .file("content/conflict.md", page("Both."))
        .commit("2026-04-01");
    assert_eq!(day(handbook.path(), "clean.md"), "2026-03-01");
    assert_eq!(day(handbook.path(), "conflict.md"), "2026-04-01");
}

#[test]
fn authors_are_named_only_where_the_configuration_asks_and_never_by_their_address() {
    if !has_git("authors_are_named_only_where_the_configuration_asks_and_never_by_their_address") {
        return;
    }
    let handbook = TestHandbook::new()
        .file("content/roles/sre.md", ROLE)
        .init()
        .commit("2026-03-01")
        .file("content/roles/sre.md", "---\ntitle: SRE\n---\n\nBen's text.\n")
        .git("2026-03-02", &["commit", "-q", "-a", "-m", "x", "--author=Ben 弁 <ben@example.com>"])
        .file("content/roles/sre.md", "---\ntitle: SRE\n---\n\nText of nobody's business.\n")
        .git("2026-03-03", &["commit", "-q", "-a", "-m", "x", "--author=cleo@example.com <cleo@example.com>"])
        .file("content/roles/sre.md", "---\ntitle: SRE\n---\n\nAnn again.\n")
        .commit("2026-03-04");
    handbook.build().page("roles/sre/index.html").lacks("Ann Example").lacks("<dt>Authors");
    let site = handbook.file("handbook.yaml", "title: T\nhistory: {authors: true}\n").build();
    site.page("roles/sre/index.html").contains("<dt>Authors</dt><dd>Ann Example, Ben 弁</dd>");
    for (path, bytes) in &site.outputs {
        assert!(!String::from_utf8_lossy(bytes).contains("@example.com"), "{path} has an e-mail address");
    }
}

#[test]
fn a_shallow_clone_is_silent_about_what_it_does_not_know() {
    if !has_git("a_shallow_clone_is_silent_about_what_it_does_not_know") {
        return;
    }
    let origin = TestHandbook::new()
        .file("content/roles/sre.md", ROLE)
        .file("content/roles/dev.md", ROLE)
        .init()
        .commit("2026-03-01")
        .commit("2026-03-15")
        .file("content/roles/dev.md", "---\ntitle: Dev\n---\n\nText.\n")
        .commit("2026-04-01");
    let clones = tempdir().unwrap();
    let url = format!("file://{}", origin.path().display());
    git(clones.path(), "2026-05-01", &["clone", "-q", "--depth", "2", &url, "two"]);
    git(clones.path(), "2026-05-01", &["clone", "-q", &url, "whole"]);

    let two = clones.path().join("two");
    assert_eq!(day(&two, "roles/dev.md"), "2026-04-01");
    assert_eq!(day(&two, "roles/sre.md"), "unknown");
    assert_eq!(day(&clones.path().join("whole"), "roles/sre.md"), "2026-03-01");

    let hints = |root: &Path| {
        let found = pipeline::check(&Job::new(root)).unwrap().diagnostics;
        let hints: Vec<String> = found
            .iter()
            .filter(|found| found.code.name == "history/shallow")
            .map(|found| found.message.clone())
            .collect();
        hints
    };
    assert_eq!(hints(&two), ["this clone is shallow: when 3 of 4 files were last changed is not known here"]);
    assert!(hints(&clones.path().join("whole")).is_empty());
}

#[test]
fn without_a_repository_or_a_commit_there_are_no_dates() {
    let handbook = TestHandbook::new().file("content/roles/sre.md", ROLE);
    handbook.build().page("roles/sre/index.html").lacks("Last changed");
    if !has_git("without_a_repository_or_a_commit_there_are_no_dates") {
        return;
    }
    let handbook = handbook.init();
    handbook.build().page("roles/sre/index.html").lacks("Last changed");
    assert!(!handbook.check().text.contains("shallow"));
}

#[test]
fn the_handbook_may_be_a_part_of_a_repository_or_its_content_one() {
    if !has_git("the_handbook_may_be_a_part_of_a_repository_or_its_content_one") {
        return;
    }
    let outer = TestHandbook::empty()
        .file("docs [x]/handbook/content/roles/sre.md", ROLE)
        .file("content/roles/sre.md", ROLE)
        .init()
        .commit("2026-03-01")
        .file("content/roles/sre.md", "Another file of the same name.\n")
        .commit("2026-03-02");
    assert_eq!(day(&outer.path().join("docs [x]/handbook"), "roles/sre.md"), "2026-03-01");

    let content = TestHandbook::empty().file("content/roles/sre.md", ROLE);
    git(&content.path().join("content"), "2026-03-03", &["init", "-q"]);
    git(&content.path().join("content"), "2026-03-03", &["add", "-A"]);
    git(&content.path().join("content"), "2026-03-03", &["commit", "-q", "-m", "x"]);
    assert_eq!(day(content.path(), "roles/sre.md"), "2026-03-03");
}

/// A commit hook is told about its repository in variables that would lead git astray.
#[test]
fn it_works_in_a_hook() {
    if !has_git("it_works_in_a_hook") {
        return;
    }
    let handbook = TestHandbook::new().file("content/roles/sre.md", ROLE).init().commit("2026-03-01");
    let mut build = shirube(handbook.path(), &["build"]);
    build.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    ran(build.env("GIT_DIR", ".git").env("GIT_INDEX_FILE", ".git/index").output().unwrap()).exits(0);
    let page = std::fs::read_to_string(handbook.path().join("public/roles/sre/index.html")).unwrap();
    assert!(page.contains("datetime=\"2026-03-01\""), "{page}");
}

/// A repository's own configuration changes what git prints by default.
#[test]
fn git_is_understood_however_it_is_configured() {
    if !has_git("git_is_understood_however_it_is_configured") {
        return;
    }
    let mut handbook = TestHandbook::new()
        .file("content/roles/sre.md", ROLE)
        .file("content/日本語 と \"quotes\".md", "---\ntitle: Q\n---\n\nText.\n")
        .init();
    for (key, value) in [
        ("log.showRoot", "false"),
        ("log.showSignature", "true"),
        ("log.decorate", "full"),
        ("log.date", "relative"),
        ("log.diffMerges", "off"),
        ("color.ui", "always"),
        ("diff.renames", "false"),
        ("diff.relative", "true"),
        ("diff.noprefix", "true"),
        ("core.quotePath", "true"),
        ("core.fsmonitor", "/bin/false"),
        ("format.pretty", "oneline"),
        ("status.relativePaths", "true"),
        ("status.showUntrackedFiles", "no"),
    ] {
        handbook = handbook.git("2026-03-01", &["config", key, value]);
    }
    let handbook = handbook.commit("2026-03-01");
    assert_eq!(day(handbook.path(), "roles/sre.md"), "2026-03-01");
    assert_eq!(day(handbook.path(), "日本語 と \"quotes\".md"), "2026-03-01");
}
