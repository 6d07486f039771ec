//! Front matter: the YAML between `---` lines → what every kind has, and what each kind adds.
//!
//! 1. [`split()`] finds the front matter;
//! 2. `yaml` reads it by the tables of keys, one in each kind's file here;
//! 3. each kind's `read` turns the record into its fields and checks what this file alone can tell.
//!
//! The tables are also the reference ([`reference()`]), so that it cannot tell anything else.

mod assessment;
mod common;
mod level;
mod path;
mod playbook;
mod postmortem;
mod practice;
mod reference;
mod role;
mod split;
mod team;
mod term;
mod words;

pub use reference::{KindKeys, reference};
pub use split::{Split, split};

use crate::diag::{Diagnostics, Name, Span};
use crate::model::{Common, Fields, Kind, SourceFile, Standing};
use crate::yaml::{self, Budget, Content, Key, Node, Schema};

/// What a file's front matter says, and where its markdown begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Front {
    pub kind: Kind,
    /// From `id:`, else from the file's name.
    pub id: Name,
    pub common: Common,
    pub fields: Fields,
    /// The keys in a translation that belong into its original; reported.
    pub structural_keys: Vec<Name>,
    /// What a translation repeats, in a fixed form; empty in a translation.
    pub words: String,
    /// The byte of the text at which the markdown begins.
    pub body_start: usize,
    /// The YAML as it was read.
    pub written: Node,
}

/// Reads the front matter of a markdown file. A file without one, or with one that cannot be read,
/// gives what its path says.
pub fn read(file: &SourceFile, diagnostics: &mut Diagnostics) -> Front {
    let split = split(&file.text, &file.path, diagnostics);
    let node = parse(file, &split, diagnostics);
    let kind = kind(file, &node);

    let what = with_article(kind);
    let tables = [common::KEYS, keys(kind)];
    let words = if is_translation(file) { String::new() } else { words::words(&node, &tables) };
    let schema =
        Schema { what: &what, keys: &tables, standing: file.standing, elsewhere: reference::kinds_with_key };
    let yaml::Reading { mut record, structural_keys } = yaml::read(&node, &schema, diagnostics);

    let common = common::read(&mut record);
    let id = common.id.clone().unwrap_or_else(|| Name::new(file.id.clone(), Span::whole(&file.path)));
    let fields = match kind {
        Kind::Level => level::read(&mut record, file, diagnostics),
        Kind::Area => Fields::Area,
        Kind::Practice => Fields::Practice(practice::read(&mut record, diagnostics)),
        Kind::Role => Fields::Role(role::read(&mut record)),
        Kind::Playbook => Fields::Playbook(playbook::read(&mut record)),
        Kind::Postmortem => Fields::Postmortem(postmortem::read(&mut record, file, diagnostics)),
        Kind::Team => Fields::Team(team::read(&mut record, file.standing, diagnostics)),
        Kind::Assessment => Fields::Assessment(assessment::read(&mut record, file, diagnostics)),
        Kind::Term => Fields::Term(term::read(&mut record)),
        Kind::Path => Fields::Path(path::read(&mut record)),
        Kind::Slo | Kind::Page => Fields::Page,
    };
    Front { kind, id, common, fields, structural_keys, words, body_start: split.body_start, written: node }
}

/// The keys that `kind` adds to those of every kind.
fn keys(kind: Kind) -> &'static [Key] {
    match kind {
        Kind::Level => level::KEYS,
        Kind::Practice => practice::KEYS,
        Kind::Role => role::KEYS,
        Kind::Playbook => playbook::KEYS,
        Kind::Postmortem => postmortem::KEYS,
        Kind::Team => team::KEYS,
        Kind::Assessment => assessment::KEYS,
        Kind::Path => path::KEYS,
        Kind::Slo => super::openslo::ANNOTATIONS,
        Kind::Term => term::KEYS,
        Kind::Area | Kind::Page => &[],
    }
}

fn parse(file: &SourceFile, split: &Split, diagnostics: &mut Diagnostics) -> Node {
    let nothing = || Node { span: Span::whole(&file.path), value: Content::Null };
    let Some(text) = split.yaml.clone().and_then(|range| file.text.get(range)) else { return nothing() };
    let offset = split.yaml.as_ref().map_or(0, |range| range.start);
    let budget = match file.kind {
        Kind::Assessment => Budget::ASSESSMENT,
        _ => Budget::FRONT_MATTER,
    };
    if split.closed {
        return yaml::parse(text, &file.path, offset, budget, diagnostics).unwrap_or_else(nothing);
    }
    // Where it ends is a guess: what it says is taken if it can be read, else the missing end is all to complain of.
    let mut complaints = Diagnostics::new();
    let node = yaml::parse(text, &file.path, offset, budget, &mut complaints);
    node.filter(|_| complaints.is_empty()).unwrap_or_else(nothing)
}

/// `kind:` where it names one (if not, the reader says so), else by the folder.
fn kind(file: &SourceFile, node: &Node) -> Kind {
    let written = match &node.value {
        Content::Map(entries) => {
            entries.iter().find(|(key, _)| key.value == "kind").map(|(_, node)| &node.value)
        }
        _ => None,
    };
    let kind = match written {
        Some(Content::Scalar { text, .. }) => Kind::from_name(text.trim()).filter(|kind| *kind != Kind::Slo),
        _ => None,
    };
    match kind.unwrap_or(file.kind) {
        // SLOs are OpenSLO files; markdown beside them is about them.
        Kind::Slo => Kind::Page,
        kind => kind,
    }
}

fn with_article(kind: Kind) -> String {
    let article = if kind.name().starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {kind}")
}

/// Reports ids that are used twice; `true` for entries to keep.
fn unique<'a>(ids: impl Iterator<Item = &'a Name>, what: &str, diagnostics: &mut Diagnostics) -> Vec<bool> {
    let mut seen = std::collections::HashMap::new();
    ids.map(|id| match seen.get(id.value.as_str()) {
        Some(first) => {
            diagnostics.duplicate_id(id, first, what);
            false
        }
        None => {
            seen.insert(id.value.as_str(), id.span.clone());
            true
        }
    })
    .collect()
}

/// Whether the file is a translation, which carries no structure to check.
fn is_translation(file: &SourceFile) -> bool {
    file.standing == Standing::Translation
}
