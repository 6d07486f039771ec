//! The handbook in `content/` keeps what it promises: enough of everything, in both languages, and no
//! sentence twice. Counted twice: by `shirube list`, and by reading the files as naively as can be.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::run::{run, shirube};

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A markdown or YAML file of the handbook.
struct Page {
    /// Below `content/`.
    path: String,
    text: String,
}

impl Page {
    fn is_japanese(&self) -> bool {
        self.path.ends_with(".ja.md")
    }

    fn is_introduction(&self) -> bool {
        self.path.rsplit('/').next().unwrap().starts_with("_index.")
    }

    fn front_matter(&self) -> &str {
        self.text.strip_prefix("---\n").and_then(|rest| rest.split("\n---\n").next()).unwrap_or_default()
    }

    /// What follows the front matter.
    fn body(&self) -> &str {
        self.text
            .strip_prefix("---\n")
            .and_then(|rest| rest.split_once("\n---\n"))
            .map_or(&self.text, |(_, body)| body)
    }

    /// The body without its code.
    fn prose(&self) -> String {
        let mut fence: Option<usize> = None;
        let mut prose = String::new();
        for line in self.body().lines() {
            let ticks = line.trim_start().chars().take_while(|c| *c == '`').count();
            match fence {
                Some(open) if ticks >= open => fence = None,
                Some(_) => {}
                None if ticks >= 3 => fence = Some(ticks),
                None => {
                    prose.push_str(line);
                    prose.push('\n');
                }
            }
        }
        prose
    }

    /// The page, whatever its language.
    fn stem(&self) -> &str {
        self.path.trim_end_matches(".md").trim_end_matches(".ja")
    }
}

fn pages() -> Vec<Page> {
    let content = repository().join("content");
    let mut pages = Vec::new();
    let mut folders = vec![content.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "md" || ext == "yaml") {
                let text = fs::read_to_string(&path).unwrap();
                let path = path.strip_prefix(&content).unwrap().to_string_lossy().replace('\\', "/");
                pages.push(Page { path, text });
            }
        }
    }
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages
}

fn list(subject: &str) -> Vec<Value> {
    let out = run(repository(), &["list", subject, "--format", "json"]).exits(0).out;
    serde_json::from_str(&out).unwrap()
}

#[test]
fn there_is_enough_of_everything_in_both_languages() {
    let wanted = [
        ("practices", 50),
        ("roles", 10),
        ("playbooks", 30),
        ("postmortems", 8),
        ("terms", 60),
        ("teams", 4),
        ("assessments", 16),
        ("paths", 6),
    ];
    for (subject, fewest) in wanted {
        let rows = list(subject);
        assert!(rows.len() >= fewest, "{} {subject} of {fewest}", rows.len());
        for row in rows {
            assert_eq!(row["languages"], serde_json::json!(["en", "ja"]), "{row}");
        }
    }
    let criteria = list("criteria").len();
    assert!(criteria >= 500, "{criteria} criteria of 500");
    assert_eq!(list("untranslated").len(), 0);
    assert_eq!(list("orphans").len(), 0);
}

#[test]
fn every_practice_has_criteria_at_every_level_a_lead_and_a_way_to_level_three() {
    let core: BTreeSet<String> = pages()
        .iter()
        .filter(|page| !page.front_matter().contains("\npack: "))
        .map(|page| page.path.rsplit('/').next().unwrap().trim_end_matches(".md").to_owned())
        .collect();
    for row in list("coverage") {
        let (level, criteria) = (row["level"].as_u64().unwrap(), row["criteria"].as_u64().unwrap());
        assert!((2..=4).contains(&criteria), "{row}");
        assert_eq!(row["led"], true, "{row}");
        let is_core = core.contains(row["practice"].as_str().unwrap());
        assert!(level != 3 || !is_core || !row["playbooks"].as_array().unwrap().is_empty(), "{row}");
    }
}

/// The same by reading lines, in case the program miscounts.
#[test]
fn a_naive_reader_counts_the_same() {
    let mut criteria = 0;
    let mut practices = 0;
    for page in pages() {
        let practice = page.path.starts_with("practices/") && !page.is_introduction() && !page.is_japanese();
        if !practice {
            continue;
        }
        practices += 1;
        let mut by_level: BTreeMap<u8, usize> = BTreeMap::new();
        let mut level = 0;
        let lines = page.front_matter().lines().skip_while(|line| *line != "criteria:").skip(1);
        for line in lines.take_while(|line| line.starts_with(' ')) {
            if let Some(number) = line.strip_prefix("  ").and_then(|line| line.strip_suffix(':')) {
                level = number.parse().unwrap_or(level);
            }
            if line.starts_with("    - id: ") {
                *by_level.entry(level).or_default() += 1;
            }
        }
        assert_eq!(by_level.keys().copied().collect::<Vec<_>>(), [2, 3, 4, 5], "{}", page.path);
        assert!(by_level.values().all(|count| (2..=4).contains(count)), "{}: {by_level:?}", page.path);
        criteria += by_level.values().sum::<usize>();
        let prose = page.prose();
        let words = prose.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
        assert!(words >= 450, "{} has {words} words of 450", page.path);
    }
    assert_eq!(practices, list("practices").len());
    assert_eq!(criteria, list("criteria").len());
}

#[test]
fn no_paragraph_stands_on_two_pages() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for page in pages().iter().filter(|page| page.path.ends_with(".md")) {
        for paragraph in page.prose().split("\n\n") {
            let words = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
            if words.chars().count() < 30 || words.starts_with('#') {
                continue;
            }
            let before = seen.insert(words.clone(), page.stem().to_owned());
            let before = before.filter(|before| before != page.stem());
            assert!(before.is_none(), "{} and {} both say {words:?}", before.unwrap_or_default(), page.path);
        }
    }
}

/// Two paragraphs are near when more than a third of their runs of letters are the same.
#[test]
fn no_paragraph_is_a_reworded_other() {
    const RUN: usize = 12;
    let mut paragraphs: Vec<(String, String, BTreeSet<String>)> = Vec::new();
    for page in pages().iter().filter(|page| page.path.ends_with(".md") && !page.path.starts_with("guides/"))
    {
        for paragraph in page.prose().split("\n\n").filter(|text| !text.trim_start().starts_with('|')) {
            let letters: Vec<char> = without_targets(paragraph)
                .to_lowercase()
                .chars()
                .filter(|letter| letter.is_alphanumeric())
                .collect();
            if letters.len() >= 100 {
                let runs = letters.windows(RUN).map(|run| run.iter().collect()).collect();
                paragraphs.push((page.stem().to_owned(), paragraph.to_owned(), runs));
            }
        }
    }
    let mut by_run: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (_, _, runs)) in paragraphs.iter().enumerate() {
        for run in runs {
            by_run.entry(run).or_default().push(at);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for holders in by_run.values().filter(|holders| (2..=20).contains(&holders.len())) {
        for (position, a) in holders.iter().enumerate() {
            for b in &holders[position + 1..] {
                *shared.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    let mut near = Vec::new();
    for ((a, b), common) in shared {
        let (a, b) = (&paragraphs[a], &paragraphs[b]);
        if a.0 != b.0 && common * 3 > a.2.len().min(b.2.len()) {
            near.push(format!("{} and {}:\n  {}\n  {}", a.0, b.0, a.1.trim(), b.1.trim()));
        }
    }
    assert!(near.is_empty(), "{} pairs\n{}", near.len(), near.join("\n"));
}

/// Links by their words alone.
fn without_targets(paragraph: &str) -> String {
    let mut words = String::new();
    for (at, part) in paragraph.split("](").enumerate() {
        words.push_str(if at == 0 { part } else { part.split_once(')').map_or(part, |(_, rest)| rest) });
    }
    let parts = words.split("[[").enumerate();
    parts
        .map(|(at, part)| if at == 0 { part } else { part.split_once("]]").map_or(part, |(_, rest)| rest) })
        .collect()
}

/// Today and in two years; with and without the optional pack. What is due by its date is a hint.
#[test]
fn a_strict_check_finds_nothing() {
    let without_pack = TempDir::new().unwrap();
    copy(&repository().join("content"), &without_pack.path().join("content"));
    let config = fs::read_to_string(repository().join("handbook.yaml")).unwrap();
    let core_only = config.replace("packs: [core, more]", "packs: [core]");
    assert_ne!(config, core_only);
    fs::write(without_pack.path().join("handbook.yaml"), core_only).unwrap();
    for root in [repository(), without_pack.path()] {
        for day in ["1795132800", "1858204800"] {
            let mut command = shirube(root, &["check", "--strict", "--format", "short"]);
            let output = command.env("SOURCE_DATE_EPOCH", day).output().unwrap();
            let out = [output.stdout, output.stderr].concat();
            let out = String::from_utf8_lossy(&out);
            assert_eq!(output.status.code(), Some(0), "{out}");
            let others: Vec<&str> = out.lines().filter(|line| line.contains("hint[")).collect();
            let others: Vec<&&str> = others.iter().filter(|line| !line.contains("hint[due/")).collect();
            assert!(others.is_empty(), "{others:#?}");
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Every anchor of an English page is on its Japanese sister too.
#[test]
fn both_languages_have_the_same_pages_and_anchors() {
    let public = TempDir::new().unwrap();
    let output = public.path().join("site");
    run(repository(), &["build", "--locked", "-o", output.to_str().unwrap()]).exits(0);
    let mut folders = vec![output.clone()];
    let mut compared = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let below = path.strip_prefix(&output).unwrap();
            if path.is_dir() {
                if !below.starts_with("ja") {
                    folders.push(path);
                }
            } else if below.ends_with("index.html") {
                let sister = output.join("ja").join(below);
                let japanese = fs::read_to_string(&sister)
                    .unwrap_or_else(|why| panic!("{} has no Japanese sister: {why}", below.display()));
                let english = fs::read_to_string(&path).unwrap();
                let missing: Vec<String> =
                    anchors(&english).difference(&anchors(&japanese)).cloned().collect();
                assert!(missing.is_empty(), "{}: {missing:?}", below.display());
                compared += 1;
            }
        }
    }
    assert!(compared > 200, "{compared} pages");
}

fn anchors(html: &str) -> BTreeSet<String> {
    let ids = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    // Which terms a page explains is for its language to say.
    ids.filter(|id| !id.starts_with("define-") && *id != "section-mentions" && *id != "section-backlinks")
        .map(str::to_owned)
        .collect()
}
