//! The text as the markdown parser gets it, and the way back to the file.
//!
//! 1. Line ends become `\n`, and NUL becomes U+FFFD.
//! 2. Japanese-friendly emphasis: CommonMark refuses `これは**「重要」**です`, because a run of `*`
//!    between a letter and a punctuation mark neither opens nor closes. Where one side is Chinese,
//!    Japanese or Korean, we put an invisible *joiner* between the run and the punctuation mark, so
//!    that the parser sees a letter there. The joiner is a noncharacter that does not occur in the
//!    file, so taking it out of everything the parser hands back is exact, whether it ended up in
//!    text, code, an address or HTML; we need not know where code is.
//! 3. The parser takes every line that begins with `:` for a definition, `:::note` and `:smile:` too.
//!    Only a space behind it makes one; elsewhere a joiner in front keeps the line text.

use std::borrow::Cow;
use std::ops::Range;

use super::autolink;
use super::characters::{closes, is_cjk, is_punctuation, opens};
use crate::diag::{FilePath, Span};

/// A body, ready to be parsed.
#[derive(Debug)]
pub struct Prepared<'a> {
    pub text: Cow<'a, str>,
    file: &'a FilePath,
    /// Where the body begins in the file.
    base: usize,
    /// What each step changed, in the order of the steps.
    steps: Vec<Vec<Edit>>,
    joiner: Option<char>,
    /// Whether there may be `[[…]]` anywhere.
    pub may_hold_wiki_links: bool,
    /// Whether there may be bare URLs anywhere.
    pub may_hold_urls: bool,
}

/// From byte `at` of the changed text on, the original text is `shift` bytes behind (positive: we added).
#[derive(Debug)]
struct Edit {
    at: usize,
    shift: isize,
}

impl<'a> Prepared<'a> {
    /// `text` is the body, which begins at byte `base` of `file`.
    pub fn new(file: &'a FilePath, text: &'a str, base: usize) -> Self {
        let (normal, line_ends) = with_plain_line_ends(text);
        let joiner = ('\u{FDD0}'..='\u{FDEF}').find(|c| !normal.contains(*c));
        let (joined, joiners) = match joiner {
            Some(joiner) => match with_joiners(&normal, joiner) {
                Some((joined, edits)) => (Cow::Owned(joined), edits),
                None => (normal, Vec::new()),
            },
            None => (normal, Vec::new()),
        };
        let joiner = joiner.filter(|_| !joiners.is_empty());
        let steps = [line_ends, joiners].into_iter().filter(|edits| !edits.is_empty()).collect();
        let may_hold_wiki_links = memchr::memmem::find(joined.as_bytes(), b"[[").is_some();
        let may_hold_urls = autolink::suspects(&joined);
        Self { text: joined, file, base, steps, joiner, may_hold_wiki_links, may_hold_urls }
    }

    /// The place in the file of a range of [`text`](Self::text).
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.original(range.start);
        Span::new(self.file, start..self.original(range.end).max(start))
    }

    fn original(&self, offset: usize) -> usize {
        let mut offset = offset;
        for edits in self.steps.iter().rev() {
            let before = edits.partition_point(|edit| edit.at <= offset);
            if let Some(edit) = before.checked_sub(1).and_then(|last| edits.get(last)) {
                offset = offset.saturating_add_signed(-edit.shift);
            }
        }
        self.base + offset
    }

    /// The text of `range`; empty when it is no range of the text.
    pub fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// The text from byte `start` on, `length` bytes or a little less.
    pub fn head(&self, start: usize, length: usize) -> &str {
        let mut end = (start + length).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        self.slice(start..end)
    }

    /// `text` without joiners: as the writer wrote it.
    pub fn written<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.joiner {
            Some(joiner) if text.contains(joiner) => Cow::Owned(text.replace(joiner, "")),
            _ => Cow::Borrowed(text),
        }
    }
}

fn with_plain_line_ends(text: &str) -> (Cow<'_, str>, Vec<Edit>) {
    if memchr::memchr2(b'\r', 0, text.as_bytes()).is_none() {
        return (Cow::Borrowed(text), Vec::new());
    }
    let mut out = String::with_capacity(text.len());
    let mut edits = Vec::new();
    let (mut shift, mut copied) = (0, 0);
    for at in memchr::memchr2_iter(b'\r', 0, text.as_bytes()) {
        out.push_str(text.get(copied..at).unwrap_or_default());
        copied = at + 1;
        match (text.as_bytes().get(at), text.as_bytes().get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => {
                copied = at + 2;
                out.push('\n');
                shift -= 1;
                edits.push(Edit { at: out.len(), shift });
            }
            (Some(b'\r'), _) => out.push('\n'),
            _ => {
                out.push('\u{FFFD}');
                shift += 2;
                edits.push(Edit { at: out.len(), shift });
            }
        }
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    (Cow::Owned(out), edits)
}

fn with_joiners(text: &str, joiner: char) -> Option<(String, Vec<Edit>)> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let mut edits = Vec::new();
    let (mut shift, mut copied, mut search) = (0, 0, 0);
    while let Some(found) = memchr::memchr3(b'*', b'~', b':', bytes.get(search..)?) {
        let start = search + found;
        let sign = *bytes.get(start)?;
        let length = bytes.get(start..)?.iter().take_while(|byte| **byte == sign).count();
        search = start + length;
        let place = match sign {
            b':' => is_no_definition(text, start..search).then_some(start),
            _ => joiner_place(text, start..search, sign),
        };
        let Some(at) = place else { continue };
        out.push_str(text.get(copied..at)?);
        copied = at;
        out.push(joiner);
        shift += isize::try_from(joiner.len_utf8()).ok()?;
        edits.push(Edit { at: out.len(), shift });
    }
    if edits.is_empty() {
        return None;
    }
    out.push_str(text.get(copied..)?);
    Some((out, edits))
}

/// Where a joiner helps the delimiter run at `run`: behind it to let it open, before it to let it close.
fn joiner_place(text: &str, run: Range<usize>, delimiter: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    // A run between two ASCII characters is CommonMark's own business.
    if bytes.get(run.start.checked_sub(1)?)?.is_ascii() && bytes.get(run.end)?.is_ascii() {
        return None;
    }
    let backslashes = bytes.get(..run.start)?.iter().rev().take_while(|byte| **byte == b'\\').count();
    let start = run.start + backslashes % 2;
    if start == run.end || (delimiter == b'~' && run.end - start != 2) {
        return None;
    }
    let before = text.get(..start)?.chars().next_back()?;
    let after = text.get(run.end..)?.chars().next()?;
    let cell_border = |c: char| c == '|';
    if before.is_whitespace() || after.is_whitespace() || cell_border(before) || cell_border(after) {
        return None;
    }
    if !is_cjk(before) && !is_cjk(after) {
        return None;
    }
    match (is_punctuation(before), is_punctuation(after)) {
        (false, true) if !closes(after) => Some(run.end),
        (true, false) if !opens(before) && !only_markers_before(text, start) => Some(start),
        _ => None,
    }
}

/// Whether the colons at `run` begin a line and are followed by something else than a space, or the
/// delimiter row of a table.
fn is_no_definition(text: &str, run: Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let before = run.start.checked_sub(1).and_then(|at| bytes.get(at));
    let after = bytes.get(run.end);
    matches!(before, None | Some(b'\n' | b' ' | b'\t' | b'>'))
        && (run.len() > 1 || !matches!(after, None | Some(b'\n' | b' ' | b'\t' | b'-')))
        && only_markers_before(text, run.start)
}

/// Whether nothing but quote and list markers stands before `at` on its line: then the run begins a block.
fn only_markers_before(text: &str, at: usize) -> bool {
    text.get(..at)
        .and_then(|before| {
            before
                .bytes()
                .rev()
                .find(|byte| !matches!(byte, b'>' | b'-' | b'+' | b'*' | b' ' | b'\t' | b'.' | b'0'..=b'9'))
        })
        .is_none_or(|byte| byte == b'\n')
}
