//! Names in double brackets: `[[slo-targets]]`, `[[role:sre|the SRE]]`, `[[slo-targets#agreed]]`.

use std::ops::Range;

use super::scan::Format;

/// A thing named in another document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub kind: Option<String>,
    pub id: String,
    pub anchor: Option<String>,
}

impl Name {
    /// As it stands between the brackets.
    pub fn text(&self) -> String {
        let kind = self.kind.iter().map(|kind| format!("{kind}:"));
        let anchor = self.anchor.iter().map(|anchor| format!("#{anchor}"));
        kind.chain([self.id.clone()]).chain(anchor).collect()
    }
}

/// Longer is no name.
const MAX_BYTES: usize = 300;

/// The names in `text`, with their bytes. Tests of the shell (`[[ -f x ]]`) begin with a space, and are none;
/// neither are embedded files (`![[…]]`).
pub fn names(text: &str, format: Format) -> Vec<(Range<usize>, Name)> {
    if matches!(format, Format::Data | Format::AsciiDoc) {
        return Vec::new();
    }
    let mut names = Vec::new();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("[[")) {
        let start = from + at + 2;
        from = start;
        let window = text.get(start..text.floor_char_boundary(start + MAX_BYTES)).unwrap_or_default();
        let inside = window.split_once("]]").map_or("", |(inside, _)| inside);
        let target = inside.split('|').next().unwrap_or_default();
        let embeds = text.get(..start - 2).is_some_and(|before| before.ends_with('!'));
        let is_name = !target.is_empty()
            && !target.starts_with(char::is_whitespace)
            && !target.contains("://")
            && !target.contains(['[', ']', '\n', '"', '$', '\\']);
        if embeds || !is_name {
            continue;
        }
        let range = start..start + target.trim_end().len();
        let (page, anchor) = match target.trim_end().split_once('#') {
            Some((page, anchor)) => (page, Some(anchor.to_owned()).filter(|anchor| !anchor.is_empty())),
            None => (target.trim_end(), None),
        };
        let (kind, id) = match page.split_once(':') {
            Some((kind, id)) => (Some(kind.to_owned()), id.to_owned()),
            None => (None, page.to_owned()),
        };
        names.push((range, Name { kind, id, anchor }));
    }
    names
}
