//! Shirube (標, a signpost): publishes an organisation's reliability handbook from markdown.
//!
//! The program is a pipeline. Source gathers, parse reads, link joins, assess judges, render and
//! search write, publish delivers; the commands are that pipeline stopped at different places.

// The words, and how we speak.
pub mod diag;
pub mod model;
pub mod yaml;
pub mod config;

// The stages, in order.
pub mod source;
pub mod parse;
pub mod link;
pub mod assess;
pub mod render;
pub mod search;
pub mod prove;
pub mod inbound;
pub mod publish;

// The program around them.
pub mod author;
pub mod export;
pub mod lookup;
pub mod serve;
pub mod pipeline;
pub mod cli;

/// Runs the program with `args`, the first of which is its name, and tells how it went: 0 fine, 1 findings in
/// the content, 2 usage or configuration, 3 the machine failed.
pub fn run(args: impl IntoIterator<Item = std::ffi::OsString>) -> std::process::ExitCode {
    cli::run(args)
}
