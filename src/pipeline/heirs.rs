//! Guesses what became of things that are gone: a file that was renamed without a word to `model.yaml`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::diag::{FilePath, nearest};
use crate::model::{Handbook, Kind, SourceFile, Standing, Thing, ThingId};
use crate::{parse, source};

/// Something that was published and is not there any more.
#[derive(Clone, Copy, Debug)]
pub struct Gone<'a> {
    pub kind: Kind,
    pub id: &'a str,
    /// Where its page stood.
    pub address: &'a str,
}

/// For each of `gone` the one of `new` that it probably is now, by the surest [`Sign`]. Nobody is the
/// heir of two.
pub fn find(gone: &[Gone<'_>], new: &[ThingId], root: &Path, handbook: &Handbook) -> Vec<Option<ThingId>> {
    let remembered = remembered(gone, root, handbook);
    let kind_of = |id: &ThingId| handbook.thing(*id).kind;
    let is_only_one = |kind: Kind| {
        gone.iter().filter(|gone| gone.kind == kind).count() == 1
            && new.iter().filter(|id| kind_of(id) == kind).count() == 1
    };
    let mut heirs: Vec<Option<ThingId>> = vec![None; gone.len()];
    let mut taken = BTreeSet::new();
    for wanted in Sign::ALL {
        for (index, (gone, heir)) in gone.iter().zip(&mut heirs).enumerate() {
            let fits = |id: &&ThingId| {
                let thing = handbook.thing(**id);
                let sign = sign(gone, remembered.get(&index), thing)
                    .or_else(|| is_only_one(gone.kind).then_some(Sign::OnlyOne));
                thing.kind == gone.kind && !taken.contains(*id) && sign == Some(wanted)
            };
            if heir.is_none()
                && let Some(found) = new.iter().find(fits)
            {
                taken.insert(*found);
                *heir = Some(*found);
            }
        }
    }
    heirs
}

/// Why a new thing may be one that is gone; the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// The page stands where it stood.
    Address,
    /// The text is what git remembers.
    Text,
    /// The title is what git remembers.
    Title,
    /// A name of it still reads like the old id.
    Name,
    /// The ids look alike.
    Id,
    /// It is the only new thing of its kind, and only one is gone.
    OnlyOne,
}

impl Sign {
    const ALL: [Self; 6] = [Self::Address, Self::Text, Self::Title, Self::Name, Self::Id, Self::OnlyOne];
}

/// The surest sign that `thing` is `gone`, which said what is `remembered`.
fn sign(gone: &Gone<'_>, remembered: Option<&Remembered>, thing: &Thing) -> Option<Sign> {
    let original = thing.original();
    let summary = &original.summary;
    let mut names =
        summary.common.also_known_as.iter().map(|name| name.value.as_str()).chain([&*summary.title]);
    if thing.address == gone.address {
        Some(Sign::Address)
    } else if remembered.is_some_and(|old| !old.body.trim().is_empty() && old.body == original.body.text) {
        Some(Sign::Text)
    } else if remembered.is_some_and(|old| old.title == summary.title) {
        Some(Sign::Title)
    } else if names.any(|name| as_id(name) == gone.id) {
        Some(Sign::Name)
    } else if thing.id.as_ref().is_some_and(|id| looks_like(gone.id, id.as_str())) {
        Some(Sign::Id)
    } else {
        None
    }
}

/// What a file said before it went.
struct Remembered {
    title: String,
    body: String,
}

/// The last texts of what is gone, by position in `gone`.
fn remembered(gone: &[Gone<'_>], root: &Path, handbook: &Handbook) -> BTreeMap<usize, Remembered> {
    let candidates: Vec<(usize, FilePath)> = gone
        .iter()
        .enumerate()
        .flat_map(|(index, gone)| files(gone).map(move |file| (index, file)))
        .collect();
    let files: Vec<FilePath> = candidates.iter().map(|(_, file)| file.clone()).collect();
    let texts = source::last_texts(root, &files);
    let mut remembered = BTreeMap::new();
    for (index, path) in candidates {
        let (Some(text), Some(gone)) = (texts.get(&path), gone.get(index)) else { continue };
        let file = SourceFile {
            path,
            text: Arc::from(text.as_str()),
            hash: [0; 32],
            kind: gone.kind,
            id: gone.id.to_owned(),
            lang: handbook.default_language().clone(),
            standing: Standing::Original,
            index: false,
            address: gone.address.to_owned(),
        };
        if let Some(document) = parse::parse(&file).documents.into_iter().next() {
            let (title, body) = (document.summary.title.clone(), document.body.text.clone());
            remembered.entry(index).or_insert(Remembered { title, body });
        }
    }
    remembered
}

/// The files that may have been the page at an address.
fn files(gone: &Gone<'_>) -> impl Iterator<Item = FilePath> {
    let address = gone.address;
    let folder = if address.is_empty() { "content".to_owned() } else { format!("content/{address}") };
    let page = (!address.is_empty()).then(|| format!("content/{address}.md"));
    let indexes = ["_index.md", "index.md", "README.md"].map(|name| format!("{folder}/{name}"));
    page.into_iter().chain(indexes).map(FilePath::from)
}

/// A title in the letters of ids: `SLO targets` → `slo-targets`.
fn as_id(title: &str) -> String {
    let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

/// Whether ids differ by a slip of the pen, or share at least half of their words.
fn looks_like(old: &str, new: &str) -> bool {
    if nearest(old, [new]).is_some() {
        return true;
    }
    // The team is what assessments share anyway.
    let words = |id: &str| -> BTreeSet<String> {
        let name = id.rsplit('/').next().unwrap_or(id);
        name.split('-').map(str::to_owned).collect()
    };
    let (old, new) = (words(old), words(new));
    2 * old.intersection(&new).count() >= old.len().max(new.len())
}
