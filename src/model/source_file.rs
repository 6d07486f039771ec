//! A file as the walk found it: its text and what its path says about it.

use std::sync::Arc;

use crate::diag::FilePath;
use crate::model::{Kind, Lang};

/// One markdown or OpenSLO file below `content/`.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Relative to the root: `content/practices/slo/slo-targets.ja.md`.
    pub path: FilePath,
    /// UTF-8, without byte order mark; line ends as written.
    pub text: Arc<str>,
    /// Of the text; the parse memo's key.
    pub hash: [u8; 32],
    /// By folder; `kind:` in the front matter overrides it.
    pub kind: Kind,
    /// The file stem without language, for index files the folder, for levels without the number.
    pub id: String,
    pub lang: Lang,
    pub standing: Standing,
    /// True for `_index.md`, `index.md` and `README.md`.
    pub index: bool,
    /// Path of the page below the site's root, without language: `practices/slo/slo-targets`;
    /// empty for the home page. The page is written to `<address>/index.html`.
    pub address: String,
}

/// Whether a file is the original of its thing or a translation beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Carries structure and text.
    Original,
    /// Carries text only: an original in another language stands beside it.
    Translation,
}
