//! Walks a folder of the handbook: regular files only, sorted, never outside the root.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::diag::{Diagnostics, Failure, FilePath, Span};

/// A file that the walk met.
#[derive(Clone, Debug)]
pub struct Found {
    /// Relative to the root, with forward slashes.
    pub path: FilePath,
    pub absolute: PathBuf,
}

/// Folders deeper than this are reported and left out.
const MAX_DEPTH: usize = 64;

/// The regular files below `root/folder`, sorted by path. Dot files and editors' litter are passed
/// over (below `static`, only the litter and version control); symbolic links are followed as long
/// as they stay inside the root.
pub fn walk(root: &Path, folder: &str, diagnostics: &mut Diagnostics) -> Result<Vec<Found>, Failure> {
    let top = root.join(folder);
    let real_root = root.canonicalize().map_err(|error| Failure::machine("open", root, error))?;
    let dots = folder == "static";
    let mut found = Vec::new();
    let mut entries =
        WalkDir::new(&top).follow_links(true).max_depth(MAX_DEPTH).sort_by_file_name().into_iter();
    loop {
        let entry = match entries.next() {
            None => break,
            Some(Ok(entry)) => entry,
            Some(Err(error)) => {
                report(root, &top, &error, diagnostics);
                continue;
            }
        };
        if entry.depth() == 0 {
            continue;
        }
        let name = entry.file_name().to_string_lossy();
        let relative = relative(root, entry.path());
        if is_litter(&name) || (name.starts_with('.') && !dots) {
            skip(&entry, &mut entries);
            continue;
        }
        if entry.file_name().to_str().is_none() || name.chars().any(char::is_control) {
            diagnostics.file_name(&Span::whole(&relative.as_str().into()));
            skip(&entry, &mut entries);
            continue;
        }
        if entry.path_is_symlink() {
            let inside = entry.path().canonicalize().is_ok_and(|real| real.starts_with(&real_root));
            if !inside {
                diagnostics.file_leaves_root(&Span::whole(&relative.as_str().into()));
                skip(&entry, &mut entries);
                continue;
            }
        }
        if entry.file_type().is_dir() {
            if entry.depth() == MAX_DEPTH {
                diagnostics.file_too_deep(&Span::whole(&relative.as_str().into()), MAX_DEPTH);
            }
            continue;
        }
        if !entry.file_type().is_file() {
            diagnostics.file_not_regular(&Span::whole(&relative.as_str().into()));
            continue;
        }
        found.push(Found { path: relative.into(), absolute: entry.into_path() });
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn skip(entry: &DirEntry, entries: &mut walkdir::IntoIter) {
    if entry.file_type().is_dir() {
        entries.skip_current_dir();
    }
}

/// Files that editors, version control and desktops leave behind.
fn is_litter(name: &str) -> bool {
    matches!(name, ".git" | ".hg" | ".svn" | ".DS_Store" | "Thumbs.db" | "4913" | "node_modules")
        || name.ends_with('~')
        || name.ends_with(".swp")
        || name.ends_with(".swx")
        || name.starts_with(".#")
        || (name.starts_with('#') && name.ends_with('#'))
}

fn relative(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn report(root: &Path, top: &Path, error: &walkdir::Error, diagnostics: &mut Diagnostics) {
    let path: FilePath = relative(root, error.path().unwrap_or(top)).into();
    let span = Span::whole(&path);
    if error.loop_ancestor().is_some() {
        diagnostics.file_link_loop(&span);
    } else if let Some(io) = error.io_error() {
        // A dangling link, or a file that vanished while we walked.
        if io.kind() == std::io::ErrorKind::NotFound {
            diagnostics.file_dangling_link(&span);
        } else {
            diagnostics.file_unreadable(&span, io);
        }
    }
}
