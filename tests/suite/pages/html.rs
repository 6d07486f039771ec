//! Just enough reading of built pages: pieces between two marks, and where links lead.

use std::collections::BTreeSet;

/// What stands between `start` and the next `end`; empty when there is no `start`.
pub fn between<'a>(html: &'a str, start: &str, end: &str) -> &'a str {
    let Some((_, rest)) = html.split_once(start) else { return "" };
    rest.split_once(end).map_or(rest, |(piece, _)| piece)
}

/// The pieces that begin with `start` and end before `end`.
pub fn pieces<'a>(html: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    html.split(start).skip(1).map(move |rest| rest.split(end).next().unwrap_or_default())
}

/// Where the links of a piece of the page at `path` lead, from the root: `roles/sre/`, `roles/sre/#leads`.
pub fn links(path: &str, html: &str) -> BTreeSet<String> {
    in_order(path, html).into_iter().collect()
}

pub fn in_order(path: &str, html: &str) -> Vec<String> {
    pieces(html, "href=\"", "\"").map(|href| resolved(path, href)).collect()
}

fn resolved(path: &str, href: &str) -> String {
    if href.contains("://") {
        return href.to_owned();
    }
    let (target, fragment) = href.split_once('#').map_or((href, None), |(t, f)| (t, Some(f)));
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let folder = parts.join("/");
    let folder = if folder.is_empty() { folder } else { format!("{folder}/") };
    fragment.map_or(folder.clone(), |fragment| format!("{folder}#{fragment}"))
}

/// A piece of HTML without its tags, in single spaces.
pub fn text(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        rest = after.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
