//! Hashes of parts of the content, to tell later which of them changed.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// The first 32 bits of the SHA-256 of a text in which any white space counts as one space, so that
/// filling a paragraph anew changes nothing. Written as eight hexadecimal characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShortHash(u32);

impl ShortHash {
    pub fn of(text: &str) -> Self {
        let mut hasher = Sha256::new();
        for word in text.split_whitespace() {
            hasher.update(word.as_bytes());
            hasher.update(b" ");
        }
        let bytes = hasher.finalize();
        Self(bytes.iter().take(4).fold(0, |hash, byte| hash << 8 | u32::from(*byte)))
    }
}

impl fmt::Display for ShortHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

/// What a file says, in parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Digest {
    /// Of the front matter, whatever its layout; the keys that record reviews and translations are left out.
    pub front: ShortHash,
    /// Of the body above its first heading, then of each heading with what stands below it, in their order.
    pub sections: Vec<ShortHash>,
}

impl Digest {
    /// One hash for everything.
    pub fn whole(&self) -> ShortHash {
        let parts = std::iter::once(&self.front).chain(&self.sections);
        ShortHash::of(&parts.map(ToString::to_string).collect::<Vec<_>>().join(" "))
    }
}
