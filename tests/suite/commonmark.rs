//! The examples of the CommonMark specification, through our whole way from text to body.
//!
//! The specification comes as a development dependency of tests/browser (npm package
//! `commonmark-spec`); where it is not installed the test says so and is skipped. What we do
//! differently on purpose is listed, with reasons, in tests/data/commonmark-deviations.txt.

use std::collections::BTreeMap;

use crate::markdown::{Fill, file, fill};

pub struct Example {
    pub number: usize,
    pub markdown: String,
    html: String,
}

/// `None`, with a word about it, where the specification is not installed.
pub fn examples() -> Option<Vec<Example>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/node_modules/commonmark-spec/spec.txt");
    let Ok(spec) = std::fs::read_to_string(path) else {
        eprintln!("SKIPPED: the CommonMark specification is not installed; run `npm ci` in tests/browser");
        return None;
    };
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    let mut lines = spec.lines();
    while let Some(line) = lines.next() {
        if line != format!("{fence} example") {
            continue;
        }
        let mut part = |end: &str| {
            lines.by_ref().take_while(|line| *line != end).map(|line| format!("{line}\n")).collect::<String>()
        };
        let (markdown, html) = (part("."), part(&fence));
        // The specification shows tabs as arrows.
        let tabs = |text: String| text.replace('→', "\t");
        examples.push(Example { number: examples.len() + 1, markdown: tabs(markdown), html: tabs(html) });
    }
    assert!(examples.len() > 640, "the specification has more examples than {}", examples.len());
    Some(examples)
}

fn deviations() -> BTreeMap<usize, &'static str> {
    include_str!("../data/commonmark-deviations.txt")
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| line.split_once(' ').unwrap())
        .map(|(number, reason)| (number.parse().unwrap(), reason.trim()))
        .collect()
}

/// HTML as a list of tags and texts, with everything evened out that browsers do not tell apart.
pub fn normal(html: &str) -> Vec<String> {
    const BLOCKS: &[&str] = &[
        "p",
        "li",
        "ul",
        "ol",
        "blockquote",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "div",
        "table",
        "tr",
        "td",
        "th",
        "br",
    ];
    let mut out: Vec<String> = Vec::new();
    let mut preformatted = false;
    let mut rest = html;
    let is_block = |tag: &str| {
        let name = tag.trim_start_matches(['<', '/']);
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        tag.starts_with('<') && BLOCKS.contains(&name)
    };
    while !rest.is_empty() {
        let length = match rest.strip_prefix('<') {
            Some(inner) => inner.find('>').map_or(rest.len(), |end| end + 2),
            None => rest.find('<').unwrap_or(rest.len()),
        };
        let (token, behind) = rest.split_at(length);
        rest = behind;
        if token.starts_with('<') {
            let tag = token.replace(" />", ">").replace("/>", ">").replace('\n', " ");
            if tag.starts_with("<pre") {
                preformatted = true;
            } else if tag.starts_with("</pre") {
                preformatted = false;
            }
            if is_block(&tag)
                && !preformatted
                && let Some(last) = out.last_mut()
                && !last.starts_with('<')
            {
                *last = last.trim_end().to_owned();
                if last.is_empty() {
                    out.pop();
                }
            }
            out.push(decoded(&tag));
            continue;
        }
        let mut text = decoded(token);
        if !preformatted {
            text = text.replace('\n', " ");
            if out.last().is_none_or(|last| is_block(last)) {
                text = text.trim_start().to_owned();
            }
        }
        if !text.is_empty() {
            out.push(text);
        }
    }
    if let Some(last) = out.last_mut()
        && !last.starts_with('<')
    {
        *last = last.trim_end().to_owned();
    }
    out.retain(|token| !token.is_empty());
    out
}

/// Entities and percent signs decoded, so that only the meaning of an address counts.
fn decoded(text: &str) -> String {
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code = tail
            .get(..2)
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (first, code) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn the_examples_of_commonmark_hold() {
    let Some(examples) = examples() else { return };
    let deviations = deviations();
    let mut wrong = Vec::new();
    for Example { number, markdown, html } in &examples {
        // With a title of its own a page keeps its first heading.
        let ours = fill(&file(&format!("---\ntitle: Not in the text\n---\n{markdown}")), Fill::Bare);
        let holds = normal(&ours) == normal(html);
        if holds == deviations.contains_key(number) {
            let what = if holds { "is listed as a deviation and is none" } else { "differs" };
            wrong.push(format!(
                "example {number} {what}\n--- markdown\n{markdown}--- expected\n{html}--- ours\n{ours}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), examples.len(), wrong.join("\n"));
}
