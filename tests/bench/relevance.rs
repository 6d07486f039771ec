//! How well the search answers the judged queries of `tests/search/queries.json`, over the default handbook.
//!
//! `cargo bench --bench relevance` prints recall, mean reciprocal rank and hit@5 by language and kind of query;
//! `--profile dev` before the name saves compiling. Behind `--`: `--misses` lists the queries whose answer is not among the first
//! three, `title=3` tries another number in place of one of `src/search/ranking.rs`, `--held-back` measures the queries that are kept
//! from tuning instead: once, when the tuning is over.
//!
//! * **recall**: share of the relevant subjects that are found at all, at whatever rank.
//! * **MRR**: mean of 1 / rank of the first relevant subject.
//! * **hit@5**: share of the queries with a relevant subject among the first five.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "measures from outside, with files of the repository"
)]
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use shirube::model::{Handbook, Kind};
use shirube::pipeline::{Job, site};
use shirube::search::query::{Options, find};
use shirube::search::{Index, files};

#[derive(Deserialize)]
struct Judged {
    queries: Vec<Query>,
}

#[derive(Deserialize)]
struct Query {
    q: String,
    lang: String,
    kind: String,
    relevant: Vec<String>,
    held_back: bool,
}

#[derive(Default)]
struct Sums {
    queries: usize,
    recall: f64,
    reciprocal: f64,
    among_five: usize,
}

fn main() {
    let arguments: BTreeSet<String> = std::env::args().skip(1).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let judged: Judged =
        serde_json::from_str(&std::fs::read_to_string(root.join("tests/search/queries.json")).unwrap())
            .unwrap();
    let site = site(&Job::new(root)).unwrap_or_else(|failure| {
        println!("{failure}");
        std::process::exit(2)
    });
    let mut files = files(&site, false);
    rank_by(&mut files.router, &arguments);
    let index = Index::open(&files).unwrap();
    let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
    for query in judged.queries.iter().filter(|query| query.held_back == arguments.contains("--held-back")) {
        let language = index.router.languages.iter().position(|language| *language == query.lang).unwrap();
        let options = Options { language, facets: Vec::new(), limit: usize::MAX };
        let answer = find(&index, &query.q, &options);
        let found: Vec<String> = answer.hits.iter().map(|hit| name(&site.handbook, &hit.card.1)).collect();
        let relevant: BTreeSet<&str> =
            query.relevant.iter().map(|name| name.split('#').next().unwrap_or(name)).collect();
        let rank = found.iter().position(|name| relevant.contains(name.as_str()));
        let recalled = relevant.iter().filter(|name| found.iter().any(|found| found == *name)).count();
        if rank.is_none_or(|rank| rank > 2) && arguments.contains("--misses") {
            let first: Vec<&String> = found.iter().take(5).collect();
            println!(
                "{} {} `{}`: {:?} of {}, first {:?}",
                query.lang,
                query.kind,
                query.q,
                rank.map(|rank| rank + 1),
                found.len(),
                first
            );
        }
        for key in [query.lang.clone(), format!("{} {}", query.lang, query.kind), "both".to_owned()] {
            let sums = sums.entry(key).or_default();
            sums.queries += 1;
            sums.recall += recalled as f64 / relevant.len() as f64;
            sums.reciprocal += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
            sums.among_five += usize::from(rank.is_some_and(|rank| rank < 5));
        }
    }
    println!("| queries | number | recall | MRR | hit@5 |");
    println!("|---|---:|---:|---:|---:|");
    for (key, sums) in sums {
        let count = sums.queries as f64;
        println!(
            "| {key} | {} | {:.3} | {:.3} | {:.3} |",
            sums.queries,
            sums.recall / count,
            sums.reciprocal / count,
            sums.among_five as f64 / count,
        );
    }
}

/// Puts numbers given as `name=number` in the place of those of the router.
fn rank_by(router: &mut Vec<u8>, arguments: &BTreeSet<String>) {
    let mut read: serde_json::Value = serde_json::from_slice(router).unwrap();
    for (name, number) in arguments.iter().filter_map(|argument| argument.split_once('=')) {
        assert!(read["ranking"][name].is_number(), "the ranking has no `{name}`");
        read["ranking"][name] = serde_json::from_str(number).unwrap();
    }
    *router = serde_json::to_vec(&read).unwrap();
}

/// `kind:id` of the subject at an address.
fn name(handbook: &Handbook, address: &str) -> String {
    let Some(id) = handbook.by_address.get(address) else { return address.to_owned() };
    let thing = handbook.thing(*id);
    let kind: Kind = thing.kind;
    thing.id.as_ref().map_or_else(|| address.to_owned(), |id| format!("{kind}:{id}"))
}
