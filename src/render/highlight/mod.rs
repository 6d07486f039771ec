//! Code blocks as HTML with a dozen short classes.
//!
//! A block takes four steps. [`Language`] says which engine knows it; the engine (`scan` for the
//! languages a handbook is full of, `scopes` with syntect's syntaxes for a hundred others) names the
//! class of each stretch of text; `paint` turns stretches into HTML, line by line; `lines` adds what
//! the writer asked for: numbers, marks, added and removed lines. Each distinct (language, text)
//! goes through the first three once per process.
//!
//! The classes, for the theme's style sheet; text without a class is plain:
//!
//! | class | what | for example |
//! |---|---|---|
//! | `k` | keyword | `if`, `let`, `SELECT` |
//! | `s` | string, regular expression, raw text | `"on-call"` |
//! | `c` | comment | `# page the owner` |
//! | `n` | number, duration | `0.999`, `5m` |
//! | `b` | constant | `true`, `null` |
//! | `f` | function, macro | `rate`, `println!` |
//! | `t` | type, class, module | `String` |
//! | `v` | variable, where it has a mark of its own | `$HOME`, `self` |
//! | `a` | attribute, tag, key, annotation | `replicas:`, `<div class>`, `@Override` |
//! | `h` | heading, section | `[Service]`, `@@ -1,2 +1,2 @@` |
//! | `i` | inserted line of a diff | `+ new` |
//! | `d` | deleted line of a diff | `- old` |

mod language;
mod class;
mod paint;
mod scan;
mod scopes;
mod lines;
mod memo;

use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use syntect::parsing::SyntaxSet;

pub use language::Language;

use language::Engine;
use memo::Memo;

use crate::model::CodeBlock;

/// What is to be shown of a code block.
#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    pub language: Language,
    pub text: &'a str,
    /// Lines to mark, from 1.
    pub marked_lines: &'a [RangeInclusive<u32>],
    /// Number of the first line when lines are numbered.
    pub first_line: Option<u32>,
    /// Lines starting with `+` and `-` are added and removed, the rest of each is in `language`.
    pub diff: bool,
}

impl<'a> Block<'a> {
    /// Text without marks, numbers or signs.
    pub fn new(language: Language, text: &'a str) -> Self {
        Self { language, text, marked_lines: &[], first_line: None, diff: false }
    }

    /// `block` with its text, which link found when it was included. An unknown language is plain.
    pub fn of(block: &'a CodeBlock, text: &'a str) -> Self {
        Self {
            language: Language::named(&block.language).unwrap_or(Language::PLAIN),
            text,
            marked_lines: &block.marked_lines,
            first_line: block.first_line,
            diff: block.diff,
        }
    }
}

/// Turns code into HTML. One for the whole process: what it has done once, it remembers.
///
/// Making one costs nothing. syntect's syntaxes are unpacked (2 ms) when a block first needs one, and
/// each of their regular expressions is compiled when a line first reaches it (some 10 ms in all for
/// a language); the scanners need no preparation.
#[derive(Debug, Default)]
pub struct Highlighter {
    syntaxes: OnceLock<SyntaxSet>,
    memo: Memo,
}

impl Highlighter {
    pub fn new() -> Self {
        Self::default()
    }

    /// The inside of `<pre><code>`: escaped text with `<span class="k">` and the like, lines ended by
    /// `\n` as in the text, no span across a line's end.
    ///
    /// With marks, numbers or signs every line is an element: `<span class="line">`, or for added
    /// and removed lines `<ins class="line">` and `<del class="line">`; marked ones are of the class
    /// `marked` too; numbered ones carry `data-line`, so that a number is shown but never copied.
    ///
    /// May be called from many threads at once; equal blocks wait for the first to finish.
    pub fn html(&self, block: &Block<'_>) -> Arc<str> {
        if !lines::wanted(block) {
            return self.highlighted(block.language, block.text);
        }
        let code = if block.diff { lines::without_signs(block.text) } else { block.text.into() };
        let html = self.highlighted(block.language, &code);
        lines::decorate(block, &html).into()
    }

    /// Highlights `blocks` in parallel, so that `html` only has to look them up.
    pub fn warm(&self, blocks: &[Block<'_>]) {
        blocks.par_iter().for_each(|block| {
            self.html(block);
        });
    }

    fn highlighted(&self, language: Language, text: &str) -> Arc<str> {
        match language.engine() {
            // Escaping is quicker than looking up.
            Engine::Plain => paint::plain(text).into(),
            Engine::Scanner(highlight) => self.memo.get(language, text, || highlight(text)),
            Engine::Code(grammar) => self.memo.get(language, text, || scan::code::highlight(text, grammar)),
            Engine::Syntax(name) => self.memo.get(language, text, || {
                let syntaxes = self.syntaxes.get_or_init(two_face::syntax::extra_newlines);
                scopes::highlight(syntaxes, name, text)
            }),
        }
    }
}
