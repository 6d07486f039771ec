//! `[[id]]` and `[[kind:id#fragment|text]]`: made into links before a run of inline events is rendered.
//!
//! The markdown parser goes first, so `[[1]](https://…)` stays the ordinary link that CommonMark
//! says it is, and brackets in code are never looked at.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::{Run, is_escaped, is_verbatim};

/// The longest `kind:id#fragment`, in bytes.
const LONGEST_NAME: usize = 300;

/// A place in a run: an item, and a byte offset in the source inside it.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
struct Place {
    item: usize,
    at: usize,
}

#[derive(Debug)]
struct WikiLink {
    open: Place,
    /// Where the `|` stands.
    pipe: Option<Place>,
    close: Place,
}

/// Replaces wiki links in `run` by link events; gives the places of `![[…]]`, which stay text.
pub fn rewrite<'a>(run: Run<'a>, source: &'a str) -> (Run<'a>, Vec<Range<usize>>) {
    let (links, images) = find(&run, source);
    if links.is_empty() {
        return (run, images);
    }
    let mut out = Vec::with_capacity(run.len() + 4 * links.len());
    let mut links = links.into_iter().peekable();
    let mut name = String::new();
    // Inside the name of a link nothing is passed on; inside its words everything is.
    let mut within: Option<WikiLink> = None;
    for (item, (event, range)) in run.into_iter().enumerate() {
        let Event::Text(text) = event else {
            out.push((event, range));
            continue;
        };
        if !is_verbatim(source, &text, &range) {
            match &within {
                Some(link) if link.pipe.is_none_or(|pipe| item < pipe.item) => name.push_str(&text),
                _ => out.push((Event::Text(text), range)),
            }
            continue;
        }
        let mut at = range.start;
        loop {
            match within.take() {
                None => {
                    let Some(link) = links.next_if(|link| link.open.item == item) else {
                        push_text(&mut out, source, at..range.end);
                        break;
                    };
                    push_text(&mut out, source, at..link.open.at);
                    at = link.open.at + 2;
                    name.clear();
                    within = Some(link);
                }
                Some(link) => {
                    let in_name = link.pipe.is_none_or(|pipe| Place { item, at } <= pipe);
                    let stop = if in_name { link.pipe.unwrap_or(link.close) } else { link.close };
                    let end = if stop.item == item { stop.at } else { range.end };
                    if in_name {
                        name.push_str(source.get(at..end).unwrap_or_default());
                    } else {
                        push_text(&mut out, source, at..end);
                    }
                    if stop.item != item {
                        within = Some(link);
                        break;
                    }
                    let whole = link.open.at..link.close.at + 2;
                    if in_name {
                        let tag = Tag::Link {
                            link_type: LinkType::WikiLink { has_pothole: link.pipe.is_some() },
                            dest_url: CowStr::from(std::mem::take(&mut name)),
                            title: CowStr::Borrowed(""),
                            id: CowStr::Borrowed(""),
                        };
                        out.push((Event::Start(tag), whole.clone()));
                    }
                    if stop == link.close {
                        out.push((Event::End(TagEnd::Link), whole));
                        at = end + 2;
                    } else {
                        at = end + 1;
                        within = Some(link);
                    }
                }
            }
        }
    }
    (out, images)
}

fn push_text<'a>(out: &mut Run<'a>, source: &'a str, range: Range<usize>) {
    match source.get(range.clone()) {
        Some(text) if !text.is_empty() => out.push((Event::Text(CowStr::Borrowed(text)), range)),
        _ => {}
    }
}

/// One pass: the last `[[` before a `]]` at the same depth of emphasis wins.
fn find(run: &Run<'_>, source: &str) -> (Vec<WikiLink>, Vec<Range<usize>>) {
    let mut links = Vec::new();
    let mut images = Vec::new();
    let mut open: Option<(Place, usize)> = None;
    let mut pipe: Option<Place> = None;
    let mut depth = 0usize;
    let mut inside_link = 0usize;
    for (item, (event, range)) in run.iter().enumerate() {
        match event {
            Event::Text(text) if inside_link == 0 => {
                if !is_verbatim(source, text, range) {
                    continue;
                }
                let bytes = text.as_bytes();
                let mut at = 0;
                while let Some(found) =
                    bytes.get(at..).and_then(|rest| memchr::memchr3(b'[', b']', b'|', rest))
                {
                    at += found;
                    let next = bytes.get(at + 1);
                    let here = Place { item, at: range.start + at };
                    match bytes.get(at) {
                        // Of `[[[` the last two count.
                        Some(b'[')
                            if next == Some(&b'[')
                                && bytes.get(at + 2) != Some(&b'[')
                                && !is_escaped(source, here.at) =>
                        {
                            open = Some((here, depth));
                            pipe = None;
                            at += 1;
                        }
                        Some(b'|') if pipe.is_none() && open.is_some_and(|(_, opened)| opened == depth) => {
                            pipe = Some(here)
                        }
                        Some(b']') if next == Some(&b']') && !is_escaped(source, here.at) => {
                            if let Some((start, opened)) = open.take() {
                                let name_end = pipe.unwrap_or(here).at;
                                let name = source.get(start.at + 2..name_end).unwrap_or_default();
                                let named = !name.trim().is_empty()
                                    && name.len() <= LONGEST_NAME
                                    && !name.starts_with(' ');
                                let is_image =
                                    start.at > 0 && source.as_bytes().get(start.at - 1) == Some(&b'!');
                                if opened == depth && named && is_image {
                                    images.push(start.at - 1..here.at + 2);
                                } else if opened == depth && named {
                                    links.push(WikiLink { open: start, pipe, close: here });
                                }
                            }
                            at += 1;
                        }
                        _ => {}
                    }
                    at += 1;
                }
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => {
                depth += 1;
                // A name is plain text.
                open = open.filter(|_| pipe.is_some());
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {
                depth = depth.saturating_sub(1);
                open = open.filter(|(_, opened)| pipe.is_some() && *opened <= depth);
            }
            // Words of a link may go on in the next line, as any text may.
            Event::Code(_) | Event::SoftBreak => open = open.filter(|_| pipe.is_some()),
            Event::Start(_) => {
                inside_link += 1;
                open = None;
            }
            Event::End(_) => inside_link = inside_link.saturating_sub(1),
            Event::Text(_) => {}
            _ => open = None,
        }
    }
    (links, images)
}
