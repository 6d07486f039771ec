//! A term of the glossary: a word with one meaning.

/// What a term's front matter adds. The definition is the body, other names are `also_known_as`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TermFields {
    pub auto_link: AutoLink,
}

/// Which words become a link to the term at their first use on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AutoLink {
    /// The title and all other names.
    #[default]
    All,
    /// The title alone; the other names are for search.
    Title,
    /// None: the word is too common.
    Never,
}

impl AutoLink {
    /// The words in front matter.
    pub const NAMES: &[&str] = &["all", "title", "never"];

    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "all" => Self::All,
            "title" => Self::Title,
            "never" => Self::Never,
            _ => return None,
        })
    }
}
