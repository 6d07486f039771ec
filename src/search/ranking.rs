//! What the order of hits goes by besides lunr's score. The router carries it, so that every reader of the index ranks alike.

use serde::{Deserialize, Serialize};

/// Factors, tuned on the judged queries in `tests/search/queries.json`.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Ranking {
    /// Power of the share of the query that a page has.
    pub coverage: u32,
    /// All of it is in the title.
    pub title: f64,
    /// All of it is in headings and title.
    pub headings: f64,
    /// All of it is in the page's other names.
    pub about: f64,
    /// The page is in the reader's language.
    pub language: f64,
    /// What a synonym counts in place of the word.
    pub synonym: f64,
    /// What a longer word counts in place of the one that is being typed, or a word that is spelt nearly so.
    pub guess: f64,
    /// Pages that have a smaller share of the query, against the best one, are no hits.
    pub least: f64,
}

pub const RANKING: Ranking = Ranking {
    coverage: 2,
    title: 2.0,
    headings: 1.5,
    about: 1.5,
    language: 1.5,
    synonym: 0.6,
    guess: 0.7,
    least: 0.2,
};
