//! `export search`: records of pages, headings and criteria, by the user's door.
//!
//! The formats of OpenSearch, Meilisearch and DocSearch are kept in `export_search/`; after a change run with
//! `BLESS=1` and read the diff. `tests/groonga` gives our own records to an engine.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::handbook::TestHandbook;
use crate::run::{Ran, run};

fn handbook() -> TestHandbook {
    TestHandbook::with_practices()
        .file("handbook.yaml", "title: {en: Test, ja: テスト}\nlanguages: [en, ja]\nbase_url: https://h.example/sre\naudiences: [public, internal, board]\n")
        .file("content/practices/_index.md", "---\ntitle: Practices\n---\n")
        .file(
            "content/practices/slo/slo-targets.md",
            "---\ntitle: SLO targets\ndescription: What to promise.\ntags: [slo]\nsearch: {boost: 2.5}\nroles: {lead: [sre]}\n\
             criteria:\n  2:\n    - {id: written, text: Targets are written., evidence: A file.}\n  3:\n    - {id: agreed, text: Targets are agreed., who: [pm]}\n---\n\n\
             Before all headings: [[sli-design]].\n\n## Why it matters\n\nBecause.\n\n### In short\n\n```promql\nsum(up)\n```\n\n## How {#steps}\n\nSo.\n",
        )
        .file(
            "content/practices/slo/slo-targets.ja.md",
            "---\ntitle: 目標と期間\nalso_known_as: [サービスレベル目標]\ncriteria:\n  written: {text: 目標を書いている。}\n  agreed: {text: 目標に合意している。}\n---\n\n\
             はじめに。\n\n## なぜ\n\n理由。\n\n### 要点\n\n短く。\n\n## やり方\n\n手順。\n",
        )
        .file("content/roles/pm.md", "---\ntitle: PM\n---\n")
        .file("content/glossary/error-budget.md", "---\ntitle: Error budget\nalso_known_as: [Budget]\n---\n\nA share.\n")
        .file("content/glossary/error-budget.ja.md", "---\ntitle: エラーバジェット\nalso_known_as: [エラー予算]\n---\n\n割合。\n")
        .file(
            "content/playbooks/set-targets.md",
            "---\ntitle: Set targets\nwhen: Nobody knows.\npractices:\n  slo-targets: [2]\n---\n\n## Example\n\nOne.\n\n## Example\n\nTwo <b>bold</b> & \"quoted\".\n",
        )
        .file("content/guides/draft.md", "---\ntitle: Draftpage\ndraft: true\n---\n\n## Secretdraft\n")
        .file("content/guides/inner.md", "---\ntitle: Innerpage\naudience: board\n---\n\nSecretinner.\n")
        .file("content/guides/hidden.md", "---\ntitle: Hiddenpage\nsearch: {exclude: true}\n---\n\nSecrethidden.\n")
}

fn export(handbook: &TestHandbook, args: &[&str]) -> Ran {
    let args: Vec<&str> = ["export", "search"].iter().chain(args).copied().collect();
    run(handbook.path(), &args)
}

fn records(handbook: &TestHandbook, args: &[&str]) -> Vec<Value> {
    let out = export(handbook, args).exits(0).out;
    assert!(out.ends_with('\n'));
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The records of the page at `path`.
fn of<'a>(records: &'a [Value], path: &str) -> Vec<&'a Value> {
    records.iter().filter(|record| record["path"] == path).collect()
}

fn anchors(records: &[&Value]) -> Vec<String> {
    records.iter().map(|record| record["anchor"].as_str().unwrap_or("-").to_owned()).collect()
}

#[test]
fn pages_headings_and_criteria_are_records() {
    let records = records(&handbook(), &[]);
    let page = of(&records, "practices/slo/slo-targets/");
    assert_eq!(anchors(&page), ["-", "why-it-matters", "in-short", "steps", "written", "agreed"]);
    let expected = json!({
        "id": page[0]["id"], "part": "page", "url": "https://h.example/sre/practices/slo/slo-targets/",
        "path": "practices/slo/slo-targets/", "anchor": null, "title": "SLO targets", "heading": null,
        "breadcrumb": ["Practices", "SLOs"], "language": "en", "kind": "practice", "subject": "slo-targets",
        "area": ["slo"], "practice": ["slo-targets"], "level": [2, 3], "role": ["sre"], "team": [], "tags": ["slo"],
        "also_known_as": ["目標と期間", "サービスレベル目標"], "description": "What to promise.",
        "text": "Before all headings: SLI design.", "boost": 2.5, "depth": 1, "position": 0, "changed": null,
    });
    assert_eq!(page[0], &expected);
    assert_eq!(page[1]["text"], "Because.");
    assert_eq!(page[2]["text"], "sum(up)", "code belongs to its heading");
    assert_eq!(page[2]["breadcrumb"], json!(["Practices", "SLOs", "SLO targets", "Why it matters"]));
    assert_eq!(page[3]["breadcrumb"], json!(["Practices", "SLOs", "SLO targets"]));
    let agreed = page[5];
    assert_eq!(agreed["url"], "https://h.example/sre/practices/slo/slo-targets/#agreed");
    assert_eq!((&agreed["heading"], &agreed["part"]), (&json!("Targets are agreed."), &json!("criterion")));
    assert_eq!((&agreed["level"], &agreed["role"]), (&json!([3]), &json!(["pm"])));
    assert_eq!(page[4]["text"], "A file.");

    let japanese = of(&records, "ja/practices/slo/slo-targets/");
    assert_eq!(anchors(&japanese), anchors(&page), "a translation has its original's anchors");
    assert_eq!(japanese[5]["heading"], "目標に合意している。");
    assert_eq!(japanese[0]["also_known_as"], json!(["SLO targets", "サービスレベル目標"]));

    let playbook = of(&records, "playbooks/set-targets/");
    assert_eq!(anchors(&playbook), ["-", "example", "example-1"]);
    assert_eq!(playbook[0]["text"], "Nobody knows.");
    assert_eq!(
        (&playbook[1]["text"], &playbook[2]["text"]),
        (&json!("One."), &json!("Two bold & \"quoted\"."))
    );
    assert_eq!((&playbook[0]["practice"], &playbook[0]["level"]), (&json!(["slo-targets"]), &json!([2])));
}

#[test]
fn every_record_keeps_the_schema() {
    let schema: Value =
        serde_json::from_str(include_str!("../../schemas/search-records.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let here =
        TestHandbook::empty().file("handbook.yaml", "title: T\n").file("content/a b.md", "# A\n\n## B c\n");
    for record in records(&handbook(), &[]).iter().chain(&records(&here, &[])) {
        let errors: Vec<_> = validator.iter_errors(record).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?} in {record:#}");
        let keys = record.as_object().unwrap().keys().collect::<BTreeSet<_>>();
        assert_eq!(
            keys,
            schema["properties"].as_object().unwrap().keys().collect(),
            "every key is described"
        );
    }
    let mut wrong = records(&handbook(), &[])[0].clone();
    wrong["id"] = json!("x");
    assert!(!validator.is_valid(&wrong));
}

#[test]
fn what_is_not_for_these_readers_is_never_written() {
    for format in ["ndjson", "opensearch", "meilisearch", "docsearch"] {
        let out = export(&handbook(), &["--format", format]).exits(0).out;
        assert!(out.contains("SLO targets"), "{format}");
        for hidden in ["raft", "nnerpage", "ecretinner", "iddenpage", "ecrethidden"] {
            assert!(!out.contains(hidden), "{hidden} in {format}");
        }
    }
    let inner = export(&handbook(), &["--audience", "board"]).exits(0).prints("Secretinner").out;
    assert!(!inner.contains("Secretdraft") && !inner.contains("Secrethidden"));
    export(&handbook(), &["--drafts"]).exits(2);
}

#[test]
fn ids_outlive_what_is_written_and_where_it_stands() {
    let before = handbook();
    let ids = |handbook: &TestHandbook| -> BTreeSet<String> {
        let records = records(handbook, &[]);
        let ids: BTreeSet<String> =
            records.iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(ids.len(), records.len(), "every id once");
        ids
    };
    let known = ids(&before);
    assert_eq!(ids(&handbook()), known, "another folder, another run");
    assert_eq!(export(&before, &[]).out, export(&before, &[]).out);

    // Other words, another order, another file name of the same id, another address of the site.
    let text = fs::read_to_string(before.path().join("content/playbooks/set-targets.md")).unwrap();
    let edited = before
        .without("content/playbooks/set-targets.md")
        .file(
            "content/playbooks/deep/moved.md",
            text.replace("---\ntitle: Set targets", "---\nid: set-targets\ntitle: Other")
                .replace("One.", "Uno."),
        )
        .file("handbook.yaml", "title: Other\nlanguages: [en, ja]\naudiences: [public, internal, board]\n");
    assert_eq!(ids(&edited), known);
    // A heading that goes takes only its own record along.
    let shorter = edited.file(
        "content/playbooks/deep/moved.md",
        "---\nid: set-targets\ntitle: Other\npractices:\n  slo-targets: [2]\n---\n\n## Example\n\nOne.\n",
    );
    assert_eq!(known.difference(&ids(&shorter)).count(), 1);
    assert!(ids(&shorter).is_subset(&known));
}

#[test]
fn addresses_follow_the_base() {
    let plain = TestHandbook::empty()
        .file("handbook.yaml", "title: T\n")
        .file("content/標 a.md", "# A\n\n## 見 出し\n");
    let urls = |args: &[&str]| -> Vec<String> {
        records(&plain, args).iter().map(|record| record["url"].as_str().unwrap().to_owned()).collect()
    };
    let relative = urls(&[]);
    assert!(relative[0].starts_with("/%E6%A8%99") && relative[0].ends_with('/'), "{relative:?}");
    assert!(relative[1].contains("/#%E8%A6%8B"), "{relative:?}");
    assert_eq!(urls(&["-u", "https://x.example/hb"])[0], format!("https://x.example/hb{}", relative[0]));
}

#[test]
fn one_language_goes_into_a_file() {
    let handbook = handbook();
    let said = export(&handbook, &["--lang", "ja", "-o", "records.ndjson"]).exits(0).prints_nothing();
    assert_eq!(said.err, "");
    let written = fs::read_to_string(handbook.path().join("records.ndjson")).unwrap();
    assert!(
        written.lines().all(|line| line.contains("\"language\":\"ja\"")) && written.contains("目標と期間")
    );
    assert_eq!(written, export(&handbook, &["--lang", "ja"]).out);
    // The second run replaces the file.
    export(&handbook, &["--lang", "en", "-o", "records.ndjson"]).exits(0);
    assert_eq!(
        fs::read_to_string(handbook.path().join("records.ndjson")).unwrap(),
        export(&handbook, &["--lang", "en"]).out
    );
    export(&handbook, &["-o", "no/such/folder.ndjson"]).exits(3).prints_nothing();
}

#[test]
fn mistakes_are_told_and_nothing_is_written() {
    let handbook = handbook();
    export(&handbook, &["--lang", "jp"]).exits(2).says("did you mean `ja`?");
    export(&handbook, &["--settings"]).exits(2).says("--format");
    export(&handbook, &["--japanese", "kuromoji"]).exits(2);
    let broken = handbook.file("content/roles/bad.md", "---\ntitle: [\n---\n");
    export(&broken, &["-o", "records.ndjson"]).exits(1).prints_nothing().says("content/roles/bad.md");
    assert!(!broken.path().join("records.ndjson").exists());
}

#[test]
fn every_format_is_as_it_was() {
    let handbook = handbook();
    for (name, args) in [
        ("records.ndjson", &[][..]),
        ("opensearch.ndjson", &["--format", "opensearch", "--lang", "ja"]),
        ("opensearch-cjk.json", &["--format", "opensearch", "--settings"]),
        ("opensearch-kuromoji.json", &["--format", "opensearch", "--settings", "--japanese", "kuromoji"]),
        ("meilisearch.json", &["--format", "meilisearch", "--settings"]),
        ("docsearch.ndjson", &["--format", "docsearch"]),
        ("docsearch.json", &["--format", "docsearch", "--settings", "--lang", "ja"]),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/export_search").join(name);
        let out = export(&handbook, args).exits(0).out;
        if std::env::var_os("BLESS").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &out).unwrap();
        }
        assert_eq!(
            fs::read_to_string(&path).unwrap_or_default(),
            out,
            "{name}: run with BLESS=1 and read the diff"
        );
    }
    assert_eq!(export(&handbook, &["--format", "meilisearch"]).out, export(&handbook, &[]).out);
}

/// Every record is preceded by an action that puts it in the place of its older self.
#[test]
fn bulk_lines_come_in_pairs() {
    let handbook = handbook();
    let lines = records(&handbook, &["--format", "opensearch"]);
    let plain = records(&handbook, &[]);
    assert_eq!(lines.len(), 2 * plain.len());
    for (pair, record) in lines.chunks(2).zip(&plain) {
        assert_eq!(pair, [json!({ "index": { "_id": record["id"] } }), record.clone()]);
    }
    let settings = export(&handbook, &["--format", "opensearch", "--settings"]).out;
    let settings: Value = serde_json::from_str(&settings).unwrap();
    let mapped = settings["mappings"]["properties"].as_object().unwrap();
    assert!(plain[0].as_object().unwrap().keys().eq(mapped.keys()), "every key is mapped");
}

/// The terms of the glossary stand for each other in all languages.
#[test]
fn meilisearch_knows_synonyms() {
    let out = export(&handbook(), &["--format", "meilisearch", "--settings"]).out;
    let settings: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(settings["synonyms"]["エラー予算"], json!(["budget", "error budget", "エラーバジェット"]));
    assert_eq!(settings["localizedAttributes"][0]["locales"], json!(["en", "ja"]));
}

/// Algolia refuses objects of more than 10 kB.
#[test]
fn docsearch_objects_are_small_and_complete() {
    let long = "信頼性の手引き。".repeat(900) + " " + &"reliability ".repeat(900);
    let handbook =
        handbook().file("content/guides/long.md", format!("---\ntitle: Long\n---\n\n## Part\n\n{long}\n"));
    let out = export(&handbook, &["--format", "docsearch"]).exits(0).out;
    assert!(out.lines().all(|line| line.len() < 10_000));
    let hits: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: BTreeSet<&str> = hits.iter().map(|hit| hit["objectID"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), hits.len());
    let of_long = |hit: &&Value| hit["url"] == "https://h.example/sre/guides/long/#part";
    let content: String = hits.iter().filter(of_long).filter_map(|hit| hit["content"].as_str()).collect();
    let without_spaces = |text: &str| text.replace(' ', "");
    assert_eq!(without_spaces(&content), without_spaces(&long), "nothing is lost between pieces");

    let hit = hits.iter().find(|hit| hit["anchor"] == "in-short" && hit["lang"] == "en").unwrap();
    assert_eq!(hit["type"], "lvl3");
    assert_eq!(
        hit["hierarchy"],
        json!({ "lvl0": "Practices", "lvl1": "SLO targets", "lvl2": "Why it matters", "lvl3": "In short", "lvl4": null, "lvl5": null, "lvl6": null })
    );
    assert_eq!(hit["weight"], json!({ "pageRank": 2.5, "level": 70, "position": 2 }));
    assert_eq!(hit["url_without_anchor"], "https://h.example/sre/practices/slo/slo-targets/");
}
