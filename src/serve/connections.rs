//! Takes connections in, within bounds.
//!
//! hyper is used directly, without a framework: there is one handler and no routing, and only here
//! can the time and room for a request's head be bounded, which `axum::serve` does not offer.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

use super::answer::{Answerer, Content};

/// For the head of a request, and between two requests of one connection.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// Bytes and lines of a request's head; more is answered with 431.
const HEAD_BYTES: usize = 16 * 1024;
const HEAD_LINES: usize = 64;
/// Connections at once. Below the usual limit of open files, above what browsers open.
const MAX_CONNECTIONS: usize = 512;

/// Accepts until the runtime ends.
pub(super) async fn accept(listener: TcpListener, answerer: Arc<Answerer>) {
    let mut open: VecDeque<Connection> = VecDeque::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of files, most likely. Make room, and do not spin while there is none.
            make_room(&mut open, 0);
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        make_room(&mut open, MAX_CONNECTIONS - 1);
        let streams = Arc::new(AtomicBool::new(false));
        let task = tokio::spawn(serve(stream, answerer.clone(), streams.clone())).abort_handle();
        open.push_back(Connection { task, streams });
    }
}

struct Connection {
    task: AbortHandle,
    /// Whether it carries the reload stream; these are bounded by themselves and go last.
    streams: Arc<AtomicBool>,
}

/// Ends the oldest connection when more than `limit` are open: a client that holds many of them open
/// and idle must not keep a good one out. A browser opens it again.
fn make_room(open: &mut VecDeque<Connection>, limit: usize) {
    if open.len() <= limit {
        return;
    }
    open.retain(|connection| !connection.task.is_finished());
    if open.len() > limit {
        let idle = open.iter().position(|connection| !connection.streams.load(Ordering::Relaxed));
        if let Some(connection) = open.remove(idle.unwrap_or(0)) {
            connection.task.abort();
        }
    }
}

async fn serve(stream: TcpStream, answerer: Arc<Answerer>, streams: Arc<AtomicBool>) {
    let Ok(local) = stream.local_addr() else { return };
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let (answerer, streams) = (answerer.clone(), streams.clone());
        async move {
            let (head, _body) = request.into_parts();
            let answer = answerer.answer(&head.method, &head.uri, &head.headers, local).await;
            streams.store(matches!(answer.body(), Content::Stream(_)), Ordering::Relaxed);
            Ok::<_, Infallible>(answer)
        }
    });
    // How a connection ends is the client's business: nothing of ours is lost with it.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_header_size(HEAD_BYTES)
        .max_buf_size(2 * HEAD_BYTES)
        .max_headers(HEAD_LINES)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}
