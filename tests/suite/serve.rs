//! The preview server, over raw sockets: what it answers, what it refuses, and that it follows the disk.

#![allow(clippy::disallowed_methods, reason = "the tests are the editor who saves files")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics, its harness too")]

mod answers;
mod disk;
mod faults;
mod harness;
mod refusals;
