//! The tests, by the user's door: a tiny handbook in, pages or printed diagnostics out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests stand outside of the pipeline, and fail by panicking"
)]

mod architecture;
mod assess_command;
mod assess_files;
mod author;
mod broken;
mod build;
mod cases;
mod charts;
mod cli;
mod commonmark;
mod config;
mod coverage;
mod default_handbook;
mod emit;
mod export_search;
mod foreign;
mod fresh;
mod front;
mod handbook;
mod highlight;
mod inbound;
mod keys;
mod links;
mod lookup;
mod markdown;
mod numbers;
mod others;
mod pages;
mod permalinks;
mod prove;
mod publish;
mod query;
mod reference;
mod render;
mod run;
mod score;
mod search;
mod serve;
mod site;
mod terms;
mod translated;
mod translated_entries;
