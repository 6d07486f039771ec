//! The marker: the file that says that a folder is ours, and which files in it.

use std::collections::HashSet;

/// Name of the marker at the top of the output.
pub(super) const NAME: &str = ".shirube";

/// Larger ones are not read.
pub(super) const LIMIT: usize = 64 * 1024 * 1024;

const FIRST_LINE: &str = "shirube output 1";
const KIND: &str = "shirube output ";
const FOR_PEOPLE: &str =
    "The files listed here are replaced by the next build; all others in this folder are kept.";

/// What a marker says.
#[derive(Debug, Default)]
pub(super) struct Marker<'a> {
    /// The files that we wrote.
    pub files: HashSet<&'a str>,
    /// The folders above them; the top is not among them.
    pub folders: HashSet<&'a str>,
}

/// Why a marker tells nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// Of a version that does not exist yet.
    Newer,
    /// Not ours, or spoilt.
    Damaged,
}

/// The marker of a folder with these files, which must come sorted: same site, same bytes.
pub(super) fn text<'a>(files: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = format!("{FIRST_LINE}\n{FOR_PEOPLE}\n");
    for file in files {
        text.push_str(file);
        text.push('\n');
    }
    text
}

/// Reads what [`text`] wrote.
pub(super) fn parse(text: &[u8]) -> Result<Marker<'_>, Unreadable> {
    let text = str::from_utf8(text).map_err(|_| Unreadable::Damaged)?;
    let mut lines = text.strip_suffix('\n').ok_or(Unreadable::Damaged)?.split('\n');
    match lines.next() {
        Some(FIRST_LINE) => {}
        Some(other) if other.starts_with(KIND) => return Err(Unreadable::Newer),
        _ => return Err(Unreadable::Damaged),
    }
    let files: HashSet<&str> = lines.skip(1).collect();
    let mut folders = HashSet::new();
    for file in &files {
        let mut rest = *file;
        while let Some((folder, _)) = rest.rsplit_once('/') {
            if !folders.insert(folder) {
                break;
            }
            rest = folder;
        }
    }
    Ok(Marker { files, folders })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_reads_as_it_was_written() {
        let text = text(["a/b/c.html", "index.html"]);
        let marker = parse(text.as_bytes()).unwrap();
        assert_eq!(marker.files, HashSet::from(["a/b/c.html", "index.html"]));
        assert_eq!(marker.folders, HashSet::from(["a", "a/b"]));
    }

    #[test]
    fn a_marker_that_is_cut_or_newer_is_not_believed() {
        assert_eq!(parse(b"").unwrap_err(), Unreadable::Damaged);
        assert_eq!(parse(b"shirube output 1\nx\na.ht").unwrap_err(), Unreadable::Damaged);
        assert_eq!(parse(b"shirube output 2\nwhatever\n").unwrap_err(), Unreadable::Newer);
        assert_eq!(parse(b"\xff\n").unwrap_err(), Unreadable::Damaged);
    }
}
