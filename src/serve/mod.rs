//! The preview: serves the handbook from memory, watches its files, and tells open tabs of every build.
//!
//! It knows no stage. The pipeline hands it a [`Rebuild`], which builds when asked to, and gets back
//! [`Pages`] that make the bytes of one address at a time. What is served never touches the disk, so
//! no request can reach a file that is not part of the site.
//!
//! The life of a change: `watch` finds out which files differ, `server` builds and swaps the whole
//! site at once, `live` tells the open tabs, and they load the page again.

mod address;
mod answer;
mod browser;
mod connections;
mod guard;
mod listen;
mod live;
mod log;
mod media;
mod server;
mod site;
mod watch;

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::Arc;

use crate::diag::Failure;

pub use server::Server;

/// The port when none is asked for.
pub const DEFAULT_PORT: u16 = 1111;

/// Builds the site when files have changed.
pub trait Rebuild: Send {
    /// Builds again. `changes` are all changes since the last call that returned a site; the first
    /// call is told [`Changes::Everything`]. A panic is caught, and the next call is told `Everything`.
    fn rebuild(&mut self, changes: &Changes) -> Rebuilt;
}

/// What a build came to.
#[derive(Default)]
pub struct Rebuilt {
    /// The new site; `None` leaves the last good one in place.
    pub site: Option<Arc<dyn Pages>>,
    /// How many pages the new site has, for the log.
    pub pages: usize,
    /// What has to be mended, as plain text for the terminal and the overlay; `None` when all is well.
    pub problems: Option<String>,
}

impl std::fmt::Debug for Rebuilt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rebuilt")
            .field("site", &self.site.as_ref().map(|_| "Pages"))
            .field("pages", &self.pages)
            .field("problems", &self.problems)
            .finish()
    }
}

/// One generation of the site.
pub trait Pages: Send + Sync {
    /// The bytes of one file of the site, under the name it has below the output folder
    /// (`practices/slo/index.html`: decoded, no leading slash). May be slow the first time.
    ///
    /// `Err` is a page that cannot be made: a plain text report, shown in its place.
    fn get(&self, path: &str) -> Result<Option<Arc<[u8]>>, String>;
}

/// A site that is already complete.
impl Pages for BTreeMap<String, Arc<[u8]>> {
    fn get(&self, path: &str) -> Result<Option<Arc<[u8]>>, String> {
        Ok(BTreeMap::get(self, path).cloned())
    }
}

/// What may differ since the last good build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Changes {
    /// Anything: take nothing over from the last build.
    Everything,
    /// These files appeared, changed or vanished; folders are never named. Each path begins as the
    /// entry of [`ServeOptions::watch`] that it lies below.
    Files(BTreeSet<PathBuf>),
}

impl Changes {
    /// These changes and `others` together.
    fn and(self, others: Self) -> Self {
        match (self, others) {
            (Self::Files(mut files), Self::Files(others)) => {
                files.extend(others);
                Self::Files(files)
            }
            _ => Self::Everything,
        }
    }
}

/// How to serve, and what to watch.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// The address to listen on; anything but loopback is warned about.
    pub interface: IpAddr,
    /// 0 takes any free port.
    pub port: u16,
    /// Whether the browser is opened.
    pub open: bool,
    /// The path below which the site stands, with a slash at both ends: `/` or `/handbook/`.
    pub base_path: String,
    /// The handbook's folder, for names in the log and for links that leave it.
    pub root: PathBuf,
    /// Folders (watched with all they hold) and files; they need not exist yet.
    pub watch: Vec<PathBuf>,
    /// Look at the files once a second instead of being told by the system.
    pub poll: bool,
    /// Further names by which this server may be addressed: `name` or `name:port`.
    pub allowed_hosts: Vec<String>,
    /// Whether nothing but failures is told on stderr.
    pub quiet: bool,
}

impl ServeOptions {
    /// The defaults for the handbook in `root`: loopback, port [`DEFAULT_PORT`], nothing watched.
    pub fn new(root: PathBuf) -> Self {
        Self {
            interface: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: DEFAULT_PORT,
            open: false,
            base_path: "/".to_owned(),
            root,
            watch: Vec::new(),
            poll: false,
            allowed_hosts: Vec::new(),
            quiet: false,
        }
    }
}

/// Serves until Ctrl-C (or SIGTERM), which is a clean end.
///
/// The first line on stdout is the URL, so that a script can start a server on port 0 and find it.
pub fn serve(options: &ServeOptions, rebuild: impl Rebuild + 'static) -> Result<(), Failure> {
    let server = Server::start(options, rebuild)?;
    log::announce(server.url());
    if options.open {
        browser::open(server.url(), log::Log::new(options.quiet));
    }
    server::until_interrupted()
}
