//! A whole handbook into a folder: the starter, or the default handbook in full.

use std::collections::BTreeMap;
use std::path::PathBuf;

use include_dir::{Dir, DirEntry, include_dir};
use jiff::civil::Date;

use super::starter;
use super::write::Root;
use crate::diag::{Failure, visible};

/// What the starter has of its own, above all its configuration and a team to begin with.
static STARTER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/author/starter");
static CONTENT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/content");
static CONFIG: &str = include_str!("../../handbook.yaml");

/// What `shirube init` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The fifteen starter practices and what belongs to them.
    Starter,
    /// Everything.
    Full,
}

/// Writes a handbook into `root` and gives the paths written, below the root.
///
/// A folder that holds a handbook already, or any file that would be written, is left as it is: a
/// [`Failure::Usage`]. `today` dates the starter's reviews and its assessment.
pub fn init(root: &Root, extent: Extent, today: Date) -> Result<Vec<PathBuf>, Failure> {
    for sign in ["handbook.yaml", "content"] {
        if root.holds(sign) {
            return Err(Failure::usage(format!(
                "{} holds a handbook already (there is `{sign}`); nothing was written",
                visible(&root.path().to_string_lossy())
            )));
        }
    }
    let mut files = files(extent, today);
    if !root.holds(".gitignore") {
        files.push((".gitignore".to_owned(), b"/public/\n".to_vec()));
    }
    files.sort();
    for (path, bytes) in &files {
        root.create(path, bytes)?;
    }
    Ok(files.into_iter().map(|(path, _)| path.into()).collect())
}

/// The files of a handbook by path.
fn files(extent: Extent, today: Date) -> Vec<(String, Vec<u8>)> {
    match extent {
        Extent::Starter => {
            let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
            let all = entries(&CONTENT)
                .into_iter()
                .filter(|(path, _)| path.ends_with(".md") || path.ends_with(".yaml"));
            let all: BTreeMap<String, String> = all.map(|(path, bytes)| (path, text(bytes))).collect();
            let mut files: BTreeMap<String, Vec<u8>> = starter::cut(&all)
                .into_iter()
                .map(|(path, text)| (format!("content/{path}"), text.into_bytes()))
                .collect();
            let date = today.to_string();
            let dated = |text: &str| text.replace("{{date}}", &date);
            for (path, bytes) in entries(&STARTER) {
                files.insert(dated(&path), dated(&text(bytes)).into_bytes());
            }
            files.into_iter().collect()
        }
        Extent::Full => {
            let content =
                entries(&CONTENT).into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes));
            content.chain([("handbook.yaml".to_owned(), CONFIG.as_bytes().to_vec())]).collect()
        }
    }
}

/// Every file below `folder`, by its path within it.
fn entries(folder: &Dir<'_>) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in folder.entries() {
            match entry {
                DirEntry::Dir(below) => folders.push(below),
                DirEntry::File(file) => {
                    let path = file.path().to_string_lossy().replace('\\', "/");
                    // What an editor or a desktop left beside the pages is none of them.
                    if !path.rsplit('/').next().is_some_and(|name| name.starts_with('.')) {
                        found.push((path, file.contents().to_vec()));
                    }
                }
            }
        }
    }
    found
}
