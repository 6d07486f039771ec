//! What it costs to resolve links: CPU seconds for all of a handbook's, on one thread.
//!
//! `cargo bench --bench links` takes 10,000 pages; `cargo bench --bench links -- 1000` another number.
//! Each page of the corpus has seven links to other pages, and three to itself are added, so that there
//! are ten; the relations of front matter and the search for terms are part of the figure.

#![allow(clippy::disallowed_methods, reason = "writes files, which is all it is for")]
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

mod blocks;
mod handbook;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use handbook::Fences;
use shirube::diag::Diagnostics;
use shirube::link;
use shirube::model::Succession;
use shirube::pipeline::{Job, Workshop};

const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let pages = words.next().map_or(Ok(10_000), |number| number.parse())?;
    let root = corpus(pages)?;
    // One thread, so that the time that passes is the time spent.
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global()?;
    let site = Workshop::new(Job::new(&root)).prepare(None)?.site;
    let links: usize = site
        .handbook
        .iter()
        .flat_map(|(_, thing)| thing.texts.values())
        .map(|text| text.summary.links.len())
        .sum();
    let mut seconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            let graph = link::resolve(&site.handbook, &Succession::default(), &mut Diagnostics::new());
            let passed = start.elapsed().as_secs_f64();
            drop(graph);
            passed
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    println!(
        "{pages} pages, {links} links in texts: {:.2} s of CPU (median of {RUNS}; {:.2} to {:.2})",
        seconds[RUNS / 2],
        seconds[0],
        seconds[RUNS - 1]
    );
    Ok(())
}

/// The folder of the corpus, which is written when it is not there.
fn corpus(pages: usize) -> Result<PathBuf, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(format!("target/bench/corpus-{}-{pages}-links", handbook::VERSION));
    if !root.exists() {
        let unfinished = root.with_extension("unfinished");
        handbook::write(&unfinished, pages, Fences::Named)?;
        link_to_themselves(&unfinished.join("content"))?;
        fs::rename(&unfinished, &root)?;
    }
    Ok(root)
}

fn link_to_themselves(folder: &Path) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            link_to_themselves(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let links = format!("\n[one]({name}), [two](./{name}) and [three]({name}).\n");
            fs::write(&path, fs::read_to_string(&path)? + &links)?;
        }
    }
    Ok(())
}
