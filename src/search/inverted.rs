//! Pages → for every term the pages that have it, and what it weighs there.
//!
//! Groups of pages are read in parallel, each with words numbered as it meets them; then the groups' words become one
//! sorted list of terms, and the groups' findings are laid out term by term. The weights are lunr's (see [`lunr`]).

use rayon::prelude::*;

use super::bytes::order;
use super::intern::{ShortWords, Words};
use super::lunr::{self, Field};
use super::pages::Page;
use super::rules::rules;
use super::stem::stem;
use super::tokens::{Side, each_token};

/// What is searched, and how much it counts.
pub const FIELDS: [Field; 4] = [
    Field { name: "title", boost: 8.0 },
    Field { name: "headings", boost: 3.0 },
    Field { name: "body", boost: 1.0 },
    Field { name: "about", boost: 5.0 },
];

/// Something for each of the fields.
pub type PerField<T> = [T; FIELDS.len()];

/// The whole index.
#[derive(Debug, Default)]
pub struct Inverted {
    /// Sorted as JavaScript sorts.
    pub terms: Vec<Term>,
    /// Term by term, each by page.
    entries: Vec<Entry>,
    /// Tokens by page and field.
    lengths: Vec<PerField<u32>>,
    averages: PerField<f64>,
}

/// A stem or a pair of signs.
#[derive(Debug)]
pub struct Term {
    pub text: Box<str>,
    /// A Latin word as it is written most often, in the group of pages where it is most frequent.
    pub word: Option<Box<str>>,
    /// How many fields have it, over all pages.
    pub fields: u32,
    /// Where its entries end; they begin where those of the term before end.
    end: usize,
    start: usize,
}

/// How often a page has a term, by field.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    page: u32,
    counts: PerField<u16>,
}

/// What a term weighs on a page, by field, in thousandths; 0 where it does not stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    pub page: u32,
    pub weights: PerField<u32>,
}

/// Tells `take` the field and every token of a page, before stop words go and words are stemmed.
pub fn page_tokens(page: &Page, mut take: impl FnMut(usize, &str)) {
    each_token(&page.title, Side::Page, true, &mut |token, _| take(0, token));
    for section in &page.sections {
        if section.criterion {
            each_token(&section.heading, Side::Page, false, &mut |token, _| take(2, token));
        } else {
            each_token(&section.heading, Side::Page, true, &mut |token, _| take(1, token));
        }
        each_token(&section.text, Side::Page, false, &mut |token, _| take(2, token));
    }
    for name in &page.about {
        each_token(name, Side::Page, true, &mut |token, _| take(3, token));
    }
}

impl Inverted {
    pub fn build(pages: &[&Page]) -> Self {
        /// Groups of pages: enough for many processors, few enough that no word is met anew too often.
        const GROUPS: usize = 16;
        let size = pages.len().div_ceil(GROUPS).max(128);
        let groups: Vec<Group> = pages
            .par_chunks(size)
            .enumerate()
            .map(|(number, pages)| Group::read(pages, number * size))
            .collect();
        Self::join(groups, pages.len())
    }

    fn join(mut groups: Vec<Group>, pages: usize) -> Self {
        let mut numbers: Words<u32> = Words::default();
        let mut found: Vec<Found> = Vec::new();
        for group in &mut groups {
            for local in &mut group.terms {
                let number = *numbers.entry(std::mem::take(&mut local.text)).or_insert_with(|| {
                    found.push(Found::default());
                    (found.len() - 1) as u32
                });
                if let Some(found) = found.get_mut(number as usize) {
                    found.pages += local.pages;
                    found.fields += local.fields;
                    if let Some((count, word)) = local.word.take()
                        && found
                            .word
                            .as_ref()
                            .is_none_or(|(most, known)| count > *most || (count == *most && word < *known))
                    {
                        found.word = Some((count, word));
                    }
                }
                local.number = number;
            }
        }
        let mut sorted: Vec<(Box<str>, u32)> = numbers.into_iter().collect();
        sorted.par_sort_unstable_by(|(a, _), (b, _)| order(a, b));

        let mut starts = vec![0; found.len()];
        let mut end = 0;
        let mut terms = Vec::with_capacity(sorted.len());
        for (text, number) in sorted {
            let Some(found) = found.get_mut(number as usize) else { continue };
            let start = end;
            end += found.pages as usize;
            if let Some(first) = starts.get_mut(number as usize) {
                *first = start;
            }
            let word = found.word.take().map(|(_, word)| word);
            terms.push(Term { text, word, fields: found.fields, end, start });
        }
        let mut entries = vec![Entry::default(); end];
        let mut lengths = Vec::with_capacity(pages);
        for group in groups {
            for (local, entry) in group.entries {
                let number = group.terms.get(local as usize).map_or(0, |term| term.number as usize);
                if let Some(next) = starts.get_mut(number)
                    && let Some(place) = entries.get_mut(*next)
                {
                    *place = entry;
                    *next += 1;
                }
            }
            lengths.extend(group.lengths);
        }
        let mut averages = PerField::<f64>::default();
        for (field, average) in averages.iter_mut().enumerate() {
            let total: u64 =
                lengths.iter().filter_map(|lengths| lengths.get(field)).map(|n| u64::from(*n)).sum();
            *average = total as f64 / pages as f64;
        }
        Self { terms, entries, lengths, averages }
    }

    pub fn pages(&self) -> usize {
        self.lengths.len()
    }

    /// The pages that have a term, ascending.
    pub fn postings(&self, term: &Term) -> impl Iterator<Item = Posting> {
        let rarity = lunr::rarity(self.pages() as f64, f64::from(term.fields));
        let entries = self.entries.get(term.start..term.end).unwrap_or_default();
        entries.iter().map(move |entry| {
            let lengths = self.lengths.get(entry.page as usize).copied().unwrap_or_default();
            let mut weights = PerField::<u32>::default();
            let parts = weights
                .iter_mut()
                .zip(&FIELDS)
                .zip(entry.counts.iter().zip(lengths.iter().zip(&self.averages)));
            for ((weight, field), (count, (length, average))) in parts {
                if *count > 0 {
                    let exact = lunr::weight(rarity, f64::from(*count), f64::from(*length), *average);
                    *weight = lunr::thousandths(exact * field.boost) as u32;
                }
            }
            Posting { page: entry.page, weights }
        })
    }
}

/// What is known of a term while groups are joined.
#[derive(Debug, Default)]
struct Found {
    pages: u32,
    fields: u32,
    word: Option<(u32, Box<str>)>,
}

/// Some pages, read.
#[derive(Debug, Default)]
struct Group {
    terms: Vec<LocalTerm>,
    /// By page; the number is that of a local term.
    entries: Vec<(u32, Entry)>,
    lengths: Vec<PerField<u32>>,
}

#[derive(Debug)]
struct LocalTerm {
    text: Box<str>,
    /// The number among the terms of all groups.
    number: u32,
    pages: u32,
    fields: u32,
    /// The most frequent of the Latin words with this stem, and how often it stands.
    word: Option<(u32, Box<str>)>,
}

/// What is known of a token as it is written.
#[derive(Clone, Copy, Debug, Default)]
struct Token {
    /// Its term, none for stop words.
    term: Option<u32>,
    count: u32,
}

impl Group {
    fn read(pages: &[&Page], first: usize) -> Self {
        let rules = rules();
        let mut group = Self::default();
        let mut tokens: ShortWords<Token> = ShortWords::default();
        let mut numbers: Words<u32> = Words::default();
        // Of the page at hand, by local term; and which terms it has.
        let mut counts: Vec<PerField<u16>> = Vec::new();
        let mut met: Vec<u32> = Vec::new();
        for (at, page) in pages.iter().enumerate() {
            let mut lengths = PerField::<u32>::default();
            page_tokens(page, |field, token| {
                let known = match tokens.get_mut(token) {
                    Some(known) => known,
                    None => {
                        let term =
                            (!rules.is_stop_word(token)).then(|| group.number(stem(token), &mut numbers));
                        tokens.insert(token, Token { term, count: 0 })
                    }
                };
                known.count = known.count.saturating_add(1);
                let Some(term) = known.term else { return };
                if let Some(length) = lengths.get_mut(field) {
                    *length += 1;
                }
                if counts.len() <= term as usize {
                    counts.resize(term as usize + 1024, PerField::default());
                }
                let Some(of_term) = counts.get_mut(term as usize) else { return };
                if *of_term == PerField::<u16>::default() {
                    met.push(term);
                }
                if let Some(count) = of_term.get_mut(field) {
                    *count = count.saturating_add(1);
                }
            });
            let page = (first + at) as u32;
            for term in met.drain(..) {
                let Some(counts) = counts.get_mut(term as usize).map(std::mem::take) else { continue };
                if let Some(local) = group.terms.get_mut(term as usize) {
                    local.pages += 1;
                    local.fields += counts.iter().filter(|count| **count > 0).count() as u32;
                }
                group.entries.push((term, Entry { page, counts }));
            }
            group.lengths.push(lengths);
        }
        for (word, token) in tokens.into_entries() {
            let latin = word.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
            if let Some(term) = token.term.filter(|_| latin)
                && let Some(local) = group.terms.get_mut(term as usize)
            {
                let is_better = |(most, known): &(u32, Box<str>)| {
                    token.count > *most || (token.count == *most && word < *known)
                };
                if local.word.as_ref().is_none_or(is_better) {
                    local.word = Some((token.count, word));
                }
            }
        }
        group
    }

    fn number(&mut self, term: String, numbers: &mut Words<u32>) -> u32 {
        let term = term.into_boxed_str();
        if let Some(number) = numbers.get(&term) {
            return *number;
        }
        let number = self.terms.len() as u32;
        self.terms.push(LocalTerm { text: term.clone(), number: 0, pages: 0, fields: 0, word: None });
        numbers.insert(term, number);
        number
    }
}
