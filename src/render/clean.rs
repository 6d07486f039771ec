//! Raw HTML in markdown, cleaned: harmless elements stay, everything else goes.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::escape;

/// How deep elements may nest before cleaning: the parser behind takes time beyond the square of it.
const MAX_DEPTH: usize = 200;

/// A whole body with only harmless elements and attributes left. What we make ourselves passes
/// unchanged in meaning; cleaning twice changes nothing.
pub fn clean(html: &str) -> String {
    if too_deep(html) {
        return escape::html(html);
    }
    CLEANER.clean(html).to_string()
}

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::default();
    cleaner
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from([
            "script", "style", "template", "noscript", "iframe", "svg", "math", "title",
        ]))
        .tag_attributes(
            TAG_ATTRIBUTES.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect(),
        )
        .tag_attribute_values(HashMap::from([("input", HashMap::from([("disabled", HashSet::from([""]))]))]))
        // One only: the order of several would be that of a hash map.
        .set_tag_attribute_values(HashMap::from([("input", HashMap::from([("type", "checkbox")]))]))
        .generic_attributes(HashSet::from([
            "class",
            "dir",
            "id",
            "lang",
            "title",
            "role",
            "aria-label",
            "aria-hidden",
            "aria-describedby",
            "aria-labelledby",
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .attribute_filter(|element, attribute, value| match (element, attribute) {
            // The only focusable thing we make is a table that scrolls.
            (_, "tabindex") if value != "0" => None,
            (_, "id") if value.is_empty() || value.contains(char::is_whitespace) => None,
            _ => Some(Cow::Borrowed(value)),
        });
    cleaner
});

#[rustfmt::skip]
const TAGS: [&str; 71] = [
    "a", "abbr", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col",
    "colgroup", "data", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "input", "ins", "kbd", "label", "li", "mark",
    "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
];

const TAG_ATTRIBUTES: [(&str, &[&str]); 18] = [
    ("a", &["href", "hreflang"]),
    ("blockquote", &["cite"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("data", &["value"]),
    ("del", &["cite", "data-line", "datetime"]),
    ("details", &["open"]),
    ("div", &["tabindex"]),
    ("img", &["alt", "height", "loading", "src", "width"]),
    ("input", &["checked"]),
    ("ins", &["cite", "data-line", "datetime"]),
    ("ol", &["reversed", "start"]),
    ("pre", &["data-language", "tabindex"]),
    ("q", &["cite"]),
    ("span", &["data-line"]),
    ("td", &["colspan", "headers", "rowspan"]),
    ("th", &["abbr", "colspan", "headers", "rowspan", "scope"]),
    ("time", &["datetime"]),
];

/// Counts elements open at once, roughly: void elements and what looks like a tag in text count too
/// much, never too little.
fn too_deep(html: &str) -> bool {
    let bytes = html.as_bytes();
    let mut depth = 0usize;
    for at in memchr::memchr_iter(b'<', bytes) {
        let name = bytes.get(at + 1..).unwrap_or_default();
        match name.first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(letter) if letter.is_ascii_alphabetic() && !is_void(name) => depth += 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return true;
        }
    }
    false
}

fn is_void(name: &[u8]) -> bool {
    [&b"br"[..], b"hr", b"img", b"input", b"col", b"wbr"].iter().any(|void| {
        name.get(..void.len()).is_some_and(|start| start.eq_ignore_ascii_case(void))
            && !name.get(void.len()).is_some_and(u8::is_ascii_alphanumeric)
    })
}
