//! The stems of English words, as lunr 2 takes them.
//!
//! M. F. Porter, "An algorithm for suffix stripping", Program 14 (1980), with the later rules for `bli` and
//! `logi`. Words shorter than three UTF-16 units stay as they are. Counted in UTF-16 units throughout,
//! because lunr does, so that its index and ours agree on every word.

use super::rules::rules;

/// The stem of a word in lower case.
pub fn stem(word: &str) -> String {
    let rules = rules();
    if word.encode_utf16().nth(2).is_none() {
        return word.to_owned();
    }
    let mut letters: Vec<u16> = word.encode_utf16().collect();
    // A `y` at the beginning is a consonant; in capitals the rules see it as one.
    let initial_y = letters.first() == Some(&Y);
    if initial_y && let Some(first) = letters.first_mut() {
        *first = u16::from(b'Y');
    }
    let mut word = Word(letters);
    word.plural();
    word.past();
    word.final_y();
    word.replace(&rules.second);
    word.replace(&rules.third);
    word.cut(&rules.fourth);
    word.final_e();
    let mut letters = word.0;
    if initial_y && let Some(first) = letters.first_mut() {
        *first = Y;
    }
    String::from_utf16_lossy(&letters)
}

const Y: u16 = b'y' as u16;

struct Word(Vec<u16>);

impl Word {
    /// What stands before `ending`, if the word ends so and is longer.
    fn before(&self, ending: &str) -> Option<&[u16]> {
        if !self.ends(ending) {
            return None;
        }
        let stem = self.0.get(..self.0.len() - ending.len())?;
        (!stem.is_empty()).then_some(stem)
    }

    fn ends(&self, ending: &str) -> bool {
        // Endings are ASCII: a byte is a unit.
        let start = self.0.len().checked_sub(ending.len());
        let end = start.and_then(|start| self.0.get(start..)).unwrap_or_default();
        end.len() == ending.len()
            && end.iter().zip(ending.bytes()).all(|(unit, byte)| *unit == u16::from(byte))
    }

    fn shorten(&mut self, by: usize) {
        let length = self.0.len().saturating_sub(by);
        self.0.truncate(length);
    }

    fn push(&mut self, ending: &str) {
        self.0.extend(ending.encode_utf16());
    }

    /// Step 1a.
    fn plural(&mut self) {
        if self.before("sses").is_some() || self.before("ies").is_some() {
            self.shorten(2);
        } else if self.before("s").is_some_and(|stem| stem.len() > 1 && !ends_in(stem, "s")) {
            self.shorten(1);
        }
    }

    /// Step 1b.
    fn past(&mut self) {
        if let Some(stem) = self.before("eed") {
            if measure(stem) > 0 {
                self.shorten(1);
            }
            return;
        }
        let Some(stem) = self.before("ed").or_else(|| self.before("ing")) else { return };
        if !has_vowel(stem) {
            return;
        }
        let length = stem.len();
        self.0.truncate(length);
        if self.ends("at") || self.ends("bl") || self.ends("iz") {
            self.push("e");
        } else if let [.., a, b] = self.0.as_slice()
            && a == b
            && !is_any(*b, "aeiouylsz")
        {
            self.shorten(1);
        } else if is_short(&self.0) {
            self.push("e");
        }
    }

    /// Step 1c.
    fn final_y(&mut self) {
        let follows = self
            .before("y")
            .is_some_and(|stem| stem.len() > 1 && stem.last().is_some_and(|last| !is_any(*last, "aeiou")));
        if follows {
            self.shorten(1);
            self.push("i");
        }
    }

    /// Steps 2 and 3.
    fn replace(&mut self, endings: &[(&str, &str)]) {
        for (ending, replacement) in endings {
            if let Some(stem) = self.before(ending) {
                if measure(stem) > 0 {
                    let length = stem.len();
                    self.0.truncate(length);
                    self.push(replacement);
                }
                return;
            }
        }
    }

    /// Step 4.
    fn cut(&mut self, endings: &[&str]) {
        if let Some(stem) = endings.iter().find_map(|ending| self.before(ending)) {
            if measure(stem) > 1 {
                let length = stem.len();
                self.0.truncate(length);
            }
            return;
        }
        let stem = self
            .before("ion")
            .filter(|stem| stem.len() > 1 && (ends_in(stem, "s") || ends_in(stem, "t")) && measure(stem) > 1);
        if stem.is_some() {
            self.shorten(3);
        }
    }

    /// Step 5.
    fn final_e(&mut self) {
        if let Some(stem) = self.before("e") {
            let measure = measure(stem);
            if measure > 1 || (measure == 1 && !is_short(stem)) {
                self.shorten(1);
            }
        }
        if self.ends("ll") && measure(&self.0) > 1 {
            self.shorten(1);
        }
    }
}

/// How often a run of vowels is followed by a run of consonants. A `y` is a vowel behind a consonant.
fn measure(stem: &[u16]) -> usize {
    let mut measure = 0;
    let mut letters = stem.iter().peekable();
    consonants(&mut letters);
    while letters.peek().is_some() {
        letters.next();
        while letters.next_if(|letter| is_any(**letter, "aeiou")).is_some() {}
        if consonants(&mut letters) {
            measure += 1;
        }
    }
    measure
}

/// Passes over a run of consonants; whether there was one.
fn consonants<'a>(letters: &mut std::iter::Peekable<impl Iterator<Item = &'a u16>>) -> bool {
    let found = letters.next_if(|letter| !is_any(**letter, "aeiou")).is_some();
    if found {
        while letters.next_if(|letter| !is_any(**letter, "aeiouy")).is_some() {}
    }
    found
}

fn has_vowel(stem: &[u16]) -> bool {
    let mut letters = stem.iter().peekable();
    consonants(&mut letters);
    letters.peek().is_some()
}

/// Consonants, a vowel, and a consonant other than w, x and y: `hop`, `fil`.
fn is_short(word: &[u16]) -> bool {
    let mut letters = word.iter().peekable();
    consonants(&mut letters)
        && letters.next().is_some_and(|letter| is_any(*letter, "aeiouy"))
        && letters.next().is_some_and(|letter| !is_any(*letter, "aeiouwxy"))
        && letters.next().is_none()
}

fn is_any(letter: u16, of: &str) -> bool {
    of.bytes().any(|byte| u16::from(byte) == letter)
}

fn ends_in(word: &[u16], letter: &str) -> bool {
    word.last().is_some_and(|last| is_any(*last, letter))
}
