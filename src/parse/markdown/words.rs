//! How long a page takes to read.

use super::characters::is_wide_letter;

/// Words for the reading time: words of alphabets, and half of the wide characters, since a reader of
/// Japanese takes about 500 characters and a reader of English about 250 words a minute.
pub fn words(text: &str) -> u32 {
    let (mut words, mut wide, mut in_word) = (0u32, 0u32, false);
    for c in text.chars() {
        if !c.is_ascii() && is_wide_letter(c) {
            wide += 1;
            in_word = false;
        } else {
            let part = if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() };
            words += u32::from(part && !in_word);
            in_word = part || (in_word && matches!(c, '\'' | '’' | '-' | '_' | '.'));
        }
    }
    words + wide / 2
}
