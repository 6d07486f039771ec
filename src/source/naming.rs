//! What a path says: kind, id, language, address, and whether a file translates another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::config::Config;
use crate::diag::{Diagnostics, FilePath, Span};
use crate::model::{Kind, Lang, SourceFile, Standing};

/// Whether the file of this path is content (the rest is copied): markdown, or YAML below `slos/`.
pub fn is_page(path: &str) -> bool {
    let lower = path.to_lowercase();
    lower.ends_with(".md")
        || lower.ends_with(".markdown")
        || ((lower.ends_with(".yaml") || lower.ends_with(".yml"))
            && path.split('/').skip(1).take(2).any(|folder| folder == "slos"))
}

/// Names every file that could be read. `files` are (path, text, hash), sorted by path.
pub fn name(
    files: Vec<(FilePath, Arc<str>, [u8; 32])>,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Vec<SourceFile> {
    let parsed: Vec<PathParts> =
        files.iter().map(|(path, ..)| PathParts::of(path, &config.languages)).collect();
    let indexes = choose_indexes(&files, &parsed, diagnostics);
    let mut by_key: BTreeMap<(String, String), BTreeSet<Lang>> = BTreeMap::new();
    for parts in &parsed {
        by_key.entry(parts.key()).or_default().insert(parts.lang.clone());
    }
    files
        .into_iter()
        .zip(parsed)
        .map(|((path, text, hash), parts)| {
            let index = parts.index_rank().is_some() && indexes.contains(&path);
            let languages = &by_key[&parts.key()];
            let original = config.languages.iter().find(|lang| languages.contains(lang));
            let standing =
                if original == Some(&parts.lang) { Standing::Original } else { Standing::Translation };
            let (kind, id) = kind_and_id(&parts, index);
            let address = address(&parts, index);
            SourceFile { path, text, hash, kind, id, lang: parts.lang, standing, index, address }
        })
        .collect()
}

/// A path below `content/`, taken apart.
struct PathParts {
    /// Folders below `content/`, without a language folder.
    folders: Vec<String>,
    /// File name without language and extension.
    stem: String,
    yaml: bool,
    lang: Lang,
}

impl PathParts {
    fn of(path: &str, languages: &[Lang]) -> Self {
        // Addresses are compared and written in NFC, whatever the disk prefers.
        let path: String = path.nfc().collect();
        let mut parts: Vec<String> = path.split('/').skip(1).map(str::to_owned).collect();
        let file = parts.pop().unwrap_or_default();
        let (stem, extension) = file.rsplit_once('.').unwrap_or((&file, ""));
        let mut lang = None;
        if let Some(first) = parts.first()
            && let Some(known) = languages.iter().find(|lang| lang.as_str() == first)
        {
            lang = Some(known.clone());
            parts.remove(0);
        }
        let mut stem = stem.to_owned();
        if let Some((rest, suffix)) = stem.rsplit_once('.')
            && !rest.is_empty()
            && let Some(known) = languages.iter().find(|lang| lang.as_str() == suffix)
        {
            lang = Some(known.clone());
            stem = rest.to_owned();
        }
        let lang = lang.or_else(|| languages.first().cloned()).unwrap_or_else(|| Lang::new("en"));
        let yaml = matches!(extension.to_lowercase().as_str(), "yaml" | "yml");
        Self { folders: parts, stem, yaml, lang }
    }

    /// Where this file ranks as its folder's introduction; lower wins.
    fn index_rank(&self) -> Option<usize> {
        let names = ["_index", "index", "readme"];
        let stem = self.stem.to_lowercase();
        names
            .iter()
            .position(|name| *name == stem && (*name != "_index" || self.stem == "_index"))
            .filter(|_| !self.yaml)
    }

    /// Files with the same key are one thing in several languages.
    fn key(&self) -> (String, String) {
        (self.folders.join("/"), if self.yaml { format!("{}.yaml", self.stem) } else { self.stem.clone() })
    }
}

/// The file that introduces each folder and language; others of that sort stay ordinary pages.
fn choose_indexes(
    files: &[(FilePath, Arc<str>, [u8; 32])],
    parsed: &[PathParts],
    diagnostics: &mut Diagnostics,
) -> BTreeSet<FilePath> {
    let mut chosen: BTreeMap<(String, Lang), (usize, FilePath)> = BTreeMap::new();
    for ((path, ..), parts) in files.iter().zip(parsed) {
        let Some(rank) = parts.index_rank() else { continue };
        let place = (parts.folders.join("/"), parts.lang.clone());
        match chosen.get(&place) {
            Some((other_rank, other)) if *other_rank <= rank => {
                diagnostics.file_second_index(&Span::whole(path), other);
            }
            Some((_, other)) => {
                diagnostics.file_second_index(&Span::whole(other), path);
                chosen.insert(place, (rank, path.clone()));
            }
            None => {
                chosen.insert(place, (rank, path.clone()));
            }
        }
    }
    chosen.into_values().map(|(_, path)| path).collect()
}

fn kind_and_id(parts: &PathParts, index: bool) -> (Kind, String) {
    let folders: Vec<&str> = parts.folders.iter().map(String::as_str).collect();
    let stem = parts.stem.as_str();
    let own_id =
        || if index { folders.last().map_or("home", |last| last).to_owned() } else { stem.to_owned() };
    if parts.yaml {
        return (Kind::Slo, stem.to_owned());
    }
    match (folders.as_slice(), index) {
        (["levels", ..], false) => (Kind::Level, level_id(stem).to_owned()),
        (["practices", area], true) => (Kind::Area, (*area).to_owned()),
        (["practices", ..], false) => (Kind::Practice, stem.to_owned()),
        (["roles", ..], false) => (Kind::Role, stem.to_owned()),
        (["playbooks", ..], false) => (Kind::Playbook, stem.to_owned()),
        (["postmortems", ..], false) => (Kind::Postmortem, stem.to_owned()),
        (["teams", team], true) => (Kind::Team, (*team).to_owned()),
        (["teams"], false) => (Kind::Team, stem.to_owned()),
        (["teams", team, "assessments", ..], false) => (Kind::Assessment, format!("{team}/{stem}")),
        (["glossary", ..], false) => (Kind::Term, stem.to_owned()),
        (["onboarding", ..], false) => (Kind::Path, stem.to_owned()),
        _ => (Kind::Page, own_id()),
    }
}

/// `3-fitted` → `fitted`.
fn level_id(stem: &str) -> &str {
    match stem.split_once('-') {
        Some((number, rest)) if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => rest,
        _ => stem,
    }
}

fn address(parts: &PathParts, index: bool) -> String {
    let mut address = parts.folders.join("/");
    if !index {
        if !address.is_empty() {
            address.push('/');
        }
        address.push_str(&parts.stem);
    }
    address
}
