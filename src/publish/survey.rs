//! What stands in the output now: which files are already right, which are old, which are not ours.

use std::collections::HashSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::disk::{Disk, Identity, Kind};
use super::lock::open_output;
use super::marker::{self, Marker, Unreadable};
use super::{During, Job, pieces, remove};
use crate::diag::Failure;

/// The output before this run.
#[derive(Debug)]
pub(super) struct Survey<'a, D: Disk> {
    /// The output folder, if there is one.
    pub before: Option<Before<D::Folder>>,
    /// Files of the new site that are there, byte for byte.
    pub equal: HashSet<&'a str>,
    /// Files of an earlier site that the new one does not have, sorted.
    pub stale: Vec<String>,
    /// Every file of the earlier site.
    pub ours: Vec<String>,
    /// What we did not make and will carry over, sorted; a folder stands for all that is in it.
    pub foreign: Vec<Foreign>,
    /// Whether the marker is the one that the new site will have.
    same_marker: bool,
}

/// The folder that the output's name stands for.
#[derive(Debug)]
pub(super) struct Before<F> {
    pub folder: F,
    pub identity: Identity,
    /// Whether something else is mounted there, so that the folder cannot be renamed.
    pub mounted: bool,
    /// Whether it carries our marker.
    pub marked: bool,
}

/// Something in the output that we did not make.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Foreign {
    pub path: PathBuf,
    pub folder: bool,
}

impl Foreign {
    /// As it is told to people.
    pub fn shown(&self) -> String {
        let slash = if self.folder { "/" } else { "" };
        format!("{}{slash}", self.path.display())
    }
}

impl<D: Disk> Survey<'_, D> {
    fn nothing() -> Self {
        Self {
            before: None,
            equal: HashSet::new(),
            stale: Vec::new(),
            ours: Vec::new(),
            foreign: Vec::new(),
            same_marker: false,
        }
    }

    /// Whether the new site is already there, to the last byte.
    pub fn is_current(&self, files: usize) -> bool {
        self.same_marker && self.stale.is_empty() && self.equal.len() == files
    }
}

/// Looks at the output, and refuses it if we may not write there.
pub(super) fn survey<'a, D: Disk>(job: &Job<'a, D>) -> Result<Survey<'a, D>, Failure> {
    let path = &job.place.path;
    let opened = match job.disk.open(job.parent, job.place.name.as_ref()) {
        Err(error) if error.kind() == ErrorKind::CrossesDevices => {
            open_output(job.disk, job.parent, job.place).map(|folder| (folder, true))
        }
        opened => opened.map(|folder| (folder, false)),
    };
    let (folder, mounted) = match opened {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Survey::nothing()),
        opened => opened.during("open the output folder", path)?,
    };
    let identity = job.disk.identity(&folder).during("look at the output folder", path)?;
    let entries = job.disk.entries(&folder).during("list the output folder", path)?;
    let marked = entries.iter().any(|entry| entry.name == marker::NAME && entry.kind == Kind::File);
    let foreign = entries.iter().any(|entry| !remove::is_temporary(&entry.name, pieces::PREFIX.as_ref()));
    if !marked && foreign && !job.target.force {
        return Err(not_ours(path));
    }
    let text = if marked {
        let text = job.disk.read(&folder, marker::NAME.as_ref(), marker::LIMIT);
        text.during("read the marker", &path.join(marker::NAME))?
    } else {
        Vec::new()
    };
    let marker = match marker::parse(&text) {
        Ok(marker) => marker,
        Err(_) if !marked || job.target.force => Marker::default(),
        Err(why) => return Err(strange_marker(path, why)),
    };

    let mut survey = Survey::nothing();
    let mut level = vec![PathBuf::new()];
    while !level.is_empty() {
        job.target.interrupt.check()?;
        let found: Vec<Found<'_>> =
            level.par_iter().map(|at| look(job, &folder, &marker, at)).collect::<Result<_, _>>()?;
        level.clear();
        for found in found {
            survey.equal.extend(found.equal);
            survey.stale.extend(found.stale);
            survey.foreign.extend(found.foreign);
            level.extend(found.deeper);
        }
    }
    survey.foreign.sort_unstable();
    survey.foreign = job.spare(survey.foreign, &mut survey.stale)?;
    survey.stale.sort_unstable();
    survey.ours = marker.files.iter().map(|file| (*file).to_owned()).collect();
    survey.ours.sort_unstable();
    survey.same_marker = marked && text == job.marker.as_bytes();
    survey.before = Some(Before { folder, identity, mounted, marked });
    Ok(survey)
}

/// What one folder of the output holds.
#[derive(Default)]
struct Found<'a> {
    equal: Vec<&'a str>,
    stale: Vec<String>,
    foreign: Vec<Foreign>,
    deeper: Vec<PathBuf>,
}

fn look<'a, D: Disk>(
    job: &Job<'a, D>,
    top: &D::Folder,
    marker: &Marker<'_>,
    at: &Path,
) -> Result<Found<'a>, Failure> {
    let full = job.place.path.join(at);
    let folder = match job.disk.open(top, at) {
        Err(error) if error.kind() == ErrorKind::CrossesDevices => return Err(mounted_inside(&full)),
        opened => opened.during("open the folder", &full)?,
    };
    let at_top = at.as_os_str().is_empty();
    let mut found = Found::default();
    for entry in job.disk.entries(&folder).during("list the folder", &full)? {
        let path = at.join(&entry.name);
        let temporary = || remove::is_temporary(&entry.name, pieces::PREFIX.as_ref());
        if at_top && (entry.name == marker::NAME || temporary()) {
            continue;
        }
        let Some(text) = slashed(&path) else {
            found.foreign.push(Foreign { path, folder: entry.kind == Kind::Folder });
            continue;
        };
        let text = text.as_str();
        let ours = marker.files.contains(text);
        match entry.kind {
            Kind::Folder if marker.folders.contains(text) || job.tree.folders.contains_key(text) => {
                found.deeper.push(path);
            }
            Kind::File => match job.outputs.get_key_value(text) {
                Some((key, bytes)) => {
                    let holds = job.disk.holds(&folder, &entry.name, bytes, job.mode);
                    if holds.during("compare the file", &job.place.path.join(&path))? {
                        found.equal.push(key);
                    } else if !ours {
                        found.foreign.push(Foreign { path, folder: false });
                    }
                }
                None if ours => found.stale.push(text.to_owned()),
                None => found.foreign.push(Foreign { path, folder: false }),
            },
            Kind::Folder | Kind::Other => {
                found.foreign.push(Foreign { path, folder: entry.kind == Kind::Folder });
            }
        }
    }
    Ok(found)
}

impl<D: Disk> Job<'_, D> {
    /// The foreign files that are carried over. One that stands where the new site wants to write
    /// stops us, unless it is a file and the caller said that such may be replaced.
    fn spare(&self, foreign: Vec<Foreign>, stale: &mut Vec<String>) -> Result<Vec<Foreign>, Failure> {
        let mut carried = Vec::new();
        for found in foreign {
            let text = slashed(&found.path).unwrap_or_default();
            let is_file_of_site = self.outputs.contains_key(&text);
            let is_folder_of_site =
                !found.folder && !text.is_empty() && self.tree.folders.contains_key(text.as_str());
            let mut above = found.path.ancestors().skip(1).filter_map(slashed);
            let below_file_of_site = above.any(|above| self.outputs.contains_key(&above));
            if !is_file_of_site && !is_folder_of_site && !below_file_of_site {
                carried.push(found);
            } else if below_file_of_site || found.folder || !self.target.force {
                return Err(occupied(&self.place.path.join(&found.path)));
            } else if is_folder_of_site {
                stale.push(text);
            }
        }
        Ok(carried)
    }
}

/// A path as in `Outputs`, if it can be one.
fn slashed(path: &Path) -> Option<String> {
    let names: Option<Vec<&str>> = path.iter().map(|name| name.to_str()).collect();
    names.map(|names| names.join("/"))
}

fn not_ours(path: &Path) -> Failure {
    Failure::usage(format!(
        "will not publish to {}: it is not empty, and shirube did not make it (it has no `{}` file); \
         empty it, choose another folder, or pass --force to keep its files and publish among them",
        path.display(),
        marker::NAME
    ))
}

fn strange_marker(path: &Path, why: Unreadable) -> Failure {
    let why = match why {
        Unreadable::Newer => "was written by a newer shirube",
        Unreadable::Damaged => "is damaged",
    };
    Failure::usage(format!(
        "will not publish to {}: its `{}` file {why}, so the files of the last build cannot be told from \
         yours; remove the folder, or pass --force to keep everything that the new site does not replace",
        path.display(),
        marker::NAME
    ))
}

fn occupied(path: &Path) -> Failure {
    Failure::usage(format!(
        "will not replace {}: shirube did not make it, and the site has a page or file of that name; \
         move it away, or pass --force to replace files like it",
        path.display()
    ))
}

fn mounted_inside(path: &Path) -> Failure {
    Failure::usage(format!(
        "cannot publish over {}: something else is mounted there; unmount it, or mount it beside the site",
        path.display()
    ))
}
