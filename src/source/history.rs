//! What git remembers of each file: when it was last changed, by whom, and what it said before or at last.
//!
//! Git is asked once for the whole history, from the newest commit back:
//!
//! * The day is the one the author's calendar showed, in which `reviewed:` is written too.
//! * A file that was moved keeps its history as long as the move changed nothing in it. Moved and
//!   changed is changed.
//! * A merge changed a file where the result is none of the merged versions: a conflict was settled.
//! * In a shallow clone the oldest commits seem to have added everything. What only they mention is
//!   cut off: when it was really changed, nobody here knows.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::Arc;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::git;
use super::read::MAX_TEXT_BYTES;
use crate::diag::FilePath;
use crate::model::SourceFile;

/// Commits that are looked at; a handbook has hundreds or thousands.
const MAX_COMMITS: &str = "--max-count=100000";
/// The longest name of a file or an author that is read.
const MAX_FIELD_BYTES: u64 = 64 << 10;
/// Versions of one file that are looked through for one of them.
const MAX_VERSIONS: usize = 200;
/// People named for one file.
const MAX_AUTHORS: usize = 20;

/// The history of the files asked for. Everything is empty without git or outside of a repository.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The day each file was last changed.
    pub changed: BTreeMap<FilePath, Date>,
    /// Who changed each file, the newest first; names only.
    pub authors: BTreeMap<FilePath, Vec<String>>,
    /// Files whose history this clone does not have.
    pub cut_off: BTreeSet<FilePath>,
    /// Every version there was, newest first.
    versions: BTreeMap<FilePath, Vec<Version>>,
}

/// A text that a file once had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The day it was written; `None` when it may be older than this clone.
    pub day: Option<Date>,
    /// Git's name for it.
    blob: String,
}

impl History {
    pub fn versions(&self, file: &str) -> &[Version] {
        self.versions.get(file).map_or(&[], Vec::as_slice)
    }

    /// Reads the history of `files`, paths below `root` that begin with `content/`.
    pub fn read<'a>(root: &Path, files: impl Iterator<Item = &'a FilePath>, authors: bool) -> Self {
        let reader = Reader {
            history: Self::default(),
            names: files.map(|file| (file.to_string(), file.clone())).collect(),
            authors,
            is_shallow: false,
        };
        reader.read(root).unwrap_or_default()
    }
}

/// Reads the log.
struct Reader {
    history: History,
    /// The names under which files are found at the point of the history that is being read.
    names: HashMap<String, FilePath>,
    authors: bool,
    is_shallow: bool,
}

impl Reader {
    fn read(mut self, root: &Path) -> Option<History> {
        // Asked from `content`, which may be a repository of its own.
        let folder = root.join("content");
        let state = git::run(&folder, &["rev-parse", "--show-prefix", "--git-path", "shallow"])?;
        let state = String::from_utf8(state).ok()?;
        let (prefix, shallow) = state.trim_end_matches('\n').split_once('\n')?;
        let boundary = boundary(&folder.join(shallow));
        self.is_shallow = !boundary.is_empty();
        // Paths come relative to the top of the work tree, which may be above the handbook. Looking at the
        // whole handbook shows what was moved into `content`.
        let (top, inner) = match prefix.strip_suffix("content/") {
            Some(above) => (above.to_owned(), ""),
            None => (prefix.to_owned(), "content/"),
        };

        let mut log = git::command(&folder)
            .args(["log", "-z", "-c", "-M100%", "--raw", "--no-abbrev", "--no-color", "--no-notes"])
            .args(["--no-ext-diff", "--encoding=UTF-8", "--format=%x01%H%x01%as%x01%aN", MAX_COMMITS])
            .args(["--", &if top.is_empty() { ":(top)".to_owned() } else { format!(":(top,literal){top}") }])
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let mut fields = Fields(BufReader::new(log.stdout.take()?));
        let mut commit = None;
        while let Some(field) = fields.next() {
            if let Some(header) = field.strip_prefix('\u{1}') {
                commit = Commit::read(header, &boundary);
            } else if let Some(status) = field.strip_prefix(':') {
                let mut status = status.split(' ').rev();
                let (Some(letters), Some(blob)) = (status.next(), status.next()) else { continue };
                let Some(path) = fields.next() else { break };
                // Only whole files are followed, and only of those git gives both names.
                let to = if letters.starts_with('R') && letters.len() > 2 { fields.next() } else { None };
                let below = |path: &str| Some(format!("{inner}{}", path.strip_prefix(&top)?));
                let (Some(commit), Some(path)) = (&commit, below(&path)) else { continue };
                match to {
                    Some(to) => self.moved(&path, &below(&to).unwrap_or_default()),
                    None => self.changed(commit, &path, letters, blob),
                }
            }
        }
        // Git may have more to say than was read, and must not wait for it to be heard. What was read is true,
        // however the log ends.
        drop(fields);
        let _ = log.kill();
        let _ = log.wait();
        Some(self.history)
    }

    /// At older commits the file went by its old name.
    fn moved(&mut self, from: &str, to: &str) {
        if let Some(file) = self.names.remove(to) {
            self.names.entry(from.to_owned()).or_insert(file);
        }
    }

    fn changed(&mut self, commit: &Commit, path: &str, letters: &str, blob: &str) {
        // What is older under the name of an added file was another file.
        let file = match letters {
            "A" => self.names.remove(path),
            _ => self.names.get(path).cloned(),
        };
        let Some(file) = file.filter(|_| letters != "D") else { return };
        self.name_author(commit, &file);
        let History { changed, cut_off, versions, .. } = &mut self.history;
        let day = (!commit.is_boundary).then_some(commit.day);
        let version = Version { day, blob: blob.to_owned() };
        versions.entry(file.clone()).or_default().push(version);
        // The log is newest first: the first mention of a file is its last change.
        if commit.is_boundary && !changed.contains_key(&file) {
            cut_off.insert(file);
        } else if !cut_off.contains(&file) {
            changed.entry(file).or_insert(commit.day);
        }
    }

    /// In a shallow clone only the latest authors are known, and naming only them would be unfair.
    fn name_author(&mut self, commit: &Commit, file: &FilePath) {
        // Some people's name is their e-mail address, which is nobody's business.
        if !self.authors || self.is_shallow || commit.author.is_empty() || commit.author.contains('@') {
            return;
        }
        let authors = self.history.authors.entry(file.clone()).or_default();
        if authors.len() < MAX_AUTHORS && !authors.contains(&commit.author) {
            authors.push(commit.author.clone());
        }
    }
}

struct Commit {
    day: Date,
    author: String,
    /// Its parents are not in this clone.
    is_boundary: bool,
}

impl Commit {
    fn read(header: &str, boundary: &BTreeSet<String>) -> Option<Self> {
        let mut parts = header.splitn(3, '\u{1}');
        let (hash, day) = (parts.next()?, parts.next()?);
        let author = parts.next().unwrap_or_default().trim().to_owned();
        Some(Self { day: day.parse().ok()?, author, is_boundary: boundary.contains(hash) })
    }
}

/// The commits at which a shallow clone ends; none in a whole one.
fn boundary(file: &Path) -> BTreeSet<String> {
    let mut text = String::new();
    if let Ok(file) = std::fs::File::open(file) {
        let _ = file.take(MAX_TEXT_BYTES).read_to_string(&mut text);
    }
    text.lines().map(str::to_owned).collect()
}

/// The parts of git's answer, which end with a NUL.
struct Fields(BufReader<ChildStdout>);

impl Fields {
    /// What is not UTF-8 is no file of ours.
    fn next(&mut self) -> Option<String> {
        let mut field = Vec::new();
        (&mut self.0).take(MAX_FIELD_BYTES).read_until(0, &mut field).ok()?;
        if field.pop()? != 0 {
            return None;
        }
        Some(String::from_utf8_lossy(&field).trim_start_matches('\n').to_owned())
    }
}

/// Reads old versions of files, one after the other.
#[derive(Debug)]
pub struct Archive {
    git: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Archive {
    pub fn open(root: &Path) -> Option<Self> {
        let mut git = git::command(&root.join("content"))
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let (ask, answers) = (git.stdin.take()?, BufReader::new(git.stdout.take()?));
        Some(Self { git, ask, answers })
    }

    /// The versions of `file` with their days, newest first, as far as they can be read.
    pub fn versions<'a>(
        &'a mut self,
        file: &'a SourceFile,
        history: &'a History,
    ) -> impl Iterator<Item = (Option<Date>, SourceFile)> + 'a {
        let versions = history.versions(&file.path).iter().take(MAX_VERSIONS);
        versions.map_while(|version| {
            let text = self.text(&version.blob)?;
            let hash = Sha256::digest(text.as_bytes()).into();
            Some((version.day, SourceFile { text, hash, ..file.clone() }))
        })
    }

    fn text(&mut self, blob: &str) -> Option<Arc<str>> {
        writeln!(self.ask, "{blob}").ok()?;
        let mut answer = String::new();
        (&mut self.answers).take(MAX_FIELD_BYTES).read_line(&mut answer).ok()?;
        // `<name> blob <size>`, or `<name> missing`.
        let size: u64 = answer.trim_end().split_once(" blob ")?.1.parse().ok()?;
        if size > MAX_TEXT_BYTES {
            return None;
        }
        let mut bytes = Vec::new();
        (&mut self.answers).take(size + 1).read_to_end(&mut bytes).ok()?;
        bytes.pop()?;
        let text = String::from_utf8(bytes).ok()?;
        Some(text.strip_prefix('\u{feff}').unwrap_or(&text).into())
    }
}

impl Drop for Archive {
    fn drop(&mut self) {
        // It waits for the next question for ever; how it ends is of no interest.
        let _ = self.git.kill();
        let _ = self.git.wait();
    }
}

/// The files of the work tree that differ from the newest commit, or are not in it.
pub fn uncommitted(root: &Path) -> BTreeSet<FilePath> {
    let folder = root.join("content");
    let status = ["status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", "."];
    let answer = || {
        let prefix = String::from_utf8(git::run(&folder, &["rev-parse", "--show-prefix"])?).ok()?;
        Some((prefix.trim_end_matches('\n').to_owned(), String::from_utf8(git::run(&folder, &status)?).ok()?))
    };
    let Some((prefix, status)) = answer() else { return BTreeSet::new() };
    let below = |entry: &str| Some(format!("content/{}", entry.get(3..)?.strip_prefix(&prefix)?).into());
    status.split('\0').filter_map(below).collect()
}

/// The last text of those of `files` that git has: what the newest commit holds, or held before it was
/// removed. Asked only when something is missed.
pub fn last_texts(root: &Path, files: &[FilePath]) -> BTreeMap<FilePath, String> {
    let paths: Vec<&str> = files.iter().map(|file| &**file).collect();
    let ask = |arguments: &[&str]| -> String {
        let answer = git::run(root, &[arguments, &["--"], &paths].concat()).unwrap_or_default();
        String::from_utf8_lossy(&answer).into_owned()
    };
    // Each file with the commit that holds it.
    let mut holders: BTreeMap<String, String> = BTreeMap::new();
    let held = ask(&["ls-tree", "-z", "--name-only", "HEAD"]);
    for file in held.split('\0') {
        holders.insert(file.to_owned(), "HEAD".to_owned());
    }
    let log =
        ["log", "-z", "--format=%x01%H", "--name-only", "--diff-filter=D", "--no-renames", "--relative"];
    let mut commit = String::new();
    for field in ask(&log).split('\0') {
        match field.trim_matches('\n').strip_prefix('\u{1}') {
            Some(hash) => commit = hash.to_owned(),
            // The log is newest first.
            None => {
                let file = field.trim_matches('\n').to_owned();
                holders.entry(file).or_insert_with(|| format!("{commit}^"));
            }
        }
    }
    let text = |file: &FilePath| {
        let holder = holders.get(&**file)?;
        String::from_utf8(git::run(root, &["cat-file", "blob", &format!("{holder}:./{file}")])?).ok()
    };
    files.iter().filter_map(|file| Some((file.clone(), text(file)?))).collect()
}
