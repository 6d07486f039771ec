//! Remembers what was highlighted, so that each distinct block is done once.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::Language;

/// Enough that threads seldom meet at one lock.
const SHARDS: usize = 64;

/// Finished HTML by language and text.
#[derive(Debug)]
pub struct Memo {
    hashers: [RandomState; 2],
    shards: Vec<Shard>,
}

/// A slot is made under the lock and filled outside it: others may go on meanwhile, and only those
/// who want the same block wait.
type Shard = Mutex<HashMap<Key, Arc<OnceLock<Arc<str>>>>>;

/// The text goes in as 128 bits hashed with two secret keys: nobody can make two texts meet on
/// purpose, and by chance they never will.
type Key = (Language, u64, u64);

impl Default for Memo {
    fn default() -> Self {
        Self {
            hashers: [RandomState::new(), RandomState::new()],
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
        }
    }
}

impl Memo {
    /// What `make` gave for the same language and text, now or earlier. `make` must not come back
    /// here, nor hand work to other threads and wait: it might wait for itself.
    pub fn get(&self, language: Language, text: &str, make: impl FnOnce() -> String) -> Arc<str> {
        let [first, second] = self.hashers.each_ref().map(|hasher| hasher.hash_one(text));
        let Some(shard) = self.shards.get(first as usize % SHARDS) else { return make().into() };
        let slot = {
            let mut slots = shard.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(slots.entry((language, first, second)).or_default())
        };
        Arc::clone(slot.get_or_init(|| make().into()))
    }
}
