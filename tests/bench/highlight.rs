//! Highlighting of a large site's code: CPU seconds for generated blocks of a dozen languages.
//!
//! `cargo bench --bench highlight -- [BLOCKS] [LANGUAGE]`; 3,000 blocks when nothing is said. With
//! `worst` instead, the slowest of blocks made to be slow.

#![allow(clippy::disallowed_methods, reason = "reads its own CPU time from /proc")]
#![allow(clippy::print_stdout, reason = "a report is what it is for")]

mod blocks;

use std::time::Instant;

use rayon::prelude::*;
use shirube::render::highlight::{Block, Highlighter, Language};

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if arguments.first().is_some_and(|first| first == "worst") {
        worst();
        return;
    }
    let count = arguments.first().and_then(|count| count.parse().ok()).unwrap_or(3_000);
    let only = arguments.get(1);
    let blocks: Vec<_> = blocks::generate(count)
        .into_iter()
        .filter(|(language, _)| only.is_none_or(|only| only == language))
        .map(|(language, text)| (Language::named(language).expect("a known language"), text))
        .collect();
    let bytes: usize = blocks.iter().map(|(_, text)| text.len()).sum();
    let lines: usize = blocks.iter().map(|(_, text)| text.lines().count()).sum();
    println!("{} blocks, {lines} lines, {bytes} bytes", blocks.len());
    let blocks: Vec<_> = blocks.iter().map(|(language, text)| Block::new(*language, text)).collect();

    for threads in [1, 2] {
        let highlighter = Highlighter::new();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a thread pool");
        let (cpu, wall) = (cpu_seconds("self"), Instant::now());
        pool.install(|| highlighter.warm(&blocks));
        let (cpu, wall) = (cpu_seconds("self") - cpu, wall.elapsed().as_secs_f64());
        let output: usize = blocks.iter().map(|block| highlighter.html(block).len()).sum();
        println!(
            "{threads} threads: {cpu:.2} s CPU, {wall:.2} s wall, output {:.2} times the input",
            output as f64 / bytes as f64
        );
    }

    let mut languages: Vec<_> = blocks.iter().map(|block| block.language).collect();
    languages.sort();
    languages.dedup();
    for language in languages {
        let blocks: Vec<_> = blocks.iter().filter(|block| block.language == language).collect();
        let highlighter = Highlighter::new();
        let wall = Instant::now();
        let first = highlighter.html(blocks[0]);
        let first_wall = wall.elapsed().as_secs_f64();
        let output: usize = blocks.iter().map(|block| highlighter.html(block).len()).sum();
        let bytes: usize = blocks.iter().map(|block| block.text.len()).sum();
        let wall = wall.elapsed().as_secs_f64();
        println!(
            "{:12} {:5} blocks {wall:6.2} s, {:5.2} MB/s, output {:.2}, first block {:.1} ms ({} bytes)",
            language.name(),
            blocks.len(),
            bytes as f64 / wall / 1e6,
            output as f64 / bytes as f64,
            first_wall * 1e3,
            first.len(),
        );
    }
}

/// User and system time of `whom`: `self`, this process, or `thread-self`.
fn cpu_seconds(whom: &str) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{whom}/stat")).unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    ticks as f64 / 100.0
}

/// Blocks made to be slow, in every language: prints those that take more than half a second of CPU.
fn worst() {
    const TOKENS: &[&str] = &[
        "(",
        "a<",
        "$(",
        "[a](",
        "`",
        "a(",
        "{",
        "[",
        "<",
        "\"",
        "'",
        "/*",
        "#",
        "\\",
        "${",
        "<a ",
        "(a,",
        "*a_ ",
        "a.",
        "::",
        "=",
        "!",
        "@a(",
        "<<",
        "<!--",
        "{{",
        "\"\"\"",
        "r#\"",
        "if ",
        "a b ",
        "f(x) ",
        "- ",
        ": ",
        "|",
        " ",
        "\t",
        "%",
        "a=b;",
        "$(eval $(shell ",
        "a => ",
        "<?",
        "~",
        "&",
        "0",
        "日",
    ];
    let highlighter = Highlighter::new();
    let mut all: Vec<Language> = Language::names().filter_map(Language::named).collect();
    all.dedup();
    all.par_iter().for_each(|language| {
        // What is compiled at first use is not what this is about.
        TOKENS.iter().for_each(|token| drop(highlighter.html(&Block::new(*language, token))));
        for token in TOKENS {
            let in_lines = |length: usize, count: usize| {
                format!("{}\n", token.repeat(length / token.len())).repeat(count)
            };
            let texts = [
                token.repeat(4_000),
                in_lines(4_095, 8),
                in_lines(1_000, 64),
                in_lines(80, 4_000),
                in_lines(8, 10_000),
            ];
            for (shape, text) in texts.iter().enumerate() {
                let start = cpu_seconds("thread-self");
                highlighter.html(&Block::new(*language, text));
                let time = cpu_seconds("thread-self") - start;
                if time > 0.5 {
                    println!("{time:6.2} s {} {token:?} in shape {shape}", language.name());
                }
            }
        }
    });
}
