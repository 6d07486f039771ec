//! One file, parsed: what others may see of it, and its body.

use std::sync::Arc;

use crate::diag::{FilePath, Name, Span};
use crate::model::{Body, Common, Digest, Fields, Kind, Lang, Standing};

/// A parsed file. An OpenSLO file gives one document per SLO in it.
#[derive(Clone, Debug)]
pub struct Document {
    pub summary: Arc<Summary>,
    pub body: Arc<Body>,
}

/// All that other pages may see of a file.
#[derive(Clone, Debug)]
pub struct Summary {
    pub file: FilePath,
    pub kind: Kind,
    /// From `id:`, else the file name. Checked against the rules for ids in `link`, except for
    /// plain pages without `id:`, whose name is their path.
    pub id: Name,
    pub lang: Lang,
    pub standing: Standing,
    pub index: bool,
    /// Path of the page below the site's root, without language (see `SourceFile::address`).
    pub address: String,
    /// From `title:`, else the first heading, else the file name.
    pub title: String,
    pub common: Common,
    pub fields: Fields,
    /// The keys present in a translation that belong into its original only.
    pub structural_keys: Vec<Name>,
    pub headings: Vec<Heading>,
    pub links: Vec<LinkUse>,
    pub images: Vec<ImageUse>,
    pub includes: Vec<Include>,
    /// Ids the writer set in the body outside headings (raw HTML, footnotes), as written.
    pub other_anchors: Vec<String>,
    /// Plain text of the first paragraph, at most 400 characters; a term's definition.
    pub first_paragraph: String,
    /// Words of the body (Japanese: half of the characters), for the reading time.
    pub words: u32,
    /// Hash of the words of the front matter and of the body, hexadecimal, first 16 characters; what
    /// `translated_from` records. Of an OpenSLO file, which has no translation, hash of the whole file.
    pub content_hash: String,
    /// Hashes of its parts; what `reviewed_against` records.
    pub digest: Digest,
}

/// A heading of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Plain text.
    pub text: String,
    /// Anchor by GitHub's rules, made unique within the page; the explicit id if there is one.
    pub slug: String,
    /// Whether `slug` was set by `{#id}`.
    pub explicit: bool,
    pub classes: Vec<String>,
    pub span: Span,
}

/// A link as written in a body, in markdown, `[[…]]` or raw HTML.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkUse {
    pub target: Target,
    /// The link's `title`.
    pub title: Option<String>,
    /// The target, for pointing at.
    pub span: Span,
    /// The plain text of the sentence around the link, at most 300 characters.
    pub sentence: String,
    /// In raw HTML, where the link cannot become plain text when it is broken.
    pub raw_html: bool,
}

/// Where a link leads, as far as the file alone can tell.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// `http:`, `https:`, `mailto:` or `tel:`; anything else was refused with a diagnostic.
    External(String),
    /// A file or address of this site, percent-decoded: relative (`../slo/x.md`) or from the root (`/practices/`).
    Path { path: String, fragment: Option<String> },
    /// `#fragment` on the same page.
    Fragment(String),
    /// `[[id]]`, `[[kind:id]]`, `[[id#criterion]]`.
    Wiki { kind: Option<String>, id: String, fragment: Option<String> },
    /// A scheme that is not allowed; already reported, shown as text.
    Refused,
}

/// An image as written in a body.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageUse {
    pub target: Target,
    /// Alternative text; empty when the writer left it out.
    pub alt: String,
    pub title: Option<String>,
    pub span: Span,
    pub raw_html: bool,
}

/// A code fence that takes its text from another file of the handbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Include {
    /// Relative to the including file, or from the content folder with a leading `/`.
    pub file: Name,
    /// The part between the markers `region NAME` and `endregion NAME`.
    pub region: Option<Name>,
}
