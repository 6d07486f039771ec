//! Who may be asked, and by whom.
//!
//! The server answers only requests that name it by one of its own names: a foreign page whose name
//! was made to point at 127.0.0.1 (DNS rebinding) sends its own name, and is refused. Names are
//! compared after parsing; whatever does not parse is a bad request, never a crash.

use std::net::{IpAddr, SocketAddr};

use hyper::HeaderMap;
use hyper::header::{HOST, ORIGIN};

/// The names of this server.
#[derive(Debug)]
pub(super) struct Guard {
    port: u16,
    bound: IpAddr,
    /// From the configuration, lower case.
    names: Vec<Authority>,
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No `Host`, two of them, or one that is not a host.
    Malformed,
    /// It is meant for, or comes from, somebody else.
    Foreign,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Authority {
    host: String,
    port: Option<u16>,
}

impl Guard {
    /// `None` names the first of `allowed` that is neither a name nor `name:port`.
    pub fn new(address: SocketAddr, allowed: &[String]) -> Result<Self, String> {
        let names = allowed
            .iter()
            .map(|name| authority(name).ok_or_else(|| name.clone()))
            .collect::<Result<_, _>>()?;
        Ok(Self { port: address.port(), bound: address.ip(), names })
    }

    /// Whether the request names us. `local` is our end of the connection.
    pub fn host(&self, headers: &HeaderMap, local: SocketAddr) -> Result<(), Refusal> {
        let mut hosts = headers.get_all(HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return Err(Refusal::Malformed) };
        let asked = host.to_str().ok().and_then(authority).ok_or(Refusal::Malformed)?;
        if self.is_ours(&asked, local) { Ok(()) } else { Err(Refusal::Foreign) }
    }

    fn is_ours(&self, asked: &Authority, local: SocketAddr) -> bool {
        let here = asked.port.unwrap_or(80) == self.port;
        if here && (asked.host == "localhost" || asked.host.ends_with(".localhost")) {
            return true;
        }
        // An address cannot be rebound: it is ours when it is loopback, the one we were bound to, or
        // the one this connection came in by (which matters when bound to all of them).
        let ours = |ip: IpAddr| {
            ip == IpAddr::from([127, 0, 0, 1])
                || ip == IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1])
                || (ip == self.bound && !ip.is_unspecified())
                || ip == local.ip().to_canonical()
        };
        if here && address(&asked.host).is_some_and(ours) {
            return true;
        }
        self.names.iter().any(|name| {
            name.host == asked.host
                && match name.port {
                    Some(port) => asked.port == Some(port),
                    // A proxy in front is asked on the default port of its scheme.
                    None => asked.port.is_none() || here,
                }
        })
    }

    /// Whether the reload stream may be opened: by our own pages only. `Host` has been checked before.
    pub fn stream(headers: &HeaderMap) -> Result<(), Refusal> {
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()).and_then(authority);
        let own_origin = headers.get_all(ORIGIN).iter().all(|origin| {
            let origin = origin.to_str().unwrap_or("");
            let rest = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            host.is_some() && rest.and_then(authority) == host
        });
        if own_origin && fetched_by_us(headers) { Ok(()) } else { Err(Refusal::Foreign) }
    }

    /// Whether a page or file may be handed out: another site may link to us, but may not load from us.
    pub fn fetch(headers: &HeaderMap) -> Result<(), Refusal> {
        let modes = headers.get_all("sec-fetch-mode");
        let navigates = modes.iter().next().is_some() && modes.iter().all(|mode| mode == "navigate");
        if navigates || fetched_by_us(headers) { Ok(()) } else { Err(Refusal::Foreign) }
    }
}

/// What the browser says about the page that asks. Clients without the header are not browsers
/// (or very old ones), and cannot be made to ask by a foreign page.
fn fetched_by_us(headers: &HeaderMap) -> bool {
    headers.get_all("sec-fetch-site").iter().all(|site| site == "same-origin" || site == "none")
}

/// `name`, `name:port`, `[v6]` or `[v6]:port`; the host in lower case, addresses in their shortest form.
fn authority(text: &str) -> Option<Authority> {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (inner, port) = rest.split_once(']')?;
            let v6: std::net::Ipv6Addr = inner.parse().ok()?;
            (format!("[{v6}]"), port)
        }
        None => {
            let (name, port) = text.find(':').map_or((text, ""), |colon| text.split_at(colon));
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
            if name.is_empty() || name.len() > 253 || !name.chars().all(plain) || name.starts_with('.') {
                return None;
            }
            (name.to_ascii_lowercase(), port)
        }
    };
    let port = match port.strip_prefix(':') {
        None if port.is_empty() => None,
        Some(digits) if digits.len() <= 5 && digits.chars().all(|c| c.is_ascii_digit()) => {
            Some(digits.parse().ok()?)
        }
        _ => return None,
    };
    Some(Authority { host, port })
}

/// The address that `host` spells out, if it does.
fn address(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}
