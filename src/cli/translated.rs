//! `shirube translated`: a translation says which state of its original it was made from.

use std::path::Path;

use super::args::{Global, TranslatedArgs};
use super::report::{Verdict, with_configuration};
use super::root;
use super::terminal::{Stream, Terminal};
use crate::author::translated::{Stamped, stamp};
use crate::author::write::Root;
use crate::diag::{Failure, Format, visible};
use crate::pipeline;

pub fn run(args: &TranslatedArgs, global: &Global, terminal: &Terminal) -> Result<Verdict, Failure> {
    let place = root::find(global)?;
    let translations = pipeline::translations(&place.root, &place.config);
    let translations = with_configuration(translations, terminal, Stream::Error, Format::Human)?;
    // Nothing is stamped before every file is known to be one that can be.
    let mut pairs = Vec::new();
    for file in &args.files {
        for pair in translations.pairs(&below(&place.root, file)?)? {
            if !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
    }
    let root = Root::open(&place.root)?;
    for pair in &pairs {
        let (translation, original) = (visible(&pair.translation), visible(&pair.original));
        match stamp(&root, &pair.translation, &pair.hash)? {
            Stamped::Now => {
                terminal.say(&format!("stamped {translation}: it says what {original} says today"))
            }
            Stamped::Already => {
                terminal.say(&format!("{translation} was up to date with {original} already"))
            }
        }
    }
    Ok(Verdict::Fine)
}

/// `file` as seen from the handbook's root, with forward slashes.
fn below(root: &Path, file: &Path) -> Result<String, Failure> {
    let shown = file.to_string_lossy();
    let shown = visible(&shown);
    if !file.exists() {
        return Err(Failure::usage(format!("there is no file {shown}")));
    }
    if !file.is_file() {
        return Err(Failure::usage(format!("{shown} is no file")));
    }
    let whole = |path: &Path| path.canonicalize().map_err(|error| Failure::machine("find", path, error));
    let (root, file) = (whole(root)?, whole(file)?);
    let below = file.strip_prefix(&root).ok().filter(|path| path.starts_with("content"));
    match below {
        Some(path) => Ok(path.to_string_lossy().replace('\\', "/")),
        None => Err(Failure::usage(format!(
            "{shown} is outside of the handbook's content, {}",
            visible(&root.join("content").to_string_lossy())
        ))),
    }
}
