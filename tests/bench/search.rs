//! What the search index costs and weighs, at several sizes.
//!
//! `cargo bench --bench search` measures 1,000 and 10,000 pages; numbers behind `--` other sizes. The handbook (`tests/bench/handbook`) is read
//! and joined first, which is not counted; it is kept in `target/bench/`.
//!
//! * **index**: CPU seconds of making and packing all files, on all processors; best of three.
//! * **peak**: memory of the whole process when it is done.
//! * **router**, **card**, **text** and the mean of the files of **terms**: packed bytes. How many of them a query reads, and how long it
//!   takes, is measured in a browser: `tests/bench/search.mjs`.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "measures from outside, with files of its own"
)]
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

mod blocks;
mod handbook;

use std::path::Path;

use handbook::Fences;
use shirube::pipeline::{Job, configured_site};
use shirube::search::index;

fn main() {
    let mut sizes: Vec<usize> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![1_000, 10_000];
    }
    println!(
        "|  pages | text MB | index CPU | peak MB | files | all MB | router | terms | mean | tails | MB | card | text |"
    );
    println!(
        "|-------:|--------:|----------:|--------:|------:|-------:|-------:|------:|-----:|------:|---:|-----:|-----:|"
    );
    for pages in sizes {
        let name = format!("corpus-{}-{pages}", handbook::VERSION);
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench").join(name);
        if !root.join("handbook.yaml").exists() {
            handbook::write(&root, pages, Fences::Named).unwrap();
        }
        let (site, config) = configured_site(&Job::new(&root)).unwrap_or_else(|failure| {
            println!("{failure}");
            std::process::exit(2)
        });
        let texts = site.handbook.things.iter().flat_map(|thing| thing.texts.values());
        let megabytes = texts.map(|text| text.body.text.len()).sum::<usize>() as f64 / 1e6;
        let mut least = f64::MAX;
        let mut files = Default::default();
        for _ in 0..3 {
            let before = cpu_seconds();
            files = index(&site, &config);
            least = least.min(cpu_seconds() - before);
        }
        let sizes = |part: &str| -> Vec<usize> {
            files.iter().filter(|(path, _)| path.contains(part)).map(|(_, bytes)| bytes.len()).collect()
        };
        let mean = |part: &str| {
            let sizes = sizes(part);
            sizes.iter().sum::<usize>() / sizes.len().max(1)
        };
        println!(
            "| {pages} | {megabytes:.1} | {least:.2} s | {:.0} | {} | {:.1} | {} | {} | {} | {} | {:.1} | {} | {} |",
            peak_megabytes(),
            files.len(),
            sizes("").iter().sum::<usize>() as f64 / 1e6,
            mean("search/router"),
            sizes("/terms/").len(),
            mean("/terms/"),
            sizes("/tails/").len(),
            sizes("/tails/").iter().sum::<usize>() as f64 / 1e6,
            mean("/cards/"),
            mean("/text/"),
        );
    }
}

/// CPU time of this process, user and system (Linux; a tick is a hundredth of a second).
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks: f64 = [11, 12].iter().map(|at| fields[*at].parse::<f64>().unwrap()).sum();
    ticks / 100.0
}

fn peak_megabytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
}
