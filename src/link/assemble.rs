//! Documents → things: originals and translations joined, ids checked, in order.

use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::config::Config;
use crate::diag::{Diagnostics, FilePath, Span};
use crate::link::{model_file, succession, translated, visible};
use crate::model::{
    Asset, Document, Fields, Handbook, Heading, Id, Kind, Lang, SourceFile, Standing, Succession, Summary,
    Text, Thing, ThingId,
};

/// What stands beside the documents.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// Files that could not be parsed at all; each was reported.
    pub broken: Vec<SourceFile>,
    /// Below `content/`, by address.
    pub assets: BTreeMap<String, Asset>,
    /// Below `static/`, by address.
    pub statics: BTreeMap<String, Asset>,
    /// Texts that a code fence may include.
    pub sources: BTreeMap<FilePath, Arc<str>>,
}

/// Joins the documents that this build may contain into a handbook, in which things go by today's names.
pub fn assemble(
    documents: Vec<Document>,
    files: Files,
    succession: &Succession,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Handbook {
    let (documents, hidden) = visible::split(documents, &files.broken, config, diagnostics);
    let mut handbook = Handbook {
        hidden,
        sources: files.sources,
        languages: config.languages.clone(),
        ..Handbook::default()
    };
    for (address, asset) in files.statics.into_iter().chain(files.assets) {
        if let Some(other) = handbook.assets.get(&address) {
            diagnostics.file_address_clash(&Span::whole(&asset.file), &address, &Span::whole(&other.file));
            continue;
        }
        handbook.assets.insert(address, asset);
    }
    handbook.things = things(documents, config, diagnostics);
    handbook.things.sort_by(|a, b| order(a).cmp(&order(b)));
    index(&mut handbook, diagnostics);
    model_file::check(&handbook, succession, diagnostics);
    succession::bring_up_to_date(&mut handbook, succession, diagnostics);
    translated::check(&handbook, diagnostics);
    handbook
}

/// Joins the documents of one address into one thing.
fn things(documents: Vec<Document>, config: &Config, diagnostics: &mut Diagnostics) -> Vec<Thing> {
    let mut groups: BTreeMap<String, Vec<Document>> = BTreeMap::new();
    for document in documents {
        groups.entry(document.summary.address.clone()).or_default().push(document);
    }
    let mut things = Vec::with_capacity(groups.len());
    for (address, mut group) in groups {
        // Originals first, then the order of the languages, then of the files.
        let rank = |lang: &Lang| config.languages.iter().position(|l| l == lang);
        group.sort_by_key(|document| {
            let summary = &document.summary;
            (summary.standing != Standing::Original, rank(&summary.lang), summary.file.clone())
        });
        let mut documents = group.into_iter();
        let Some(original) = documents.next() else { continue };
        if original.summary.standing != Standing::Original {
            // The original is broken, and was reported; a translation alone has no structure.
            continue;
        }
        let summary = original.summary.clone();
        let mut texts = BTreeMap::new();
        let text = |document: Document| Text { summary: document.summary, body: document.body };
        texts.insert(summary.lang.clone(), text(original));
        for translation in documents {
            let other = &translation.summary;
            if let Some(existing) = texts.get(&other.lang) {
                let span = Span::whole(&other.file);
                diagnostics.file_address_clash(&span, &address, &Span::whole(&existing.summary.file));
                continue;
            }
            compare(&summary, other, diagnostics);
            texts.insert(other.lang.clone(), text(translation));
        }
        let id = id_of(&summary, diagnostics);
        let (kind, index) = (summary.kind, summary.index);
        things.push(Thing { kind, id, address, index, original: summary.lang.clone(), texts });
    }
    things
}

/// Compares a translation with its original.
fn compare(original: &Summary, translation: &Summary, diagnostics: &mut Diagnostics) {
    let outline = |headings: &[Heading]| headings.iter().map(|heading| heading.level).collect::<Vec<_>>();
    if outline(&original.headings) != outline(&translation.headings) {
        let differing = original
            .headings
            .iter()
            .zip(&translation.headings)
            .position(|(a, b)| a.level != b.level)
            .unwrap_or(original.headings.len().min(translation.headings.len()));
        let span = translation
            .headings
            .get(differing)
            .map_or_else(|| Span::whole(&translation.file), |heading| heading.span.clone());
        diagnostics.translation_outline(&span, original.headings.get(differing));
    }
}

fn id_of(summary: &Summary, diagnostics: &mut Diagnostics) -> Option<Id> {
    // A plain page is named by its path, and may be called anything.
    if summary.kind == Kind::Page && summary.common.id.is_none() {
        return None;
    }
    if summary.kind == Kind::Assessment
        && let Some(id) = Id::parse_assessment(&summary.id.value)
    {
        return Some(id);
    }
    match Id::new(&summary.id.value) {
        Ok(id) => Some(id),
        Err(error) => {
            diagnostics.unusable_id(&summary.id, error);
            None
        }
    }
}

/// By kind, then level number, then weight (those without one last), then title and address.
fn order(thing: &Thing) -> (Kind, u8, i64, &str, &str) {
    let summary = &thing.original().summary;
    let number = match &summary.fields {
        Fields::Level { number } => number.value,
        _ => 0,
    };
    let weight = summary.common.weight.unwrap_or(i64::MAX);
    (thing.kind, number, weight, &summary.title, &thing.address)
}

/// Fills the look-up tables, reporting what is there twice.
fn index(handbook: &mut Handbook, diagnostics: &mut Diagnostics) {
    let mut folded: BTreeMap<String, ThingId> = BTreeMap::new();
    for (position, thing) in handbook.things.iter().enumerate() {
        let position = ThingId(position as u32);
        let summary = &thing.original().summary;
        let whole = Span::whole(&summary.file);
        if let Some(id) = &thing.id {
            match handbook.by_id.get(&(thing.kind, id.clone())) {
                Some(first) => {
                    let first = handbook.thing(*first).original().summary.id.span.clone();
                    diagnostics.duplicate_thing(thing.kind, &summary.id, &first);
                }
                None => {
                    handbook.by_id.insert((thing.kind, id.clone()), position);
                }
            }
        }
        handbook.by_address.insert(thing.address.clone(), position);
        let key: String = thing.address.nfc().collect::<String>().to_lowercase();
        match folded.get(&key) {
            Some(first) => {
                let first = handbook.thing(*first);
                let other = Span::whole(&first.original().summary.file);
                diagnostics.file_case_clash(&whole, &thing.address, &first.address, &other);
            }
            None => {
                folded.insert(key, position);
            }
        }
        for text in thing.texts.values() {
            // An OpenSLO file may hold several SLOs; a link to the file leads to the first.
            handbook.by_file.entry(text.summary.file.clone()).or_insert(position);
        }
    }
    let mut levels: BTreeMap<u8, &Span> = BTreeMap::new();
    for (_, level) in handbook.of_kind(Kind::Level) {
        if let Fields::Level { number } = level.fields() {
            match levels.get(&number.value) {
                Some(first) => diagnostics.duplicate_level(number, first),
                None => {
                    levels.insert(number.value, &number.span);
                }
            }
        }
    }
}
