//! Code blocks.

use std::sync::LazyLock;

use super::escape;
use super::highlight::{Block, Highlighter};
use crate::model::CodeBlock;

/// Equal blocks are highlighted once per process, whichever build they are in.
static HIGHLIGHTER: LazyLock<Highlighter> = LazyLock::new(Highlighter::new);

/// `<figure class="code">` with title, language and lines.
pub fn push(out: &mut String, block: &CodeBlock, text: &str) {
    out.push_str("<figure class=\"code\">");
    if let Some(title) = &block.title {
        out.push_str("<figcaption>");
        escape::push(out, title);
        out.push_str("</figcaption>");
    }
    // Focusable, so that the keyboard can scroll it.
    out.push_str("<pre tabindex=\"0\"");
    if !block.language.is_empty() {
        out.push_str(" data-language=\"");
        escape::push(out, &block.language);
        out.push('"');
    }
    out.push_str("><code>");
    let html = HIGHLIGHTER.html(&Block::of(block, text));
    out.push_str(html.strip_suffix('\n').unwrap_or(&html));
    out.push_str("</code></pre></figure>\n");
}
