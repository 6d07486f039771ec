//! What is watched, under the name the user gave it and under the name the system uses.

use std::path::{Path, PathBuf};

/// The folders and files to watch.
#[derive(Debug)]
pub(super) struct Targets {
    /// The handbook's folder, without links.
    root: PathBuf,
    list: Vec<Target>,
}

#[derive(Debug)]
pub(super) struct Target {
    pub given: PathBuf,
    /// Absolute and without links, as events name it.
    pub actual: PathBuf,
}

impl Targets {
    pub fn new(root: &Path, given: &[PathBuf]) -> Self {
        let list = given.iter().map(|given| Target { given: given.clone(), actual: actual(given) }).collect();
        Self { root: actual(root), list }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Target> {
        self.list.iter()
    }

    /// Whether `path` is a target or a folder above one.
    pub fn hang_on(&self, path: &Path) -> bool {
        self.list.iter().any(|target| target.actual.starts_with(path))
    }

    /// The given name of what the system calls `path`; `None` when it is not watched, or litter.
    pub fn given(&self, path: &Path) -> Option<PathBuf> {
        self.list.iter().find_map(|target| {
            let below = path.strip_prefix(&target.actual).ok()?;
            if below.as_os_str().is_empty() {
                return Some(target.given.clone());
            }
            let litter = below.iter().any(|name| is_litter(&name.to_string_lossy()));
            (!litter).then(|| target.given.join(below))
        })
    }

    /// Whether what `link` points to is part of the handbook.
    pub fn contain(&self, link: &Path) -> bool {
        link.canonicalize().is_ok_and(|real| real.starts_with(&self.root))
    }
}

/// Files that editors, version control and desktops leave behind.
pub(super) fn is_litter(name: &str) -> bool {
    matches!(name, ".git" | ".hg" | ".svn" | ".DS_Store" | "Thumbs.db" | "4913" | "node_modules")
        || [".swp", ".swo", ".swx", "~"].iter().any(|end| name.ends_with(end))
        || name.starts_with(".#")
        || (name.starts_with('#') && name.ends_with('#'))
}

/// Absolute, with the links of the part that exists resolved.
fn actual(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let known = absolute.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    match known {
        Some((above, real)) => match absolute.strip_prefix(above) {
            Ok(rest) if !rest.as_os_str().is_empty() => real.join(rest),
            _ => real,
        },
        None => absolute,
    }
}
