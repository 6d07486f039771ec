//! Keeps the import rules: a stage never imports a stage, only the pipeline knows their order, the
//! model serialises to nobody, and every dependency has one address.

use std::path::{Path, PathBuf};

const STAGES: [&str; 9] =
    ["source", "parse", "link", "assess", "render", "search", "prove", "inbound", "publish"];
/// Around the stages; they may not be imported by a stage either.
const OUTER: [&str; 6] = ["author", "export", "lookup", "serve", "cli", "pipeline"];

fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                files.push((path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_owned(), text));
            }
        }
    }
    assert!(files.len() > 40, "the walk found only {} files", files.len());
    files
}

/// The first folder or file below `src/`: `parse` for `src/parse/front/practice.rs`.
fn room(path: &Path) -> String {
    let part = path.components().nth(1).unwrap().as_os_str().to_string_lossy();
    part.trim_end_matches(".rs").to_owned()
}

/// The crate's own modules that a file names, wherever in the text: `crate::link` → `link`.
fn named(text: &str) -> Vec<&str> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default())
        .collect()
}

#[test]
fn a_stage_never_imports_a_stage() {
    for (path, text) in sources() {
        let here = room(&path);
        if !STAGES.contains(&here.as_str()) {
            continue;
        }
        for other in named(&text) {
            let forbidden = (STAGES.contains(&other) && other != here) || OUTER.contains(&other);
            assert!(!forbidden, "{} names crate::{other}", path.display());
        }
    }
}

#[test]
fn only_the_pipeline_names_every_stage() {
    for (path, text) in sources() {
        let here = room(&path);
        if matches!(here.as_str(), "pipeline" | "lib") {
            continue;
        }
        let mut stages: Vec<&str> = named(&text).into_iter().filter(|name| STAGES.contains(name)).collect();
        stages.sort_unstable();
        stages.dedup();
        assert!(stages.len() <= 1, "{} names the stages {stages:?}", path.display());
    }
}

#[test]
fn the_words_import_no_verbs() {
    for (path, text) in sources() {
        let here = room(&path);
        let allowed: &[&str] = match here.as_str() {
            "model" => &["diag", "model"],
            "diag" => &["diag", "model"],
            "yaml" => &["diag", "model", "yaml"],
            "config" => &["diag", "model", "yaml", "config"],
            _ => continue,
        };
        for other in named(&text) {
            let is_module =
                STAGES.contains(&other) || OUTER.contains(&other) || ["config", "yaml"].contains(&other);
            assert!(!is_module || allowed.contains(&other), "{} names crate::{other}", path.display());
        }
        assert!(here != "model" || !text.contains("serde"), "{} serialises", path.display());
    }
}

#[test]
fn every_dependency_has_one_address() {
    let addresses: [(&str, &[&str]); 19] = [
        ("pulldown_cmark", &["parse"]),
        ("granit_parser", &["yaml"]),
        ("tera", &["render"]),
        ("syntect", &["render"]),
        ("two_face", &["render"]),
        ("ammonia", &["render"]),
        ("flate2", &["render", "search"]),
        ("lol_html", &["prove"]),
        ("walkdir", &["source", "serve"]),
        ("hyper", &["serve"]),
        ("notify", &["serve"]),
        ("tokio", &["serve"]),
        ("rustix", &["publish", "author"]),
        ("clap", &["cli"]),
        ("inquire", &["cli"]),
        ("console", &["cli"]),
        ("annotate_snippets", &["diag"]),
        ("include_dir", &["source", "author"]),
        ("strsim", &["diag"]),
    ];
    for (path, text) in sources() {
        let here = room(&path);
        for (dependency, rooms) in addresses {
            let uses = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .any(|line| line.contains(&format!("{dependency}::")));
            assert!(!uses || rooms.contains(&here.as_str()), "{} uses {dependency}", path.display());
        }
    }
}

#[test]
fn between_source_and_publish_there_is_no_world() {
    let doors = [
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "SystemTime",
        "Instant::now",
        "println!",
        "eprintln!",
    ];
    for (path, text) in sources() {
        let here = room(&path);
        if !matches!(
            here.as_str(),
            "model"
                | "yaml"
                | "config"
                | "parse"
                | "link"
                | "assess"
                | "render"
                | "search"
                | "prove"
                | "inbound"
                | "lookup"
                | "diag"
        ) {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for door in doors {
            let used = code
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .any(|line| line.contains(door));
            assert!(!used, "{} opens the door {door}", path.display());
        }
    }
}
