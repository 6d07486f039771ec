//! Every complaint we can make: its code, its wording, its advice. One file per topic.
//!
//! To add one: a line in the topic's `codes!` and a method on [`Diagnostics`](super::Diagnostics)
//! that takes what the caller has and says it. Callers never write wording.

/// Declares the codes of a topic as constants, and `ALL` with every one of them.
macro_rules! codes {
    ($($name:ident = $code:literal, $severity:ident, $explanation:literal;)*) => {
        $(pub const $name: $crate::diag::Code = $crate::diag::Code {
            name: $code,
            severity: $crate::diag::Severity::$severity,
            explanation: $explanation,
        };)*
        /// Every code of this topic.
        pub const ALL: &[&$crate::diag::Code] = &[$(&$name),*];
    };
}

pub mod assess;
pub mod config;
pub mod coverage;
pub mod file;
pub mod front;
pub mod history;
pub mod inbound;
pub mod link;
pub mod lock;
pub mod markdown;
pub mod permalink;
pub mod site;
pub mod theme;
pub mod yaml;

/// Every code there is, by topic.
pub fn all() -> impl Iterator<Item = &'static super::Code> {
    [
        yaml::ALL,
        front::ALL,
        file::ALL,
        markdown::ALL,
        link::ALL,
        lock::ALL,
        assess::ALL,
        coverage::ALL,
        history::ALL,
        theme::ALL,
        permalink::ALL,
        inbound::ALL,
        site::ALL,
        config::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}
