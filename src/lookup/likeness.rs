//! How much a text is like a name.

use unicode_normalization::UnicodeNormalization;

/// The ways of being alike, the most alike first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    Same,
    /// The name begins with the text.
    Begins,
    /// A word of the name, and those behind it, do.
    WordBegins,
    Holds,
    /// Each word of the text begins a word of the name.
    Words,
    /// A part of the name is spelt nearly like the text: with so many slips.
    Nearly(usize),
}

/// How `name` is like `text`, both [`folded`]; `None` when it is not.
pub fn likeness(text: &str, name: &str) -> Option<Likeness> {
    if text.is_empty() {
        return None;
    }
    if name == text {
        return Some(Likeness::Same);
    }
    if name.starts_with(text) {
        return Some(Likeness::Begins);
    }
    let begins_word = |at: usize| {
        name.get(..at).and_then(|before| before.chars().next_back()).is_some_and(|c| !c.is_alphanumeric())
    };
    let mut places = name.match_indices(text).map(|(at, _)| at).peekable();
    if places.peek().is_some() {
        return Some(if places.any(begins_word) { Likeness::WordBegins } else { Likeness::Holds });
    }
    if words(text).all(|word| words(name).any(|known| known.starts_with(word))) {
        return Some(Likeness::Words);
    }
    // A slip in every four characters; short words are too much like one another.
    let slips = distance(text, name);
    (slips <= text.chars().count() / 4).then_some(Likeness::Nearly(slips))
}

/// A text without differences that nobody means: of width, case, composition (NFKC), hyphens and spaces.
pub fn folded(text: &str) -> String {
    let flat: String = text.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    flat.split(|c: char| c.is_whitespace() || matches!(c, '-' | '_'))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The slips of spelling between `text` and the part of `name` that is most like it: letters too many, too
/// few, wrong or exchanged with the next. The part begins with a word, or anywhere in a script without spaces.
///
/// The search for a part is that of Sellers (1980), the distance the optimal string alignment of Damerau
/// and Levenshtein.
pub fn distance(text: &str, name: &str) -> usize {
    let text: Vec<char> = text.chars().collect();
    let name: Vec<char> = name.chars().collect();
    let begins = |at: usize| {
        let is_letter = |c: &char| c.is_ascii_alphanumeric();
        at == 0 || !name.get(at - 1).is_some_and(is_letter) || !name.get(at).is_some_and(is_letter)
    };
    // Rows of the table: the slips of the first letters of `text` against every part that ends at a place.
    let far = text.len() + 1;
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=name.len()).map(|at| if begins(at) { 0 } else { far }).collect();
    for (index, letter) in text.iter().enumerate() {
        let mut next = vec![index + 1];
        for (at, known) in name.iter().enumerate() {
            let change = usize::from(letter != known);
            let of = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(far);
            let mut slips = (of(&row, at) + change).min(of(&row, at + 1) + 1).min(of(&next, at) + 1);
            let exchanged =
                index > 0 && at > 0 && text.get(index - 1) == Some(known) && name.get(at - 1) == Some(letter);
            if exchanged {
                slips = slips.min(of(&before, at - 1) + 1);
            }
            next.push(slips);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.into_iter().min().unwrap_or(far)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
