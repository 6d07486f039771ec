//! Translations: the stamp of their original, when they are stale, and what `translated` writes.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::handbook::TestHandbook;
use crate::run::run;

const ORIGINAL: &str = "\
---
title: On-call
description: Who answers at night
weight: 10
reviewed: 2026-01-10
tags: [people]
also_known_as: [pager duty]
roles: {lead: [sre]}
criteria:
  2:
    - {id: rota-written, text: The rota is written down., evidence: Link to it., who: [sre]}
  3:
    - {id: load-measured, text: The load is measured.}
---

## Why it matters

People sleep.
";

const TRANSLATION: &str = "---\ntitle: オンコール\n---\n\n## なぜ重要か\n\n人は眠ります。\n";

const PATH: &str = "content/practices/respond/on-call.md";
const JAPANESE: &str = "content/practices/respond/on-call.ja.md";

fn handbook() -> TestHandbook {
    TestHandbook::new()
        // Whether a translation is complete is not the question here.
        .file(
            "handbook.yaml",
            "title: Test\nlanguages: [en, ja]\ncheck: {silence: [{code: translation/missing-entry, reason: short}]}\n",
        )
        .file("content/practices/respond/_index.md", "---\ntitle: Respond\n---\n")
        .file("content/roles/sre.md", "---\ntitle: SRE\n---\n")
        .file(PATH, ORIGINAL)
        .file(JAPANESE, TRANSLATION)
}

fn read(handbook: &TestHandbook, path: &str) -> String {
    fs::read_to_string(handbook.path().join(path)).unwrap()
}

#[test]
fn a_translation_is_stale_when_its_original_says_something_else() {
    let handbook = handbook();
    run(handbook.path(), &["translated", PATH]).exits(0).says(
        "stamped content/practices/respond/on-call.ja.md: it says what content/practices/respond/on-call.md",
    );
    handbook.check().only(0);

    let stays: &[(&str, &str)] = &[
        ("weight: 10", "weight: 20"),
        ("reviewed: 2026-01-10", "reviewed: 2026-11-01\nreview_every: 6 months"),
        ("tags: [people]", "tags: [people, night]"),
        ("also_known_as: [pager duty]", "also_known_as: [pager duty, stand-by]"),
        ("roles: {lead: [sre]}", "roles: {contribute: [sre]}"),
        ("tags: [people]", "draft: false"),
        (", who: [sre]", ""),
        // Written otherwise, or at another level: the words are the same.
        ("title: On-call", "title: \"On-call\""),
        ("  3:\n    - {id: load", "  4:\n    - {id: load"),
        ("\n", "\r\n"),
        ("People sleep.\n", "People sleep.\n\n\n"),
    ];
    for (from, to) in stays {
        let changed = ORIGINAL.replace(from, to);
        assert_ne!(changed, ORIGINAL, "{from}");
        fs::write(handbook.path().join(PATH), changed).unwrap();
        handbook.check().only(0);
    }

    let stale: &[(&str, &str)] = &[
        ("title: On-call", "title: On call"),
        ("Who answers at night", "Who answers"),
        ("The rota is written down.", "The rota is public."),
        ("Link to it.", "Link to the rota."),
        ("id: load-measured", "id: load-known"),
        ("    - {id: load-measured, text: The load is measured.}", "    - {id: x, text: More.}\n$0"),
        ("  3:\n    - {id: load-measured, text: The load is measured.}\n", ""),
        ("## Why it matters", "## Why it really matters"),
        ("People sleep.", "People must sleep."),
    ];
    for (from, to) in stale {
        let changed = ORIGINAL.replace(from, &to.replace("$0", from));
        assert_ne!(changed, ORIGINAL, "{from}");
        fs::write(handbook.path().join(PATH), changed).unwrap();
        handbook.check().reports(&format!("{JAPANESE}:3:18"), "translation/stale").only(1);
    }
    run(handbook.path(), &["translated", JAPANESE]).exits(0).says("stamped");
    handbook.check().only(0);
}

#[test]
fn nothing_but_the_stamp_changes() {
    // What stands before and behind the stamp, which is `translated_from: <16 digits>`.
    let rows: &[(&str, &str, &str)] = &[
        ("---\ntitle: A\n---\n\nText.", "---\ntitle: A\n", "\n---\n\nText."),
        ("---\r\ntitle: A  # why\r\n---\r\nText.\r\n", "---\r\ntitle: A  # why\r\n", "\r\n---\r\nText.\r\n"),
        ("\u{feff}---\ntitle: A\n---\n", "\u{feff}---\ntitle: A\n", "\n---\n"),
        ("---\n---\nText.", "---\n", "\n---\nText."),
        ("---\n# Only a comment\n---\nText.", "---\n# Only a comment\n", "\n---\nText."),
        ("---\n  title: A\n  nav_title: B\n---\n", "---\n  title: A\n  nav_title: B\n  ", "\n---\n"),
        ("---\n{title: A}\n---\n", "---\n{title: A, ", "}\n---\n"),
        ("---\ndescription: |\n  a\n\n  b\n---\n", "---\ndescription: |\n  a\n\n  b\n", "\n---\n"),
        ("# Heading\n\nText.\n", "---\n", "\n---\n\n# Heading\n\nText.\n"),
        ("\u{feff}# Heading\r\n", "\u{feff}---\r\n", "\r\n---\r\n\r\n# Heading\r\n"),
        ("---\n\nA rule above.\n", "---\n", "\n---\n\n---\n\nA rule above.\n"),
        (
            "---\ntranslated_from: 0123456789abcdef # then\ntitle: A\n---\n",
            "---\n",
            " # then\ntitle: A\n---\n",
        ),
        ("---\ntitle: A\ntranslated_from:\n---\n", "---\ntitle: A\n", "\n---\n"),
        ("---\ntranslated_from: ~\ntitle: A\n---\n", "---\n", "\ntitle: A\n---\n"),
        ("---\ntranslated_from: 'old'\n---\n", "---\n", "\n---\n"),
    ];
    for (before, start, end) in rows {
        let handbook = handbook().file(JAPANESE, before);
        run(handbook.path(), &["translated", JAPANESE]).exits(0);
        let after = read(&handbook, JAPANESE);
        let stamp = after.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
        let hash = stamp.and_then(|stamp| stamp.strip_prefix("translated_from: "));
        assert!(
            hash.is_some_and(|hash| hash.len() == 16 && hash != "0123456789abcdef"),
            "{before:?} → {after:?}"
        );
        run(handbook.path(), &["translated", JAPANESE]).exits(0).says("up to date with");
        assert_eq!(read(&handbook, JAPANESE), after);
    }
}

#[test]
fn a_new_translation_is_stamped() {
    let handbook = handbook().without(JAPANESE);
    run(handbook.path(), &["new", "practice", "respond/on-call", "--lang", "ja"]).exits(0);
    let made = read(&handbook, JAPANESE);
    assert!(made.contains("\ntranslated_from: "), "{made}");
    run(handbook.path(), &["translated", JAPANESE]).exits(0).says("up to date with");
    // From an archetype of the handbook's own too; a page without original has nothing to be stamped with.
    let handbook = handbook
        .without(JAPANESE)
        .file("archetypes/practice.ja.md", "---\ntitle: {{title}}\n---\n\n手本。\n");
    run(handbook.path(), &["new", "practice", "respond/on-call", "--lang", "ja"]).exits(0);
    let made = read(&handbook, JAPANESE);
    assert!(made.contains("\ntranslated_from: ") && made.contains("手本。"), "{made}");
    run(handbook.path(), &["new", "page", "alone", "--lang", "ja"]).exits(0);
    assert!(!read(&handbook, "content/alone.ja.md").contains("translated_from"));
}

#[test]
fn all_translations_of_an_original_are_stamped_wherever_they_stand() {
    let handbook = handbook().file("handbook.yaml", "title: Test handbook\nlanguages: [en, ja, de]\n").file(
        "content/de/practices/respond/on-call.md",
        "---\ntitle: Bereitschaft\ndraft: true\n---\n\n## Warum\n",
    );
    let ran = run(handbook.path(), &["translated", PATH, JAPANESE]).exits(0).prints_nothing();
    assert_eq!(ran.err.lines().count(), 2, "{}", ran.err);
    for path in [JAPANESE, "content/de/practices/respond/on-call.md"] {
        assert!(read(&handbook, path).contains("translated_from: "), "{path}");
    }
    // From another folder, as the shell gives the name.
    let folder = handbook.path().join("content/roles");
    run(&folder, &["translated", "../practices/respond/on-call.md"]).exits(0).says("up to date with");
}

#[test]
fn what_cannot_be_stamped_is_told_and_nothing_is_written() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("other.ja.md"), "---\ntitle: A\n---\n").unwrap();
    let handbook = handbook()
        .file("content/alone.ja.md", "---\ntitle: 一人\n---\n")
        .file("content/picture.png", "x")
        .file("content/bytes.ja.md", b"---\ntitle: \xff\n---\n")
        .file("content/slos/search.yaml", "apiVersion: openslo/v1\n")
        .file("content/toml.md", "# A\n")
        .file("content/toml.ja.md", "+++\ntitle = 'A'\n+++\n")
        .file("content/list.md", "# A\n")
        .file("content/list.ja.md", "---\n- a\n---\n")
        .file("content/open.md", "# A\n")
        .file("content/open.ja.md", "---\ntitle: A\n\nText.\n");
    symlink(outside.path().join("other.ja.md"), handbook.path().join("content/linked.ja.md")).unwrap();
    let foreign = outside.path().join("other.ja.md");
    let rows: &[(&str, &str)] = &[
        ("content/roles/sre.md", "has no translation yet, such as content/roles/sre.ja.md"),
        ("content/alone.ja.md", "is no translation: there is no original such as content/alone.md"),
        ("content/none.md", "there is no file content/none.md"),
        ("content/roles", "is no file"),
        ("content/picture.png", "only markdown is translated"),
        ("content/slos/search.yaml", "only markdown is translated"),
        ("content/bytes.ja.md", "cannot be read; `shirube check` says why"),
        ("handbook.yaml", "outside of the handbook's content"),
        ("content/linked.ja.md", "outside of the handbook's content"),
        (foreign.to_str().unwrap(), "outside of the handbook's content"),
        ("content/toml.ja.md", "cannot be read; `shirube check` says why"),
        ("content/open.ja.md", "cannot be read; `shirube check` says why"),
        ("content/list.ja.md", "is no plain list of keys"),
    ];
    for (path, says) in rows {
        let before = fs::read(handbook.path().join(path)).ok();
        run(handbook.path(), &["translated", path]).exits(2).prints_nothing().says(says);
        assert_eq!(fs::read(handbook.path().join(path)).ok(), before);
    }
    // One bad name, and the good ones are left alone too.
    run(handbook.path(), &["translated", JAPANESE, "content/none.md"]).exits(2);
    assert_eq!(read(&handbook, JAPANESE), TRANSLATION);

    let path = handbook.path().join(JAPANESE);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    run(handbook.path(), &["translated", JAPANESE]).exits(2).says("is read-only; it is left alone");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    run(handbook.path(), &["translated", JAPANESE]).exits(0);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);

    let handbook = handbook.file("handbook.yaml", "title: Test handbook\n");
    run(handbook.path(), &["translated", PATH]).exits(2).says("the handbook has one language");
}
