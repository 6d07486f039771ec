//! A handbook in a folder of its own, a fake build, and a client that speaks raw HTTP.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use shirube::serve::{Changes, Pages, Rebuild, Rebuilt, ServeOptions, Server};
use tempfile::TempDir;

/// Far more than anything here takes; only a fault waits for it.
pub const DEADLINE: Duration = Duration::from_secs(20);

pub const SECRET: &str = "the-secret-outside";
/// Makes the fake build fail, with a canary for whoever puts the report into a page.
pub const BROKEN: &str = "BROKEN <img src=x onerror=X>";

/// Builds pages from `content/page.md`, and remembers what it was told.
pub struct Fake {
    root: PathBuf,
    pub built: Arc<Mutex<Vec<Changes>>>,
    pub texts: Arc<Mutex<Vec<String>>>,
}

impl Fake {
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), built: Arc::default(), texts: Arc::default() }
    }
}

impl Rebuild for Fake {
    fn rebuild(&mut self, changes: &Changes) -> Rebuilt {
        self.built.lock().unwrap().push(changes.clone());
        let text = fs::read_to_string(self.root.join("content/page.md")).unwrap_or("absent".to_owned());
        assert!(text != "PANIC", "as the test asked for");
        if text == BROKEN {
            return Rebuilt { problems: Some(format!("content/page.md is {BROKEN}")), ..Rebuilt::default() };
        }
        self.texts.lock().unwrap().push(text.clone());
        Rebuilt { site: Some(Arc::new(FakePages { text })), pages: 2, problems: None }
    }
}

pub struct FakePages {
    text: String,
}

impl Pages for FakePages {
    fn get(&self, path: &str) -> Result<Option<Arc<[u8]>>, String> {
        let text = match path {
            "index.html" => {
                format!("<!DOCTYPE html><html><body>\n<p>{}</p>\n</BODY></body>\n</html>\n", self.text)
            }
            "about/index.html" | "日本/index.html" => "<html><body>About</body></html>".to_owned(),
            "no-body/index.html" => "<p>A fragment".to_owned(),
            "404.html" => "<html><body>Not found</body></html>".to_owned(),
            "ja/404.html" => "<html><body>見つかりません</body></html>".to_owned(),
            "style.css" => "a {}".to_owned(),
            "search.js" => "export {};".to_owned(),
            "links.json" => "{\"</body>\": 1}".to_owned(),
            "logo.svg" => "<svg></body></svg>".to_owned(),
            "objects.inv" => "# Sphinx".to_owned(),
            ".well-known/security.txt" => "Contact: us".to_owned(),
            "unrenderable/index.html" => return Err("theme <b> is wrong".to_owned()),
            "panics.html" => panic!("as the test asked for"),
            // A careless look-up on a disk would find these.
            _ if path.starts_with('/')
                || path.contains("//")
                || path.split('/').any(|segment| matches!(segment, "." | ".."))
                || path.contains(['\\', ':', '\0', '\n', '\r', '\u{7f}']) =>
            {
                SECRET.to_owned()
            }
            _ => return Ok(None),
        };
        Ok(Some(text.into_bytes().into()))
    }
}

pub struct Preview {
    pub server: Server,
    pub built: Arc<Mutex<Vec<Changes>>>,
    /// The text of `content/page.md` in each good build.
    pub texts: Arc<Mutex<Vec<String>>>,
    folder: TempDir,
}

/// A request for `path`; `HOST` and `PORT` are put in when it is sent.
pub fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n")
}

pub fn everything() -> Changes {
    Changes::Everything
}

impl Preview {
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    pub fn with(change: impl FnOnce(&mut ServeOptions)) -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("content")).unwrap();
        fs::write(folder.path().join("content/page.md"), "first text").unwrap();
        fs::write(folder.path().join("handbook.yaml"), "title: A").unwrap();
        let mut options = ServeOptions::new(folder.path().to_owned());
        options.port = 0;
        options.quiet = true;
        options.watch = ["content", "static", "handbook.yaml"].map(|name| folder.path().join(name)).to_vec();
        change(&mut options);
        let fake = Fake::new(folder.path());
        let (built, texts) = (fake.built.clone(), fake.texts.clone());
        let server = Server::start(&options, fake).expect("a server");
        Self { server, built, texts, folder }
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Puts a file there in one step, so that no build can see it half written.
    pub fn write(&self, name: &str, text: &str) {
        fs::create_dir_all(self.file(name).parent().unwrap()).unwrap();
        fs::write(self.file("unwatched"), text).unwrap();
        fs::rename(self.file("unwatched"), self.file(name)).unwrap();
    }

    pub fn files(&self, names: &[&str]) -> Changes {
        Changes::Files(names.iter().map(|name| self.file(name)).collect::<BTreeSet<_>>())
    }

    pub fn built(&self) -> Vec<Changes> {
        self.built.lock().unwrap().clone()
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send(&get(path))
    }

    pub fn send(&self, request: &str) -> Answer {
        self.exchange(self.filled(request).as_bytes()).unwrap_or_else(|| panic!("no answer to {request}"))
    }

    /// The status alone, for answers that may not end.
    pub fn status(&self, request: &str) -> u16 {
        let mut stream = connect(self.server.address());
        stream.write_all(self.filled(request).as_bytes()).ok();
        let mut line = [0; 12];
        stream.read_exact(&mut line).unwrap_or_else(|error| panic!("no answer to {request}: {error}"));
        std::str::from_utf8(&line[9..]).unwrap().parse().unwrap()
    }

    /// `None` when the connection was closed without an answer.
    pub fn exchange(&self, request: &[u8]) -> Option<Answer> {
        let mut stream = connect(self.server.address());
        let text = String::from_utf8(request.to_vec()).map(|text| self.filled(&text).into_bytes());
        // The server may have closed before all was sent.
        stream.write_all(&text.unwrap_or_else(|error| error.into_bytes())).ok();
        if !request.windows(4).any(|window| window == b"\r\n\r\n") || request.len() == 4 {
            // The server would wait for the rest until its time is up.
            stream.shutdown(std::net::Shutdown::Write).ok();
        }
        let mut bytes = Vec::new();
        if let Err(error) = stream.read_to_end(&mut bytes) {
            assert_ne!(error.kind(), std::io::ErrorKind::WouldBlock, "the server hangs");
        }
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.get(9..12)?.parse().ok()?;
        Some(Answer { status, head: head.to_owned(), body: body.to_owned() })
    }

    pub fn filled(&self, request: &str) -> String {
        let address = self.server.address();
        let host = format!("127.0.0.1:{}", address.port());
        request.replace("HOST", &host).replace("PORT", &address.port().to_string())
    }

    /// Still answers a good client.
    pub fn is_well(&self) {
        assert_eq!(self.get("/about/").status, 200);
    }

    pub fn tab(&self) -> Tab {
        let mut stream = connect(self.server.address());
        stream.write_all(self.filled(&get("/_shirube/events")).as_bytes()).unwrap();
        Tab { stream, read: Vec::new() }
    }
}

pub fn connect(address: SocketAddr) -> TcpStream {
    let to = SocketAddr::new([127, 0, 0, 1].into(), address.port());
    let stream = TcpStream::connect(to).expect("a connection");
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream
}

pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// An open reload stream.
pub struct Tab {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Tab {
    /// The next state the server tells.
    pub fn next_state(&mut self) -> serde_json::Value {
        let started = Instant::now();
        loop {
            // Heartbeats keep the reads from timing out.
            assert!(started.elapsed() < DEADLINE, "the server tells nothing");
            let end = self.read.windows(2).position(|window| window == b"\n\n");
            if let Some(end) = end {
                let event: Vec<u8> = self.read.drain(..end + 2).collect();
                let event = String::from_utf8(event).unwrap();
                match event.lines().find_map(|line| line.strip_prefix("data: ")) {
                    Some(data) => return serde_json::from_str(data).unwrap(),
                    None => continue,
                }
            }
            let mut bytes = [0; 4096];
            let count = self.stream.read(&mut bytes).expect("the stream is alive");
            assert_ne!(count, 0, "the stream has ended");
            self.read.extend_from_slice(&bytes[..count]);
        }
    }

    /// Reads states until one satisfies, as a tab does that loads the page again at each.
    pub fn until(&mut self, what: &str, satisfied: impl Fn(&serde_json::Value) -> bool) {
        let started = Instant::now();
        while !satisfied(&self.next_state()) {
            assert!(started.elapsed() < DEADLINE, "never up to date: {what}");
        }
    }

    /// Reads until the server closes the stream.
    pub fn ends(&mut self) {
        let mut rest = Vec::new();
        if let Err(error) = self.stream.read_to_end(&mut rest) {
            assert_ne!(error.kind(), std::io::ErrorKind::WouldBlock, "the stream goes on");
        }
    }
}
