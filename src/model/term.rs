//! A term of the glossary: a word with one meaning.

/// What a term's front matter adds. The definition is the body, other names are `also_known_as`.
#[derive(Clone, Debug, PartialEq)]
pub struct TermFields {
    /// Whether the first use of the term on each page becomes a link.
    pub auto_link: bool,
}
