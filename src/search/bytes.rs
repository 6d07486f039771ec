//! Numbers and sorted words in few bytes, for the files of the index.

/// LEB128: seven bits a byte, low ones first, the eighth says that more follow.
pub fn push_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// A length, and as many bytes.
pub fn push_text(out: &mut Vec<u8>, text: &str) {
    push_number(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

/// How many bytes two words begin with alike; always whole characters.
pub fn shared(before: &str, word: &str) -> usize {
    before
        .char_indices()
        .zip(word.chars())
        .find(|((_, a), b)| a != b)
        .map_or_else(|| before.len().min(word.len()), |((at, _), _)| at)
}

/// A word by what it shares with the one before, and the rest.
pub fn push_word(out: &mut Vec<u8>, before: &str, word: &str) {
    let shared = shared(before, word);
    push_number(out, shared as u64);
    push_text(out, word.get(shared..).unwrap_or_default());
}

/// Reads what the others write. What is not there reads as nothing: an index that was cut off finds less.
#[derive(Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    pub fn number(&mut self) -> u64 {
        let mut number = 0;
        let mut shift = 0;
        while let Some((byte, rest)) = self.rest.split_first() {
            self.rest = rest;
            number |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 || shift > 49 {
                break;
            }
            shift += 7;
        }
        number
    }

    /// A number that counts or points within this index.
    pub fn count(&mut self) -> usize {
        usize::try_from(self.number()).unwrap_or(usize::MAX)
    }

    pub fn text(&mut self) -> &'a str {
        let length = self.count();
        let (text, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, &[]));
        self.rest = rest;
        std::str::from_utf8(text).unwrap_or_default()
    }

    /// Replaces the word before by the next one.
    pub fn word(&mut self, before: &mut String) {
        let shared = self.count();
        if before.is_char_boundary(shared) {
            before.truncate(shared);
        }
        before.push_str(self.text());
    }
}

/// The order of terms: by UTF-16 unit, as JavaScript compares strings.
pub fn order(a: &str, b: &str) -> std::cmp::Ordering {
    // Up to U+DFFF it is that of the bytes too; these begin below EE.
    let is_low = |text: &str| text.bytes().all(|byte| byte < 0xEE);
    if is_low(a) && is_low(b) { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let words = ["", "a", "ab", "ロー", "ロール", "障害", "障碍"];
        let numbers = [0, 1, 127, 128, 300, 1 << 31, 1 << 49];
        let mut bytes = Vec::new();
        let mut before = "";
        for word in words {
            push_word(&mut bytes, before, word);
            before = word;
        }
        numbers.iter().for_each(|number| push_number(&mut bytes, *number));
        let mut reader = Reader::new(&bytes);
        let mut word = String::new();
        for expected in words {
            reader.word(&mut word);
            assert_eq!(word, expected);
        }
        for number in numbers {
            assert_eq!(reader.number(), number);
        }
        assert!(reader.is_done());
    }
}
