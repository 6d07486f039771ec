//! A query and an index → the pages found, best first.
//!
//! 1. [`parse`]: text → clauses.
//! 2. `plan`: clauses → grams (what is looked up) in units (what is asked for, with what may stand for it: synonyms, whole
//!    words for their parts, the word that was meant for one that was misspelt).
//! 3. `find`: grams → postings → lunr's score by page; from it the rank: the score, times the square of the share of the query
//!    that the page has (by rarity), times bonuses for title, headings and the reader's language.
//!
//! The browser's engine (`themes/default/static/js/search/`) does the same in the same order; `tests/browser/search.test.mjs`
//! holds both to the same hits and scores.

pub mod find;
mod near;
pub mod parse;
mod place;
mod plan;
pub mod words;

pub use find::{Answer, Hit, Options, find};
pub use place::{Place, place};
