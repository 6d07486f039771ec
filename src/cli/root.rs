//! Which handbook is meant: the nearest one upward, or the one that was named.

use std::path::{Path, PathBuf};

use super::args::Global;
use crate::diag::{Failure, visible};

const CONFIG: &str = "handbook.yaml";

/// The handbook's folder and its configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub root: PathBuf,
    /// Relative to the root where it lies below it; need not exist unless it was named.
    pub config: PathBuf,
}

/// Finds the handbook that `global` means.
///
/// With `--root`, that folder. With `--config` alone, the folder of that file. Otherwise the nearest folder
/// upward from the current one that holds a `handbook.yaml`, else the current folder if there is
/// anything to publish in it: a folder `content`, or markdown files.
pub fn find(global: &Global) -> Result<Place, Failure> {
    let root = match (&global.root, &global.config) {
        (Some(root), _) => named_root(root)?,
        (None, Some(config)) => folder_of(config),
        (None, None) => nearest_root()?,
    };
    let config = match &global.config {
        None => PathBuf::from(CONFIG),
        Some(config) if !config.is_file() => {
            return Err(Failure::usage(format!("there is no configuration file {}", shown(config))));
        }
        Some(config) => below(&root, config)?,
    };
    Ok(Place { root, config })
}

fn named_root(root: &Path) -> Result<PathBuf, Failure> {
    if !root.is_dir() {
        return Err(Failure::usage(format!("there is no folder {}", shown(root))));
    }
    if !is_handbook(root) {
        return Err(Failure::usage(format!(
            "there is no handbook in {}: neither {CONFIG}, nor a folder `content`, nor markdown files; \
             `shirube init {}` starts one",
            shown(root),
            shown(root)
        )));
    }
    Ok(root.to_owned())
}

fn folder_of(config: &Path) -> PathBuf {
    match config.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn nearest_root() -> Result<PathBuf, Failure> {
    let current = std::env::current_dir().map_err(|error| Failure::Machine {
        doing: "find out the current folder".to_owned(),
        path: None,
        error,
    })?;
    if let Some(root) = current.ancestors().find(|folder| folder.join(CONFIG).is_file()) {
        return Ok(root.to_owned());
    }
    if is_handbook(&current) {
        return Ok(current);
    }
    Err(Failure::usage(format!(
        "there is no handbook here or above: no {CONFIG} in {} or any folder above it; \
         `shirube init DIR` starts one, --root names one",
        shown(&current)
    )))
}

/// Whether there is anything to publish in `folder`.
fn is_handbook(folder: &Path) -> bool {
    let holds_markdown = || {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .map(|entry| entry.path())
            .any(|path| path.extension().is_some_and(|extension| extension == "md"))
    };
    folder.join(CONFIG).is_file() || folder.join("content").is_dir() || holds_markdown()
}

/// `config` as seen from `root`; absolute where it lies elsewhere.
fn below(root: &Path, config: &Path) -> Result<PathBuf, Failure> {
    let whole = |path: &Path| path.canonicalize().map_err(|error| Failure::machine("find", path, error));
    let (root, config) = (whole(root)?, whole(config)?);
    Ok(config.strip_prefix(&root).map(Path::to_owned).unwrap_or(config))
}

fn shown(path: &Path) -> String {
    visible(&path.to_string_lossy()).into_owned()
}
