//! What the person at the terminal is told.

use std::io::Write;
use std::time::Duration;

use super::Changes;

/// Talk on stderr. A closed terminal is no reason to stop serving, so failures to write are ignored.
#[derive(Clone, Copy, Debug)]
pub(super) struct Log {
    quiet: bool,
}

impl Log {
    pub fn new(quiet: bool) -> Self {
        Self { quiet }
    }

    pub fn say(self, text: impl AsRef<str>) {
        if !self.quiet {
            let _ = writeln!(std::io::stderr(), "{}", text.as_ref());
        }
    }
}

/// Data on stdout: the URL, alone on the first line.
pub(super) fn announce(url: &str) {
    let mut out = std::io::stdout();
    let _ = writeln!(out, "{url}");
    let _ = out.flush();
}

/// `12 ms` or `3.4 s`.
pub(super) fn elapsed(time: Duration) -> String {
    if time < Duration::from_secs(2) {
        format!("{} ms", time.as_millis())
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}

/// `content/x.md`, or `content/x.md and 3 more`.
pub(super) fn name(changes: &Changes, root: &std::path::Path) -> String {
    let Changes::Files(files) = changes else { return "files".to_owned() };
    let Some(first) = files.first() else { return "nothing".to_owned() };
    let shown = first.strip_prefix(root).unwrap_or(first).display();
    match files.len() {
        1 => format!("{shown}"),
        more => format!("{shown} and {} more", more - 1),
    }
}
