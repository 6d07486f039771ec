//! Shirube by its users' doors: tiny handbooks in, pages, diagnostics and files out.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests stand outside of the pipeline, and fail by panicking"
)]

mod publish;
