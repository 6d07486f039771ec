//! Where a link leads, as a browser would find it.

use crate::config::BaseUrl;

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Leads {
    /// To another site, or out of what we publish: not ours to judge.
    Away,
    /// Above the site's root.
    Outside,
    /// To a file of the site.
    To { path: String, fragment: Option<String> },
}

/// Follows `link` on the page at `from` (a path below the output folder).
pub fn follow(from: &str, link: &str, base: &BaseUrl) -> Leads {
    let (address, fragment) = match link.split_once('#') {
        Some((address, fragment)) => (address, Some(decoded(fragment))),
        None => (link, None),
    };
    let fragment = fragment.filter(|fragment| !fragment.starts_with(":~:"));
    let address = address.split('?').next().unwrap_or(address);
    if address.is_empty() {
        return Leads::To { path: from.to_owned(), fragment };
    }
    let own = base.join("");
    let from_root = match address.strip_prefix(&own) {
        Some(rest) if !base.origin.is_empty() => Some(rest),
        _ if has_scheme(address) || address.starts_with("//") => return Leads::Away,
        _ if address.starts_with('/') => match address.strip_prefix(&base.path) {
            Some(rest) => Some(rest),
            None => return Leads::Away,
        },
        _ => None,
    };
    let mut place: Vec<String> = Vec::new();
    if from_root.is_none() {
        place.extend(from.split('/').map(str::to_owned));
        place.pop();
    }
    let steps = from_root.unwrap_or(address);
    for step in steps.split('/') {
        match step {
            ".." => {
                if place.pop().is_none() {
                    return Leads::Outside;
                }
            }
            "" | "." => {}
            step => place.push(decoded(step)),
        }
    }
    let is_folder =
        steps.is_empty() || steps.ends_with('/') || steps.ends_with("/..") || matches!(steps, "." | "..");
    if is_folder {
        place.push("index.html".to_owned());
    }
    Leads::To { path: place.join("/"), fragment }
}

fn has_scheme(address: &str) -> bool {
    let before = address.split(['/', '?', '#']).next().unwrap_or_default();
    before.contains(':')
}

/// Percent-decoded; as it is where that gives no UTF-8.
fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = |byte: &u8| char::from(*byte).to_digit(16);
        match (first, after) {
            (b'%', [high, low, further @ ..]) if hex(high).is_some() && hex(low).is_some() => {
                let value = hex(high).unwrap_or_default() * 16 + hex(low).unwrap_or_default();
                bytes.push(u8::try_from(value).unwrap_or_default());
                rest = further;
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
