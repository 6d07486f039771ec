//! The only file that names every stage.
