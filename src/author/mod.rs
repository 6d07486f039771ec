//! Writes source files: new pages, whole handbooks, stamps of reviews, the record of permalinks. Nothing else writes
//! outside of the output folder, and [`mod@write`] is the only door.

mod archetype;
pub mod init;
pub mod lock;
pub mod new;
pub mod reviewed;
mod starter;
pub mod write;
