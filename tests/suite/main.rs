//! The tests, by the user's door: a tiny handbook in, pages or printed diagnostics out.

mod author;
mod emit;
mod highlight;
