//! `search/lunr-index.json`: the index as lunr.js 2.3.9 serialises it, byte for byte, for the same
//! documents and tokens; any stock `lunr.Index.load` takes it.
//!
//! The weights are Okapi BM25 as lunr reckons it: k1 = 1.2, b = 0.75, the inverse document frequency
//! ln(1 + |(N − n + 0.5) / (n + 0.5)|) with n summed over *fields*, rounded to three decimals. Term
//! numbers go by first sight, terms are sorted by UTF-16 unit, integer-like references ascend.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::rules::rules;
use super::stem::stem;

/// A document as lunr sees it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// What a hit is known by.
    pub reference: String,
    /// Tokens by field, in the order of the fields given to [`Index::build`].
    pub fields: Vec<Vec<String>>,
}

/// A field and what it counts.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub name: &'static str,
    pub boost: f64,
}

/// How soon more of the same word counts no more.
pub const K1: f64 = 1.2;
/// How much long texts are held back.
pub const B: f64 = 0.75;

/// An inverted index with its weights.
#[derive(Clone, Debug, Default)]
pub struct Index {
    fields: Vec<&'static str>,
    /// Terms in the order of first sight: for each field the documents that have it.
    postings: Vec<(String, Vec<Vec<usize>>)>,
    /// By document and field: term number and weight, ascending.
    vectors: Vec<Vec<Vec<(usize, f64)>>>,
    references: Vec<String>,
}

impl Index {
    /// Stop words go and words are stemmed; `documents` in their order.
    pub fn build(fields: &[Field], documents: &[Document]) -> Self {
        let rules = rules();
        let mut index = Self { fields: fields.iter().map(|field| field.name).collect(), ..Self::default() };
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        // Term number → how often, by document and field; and the length of each field in tokens.
        let mut frequencies: Vec<Vec<BTreeMap<usize, u32>>> = Vec::with_capacity(documents.len());
        let mut lengths: Vec<Vec<usize>> = Vec::with_capacity(documents.len());
        for (at, document) in documents.iter().enumerate() {
            let mut of_document = Vec::with_capacity(fields.len());
            let mut length_of_document = Vec::with_capacity(fields.len());
            for field in 0..fields.len() {
                let mut counts: BTreeMap<usize, u32> = BTreeMap::new();
                let mut length = 0;
                let tokens = document.fields.get(field).map_or(&[][..], Vec::as_slice);
                for term in tokens.iter().filter(|token| !rules.is_stop_word(token)).map(|token| stem(token))
                {
                    length += 1;
                    let number = *numbers.entry(term).or_insert_with_key(|term| {
                        index.postings.push((term.clone(), vec![Vec::new(); fields.len()]));
                        index.postings.len() - 1
                    });
                    let count = counts.entry(number).or_insert(0);
                    *count += 1;
                    if *count == 1
                        && let Some((_, by_field)) = index.postings.get_mut(number)
                        && let Some(documents) = by_field.get_mut(field)
                    {
                        documents.push(at);
                    }
                }
                of_document.push(counts);
                length_of_document.push(length);
            }
            frequencies.push(of_document);
            lengths.push(length_of_document);
            index.references.push(document.reference.clone());
        }
        index.weigh(fields, &frequencies, &lengths);
        index
    }

    fn weigh(&mut self, fields: &[Field], frequencies: &[Vec<BTreeMap<usize, u32>>], lengths: &[Vec<usize>]) {
        let count = frequencies.len() as f64;
        let rarities: Vec<f64> = self
            .postings
            .iter()
            .map(|(_, by_field)| {
                let with_term: usize = by_field.iter().map(Vec::len).sum();
                rarity(count, with_term as f64)
            })
            .collect();
        let averages: Vec<f64> = (0..fields.len())
            .map(|field| {
                let total: usize = lengths.iter().filter_map(|lengths| lengths.get(field)).sum();
                total as f64 / count
            })
            .collect();
        for (counts, lengths) in frequencies.iter().zip(lengths) {
            let of_document = fields.iter().zip(counts).zip(lengths.iter().zip(&averages));
            let vectors = of_document.map(|((field, counts), (length, average))| {
                let weights = counts.iter().map(|(number, frequency)| {
                    let frequency = f64::from(*frequency);
                    let rarity = rarities.get(*number).copied().unwrap_or_default();
                    let weight = weight(rarity, frequency, *length as f64, *average);
                    (*number, rounded(weight * field.boost))
                });
                weights.collect()
            });
            self.vectors.push(vectors.collect());
        }
    }

    /// As `JSON.stringify` writes it.
    pub fn to_json(&self) -> String {
        let mut json = String::from("{\"version\":\"2.3.9\",\"fields\":");
        push_list(&mut json, &self.fields, |json, field| push_text(json, field));
        json.push_str(",\"fieldVectors\":[");
        let mut first = true;
        for (reference, vectors) in self.references.iter().zip(&self.vectors) {
            for (field, vector) in self.fields.iter().zip(vectors) {
                if !std::mem::take(&mut first) {
                    json.push(',');
                }
                json.push('[');
                push_text(&mut json, &format!("{field}/{reference}"));
                json.push(',');
                push_list(&mut json, vector, |json, (number, weight)| {
                    // Writing to a String cannot fail.
                    let _ = write!(json, "{number},{weight}");
                });
                json.push(']');
            }
        }
        json.push_str("],\"invertedIndex\":[");
        for (at, number) in self.sorted_terms().into_iter().enumerate() {
            if at > 0 {
                json.push(',');
            }
            self.push_posting(&mut json, number);
        }
        json.push_str("],\"pipeline\":[\"stemmer\"]}");
        json
    }

    fn push_posting(&self, json: &mut String, number: usize) {
        let Some((term, by_field)) = self.postings.get(number) else { return };
        json.push('[');
        push_text(json, term);
        let _ = write!(json, ",{{\"_index\":{number}");
        for (field, documents) in self.fields.iter().zip(by_field) {
            json.push(',');
            push_text(json, field);
            json.push_str(":{");
            let mut references: Vec<&str> = documents
                .iter()
                .filter_map(|document| self.references.get(*document).map(String::as_str))
                .collect();
            // JavaScript keeps integer keys in order before all others.
            references.sort_by_key(|reference| integer_key(reference).map_or((1, 0), |number| (0, number)));
            for (at, reference) in references.into_iter().enumerate() {
                if at > 0 {
                    json.push(',');
                }
                push_text(json, reference);
                json.push_str(":{}");
            }
            json.push('}');
        }
        json.push_str("}]");
    }

    /// Term numbers in the order of their terms, by UTF-16 unit.
    fn sorted_terms(&self) -> Vec<usize> {
        let mut numbers: Vec<(Vec<u16>, usize)> = self
            .postings
            .iter()
            .enumerate()
            .map(|(number, (term, _))| (term.encode_utf16().collect(), number))
            .collect();
        numbers.sort();
        numbers.into_iter().map(|(_, number)| number).collect()
    }
}

/// The inverse document frequency of a term that stands in `with_term` fields of `count` documents.
pub fn rarity(count: f64, with_term: f64) -> f64 {
    (1.0 + ((count - with_term + 0.5) / (with_term + 0.5)).abs()).ln()
}

/// What a term weighs in a field of `length` tokens, where fields have `average`.
pub fn weight(rarity: f64, frequency: f64, length: f64, average: f64) -> f64 {
    rarity * ((K1 + 1.0) * frequency) / (K1 * (1.0 - B + B * (length / average)) + frequency)
}

/// In thousandths, halves up, as JavaScript rounds.
pub fn thousandths(weight: f64) -> f64 {
    let scaled = weight * 1000.0;
    let below = scaled.floor();
    if scaled - below >= 0.5 { below + 1.0 } else { below }
}

fn rounded(weight: f64) -> f64 {
    thousandths(weight) / 1000.0
}

/// The number of a reference that JavaScript takes for an array index.
fn integer_key(reference: &str) -> Option<u32> {
    let number: u32 = reference.parse().ok()?;
    (number < u32::MAX && number.to_string() == reference).then_some(number)
}

fn push_list<T>(json: &mut String, items: &[T], push: impl Fn(&mut String, &T)) {
    json.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            json.push(',');
        }
        push(json, item);
    }
    json.push(']');
}

fn push_text(json: &mut String, text: &str) {
    // A string: serialising cannot fail.
    json.push_str(&serde_json::to_string(text).unwrap_or_default());
}
