//! A text of another repository, which may link into this handbook.

use std::sync::Arc;

use crate::diag::FilePath;

/// A file as read.
#[derive(Clone, Debug)]
pub struct InboundFile {
    /// As the user would name it: `../onboarding/docs/first-day.md`.
    pub path: FilePath,
    /// Below the folder that was asked for, with forward slashes.
    pub relative: String,
    /// UTF-8, without byte order mark; line ends as written.
    pub text: Arc<str>,
    /// Whether the file begins with a byte order mark.
    pub marked: bool,
}

impl InboundFile {
    /// The bytes of the file when it says `text`.
    pub fn bytes(&self, text: &str) -> Vec<u8> {
        let mark = if self.marked { "\u{feff}" } else { "" };
        [mark, text].concat().into_bytes()
    }
}
