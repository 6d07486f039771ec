//! Documentation that was not written for us: three projects' folders, and a thousand plain files.
//!
//! The folders come out of npm packages (`npm ci` in `tests/browser` brings them along), so that no
//! third-party text is kept here.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::{TempDir, tempdir};

use crate::run::run;

#[test]
fn fastify_can_be_tried() {
    try_out("fastify/docs", 30);
}

#[test]
fn undici_can_be_tried() {
    try_out("undici/docs", 30);
}

#[test]
fn the_rules_of_eslint_plugin_jest_can_be_tried() {
    try_out("eslint-plugin-jest/docs", 60);
}

#[test]
fn a_thousand_plain_files_build_clean_and_have_titles() {
    let folder = tempdir().unwrap();
    for number in 0..1_000 {
        let path = folder.path().join(plain(number));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let next = Path::new("../..").join(plain((number + 1) % 1_000).strip_prefix("content").unwrap());
        let title = if number % 2 == 0 { format!("# Runbook number {number}\n\n") } else { String::new() };
        let text = format!(
            "{title}What to do, in *plain* words.\n\n## Steps\n\n1. Look at [the next]({}).\n",
            next.display()
        );
        fs::write(path, text).unwrap();
    }
    let ran = run(folder.path(), &["build", "--format", "short"]).exits(0);
    let complaints: Vec<&str> = ran.err.lines().filter(|line| finding(line).is_some()).collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
    for number in 0..1_000 {
        let page = read(&public(&folder, plain(number).strip_prefix("content").unwrap()));
        let title = between(&page, "<title>", "</title>").to_lowercase();
        // The first heading, else the name of the file.
        let wanted =
            if number % 2 == 0 { format!("runbook number {number}") } else { format!("task {number}") };
        assert!(title.replace(['-', '_'], " ").contains(&wanted), "{}: {title}", plain(number).display());
        assert!(page.contains("<em>plain</em>"), "{}", plain(number).display());
    }
}

/// `content/team-3/area-2/task-23.md`.
fn plain(number: usize) -> PathBuf {
    format!("content/team-{}/area-{}/task-{number}.md", number % 10, number / 10 % 10).into()
}

/// Builds a folder of an npm package, as somebody does who wants to know whether we suit them.
fn try_out(docs: &str, at_least: usize) {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/node_modules").join(docs);
    if !source.exists() {
        assert!(
            std::env::var_os("CI").is_none(),
            "in CI the packages must be there: run `npm ci` in tests/browser"
        );
        eprintln!("skipped: run `npm ci` in tests/browser to try the documentation of {docs}");
        return;
    }
    let folder = tempdir().unwrap();
    let content = folder.path().join("content");
    copy(&source, &content);
    let mut pages = Vec::new();
    markdown_files(&content, &mut pages);
    assert!(pages.len() >= at_least, "{docs} has only {} pages", pages.len());

    let ran = run(folder.path(), &["build", "--lenient", "--format", "short"]);
    assert!([0, 1].contains(&ran.code), "{ran:#?}");
    assert!(!ran.err.contains("panicked"), "{ran:#?}");
    let mut errors = 0;
    for line in ran.err.lines() {
        let Some((file, number, severity)) = finding(line) else { continue };
        let text =
            fs::read_to_string(folder.path().join(file)).unwrap_or_else(|_| panic!("no such file: {line}"));
        assert!((1..=text.lines().count().max(1)).contains(&number), "no such line: {line}");
        errors += usize::from(severity == "error");
    }
    assert_eq!(ran.code == 1, errors > 0, "the exit code says something else than the report:\n{}", ran.err);

    let mut dead = Vec::new();
    for path in &pages {
        let page = read(&public(&folder, path.strip_prefix(&content).unwrap()));
        let heading = first_heading(&fs::read_to_string(path).unwrap());
        assert!(page.contains("<main") && page.contains("</html>"), "{} is not whole", path.display());
        assert!(page.contains(&heading), "{} does not show {heading:?}", path.display());
        let address = public(&folder, path.strip_prefix(&content).unwrap());
        dead.extend(dead_links(&folder.path().join("public"), &address, &page));
    }
    assert!(dead.is_empty(), "links that could not be resolved should have become text: {dead:#?}");
}

/// File, line and severity of a line of the short report: `path:line:column: error[code]: message`.
fn finding(line: &str) -> Option<(&str, usize, &str)> {
    let placeless = ["error[", "warning[", "hint["].iter().any(|start| line.starts_with(start));
    assert!(!placeless, "no place: {line}");
    let (place, rest) = line.split_once(": ")?;
    let (severity, _) = rest.split_once('[')?;
    if !["error", "warning", "hint"].contains(&severity) {
        return None;
    }
    let mut parts = place.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().unwrap_or_else(|_| panic!("no column in {line}"));
    let number: usize =
        parts.next().and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("no line in {line}"));
    assert!(column > 0, "{line}");
    Some((parts.next().unwrap_or_else(|| panic!("no file in {line}")), number, severity))
}

/// Where the page of a source file is written; `path` is below the content folder.
fn public(folder: &TempDir, path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap().to_string_lossy();
    let index = ["_index", "index", "readme"].contains(&stem.to_lowercase().as_str());
    let address = if index { path.parent().unwrap().to_owned() } else { path.with_extension("") };
    folder.path().join("public").join(address).join("index.html")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The first words of the first heading that has no markup in it.
fn first_heading(text: &str) -> String {
    let plain = |words: &str| words.chars().all(|c| c.is_alphanumeric() || c == ' ');
    let mut fenced = false;
    for line in text.lines() {
        fenced ^= line.starts_with("```");
        let heading = line.trim_start_matches('#');
        if !fenced && heading.len() < line.len() && heading.starts_with(' ') && plain(heading) {
            return heading.trim().to_owned();
        }
    }
    String::new()
}

/// Addresses in the text of `page` that name no file below `public`.
fn dead_links(public: &Path, at: &Path, page: &str) -> Vec<String> {
    let body = between(page, "<main", "</main>");
    body.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|address| !address.contains(':') && !address.starts_with("//"))
        .filter(|address| {
            let path = address.split(['#', '?']).next().unwrap_or_default();
            let mut target = match path.strip_prefix('/') {
                Some(absolute) => public.join(absolute),
                None => at.parent().unwrap().join(path),
            };
            if path.is_empty() {
                return false;
            }
            if path.ends_with('/') || path.ends_with("..") {
                target.push("index.html");
            }
            !target.exists()
        })
        .map(|address| format!("{}: {address}", at.display()))
        .collect()
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let rest = text.split_once(from).unwrap_or_else(|| panic!("no {from} in {text}")).1;
    rest.rsplit_once(to).map_or(rest, |(inner, _)| inner)
}

fn markdown_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            markdown_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (path, name) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &name);
        } else {
            fs::copy(path, name).unwrap();
        }
    }
}
