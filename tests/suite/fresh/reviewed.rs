//! `shirube reviewed`: the stamp, and nothing but the stamp.

use std::fs;

use crate::handbook::TestHandbook;
use crate::run::{Ran, run};

const FILE: &str = "content/guides/x.md";

fn reviewed(handbook: &TestHandbook, files: &[&str]) -> Ran {
    run(handbook.path(), &[&["reviewed"], files].concat())
}

fn read(handbook: &TestHandbook, file: &str) -> String {
    String::from_utf8(fs::read(handbook.path().join(file)).unwrap()).unwrap()
}

/// `text` with every hash as `#`, so that rows can be read.
fn without_hashes(text: &str) -> String {
    let mut shown = String::new();
    for line in text.split_inclusive('\n') {
        let content = line.trim_end();
        let is_hash = |word: &str| word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        match content.rsplit_once(": ") {
            Some((name, hash)) if name.starts_with(' ') && is_hash(hash) => {
                shown.push_str(name);
                shown.push_str(": #");
                shown.push_str(&line[content.len()..]);
            }
            _ => shown.push_str(line),
        }
    }
    shown
}

#[test]
fn everything_else_stays_byte_for_byte() {
    let rows: &[(&str, &str)] = &[
        // The value is replaced, the comment stays.
        (
            "---\ntitle: X # a comment\nreviewed: 2020-01-01   # by Ann\nowner: me\n---\n\nText  \n\n\n",
            "---\ntitle: X # a comment\nreviewed: 2026-11-20   # by Ann\nreviewed_against:\n  this page: #\nowner: me\n---\n\nText  \n\n\n",
        ),
        // Both keys are new.
        (
            "---\ntitle: X\n# the end\n---\nText without a line end",
            "---\ntitle: X\n# the end\nreviewed: 2026-11-20\nreviewed_against:\n  this page: #\n---\nText without a line end",
        ),
        // An old stamp goes, in whatever form.
        (
            "---\nreviewed_against:\n  this page: 00000000\n  gone/criterion: 11111111\n\ntitle: X\nreviewed: \"2020-01-01\"\n---\n",
            "---\nreviewed_against:\n  this page: #\n\ntitle: X\nreviewed: 2026-11-20\n---\n",
        ),
        (
            "---\nreviewed: 2020-01-01\ntitle: X\nreviewed_against: {this page: 00000000, other: 1} # old\nowner: me\n---\n",
            "---\nreviewed: 2026-11-20\ntitle: X\nreviewed_against:\n  this page: #\nowner: me\n---\n",
        ),
        // A key whose value was never written.
        (
            "---\nreviewed:\ntitle: X\n---\n",
            "---\nreviewed: 2026-11-20\nreviewed_against:\n  this page: #\ntitle: X\n---\n",
        ),
        // The file's own line ends, byte order mark and indentation.
        (
            "\u{feff}---\r\n  title: X\r\n  reviewed: 2020-01-01\r\n---\r\n\r\nText\r\n",
            "\u{feff}---\r\n  title: X\r\n  reviewed: 2026-11-20\r\n  reviewed_against:\r\n    this page: #\r\n---\r\n\r\nText\r\n",
        ),
        // Front matter that is not there yet.
        (
            "# X\n\nText.\n",
            "---\nreviewed: 2026-11-20\nreviewed_against:\n  this page: #\n---\n\n# X\n\nText.\n",
        ),
        (
            "---\n---\n\nText.\n",
            "---\nreviewed: 2026-11-20\nreviewed_against:\n  this page: #\n---\n\nText.\n",
        ),
    ];
    for (before, after) in rows {
        let handbook = TestHandbook::new().file(FILE, before);
        reviewed(&handbook, &[FILE]).exits(0).prints(&format!("{FILE}\n"));
        let stamped = read(&handbook, FILE);
        assert_eq!(without_hashes(&stamped), *after);
        // What was stamped is up to date, and stamping it again changes nothing.
        assert!(!handbook.check().text.contains("due/"), "{stamped}");
        reviewed(&handbook, &[FILE]).exits(0);
        assert_eq!(read(&handbook, FILE), stamped);
    }
}

#[test]
fn the_stamp_names_what_the_page_rests_on() {
    let handbook = TestHandbook::with_practices()
        .file("content/glossary/sli.md", "---\ntitle: SLI\n---\n\nAn indicator.\n")
        .file(
            "content/slos/shop.yaml",
            "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: shop}\nspec:\n  objectives: [{target: 0.99}]\n---\n\
             apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: stock}\nspec:\n  # region stock\n  objectives: [{target: 0.9}]\n  # endregion stock\n",
        )
        .file(
            "content/playbooks/workshop.md",
            "---\ntitle: Workshop\npractices: {slo-targets: [3]}\n---\n\n\
             See [[sli-design#listed]], [[sli]], [SRE](../roles/sre.md) and [[slo-targets]].\n\n\
             ```yaml file=../slos/shop.yaml region=stock\n```\n",
        );
    reviewed(&handbook, &["-v", "content/playbooks/workshop.md"])
        .exits(0)
        .says("against its own text, 2 criteria, 1 SLO, 3 names");
    let names: Vec<String> = read(&handbook, "content/playbooks/workshop.md")
        .lines()
        .filter_map(|line| Some(line.strip_prefix("  ")?.rsplit_once(": ")?.0.to_owned()))
        .collect();
    assert_eq!(
        names,
        [
            "this page",
            "sli-design",
            "slo-targets",
            "term:sli",
            "sli-design/listed",
            "slo-targets/agreed",
            "slo:stock"
        ]
    );
}

#[test]
fn the_dates_of_slos_are_replaced_and_keep_their_quotes() {
    let slo = |name: &str, annotation: &str| {
        format!(
            "apiVersion: openslo/v1\nkind: SLO\nmetadata:\n  name: {name}\n  annotations:\n    {annotation}\nspec:\n  objectives:\n    - target: 0.99\n"
        )
    };
    let both = |a: &str, b: &str| format!("# two\n{}---\n{}", slo("a", a), slo("b", b));
    let handbook = TestHandbook::new().file(
        "content/slos/two.yaml",
        both("shirube.dev/reviewed: \"2026-01-01\" # old", "shirube.dev/reviewed: 2026-01-01"),
    );
    reviewed(&handbook, &["content/slos/two.yaml"]).exits(0);
    assert_eq!(
        read(&handbook, "content/slos/two.yaml"),
        both("shirube.dev/reviewed: \"2026-11-20\" # old", "shirube.dev/reviewed: 2026-11-20")
    );
    let handbook =
        handbook.file("content/slos/two.yaml", both("shirube.dev/owner: me", "shirube.dev/owner: me"));
    reviewed(&handbook, &["content/slos/two.yaml"])
        .exits(2)
        .says("the SLO `a` in content/slos/two.yaml has no date")
        .says("shirube.dev/reviewed: \"2026-11-20\"");
}

#[test]
fn what_cannot_be_stamped_is_left_alone_and_told() {
    let braces = "---\n{title: X, reviewed: 2020-01-01}\n---\n";
    let broken = "---\ntitle: X\nreviewd: 2020-01-01\n---\n";
    let fine = "---\ntitle: Fine\n---\n";
    let handbook = TestHandbook::new()
        .file("content/braces.md", braces)
        .file("content/broken.md", broken)
        .file("content/fine.md", fine)
        .file("content/page.ja.md", "---\ntitle: ページ\n---\n")
        .file("content/page.md", "---\ntitle: Page\n---\n")
        .file("content/image.png", "no image")
        .file("outside.md", "text");
    reviewed(&handbook, &["content/braces.md"]).exits(2).says("cannot be edited safely");
    reviewed(&handbook, &["content/broken.md", "content/fine.md"])
        .exits(1)
        .prints_nothing()
        .says("content/broken.md:3:1")
        .says("nothing was stamped");
    reviewed(&handbook, &["content/page.ja.md"]).exits(2).says("`shirube reviewed content/page.md`");
    reviewed(&handbook, &["content/fine.md", "content/image.png"]).exits(2).says("no page of this handbook");
    reviewed(&handbook, &["outside.md"]).exits(2).says("is no file below");
    reviewed(&handbook, &["content/nothing.md"]).exits(2).says("there is no file content/nothing.md");
    reviewed(&handbook, &[]).exits(2);
    assert_eq!(read(&handbook, "content/braces.md"), braces);
    assert_eq!(read(&handbook, "content/broken.md"), broken);
    assert_eq!(read(&handbook, "content/fine.md"), fine);
}

/// Drafts and pages for a narrower circle are reviewed too, and files may be named from anywhere.
#[test]
fn every_page_can_be_stamped_from_anywhere() {
    let handbook = TestHandbook::new()
        .file("content/draft.md", "---\ntitle: Draft\ndraft: true\n---\n")
        .file("content/secret.md", "---\ntitle: Secret\naudience: restricted\n---\n");
    let root = handbook.path().to_str().unwrap().to_owned();
    run(&handbook.path().join("content"), &["reviewed", "draft.md"]).exits(0).prints("content/draft.md\n");
    let elsewhere = tempfile::tempdir().unwrap();
    run(elsewhere.path(), &["reviewed", "-r", &root, "content/secret.md"]).exits(0);
    assert!(read(&handbook, "content/secret.md").contains("reviewed: 2026-11-20"));
}
