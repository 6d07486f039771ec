//! A request → an answer, from memory only.
//!
//! 1. Who: the `Host` must be ours, the asking page must not be a foreign one.
//! 2. What: GET or HEAD of a plain path, without a body.
//! 3. Where: the exact name of a file of the present generation; a folder's name without its slash is
//!    redirected; everything else is missing.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use hyper::header::{self, HeaderValue};
use hyper::{HeaderMap, Method, Response, StatusCode, Uri};
use tokio::sync::mpsc::Receiver;

use super::guard::{Guard, Refusal};
use super::live::{self, Hub};
use super::site::{Generation, Site};
use super::{address, media};

/// What every site of ours works under; the preview proves it every day.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; form-action 'none'; base-uri 'none'";

/// Answers requests.
pub(super) struct Answerer {
    pub guard: Guard,
    /// With a slash at both ends.
    pub base_path: String,
    pub site: Arc<Site>,
    pub hub: Arc<Hub>,
}

/// The body of an answer.
pub(super) enum Content {
    Whole(Option<Bytes>),
    Stream(Receiver<Bytes>),
}

pub(super) type Answer = Response<Content>;

/// What a request asks for, once it is known to be a fair one.
enum Route {
    Events,
    Fixed(&'static str, &'static str),
    /// A file of the site; the query is kept when a redirect is the answer.
    File {
        path: String,
        query: Option<String>,
    },
    Redirect(String),
    Refuse(StatusCode, &'static str),
}

impl Answerer {
    /// The answer to a request whose head has been read; `local` is our end of the connection.
    pub async fn answer(
        &self,
        method: &Method,
        target: &Uri,
        headers: &HeaderMap,
        local: SocketAddr,
    ) -> Answer {
        let generation = self.site.now();
        let mut answer = match self.route(method, target, headers, local) {
            Route::Refuse(status, reason) => refusal(status, reason),
            Route::Redirect(location) => redirect(&location),
            Route::Fixed(media, text) => whole(StatusCode::OK, media, Bytes::from_static(text.as_bytes())),
            Route::Events if method == Method::HEAD => whole(StatusCode::OK, EVENT_STREAM, Bytes::new()),
            Route::Events => match self.hub.subscribe() {
                Some(events) => answered(StatusCode::OK, EVENT_STREAM, Content::Stream(events)),
                None => refusal(StatusCode::SERVICE_UNAVAILABLE, "too many open tabs"),
            },
            Route::File { path, query } => {
                let base_path = self.base_path.clone();
                // Pages are made when they are asked for, which may take a while or fail badly;
                // neither may hold up or end the server.
                tokio::task::spawn_blocking(move || file(&generation, &base_path, &path, query.as_deref()))
                    .await
                    .unwrap_or_else(|_| {
                        refusal(StatusCode::INTERNAL_SERVER_ERROR, "this page could not be made")
                    })
            }
        };
        protect(answer.headers_mut());
        answer
    }

    fn route(&self, method: &Method, target: &Uri, headers: &HeaderMap, local: SocketAddr) -> Route {
        match self.guard.host(headers, local) {
            Ok(()) => {}
            Err(Refusal::Malformed) => {
                return Route::Refuse(StatusCode::BAD_REQUEST, "one Host header is needed");
            }
            Err(Refusal::Foreign) => {
                return Route::Refuse(
                    StatusCode::FORBIDDEN,
                    "this preview does not answer to that name; allow it in the options of `shirube serve`",
                );
            }
        }
        if method != Method::GET && method != Method::HEAD {
            return Route::Refuse(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD");
        }
        if has_body(headers) {
            return Route::Refuse(StatusCode::PAYLOAD_TOO_LARGE, "no body is accepted");
        }
        // A proxy's absolute form would name a second host; we are no proxy.
        if target.authority().is_some() || target.scheme().is_some() {
            return Route::Refuse(StatusCode::BAD_REQUEST, "a path is needed");
        }
        let Some(path) = address::decode(target.path()).filter(|path| path.starts_with('/')) else {
            return Route::Refuse(StatusCode::BAD_REQUEST, "that is not a path of a site");
        };
        let permitted = if path == live::EVENTS { Guard::stream(headers) } else { Guard::fetch(headers) };
        if permitted.is_err() {
            return Route::Refuse(StatusCode::FORBIDDEN, "not for other sites");
        }
        match &*path {
            live::EVENTS => Route::Events,
            live::SCRIPT => Route::Fixed(media::of(live::SCRIPT), live::SCRIPT_TEXT),
            live::STYLE => Route::Fixed(media::of(live::STYLE), live::STYLE_TEXT),
            _ => match path.strip_prefix(&*self.base_path) {
                Some(below) => {
                    Route::File { path: below.to_owned(), query: target.query().map(str::to_owned) }
                }
                // Who asks for the server's root, or forgets the slash, is shown to the site.
                None if path == "/" || format!("{path}/") == self.base_path => {
                    Route::Redirect(address::encode(&self.base_path))
                }
                None => Route::Refuse(StatusCode::NOT_FOUND, "the site stands below its base path"),
            },
        }
    }
}

const EVENT_STREAM: &str = "text/event-stream; charset=utf-8";

fn has_body(headers: &HeaderMap) -> bool {
    headers.contains_key(header::TRANSFER_ENCODING)
        || headers.get_all(header::CONTENT_LENGTH).iter().any(|length| length != "0")
}

/// A file of the site, by its exact name.
fn file(generation: &Generation, base_path: &str, path: &str, query: Option<&str>) -> Answer {
    let Some(pages) = &generation.pages else {
        let report = generation.problems.as_deref().unwrap_or("It is being built.");
        return report_page(StatusCode::SERVICE_UNAVAILABLE, report, generation);
    };
    let folder = path.is_empty() || path.ends_with('/');
    let name = if folder { format!("{path}index.html") } else { path.to_owned() };
    match pages.get(&name) {
        Ok(Some(bytes)) => return found(StatusCode::OK, &name, bytes, generation),
        Ok(None) => {}
        Err(report) => return report_page(StatusCode::INTERNAL_SERVER_ERROR, &report, generation),
    }
    if !folder && matches!(pages.get(&format!("{path}/index.html")), Ok(Some(_)) | Err(_)) {
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        return redirect(&format!("{}/{query}", address::encode(&format!("{base_path}{path}"))));
    }
    // A language has its own page for what is missing.
    let language = path.split('/').next().unwrap_or("");
    for name in [format!("{language}/404.html"), "404.html".to_owned()] {
        if let Ok(Some(bytes)) = pages.get(&name) {
            return found(StatusCode::NOT_FOUND, &name, bytes, generation);
        }
    }
    report_page(StatusCode::NOT_FOUND, "There is no such page.", generation)
}

fn found(status: StatusCode, name: &str, bytes: Arc<[u8]>, generation: &Generation) -> Answer {
    let media = media::of(name);
    let bytes = if media == media::HTML {
        Bytes::from(live::inject(&bytes, &generation.build))
    } else {
        Bytes::from_owner(bytes)
    };
    whole(status, media, bytes)
}

/// A page of our own for when the site has none. It listens, and so is replaced when there is one.
fn report_page(status: StatusCode, report: &str, generation: &Generation) -> Answer {
    let report = report.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Shirube preview</title>\n\
         <body>\n<h1>This page cannot be shown</h1>\n<pre>{report}</pre>\n</body>\n</html>\n"
    );
    whole(status, media::HTML, live::inject(page.as_bytes(), &generation.build).into())
}

fn redirect(location: &str) -> Answer {
    let mut answer = whole(StatusCode::FOUND, media::TEXT, Bytes::new());
    match HeaderValue::from_str(location) {
        Ok(location) => {
            answer.headers_mut().insert(header::LOCATION, location);
            answer
        }
        Err(_) => refusal(StatusCode::BAD_REQUEST, "that is not a path of a site"),
    }
}

fn refusal(status: StatusCode, reason: &'static str) -> Answer {
    let mut answer = whole(status, media::TEXT, Bytes::from_static(reason.as_bytes()));
    let headers = answer.headers_mut();
    if status == StatusCode::METHOD_NOT_ALLOWED {
        headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    // Whatever else the client has sent, a body perhaps, is not worth reading.
    headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
    answer
}

fn whole(status: StatusCode, media: &'static str, bytes: Bytes) -> Answer {
    let length = bytes.len();
    let mut answer = answered(status, media, Content::Whole(Some(bytes)));
    answer.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    answer
}

fn answered(status: StatusCode, media: &'static str, content: Content) -> Answer {
    let mut answer = Response::new(content);
    *answer.status_mut() = status;
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    answer
}

/// On every answer. There is deliberately no `Access-Control-*` header anywhere.
fn protect(headers: &mut HeaderMap) {
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // `default-src` says nothing about who may frame us.
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
}

impl Body for Content {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let data = match self.get_mut() {
            Self::Whole(bytes) => Poll::Ready(bytes.take()),
            Self::Stream(events) => events.poll_recv(context),
        };
        data.map(|data| data.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, Bytes::len).try_into().unwrap_or(u64::MAX))
            }
            Self::Stream(_) => SizeHint::default(),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(None))
    }
}
