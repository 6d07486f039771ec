//! YAML with places: text → tree → values that fit their keys.
//!
//! 1. [`parse`] turns text into a tree of [`Node`]s, each with its span. This is the only address
//!    of the YAML parser; a deserialiser is of no use, for it stops at the first mistake.
//! 2. [`Key`] and [`Shape`] say which keys there are and what their values look like. The same
//!    tables make the reference, the suggestions and the tests.
//! 3. [`read()`] joins the two into a [`Record`], and complains of everything that does not fit.

mod read;
mod record;
mod reference;
mod scalar;
mod schema;
mod syntax;
mod tree;

pub use read::{Reading, Schema, read, read_open};
pub use record::{Checked, FromChecked, Record};
pub use reference::{KeyRow, key_rows};
pub use scalar::{UrlSchemes, days_in_month, is_url};
pub use schema::{Key, OWN_PREFIX, Shape};

use std::ops::Range;

use crate::diag::{Diagnostics, FilePath, Name, Span};

/// How much YAML is read before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Bytes of text.
    pub bytes: usize,
    /// Lists and maps inside each other.
    pub depth: usize,
}

impl Budget {
    pub const FRONT_MATTER: Self = Self { bytes: 64 << 10, depth: 16 };
    /// Assessments carry answers to every criterion.
    pub const ASSESSMENT: Self = Self { bytes: 1 << 20, depth: 16 };
    /// Files of their own: configuration and OpenSLO.
    pub const FILE: Self = Self { bytes: 1 << 20, depth: 32 };
}

/// A value and where it stands. The span of a block list or map goes from its first entry to the
/// end of its last; that of a quoted text includes the quotes.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub span: Span,
    pub value: Content,
}

/// What a node holds. Scalars are uninterpreted: whether `no` is text is for the key to say.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Nothing, `~` or `null`.
    Null,
    Scalar {
        text: String,
        /// Written without quotes and not as a block.
        plain: bool,
    },
    List(Vec<Node>),
    /// In the order written, without duplicates.
    Map(Vec<(Name, Node)>),
}

/// One of several documents of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct YamlDocument {
    pub root: Node,
    /// Its part of the text given to [`parse_documents`], without separators.
    pub source: Range<usize>,
}

/// Reads one document. `offset` is the byte in `file` at which `text` begins; spans count from the
/// file's beginning. `None` when the text cannot be read, which has been reported; an empty text is
/// a `Null`.
pub fn parse(
    text: &str,
    file: &FilePath,
    offset: usize,
    budget: Budget,
    diagnostics: &mut Diagnostics,
) -> Option<Node> {
    let documents = tree::Builder::new(text, file, offset, budget, diagnostics).one()?;
    let empty = || Node { span: Span::new(file, offset..offset), value: Content::Null };
    Some(documents.into_iter().next().map_or_else(empty, |document| document.root))
}

/// Reads every document of a file separated by `---`. Documents that cannot be read are reported
/// and left out; the others are read all the same.
pub fn parse_documents(
    text: &str,
    file: &FilePath,
    budget: Budget,
    diagnostics: &mut Diagnostics,
) -> Vec<YamlDocument> {
    tree::Builder::new(text, file, 0, budget, diagnostics).all()
}
