//! Writes source files: new pages, whole handbooks, answers, stamps of reviews and translations, the record
//! of permalinks. Nothing else writes
//! outside of the output folder, and [`mod@write`] is the only door.

mod archetype;
pub mod assessment;
pub mod init;
pub mod lock;
pub mod new;
pub mod reviewed;
pub mod stamp;
mod starter;
pub mod translated;
pub mod write;
