//! Puts the parts together: listens, builds, serves, and builds again when files change.

use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use super::answer::Answerer;
use super::guard::Guard;
use super::live::Hub;
use super::log::{self, Log};
use super::site::Site;
use super::watch::{Bell, Watch};
use super::{Changes, Rebuild, Rebuilt, ServeOptions, connections, listen};
use crate::diag::Failure;

/// Between two signs of life on the reload streams.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// A running preview; dropping it ends it.
#[derive(Debug)]
pub struct Server {
    url: String,
    address: SocketAddr,
    bell: Arc<Bell>,
    /// Dropped with the server, which ends the runtime.
    _stop: oneshot::Sender<()>,
}

impl Server {
    /// Builds once, then serves and watches on threads of its own.
    ///
    /// The port is taken before the build, so that a taken one is told at once; files are watched
    /// before it too, so that nothing saved meanwhile is missed.
    pub fn start(options: &ServeOptions, rebuild: impl Rebuild + 'static) -> Result<Self, Failure> {
        let log = Log::new(options.quiet);
        let (listener, address) = listen::listen(options.interface, options.port)?;
        let guard = Guard::new(address, &options.allowed_hosts)
            .map_err(|name| Failure::usage(format!("`{name}` is not a host; write `name` or `name:port`")))?;
        let url =
            format!("http://{}{}", listen::reachable(address), super::address::encode(&options.base_path));
        if !address.ip().to_canonical().is_loopback() {
            log.say(format!(
                "WARNING: everyone who can reach {address} can read this handbook, drafts and restricted pages \
                 of this build included.\nWithout `--interface` only this machine can."
            ));
        }

        let site = Arc::new(Site::new());
        let hub = Arc::new(Hub::new(&site.now()));
        let watch = Watch::start(&options.root, &options.watch, options.poll, log);
        let bell = watch.bell();
        let mut builder = SiteBuilder {
            rebuild: Box::new(rebuild),
            unbuilt: None,
            root: options.root.clone(),
            site: site.clone(),
            hub: hub.clone(),
            log,
        };
        builder.build(Changes::Everything);

        let answerer =
            Arc::new(Answerer { guard, base_path: options.base_path.clone(), site, hub: hub.clone() });
        let runtime = runtime()?;
        let (stop, stopped) = oneshot::channel();
        spawn("serve", move || run(runtime, listener, answerer, hub, stopped))?;
        spawn("rebuild", move || builder.build_on_changes(watch))?;
        Ok(Self { url, address, bell, _stop: stop })
    }

    /// Where the site is, for the browser.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What the server is bound to.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.bell.close();
    }
}

/// Waits for Ctrl-C, or for SIGTERM where there is such a thing.
pub(super) fn until_interrupted() -> Result<(), Failure> {
    let waiting = |error| Failure::Machine { doing: "wait for Ctrl-C".to_owned(), path: None, error };
    runtime()?.block_on(async {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let mut terminated = signal(SignalKind::terminate()).map_err(waiting)?;
            let mut interrupted = signal(SignalKind::interrupt()).map_err(waiting)?;
            std::future::poll_fn(|context| {
                match (interrupted.poll_recv(context), terminated.poll_recv(context)) {
                    (std::task::Poll::Pending, std::task::Poll::Pending) => std::task::Poll::Pending,
                    _ => std::task::Poll::Ready(()),
                }
            })
            .await;
            Ok(())
        }
        #[cfg(not(unix))]
        tokio::signal::ctrl_c().await.map_err(waiting)
    })
}

/// Serves until `stopped`: connections and streams end with the runtime.
fn run(
    runtime: Runtime,
    listener: std::net::TcpListener,
    answerer: Arc<Answerer>,
    hub: Arc<Hub>,
    stopped: oneshot::Receiver<()>,
) {
    runtime.block_on(async {
        let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
        tokio::spawn(connections::accept(listener, answerer));
        tokio::spawn(async move {
            let mut beats = tokio::time::interval(HEARTBEAT);
            loop {
                beats.tick().await;
                hub.beat();
            }
        });
        let _ = stopped.await;
    });
    runtime.shutdown_background();
}

fn runtime() -> Result<Runtime, Failure> {
    Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(4)
        .build()
        .map_err(|error| Failure::Machine { doing: "start the server".to_owned(), path: None, error })
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), Failure> {
    thread::Builder::new().name(name.to_owned()).spawn(work).map(drop).map_err(|error| Failure::Machine {
        doing: "start the server".to_owned(),
        path: None,
        error,
    })
}

/// Builds, swaps, tells.
struct SiteBuilder {
    rebuild: Box<dyn Rebuild>,
    /// Changes that no good build has seen yet.
    unbuilt: Option<Changes>,
    root: PathBuf,
    site: Arc<Site>,
    hub: Arc<Hub>,
    log: Log,
}

impl SiteBuilder {
    fn build_on_changes(mut self, mut watch: Watch) {
        while let Some(changes) = watch.next() {
            self.build(changes);
        }
    }

    fn build(&mut self, changes: Changes) {
        let first = self.site.now().pages.is_none();
        let changed = log::name(&changes, &self.root);
        let all = match self.unbuilt.take() {
            Some(unbuilt) => unbuilt.and(changes),
            None => changes,
        };

        let started = Instant::now();
        let rebuilt = catch_unwind(AssertUnwindSafe(|| self.rebuild.rebuild(&all)));
        let took = log::elapsed(started.elapsed());

        // After a panic nobody knows what state the builder is in: it starts from nothing.
        let (rebuilt, unbuilt) = match rebuilt {
            Ok(rebuilt) => (rebuilt, all),
            Err(_) => (broken(), Changes::Everything),
        };
        let good = rebuilt.site.is_some();
        if !good {
            self.unbuilt = Some(unbuilt);
        }
        let pages = rebuilt.pages;
        let generation = self.site.put(rebuilt);
        self.hub.announce(&generation);

        if let Some(problems) = &generation.problems {
            self.log.say(problems.trim_end());
        }
        self.log.say(match (first, good) {
            (true, true) => format!("built {pages} pages in {took}"),
            (true, false) => format!("not built ({took}); waiting for the problems to be mended"),
            (false, true) => format!("changed {changed}: rebuilt in {took}"),
            (false, false) => format!("changed {changed}: not rebuilt ({took}); the last good site stays"),
        });
    }
}

fn broken() -> Rebuilt {
    let problems = "This is a mistake in shirube, please report it. The terminal has the details.";
    Rebuilt { site: None, pages: 0, problems: Some(problems.to_owned()) }
}
