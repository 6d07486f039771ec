//! The tests of Shirube, by the door a user would take.

mod config;
mod front;
mod keys;
