//! `permalinks.lock`: every permalink that was ever published, so that none dies unnoticed.
//!
//! A text file for version control. After a header, one line per permalink, sorted, then `# end`:
//!
//! ```text
//! # Permalinks of this handbook. Written by `shirube build`; commit it, and never edit it by hand.
//! # version 1
//! practice error-budget-policy live /practices/slo/error-budget-policy/ 1b9f22a0
//! # end
//! ```
//!
//! The words of a line are kind, id, state, address, and a checksum of the four. Without the checksum, a
//! search-and-replace over the repository that renames an id would rename it here too, and the old
//! address would die unnoticed. Sorted lines merge well: on reading, their order means nothing, and a line
//! that both sides of a merge added counts once.
//!
//! A file that is not whole is never written over: [`Lock::to_text`] refuses.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

use sha2::{Digest, Sha256};

use super::write::Root;
use crate::diag::{Diagnostics, Failure, FilePath, Span};

/// Name of the file in the handbook's root.
pub const FILE: &str = "permalinks.lock";

const VERSION: u32 = 1;
const HEADER: &str =
    "# Permalinks of this handbook. Written by `shirube build`; commit it, and never edit it by hand.\n";
const VERSION_LINE: &str = "# version ";
const END: &str = "# end";

/// The permalinks published so far. They can be added and change their state and address, but never vanish.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    entries: BTreeMap<(String, String), Entry>,
    /// Lines were reported as unreadable, so the entries are not all.
    damaged: bool,
}

/// What stands behind a permalink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub state: State,
    /// Where its page stands, or stood when it was last there: below the site's root, with a slash at
    /// both ends (`/practices/slo/x/`). What became of it is said in `model.yaml`.
    pub address: String,
}

/// What became of a permalink.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Leads to its page.
    Live,
    /// `model.yaml` gives its thing a new id.
    Renamed,
    /// `model.yaml` says why its thing is gone.
    Retired,
}

impl State {
    const ALL: [Self; 3] = [Self::Live, Self::Renamed, Self::Retired];

    /// The word in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Renamed => "renamed",
            Self::Retired => "retired",
        }
    }
}

/// Reads the text of a lock file. What is wrong with it is reported, line by line; the result is then damaged.
pub fn read(text: &str, file: &FilePath, diagnostics: &mut Diagnostics) -> Lock {
    let mut reader = Reader { file, diagnostics, lock: Lock::default(), seen: BTreeMap::new() };
    reader.read(text);
    reader.lock
}

impl Lock {
    /// Records a permalink; whether that is news.
    pub fn set(&mut self, kind: &str, id: &str, state: State, address: &str) -> bool {
        let entry = Entry { state, address: address.to_owned() };
        self.entries.insert((kind.to_owned(), id.to_owned()), entry.clone()) != Some(entry)
    }

    pub fn get(&self, kind: &str, id: &str) -> Option<&Entry> {
        self.entries.get(&(kind.to_owned(), id.to_owned()))
    }

    /// Kind, id and what stands behind, sorted by kind and id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, &Entry)> {
        self.entries.iter().map(|((kind, id), entry)| (kind.as_str(), id.as_str(), entry))
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether the file it was read from was not whole. It must not be written then.
    pub fn is_damaged(&self) -> bool {
        self.damaged
    }

    /// The text of the file; a [`Failure::Usage`] when the lock is damaged, because writing it would
    /// forget permalinks.
    pub fn to_text(&self) -> Result<String, Failure> {
        if self.damaged {
            return Err(Failure::usage(format!(
                "{FILE} is damaged, so it is not written: permalinks would be lost; `shirube check` shows the lines"
            )));
        }
        let mut text = format!("{HEADER}{VERSION_LINE}{VERSION}\n");
        for ((kind, id), entry) in &self.entries {
            let line =
                format!("{} {} {} {}", encode(kind), encode(id), entry.state.name(), encode(&entry.address));
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{line} {}", checksum(&line));
        }
        text.push_str(END);
        text.push('\n');
        Ok(text)
    }
}

/// Writes `lock` to the handbook's root, in place of the old file.
pub fn save(lock: &Lock, root: &Root) -> Result<(), Failure> {
    root.replace(FILE, lock.to_text()?.as_bytes()).map(|_| ())
}

struct Reader<'a> {
    file: &'a FilePath,
    diagnostics: &'a mut Diagnostics,
    lock: Lock,
    /// The line of each permalink.
    seen: BTreeMap<(String, String), Range<usize>>,
}

impl Reader<'_> {
    fn read(&mut self, text: &str) {
        let mut version = false;
        let mut ended = false;
        for line in lines(text) {
            let words = &text[line.clone()];
            if words.is_empty() {
                continue;
            }
            if is_conflict_mark(words) {
                self.damage(|diagnostics, file| diagnostics.lock_conflict(Span::new(file, line)));
            } else if ended {
                self.damage(|diagnostics, file| diagnostics.lock_after_end(Span::new(file, line)));
                return;
            } else if let Some(number) = words.strip_prefix(VERSION_LINE) {
                version = true;
                if number != VERSION.to_string() {
                    let span = line.start + VERSION_LINE.len()..line.end;
                    self.damage(|diagnostics, file| {
                        diagnostics.lock_newer(Span::new(file, span), number, VERSION);
                    });
                    // What its lines mean is not ours to say.
                    return;
                }
            } else if words == END {
                ended = true;
            } else if words.starts_with('#') && !version {
                // The header. Further down, a `#` may be a line that somebody commented out.
            } else if !version {
                self.damage(|diagnostics, file| diagnostics.lock_without_header(Span::new(file, line)));
                return;
            } else {
                self.permalink(words, line);
            }
        }
        if !version {
            self.damage(|diagnostics, file| diagnostics.lock_without_header(Span::whole(file)));
        } else if !ended {
            let end = text.len()..text.len();
            self.damage(|diagnostics, file| diagnostics.lock_cut_off(Span::new(file, end)));
        }
    }

    fn permalink(&mut self, words: &str, line: Range<usize>) {
        let Some((recorded, check)) = words.rsplit_once(' ') else {
            return self.bad_line(line, "it has one word only");
        };
        if check != checksum(recorded) {
            let span = line.end - check.len()..line.end;
            return self.damage(|diagnostics, file| diagnostics.lock_edited_line(Span::new(file, span)));
        }
        // From here on the line is as some shirube wrote it; what is odd in it is our own mistake.
        let fields: Vec<&str> = recorded.split(' ').collect();
        let [kind, id, state, address] = fields[..] else {
            return self.bad_line(line, "it must have five words: kind, id, state, address, checksum");
        };
        let Some(state) = State::ALL.into_iter().find(|known| known.name() == state) else {
            return self.bad_line(line, "its third word must be `live`, `renamed` or `retired`");
        };
        let (Some(kind), Some(id), Some(address)) = (decode(kind), decode(id), decode(address)) else {
            return self
                .bad_line(line, "a `%` in it is not followed by two hexadecimal digits of UTF-8 text");
        };
        let key = (kind, id);
        let entry = Entry { state, address };
        match (self.lock.entries.get(&key), self.seen.get(&key).cloned()) {
            (Some(recorded), Some(first)) if *recorded != entry => {
                let (kind, id) = key;
                self.damage(|diagnostics, file| {
                    diagnostics.lock_contradiction(Span::new(file, line), Span::new(file, first), &kind, &id);
                });
            }
            _ => {
                self.seen.insert(key.clone(), line);
                self.lock.entries.insert(key, entry);
            }
        }
    }

    fn bad_line(&mut self, line: Range<usize>, why: &str) {
        self.damage(|diagnostics, file| diagnostics.lock_bad_line(Span::new(file, line), why));
    }

    fn damage(&mut self, complain: impl FnOnce(&mut Diagnostics, &FilePath)) {
        self.lock.damaged = true;
        complain(self.diagnostics, self.file);
    }
}

/// The lines of `text` without their ends, which may be those of any system.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let content = line.strip_suffix('\n').unwrap_or(line);
        let content = content.strip_suffix('\r').unwrap_or(content);
        let range = start..start + content.len();
        start += line.len();
        range
    })
}

/// What git, Mercurial and others leave in a file that two sides changed.
fn is_conflict_mark(line: &str) -> bool {
    ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark))
}

/// Eight hexadecimal digits that tell whether a line is as we wrote it.
fn checksum(line: &str) -> String {
    let hash = Sha256::digest(line.as_bytes());
    hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// `text` as one word: spaces and control characters percent-encoded, `-` for nothing.
fn encode(text: &str) -> String {
    if text.is_empty() {
        return "-".to_owned();
    }
    let mut word = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_whitespace() || character.is_control() || matches!(character, '%') || text == "-" {
            for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(word, "%{byte:02X}");
            }
        } else {
            word.push(character);
        }
    }
    word
}

/// Undoes [`encode`].
fn decode(word: &str) -> Option<String> {
    if word == "-" {
        return Some(String::new());
    }
    let mut bytes = Vec::with_capacity(word.len());
    let mut rest = word.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            let value = digit()? * 16 + digit()?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
