//! What building and previewing cost, at several sizes: CPU seconds, wall time, memory, latency.
//!
//! `cargo bench --bench build` measures 100, 1,000 and 10,000 pages; `cargo bench --bench build --
//! 1000 50000 --runs 3` other sizes and another number of runs. It takes minutes, wants a quiet
//! machine with Linux, and keeps its corpora in `target/bench/`.
//!
//! * **cold**: into a folder that never was, with nothing remembered. (Not a folder deleted just
//!   before: ext4 is slow to hand out what was freed a moment ago, and one would measure that.)
//! * **highlight**: how much of its CPU is highlighting, by a twin corpus whose code names no language.
//! * **again**: once more into the same folder, nothing changed.
//! * **check**: no output at all.
//! * **save**: `shirube serve`, one page saved, until the page with the new text has come over HTTP.
//! * **per page**: CPU of the cold build for a page; the last column compares it with the size before,
//!   and 1.0 is linear growth.

#![allow(clippy::disallowed_methods, reason = "measures from outside, with files and processes of its own")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

mod blocks;
mod handbook;
mod measure;

use std::io::{Error, Result};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use handbook::Fences;
use measure::child::{self, Cost};
use measure::median;
use measure::preview::Preview;

/// "Today" of the corpus: nothing in it is overdue, and two runs have the same input.
const TODAY: &str = "1795132800";
const SAVES: usize = 20;

fn main() -> Result<()> {
    let (sizes, runs) = arguments()?;
    let program = Path::new(env!("CARGO_BIN_EXE_shirube"));
    println!("{runs} runs each, medians; {} processors", std::thread::available_parallelism()?);
    println!();
    println!(
        "|  pages | cold CPU | highlight |   wall | peak MB | again CPU |   wall | check CPU | save ms | slowest | CPU | peak MB | per page | growth |"
    );
    println!(
        "|-------:|---------:|----------:|-------:|--------:|----------:|-------:|----------:|--------:|--------:|----:|--------:|---------:|-------:|"
    );
    let mut before = None;
    for pages in sizes {
        let root = corpus(pages, Fences::Named)?;
        let twin = corpus(pages, Fences::Bare)?;
        let (cold, again) = builds(program, &root, runs)?;
        let (without, _) = builds(program, &twin, runs)?;
        let checks = (0..runs).map(|_| child::run(shirube(program, &root).arg("check")));
        let check = Cost::median(&checks.collect::<Result<Vec<_>>>()?);
        let saves = saves(program, &root)?;
        let per_page = cold.cpu_seconds / pages as f64 * 1e6;
        println!(
            "| {pages:6} | {:6.2} s | {:7.2} s | {:4.2} s | {:7.0} | {:7.2} s | {:4.2} s | {:7.2} s | {:7.1} | {:7.1} | {:3.0} | {:7.0} | {per_page:5.0} µs | {:6} |",
            cold.cpu_seconds,
            cold.cpu_seconds - without.cpu_seconds,
            cold.wall_seconds,
            cold.peak_megabytes,
            again.cpu_seconds,
            again.wall_seconds,
            check.cpu_seconds,
            saves.median,
            saves.slowest,
            saves.cpu_each,
            saves.peak_megabytes,
            before.map_or("–".to_owned(), |before: f64| format!("{:.2}", per_page / before)),
        );
        before = Some(per_page);
    }
    Ok(())
}

fn arguments() -> Result<(Vec<usize>, usize)> {
    let mut sizes = Vec::new();
    let mut runs = 5;
    let mut words = std::env::args().skip(1).filter(|argument| argument != "--bench");
    while let Some(word) = words.next() {
        let number = |word: Option<String>| word.and_then(|word| word.parse().ok());
        match (word.as_str(), number(Some(word.clone()))) {
            ("--runs", _) => {
                runs = number(words.next()).ok_or_else(|| Error::other("a number has to follow `--runs`"))?;
            }
            (_, Some(pages)) => sizes.push(pages),
            _ => return Err(Error::other(format!("`{word}` is neither a number of pages nor `--runs`"))),
        }
    }
    if sizes.is_empty() {
        sizes = vec![100, 1_000, 10_000];
    }
    Ok((sizes, runs.max(1)))
}

/// The corpus, written when it is not there yet.
fn corpus(pages: usize, fences: Fences) -> Result<PathBuf> {
    let name =
        format!("corpus-{}-{pages}{}", handbook::VERSION, if fences == Fences::Bare { "-bare" } else { "" });
    let folder = scratch().join(name);
    let done = folder.join("handbook.yaml");
    if !done.exists() {
        // Under another name until it is whole, so that an interrupted one is not measured.
        let making = folder.with_extension("making");
        let _ = std::fs::remove_dir_all(&making);
        handbook::write(&making, pages, fences)?;
        std::fs::rename(&making, &folder)?;
    }
    Ok(folder)
}

fn scratch() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).with_file_name("bench")
}

/// Cold builds, and builds into the same folder again.
fn builds(program: &Path, root: &Path, runs: usize) -> Result<(Cost, Cost)> {
    let mut cold = Vec::new();
    let mut again = Vec::new();
    let mut outputs = Vec::new();
    for run in 0..runs {
        let output = root.with_extension(format!("output-{}-{run}", std::process::id()));
        let memory = root.with_extension(format!("memory-{}-{run}", std::process::id()));
        let build = || {
            let mut command = shirube(program, root);
            command.args(["build", "--output-dir"]).arg(&output).env("XDG_CACHE_HOME", &memory);
            child::run(&mut command)
        };
        cold.push(build()?);
        again.push(build()?);
        outputs.extend([output.clone(), memory.clone()]);
    }
    // Only at the end, for the sake of what is built after it.
    for output in outputs {
        let _ = std::fs::remove_dir_all(output);
    }
    Ok((Cost::median(&cold), Cost::median(&again)))
}

fn shirube(program: &Path, root: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg("--quiet").arg("--root").arg(root).env("SOURCE_DATE_EPOCH", TODAY);
    command
}

struct Saves {
    median: f64,
    slowest: f64,
    /// CPU milliseconds of a save.
    cpu_each: f64,
    peak_megabytes: f64,
}

fn saves(program: &Path, root: &Path) -> Result<Saves> {
    let page = plain_page(&root.join("content/services"))?;
    let original = std::fs::read_to_string(&page)?;
    let below = page.strip_prefix(root.join("content")).expect("below content").with_extension("");
    let address = format!("/{}/", below.display());
    let mut preview = Preview::start(shirube(program, root).args(["serve", "--port", "0"]))?;
    let cpu_before = child::cpu_seconds(preview.process()).unwrap_or_default();
    let mut times = Vec::new();
    for number in 0..SAVES {
        let mark = format!("saved for the {number}th time");
        let text = format!("{original}\nThis page was {mark}.\n");
        let time = preview.save(&page, &text, &address, &mark);
        if time.is_err() {
            std::fs::write(&page, &original)?;
        }
        times.push(time?.as_secs_f64() * 1e3);
        // Neither in step with the watcher nor while the last build is still being tidied away.
        std::thread::sleep(Duration::from_millis(200 + 37 * (number as u64 % 5)));
    }
    let cpu_each =
        (child::cpu_seconds(preview.process()).unwrap_or_default() - cpu_before) / SAVES as f64 * 1e3;
    let peak_megabytes = child::peak(preview.process()).unwrap_or_default();
    drop(preview);
    std::fs::write(&page, original)?;
    let slowest = times.iter().copied().fold(0.0, f64::max);
    Ok(Saves { median: median(times), slowest, cpu_each, peak_megabytes })
}

/// The first page of the first service that is not the folder's own.
fn plain_page(services: &Path) -> Result<PathBuf> {
    let mut pages: Vec<PathBuf> = Vec::new();
    for folder in std::fs::read_dir(services)? {
        for page in std::fs::read_dir(folder?.path())? {
            pages.push(page?.path());
        }
    }
    let name =
        |page: &Path| page.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    pages.retain(|page| !name(page).starts_with("_index") && !name(page).ends_with(".ja.md"));
    pages.sort();
    Ok(pages.swap_remove(0))
}
