//! The edge at which our own mistakes stop: a panic anywhere becomes a message and exit code 3.

use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::{Mutex, PoisonError};

use crate::diag::Failure;

/// What the last panic said and where, kept by the hook for whoever catches it.
static LAST: Mutex<Option<String>> = Mutex::new(None);

/// Makes panics silent; [`guarded`] tells what they said.
pub fn install_hook() {
    panic::set_hook(Box::new(remember));
}

/// Runs `work`; a panic in it is a [`Failure::Bug`].
pub fn guarded<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    // What the work left half-done is not looked at again: the run ends here.
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Failure::Bug(last_panic())))
}

/// What the last panic said and where, for other places that catch one.
pub fn last_panic() -> String {
    let last = LAST.lock().unwrap_or_else(PoisonError::into_inner).take();
    last.unwrap_or_else(|| "a panic without a message".to_owned())
}

fn remember(panic: &PanicHookInfo<'_>) {
    let message = panic.payload_as_str().unwrap_or("a panic without a message");
    let place =
        panic.location().map(|place| format!(" ({}:{})", place.file(), place.line())).unwrap_or_default();
    let mut told = format!("{message}{place}, shirube {}", env!("CARGO_PKG_VERSION"));
    let backtrace = std::backtrace::Backtrace::capture();
    if backtrace.status() == std::backtrace::BacktraceStatus::Captured {
        told.push_str(&format!("\n{backtrace}"));
    }
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(told);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_message_that_names_its_place() {
        install_hook();
        let words: Vec<&str> = Vec::new();
        let result = guarded(|| Ok(words[7].len()));
        let _ = panic::take_hook();
        let failure = result.unwrap_err();
        assert_eq!(failure.exit_code(), 3);
        let told = failure.to_string();
        assert!(told.starts_with("this is a mistake in shirube, please report it: "), "{told}");
        assert!(told.contains("index is 7") && told.contains("src/cli/edge.rs:"), "{told}");
    }
}
