//! Lines as elements: numbered, marked, added, removed.

use std::fmt::Write;

use super::Block;

/// Whether the writer asked for anything that needs an element for each line.
pub fn wanted(block: &Block<'_>) -> bool {
    block.diff || block.first_line.is_some() || !block.marked_lines.is_empty()
}

/// The code of a diff: every line without its sign, or the blank that stands in for one.
pub fn without_signs(text: &str) -> String {
    text.split_inclusive('\n').map(|line| line.get(sign(line).len()..).unwrap_or_default()).collect()
}

/// Wraps each line of `html`, which is the highlighted text of `block` (without its signs).
pub fn decorate(block: &Block<'_>, html: &str) -> String {
    let mut marks = Marks::new(block);
    let mut code = html.split('\n');
    let mut decorated = String::with_capacity(2 * html.len());
    for (line, position) in block.text.split_inclusive('\n').zip(1u32..) {
        let sign = if block.diff { sign(line) } else { "" };
        let element = match sign {
            "+" => "ins",
            "-" => "del",
            _ => "span",
        };
        let marked = if marks.reach(position) { " marked" } else { "" };
        let number = match block.first_line {
            Some(first) => format!(" data-line=\"{}\"", u64::from(first) + u64::from(position) - 1),
            None => String::new(),
        };
        let code = code.next().unwrap_or_default();
        let end = if line.ends_with('\n') { "\n" } else { "" };
        // Writing to a string cannot fail.
        let _ = write!(decorated, "<{element} class=\"line{marked}\"{number}>{sign}{code}</{element}>{end}");
    }
    decorated
}

fn sign(line: &str) -> &str {
    line.get(..1).filter(|first| matches!(*first, "+" | "-" | " ")).unwrap_or_default()
}

/// The marked lines, asked for in rising order.
struct Marks {
    /// First and last lines, the last first so that it is popped from the end.
    ranges: Vec<(u32, u32)>,
    /// The last marked line of the ranges begun so far.
    until: u32,
}

impl Marks {
    fn new(block: &Block<'_>) -> Self {
        let mut ranges: Vec<_> =
            block.marked_lines.iter().map(|range| (*range.start(), *range.end())).collect();
        ranges.sort_unstable_by(|a, b| b.cmp(a));
        Self { ranges, until: 0 }
    }

    fn reach(&mut self, line: u32) -> bool {
        while let Some((_, last)) = self.ranges.pop_if(|(first, _)| *first <= line) {
            self.until = self.until.max(last);
        }
        line <= self.until
    }
}
