//! Reads the files of an index, as the browser does.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Deserialize;

use super::bytes::{Reader, order};
use super::files::{CARDS, Files, GROUPS, ROUTE, Router};
use super::inverted::{FIELDS, PerField};

/// An index, of which files are read when they are needed.
#[derive(Debug)]
pub struct Index<'a> {
    files: &'a Files,
    pub router: Router<'a>,
    /// By page: subject and language.
    pub pages: Vec<(usize, usize)>,
    shards: RefCell<BTreeMap<usize, Rc<Vec<Entry>>>>,
}

/// A term.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    pub text: String,
    /// How many fields have it, over all pages.
    pub fields: u32,
    /// Number of the file with its other pages, from 1; 0: there are no others.
    pub tail: usize,
    /// By field: page and weight in thousandths.
    pub postings: PerField<Vec<(u32, u32)>>,
    /// Names of the glossary that are known by it: their stems, joined by spaces, and the number of their group.
    pub names: Vec<(String, usize)>,
}

/// What is shown of a page.
#[derive(Clone, Debug, Deserialize)]
pub struct Card(pub String, pub String, pub String, pub String, pub String, pub String);

/// A part of a page's text: anchor, heading, whether it is a criterion, text.
#[derive(Clone, Debug, Deserialize)]
pub struct TextPart(pub String, pub String, pub u8, pub String);

/// A value of a facet: its name, its titles by language, the subjects that have it as gaps and lengths.
#[derive(Clone, Debug, Deserialize)]
pub struct Value(pub String, pub Vec<String>, pub Vec<usize>);

impl<'a> Index<'a> {
    pub fn open(files: &'a Files) -> Option<Self> {
        let router: Router<'a> = serde_json::from_slice(&files.router).ok()?;
        let subjects = router.subjects.iter().flat_map(|(bits, count)| std::iter::repeat_n(*bits, *count));
        let pages = subjects
            .enumerate()
            .flat_map(|(subject, bits)| {
                (0..32).filter(move |bit| bits & 1 << bit != 0).map(move |language| (subject, language))
            })
            .collect();
        Some(Self { files, router, pages, shards: RefCell::default() })
    }

    /// A term, if any page has it or a name is known by it.
    pub fn term(&self, text: &str) -> Option<Entry> {
        let shard = self.shard(self.route(text)?)?;
        let at = shard.binary_search_by(|entry| order(&entry.text, text)).ok()?;
        shard.get(at).cloned()
    }

    /// The terms that begin with `start`, from as many as two files.
    pub fn beginning_with(&self, start: &str) -> Vec<Entry> {
        let Some(first) = self.route(start) else { return Vec::new() };
        let shards = [first, first + 1].into_iter().filter_map(|number| self.shard(number));
        shards
            .flat_map(|shard| {
                let found: Vec<Entry> = shard
                    .iter()
                    .filter(|entry| entry.fields > 0 && entry.text.starts_with(start))
                    .cloned()
                    .collect();
                found
            })
            .collect()
    }

    /// The file of terms in which a term would be.
    fn route(&self, text: &str) -> Option<usize> {
        let last = |routes: &[std::borrow::Cow<'_, str>]| {
            routes.partition_point(|route| order(route, text).is_le()).checked_sub(1)
        };
        let first = last(&self.router.routes)?;
        if !self.router.grouped {
            return Some(first);
        }
        let routes: Vec<std::borrow::Cow<'_, str>> = self.json(&format!("routes/{first}"))?;
        Some(first * ROUTE + last(&routes)?)
    }

    fn shard(&self, number: usize) -> Option<Rc<Vec<Entry>>> {
        if let Some(shard) = self.shards.borrow().get(&number) {
            return Some(shard.clone());
        }
        let mut reader = Reader::new(self.files.parts.get(&format!("terms/{number}"))?);
        let mut shard = Vec::new();
        let mut text = String::new();
        while !reader.is_done() {
            reader.word(&mut text);
            let fields = reader.number() as u32;
            let tail = reader.count();
            let postings = postings(&mut reader);
            let names = (0..reader.count()).map(|_| (reader.text().to_owned(), reader.count())).collect();
            shard.push(Entry { text: text.clone(), fields, tail, postings, names });
        }
        let shard = Rc::new(shard);
        self.shards.borrow_mut().insert(number, shard.clone());
        Some(shard)
    }

    /// The pages of a term beyond those that stand with it.
    pub fn tail(&self, entry: &Entry) -> PerField<Vec<(u32, u32)>> {
        let bytes = entry.tail.checked_sub(1).and_then(|tail| self.files.parts.get(&format!("tails/{tail}")));
        bytes.map_or_else(PerField::default, |bytes| postings(&mut Reader::new(bytes)))
    }

    pub fn card(&self, page: u32) -> Option<Card> {
        let page = page as usize;
        let cards: Vec<Card> = self.json(&format!("cards/{}", page / CARDS))?;
        cards.into_iter().nth(page % CARDS)
    }

    /// Title and parts of a page.
    pub fn text(&self, card: &Card) -> Option<(String, Vec<TextPart>)> {
        serde_json::from_slice(self.files.texts.get(&card.5)?).ok()
    }

    /// The names of a group: as written, and as stems joined by spaces.
    pub fn names(&self, group: usize) -> Vec<(String, String)> {
        let groups: Option<Vec<Vec<(String, String)>>> = self.json(&format!("names/{}", group / GROUPS));
        groups.into_iter().flatten().nth(group % GROUPS).unwrap_or_default()
    }

    /// The frequent words that begin as `text` does: term, word, how many fields have it.
    pub fn words(&self, text: &str) -> Vec<(String, String, u32)> {
        let Some(letter) = text.chars().next() else { return Vec::new() };
        let Some(bytes) = self.files.parts.get(&format!("words/{letter}")) else { return Vec::new() };
        let mut reader = Reader::new(bytes);
        let mut words = Vec::new();
        let mut term = String::new();
        while !reader.is_done() {
            reader.word(&mut term);
            let mut word = term.clone();
            reader.word(&mut word);
            words.push((term.clone(), word, reader.number() as u32));
        }
        words
    }

    pub fn facets(&self) -> BTreeMap<String, Vec<Value>> {
        self.json("facets").unwrap_or_default()
    }

    fn json<T: for<'b> Deserialize<'b>>(&self, name: &str) -> Option<T> {
        serde_json::from_slice(self.files.parts.get(name)?).ok()
    }
}

fn postings(reader: &mut Reader<'_>) -> PerField<Vec<(u32, u32)>> {
    let mut postings = PerField::default();
    for field in postings.iter_mut().take(FIELDS.len()) {
        let count = reader.count();
        let mut next = 0;
        let mut pages = Vec::new();
        for _ in 0..count {
            if reader.is_done() {
                break;
            }
            let page = next + reader.number() as u32;
            pages.push(page);
            next = page + 1;
        }
        *field = pages.into_iter().map(|page| (page, reader.number() as u32)).collect();
    }
    postings
}
