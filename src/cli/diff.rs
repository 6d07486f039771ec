//! What a change of a file looks like: a unified diff, which `patch -p1` and `git apply` take.
//! <https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html>

use super::terminal::{Stream, Terminal};
use crate::diag::visible;
use crate::pipeline::MendedFile;

/// Lines shown around a change.
const CONTEXT: usize = 3;

/// The change of `file`, whose lines change within and stay as many as they were.
pub fn unified(file: &MendedFile, terminal: &Terminal) -> String {
    let (before, after) = (String::from_utf8_lossy(&file.before), String::from_utf8_lossy(&file.after));
    let before: Vec<&str> = before.split_inclusive('\n').collect();
    let after: Vec<&str> = after.split_inclusive('\n').collect();
    let look = Look { shown: terminal.is_shown(Stream::Output), colored: terminal.colored(Stream::Output) };
    let name = visible(&file.relative);
    // A tab ends a name with spaces in it.
    let end = if name.contains(' ') { "\t" } else { "" };
    let mut text =
        look.line("--- ", &format!("a/{name}{end}\n")) + &look.line("+++ ", &format!("b/{name}{end}\n"));
    let changed: Vec<usize> =
        (0..before.len()).filter(|line| before.get(*line) != after.get(*line)).collect();
    for hunk in changed.chunk_by(|line, next| next - line <= 2 * CONTEXT) {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { continue };
        let (start, end) = (first.saturating_sub(CONTEXT), (last + CONTEXT + 1).min(before.len()));
        let place = format!("{},{}", start + 1, end - start);
        text.push_str(&look.line("@@ ", &format!("-{place} +{place} @@\n")));
        let mut line = start;
        while line < end {
            // Neighbours that change stand together, old before new.
            let group = (line..end).take_while(|line| before.get(*line) != after.get(*line)).count();
            if group == 0 {
                text.push_str(&look.line(" ", before.get(line).copied().unwrap_or_default()));
                line += 1;
                continue;
            }
            for (sign, lines) in [("-", &before), ("+", &after)] {
                let lines = lines.get(line..line + group).unwrap_or_default();
                lines.iter().for_each(|line| text.push_str(&look.line(sign, line)));
            }
            line += group;
        }
    }
    text
}

struct Look {
    /// To people, who must not be fooled by what cannot be seen; programs get the bytes.
    shown: bool,
    colored: bool,
}

impl Look {
    fn line(&self, sign: &str, line: &str) -> String {
        let (content, end) = match line.strip_suffix('\n') {
            Some(content) => (content, "\n"),
            None => (line, "\n\\ No newline at end of file\n"),
        };
        let content = if self.shown { visible(content) } else { content.into() };
        let on = match sign.trim_end() {
            _ if !self.colored => "",
            "-" => "\u{1b}[31m",
            "+" => "\u{1b}[32m",
            "@@" => "\u{1b}[36m",
            "---" | "+++" => "\u{1b}[1m",
            _ => "",
        };
        let off = if on.is_empty() { "" } else { "\u{1b}[0m" };
        format!("{on}{sign}{content}{off}{end}")
    }
}
