//! Search: tokens, and an index that equals lunr's.
//!
//! lunr itself is asked in `tests/browser/lunr.test.mjs`; the cases are written here to
//! `target/lunr-cases.json`.

use std::path::Path;

use crate::handbook::TestHandbook;
use crate::numbers::Numbers;
use serde_json::{Value, json};
use shirube::search::lunr::{Document, Field, Index};
use shirube::search::tokens::{Side, tokens};

#[test]
fn text_becomes_tokens() {
    let rows: &[(&str, &str)] = &[
        ("Error budgets are spent.", "error budgets are spent"),
        ("ＳＬＯ", "slo"),
        ("障害対応", "障害 害対 対応"),
        ("障", "障"),
        ("SLOの見直し", "slo 見直"),
        ("エラーバジェット", "エラ ラー ーバ バジ ジェ ェッ ット"),
        ("エラー・バジェット", "エラ ラー ーバ バジ ジェ ェッ ット"),
        ("サーバー サーバ", "サー ーバ サー ーバ"),
        ("ﾛｰﾙﾊﾞｯｸ", "ロー ール ルバ バッ ック"),
        ("error-budget", "error budget errorbudget"),
        ("error‐budget", "error budget errorbudget"),
        ("max_shards", "max_shards max shards"),
        ("PodDisruptionBudget", "poddisruptionbudget pod disruption budget"),
        ("HTTPServer", "httpserver http server"),
        ("web.yml", "web.yml web yml"),
        ("“quoted” (text), 99.9%", "quoted text 99.9 99 9"),
        ("--", ""),
        ("ふりかえり", ""),
    ];
    for (text, expected) in rows {
        assert_eq!(tokens(text, Side::Query, false).join(" "), *expected, "{text}");
    }
    assert_eq!(tokens("サーバー サーバ", Side::Page, false).join(" "), "サー ーバ バー サー ーバ");
    assert_eq!(tokens("ふりかえり、まとめ の", Side::Page, true).join(" "), "ふり りか かえ えり まと とめ");
}

const FIELDS: [Field; 3] = [
    Field { name: "title", boost: 8.0 },
    Field { name: "headings", boost: 3.0 },
    Field { name: "body", boost: 1.0 },
];

fn case(documents: &[Document]) -> Value {
    let written: Vec<Value> = documents
        .iter()
        .map(|document| json!({ "reference": document.reference, "fields": document.fields }))
        .collect();
    json!({ "documents": written, "index": Index::build(&FIELDS, documents).to_json() })
}

/// The words of the handbook's English and Japanese pages.
fn handbook_texts() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("content")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                texts.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    texts.sort();
    texts
}

#[test]
fn cases_are_written_for_lunr() {
    let texts = handbook_texts();
    let documents: Vec<Document> = texts
        .iter()
        .enumerate()
        .map(|(at, (name, text))| Document {
            reference: at.to_string(),
            fields: vec![
                tokens(name, Side::Page, true),
                tokens(
                    text.lines()
                        .filter(|line| line.starts_with("## "))
                        .collect::<Vec<_>>()
                        .join("\n")
                        .as_str(),
                    Side::Page,
                    true,
                ),
                tokens(text, Side::Page, false),
            ],
        })
        .collect();
    let mut cases = vec![case(&documents)];

    let words: Vec<String> =
        texts.iter().take(60).flat_map(|(_, text)| tokens(text, Side::Page, false)).collect();
    let mut numbers = Numbers(7);
    let odd = [
        "",
        "y",
        "yes",
        "yyy",
        "sses",
        "😀ing",
        "a😀ing",
        "feed",
        "constructor",
        "__proto__",
        "12",
        "é",
        "i\u{307}",
        "ǆ",
        "\u{feff}",
    ];
    for size in [1, 2, 40, 1000] {
        let documents: Vec<Document> = (0..size)
            .map(|at| {
                let mut field = |longest: usize| -> Vec<String> {
                    (0..numbers.below(longest + 1))
                        .map(|_| match numbers.below(20) {
                            0 => odd[numbers.below(odd.len())].to_owned(),
                            _ => words[numbers.below(words.len())].clone(),
                        })
                        .collect()
                };
                let fields = vec![field(6), field(10), field(80)];
                let reference = match numbers.below(3) {
                    0 => format!("p/{at}"),
                    _ => (size * 3 - at).to_string(),
                };
                Document { reference, fields }
            })
            .collect();
        cases.push(case(&documents));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/lunr-cases.json");
    std::fs::write(path, serde_json::to_string(&cases).unwrap()).unwrap();
}

#[test]
fn lunr_gets_an_index_while_it_is_small() {
    let handbook = TestHandbook::with_practices();
    let index: Value = serde_json::from_str(&handbook.build().page("search/lunr-index.json").text).unwrap();
    assert_eq!(index["version"], "2.3.9");
    let references: Vec<&str> =
        index["fieldVectors"].as_array().unwrap().iter().map(|vector| vector[0].as_str().unwrap()).collect();
    assert!(references.contains(&"title/practices/slo/sli-design/"), "{references:?}");
    assert!(references.contains(&"body/ja/"), "{references:?}");

    let large = handbook.file("content/large.md", format!("# Large\n\n{}\n", "word ".repeat(300_000)));
    assert!(!large.build().outputs.contains_key("search/lunr-index.json"));
    for (setting, expected) in [("always", true), ("never", false)] {
        let config = format!("title: Test\nlanguages: [en, ja]\nsearch: {{lunr: {setting}}}\n");
        let site = TestHandbook::with_practices().file("handbook.yaml", config).build();
        assert_eq!(site.outputs.contains_key("search/lunr-index.json"), expected, "{setting}");
    }
    let hidden = TestHandbook::new()
        .file("content/quiet.md", "---\ntitle: Quiet\nsearch: {exclude: true}\n---\n\nPsst.\n");
    assert!(!hidden.build().page("search/lunr-index.json").text.contains("psst"));
}
