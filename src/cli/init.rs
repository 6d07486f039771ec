//! `shirube init`: a handbook to start from.

use std::path::Path;

use super::args::InitArgs;
use super::report::Verdict;
use super::terminal::Terminal;
use crate::author::init::{Extent, init};
use crate::author::translated::stamp;
use crate::author::write::Root;
use crate::diag::{Failure, visible};
use crate::{pipeline, source};

pub fn run(args: &InitArgs, terminal: &Terminal) -> Result<Verdict, Failure> {
    let today = source::today()?;
    let extent = if args.full { Extent::Full } else { Extent::Starter };
    let root = Root::open_or_make(&args.folder)?;
    let written = init(&root, extent, today)?;
    let translations = pipeline::translations(root.path(), Path::new("handbook.yaml"))?;
    for pair in translations.all() {
        stamp(&root, &pair.translation, &pair.hash)?;
    }
    for path in &written {
        terminal.detail(&format!("wrote {}", path.display()));
    }
    let folder = args.folder.to_string_lossy();
    let folder = visible(&folder);
    terminal.say(&format!("wrote a handbook of {} files to {folder}", written.len()));
    terminal.say("");
    terminal.say("Next:");
    if folder != "." {
        terminal.say(&format!("  cd {folder}"));
    }
    terminal.say("  shirube serve --open    write; the browser follows");
    terminal.say("  shirube check           report everything that is wrong");
    terminal.say("  shirube build           write public/, ready for any static host");
    Ok(Verdict::Fine)
}
