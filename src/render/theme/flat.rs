//! Files of `key: value` lines: `theme.yaml` and `i18n/*.yaml`.

use std::ops::Range;

use crate::diag::{FilePath, Name, Span, Spanned};

/// The entries of a flat YAML file in the order written, or the line that is none.
pub fn read(file: &FilePath, text: &str) -> Result<Vec<(Name, Name)>, Span> {
    let mut entries = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') || content == "---" {
            continue;
        }
        let whole = Span::new(file, at..at + line.trim_end().len());
        let Some((key, value)) = content.split_once(':') else { return Err(whole) };
        let place = |text: &str| -> Range<usize> {
            let offset = line.find(text).unwrap_or(0);
            at + offset..at + offset + text.len()
        };
        let (key, value) = (key.trim(), unquote(value.trim()));
        entries.push((
            Spanned::new(key.to_owned(), Span::new(file, place(key))),
            Spanned::new(value.to_owned(), Span::new(file, place(value))),
        ));
    }
    Ok(entries)
}

fn unquote(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote) {
            return inner.split(quote).next().unwrap_or("");
        }
    }
    value.split(" #").next().unwrap_or("").trim_end()
}
