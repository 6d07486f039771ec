//! Ctrl-C and `kill`: before the swap they undo, after it they wait until the end.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::diag::Failure;

/// Whether somebody asked the run to stop. Clones share the answer.
///
/// While nothing is being published a signal ends the program at once, as usual. While something is,
/// the first signal is noted and the recipe cleans up; a second one ends the program at once, and the
/// next run cleans up.
#[derive(Clone, Debug, Default)]
pub struct Interrupt {
    /// Number of the signal; 0 for none.
    signal: Arc<AtomicUsize>,
    /// Whether the next signal may end the program at once.
    at_once: Arc<AtomicBool>,
}

impl Interrupt {
    /// Never interrupted, unless by [`Interrupt::raise`].
    pub fn new() -> Self {
        Self::default()
    }

    /// Listens to SIGINT and SIGTERM from now on.
    pub fn on_signals() -> io::Result<Self> {
        let interrupt = Self::default();
        interrupt.at_once.store(true, Ordering::SeqCst);
        for signal in [SIGINT, SIGTERM] {
            // They run in this order.
            flag::register_conditional_shutdown(signal, 128 + signal, interrupt.at_once.clone())?;
            flag::register_usize(signal, interrupt.signal.clone(), usize::try_from(signal).unwrap_or(1))?;
            flag::register(signal, interrupt.at_once.clone())?;
        }
        Ok(interrupt)
    }

    /// Acts as if `signal` had come.
    pub fn raise(&self, signal: u8) {
        self.signal.store(signal.into(), Ordering::SeqCst);
    }

    /// The signal that came, if any.
    pub fn signal(&self) -> Option<u8> {
        match self.signal.load(Ordering::Relaxed) {
            0 => None,
            signal => u8::try_from(signal).ok(),
        }
    }

    /// The failure to stop with, if we were asked to.
    pub(super) fn check(&self) -> Result<(), Failure> {
        self.signal().map_or(Ok(()), |signal| Err(Failure::Interrupted { signal }))
    }

    /// From now until the guard is dropped the first signal is only noted.
    pub(super) fn hold(&self) -> Hold<'_> {
        Hold { interrupt: self, before: self.at_once.swap(false, Ordering::SeqCst) }
    }
}

/// See [`Interrupt::hold`].
#[derive(Debug)]
pub(super) struct Hold<'a> {
    interrupt: &'a Interrupt,
    before: bool,
}

impl Drop for Hold<'_> {
    fn drop(&mut self) {
        self.interrupt.at_once.store(self.before, Ordering::SeqCst);
    }
}
