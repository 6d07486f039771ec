//! Anchors of headings by GitHub's rules.

use std::collections::HashMap;

use super::characters::is_word;

/// The anchor GitHub gives a heading of this text: lower case, spaces to hyphens, everything dropped
/// that is neither a word character nor a hyphen. `section` when nothing is left.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if c == ' ' || c == '-' {
            slug.push('-');
        } else if is_word(c) {
            slug.extend(c.to_lowercase());
        }
    }
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// Hands out anchors, each once: `setup`, `setup-1`, `setup-2`.
#[derive(Debug, Default)]
pub struct Slugs {
    /// Anchors in use, each with the last number tried behind it.
    taken: HashMap<String, u32>,
}

impl Slugs {
    /// `wanted` if it is free, else with the first free number behind it. Anchors of footnotes are never free.
    pub fn unique(&mut self, wanted: &str) -> String {
        let reserved = is_footnote_anchor(wanted);
        let wanted = if reserved { format!("section-{wanted}") } else { wanted.to_owned() };
        if self.take(&wanted) {
            return wanted;
        }
        loop {
            let number = self.taken.entry(wanted.clone()).or_insert(0);
            *number += 1;
            let numbered = format!("{wanted}-{number}");
            if self.take(&numbered) {
                return numbered;
            }
        }
    }

    /// Takes `slug`; false when it is in use already.
    pub fn take(&mut self, slug: &str) -> bool {
        if self.taken.contains_key(slug) {
            return false;
        }
        self.taken.insert(slug.to_owned(), 0);
        true
    }
}

fn is_footnote_anchor(slug: &str) -> bool {
    slug == "footnotes-label"
        || slug
            .strip_prefix("fnref-")
            .or_else(|| slug.strip_prefix("fn-"))
            .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'))
}
