//! Compares the handbook's permalinks with those that were published before.

use std::path::Path;

use crate::author::lock::{self, Lock, State};
use crate::author::write::Root;
use crate::diag::{Diagnostics, Failure, FilePath, Span, Texts};
use crate::model::{Id, Kind, Site};
use crate::source;

/// The record of permalinks, brought up to date in memory.
#[derive(Clone, Debug)]
pub struct Permalinks {
    lock: Lock,
    /// Kind and id of those that are not in the record on the disk.
    new: Vec<(Kind, Id)>,
    changed: bool,
}

/// Reads `permalinks.lock`, and reports permalinks that would die.
pub fn compare(
    root: &Path,
    site: &Site,
    texts: &mut Texts,
    diagnostics: &mut Diagnostics,
) -> Result<Permalinks, Failure> {
    let lock_file: FilePath = lock::FILE.into();
    let lock_text = source::read_root_file(root, Path::new(lock::FILE))?.unwrap_or_default();
    let Site { handbook, succession, .. } = site;
    let published =
        if lock_text.is_empty() { Lock::default() } else { lock::read(&lock_text, &lock_file, diagnostics) };

    let mut permalinks = Permalinks { lock: published.clone(), new: Vec::new(), changed: false };
    for ((kind, id), thing) in &handbook.by_id {
        let address = &handbook.thing(*thing).address;
        let target = if address.is_empty() { "/".to_owned() } else { format!("/{address}/") };
        let known = published.get(kind.name(), id.as_str()).is_some();
        permalinks.changed |= permalinks.lock.add(kind.name(), id.as_str(), &target);
        if !known {
            permalinks.new.push((*kind, id.clone()));
        }
    }
    for (kind_name, id, entry) in published.iter() {
        let Some(kind) = Kind::from_name(kind_name) else { continue };
        let exists = handbook.find(kind, id).is_some();
        let hidden = handbook.hidden.by_id.contains_key(&(kind, id.to_owned()));
        if exists || hidden || entry.state != State::Live {
            continue;
        }
        let today = succession.current(id);
        if today != id && handbook.find(kind, today).is_some() {
            permalinks.changed |= permalinks.lock.set(kind_name, id, State::Renamed, today);
        } else if let Some(retired) = succession.retirement(id) {
            let successor = retired.successor.as_ref().map_or("", |successor| &successor.value);
            permalinks.changed |= permalinks.lock.set(kind_name, id, State::Retired, successor);
        } else {
            let at = line_of(&lock_text, &format!("{kind_name} {id} "));
            let span = Span::new(&lock_file, at.clone());
            diagnostics.permalink_vanished(&span, kind, id, &entry.target);
        }
    }
    texts.insert(lock_file, lock_text.into());
    Ok(permalinks)
}

impl Permalinks {
    /// Reports that the record is not up to date (`--locked`).
    pub fn complain_if_new(&self, diagnostics: &mut Diagnostics) {
        if self.changed {
            diagnostics.permalinks_not_recorded(&Span::whole(&lock::FILE.into()), &self.new);
        }
    }

    /// Writes the record if it changed; how many permalinks are new in it.
    pub fn save(&self, root: &Path) -> Result<usize, Failure> {
        if self.changed {
            lock::save(&self.lock, &Root::open(root)?)?;
        }
        Ok(self.new.len())
    }
}

/// The line of `text` that begins with `start`, without its end; the first position when there is none.
fn line_of(text: &str, start: &str) -> std::ops::Range<usize> {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with(start) {
            return offset..offset + line.trim_end().len();
        }
        offset += line.len();
    }
    0..0
}
