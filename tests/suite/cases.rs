//! Whole handbooks as data: `tests/cases/<stage>/<case>/handbook/` in, `findings.txt` and `files.txt` out.
//!
//! `findings.txt` is what `shirube check` says, `files.txt` the paths of the site (hashes masked).
//! `BLESS=1 cargo test` writes what came out; read the difference before committing it.

use std::path::{Path, PathBuf};

use shirube::diag::{Format, emit};
use shirube::pipeline::{self, Job};

#[test]
fn every_case_gives_what_is_expected() {
    let cases = folders(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"));
    let cases: Vec<PathBuf> = cases.iter().flat_map(|stage| folders(stage)).collect();
    assert!(cases.len() >= 3, "the walk found only {} cases", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let (findings, files) = outcome(&case.join("handbook"));
        for (name, text) in [("findings.txt", findings), ("files.txt", files)] {
            let expected = case.join(name);
            if std::env::var_os("BLESS").is_some() {
                std::fs::write(&expected, &text).unwrap();
            }
            let wanted = std::fs::read_to_string(&expected).unwrap_or_default();
            if wanted != text {
                wrong.push(format!("== {}\n-- expected\n{wanted}\n-- got\n{text}", expected.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What `check` says of a handbook, and the paths of its site.
fn outcome(handbook: &Path) -> (String, String) {
    let mut job = Job::new(handbook);
    job.today = Some(jiff::civil::date(2026, 11, 20));
    let made = pipeline::make(&job).unwrap();
    let findings = emit(&made.diagnostics, &made.texts, Format::Human, false);
    let paths = made.outputs.keys().filter(|path| !path.starts_with("search/data/"));
    let mut files: Vec<String> = paths.map(|path| masked(path)).collect();
    // A changed style sheet has another hash, and may come before the scripts.
    files.sort();
    (findings, files.join("\n") + "\n")
}

/// `assets/site.0123456789.css` → `assets/site.*.css`.
fn masked(path: &str) -> String {
    let parts: Vec<&str> = path.split('.').collect();
    match parts.as_slice() {
        [name, hash, extension] if hash.len() == 10 && hash.chars().all(|c| c.is_ascii_hexdigit()) => {
            format!("{name}.*.{extension}")
        }
        _ => path.to_owned(),
    }
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}
