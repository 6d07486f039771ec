//! Looks a query up, and puts the pages found in order.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::parse::{Clause, Presence, parse};
use super::plan::{Gram, Plan, plan};
use crate::search::inverted::{FIELDS, PerField};
use crate::search::lunr::rarity;
use crate::search::pages::FACETS;
use crate::search::reader::{Card, Entry, Index, Value};

/// What is asked besides the text.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The reader's language, by index.
    pub language: usize,
    /// What a page must be: facet and value; one value of each facet is enough.
    pub facets: Vec<(String, String)>,
    pub limit: usize,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Answer {
    /// Subjects found, in whatever language.
    pub total: usize,
    pub hits: Vec<Hit>,
    /// What was looked for in place of something misspelt.
    pub suggestion: Option<String>,
    /// Where nothing is found: pages that come near.
    pub near: Vec<Hit>,
    /// What was looked up.
    pub plan: Plan,
}

/// A page.
#[derive(Clone, Debug)]
pub struct Hit {
    pub page: u32,
    /// Index of its language.
    pub language: usize,
    pub card: Card,
    /// What the order goes by.
    pub score: f64,
    /// lunr's score.
    pub base: f64,
}

/// Pages shown where nothing is found.
const NEAR: usize = 5;

/// The pages that a text finds, best first.
pub fn find(index: &Index<'_>, text: &str, options: &Options) -> Answer {
    let clauses = parse(text);
    let mut answer = look_up(index, &clauses, options);
    if answer.hits.is_empty()
        && let Some(nearer) = relaxed(&clauses, !options.facets.is_empty())
    {
        let options = Options { language: options.language, facets: Vec::new(), limit: NEAR };
        answer.near = look_up(index, &parse(&nearer), &options).hits;
    }
    answer
}

fn look_up(index: &Index<'_>, clauses: &[Clause], options: &Options) -> Answer {
    let facets = index.facets();
    let has_value = |facet: usize, value: &str| match FACETS.get(facet) {
        Some(name) => facets.get(*name).is_some_and(|values| values.iter().any(|known| known.0 == value)),
        None => index.router.languages.iter().any(|language| language == value),
    };
    let plan = plan(index, clauses, &has_value);
    let allowed = Allowed::new(index, &facets, &plan, options);
    let ranked = rank(index, &plan, &allowed, options);
    let hold = |page: u32| plan.phrases.is_empty() || phrases_hold(index, page, &plan.phrases);
    let ranked: Vec<Ranked> = ranked.into_iter().filter(|ranked| hold(ranked.page)).collect();
    let hits = ranked.iter().take(options.limit).filter_map(|ranked| {
        let (_, language) = *index.pages.get(ranked.page as usize)?;
        let card = index.card(ranked.page)?;
        Some(Hit { page: ranked.page, language, card, score: ranked.rank, base: ranked.base })
    });
    let hits = hits.collect();
    Answer { total: ranked.len(), hits, suggestion: plan.suggestion.clone(), near: Vec::new(), plan }
}

/// What to look for where nothing was found; `None` where nothing is left to try.
fn relaxed(clauses: &[Clause], narrowed: bool) -> Option<String> {
    let words = clauses
        .iter()
        .filter(|clause| clause.presence != Presence::Prohibited)
        .map(|clause| clause.text.replace('*', " "));
    if narrowed || !clauses.iter().all(Clause::is_plain) {
        return Some(words.collect::<Vec<_>>().join(" "));
    }
    // The beginnings of words, half of them and a little more.
    let begun: Vec<String> = words
        .filter(|word| word.len() > 4 && word.bytes().all(|byte| byte.is_ascii_alphabetic()))
        .map(|word| {
            let length = (word.len() * 3).div_ceil(5);
            format!("{}*", word.get(..length).unwrap_or_default().to_lowercase())
        })
        .collect();
    (!begun.is_empty()).then(|| begun.join(" "))
}

/// What the facets leave.
struct Allowed {
    /// By subject; everything where there is no filter.
    subjects: Option<Vec<bool>>,
    /// Languages, a bit each.
    languages: u32,
}

impl Allowed {
    fn new(index: &Index<'_>, facets: &BTreeMap<String, Vec<Value>>, plan: &Plan, options: &Options) -> Self {
        let mut wanted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let mut unwanted: Vec<(&str, &str)> = Vec::new();
        for (facet, value) in &options.facets {
            wanted.entry(facet).or_default().insert(value);
        }
        for (facet, value, prohibited) in &plan.filters {
            let facet = FACETS.get(*facet).copied().unwrap_or("language");
            if *prohibited {
                unwanted.push((facet, value));
            } else {
                wanted.entry(facet).or_default().insert(value);
            }
        }
        let language = |value: &str| {
            let at = index.router.languages.iter().position(|language| language == value);
            at.map_or(0, |at| 1_u32 << at.min(31))
        };
        let mut allowed = Self { subjects: None, languages: u32::MAX };
        let count: usize = index.router.subjects.iter().map(|(_, count)| count).sum();
        let subjects = |facet: &str, value: &str| {
            let mut found = vec![false; count];
            let values = facets.get(facet).into_iter().flatten().filter(|known| known.0 == value);
            for Value(_, _, gaps) in values {
                let mut next = 0;
                for gap in gaps.chunks_exact(2) {
                    let &[gap, length] = gap else { continue };
                    let first = next + gap;
                    next = first + length;
                    found.get_mut(first..next).into_iter().for_each(|part| part.fill(true));
                }
            }
            found
        };
        for (facet, values) in wanted {
            if facet == "language" {
                allowed.languages &= values.iter().fold(0, |bits, value| bits | language(value));
                continue;
            }
            let mut any = vec![false; count];
            for value in values {
                any.iter_mut().zip(subjects(facet, value)).for_each(|(any, has)| *any |= has);
            }
            let all = allowed.subjects.get_or_insert_with(|| vec![true; count]);
            all.iter_mut().zip(any).for_each(|(all, any)| *all &= any);
        }
        for (facet, value) in unwanted {
            if facet == "language" {
                allowed.languages &= !language(value);
                continue;
            }
            let all = allowed.subjects.get_or_insert_with(|| vec![true; count]);
            all.iter_mut().zip(subjects(facet, value)).for_each(|(all, has)| *all &= !has);
        }
        allowed
    }

    fn page(&self, subject: usize, language: usize) -> bool {
        self.languages & 1 << language.min(31) != 0
            && self.subjects.as_ref().is_none_or(|subjects| subjects.get(subject).copied().unwrap_or(false))
    }

    fn is_everything(&self) -> bool {
        self.subjects.is_none() && self.languages == u32::MAX
    }
}

struct Ranked {
    page: u32,
    rank: f64,
    base: f64,
}

/// What is known of a page: lunr's score, and by field which grams stand there, a bit each.
#[derive(Clone, Copy, Default)]
struct Page {
    base: f64,
    found: u32,
    fields: PerField<u32>,
}

/// The best page of each subject, best first.
fn rank(index: &Index<'_>, plan: &Plan, allowed: &Allowed, options: &Options) -> Vec<Ranked> {
    let ranking = index.router.ranking;
    let pages = score(index, plan);
    let rarities: Vec<f64> = plan.grams.iter().map(|gram| gram_rarity(index, gram)).collect();
    // By unit: its weight, and its ways as share, grams, and sum of rarities.
    let sum = |grams: u32| bits(grams).filter_map(|gram| rarities.get(gram)).sum::<f64>();
    type Ways = Vec<(f64, u32, f64)>;
    let units: Vec<(Presence, f64, Ways)> = plan
        .units
        .iter()
        .map(|unit| {
            let ways: Ways = unit
                .ways
                .iter()
                .map(|(share, grams)| {
                    let grams = grams.iter().fold(0, |bits, gram| bits | 1 << gram);
                    (*share, grams, sum(grams))
                })
                .collect();
            let first = ways.first().map_or(0.0, |(.., sum)| *sum);
            let weight =
                if first > 0.0 { first } else { ways.iter().map(|(.., sum)| *sum).fold(0.0, f64::max) };
            (unit.presence, weight, ways)
        })
        .collect();
    let known = bits(u32::MAX).filter(|gram| rarities.get(*gram).is_some_and(|rarity| *rarity > 0.0));
    let known = known.fold(0, |bits, gram| bits | 1_u32 << gram);
    let all: f64 = units
        .iter()
        .filter(|(presence, ..)| *presence != Presence::Prohibited)
        .map(|(_, weight, _)| weight)
        .sum();
    let only_filters = units.iter().all(|(presence, ..)| *presence == Presence::Prohibited);
    if only_filters && units.is_empty() && allowed.is_everything() {
        return Vec::new();
    }

    let mut coverages: Vec<(u32, f64)> = Vec::new();
    let mut best_coverage = 0.0;
    for (number, ((subject, language), page)) in index.pages.iter().zip(&pages).enumerate() {
        if (page.found == 0 && !only_filters) || !allowed.page(*subject, *language) {
            continue;
        }
        let complete = |ways: &[(f64, u32, f64)]| {
            ways.iter().any(|(_, grams, _)| *grams != 0 && page.found & grams == *grams)
        };
        let fits = units.iter().all(|(presence, _, ways)| match presence {
            Presence::Optional => true,
            Presence::Required => complete(ways),
            Presence::Prohibited => !complete(ways),
        });
        if !fits {
            continue;
        }
        let mut covered = 0.0;
        for (presence, weight, ways) in &units {
            if *presence != Presence::Prohibited {
                let share =
                    ways.iter().map(
                        |(share, grams, all)| {
                            if *all > 0.0 { share * sum(page.found & grams) / all } else { 0.0 }
                        },
                    );
                covered += weight * share.fold(0.0, f64::max);
            }
        }
        let coverage = if all > 0.0 { covered / all } else { 1.0 };
        best_coverage = f64::max(best_coverage, coverage);
        coverages.push((number as u32, coverage));
    }

    let within = |found: u32| {
        all > 0.0
            && units.iter().all(|(presence, weight, ways)| {
                *presence == Presence::Prohibited
                    || *weight == 0.0
                    || ways.iter().any(|(_, grams, all)| *all > 0.0 && found & grams & known == grams & known)
            })
    };
    let mut best: BTreeMap<usize, Ranked> = BTreeMap::new();
    for (number, coverage) in coverages {
        let (Some((subject, language)), Some(page)) =
            (index.pages.get(number as usize), pages.get(number as usize))
        else {
            continue;
        };
        if coverage < ranking.least * best_coverage {
            continue;
        }
        let [title, headings, _, about] = page.fields;
        let bonus = if within(title) {
            ranking.title
        } else if within(title | headings) {
            ranking.headings
        } else if within(title | about) {
            ranking.about
        } else {
            1.0
        };
        let own = if *language == options.language { ranking.language } else { 1.0 };
        let boost = index.router.boosts.iter().find(|(of, _)| of == subject).map_or(1.0, |(_, boost)| *boost);
        let share = (0..ranking.coverage).fold(1.0, |power, _| power * coverage);
        let rank = round(page.base * share * bonus * own * boost);
        let ranked = Ranked { page: number, rank, base: round(page.base) };
        match best.get(subject) {
            Some(known) if known.rank >= rank => {}
            _ => {
                best.insert(*subject, ranked);
            }
        }
    }
    let mut ranked: Vec<Ranked> = best.into_values().collect();
    ranked.sort_by(|a, b| b.rank.total_cmp(&a.rank).then(a.page.cmp(&b.page)));
    ranked
}

fn bits(set: u32) -> impl Iterator<Item = usize> {
    (0..32).filter(move |bit| set & 1 << bit != 0)
}

/// To a millionth, so that no two machines disagree on the order.
fn round(score: f64) -> f64 {
    (score * 1e6).round() / 1e6
}

/// How rare a gram is; 0 where no page has it.
pub fn gram_rarity(index: &Index<'_>, gram: &Gram) -> f64 {
    let fields: u32 = gram.terms.iter().map(|entry| entry.fields).sum();
    if fields == 0 { 0.0 } else { rarity(index.router.pages as f64, f64::from(fields)) }
}

/// lunr's score of every page: for each field the terms' weights times their boosts, over the length of the vector of boosts.
fn score(index: &Index<'_>, plan: &Plan) -> Vec<Page> {
    /// A term, how many times it counts in each field, and the grams it stands for.
    struct Looked<'a> {
        entry: &'a Entry,
        boosts: PerField<f64>,
        grams: PerField<u32>,
    }
    let prohibited = |gram: usize| {
        let mut of = plan
            .units
            .iter()
            .filter(|unit| unit.ways.iter().any(|(_, grams)| grams.contains(&gram)))
            .peekable();
        of.peek().is_some() && of.all(|unit| unit.presence == Presence::Prohibited)
    };
    let mut looked: Vec<Looked<'_>> = Vec::new();
    for (number, gram) in plan.grams.iter().enumerate() {
        let counts = !prohibited(number);
        for entry in &gram.terms {
            let at = looked.iter().position(|looked| looked.entry.text == entry.text).unwrap_or_else(|| {
                looked.push(Looked { entry, boosts: PerField::default(), grams: PerField::default() });
                looked.len() - 1
            });
            let Some(looked) = looked.get_mut(at) else { continue };
            for (field, (boost, grams)) in looked.boosts.iter_mut().zip(&mut looked.grams).enumerate() {
                if gram.fields & 1 << field != 0 {
                    *grams |= 1 << number;
                    if counts {
                        *boost += gram.boost;
                    }
                }
            }
        }
    }
    let mut lengths = PerField::<f64>::default();
    for looked in &looked {
        lengths.iter_mut().zip(looked.boosts).for_each(|(length, boost)| *length += boost * boost);
    }
    let lengths = lengths.map(f64::sqrt);
    let mut pages = vec![Page::default(); index.pages.len()];
    for looked in &looked {
        let tail = index.tail(looked.entry);
        for field in 0..FIELDS.len() {
            let (Some(boost), Some(grams), Some(length), Some(head), Some(tail)) = (
                looked.boosts.get(field),
                looked.grams.get(field),
                lengths.get(field),
                looked.entry.postings.get(field),
                tail.get(field),
            ) else {
                continue;
            };
            for (page, weight) in head.iter().chain(tail) {
                let Some(page) = pages.get_mut(*page as usize) else { continue };
                if *length > 0.0 {
                    page.base += boost * (f64::from(*weight) / 1000.0) / length;
                }
                page.found |= grams;
                if let Some(found) = page.fields.get_mut(field) {
                    *found |= grams;
                }
            }
        }
    }
    pages
}

/// Whether every phrase stands on a page.
fn phrases_hold(index: &Index<'_>, page: u32, phrases: &[String]) -> bool {
    let Some((title, parts)) = index.card(page).and_then(|card| index.text(&card)) else { return false };
    phrases.iter().all(|phrase| {
        let phrase = folded(phrase);
        folded(&title).contains(&phrase)
            || parts.iter().any(|part| folded(&part.1).contains(&phrase) || folded(&part.3).contains(&phrase))
    })
}

/// How a text is compared with a phrase: NFKC, lower case, one space for any white space.
pub fn folded(text: &str) -> String {
    let normal: String = text.nfkc().collect::<String>().to_lowercase();
    normal.split_whitespace().collect::<Vec<_>>().join(" ")
}
