//! The words of a query → stems.

use crate::search::rules::{Script, rules};
use crate::search::stem::stem;
use crate::search::tokens::{Role, Side, each_token};

/// A least part of a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub stem: String,
    /// A stop word, which no page is indexed by.
    pub stop: bool,
    /// A pair that begins with the sign with which the one before ends: both are of one run of signs.
    pub joined: bool,
}

/// What a text is looked for by: parts that go together, and what stands for all of them at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    pub parts: Vec<Part>,
    /// Of identifiers and words with hyphens: the stem of the whole, and the first and last of `parts` that it stands for.
    pub wholes: Vec<(String, usize, usize)>,
}

/// The parts of a text.
pub fn parts(text: &str) -> Vec<Part> {
    words(text).parts
}

/// The words of a text that stands in a query.
pub fn words(text: &str) -> Words {
    let rules = rules();
    let mut words = Words::default();
    // A whole word is told before its parts, one of several words joined by hyphens behind them.
    for chunk in text.split_whitespace() {
        let first = words.parts.len();
        let mut whole = Vec::new();
        each_token(chunk, Side::Query, is_hiragana(text), &mut |token, role| match role {
            Role::Part => {
                let before = words.parts.last().map(|part| part.stem.as_str());
                let joined = before.is_some_and(|before| is_joined(before, token));
                words.parts.push(Part { stem: stem(token), stop: rules.is_stop_word(token), joined });
            }
            Role::Whole => whole.push((stem(token), words.parts.len())),
            Role::Inner => {}
        });
        let last = words.parts.len();
        // Where other scripts stand beside it, a whole word's own parts are not told from theirs.
        if let [(whole, _)] = whole.as_slice()
            && chunk.chars().all(|c| rules.script(c) == Script::Other)
        {
            words.wholes.push((whole.clone(), first, last));
        }
    }
    words
}

fn is_joined(before: &str, token: &str) -> bool {
    let (mut a, mut b) = (before.chars(), token.chars());
    a.next().is_some_and(|sign| rules().script(sign) != Script::Other)
        && a.next().is_some_and(|last| b.next() == Some(last))
        && b.next().is_some()
}

/// Whether a text is hiragana throughout.
pub fn is_hiragana(text: &str) -> bool {
    let rules = rules();
    let mut signs = text.chars().filter(|c| !c.is_whitespace()).peekable();
    signs.peek().is_some() && signs.all(|c| rules.script(c) == Script::Hiragana || c == rules.long)
}
