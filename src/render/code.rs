//! Code blocks.

use super::escape;
use crate::model::CodeBlock;

/// `<figure class="code">` with title, language and lines.
pub fn push(out: &mut String, block: &CodeBlock, text: &str) {
    out.push_str("<figure class=\"code\">");
    if let Some(title) = &block.title {
        out.push_str("<figcaption>");
        escape::push(out, title);
        out.push_str("</figcaption>");
    }
    out.push_str("<pre tabindex=\"0\"");
    if !block.language.is_empty() {
        out.push_str(" data-language=\"");
        escape::push(out, &block.language);
        out.push('"');
    }
    out.push_str("><code>");
    let text = text.strip_suffix('\n').unwrap_or(text);
    if block.marked_lines.is_empty() && block.first_line.is_none() && !block.diff {
        escape::push(out, text);
    } else {
        push_lines(out, block, text);
    }
    out.push_str("</code></pre></figure>\n");
}

/// Line by line, for marks, numbers and differences.
fn push_lines(out: &mut String, block: &CodeBlock, text: &str) {
    for (number, line) in (1u32..).zip(text.split('\n')) {
        if number > 1 {
            out.push('\n');
        }
        out.push_str("<span class=\"line");
        if block.marked_lines.iter().any(|range| range.contains(&number)) {
            out.push_str(" marked");
        }
        match line.as_bytes().first() {
            Some(b'+') if block.diff => out.push_str(" added"),
            Some(b'-') if block.diff => out.push_str(" removed"),
            _ => {}
        }
        out.push_str("\">");
        if let Some(first) = block.first_line {
            // Drawn by the theme from the attribute, so that it is neither copied nor read aloud.
            out.push_str(&format!(
                "<span class=\"number\" data-line=\"{}\"></span>",
                first.saturating_add(number - 1)
            ));
        }
        escape::push(out, line);
        out.push_str("</span>");
    }
}
