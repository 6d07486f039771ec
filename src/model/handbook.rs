//! The handbook: things, by kind and id, each with its texts in one or more languages.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::FilePath;
use crate::model::{Body, Fields, Id, Kind, Lang, Summary};

/// Position of a thing in [`Handbook::things`]. Stable within one build only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingId(pub u32);

/// Everything the content says, joined by id; references between things are still names.
#[derive(Clone, Debug, Default)]
pub struct Handbook {
    /// Sorted by kind, then order (`weight`, level number or date), then id or address.
    pub things: Vec<Thing>,
    /// Every thing with an id.
    pub by_id: BTreeMap<(Kind, Id), ThingId>,
    /// By address without language (`practices/slo/slo-targets`).
    pub by_address: BTreeMap<String, ThingId>,
    /// By source file, translations included.
    pub by_file: BTreeMap<FilePath, ThingId>,
    /// Files below `content/` that are copied as they are, by address below the site's root.
    pub assets: BTreeMap<String, Asset>,
    /// Texts that a code fence may include, by source file.
    pub sources: BTreeMap<FilePath, Arc<str>>,
    /// What exists but is not part of this build.
    pub hidden: Hidden,
    /// Languages of the handbook, the default one first.
    pub languages: Vec<Lang>,
}

/// Things that exist in the content and not in this build, so that a link to them can be told from a broken one.
#[derive(Clone, Debug, Default)]
pub struct Hidden {
    pub by_id: BTreeMap<(Kind, String), HiddenReason>,
    pub by_address: BTreeMap<String, HiddenReason>,
    pub by_file: BTreeMap<FilePath, HiddenReason>,
}

/// Why something is not part of this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HiddenReason {
    Draft,
    /// For a narrower circle of readers than this build.
    Audience,
    /// In a pack that the configuration does not name; relations to it vanish silently.
    Pack,
    /// Its file could not be read, which was reported.
    Broken,
}

/// One subject of the handbook.
#[derive(Clone, Debug)]
pub struct Thing {
    pub kind: Kind,
    /// `None` for a plain page that sets no `id:`.
    pub id: Option<Id>,
    /// Path below the site's root, without language; empty for the home page.
    pub address: String,
    /// `_index.md` and its kin: the page introduces its folder.
    pub index: bool,
    /// The language that carries the structure: the default one where the thing exists in it.
    pub original: Lang,
    /// By language; at least the original.
    pub texts: BTreeMap<Lang, Text>,
}

/// A thing in one language.
#[derive(Clone, Debug)]
pub struct Text {
    pub summary: Arc<Summary>,
    pub body: Arc<Body>,
}

/// A file beside the pages, such as an image.
#[derive(Clone, Debug)]
pub struct Asset {
    pub file: FilePath,
    pub bytes: Arc<[u8]>,
}

impl Thing {
    /// The file that carries the structure.
    pub fn original(&self) -> &Text {
        // A thing is made from its original, so the entry is always there; any text would do.
        self.texts.get(&self.original).or_else(|| self.texts.values().next()).expect("a thing has a text")
    }

    /// The text in `lang`, else the original: a visible notice tells the reader.
    pub fn text(&self, lang: &Lang) -> &Text {
        self.texts.get(lang).unwrap_or_else(|| self.original())
    }

    /// The fields that carry the structure.
    pub fn fields(&self) -> &Fields {
        &self.original().summary.fields
    }

    /// The title in `lang`, else in the original language.
    pub fn title(&self, lang: &Lang) -> &str {
        &self.text(lang).summary.title
    }
}

impl Handbook {
    pub fn thing(&self, id: ThingId) -> &Thing {
        &self.things[id.0 as usize]
    }

    /// The thing of `kind` with this id.
    pub fn find(&self, kind: Kind, id: &str) -> Option<ThingId> {
        let id = if kind == Kind::Assessment { Id::parse_assessment(id)? } else { Id::new(id).ok()? };
        self.by_id.get(&(kind, id)).copied()
    }

    /// All things with their positions.
    pub fn iter(&self) -> impl Iterator<Item = (ThingId, &Thing)> {
        self.things.iter().enumerate().map(|(index, thing)| (ThingId(index as u32), thing))
    }

    /// The things of `kind`, in their order.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (ThingId, &Thing)> {
        let start = self.things.partition_point(|thing| thing.kind < kind);
        self.iter().skip(start).take_while(move |(_, thing)| thing.kind == kind)
    }

    /// The numbers of the levels described, ascending.
    pub fn level_numbers(&self) -> Vec<u8> {
        let mut numbers: Vec<u8> = self
            .of_kind(Kind::Level)
            .filter_map(|(_, level)| match level.fields() {
                Fields::Level { number } => Some(number.value),
                _ => None,
            })
            .collect();
        numbers.sort_unstable();
        numbers
    }

    /// The first of the configured languages.
    pub fn default_language(&self) -> &Lang {
        self.languages.first().expect("configuration has at least one language")
    }
}
