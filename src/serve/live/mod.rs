//! Live reload: the stream of events, and what is put into pages to listen to it.
//!
//! There is one kind of event, the state: which build is served, and what is wrong. A tab compares it
//! with the build it was served from. So it does not matter whether an event was missed, the tab
//! slept, or the server was started anew: the next state puts everything right, with one reload.

use std::sync::{Mutex, PoisonError};

use hyper::body::Bytes;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::site::Generation;

/// Where the stream and its files are; always at the root of the server, whatever the site's base path.
pub(super) const EVENTS: &str = "/_shirube/events";
pub(super) const SCRIPT: &str = "/_shirube/live.js";
pub(super) const STYLE: &str = "/_shirube/live.css";

pub(super) const SCRIPT_TEXT: &str = include_str!("live.js");
pub(super) const STYLE_TEXT: &str = include_str!("live.css");

/// Streams open at once. Tabs in the background let go of theirs, so this is plenty.
const MAX_STREAMS: usize = 256;
/// Events that wait for a tab that does not read; then it is dropped, and connects again.
const MAX_WAITING: usize = 8;

/// The open streams.
pub(super) struct Hub(Mutex<Streams>);

struct Streams {
    state: Bytes,
    open: Vec<Sender<Bytes>>,
}

impl Hub {
    pub fn new(generation: &Generation) -> Self {
        Self(Mutex::new(Streams { state: event(generation), open: Vec::new() }))
    }

    /// A new stream, which begins with the present state; `None` when there are too many.
    pub fn subscribe(&self) -> Option<Receiver<Bytes>> {
        let mut streams = self.lock();
        streams.open.retain(|stream| !stream.is_closed());
        if streams.open.len() >= MAX_STREAMS {
            return None;
        }
        let (sender, receiver) = channel(MAX_WAITING);
        sender.try_send(streams.state.clone()).ok()?;
        streams.open.push(sender);
        Some(receiver)
    }

    /// Tells every tab. Never waits: a tab that does not read is let go.
    pub fn announce(&self, generation: &Generation) {
        let mut streams = self.lock();
        let state = event(generation);
        streams.state = state.clone();
        streams.open.retain(|stream| stream.try_send(state.clone()).is_ok());
    }

    /// A comment on every stream, by which dead connections are found out.
    pub fn beat(&self) {
        let beat = Bytes::from_static(b":\n\n");
        self.lock().open.retain(|stream| stream.try_send(beat.clone()).is_ok());
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Streams> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The state as a server-sent event. JSON has no raw line breaks, so it is one `data` line.
fn event(generation: &Generation) -> Bytes {
    let state = serde_json::json!({
        "build": &*generation.build,
        "problems": generation.problems.as_deref(),
    });
    format!("event: state\nretry: 1000\ndata: {state}\n\n").into()
}

/// The page with our script before its end. It is external and styles itself by a linked sheet, so
/// it runs under the site's own content security policy.
pub(super) fn inject(html: &[u8], build: &str) -> Vec<u8> {
    let script = format!("<script type=\"module\" src=\"{SCRIPT}?build={build}\"></script>\n");
    let end = last_body_end(html).unwrap_or(html.len());
    let (before, after) = html.split_at(end);
    [before, script.as_bytes(), after].concat()
}

/// Where the last `</body>` begins.
fn last_body_end(html: &[u8]) -> Option<usize> {
    html.windows(7).rposition(|window| window.eq_ignore_ascii_case(b"</body>"))
}
