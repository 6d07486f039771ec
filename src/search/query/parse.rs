//! What a reader typed → clauses, in lunr's query language; every text is a query.
//!
//! `+must -not title:slo level:3 retr* postmortm~1 slo^3 "stop the harm"`. As in lunr 2.3.9, `+` and `-` stand before a word,
//! a field and a colon before what is looked for in it, `*` stands for any letters, `~` and a number allows as many wrong
//! letters, `^` and a number makes a word count as many times. Where we differ:
//!
//! * what lunr refuses is text: an unknown field, a suffix without a number, an operator without a word;
//! * text is cut and stemmed by our rules, where lunr cuts at spaces and hyphens;
//! * facets (`kind:`, `level:`, …) narrow down what is found, where lunr would search a field;
//! * words in quotes stand beside each other;
//! * `*` stands behind at least one letter and not in Japanese, which is found by its pairs anyway; and at most 64 terms,
//!   the frequent ones first, of the two files in which words that begin so can stand, are taken for it;
//! * `~` allows two wrong letters at most, not the first one, and finds the 1,200 most frequent words of each letter;
//! * a word may be followed by several suffixes, the last of a kind counts.

use unicode_normalization::UnicodeNormalization;

use crate::search::inverted::FIELDS;
use crate::search::pages::FACETS;
use crate::search::rules::{Script, rules};

/// A word, phrase or facet of a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clause {
    /// What is looked for, without operators.
    pub text: String,
    pub presence: Presence,
    pub scope: Scope,
    /// How many times it counts.
    pub boost: f64,
    /// Wrong letters allowed.
    pub fuzzy: usize,
    /// `*` in `text` stands for any letters.
    pub pattern: bool,
    /// In quotes.
    pub phrase: bool,
    /// Nothing follows, not even a space: it may be typed on.
    pub open: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Presence {
    #[default]
    Optional,
    Required,
    Prohibited,
}

/// Where a clause looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    #[default]
    Everywhere,
    /// In one of the fields.
    Field(usize),
    /// At one of the facets; the languages are the last.
    Facet(usize),
}

impl Clause {
    /// Whether it is text without any operator.
    pub fn is_plain(&self) -> bool {
        self.presence == Presence::Optional
            && self.scope == Scope::Everywhere
            && self.fuzzy == 0
            && !self.pattern
            && !self.phrase
    }
}

/// The clauses of a query.
pub fn parse(query: &str) -> Vec<Clause> {
    let query: String = query.nfkc().collect();
    let mut clauses = Vec::new();
    let mut rest = query.trim_start();
    while !rest.is_empty() {
        let (clause, behind) = clause(rest);
        let next = behind.trim_start();
        clauses.push(Clause { open: behind.is_empty() && !clause.phrase, ..clause });
        rest = next;
    }
    clauses
}

fn clause(text: &str) -> (Clause, &str) {
    let mut clause = Clause { boost: 1.0, ..Clause::default() };
    let mut rest = text;
    for (sign, presence) in [('+', Presence::Required), ('-', Presence::Prohibited)] {
        if let Some(behind) = text.strip_prefix(sign)
            && behind.starts_with(|c: char| !c.is_whitespace() && c != '+' && c != '-')
        {
            clause.presence = presence;
            rest = behind;
        }
    }
    if let Some((name, behind)) = rest.split_once(':')
        && let Some(scope) = scope(name)
        && behind.starts_with(|c: char| !c.is_whitespace())
    {
        clause.scope = scope;
        rest = behind;
    }
    if let Some(inside) = rest.strip_prefix(['"', '“'])
        && let Some((phrase, behind)) = inside.split_once(['"', '”'])
        && !phrase.trim().is_empty()
    {
        clause.text = phrase.to_owned();
        clause.phrase = true;
        return (clause, behind);
    }
    let (word, behind) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
    let word = suffixes(word, &mut clause);
    let japanese = word.chars().any(|c| rules().script(c) != Script::Other);
    clause.pattern = word.find('*').is_some_and(|at| at > 0) && !japanese;
    clause.text = if clause.pattern { word.to_lowercase() } else { word.replace('*', " ") };
    (clause, behind)
}

fn scope(name: &str) -> Option<Scope> {
    if let Some(field) = FIELDS.iter().position(|field| field.name == name) {
        return Some(Scope::Field(field));
    }
    FACETS.iter().chain(&["language"]).position(|facet| *facet == name).map(Scope::Facet)
}

/// Takes `^3` and `~1` from the end of a word.
fn suffixes<'a>(word: &'a str, clause: &mut Clause) -> &'a str {
    let mut word = word;
    let (mut boost, mut fuzzy) = (None, None);
    while let Some(at) = word.rfind(['^', '~']).filter(|at| *at > 0) {
        let (before, suffix) = word.split_at(at);
        let number = suffix.get(1..).unwrap_or_default();
        let digits = number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
        let Some(number) = number.parse::<u32>().ok().filter(|_| digits) else { break };
        let place = if suffix.starts_with('^') { &mut boost } else { &mut fuzzy };
        place.get_or_insert(number);
        word = before;
    }
    clause.boost = boost.map_or(1.0, f64::from);
    clause.fuzzy = fuzzy.unwrap_or_default().min(2) as usize;
    word
}
