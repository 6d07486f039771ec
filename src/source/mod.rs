//! Gathers the world: content, static files, theme, configuration, the day. The only reader of it.
//!
//! What is wrong with a file as a file (its name, encoding, size, where a link leads) is told here;
//! what its text says is not our business.

mod git;
mod history;
mod naming;
mod neighbour;
mod read;
mod theme;
mod today;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::config::Config;
use crate::diag::{Diagnostics, Failure, FilePath, Span};
use crate::model::{Asset, SourceFile, ThemeFiles};

pub use history::{Archive, History, last_texts};
pub use neighbour::neighbour;
pub use today::today;

/// Everything a build is made from.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Markdown and OpenSLO files below `content/`, by path.
    pub files: Vec<SourceFile>,
    /// Files that should be content and could not be read, with an empty text; each was reported.
    pub broken: Vec<SourceFile>,
    /// Every other file below `content/`, by address below the site's root.
    pub assets: BTreeMap<String, Asset>,
    /// The files below `static/`, by address below the site's root.
    pub statics: BTreeMap<String, Asset>,
    pub theme: ThemeFiles,
    /// The texts of all files that a diagnostic may point into.
    pub texts: BTreeMap<FilePath, Arc<str>>,
    /// What git remembers of the files.
    pub history: History,
    pub diagnostics: Diagnostics,
}

/// The text of a file of the root folder (`handbook.yaml`, `model.yaml`, `permalinks.lock`); `None` when there is none.
pub fn read_root_file(root: &Path, name: &Path) -> Result<Option<String>, Failure> {
    let text = read_exactly(root, name)?;
    Ok(text.map(|text| text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
}

/// The text of a file below `root` with its byte order mark, if it has one; `None` when there is no file.
pub fn read_exactly(root: &Path, name: &Path) -> Result<Option<String>, Failure> {
    let path = root.join(name);
    let name = name.display();
    match read::capped(&path, read::MAX_TEXT_BYTES) {
        Ok(read::Bytes::Whole(bytes)) => String::from_utf8(bytes)
            .map(Some)
            .map_err(|_| Failure::usage(format!("{name} is not UTF-8; save it in that encoding"))),
        Ok(read::Bytes::TooLarge(size)) => {
            Err(Failure::usage(format!("{name} has {size} bytes; at most {} are read", read::MAX_TEXT_BYTES)))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::machine("read", &path, error)),
    }
}

/// Walks and reads the handbook below `root`.
///
/// `before` are the inputs of an earlier gathering and `changed` the paths that may have changed
/// since: everything else is taken over without being read again. `uncommitted` is the day that
/// counts as that of changes which are not committed; `None`: they do not count.
pub fn gather(
    root: &Path,
    config: &Config,
    before: Option<(&Inputs, &BTreeSet<PathBuf>)>,
    uncommitted: Option<Date>,
) -> Result<Inputs, Failure> {
    let content = root.join("content");
    if !content.is_dir() {
        return Err(Failure::usage(format!(
            "there is no folder `content` in {}; `shirube init` makes a handbook, and any folder of markdown files can be put there",
            root.display()
        )));
    }
    let mut inputs = Inputs::default();
    let found = walk::walk(root, "content", &mut inputs.diagnostics)?;
    let (pages, others): (Vec<walk::Found>, Vec<walk::Found>) =
        found.into_iter().partition(|found| naming::is_page(&found.path));

    let previous = before.map(|(inputs, changed)| (Previous::of(inputs), changed));
    let texts: Vec<read::Read> = pages
        .par_iter()
        .map(|found| match &previous {
            Some((previous, changed)) if !changed.contains(&found.absolute) => {
                previous.texts.get(&*found.path).map_or_else(
                    || read::text(found),
                    |file| read::Read::Unchanged(file.text.clone(), file.hash),
                )
            }
            _ => read::text(found),
        })
        .collect();

    let mut named = Vec::with_capacity(pages.len());
    let mut broken = BTreeSet::new();
    for (found, read) in pages.into_iter().zip(texts) {
        let (text, hash) = match read {
            read::Read::Unchanged(text, hash) => (text, hash),
            read::Read::Text(text) => {
                let hash = Sha256::digest(text.as_bytes()).into();
                (text, hash)
            }
            read::Read::Gone => continue,
            read::Read::Broken { excerpt, diagnostic } => {
                inputs.texts.insert(found.path.clone(), excerpt);
                inputs.diagnostics.push(diagnostic);
                broken.insert(found.path.clone());
                named.push((found.path, "".into(), [0; 32]));
                continue;
            }
        };
        if text.trim().is_empty() {
            inputs.diagnostics.file_empty(&Span::whole(&found.path));
        }
        inputs.texts.insert(found.path.clone(), text.clone());
        named.push((found.path, text, hash));
    }
    let named = naming::name(named, config, &mut inputs.diagnostics);
    (inputs.broken, inputs.files) = named.into_iter().partition(|file| broken.contains(&file.path));
    inputs.assets = assets(others, "content/", previous.as_ref(), |p| &p.assets, &mut inputs.diagnostics);
    if root.join("static").is_dir() {
        let found = walk::walk(root, "static", &mut inputs.diagnostics)?;
        inputs.statics = assets(found, "static/", previous.as_ref(), |p| &p.statics, &mut inputs.diagnostics);
    }
    inputs.theme = theme::gather(root, config, &mut inputs.texts, &mut inputs.diagnostics)?;
    inputs.history = match before {
        // Committing is seen at the next start; saving does not change what git remembers.
        Some((before, _)) => before.history.clone(),
        None => history(root, config, &inputs.files, &mut inputs.diagnostics),
    };
    if let Some(day) = uncommitted {
        let touched = match before {
            Some((before, _)) => differing(&before.files, &inputs.files),
            None => history::uncommitted(root),
        };
        let changed = &mut inputs.history.changed;
        changed.extend(touched.into_iter().map(|file| (file, day)));
    }
    Ok(inputs)
}

fn history(root: &Path, config: &Config, files: &[SourceFile], diagnostics: &mut Diagnostics) -> History {
    let history = History::read(root, files.iter().map(|file| &file.path), config.history_authors);
    if !history.cut_off.is_empty() {
        diagnostics.history_shallow(history.cut_off.len(), files.len());
    }
    history
}

/// The files of `now` that were not there before, or had another text.
fn differing(before: &[SourceFile], now: &[SourceFile]) -> BTreeSet<FilePath> {
    let before: BTreeMap<&str, [u8; 32]> = before.iter().map(|file| (&*file.path, file.hash)).collect();
    let differs = |file: &&SourceFile| before.get(&*file.path) != Some(&file.hash);
    now.iter().filter(differs).map(|file| file.path.clone()).collect()
}

/// What an earlier gathering read, ready for look-ups.
struct Previous<'a> {
    texts: BTreeMap<&'a str, &'a SourceFile>,
    assets: BTreeMap<&'a str, &'a Asset>,
    statics: BTreeMap<&'a str, &'a Asset>,
}

impl<'a> Previous<'a> {
    fn of(inputs: &'a Inputs) -> Self {
        Self {
            texts: inputs.files.iter().map(|file| (&*file.path, file)).collect(),
            assets: inputs.assets.values().map(|asset| (&*asset.file, asset)).collect(),
            statics: inputs.statics.values().map(|asset| (&*asset.file, asset)).collect(),
        }
    }
}

fn assets<'a>(
    found: Vec<walk::Found>,
    prefix: &str,
    previous: Option<&(Previous<'a>, &BTreeSet<PathBuf>)>,
    of: impl for<'p> Fn(&'p Previous<'a>) -> &'p BTreeMap<&'a str, &'a Asset>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Asset> {
    let mut assets = BTreeMap::new();
    for found in found {
        let Some(address) = found.path.strip_prefix(prefix) else { continue };
        let known = previous
            .filter(|(_, changed)| !changed.contains(&found.absolute))
            .and_then(|(previous, _)| of(previous).get(&*found.path).map(|asset| (*asset).clone()));
        let asset = match known {
            Some(asset) => asset,
            None => match read::bytes(&found) {
                Ok(Some(bytes)) => Asset { file: found.path.clone(), bytes },
                Ok(None) => continue,
                Err(diagnostic) => {
                    diagnostics.push(diagnostic);
                    continue;
                }
            },
        };
        assets.insert(address.to_owned(), asset);
    }
    assets
}
