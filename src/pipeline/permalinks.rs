//! Compares the handbook's permalinks and page addresses with those that were published before.

use std::ops::Range;
use std::path::Path;

use super::heirs;
use crate::author::lock::{self, Lock, State};
use crate::author::write::Root;
use crate::diag::catalog::permalink::Vanished;
use crate::diag::{Diagnostics, Failure, FilePath, Span, Texts};
use crate::model::{Fate, Id, Kind, Site, Thing, ThingId};
use crate::source;

/// What `permalinks.lock` says.
#[derive(Clone, Debug, Default)]
pub struct Published {
    lock: Lock,
    text: String,
    /// What is wrong with the file.
    complaints: Diagnostics,
}

/// Reads `permalinks.lock`.
pub fn read(root: &Path) -> Result<Published, Failure> {
    let text = source::read_root_file(root, Path::new(lock::FILE))?.unwrap_or_default();
    let mut complaints = Diagnostics::new();
    let lock = if text.is_empty() {
        Lock::default()
    } else {
        lock::read(&text, &lock::FILE.into(), &mut complaints)
    };
    Ok(Published { lock, text, complaints })
}

impl Published {
    /// Kind, id and page address (without slashes at its ends) of every permalink there ever was.
    pub fn addresses(&self) -> impl Iterator<Item = (Kind, String, String)> {
        self.lock.iter().filter_map(|(kind, id, entry)| {
            Some((Kind::from_name(kind)?, id.to_owned(), entry.address.trim_matches('/').to_owned()))
        })
    }
}

/// The record of permalinks, brought up to date in memory.
#[derive(Clone, Debug)]
pub struct Permalinks {
    lock: Lock,
    /// Kind and id of those that are not in the record on the disk.
    new: Vec<(Kind, Id)>,
    changed: bool,
}

/// Reports permalinks and page addresses that would die. What is reported stays in the record as it is.
pub fn compare(
    published: Published,
    root: &Path,
    site: &Site,
    texts: &mut Texts,
    diagnostics: &mut Diagnostics,
) -> Permalinks {
    let Published { lock: before, text, complaints } = published;
    diagnostics.extend(complaints);
    let mut permalinks = Permalinks { lock: before.clone(), new: Vec::new(), changed: false };
    for ((kind, id), thing) in &site.handbook.by_id {
        let thing = site.handbook.thing(*thing);
        let address = written(&thing.address);
        match before.get(kind.name(), id.as_str()) {
            Some(entry) if entry.address != address && !is_kept(site, &entry.address) => {
                let name = &thing.original().summary.id;
                let has_aliases = !thing.original().summary.common.aliases.is_empty();
                diagnostics.permalink_moved(name, *kind, &entry.address, &address, has_aliases);
                continue;
            }
            Some(_) => {}
            None => permalinks.new.push((*kind, id.clone())),
        }
        permalinks.changed |= permalinks.lock.set(kind.name(), id.as_str(), State::Live, &address);
    }

    let mut missing = Vec::new();
    for (kind_name, id, entry) in before.iter() {
        let Some(kind) = Kind::from_name(kind_name) else { continue };
        if site.handbook.find(kind, id).is_some() || is_hidden(site, kind, id, &entry.address) {
            continue;
        }
        let state = match site.succession.fate(&site.handbook, Some(kind), id) {
            Some(Fate::Renamed(_)) => State::Renamed,
            Some(Fate::Retired(..)) => State::Retired,
            Some(Fate::Hidden(_)) => continue,
            None => {
                missing.push((kind, id, entry));
                continue;
            }
        };
        permalinks.changed |= permalinks.lock.set(kind_name, id, state, &entry.address);
    }
    report(&missing, &text, &before, root, site, diagnostics);
    texts.insert(lock::FILE.into(), text.into());
    permalinks
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

/// An address as the record writes it: with a slash at both ends.
fn written(address: &str) -> String {
    if address.is_empty() { "/".to_owned() } else { format!("/{address}/") }
}

/// Whether something stands at an old address still: a page, what is below it, or an alias.
fn is_kept(site: &Site, address: &str) -> bool {
    let handbook = &site.handbook;
    let address = address.trim_matches('/');
    let below = format!("{address}/");
    let next = handbook.by_address.range(below.clone()..).next();
    address.is_empty()
        || handbook.by_address.contains_key(address)
        || handbook.hidden.by_address.contains_key(address)
        || next.is_some_and(|(next, _)| next.starts_with(&below))
        || site.graph.aliases.contains_key(&(handbook.default_language().clone(), address.to_owned()))
}

/// Whether a thing, or the page at its address, exists in another build. Of a file that cannot be read
/// only the address is known.
fn is_hidden(site: &Site, kind: Kind, id: &str, address: &str) -> bool {
    let hidden = &site.handbook.hidden;
    hidden.by_id.contains_key(&(kind, id.to_owned()))
        || hidden.by_address.contains_key(address.trim_matches('/'))
}

/// Tells of permalinks that nobody speaks for, each with what the thing probably is now.
fn report(
    missing: &[(Kind, &str, &lock::Entry)],
    text: &str,
    before: &Lock,
    root: &Path,
    site: &Site,
    diagnostics: &mut Diagnostics,
) {
    if missing.is_empty() {
        return;
    }
    let is_new = |(kind, id): &(Kind, Id)| before.get(kind.name(), id.as_str()).is_none();
    let new: Vec<ThingId> =
        site.handbook.by_id.iter().filter(|(key, _)| is_new(key)).map(|(_, thing)| *thing).collect();
    let gone: Vec<heirs::Gone<'_>> = missing
        .iter()
        .map(|(kind, id, entry)| heirs::Gone { kind: *kind, id, address: entry.address.trim_matches('/') })
        .collect();
    let heirs = heirs::find(&gone, &new, root, &site.handbook);
    let file: FilePath = lock::FILE.into();
    let today = site.today.to_string();
    for ((kind, id, entry), heir) in missing.iter().zip(heirs) {
        // The rename of a team covers its assessments.
        let team = id.split_once('/').map(|(team, _)| team);
        if *kind == Kind::Assessment && missing.iter().any(|(k, id, _)| *k == Kind::Team && Some(*id) == team)
        {
            continue;
        }
        let vanished = Vanished {
            kind: *kind,
            id,
            address: &entry.address,
            recorded: &Span::new(&file, line_of(text, &format!("{} {id} ", kind.name()))),
            was_explained: entry.state != State::Live,
        };
        match heir.map(|heir| site.handbook.thing(heir)) {
            Some(thing) if !vanished.was_explained => {
                let summary = &thing.original().summary;
                let name = crate::diag::Name::new(id_of(thing), summary.id.span.clone());
                diagnostics.permalink_renamed(&vanished, &name, &summary.file, &today);
            }
            _ => diagnostics.permalink_vanished(&vanished, &today),
        }
    }
}

fn id_of(thing: &Thing) -> String {
    thing.id.as_ref().map(ToString::to_string).unwrap_or_default()
}

/// The line of `text` that begins with `start`, without its end; the first position when there is none.
fn line_of(text: &str, start: &str) -> Range<usize> {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with(start) {
            return offset..offset + line.trim_end().len();
        }
        offset += line.len();
    }
    0..0
}
