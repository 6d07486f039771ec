//! Step 1: where the site goes, and where it must never go.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use super::{During, Target};
use crate::diag::Failure;

/// The output folder, resolved once: no link, no `..` in it.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub path: PathBuf,
    pub parent: PathBuf,
    pub name: OsString,
}

/// Resolves the target and refuses every folder whose loss would hurt.
pub(super) fn resolve(target: &Target) -> Result<Place, Failure> {
    let root = target.root.canonicalize().during("find the project", &target.root)?;
    // Rebuilt from its components: a slash at the end would follow a link.
    let asked: PathBuf = root.join(&target.output).components().collect();
    let path = settle(&asked, &root)?;
    if lexical(&asked).starts_with(&root) && !path.starts_with(&root) {
        return refused(&path, "a link on the way to it leaves the project");
    }
    let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
        return refused(&path, "that is the whole disk");
    };
    let place = Place { parent: parent.to_owned(), name: name.to_owned(), path: path.clone() };
    spare(&place.path, &root, &target.protected)?;
    Ok(place)
}

/// The real path of a folder that may not exist yet.
fn settle(asked: &Path, root: &Path) -> Result<PathBuf, Failure> {
    match fs::symlink_metadata(asked) {
        Ok(found) if found.is_symlink() => match asked.canonicalize() {
            Ok(path) if !path.starts_with(root) => refused(asked, "it is a link that leaves the project"),
            Ok(path) if path.is_dir() => Ok(path),
            Ok(_) => refused(asked, "it is a link to something that is not a folder"),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                refused(asked, "it is a link to nothing; make the folder that it points to, or remove it")
            }
            Err(error) => Err(error).during("follow the link", asked),
        },
        Ok(found) if found.is_dir() => asked.canonicalize().during("find the folder", asked),
        Ok(_) => refused(asked, "it is not a folder"),
        Err(error) if error.kind() == ErrorKind::NotFound => settle_missing(asked),
        Err(error) if error.kind() == ErrorKind::NotADirectory => refused(asked, "it lies below a file"),
        Err(error) => Err(error).during("look at", asked),
    }
}

/// The nearest folder above that exists, resolved, and the rest as written.
fn settle_missing(asked: &Path) -> Result<PathBuf, Failure> {
    let above = asked.ancestors().find(|above| fs::symlink_metadata(above).is_ok()).unwrap_or(asked);
    let rest = asked.strip_prefix(above).unwrap_or(asked);
    if !rest.components().all(|component| matches!(component, Component::Normal(_))) {
        return refused(asked, "it goes up (`..`) from a folder that does not exist");
    }
    match above.canonicalize() {
        Ok(real) if real.is_dir() => Ok(real.join(rest)),
        Ok(_) => refused(asked, "it lies below a file"),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            refused(asked, "it lies below a link to nothing")
        }
        Err(error) => Err(error).during("find the folder", above),
    }
}

/// Refuses `path` if publishing there would replace something that matters to somebody.
fn spare(path: &Path, root: &Path, protected: &[PathBuf]) -> Result<(), Failure> {
    if let Some(home) = env::home_dir().map(real)
        && home.starts_with(path)
    {
        return refused(path, "it is, or holds, your home folder");
    }
    if root.starts_with(path) {
        return refused(path, "it is, or holds, the project itself");
    }
    if let Ok(here) = env::current_dir().map(real)
        && here.starts_with(path)
    {
        return refused(path, "it is, or holds, the folder that you are in");
    }
    if path.components().any(|component| component.as_os_str() == ".git") {
        return refused(path, "it lies in the history of a repository");
    }
    for kept in protected {
        let kept = real(root.join(kept));
        if kept.starts_with(path) {
            return refused(path, &format!("it is, or holds, {}, which is a source", kept.display()));
        }
        if path.starts_with(&kept) {
            return refused(path, &format!("it lies in {}, which is a source", kept.display()));
        }
    }
    Ok(())
}

/// With links resolved, if there is such a thing.
fn real(path: PathBuf) -> PathBuf {
    path.canonicalize().unwrap_or(path)
}

/// With `..` resolved as written, links unseen.
fn lexical(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}

fn refused<T>(path: &Path, why: &str) -> Result<T, Failure> {
    Err(Failure::usage(format!(
        "will not publish to {}: {why}; choose a folder that may be replaced, such as `public`",
        path.display()
    )))
}

/// Makes the folders above the output, and makes sure that they last.
pub(super) fn make_parents<D: super::Disk>(disk: &D, place: &Place) -> Result<D::Folder, Failure> {
    let doing = "open the folder above the output,";
    let missing =
        |path: &Path| matches!(disk.open_root(path), Err(error) if error.kind() == ErrorKind::NotFound);
    let new: Vec<&Path> = place.parent.ancestors().take_while(|path| missing(path)).collect();
    for path in new.into_iter().rev() {
        let (Some(above), Some(name)) = (path.parent(), path.file_name()) else { continue };
        let make = || -> io::Result<()> {
            let above = disk.open_root(above)?;
            match disk.make_folder(&above, name) {
                // Somebody else needed it too.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                made => made?,
            }
            disk.flush_names(&above)
        };
        make().during("make the folder", path)?;
    }
    disk.open_root(&place.parent).during(doing, &place.parent)
}
