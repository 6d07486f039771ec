//! Bare URLs: `https://…`, `http://…` and `www.…` in text become links, by GitHub's rules, and end
//! before Japanese full stops and brackets too.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::characters::{closes, is_cjk, opens};
use super::{Run, is_verbatim};

/// The longest bare URL, in bytes; bounds the work when URLs are packed without spaces.
const LONGEST: usize = 2048;

/// Whether `text` may hold a bare URL.
pub fn suspects(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memmem::find(bytes, b"://").is_some()
        || memchr::memmem::find(bytes, b"ww.").is_some()
        || memchr::memmem::find(bytes, b"WW.").is_some()
}

/// Replaces bare URLs in `run` by link events. URLs may hold `_`, `*` and `~`, so one may swallow
/// whole emphasis events; it never takes half of one.
pub fn rewrite<'a>(run: Run<'a>, source: &'a str) -> Run<'a> {
    let mut out = Vec::with_capacity(run.len() + 4);
    let mut inside_link = 0usize;
    // Where to go on: everything before has been passed on.
    let mut resume = 0;
    let mut item = 0;
    while let Some((event, range)) = run.get(item) {
        match event {
            Event::Text(text) if inside_link == 0 && is_verbatim(source, text, range) => {
                let mut at = range.start.max(resume);
                let mut search = at;
                let mut next = None;
                while let Some(start) = candidate(source, search..range.end) {
                    let Some((end, last)) = extent(&run, source, item, start) else {
                        search = start + 4;
                        continue;
                    };
                    push_text(&mut out, source, at..start);
                    push_link(&mut out, source, start..end);
                    (at, search, resume) = (end, end, end);
                    if last != item {
                        next = Some(last);
                        break;
                    }
                }
                item = match next {
                    Some(last) => last,
                    None => {
                        push_text(&mut out, source, at..range.end);
                        item + 1
                    }
                };
                continue;
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => inside_link += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => inside_link = inside_link.saturating_sub(1),
            _ => {}
        }
        out.push((event.clone(), range.clone()));
        item += 1;
    }
    out
}

fn push_text<'a>(out: &mut Run<'a>, source: &'a str, range: Range<usize>) {
    match source.get(range.clone()) {
        Some(text) if !text.is_empty() => out.push((Event::Text(CowStr::Borrowed(text)), range)),
        _ => {}
    }
}

fn push_link<'a>(out: &mut Run<'a>, source: &'a str, range: Range<usize>) {
    let written = source.get(range.clone()).unwrap_or_default();
    let shown: CowStr<'a> = match written.contains("&amp;") {
        true => written.replace("&amp;", "&").into(),
        false => CowStr::Borrowed(written),
    };
    let address = match written.as_bytes().first() {
        Some(b'w' | b'W') => CowStr::from(format!("http://{shown}")),
        _ => shown.clone(),
    };
    let empty = CowStr::Borrowed("");
    let tag = Tag::Link { link_type: LinkType::Autolink, dest_url: address, title: empty.clone(), id: empty };
    out.push((Event::Start(tag), range.clone()));
    out.push((Event::Text(shown), range.clone()));
    out.push((Event::End(TagEnd::Link), range));
}

/// The start of the first thing in `range` that looks like a URL.
fn candidate(source: &str, range: Range<usize>) -> Option<usize> {
    let bytes = source.as_bytes();
    let mut at = range.start;
    while let Some(found) = bytes.get(at..range.end).and_then(|rest| memchr::memchr2(b':', b'.', rest)) {
        let sign = at + found;
        at = sign + 1;
        let before = bytes.get(range.start..sign).unwrap_or_default();
        let after = bytes.get(at..range.end).unwrap_or_default();
        let length = if bytes.get(sign) == Some(&b'.') {
            if ends_with(before, b"www") { 3 } else { continue }
        } else if !after.starts_with(b"//") {
            continue;
        } else if ends_with(before, b"https") {
            5
        } else if ends_with(before, b"http") {
            4
        } else {
            continue;
        };
        let start = sign - length;
        let host = if bytes.get(sign) == Some(&b'.') { at } else { at + 2 };
        let begins_well = source
            .get(..start)
            .and_then(|text| text.chars().next_back())
            .is_none_or(|c| !c.is_alphanumeric() || is_cjk(c));
        let has_host =
            source.get(host..).and_then(|text| text.chars().next()).is_some_and(char::is_alphanumeric);
        if begins_well && has_host {
            return Some(start);
        }
    }
    None
}

fn ends_with(bytes: &[u8], word: &[u8]) -> bool {
    bytes
        .len()
        .checked_sub(word.len())
        .and_then(|at| bytes.get(at..))
        .is_some_and(|end| end.eq_ignore_ascii_case(word))
}

/// Where the URL at `start` in text item `item` ends, and the item to go on with.
fn extent(run: &Run<'_>, source: &str, item: usize, start: usize) -> Option<(usize, usize)> {
    let run_end = run.last().map_or(start, |(_, range)| range.end);
    let mut end = scan(source, start, run_end.min(start + LONGEST))?;
    // Each turn that does not settle makes the URL shorter; a few are enough for all that people write.
    for _ in 0..8 {
        end = trimmed(source, start, end);
        if end <= start + 4 {
            return None;
        }
        let (settled, last) = settle(run, source, item, end);
        if settled == end {
            let is_www = !source.get(start..end)?.contains("://");
            let has_domain = !is_www || source.get(start + 4..end)?.contains('.');
            return has_domain.then_some((end, last));
        }
        end = settled;
    }
    None
}

/// The first byte from `start` that cannot be in a URL.
fn scan(source: &str, start: usize, limit: usize) -> Option<usize> {
    let mut limit = limit.min(source.len());
    while !source.is_char_boundary(limit) {
        limit -= 1;
    }
    let text = source.get(start..limit)?;
    let stop = text.find(|c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '|' | '`' | '\\')
            || (!c.is_ascii() && (opens(c) || closes(c)))
    });
    Some(start + stop.unwrap_or(text.len()))
}

/// Without trailing punctuation, unbalanced closing parentheses and a trailing entity.
fn trimmed(source: &str, start: usize, end: usize) -> usize {
    let Some(mut url) = source.get(start..end) else { return start };
    let count = |c: char| url.chars().filter(|found| *found == c).count();
    let mut unbalanced = count(')').saturating_sub(count('('));
    while let Some(last) = url.chars().next_back() {
        match last {
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' => {}
            ')' if unbalanced > 0 => unbalanced -= 1,
            ';' => match url.rfind('&') {
                Some(at)
                    if url.get(at + 1..url.len() - 1).is_some_and(|name| {
                        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
                    }) =>
                {
                    url = url.get(..at).unwrap_or_default();
                    continue;
                }
                _ => {}
            },
            _ => break,
        }
        url = url.get(..url.len() - last.len_utf8()).unwrap_or_default();
    }
    start + url.len()
}

/// The greatest end up to `end` at which the run can be cut, and the item to go on with: the one
/// that the cut falls into, or the next.
fn settle(run: &Run<'_>, source: &str, first: usize, end: usize) -> (usize, usize) {
    let mut item = first;
    let mut reached = run.get(first).map_or(end, |(_, range)| range.start);
    while let Some((event, range)) = run.get(item) {
        match event {
            Event::Text(_) if range.start >= end => return (end, item),
            Event::Text(text) if range.end >= end => {
                let verbatim = is_verbatim(source, text, range);
                return (if verbatim || range.end == end { end } else { reached }, item);
            }
            Event::Text(_) => item += 1,
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) if range.end <= end => {
                match behind_emphasis(run, item) {
                    Some(next) => item = next,
                    None => return (reached, item),
                }
            }
            _ => return (reached.min(end), item),
        }
        reached = range.end;
    }
    (reached.min(end), item)
}

/// The item behind the emphasis that begins at `start`, if it holds nothing but text.
fn behind_emphasis(run: &Run<'_>, start: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (item, (event, _)) in run.iter().enumerate().skip(start) {
        match event {
            Event::Text(_) => {}
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => depth += 1,
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(item + 1);
                }
            }
            _ => return None,
        }
    }
    None
}
