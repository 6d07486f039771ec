//! Opens the browser for `--open`. That it does not work is worth a note, never a failure.

use std::process::{Command, Stdio};

use super::log::Log;

/// Starts the system's opener and leaves it to itself.
pub(super) fn open(url: &str, log: Log) {
    let mut opener = opener(url);
    opener.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let note = format!("note: no browser could be opened; open {url} yourself");
    match opener.spawn() {
        Err(_) => log.say(note),
        Ok(mut child) => {
            // Some openers stay until the browser is closed, and a child nobody waits for stays as a zombie.
            let _ = std::thread::Builder::new().name("browser".to_owned()).spawn(move || {
                if !child.wait().is_ok_and(|status| status.success()) {
                    log.say(note);
                }
            });
        }
    }
}

#[cfg(target_os = "macos")]
fn opener(url: &str) -> Command {
    let mut command = Command::new("open");
    command.arg(url);
    command
}

/// Not `cmd /C start`, which would interpret the URL.
#[cfg(windows)]
fn opener(url: &str) -> Command {
    let mut command = Command::new("rundll32");
    command.args(["url.dll,FileProtocolHandler", url]);
    command
}

#[cfg(not(any(target_os = "macos", windows)))]
fn opener(url: &str) -> Command {
    let mut command = Command::new("xdg-open");
    command.arg(url);
    command
}
