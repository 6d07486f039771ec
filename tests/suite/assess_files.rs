//! The assessment file has one canonical form, in the terminal and in the browser.
//!
//! Thousands of random answers are written here and read back. The last test leaves them in
//! `target/assess-files.json`, where the browser's tests find what their writer must write, byte for byte.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::date;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use serde_json::{Value, json};
use shirube::author::assessment::{Answers, Assessment, Entry, Order, Proof, read, write};
use shirube::diag::Diagnostics;
use shirube::model::{Answer, Lang};

/// Texts that have broken somebody's file before.
const HARD: [&str; 26] = [
    "日本語、全角！",
    "a \"quoted\" word \\ and a backslash",
    "two\nlines\n\nand a blank one",
    "tab\there",
    "# no comment",
    "key: value",
    "- item",
    "---",
    "--- ",
    "*alias &anchor !tag %directive @at `tick`",
    "{flow: [map]}",
    "yes",
    "null",
    "2026-11-20",
    "=1+1",
    "'apostrophe",
    "emoji 👩‍💻 and 𠮷",
    "\u{2028} line separator \u{85} next line \u{feff} mark",
    "<script>alert(1)</script>",
    " white space at the ends \n",
    "\u{3000}全角の空白\u{3000}",
    "\u{85}next line at the ends\u{85}",
    "\u{feff}mark at the ends\u{feff}",
    "\u{a0}",
    "",
    "a, b; c|d",
];

/// Front matter that has nothing to do with answering: as somebody may write it, and in its canonical form.
const OTHERS: [(&str, &str); 7] = [
    ("", ""),
    ("tags: [slo, 日本]\n", "tags:\n  - slo\n  - 日本\n"),
    ("owner: sre\nweight: 3\n", "owner: sre\nweight: 3\n"),
    ("also_known_as: ['it''s', \"a\\tb\"]\n", "also_known_as:\n  - \"it's\"\n  - \"a\\tb\"\n"),
    ("draft: false # not yet\ntags:\n- a\n", "draft: false\ntags:\n  - a\n"),
    (
        "extra: {Ticket: 'A: 1', empty: [], none: ~, nested: [{a: 1}, [b]], map: {}}\n",
        "extra:\n  \"Ticket\": \"A: 1\"\n  empty: []\n  none: null\n  nested:\n    -\n      a: 1\n    -\n      - b\n  map: {}\n",
    ),
    ("reviewed: 2026-10-01\nreview_every: 6 months\n", "reviewed: 2026-10-01\nreview_every: 6 months\n"),
];

const BODIES: [&str; 5] =
    ["", "\n## What moved\n\n今回は。\n", "no empty line\r\n\r\n---\nkey: value\n---\n", "\n\n\n", "no end"];

/// What is asked; the handbook has neither `gone` nor `null`, and `drills` asks nothing.
fn order() -> Order {
    let asked = |practice: &str, criteria: &[&str]| {
        (practice.to_owned(), criteria.iter().map(|id| (*id).to_owned()).collect())
    };
    vec![
        asked("slo-targets", &["written", "agreed", "known-to-all"]),
        asked("on-call", &["rota-ahead", "rest-taken", "2nd-tested"]),
        asked("rollback", &["one-step"]),
    ]
}

const SUBJECTS: [(&str, &str); 11] = [
    ("slo-targets", "written"),
    ("slo-targets", "agreed"),
    ("slo-targets", "known-to-all"),
    ("slo-targets", "asked-before"),
    ("on-call", "rota-ahead"),
    ("on-call", "2nd-tested"),
    ("on-call", "null"),
    ("rollback", "one-step"),
    ("drills", "held"),
    ("gone", "away"),
    ("null", "1"),
];

fn hard() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(&HARD[..]).prop_map(str::to_owned),
        // What can be shown: no control characters but line feed, tab and next line.
        1 => "[\\PC\n\t\u{85}\u{2028}\u{feff}]{0,24}",
    ]
}

fn proof() -> impl Strategy<Value = Proof> {
    let url = prop::option::of(Just("https://git.example.com/ビルド/1?a=b#c".to_owned()));
    (prop::option::of(hard()), url, prop::option::of(Just(date(2026, 10, 2))))
        .prop_map(|(title, url, date)| Proof { title, url, date })
}

fn entry() -> impl Strategy<Value = Entry> {
    let evidence = prop::option::weighted(0.4, prop::collection::vec(proof(), 1..3));
    (0usize..5, prop::option::of(hard()), evidence, prop::bool::weighted(0.3)).prop_map(
        |(answer, note, evidence, planned)| Entry {
            answer: Answer::ALL[answer].clone(),
            note,
            evidence: evidence.unwrap_or_default(),
            planned,
        },
    )
}

/// An assessment, and which of [`OTHERS`] belongs to it.
fn assessments() -> impl Strategy<Value = (Assessment, usize)> {
    let text = || prop::option::of(hard());
    let answers = prop::collection::vec(prop::option::weighted(0.6, entry()), SUBJECTS.len());
    let people = prop::collection::vec(hard(), 0..3);
    let about = (text(), text(), text(), prop::option::of(Just("0123456789ab".to_owned())));
    (about, people, answers, 0..BODIES.len(), 0..OTHERS.len()).prop_map(
        |((title, description, scope, model), participants, given, body, others)| {
            let mut answers = Answers::new();
            for ((practice, criterion), entry) in SUBJECTS.iter().zip(given) {
                let Some(entry) = entry else { continue };
                let entries = answers.entry((*practice).to_owned()).or_default();
                entries.insert((*criterion).to_owned(), entry);
            }
            let assessment = Assessment {
                title,
                description,
                date: date(2026, 11, 20),
                participants,
                scope,
                model,
                others: Vec::new(),
                answers,
                body: BODIES[body].to_owned(),
            };
            (assessment, others)
        },
    )
}

fn read_back(text: &str) -> Assessment {
    let mut found = Diagnostics::new();
    let path = "content/teams/checkout/assessments/2026-11-20.md".into();
    let lang = Lang::new("en");
    read(text, &path, &lang, &mut found).unwrap_or_else(|| panic!("{text}\n{found:?}"))
}

/// The file with other front matter put before the answers, as `written` by somebody.
fn with_others(text: &str, written: &str) -> String {
    let end = text.find("\nanswers:\n").or_else(|| text.find("\n---\n")).unwrap() + 1;
    format!("{}{written}{}", &text[..end], &text[end..])
}

/// The text of the file, made from what the browser starts from too.
fn file(assessment: &Assessment, others: usize) -> String {
    let (written, canonical) = OTHERS[others];
    let text = write(assessment, &order());
    let text = write(&read_back(&with_others(&text, written)), &order());
    assert!(text.contains(canonical), "{text}");
    text
}

fn told(assessment: &Assessment, others: usize, text: &str) -> Value {
    let Assessment { title, description, date, participants, scope, model, answers, body, .. } = assessment;
    let proof = |proof: &Proof| json!({ "title": proof.title, "url": proof.url, "date": proof.date.map(|date| date.to_string()) });
    let mut entries = BTreeMap::new();
    for (practice, of_practice) in answers {
        for (criterion, entry) in of_practice {
            let evidence: Vec<Value> = entry.evidence.iter().map(proof).collect();
            let told = json!({
                "answer": entry.answer.name(), "note": entry.note, "evidence": evidence, "planned": entry.planned,
            });
            entries.insert(format!("{practice}/{criterion}"), told);
        }
    }
    let others: Vec<&str> = OTHERS[others].1.lines().collect();
    json!({
        "assessment": {
            "title": title, "description": description, "date": date.to_string(), "participants": participants,
            "scope": scope, "model": model, "others": others, "answers": entries, "body": body,
        },
        "file": text,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_written_is_read_back_and_written_again_is_the_same((assessment, others) in assessments()) {
        let text = file(&assessment, others);
        let back = read_back(&text);
        prop_assert_eq!(write(&back, &order()), text);
        prop_assert_eq!(&back.body, &assessment.body);
        let said = |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        prop_assert_eq!(&back.title, &said(&assessment.title));
        for (practice, entries) in &assessment.answers {
            for (criterion, entry) in entries {
                let read = back.entry(practice, criterion).unwrap();
                prop_assert_eq!(&read.answer, &entry.answer);
                prop_assert_eq!(&read.note, &said(&entry.note));
            }
        }
    }
}

/// For the browser's writer, which must write the same bytes.
#[test]
fn random_files_are_written_for_the_browser() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let strategy = assessments();
    let files: Vec<Value> = (0..1500)
        .map(|_| {
            let (assessment, others) = strategy.new_tree(&mut runner).unwrap().current();
            told(&assessment, others, &file(&assessment, others))
        })
        .collect();
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/assess-files.json");
    let vectors = json!({ "order": order(), "files": files });
    std::fs::write(target, serde_json::to_string(&vectors).unwrap()).unwrap();
}
