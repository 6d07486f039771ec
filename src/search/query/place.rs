//! Where on a page it stands: the heading or criterion to link to, and a line of its text.

use std::collections::BTreeMap;

use super::find::{Answer, Hit, gram_rarity};
use crate::search::reader::{Index, TextPart};
use crate::search::stem::stem;
use crate::search::tokens::{Side, each_token};

/// A place on a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// Anchor and words of a heading or criterion; `None`: the page as a whole.
    pub heading: Option<(String, String)>,
    /// The line that has most of what was looked for.
    pub line: String,
}

/// What a heading counts for, against the text below it.
const HEADING: f64 = 2.5;

/// Where on the page of `hit` stands what was looked for.
pub fn place(index: &Index<'_>, answer: &Answer, hit: &Hit) -> Place {
    let Some((title, parts)) = index.text(&hit.card) else { return Place::default() };
    let mut wanted: BTreeMap<&str, f64> = BTreeMap::new();
    for gram in &answer.plan.grams {
        let rarity = gram_rarity(index, gram);
        for entry in &gram.terms {
            let known = wanted.entry(&entry.text).or_insert(rarity);
            *known = known.max(rarity);
        }
    }
    let weight = |text: &str, hiragana: bool| {
        let mut found: BTreeMap<&str, f64> = BTreeMap::new();
        each_token(text, Side::Page, hiragana, &mut |token, _| {
            if let Some((term, rarity)) = wanted.get_key_value(stem(token).as_str()) {
                found.insert(term, *rarity);
            }
        });
        found
    };
    let total = |found: &BTreeMap<&str, f64>| found.values().sum::<f64>();
    let in_title = total(&weight(&title, true));
    let mut best: Option<(f64, &TextPart)> = None;
    for part in &parts {
        let heading = weight(&part.1, part.2 == 0);
        let text = weight(&part.3, false);
        let of_text = text.iter().filter(|(term, _)| !heading.contains_key(*term)).map(|(_, rarity)| rarity);
        let heading_total = total(&heading);
        // What the title says already, a heading has to say too.
        let linked = !part.0.is_empty() && heading_total * HEADING + of_text.clone().sum::<f64>() > in_title;
        let score = heading_total * if linked { HEADING } else { 1.0 } + of_text.sum::<f64>();
        if best.is_none_or(|(known, _)| score > known) {
            best = Some((score, part));
        }
    }
    let Some((_, part)) = best.filter(|(score, _)| *score > 0.0) else { return Place::default() };
    let heading = (!part.0.is_empty() && total(&weight(&part.1, part.2 == 0)) * HEADING >= in_title)
        .then(|| (part.0.clone(), part.1.clone()));
    let mut line = "";
    let mut most = 0.0;
    for candidate in part.3.lines().chain([part.1.as_str()]) {
        let found = total(&weight(candidate, false));
        if found > most {
            (line, most) = (candidate, found);
        }
    }
    Place { heading, line: line.to_owned() }
}
