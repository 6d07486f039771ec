//! Markdown while it is written by us, from texts that are no markdown.

use crate::render::view::common::Link;

/// Headings, facts and lists, one below the other.
#[derive(Debug, Default)]
pub struct Sheet {
    pub text: String,
}

impl Sheet {
    /// `level`: 1 to 6.
    pub fn heading(&mut self, level: usize, text: &str) {
        self.gap();
        self.text.push_str(&"#".repeat(level));
        self.text.push(' ');
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// A line of its own; markdown.
    pub fn paragraph(&mut self, text: &str) {
        if !text.is_empty() {
            self.gap();
            self.text.push_str(text);
            self.text.push('\n');
        }
    }

    /// An entry of a list, `depth` lists deep; markdown.
    pub fn item(&mut self, depth: usize, text: &str) {
        let in_list = self.text.lines().next_back().is_some_and(|line| line.trim_start().starts_with("- "));
        if !in_list {
            self.gap();
        }
        self.text.push_str(&"  ".repeat(depth));
        self.text.push_str("- ");
        self.text.push_str(&at_start(text));
        self.text.push('\n');
    }

    /// An empty line, between what is there and what comes.
    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}

/// `markdown` where a line begins, so that it begins neither heading, nor list, nor quote.
pub fn at_start(markdown: &str) -> String {
    let digits = markdown.len() - markdown.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match markdown.chars().next() {
        Some('#' | '>' | '+' | '-' | '~' | '=') => format!("\\{markdown}"),
        _ => match markdown.split_at_checked(digits) {
            Some((number, rest)) if digits > 0 && rest.starts_with(['.', ')']) => format!("{number}\\{rest}"),
            _ => markdown.to_owned(),
        },
    }
}

/// Plain text as markdown, within a line, that says just that.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        match c {
            '\n' | '\r' | '\t' if before == ' ' => continue,
            '\n' | '\r' | '\t' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '&' if begins_entity(rest) => out.push_str("&amp;"),
            '\\' | '`' | '*' | '[' | ']' | '|' => out.extend(['\\', c]),
            // `snake_case` is no emphasis.
            '_' if !(before.is_alphanumeric() && rest.starts_with(char::is_alphanumeric)) => {
                out.push_str("\\_");
            }
            c => out.push(c),
        }
        before = if c.is_whitespace() { ' ' } else { c };
    }
    out
}

fn begins_entity(text: &str) -> bool {
    let name = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    name.len() < text.len() && name.starts_with(';')
}

/// A link.
pub fn link(link: &Link) -> String {
    if link.href.is_empty() {
        return plain(&link.title);
    }
    format!("[{}]({})", plain(&link.title), destination(&link.href))
}

/// An address as it may stand in the parentheses of a link.
pub fn destination(href: &str) -> String {
    if !href.contains([' ', '(', ')', '<', '>', '\n', '\r', '\\']) {
        return href.to_owned();
    }
    let encoded = href
        .replace('\\', "%5C")
        .replace('<', "%3C")
        .replace('>', "%3E")
        .replace('\n', "%0A")
        .replace('\r', "%0D");
    format!("<{encoded}>")
}

/// A link's title as it may stand between quotes.
pub fn title(title: &str) -> String {
    plain(title).replace('"', "\\\"")
}
