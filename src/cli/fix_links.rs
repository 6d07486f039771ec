//! `shirube fix-links`: links of another repository into this handbook, mended after showing how.

use super::args::{FixLinksArgs, Global};
use super::diff::unified;
use super::job::job;
use super::report::{Verdict, report, with_configuration};
use super::root;
use super::terminal::{Stream, Terminal};
use crate::author::write::Root;
use crate::diag::{Failure, Format, visible};
use crate::pipeline::{self, MendedFile};

pub fn run(args: &FixLinksArgs, global: &Global, terminal: &Terminal) -> Result<Verdict, Failure> {
    let job = job(&root::find(global)?, &args.selection);
    let mended = pipeline::mend(&job, &args.folder, args.wiki, args.permanent);
    let mended = with_configuration(mended, terminal, Stream::Error, Format::Human)?;
    for file in &mended.files {
        terminal.data(&unified(file, terminal))?;
    }
    report(terminal, Stream::Error, &mended.left, &mended.texts, mended.read, Format::Human)?;
    let left = Verdict::of(&mended.left, true);
    if mended.files.is_empty() {
        return Ok(left);
    }
    let links = counted(mended.files.iter().map(|file| file.links).sum(), "link");
    let files = counted(mended.files.len(), "file");
    let is_wanted = args.yes || (!args.dry_run && asked(&format!("Mend {links} in {files}?"), terminal));
    if !is_wanted {
        terminal.say(&format!("{links} in {files} can be mended; nothing was written"));
        return Ok(Verdict::Findings);
    }
    let written = write(&mended.files, &Root::open(&args.folder)?, terminal)?;
    Ok(if written { left } else { Verdict::Findings })
}

fn asked(question: &str, terminal: &Terminal) -> bool {
    terminal.confirm(question).unwrap_or_else(|| {
        terminal.say("there is no terminal to ask on; --yes writes without asking");
        false
    })
}

/// Writes what can be written; whether that was all. A file that cannot be is told and left alone, and the
/// others do not suffer.
fn write(files: &[MendedFile], root: &Root, terminal: &Terminal) -> Result<bool, Failure> {
    let (mut links, mut written) = (0, 0);
    for file in files {
        let left_alone = match root.rewrite(&file.relative, &file.before, &file.after) {
            Ok(true) => {
                (links, written) = (links + file.links, written + 1);
                continue;
            }
            Ok(false) => {
                format!("{} was changed meanwhile; it is left alone, run once more", visible(&file.relative))
            }
            Err(Failure::Usage(why)) => why,
            Err(failure) => return Err(failure),
        };
        terminal.complain(&format!("{left_alone}\n"));
    }
    terminal.say(&format!("mended {} in {}", counted(links, "link"), counted(written, "file")));
    Ok(written == files.len())
}

fn counted(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}
