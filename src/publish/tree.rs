//! The files of a site, folder by folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use super::marker;
use crate::diag::Failure;
use crate::model::Outputs;

/// A site as folders.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    /// By path; the top is `""`.
    pub folders: BTreeMap<&'a str, Folder<'a>>,
}

/// What belongs into one folder.
#[derive(Debug, Default)]
pub(super) struct Folder<'a> {
    pub files: Vec<File<'a>>,
    /// Names of the folders in it.
    pub folders: BTreeSet<&'a str>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct File<'a> {
    pub name: &'a str,
    /// From the top.
    pub path: &'a str,
    pub bytes: &'a [u8],
}

impl<'a> Tree<'a> {
    /// The tree of those `outputs` that are `wanted`. The stages before us make the paths, so a
    /// path that cannot be written is a mistake of ours.
    pub fn of(outputs: &'a Outputs, wanted: impl Fn(&str) -> bool) -> Result<Self, Failure> {
        let mut folders = BTreeMap::from([("", Folder::default())]);
        for (path, bytes) in outputs.iter().filter(|(path, _)| wanted(path)) {
            check(path)?;
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            folders.entry(folder).or_default().files.push(File { name, path, bytes });
            let mut below = folder;
            while !below.is_empty() {
                let (above, name) = below.rsplit_once('/').unwrap_or(("", below));
                // A known name has known folders above it.
                if !folders.entry(above).or_default().folders.insert(name) {
                    break;
                }
                below = above;
            }
        }
        for (path, folder) in &folders {
            if let Some(file) = folder.files.iter().find(|file| folder.folders.contains(file.name)) {
                let message = format!("`{}` in `{path}` is to be a file and a folder", file.name);
                return Err(Failure::Bug(message));
            }
        }
        Ok(Self { folders })
    }

    /// The folders by depth, the top first: what stands in one level can be done at once.
    pub fn levels(&self) -> Vec<Vec<(&'a str, &Folder<'a>)>> {
        let mut levels: Vec<Vec<(&str, &Folder<'_>)>> = Vec::new();
        for (path, folder) in &self.folders {
            let depth = if path.is_empty() { 0 } else { 1 + path.matches('/').count() };
            while levels.len() <= depth {
                levels.push(Vec::new());
            }
            if let Some(level) = levels.get_mut(depth) {
                level.push((path, folder));
            }
        }
        levels
    }

    /// Bytes on the disk that all files take, in whole blocks of 4 KiB, folders included.
    pub fn size(&self) -> u64 {
        let block = |bytes: usize| (bytes as u64).div_ceil(4096) * 4096;
        let files = self.folders.values().flat_map(|folder| &folder.files);
        files.map(|file| block(file.bytes.len())).sum::<u64>() + 4096 * self.folders.len() as u64
    }
}

impl Folder<'_> {
    /// Two names that a disk may take for one, if there are such: differing in case or in the way that
    /// accents are spelt.
    pub fn look_alikes(&self) -> Option<(&str, &str)> {
        let names = self.files.iter().map(|file| file.name).chain(self.folders.iter().copied());
        let mut folded: Vec<(String, &str)> =
            names.map(|name| (name.nfc().collect::<String>().to_lowercase(), name)).collect();
        folded.sort_unstable();
        folded.windows(2).find_map(|pair| match pair {
            [(one, first), (other, second)] if one == other => Some((*first, *second)),
            _ => None,
        })
    }
}

fn check(path: &str) -> Result<(), Failure> {
    let component = |name: &str| !matches!(name, "" | "." | "..") && !name.contains(['\\', '\0', '\n']);
    if !path.split('/').all(component) || Path::new(path).is_absolute() || path == marker::NAME {
        return Err(Failure::Bug(format!("a page asks to be written to {path:?}")));
    }
    Ok(())
}
