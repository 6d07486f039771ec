//! Words → numbers, quickly: the inner loop of indexing.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map by word whose order means nothing.
pub type Words<T> = HashMap<Box<str>, T, BuildHasherDefault<Mixer>>;

/// Mixes eight bytes at a time. Words come from the handbook's own writers, so nobody attacks the map; and what the order
/// of the map could change is sorted before it is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mixer(u64);

/// An odd number without pattern: 2⁶⁴ divided by the golden ratio.
const SCATTER: u64 = 0x9E37_79B9_7F4A_7C15;

impl Mixer {
    fn add(&mut self, part: u64) {
        self.0 = (self.0.rotate_left(5) ^ part).wrapping_mul(SCATTER);
    }
}

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        let mut parts = bytes.chunks_exact(8);
        for part in &mut parts {
            self.add(part.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)));
        }
        self.add(parts.remainder().iter().fold(1, |number, byte| number << 8 | u64::from(*byte)));
    }

    fn write_u8(&mut self, byte: u8) {
        self.add(byte.into());
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}
