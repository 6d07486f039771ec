//! Words → numbers, quickly: the inner loop of indexing.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map by word whose order means nothing.
pub type Words<T> = HashMap<Box<str>, T, BuildHasherDefault<Mixer>>;

/// A map by word of which short words stand in the map itself: most are short, and one look into memory less is what counts.
#[derive(Debug, Default)]
pub struct ShortWords<T> {
    short: HashMap<u128, T, BuildHasherDefault<Mixer>>,
    long: Words<T>,
}

/// Bytes of a short word; one more tells how many there are.
const SHORT: usize = 15;

impl<T> ShortWords<T> {
    pub fn get_mut(&mut self, word: &str) -> Option<&mut T> {
        match packed(word) {
            Some(packed) => self.short.get_mut(&packed),
            None => self.long.get_mut(word),
        }
    }

    pub fn insert(&mut self, word: &str, value: T) -> &mut T {
        match packed(word) {
            Some(packed) => self.short.entry(packed).or_insert(value),
            None => self.long.entry(word.into()).or_insert(value),
        }
    }

    /// Every word and what is known of it, in no order.
    pub fn into_entries(self) -> impl Iterator<Item = (Box<str>, T)> {
        let short = self.short.into_iter().map(|(packed, value)| (unpacked(packed), value));
        short.chain(self.long)
    }
}

fn packed(word: &str) -> Option<u128> {
    let bytes = word.as_bytes();
    (bytes.len() <= SHORT).then(|| {
        let mut all = [0; SHORT + 1];
        all.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        u128::from_le_bytes(all) | (bytes.len() as u128) << 120
    })
}

fn unpacked(packed: u128) -> Box<str> {
    let bytes = packed.to_le_bytes();
    let length = usize::from(bytes.last().copied().unwrap_or_default());
    std::str::from_utf8(bytes.get(..length).unwrap_or_default()).unwrap_or_default().into()
}

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

    fn write_u128(&mut self, number: u128) {
        self.add(number as u64);
        self.add((number >> 64) as u64);
    }

    fn write_u8(&mut self, byte: u8) {
        self.add(byte.into());
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}
