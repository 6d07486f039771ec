//! Finds what the original of a translation said when the translation was made, as far as git knows.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diag::FilePath;
use crate::model::{Handbook, Since, SourceFile, Summary};
use crate::source::{Archive, History};
use crate::{assess, parse};

/// An original, and the content hash of the version that was translated.
type Wanted = (FilePath, String);

/// The versions looked for so far. Asking git takes longer than anything else that follows a save.
#[derive(Debug, Default)]
pub(super) struct Originals {
    known: BTreeMap<Wanted, Option<Translated>>,
}

/// The version that was translated.
#[derive(Debug)]
struct Translated {
    summary: Arc<Summary>,
    /// Day and content hash of every version since, newest first.
    later: Vec<(Date, String)>,
}

impl Originals {
    /// What changed in each original since the version that a stale translation was made from. A version
    /// that was never committed is not found.
    pub fn since(
        &mut self,
        root: &Path,
        handbook: &Handbook,
        files: &[SourceFile],
        history: &History,
    ) -> BTreeMap<Wanted, Since> {
        let mut archive = None;
        let mut since = BTreeMap::new();
        for (original, hash) in stale(handbook) {
            let wanted = (original.file.clone(), hash.to_owned());
            if !self.known.contains_key(&wanted) {
                let file = files.binary_search_by(|file| file.path.cmp(&original.file)).ok();
                let Some(file) = file.and_then(|at| files.get(at)) else { continue };
                let Some(archive) = archive.get_or_insert_with(|| Archive::open(root)) else { break };
                self.known.insert(wanted.clone(), translated(archive, file, history, hash));
            }
            if let Some(Some(Translated { summary, later })) = self.known.get(&wanted) {
                let same = later.iter().take_while(|(_, hash)| *hash == original.content_hash);
                let day = same.last().map(|(day, _)| *day);
                since.insert(wanted, Since { day, ..assess::since(summary, original) });
            }
        }
        since
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

fn translated(archive: &mut Archive, file: &SourceFile, history: &History, hash: &str) -> Option<Translated> {
    let mut later = Vec::new();
    for (day, version) in archive.versions(file, history) {
        let summary = parse::parse(&version).documents.into_iter().next()?.summary;
        if summary.content_hash == hash {
            return Some(Translated { summary, later });
        }
        later.push((day, summary.content_hash.clone()));
    }
    None
}
