//! Clauses → what is looked up, and how it makes up the query.

use super::near::{distance, matches};
use super::parse::{Clause, Presence, Scope};
use super::words::{Words, words};
use crate::search::inverted::FIELDS;
use crate::search::reader::{Entry, Index};

/// What is looked up together and found or not found on a page.
#[derive(Debug)]
pub struct Gram {
    /// What it is, to be met again.
    key: String,
    /// Terms that are taken for it.
    pub terms: Vec<Entry>,
    /// Its fields, a bit each.
    pub fields: u32,
    /// How many times it counts.
    pub boost: f64,
}

/// Something that is asked for.
#[derive(Debug, Default)]
pub struct Unit {
    pub presence: Presence,
    /// Sets of grams of which one is enough, each with the share of the unit that it stands for.
    pub ways: Vec<(f64, Vec<usize>)>,
}

/// A query, ready to be looked up.
#[derive(Debug, Default)]
pub struct Plan {
    pub grams: Vec<Gram>,
    pub units: Vec<Unit>,
    /// Facet and value, and whether a page may not have it.
    pub filters: Vec<(usize, String, bool)>,
    pub phrases: Vec<String>,
    /// What was looked for in place of something misspelt.
    pub suggestion: Option<String>,
}

/// Grams of a query; more are not looked up.
const MOST_GRAMS: usize = 30;
/// Terms taken for a pattern or for a word that may be misspelt.
const MOST_TERMS: usize = 64;
/// Terms taken for a word that is being typed.
const MOST_GUESSES: usize = 8;
const ALL_FIELDS: u32 = (1 << FIELDS.len()) - 1;

/// Plans a query. `values`: by facet, whether it has a value.
pub fn plan(index: &Index<'_>, clauses: &[Clause], has_value: &dyn Fn(usize, &str) -> bool) -> Plan {
    let mut plan = Plan::default();
    // Plain words one behind the other, in which names of several words are looked for.
    let mut run: Vec<Run> = Vec::new();
    let mut corrected: Vec<String> = Vec::new();
    for clause in clauses {
        corrected.push(clause.text.clone());
        if let Scope::Facet(facet) = clause.scope
            && has_value(facet, &clause.text)
        {
            plan.names(index, &mut run);
            plan.filters.push((facet, clause.text.clone(), clause.presence == Presence::Prohibited));
        } else if clause.is_plain() {
            plan.plain(index, clause, &mut run, corrected.last_mut());
        } else {
            plan.names(index, &mut run);
            plan.operated(index, clause);
        }
    }
    plan.names(index, &mut run);
    if plan.suggestion.is_some() {
        plan.suggestion = Some(corrected.join(" "));
    }
    plan
}

/// A part of plain text: its stem, and its unit unless it is a stop word.
struct Run {
    stem: String,
    unit: Option<usize>,
    /// Of one run of signs with the part before.
    joined: bool,
}

impl Plan {
    /// Words without operators.
    fn plain(
        &mut self,
        index: &Index<'_>,
        clause: &Clause,
        run: &mut Vec<Run>,
        corrected: Option<&mut String>,
    ) {
        let mut words = words(&clause.text);
        let known = |stem: &str| index.term(stem).is_some_and(|entry| entry.fields > 0);
        // A word that is all of the clause may be unfinished or misspelt.
        if let ([part], []) = (words.parts.as_slice(), words.wholes.as_slice())
            && !part.stop
            && is_latin(&part.stem)
            && !known(&part.stem)
        {
            let typed = clause.text.to_lowercase();
            let letters = typed.trim_matches(|c: char| !c.is_alphanumeric());
            if clause.open && letters.chars().count() > 1 {
                let longer = self.longer(index, letters);
                if !longer.is_empty() {
                    let key = format!("{letters}*");
                    let boost = index.router.ranking.guess * clause.boost;
                    let gram = self.gram(key, ALL_FIELDS, boost, longer);
                    self.units
                        .extend(gram.map(|gram| Unit { ways: vec![(1.0, vec![gram])], ..Unit::default() }));
                    run.push(Run { stem: part.stem.clone(), unit: None, joined: false });
                    return;
                }
            }
            if let Some(word) = meant(index, letters) {
                if let Some(corrected) = corrected {
                    corrected.clone_from(&word);
                }
                self.suggestion = Some(word.clone());
                words = self::words(&word);
            }
        }
        // One sign of Japanese stands for all words that begin with it.
        if let [part] = words.parts.as_slice()
            && !is_latin(&part.stem)
            && part.stem.chars().count() == 1
            && part.stem.chars().all(char::is_alphanumeric)
        {
            let terms = frequent(index.beginning_with(&part.stem), MOST_TERMS);
            let gram = self.gram(format!("{}*", part.stem), ALL_FIELDS, clause.boost, terms);
            run.push(Run { stem: part.stem.clone(), unit: gram.map(|_| self.units.len()), joined: false });
            self.units.extend(gram.map(|gram| Unit { ways: vec![(1.0, vec![gram])], ..Unit::default() }));
            return;
        }
        self.units_of(index, &words, Presence::Optional, ALL_FIELDS, clause.boost, Some(run));
    }

    /// Terms that begin as a word that is being typed; where there are none, those whose words do.
    fn longer(&self, index: &Index<'_>, letters: &str) -> Vec<Entry> {
        let mut longer = index.beginning_with(letters);
        if longer.is_empty() {
            longer = index
                .words(letters)
                .into_iter()
                .filter(|(_, word, _)| word.starts_with(letters))
                .filter_map(|(term, ..)| index.term(&term))
                .collect();
        }
        frequent(longer, MOST_GUESSES)
    }

    /// A clause with operators.
    fn operated(&mut self, index: &Index<'_>, clause: &Clause) {
        let fields = match clause.scope {
            Scope::Field(field) => 1 << field,
            _ => ALL_FIELDS,
        };
        if clause.phrase && clause.presence != Presence::Prohibited {
            self.phrases.push(clause.text.clone());
        }
        if clause.pattern {
            let start = clause.text.split('*').next().unwrap_or_default();
            let mut terms = index.beginning_with(start);
            terms.retain(|entry| matches(&clause.text, &entry.text));
            let terms = frequent(terms, MOST_TERMS);
            self.alone(clause, fields, clause.text.clone(), terms);
            return;
        }
        let words = words(&clause.text);
        if let ([part], true) = (words.parts.as_slice(), clause.fuzzy > 0 && words.wholes.is_empty()) {
            let near = index
                .words(&part.stem)
                .into_iter()
                .filter(|(term, ..)| distance(&part.stem, term, clause.fuzzy).is_some())
                .filter_map(|(term, ..)| index.term(&term));
            let terms = frequent(near.collect(), MOST_TERMS);
            self.alone(clause, fields, format!("{}~{}", part.stem, clause.fuzzy), terms);
            return;
        }
        let presence = if clause.phrase && clause.presence == Presence::Optional {
            Presence::Required
        } else {
            clause.presence
        };
        // All parts of a word together decide what has to be and what must not be there; a phrase needs each of them.
        let first = self.units.len();
        self.units_of(index, &words, presence, fields, clause.boost, None);
        if presence == Presence::Prohibited && self.units.len() > first + 1 {
            let together = self.units.drain(first..).filter_map(|unit| unit.ways.into_iter().next());
            let grams = together.flat_map(|(_, grams)| grams).collect();
            self.units.push(Unit { presence, ways: vec![(1.0, grams)] });
        }
    }

    fn alone(&mut self, clause: &Clause, fields: u32, key: String, terms: Vec<Entry>) {
        if let Some(gram) = self.gram(key, fields, clause.boost, terms) {
            self.units.push(Unit { presence: clause.presence, ways: vec![(1.0, vec![gram])] });
        }
    }

    /// A unit for each part; parts that have a whole make one unit with it.
    fn units_of(
        &mut self,
        index: &Index<'_>,
        words: &Words,
        presence: Presence,
        fields: u32,
        boost: f64,
        mut run: Option<&mut Vec<Run>>,
    ) {
        let mut at = 0;
        while at < words.parts.len() {
            let whole = words.wholes.iter().find(|(_, first, _)| *first == at);
            let end = whole.map_or(at + 1, |(_, _, end)| *end);
            let parts = words.parts.get(at..end).unwrap_or_default();
            at = end.max(at + 1);
            let mut grams = Vec::new();
            for part in parts.iter().filter(|part| !part.stop) {
                grams.extend(self.term(index, &part.stem, fields, boost));
            }
            // Where stop words are left out, the rest is less than the word.
            let kept = parts.iter().filter(|part| !part.stop).count() as f64 / parts.len().max(1) as f64;
            let mut ways = Vec::new();
            if !grams.is_empty() {
                ways.push(((1.0 + kept) / 2.0, grams));
            }
            if let Some((whole, ..)) = whole {
                ways.extend(self.term(index, whole, fields, boost).map(|gram| (1.0, vec![gram])));
            }
            let unit = (!ways.is_empty()).then_some(self.units.len());
            if let Some(run) = run.as_deref_mut() {
                run.extend(parts.iter().map(|part| Run {
                    stem: part.stem.clone(),
                    unit: unit.filter(|_| !part.stop),
                    joined: part.joined,
                }));
            }
            if unit.is_some() {
                self.units.push(Unit { presence, ways });
            }
        }
    }

    /// Makes one unit of parts that are a name, with the other names of the same thing as ways.
    fn names(&mut self, index: &Index<'_>, run: &mut Vec<Run>) {
        let run = std::mem::take(run);
        let mut at = 0;
        while at < run.len() {
            let Some((length, group)) = self.longest_name(index, run.get(at..).unwrap_or_default()) else {
                at += 1;
                continue;
            };
            let of_name = run.get(at..at + length).unwrap_or_default();
            at += length;
            let stems: Vec<&str> = of_name.iter().map(|part| part.stem.as_str()).collect();
            let stems = stems.join(" ");
            let units: Vec<usize> = of_name.iter().filter_map(|part| part.unit).collect();
            let Some(first) = units.first().copied() else { continue };
            let mut together: Vec<(f64, Vec<usize>)> = vec![(1.0, Vec::new())];
            for unit in &units {
                let Some(unit) = self.units.get_mut(*unit) else { continue };
                let mut ways = std::mem::take(&mut unit.ways).into_iter();
                if let Some((share, grams)) = ways.next()
                    && let Some((whole_share, all)) = together.first_mut()
                {
                    *whole_share = whole_share.min(share);
                    all.extend(grams.into_iter().filter(|gram| !all.contains(gram)).collect::<Vec<_>>());
                }
                // What stands for all of a word stands for all of a name that is this word.
                if units.iter().all(|other| *other == first) {
                    together.extend(ways);
                }
            }
            let synonym = index.router.ranking.synonym;
            for (_, other) in index.names(group) {
                if other == stems {
                    continue;
                }
                let grams: Vec<usize> = other
                    .split(' ')
                    .filter(|stem| !crate::search::rules::rules().is_stop_word(stem))
                    .filter_map(|stem| self.term_if_new(index, stem, synonym))
                    .collect();
                if !grams.is_empty() {
                    together.push((synonym, grams));
                }
            }
            if let Some(unit) = self.units.get_mut(first) {
                unit.ways = together;
            }
        }
        self.units.retain(|unit| !unit.ways.is_empty());
    }

    /// The longest name that begins at the beginning of `run`: its length in parts, and its group.
    fn longest_name(&self, index: &Index<'_>, run: &[Run]) -> Option<(usize, usize)> {
        let mut best: Option<(usize, usize)> = None;
        // A part of a compound is another word than the compound.
        if run.first().is_some_and(|part| part.joined) {
            return None;
        }
        // It is known by its first part that is no stop word.
        let key = run.iter().find(|part| part.unit.is_some())?;
        for (name, group) in index.term(&key.stem)?.names {
            let stems: Vec<&str> = name.split(' ').collect();
            let fits = stems.len() <= run.len()
                && stems.iter().zip(run).all(|(stem, part)| *stem == part.stem)
                && run.get(stems.len()).is_none_or(|behind| !behind.joined);
            if fits && best.is_none_or(|(length, _)| stems.len() > length) {
                best = Some((stems.len(), group));
            }
        }
        best
    }

    fn term(&mut self, index: &Index<'_>, stem: &str, fields: u32, boost: f64) -> Option<usize> {
        let terms = index.term(stem).into_iter().filter(|entry| entry.fields > 0).collect();
        self.gram(stem.to_owned(), fields, boost, terms)
    }

    /// The gram of a term; what is looked for anyway does not count more because of it.
    fn term_if_new(&mut self, index: &Index<'_>, stem: &str, boost: f64) -> Option<usize> {
        match self.grams.iter().position(|gram| gram.key == stem && gram.fields == ALL_FIELDS) {
            Some(known) => Some(known),
            None => self.term(index, stem, ALL_FIELDS, boost),
        }
    }

    /// A gram; one that is there already counts more.
    fn gram(&mut self, key: String, fields: u32, boost: f64, terms: Vec<Entry>) -> Option<usize> {
        if let Some(known) = self.grams.iter().position(|gram| gram.key == key && gram.fields == fields) {
            if let Some(gram) = self.grams.get_mut(known) {
                gram.boost += boost;
            }
            return Some(known);
        }
        if self.grams.len() >= MOST_GRAMS {
            return None;
        }
        self.grams.push(Gram { key, terms, fields, boost });
        Some(self.grams.len() - 1)
    }
}

/// Whether a word can be misspelt or unfinished in the sense of the files of words.
fn is_latin(stem: &str) -> bool {
    stem.starts_with(|c: char| c.is_ascii_lowercase())
}

/// The most frequent terms, in the order of the index.
fn frequent(mut terms: Vec<Entry>, most: usize) -> Vec<Entry> {
    if terms.len() > most {
        terms.sort_by_key(|entry| std::cmp::Reverse(entry.fields));
        terms.truncate(most);
        terms.sort_by(|a, b| crate::search::bytes::order(&a.text, &b.text));
    }
    terms
}

/// The word that was meant by one that no page has: the nearest, of these the most frequent.
fn meant(index: &Index<'_>, typed: &str) -> Option<String> {
    let length = typed.chars().count();
    let most = match length {
        0..=3 => return None,
        4..=7 => 1,
        _ => 2,
    };
    let near = index.words(typed).into_iter().filter_map(|(term, word, fields)| {
        let by_word = distance(typed, &word, most);
        let by_term = distance(typed, &term, most);
        Some((by_word.into_iter().chain(by_term).min()?, std::cmp::Reverse(fields), word))
    });
    near.min().map(|(.., word)| word)
}
