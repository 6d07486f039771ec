//! Writes a handbook for measurements, the same bytes on every machine.
//!
//! `cargo bench --bench corpus -- 10000 /tmp/corpus` writes 10,000 pages; `--bare` behind it leaves
//! the languages of code fences out, so that there is nothing to highlight.

#![allow(clippy::disallowed_methods, reason = "writes files, which is all it is for")]
#![allow(clippy::print_stderr, reason = "a program for the terminal")]

mod blocks;
mod handbook;

use std::path::Path;
use std::process::ExitCode;

use handbook::Fences;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let bare = arguments.iter().any(|argument| argument == "--bare");
    let words: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    let &[pages, folder] = words.as_slice() else {
        eprintln!("usage: cargo bench --bench corpus -- PAGES FOLDER [--bare]");
        return ExitCode::from(2);
    };
    let Ok(pages) = pages.parse() else {
        eprintln!("`{pages}` is not a number of pages");
        return ExitCode::from(2);
    };
    let folder = Path::new(folder);
    if folder.join("content").exists() {
        eprintln!("{} has a `content` folder already; nothing was written", folder.display());
        return ExitCode::from(2);
    }
    match handbook::write(folder, pages, if bare { Fences::Bare } else { Fences::Named }) {
        Ok(()) => {
            eprintln!("wrote version {} of the corpus into {}", handbook::VERSION, folder.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::from(3)
        }
    }
}
