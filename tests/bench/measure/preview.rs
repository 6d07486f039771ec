//! From the save of a page to the moment `shirube serve` answers with the new text.

use std::io::{BufRead, BufReader, Error, Read, Result, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long a save may take until we give up.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running preview; ended when dropped.
pub struct Preview {
    child: Child,
    /// `127.0.0.1:41234`.
    host: String,
    events: BufReader<TcpStream>,
}

impl Preview {
    /// Starts `command` (`shirube … serve --port 0`), and waits until it listens.
    pub fn start(command: &mut Command) -> Result<Self> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        // Its first line on stdout is the URL.
        let mut line = String::new();
        let connected = child
            .stdout
            .take()
            .ok_or_else(|| Error::other("no pipe"))
            .and_then(|out| BufReader::new(out).read_line(&mut line))
            .and_then(|_| {
                let rest = line.trim().strip_prefix("http://");
                let host = rest.and_then(|rest| rest.split('/').next());
                let host =
                    host.ok_or_else(|| Error::other(format!("no URL but {line:?} was told")))?.to_owned();
                let events = BufReader::new(request(&host, "/_shirube/events")?);
                Ok((host, events))
            });
        match connected {
            Ok((host, events)) => {
                let mut preview = Self { child, host, events };
                preview.next_state()?;
                Ok(preview)
            }
            Err(error) => {
                let _ = child.kill();
                let _ = child.wait();
                Err(error)
            }
        }
    }

    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Writes `text`, which has `mark` in it, into `file`; how long it takes until the page at
    /// `address` shows the mark. A tab does the same: it is told of a build and asks for the page.
    pub fn save(&mut self, file: &Path, text: &str, address: &str, mark: &str) -> Result<Duration> {
        let start = Instant::now();
        std::fs::write(file, text)?;
        while start.elapsed() < PATIENCE {
            self.next_state()?;
            if self.get(address)?.contains(mark) {
                return Ok(start.elapsed());
            }
        }
        Err(Error::other(format!("{address} never showed the change")))
    }

    /// The whole answer, head included.
    fn get(&self, address: &str) -> Result<String> {
        let mut answer = Vec::new();
        request(&self.host, address)?.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }

    /// Waits for the next state on the stream of events.
    fn next_state(&mut self) -> Result<()> {
        let mut line = String::new();
        while self.events.read_line(&mut line)? > 0 {
            if line.starts_with("data:") {
                return Ok(());
            }
            line.clear();
        }
        Err(Error::other("the stream of events ended"))
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn request(host: &str, address: &str) -> Result<TcpStream> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(stream, "GET {address} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    Ok(stream)
}
