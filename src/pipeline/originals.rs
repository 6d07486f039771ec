//! Finds what the original of a translation said when the translation was made, as far as git knows.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diag::FilePath;
use crate::model::{Behind, Handbook, SourceFile, Summary};
use crate::source::{Archive, History};
use crate::{assess, parse};

/// An original, and the content hash of the version that was translated.
type Wanted = (FilePath, String);

/// The versions looked for so far. Asking git takes longer than anything else that follows a save.
#[derive(Debug, Default)]
pub(super) struct Originals {
    known: BTreeMap<Wanted, Versions>,
}

/// What git has of an original.
#[derive(Debug, Default)]
struct Versions {
    /// The version that was translated; `None` when it was never committed.
    translated: Option<Arc<Summary>>,
    /// Day and content hash of every version since, newest first.
    later: Vec<(Option<Date>, String)>,
}

impl Originals {
    /// What changed in each original since the version that a stale translation was made from.
    pub fn behind(
        &mut self,
        root: &Path,
        handbook: &Handbook,
        files: &[SourceFile],
        history: &History,
    ) -> BTreeMap<Wanted, Behind> {
        let mut archive = None;
        let mut behind = BTreeMap::new();
        for (original, hash) in stale(handbook) {
            let wanted = (original.file.clone(), hash.to_owned());
            if !self.known.contains_key(&wanted) {
                let file = files.binary_search_by(|file| file.path.cmp(&original.file)).ok();
                let Some(file) = file.and_then(|at| files.get(at)) else { continue };
                let Some(archive) = archive.get_or_insert_with(|| Archive::open(root)) else { break };
                self.known.insert(wanted.clone(), versions(archive, file, history, hash));
            }
            let Some(Versions { translated, later }) = self.known.get(&wanted) else { continue };
            // The oldest of those that say what it says today brought it.
            let same = later.iter().take_while(|(_, hash)| *hash == original.content_hash);
            let day = same.last().and_then(|(day, _)| *day);
            let since = translated.as_ref().map(|translated| assess::since(translated, original));
            behind.insert(wanted, Behind { day, since });
        }
        behind
    }
}

/// Originals with the hash that a translation was made from, where it is not today's.
fn stale(handbook: &Handbook) -> impl Iterator<Item = (&Summary, &str)> {
    handbook.iter().flat_map(|(_, thing)| {
        let original = &*thing.original().summary;
        let stamps = thing.texts.values().filter_map(|text| text.summary.common.translated_from.as_ref());
        stamps
            .map(move |stamp| (original, stamp.value.as_str()))
            .filter(|(original, hash)| original.content_hash != *hash)
    })
}

fn versions(archive: &mut Archive, file: &SourceFile, history: &History, hash: &str) -> Versions {
    let mut versions = Versions::default();
    for (day, version) in archive.versions(file, history) {
        let Some(document) = parse::parse(&version).documents.into_iter().next() else { break };
        if document.summary.content_hash == hash {
            versions.translated = Some(document.summary);
            break;
        }
        versions.later.push((day, document.summary.content_hash.clone()));
    }
    versions
}
