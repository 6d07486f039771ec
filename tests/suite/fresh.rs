//! How old what is: last changes from git, reviews and translations that were overtaken.

mod history;
mod repository;
mod reviewed;
mod reviews;
mod translations;
