//! The tests, by the user's door.

mod serve;
