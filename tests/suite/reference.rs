//! The reference pages of the default handbook are made from the program's own tables, so that they
//! cannot drift. After a change of codes or keys: add the Japanese to `tests/suite/reference/ja.tsv`
//! and run with `BLESS=1`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;
use shirube::pipeline::translations;

use crate::handbook::TestHandbook;
use crate::run::run;

const JAPANESE: &str = include_str!("reference/ja.tsv");

#[test]
fn the_reference_pages_say_what_the_program_says() {
    let codes = rows("codes");
    let keys = rows("keys");
    let japanese = Japanese::read();
    japanese.knows_exactly(&codes, &keys);

    let pages = [
        ("diagnostics.md", diagnostics(&codes, &English)),
        ("diagnostics.ja.md", diagnostics(&codes, &japanese)),
        ("front-matter.md", front_matter(&keys, &English)),
        ("front-matter.ja.md", front_matter(&keys, &japanese)),
    ];
    let hashes = hashes(&pages);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/guides");
    for (name, text) in pages {
        let text = match hashes.get(name) {
            Some(hash) => text.replacen("\n---\n", &format!("\ntranslated_from: {hash}\n---\n"), 1),
            None => text,
        };
        let path = folder.join(name);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &text).unwrap();
        }
        let written = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            written == text,
            "{name} is out of date: run `BLESS=1 cargo test reference` and read the diff"
        );
    }
}

/// What the Japanese pages are stamped with, by their names.
fn hashes(pages: &[(&'static str, String)]) -> BTreeMap<String, String> {
    let mut handbook = TestHandbook::empty().file("handbook.yaml", "title: T\nlanguages: [en, ja]\n");
    for (name, text) in pages {
        handbook = handbook.file(&format!("content/guides/{name}"), text);
    }
    let translations = translations(handbook.path(), Path::new("handbook.yaml")).unwrap().all().into_iter();
    translations
        .map(|pair| (pair.translation.trim_start_matches("content/guides/").to_owned(), pair.hash))
        .collect()
}

fn rows(subject: &str) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let out = run(folder.path(), &["list", subject, "--format", "json"]).exits(0).out;
    serde_json::from_str(&out).unwrap()
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap()
}

/// What is said in a language. Each method takes what the program says.
trait Words {
    /// A sentence or label of these pages, by its English.
    fn word<'a>(&'a self, english: &'a str) -> &'a str;
    /// The explanation of a code.
    fn code<'a>(&'a self, code: &str, english: &'a str) -> &'a str;
    /// What a key is about.
    fn about<'a>(&'a self, english: &'a str) -> &'a str;
}

struct English;

impl Words for English {
    fn word<'a>(&'a self, english: &'a str) -> &'a str {
        english
    }
    fn code<'a>(&'a self, _: &str, english: &'a str) -> &'a str {
        english
    }
    fn about<'a>(&'a self, english: &'a str) -> &'a str {
        english
    }
}

/// Lines of `english or code`, tab, Japanese.
struct Japanese(BTreeMap<&'static str, &'static str>);

impl Japanese {
    fn read() -> Self {
        let lines = JAPANESE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self(
            lines.map(|line| line.split_once('\t').unwrap_or_else(|| panic!("no tab in {line:?}"))).collect(),
        )
    }

    fn of(&self, key: &str) -> &str {
        self.0.get(key).copied().unwrap_or_default()
    }

    /// Every word is there, and none that nobody uses.
    fn knows_exactly(&self, codes: &[Value], keys: &[Value]) {
        let mut used: BTreeSet<&str> = LABELS.iter().copied().collect();
        used.extend(codes.iter().map(|row| text(row, "code")));
        used.extend(codes.iter().map(|row| text(row, "severity")));
        used.extend(keys.iter().flat_map(|row| [text(row, "about"), text(row, "takes"), text(row, "kind")]));
        let known: BTreeSet<&str> = self.0.keys().copied().collect();
        let missing: Vec<_> = used.difference(&known).collect();
        let needless: Vec<_> = known.difference(&used).collect();
        assert!(missing.is_empty() && needless.is_empty(), "missing {missing:#?}, needless {needless:#?}");
    }
}

impl Words for Japanese {
    fn word<'a>(&'a self, english: &'a str) -> &'a str {
        self.of(english)
    }
    fn code<'a>(&'a self, code: &str, _: &'a str) -> &'a str {
        self.of(code)
    }
    fn about<'a>(&'a self, english: &'a str) -> &'a str {
        self.of(english)
    }
}

const TITLE_OF_CODES: &str = "Diagnostics";
const ABOUT_CODES: &str = "Every complaint of shirube by its code, what it is about, and how much it weighs.";
const INTRODUCTION_OF_CODES: &str = "An error keeps the site from being published. A warning fails `check --strict`. A hint never fails anything, except that what is due becomes a warning under `check --due`. Warnings and hints can be silenced by their code in `handbook.yaml`, with a reason.";
const TITLE_OF_KEYS: &str = "Front matter and configuration";
const ABOUT_KEYS: &str = "Every key of front matter, handbook.yaml and model.yaml, and what it takes.";
const INTRODUCTION_OF_KEYS: &str = "Front matter is YAML between two lines of `---` at the very beginning of a file. Keys marked *translated* are written in translations too; all others stand in the original only. A key that nobody reads is an error, so nothing is lost by a misspelling.";
const KEY: &str = "Key";
const TAKES: &str = "Takes";
const MEANING: &str = "Meaning";
const TRANSLATABLE: &str = "translated";
const REQUIRED: &str = "required";
const LABELS: &[&str] = &[
    TITLE_OF_CODES,
    ABOUT_CODES,
    INTRODUCTION_OF_CODES,
    TITLE_OF_KEYS,
    ABOUT_KEYS,
    INTRODUCTION_OF_KEYS,
    KEY,
    TAKES,
    MEANING,
    TRANSLATABLE,
    REQUIRED,
];

/// The first half of a code: `link` of `link/orphan`.
fn topic(code: &str) -> &str {
    code.split('/').next().unwrap()
}

fn head(words: &dyn Words, title: &str, about: &str, introduction: &str) -> String {
    let quoted = words.word(about).replace('"', "\\\"");
    format!(
        "---\ntitle: {}\ndescription: \"{quoted}\"\n---\n\n{}\n",
        words.word(title),
        words.word(introduction)
    )
}

fn diagnostics(codes: &[Value], words: &dyn Words) -> String {
    let mut page = head(words, TITLE_OF_CODES, ABOUT_CODES, INTRODUCTION_OF_CODES);
    let mut before = "";
    for row in codes {
        let code = text(row, "code");
        if topic(code) != before {
            before = topic(code);
            write!(page, "\n## `{before}/…` {{#{before}}}\n").unwrap();
        }
        let severity = words.word(text(row, "severity"));
        let explanation = words.code(code, text(row, "explanation"));
        write!(page, "\n### `{code}` {{#{}}}\n\n*{severity}*: {explanation}\n", code.replace('/', "-"))
            .unwrap();
    }
    page
}

fn front_matter(keys: &[Value], words: &dyn Words) -> String {
    let mut page = head(words, TITLE_OF_KEYS, ABOUT_KEYS, INTRODUCTION_OF_KEYS);
    let mut before = "";
    for row in keys {
        let kind = text(row, "kind");
        if kind != before {
            before = kind;
            let anchor = kind.replace('.', "-");
            let [key, takes, meaning] = [KEY, TAKES, MEANING].map(|label| words.word(label));
            write!(
                page,
                "\n## {} {{#{anchor}}}\n\n| {key} | {takes} | {meaning} |\n|---|---|---|\n",
                words.word(kind)
            )
            .unwrap();
        }
        let mut marks = String::new();
        for (flag, label) in [("required", REQUIRED), ("translatable", TRANSLATABLE)] {
            if row[flag] == true {
                write!(marks, " *{}*", words.word(label)).unwrap();
            }
        }
        let cell = |text: &str| text.replace('|', "\\|");
        let [takes, about] = [words.about(text(row, "takes")), words.about(text(row, "about"))].map(cell);
        writeln!(page, "| `{}`{marks} | {takes} | {about} |", cell(text(row, "key"))).unwrap();
    }
    page
}
