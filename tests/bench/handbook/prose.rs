//! Sentences, paragraphs and cells in either language.

use super::dice::Dice;
use super::plan::capitalised;
use super::words::Vocabulary;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Language {
    English,
    Japanese,
}

/// Someone who writes one page.
pub struct Writer<'a> {
    pub vocabulary: &'a Vocabulary,
    pub language: Language,
    pub dice: Dice,
}

impl Writer<'_> {
    /// One of the two, by language.
    pub fn say<'t>(&self, english: &'t str, japanese: &'t str) -> &'t str {
        match self.language {
            Language::English => english,
            Language::Japanese => japanese,
        }
    }

    /// A few words without an end mark: a cell, an item, a label.
    pub fn label(&mut self) -> String {
        let Self { vocabulary, dice, .. } = self;
        match self.language {
            Language::English => {
                let count = dice.between(2, 5);
                let words: Vec<&str> = (0..count).map(|_| vocabulary.english.draw(dice)).collect();
                words.join(" ")
            }
            Language::Japanese => {
                let [a, b] = [0, 1].map(|_| vocabulary.japanese_nouns.draw(dice));
                format!("{a}の{b}")
            }
        }
    }

    /// A sentence, with inline markup now and then.
    pub fn sentence(&mut self) -> String {
        match self.language {
            Language::English => self.english(),
            Language::Japanese => self.japanese(),
        }
    }

    /// A sentence without markup, for front matter.
    pub fn plain_sentence(&mut self) -> String {
        self.sentence().replace(['*', '`'], "")
    }

    /// A sentence that holds `link`.
    pub fn sentence_with(&mut self, link: &str) -> String {
        let label = self.label();
        match self.language {
            Language::English => {
                let before =
                    ["Before you begin with", "For the other side of", "If you are in doubt about", "On"];
                format!("{} {label}, read {link} and come back.", self.dice.pick(&before))
            }
            Language::Japanese => {
                let after = ["を先に読んでください。", "にまとめてあります。", "も参考になります。"];
                format!("{label}については、{link}{}", self.dice.pick(&after))
            }
        }
    }

    /// A paragraph of about `bytes` bytes that ends with `last`.
    pub fn paragraph(&mut self, bytes: usize, last: Option<String>) -> String {
        let mut text = String::new();
        while text.len() < bytes {
            text.push_str(&self.sentence());
            if self.language == Language::English {
                text.push(' ');
            }
        }
        if let Some(last) = last {
            text.push_str(&last);
        }
        match self.language {
            Language::English => wrapped(&text),
            Language::Japanese => text + "\n",
        }
    }

    fn english(&mut self) -> String {
        let Self { vocabulary, dice, .. } = self;
        let count = dice.between(7, 18);
        let mut sentence = capitalised(vocabulary.english.draw(dice));
        for position in 1..count {
            if position > 4 && dice.chance(6) {
                sentence.push(',');
            }
            sentence.push(' ');
            let word = vocabulary.english.draw(dice);
            match dice.below(90) {
                0 => sentence.push_str(&format!("**{word}**")),
                1 => sentence.push_str(&format!("*{word}*")),
                2 => sentence.push_str(&format!("`{word}`")),
                _ => sentence.push_str(word),
            }
        }
        sentence.push('.');
        sentence
    }

    fn japanese(&mut self) -> String {
        let Self { vocabulary, dice, .. } = self;
        let mut sentence = String::new();
        let clauses = dice.between(1, 3);
        for clause in 0..clauses {
            let [a, b, c] = [0, 1, 2].map(|_| vocabulary.japanese_nouns.draw(dice));
            let verb = vocabulary.japanese_verbs.draw(dice);
            match dice.below(40) {
                0 => sentence.push_str(&format!("**「{a}」**は")),
                1 => sentence.push_str(&format!("`{a}`は")),
                2..=14 => sentence.push_str(&format!("{a}は")),
                15..=27 => sentence.push_str(&format!("{a}では、")),
                _ => sentence.push_str(&format!("{a}のときに")),
            }
            match dice.below(3) {
                0 => sentence.push_str(&format!("{b}の{c}を{verb}")),
                1 => sentence.push_str(&format!("{b}と{c}に{verb}")),
                _ => sentence.push_str(&format!("{b}から{c}まで{verb}")),
            }
            let last = clause + 1 == clauses;
            let middle = ["し、", "するため、", "したあと、", "しますが、"];
            let end = ["します。", "してください。", "しました。", "することがあります。", "しません。"];
            sentence.push_str(dice.pick(if last { &end } else { &middle }));
        }
        sentence
    }
}

/// Lines of about a hundred characters, as people who review differences write.
fn wrapped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut column = 0;
    for word in text.split_whitespace() {
        if column > 0 && column + 1 + word.len() > 100 {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += word.len();
    }
    out.push('\n');
    out
}
