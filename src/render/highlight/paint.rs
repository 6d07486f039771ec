//! Stretches of text with a class → HTML, the smallest that shows them.

use super::class::Class;

/// Collects a block's HTML. Neighbours of one class share a span, also across blanks; no span
/// crosses the end of a line, so that lines can be wrapped later.
#[derive(Debug)]
pub struct Painter {
    html: String,
    open: Class,
    /// Blanks not yet written: they belong inside the span only if the next stretch goes on with it.
    blanks: String,
}

impl Painter {
    /// `length` is that of the text in bytes.
    pub fn new(length: usize) -> Self {
        Self { html: String::with_capacity(2 * length), open: Class::Plain, blanks: String::new() }
    }

    /// Adds the next stretch of the text; it may hold line ends.
    pub fn add(&mut self, text: &str, class: Class) {
        for piece in text.split_inclusive('\n') {
            let (piece, ends) = match piece.strip_suffix('\n') {
                Some(piece) => (piece, true),
                None => (piece, false),
            };
            self.add_in_line(piece, class);
            if ends {
                self.switch(Class::Plain);
                self.html.push('\n');
            }
        }
    }

    pub fn finish(mut self) -> String {
        self.switch(Class::Plain);
        self.html
    }

    fn add_in_line(&mut self, text: &str, class: Class) {
        let after = text.trim_start_matches([' ', '\t']);
        let core = after.trim_end_matches([' ', '\t']);
        self.blanks.push_str(text.get(..text.len() - after.len()).unwrap_or_default());
        if core.is_empty() {
            return;
        }
        // Syntaxes call many operators keywords; only words stand out.
        let is_word = class != Class::Keyword || core.contains(char::is_alphabetic);
        self.switch(if is_word { class } else { Class::Plain });
        escape(core, &mut self.html);
        self.blanks.push_str(after.get(core.len()..).unwrap_or_default());
    }

    /// Writes the waiting blanks and makes `class` the open one.
    fn switch(&mut self, class: Class) {
        if self.open == class {
            self.html.push_str(&self.blanks);
        } else {
            if self.open != Class::Plain {
                self.html.push_str("</span>");
            }
            self.html.push_str(&self.blanks);
            if class != Class::Plain {
                self.html.push_str("<span class=\"");
                self.html.push_str(class.letter());
                self.html.push_str("\">");
            }
            self.open = class;
        }
        self.blanks.clear();
    }
}

/// `text` with nothing highlighted.
pub fn plain(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    escape(text, &mut html);
    html
}

/// Appends `text` as HTML text; not for attributes, which also need their quotes escaped.
fn escape(text: &str, html: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr3(b'&', b'<', b'>', rest.as_bytes()) {
        // `at` is the place of an ASCII character, so both halves are whole.
        let (before, from) = rest.split_at(at);
        html.push_str(before);
        html.push_str(match from.as_bytes().first() {
            Some(b'&') => "&amp;",
            Some(b'<') => "&lt;",
            _ => "&gt;",
        });
        rest = from.get(1..).unwrap_or_default();
    }
    html.push_str(rest);
}
