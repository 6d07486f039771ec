//! The files of the index before they are packed: what stands in them (see the module's own documentation).

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::bytes::{order, push_number, push_text, push_word};
use super::inverted::{FIELDS, Inverted, Posting};
use super::names::{Names, names};
use super::pages::{FACETS, Page, Subject, subjects};
use super::ranking::{RANKING, Ranking};
use super::rules;
use crate::model::Site;

/// The version of the format.
pub const VERSION: u32 = 1;
/// A file of terms ends with the term that reaches as many bytes.
const SHARD: usize = 4 << 10;
/// Pages of a term that stand with it; the rest, which weigh less, is in a file of its own.
pub const HEAD: usize = 1000;
/// Files of terms that the router names itself; of more it names groups.
const ROUTES: usize = 256;
/// Files of terms in a group.
pub const ROUTE: usize = 64;
/// Pages whose titles and addresses stand in one file.
pub const CARDS: usize = 8;
/// Groups of synonyms in one file.
pub const GROUPS: usize = 16;
/// Words of one letter among which misspelt ones are looked for.
const WORDS: usize = 1200;

/// The index by name of the file, without what packing adds.
#[derive(Debug, Default)]
pub struct Files {
    pub router: Vec<u8>,
    pub parts: BTreeMap<String, Vec<u8>>,
    /// By hash of the content, which is their name.
    pub texts: BTreeMap<String, Vec<u8>>,
    /// Names all `parts`: another index has another one.
    pub generation: String,
}

/// What is read first.
#[derive(Debug, Deserialize, Serialize)]
pub struct Router<'a> {
    pub version: u32,
    pub generation: Cow<'a, str>,
    /// Whether links name `index.html`, because disks serve no folders.
    pub offline: bool,
    /// How many pages there are, by which rarity is reckoned.
    pub pages: usize,
    pub languages: Vec<Cow<'a, str>>,
    /// Which languages subjects have (a bit each), and how many subjects in a row; their pages are numbered in that order.
    pub subjects: Vec<(u32, usize)>,
    /// Subjects whose rank is multiplied, and by what.
    pub boosts: Vec<(usize, f64)>,
    pub fields: Vec<Cow<'a, str>>,
    pub facets: Vec<Cow<'a, str>>,
    /// Files of terms.
    pub shards: usize,
    /// Files of terms in a group of them, pages in a file of cards, groups in a file of names.
    pub route: usize,
    pub cards: usize,
    pub names: usize,
    /// What each file of terms begins with; where there are groups of them, what each group begins with.
    pub routes: Vec<Cow<'a, str>>,
    /// Whether `routes` names groups.
    pub grouped: bool,
    /// The letters that have a file of words.
    pub words: Cow<'a, str>,
    pub ranking: Ranking,
    pub rules: serde_json::Value,
}

/// The index of a site.
pub fn files(site: &Site, offline: bool) -> Files {
    let subjects = subjects(site);
    let pages: Vec<&Page> = subjects.iter().flat_map(|subject| &subject.pages).collect();
    let inverted = Inverted::build(&pages);
    let names = names(site);

    let mut files = Files::default();
    let texts: Vec<(String, Vec<u8>)> = pages.par_iter().map(|page| text(page)).collect();
    let hashes: Vec<String> = texts.iter().map(|(hash, _)| hash.clone()).collect();
    files.texts = texts.into_iter().collect();

    let (shards, routes) = terms(&inverted, &names, &mut files.parts);
    let grouped = routes.len() > ROUTES;
    let routes = if grouped { group(&routes, &mut files.parts) } else { routes };
    for (number, (pages, hashes)) in pages.chunks(CARDS).zip(hashes.chunks(CARDS)).enumerate() {
        files.parts.insert(format!("cards/{number}"), cards(pages, hashes));
    }
    files.parts.insert("facets".to_owned(), facets(site, &subjects));
    for (number, groups) in names.groups.chunks(GROUPS).enumerate() {
        files.parts.insert(format!("names/{number}"), json(&groups));
    }
    let words = words(&inverted, &mut files.parts);

    let router = Router {
        version: VERSION,
        generation: Cow::Borrowed(""),
        offline,
        pages: pages.len(),
        languages: site.handbook.languages.iter().map(|lang| lang.as_str().into()).collect(),
        subjects: runs(subjects.iter().map(languages)),
        boosts: subjects
            .iter()
            .enumerate()
            .filter(|(_, subject)| subject.boost != 1.0)
            .map(|(at, subject)| (at, subject.boost))
            .collect(),
        fields: FIELDS.iter().map(|field| field.name.into()).collect(),
        facets: FACETS.iter().map(|facet| (*facet).into()).collect(),
        shards,
        route: ROUTE,
        cards: CARDS,
        names: GROUPS,
        routes: routes.iter().map(Into::into).collect(),
        grouped,
        words: words.into(),
        ranking: RANKING,
        rules: serde_json::from_str(rules::TEXT).unwrap_or_default(),
    };
    let unnamed = json(&router);
    let mut hash = Sha256::new();
    hash.update(&unnamed);
    for (name, bytes) in &files.parts {
        hash.update(name);
        hash.update([0]);
        hash.update(bytes);
    }
    files.generation = hexadecimal(&hash.finalize(), 5);
    files.router = json(&Router { generation: (&files.generation).into(), ..router });
    files
}

/// Strings, numbers and lists: serialising them cannot fail.
fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

fn hexadecimal(bytes: &[u8], count: usize) -> String {
    bytes.iter().take(count).map(|byte| format!("{byte:02x}")).collect()
}

/// The languages of a subject, a bit each.
fn languages(subject: &Subject) -> u32 {
    subject.pages.iter().fold(0, |bits, page| bits | 1 << page.language.min(31))
}

/// Equal neighbours, and how many there are.
fn runs(items: impl Iterator<Item = u32>) -> Vec<(u32, usize)> {
    let mut runs: Vec<(u32, usize)> = Vec::new();
    for item in items {
        match runs.last_mut() {
            Some((last, count)) if *last == item => *count += 1,
            _ => runs.push((item, 1)),
        }
    }
    runs
}

/// `text/<hash>`: title, and sections as anchor, heading, whether it is a criterion, text.
fn text(page: &Page) -> (String, Vec<u8>) {
    let sections: Vec<_> = page
        .sections
        .iter()
        .map(|section| {
            (&section.anchor, &section.heading, u8::from(section.criterion), section.text.trim_end())
        })
        .collect();
    let bytes = json(&(&page.title, sections));
    (hexadecimal(&Sha256::digest(&bytes), 6), bytes)
}

/// `cards/<n>`: of each page title, address, kind, area, level and the name of its text.
fn cards(pages: &[&Page], hashes: &[String]) -> Vec<u8> {
    let cards: Vec<_> = pages
        .iter()
        .zip(hashes)
        .map(|(page, hash)| (&page.title, &page.address, page.kind.name(), &page.area, &page.level, hash))
        .collect();
    json(&cards)
}

/// `facets`: by facet its values, each with its titles by language and the subjects that have it, as pairs of a gap
/// and a length of what stands in a row.
fn facets(site: &Site, subjects: &[Subject]) -> Vec<u8> {
    let mut facets: Vec<BTreeMap<&str, Vec<usize>>> = vec![BTreeMap::new(); FACETS.len()];
    for (at, subject) in subjects.iter().enumerate() {
        for (values, found) in subject.facets.iter().zip(&mut facets) {
            for value in values {
                found.entry(value).or_default().push(at);
            }
        }
    }
    let written: BTreeMap<&str, Vec<_>> = FACETS
        .iter()
        .zip(facets)
        .map(|(facet, values)| {
            let values = values
                .into_iter()
                .map(|(value, subjects)| (value, titles(site, facet, value), gaps(&subjects)))
                .collect();
            (*facet, values)
        })
        .collect();
    json(&written)
}

/// What the things are called after which a facet's value is named, in the order of the languages.
fn titles<'a>(site: &'a Site, facet: &str, value: &str) -> Vec<&'a str> {
    use crate::model::Kind;
    let thing = match facet {
        "area" => site.handbook.find(Kind::Area, value),
        "practice" => site.handbook.find(Kind::Practice, value),
        "role" => site.handbook.find(Kind::Role, value),
        "team" => site.handbook.find(Kind::Team, value),
        "level" => site.handbook.of_kind(Kind::Level).map(|(id, _)| id).find(|id| {
            matches!(site.handbook.thing(*id).fields(),
                crate::model::Fields::Level { number } if number.value.to_string() == value)
        }),
        _ => None,
    };
    let Some(thing) = thing else { return Vec::new() };
    let thing = site.handbook.thing(thing);
    site.handbook.languages.iter().map(|lang| thing.title(lang)).collect()
}

/// 3, 4, 5, 9 → 3, 3 (from 3 on three), 3, 1 (from three behind the last one).
fn gaps(numbers: &[usize]) -> Vec<usize> {
    let mut gaps = Vec::new();
    let mut next = 0;
    for number in numbers {
        match gaps.last_mut() {
            Some(length) if *number == next => *length += 1,
            _ => gaps.extend([number - next, 1]),
        }
        next = number + 1;
    }
    gaps
}

/// `words/<letter>`: of the most frequent Latin terms the term, the word as it is written, and how many fields have it.
fn words(inverted: &Inverted, parts: &mut BTreeMap<String, Vec<u8>>) -> String {
    let mut letters = String::new();
    for letter in 'a'..='z' {
        let mut terms: Vec<_> = inverted
            .terms
            .iter()
            .filter(|term| {
                term.text.starts_with(letter) && term.text.chars().nth(2).is_some() && term.text.len() <= 40
            })
            .collect();
        if terms.is_empty() {
            continue;
        }
        terms.sort_by(|a, b| b.fields.cmp(&a.fields).then_with(|| order(&a.text, &b.text)));
        terms.truncate(WORDS);
        terms.sort_by(|a, b| order(&a.text, &b.text));
        let mut bytes = Vec::new();
        let mut before = "";
        for term in terms {
            push_word(&mut bytes, before, &term.text);
            push_word(&mut bytes, &term.text, term.word.as_deref().unwrap_or(&term.text));
            push_number(&mut bytes, term.fields.into());
            before = &term.text;
        }
        parts.insert(format!("words/{letter}"), bytes);
        letters.push(letter);
    }
    letters
}

/// A term as it is written, but for its own letters.
#[derive(Default)]
struct Written {
    head: Vec<u8>,
    tail: Option<Vec<u8>>,
    /// Names that are known by it.
    names: Vec<u8>,
}

/// `terms/<n>` and `tails/<n>`: how many files of terms there are, and what each begins with.
fn terms(inverted: &Inverted, names: &Names, parts: &mut BTreeMap<String, Vec<u8>>) -> (usize, Vec<String>) {
    // What names are known by need not stand on any page.
    let mut all: Vec<(&str, Option<usize>)> =
        inverted.terms.iter().enumerate().map(|(at, term)| (&*term.text, Some(at))).collect();
    let known = |text: &str| inverted.terms.binary_search_by(|term| order(&term.text, text)).is_ok();
    let more = names.by_key.keys().filter(|key| !known(key));
    all.extend(more.map(|key| (key.as_str(), None)));
    all.sort_by(|(a, _), (b, _)| order(a, b));

    let written: Vec<Written> =
        all.par_iter().map(|(text, at)| written(inverted, names, text, *at)).collect();
    let mut routes: Vec<String> = Vec::new();
    let mut shard = Vec::new();
    let mut before = "";
    let mut tails = 0;
    for ((text, at), term) in all.iter().zip(written) {
        if shard.len() >= SHARD {
            parts.insert(format!("terms/{}", routes.len() - 1), std::mem::take(&mut shard));
        }
        if shard.is_empty() {
            routes.push(separator(before, text));
            before = "";
        }
        push_word(&mut shard, before, text);
        let fields = at.and_then(|at| inverted.terms.get(at)).map_or(0, |term| term.fields);
        push_number(&mut shard, fields.into());
        match term.tail {
            Some(tail) => {
                parts.insert(format!("tails/{tails}"), tail);
                tails += 1;
                push_number(&mut shard, tails);
            }
            None => push_number(&mut shard, 0),
        }
        shard.extend(term.head);
        shard.extend(term.names);
        before = text;
    }
    if !shard.is_empty() {
        parts.insert(format!("terms/{}", routes.len() - 1), shard);
    }
    (routes.len(), routes)
}

fn written(inverted: &Inverted, names: &Names, text: &str, at: Option<usize>) -> Written {
    let mut written = Written::default();
    let postings: Vec<Posting> = at
        .and_then(|at| inverted.terms.get(at))
        .map_or_else(Vec::new, |term| inverted.postings(term).collect());
    if postings.len() > HEAD {
        let weight = |posting: &Posting| posting.weights.iter().map(|weight| u64::from(*weight)).sum::<u64>();
        let mut ranked = postings;
        ranked.sort_by_key(|posting| (std::cmp::Reverse(weight(posting)), posting.page));
        let mut rest = ranked.split_off(HEAD);
        ranked.sort_by_key(|posting| posting.page);
        rest.sort_by_key(|posting| posting.page);
        push_postings(&mut written.head, &ranked);
        let mut tail = Vec::new();
        push_postings(&mut tail, &rest);
        written.tail = Some(tail);
    } else {
        push_postings(&mut written.head, &postings);
    }
    let names = names.by_key.get(text).map_or(&[][..], Vec::as_slice);
    push_number(&mut written.names, names.len() as u64);
    for (stems, group) in names {
        push_text(&mut written.names, stems);
        push_number(&mut written.names, *group as u64);
    }
    written
}

/// By field: how many pages, the gaps between them, the weights.
fn push_postings(out: &mut Vec<u8>, postings: &[Posting]) {
    for field in 0..FIELDS.len() {
        let found = || {
            postings.iter().filter_map(move |posting| {
                posting.weights.get(field).filter(|weight| **weight > 0).map(|weight| (posting.page, *weight))
            })
        };
        push_number(out, found().count() as u64);
        let mut next = 0;
        for (page, _) in found() {
            push_number(out, u64::from(page - next));
            next = page + 1;
        }
        for (_, weight) in found() {
            push_number(out, weight.into());
        }
    }
}

/// As much of `text` as tells it from the term `before`, which is smaller.
fn separator(before: &str, text: &str) -> String {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let long_enough = |end: &usize| text.get(..*end).is_some_and(|part| order(part, before).is_gt());
    ends.into_iter().find(long_enough).and_then(|end| text.get(..end)).unwrap_or(text).to_owned()
}

/// `routes/<n>`: what the files of terms of one group begin with.
fn group(routes: &[String], parts: &mut BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let groups = routes.chunks(ROUTE).enumerate().filter_map(|(number, routes)| {
        parts.insert(format!("routes/{number}"), json(&routes));
        routes.first().cloned()
    });
    groups.collect()
}
