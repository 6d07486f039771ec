//! Where the system's events come in and the rebuilding thread waits.
//!
//! Memory stays flat however many events come: each path is kept once.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What may have changed.
#[derive(Debug, Default)]
pub(super) struct Hints {
    /// Under the names that the user gave them.
    pub paths: BTreeSet<PathBuf>,
    /// Events were lost.
    pub everything: bool,
    /// A watched folder itself, or one above it, came or went.
    pub rearm: bool,
}

impl Hints {
    fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.everything && !self.rearm
    }
}

/// Why a wait ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ring {
    Rung,
    /// Nothing in the time given.
    Silent,
    Closed,
}

#[derive(Debug, Default)]
pub(in crate::serve) struct Bell {
    state: Mutex<State>,
    rung: Condvar,
}

#[derive(Debug, Default)]
struct State {
    hints: Hints,
    /// Counts the rings, so that a waiter can tell a new one.
    rings: u64,
    closed: bool,
}

impl Bell {
    /// Adds hints. Called by the system's watcher, so it never waits for long.
    pub(super) fn ring(&self, hint: impl FnOnce(&mut Hints)) {
        let mut state = self.lock();
        hint(&mut state.hints);
        state.rings += 1;
        self.rung.notify_all();
    }

    /// Ends the watch.
    pub(in crate::serve) fn close(&self) {
        self.lock().closed = true;
        self.rung.notify_all();
    }

    /// Waits until there are hints, for at most `limit`.
    pub(super) fn wait(&self, limit: Option<Duration>) -> Ring {
        let idle = |state: &mut State| state.hints.is_empty() && !state.closed;
        let state = match limit {
            None => self.rung.wait_while(self.lock(), idle).unwrap_or_else(PoisonError::into_inner),
            Some(limit) => {
                self.rung
                    .wait_timeout_while(self.lock(), limit, idle)
                    .unwrap_or_else(PoisonError::into_inner)
                    .0
            }
        };
        match (state.closed, state.hints.is_empty()) {
            (true, _) => Ring::Closed,
            (false, true) => Ring::Silent,
            (false, false) => Ring::Rung,
        }
    }

    /// Whether the bell rings within `time` from now.
    pub(super) fn rings_within(&self, time: Duration) -> bool {
        let state = self.lock();
        let before = state.rings;
        let (state, _) = self
            .rung
            .wait_timeout_while(state, time, |state| state.rings == before && !state.closed)
            .unwrap_or_else(PoisonError::into_inner);
        state.rings != before
    }

    pub(super) fn peek<T>(&self, look: impl FnOnce(&Hints) -> T) -> T {
        look(&self.lock().hints)
    }

    /// The hints so far; the next ones are new.
    pub(super) fn take(&self) -> Hints {
        std::mem::take(&mut self.lock().hints)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
