//! Takes the port, and says what to do when it cannot be had.

use std::io::{Error, ErrorKind};
use std::net::{IpAddr, SocketAddr, TcpListener};

use crate::diag::Failure;

/// How many ports above the one asked for are tried, to name a free one.
const NEIGHBOURS: u16 = 20;

/// A listening socket. A port that is taken is told, never waited for.
pub(super) fn listen(interface: IpAddr, port: u16) -> Result<(TcpListener, SocketAddr), Failure> {
    let wanted = SocketAddr::new(interface, port);
    let failed = |error: Error| Failure::Machine {
        doing: format!("listen on {wanted}"),
        path: None,
        error: explained(error, wanted),
    };
    let listener = TcpListener::bind(wanted).map_err(failed)?;
    // tokio takes only sockets that do not block.
    listener.set_nonblocking(true).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

fn explained(error: Error, wanted: SocketAddr) -> Error {
    let advice = match error.kind() {
        ErrorKind::AddrInUse => match free_neighbour(wanted) {
            Some(port) => format!("the port is taken; port {port} is free: try `--port {port}`"),
            None => "the port is taken; `--port 0` takes any free one".to_owned(),
        },
        ErrorKind::PermissionDenied => {
            format!("{error}; ports below 1024 may be reserved: try `--port {}`", super::DEFAULT_PORT)
        }
        ErrorKind::AddrNotAvailable => format!("{error}; this machine does not have that address"),
        _ => return error,
    };
    Error::new(error.kind(), advice)
}

fn free_neighbour(wanted: SocketAddr) -> Option<u16> {
    (1..=NEIGHBOURS)
        .filter_map(|step| wanted.port().checked_add(step))
        .find(|port| TcpListener::bind(SocketAddr::new(wanted.ip(), *port)).is_ok())
}

/// The address to type into a browser: one that is bound to all is reached by loopback.
pub(super) fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::from([127, 0, 0, 1]),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}
