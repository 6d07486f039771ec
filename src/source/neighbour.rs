//! Reads the texts of another repository, for the links in them.

use std::path::Path;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::read;
use crate::diag::{Diagnostics, Failure, FilePath, Span, visible};
use crate::model::InboundFile;

/// What people write links in, by the end of the name.
const EXTENSIONS: [&str; 11] =
    ["md", "mdx", "html", "htm", "rst", "txt", "adoc", "yaml", "yml", "json", "markdown"];
/// Version control, and what tools put beside the sources.
const PASSED_OVER: [&str; 5] = [".git", ".hg", ".svn", "node_modules", "target"];
/// Folders deeper than this are left out.
const MAX_DEPTH: usize = 64;

/// The texts below `folder`, by path. Symbolic links are not followed, and the handbook at `root` is passed
/// over where it stands below `folder`. What cannot be read is reported.
pub fn neighbour(
    folder: &Path,
    root: &Path,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<InboundFile>, Failure> {
    if !folder.is_dir() {
        let folder = folder.to_string_lossy();
        return Err(Failure::usage(format!("there is no folder {}", visible(&folder))));
    }
    let own = own_folder(folder, root);
    let is_passed_over = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let is_folder = entry.depth() > 0 && entry.file_type().is_dir();
        is_folder && (PASSED_OVER.contains(&&*name) || own.as_deref() == Some(entry.path()))
    };
    let mut found = Vec::new();
    let walk = WalkDir::new(folder).max_depth(MAX_DEPTH).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|entry| !is_passed_over(entry)) {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_text(&entry) => found.push(entry),
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_string_lossy().into_owned();
                let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                diagnostics.inbound_unread(&Span::whole(&path.into()), &why);
            }
        }
    }
    let texts: Vec<_> = found.par_iter().map(|entry| text(entry, folder)).collect();
    let mut files = Vec::with_capacity(texts.len());
    for (entry, text) in found.iter().zip(texts) {
        match text {
            Ok(file) => files.push(file),
            Err(why) => diagnostics.inbound_unread(&Span::whole(&path_of(entry.path())), &why),
        }
    }
    Ok(files)
}

/// The handbook's own folder as the walk below `folder` names it; `None` when it is elsewhere.
fn own_folder(folder: &Path, root: &Path) -> Option<std::path::PathBuf> {
    let (real_folder, root) = (folder.canonicalize().ok()?, root.canonicalize().ok()?);
    let below = root.strip_prefix(&real_folder).ok().filter(|below| *below != Path::new(""))?;
    Some(folder.join(below))
}

fn is_text(entry: &DirEntry) -> bool {
    let extension = entry.path().extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

fn text(entry: &DirEntry, folder: &Path) -> Result<InboundFile, String> {
    let path = entry.path();
    let relative = path.strip_prefix(folder).unwrap_or(path);
    let relative = relative.to_str().ok_or("its name is not UTF-8")?.replace('\\', "/");
    let bytes = match read::capped(path, read::MAX_TEXT_BYTES).map_err(|error| error.to_string())? {
        read::Bytes::Whole(bytes) => bytes,
        read::Bytes::TooLarge(_) => {
            return Err(format!("it is larger than {} MiB", read::MAX_TEXT_BYTES >> 20));
        }
    };
    let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8")?;
    let (marked, text) = match text.strip_prefix('\u{feff}') {
        Some(rest) => (true, rest.into()),
        None => (false, text.into()),
    };
    Ok(InboundFile { path: path_of(path), relative, text, marked })
}

fn path_of(path: &Path) -> FilePath {
    path.to_string_lossy().replace('\\', "/").into()
}
