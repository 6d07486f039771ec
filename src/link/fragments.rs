//! Parts of files between region markers, for code fences that include them.

/// Why a region could not be cut out.
#[derive(Clone, Debug, PartialEq)]
pub enum RegionError {
    /// The regions there are.
    Unknown(Vec<String>),
    NeverClosed,
}

/// The lines between `region NAME` and `endregion NAME` in `text`. Markers stand alone in a comment
/// of the file's language (`# region budget`, `// region budget`); nested markers are left out, and
/// common indentation is taken away.
pub fn region(text: &str, name: &str) -> Result<String, RegionError> {
    let mut lines: Vec<&str> = Vec::new();
    let mut known = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match marker(line) {
            Some(Marker::Start(found)) => {
                inside |= found == name;
                known.push(found.to_owned());
            }
            Some(Marker::End(found)) if inside && (found == name || found.is_empty()) => {
                return Ok(dedent(&lines));
            }
            Some(Marker::End(_)) => {}
            None if inside => lines.push(line),
            None => {}
        }
    }
    Err(if inside { RegionError::NeverClosed } else { RegionError::Unknown(known) })
}

/// A whole file without its markers.
pub fn whole(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().filter(|line| marker(line).is_none()) {
        out.push_str(line);
        out.push('\n');
    }
    out
}

enum Marker<'a> {
    Start(&'a str),
    End(&'a str),
}

fn marker(line: &str) -> Option<Marker<'_>> {
    let comment = line.trim();
    let words = comment
        .strip_prefix("<!--")
        .map(|rest| rest.trim_end_matches("-->"))
        .or_else(|| comment.strip_prefix("//"))
        .or_else(|| comment.strip_prefix("--"))
        .or_else(|| comment.strip_prefix('#'))
        .or_else(|| comment.strip_prefix(';'))?
        .trim()
        .trim_start_matches('#');
    let (word, name) = words.split_once(' ').unwrap_or((words, ""));
    match word {
        "region" if !name.trim().is_empty() => Some(Marker::Start(name.trim())),
        "endregion" => Some(Marker::End(name.trim())),
        _ => None,
    }
}

fn dedent(lines: &[&str]) -> String {
    let indent = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches([' ', '\t']).len())
        .min()
        .unwrap_or(0);
    let mut out = String::new();
    for line in lines {
        out.push_str(line.get(indent..).unwrap_or_default());
        out.push('\n');
    }
    out
}
