//! Which file translates which: all that are there, drafts and pages for few readers included.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Job, configuration};
use crate::diag::{Diagnostics, Failure, FilePath, Texts, visible};
use crate::model::{Lang, SourceFile, Standing};
use crate::{parse, source};

/// The content files of a handbook as originals and translations.
#[derive(Clone, Debug)]
pub struct Translations {
    files: Vec<SourceFile>,
    /// The handbook's, the default one first.
    languages: Vec<Lang>,
}

/// A translation, and what it is to be stamped with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    pub translation: FilePath,
    pub original: FilePath,
    /// Of what the original says today.
    pub hash: String,
}

/// Names every content file of the handbook.
pub fn translations(root: &Path, config: &Path) -> Result<Translations, Failure> {
    let job = Job { config: config.to_owned(), ..Job::new(root) };
    let mut diagnostics = Diagnostics::new();
    let (config, file, written) = configuration(&job, &mut diagnostics)?;
    if diagnostics.has_errors() {
        let mut texts = Texts::default();
        texts.insert(file, written.unwrap_or_default().into());
        return Err(Failure::configuration(diagnostics, texts));
    }
    // Taken for a second gathering, whose first found nothing: git is not asked for its history then.
    let nothing = source::Inputs::default();
    let inputs = source::gather(root, &config, Some((&nothing, &BTreeSet::new())), None)?;
    Ok(Translations { files: inputs.files, languages: config.languages })
}

impl Translations {
    /// The hash of what the original at `path` (`content/roles/sre.md`) says; `None` for what no
    /// translation is made from.
    pub fn hash(&self, path: &str) -> Option<String> {
        let file = self.files.iter().find(|file| &*file.path == path && is_markdown(path))?;
        hash(file)
    }

    /// The file at `path` if it is a translation, all its translations if it is an original; anything else
    /// is a [`Failure::Usage`].
    pub fn pairs(&self, path: &str) -> Result<Vec<Pair>, Failure> {
        let shown = visible(path);
        if !is_markdown(path) {
            return Err(Failure::usage(format!("{shown} is no page; only markdown is translated")));
        }
        let Some(file) = self.files.iter().find(|file| &*file.path == path) else {
            return Err(Failure::usage(format!("{shown} cannot be read; `shirube check` says why")));
        };
        let pair = |translation: &SourceFile, original: &SourceFile| {
            let (translation, original_path) = (translation.path.clone(), original.path.clone());
            Some(Pair { translation, original: original_path, hash: hash(original)? })
        };
        let siblings = || {
            let is_sibling = |other: &&SourceFile| other.address == file.address && other.index == file.index;
            self.files.iter().filter(is_sibling)
        };
        let pairs: Vec<Pair> = match file.standing {
            Standing::Translation => siblings()
                .filter(|sibling| sibling.standing == Standing::Original)
                .filter_map(|original| pair(file, original))
                .collect(),
            Standing::Original => siblings()
                .filter(|sibling| sibling.standing == Standing::Translation)
                .filter_map(|translation| pair(translation, file))
                .collect(),
        };
        if pairs.is_empty() {
            return Err(Failure::usage(self.why_alone(file)));
        }
        Ok(pairs)
    }

    /// Every translation of the handbook.
    pub fn all(&self) -> Vec<Pair> {
        let originals = self.files.iter().filter(|file| file.standing == Standing::Original);
        originals.filter_map(|file| self.pairs(&file.path).ok()).flatten().collect()
    }

    fn why_alone(&self, file: &SourceFile) -> String {
        let (path, lang) = (visible(&file.path), &file.lang);
        let stem = path.trim_end_matches(".md").trim_end_matches(&format!(".{lang}"));
        match self.languages.as_slice() {
            [default, ..] if default != lang => {
                format!("{path} is no translation: there is no original such as {stem}.md")
            }
            [_, other, ..] => format!("{path} has no translation yet, such as {stem}.{other}.md"),
            _ => format!(
                "{path} has no translation: the handbook has one language (`languages` in handbook.yaml)"
            ),
        }
    }
}

fn hash(original: &SourceFile) -> Option<String> {
    let document = parse::parse(original).documents.into_iter().next()?;
    Some(document.summary.content_hash.clone())
}

fn is_markdown(path: &str) -> bool {
    let lower = path.to_lowercase();
    lower.ends_with(".md") || lower.ends_with(".markdown")
}
