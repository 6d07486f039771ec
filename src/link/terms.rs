//! First uses of glossary terms in a body, which become links.
//!
//! Found are a term's title and its other names, in the language of the page; of two that begin at the
//! same letter the longer. A name must be a word of its own: next to it stands no letter of its own
//! script, so `SLO` is not found in `SLOs` (but see below), `障害` not in `障害対応`. A Latin name may
//! carry a plural `s`; one in capitals counts in capitals only. Not searched is what is code, a link, a heading or the title of a box or column,
//! and the writer's own HTML. A term that the page links to by hand is left to that link.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::model::{AutoLink, Body, Fields, Handbook, Kind, Lang, Piece, TermUse, ThingId};

/// The names of all terms, by language.
#[derive(Debug, Default)]
pub struct Terms {
    by_lang: BTreeMap<Lang, Names>,
}

/// The names of the terms in one language.
#[derive(Debug)]
struct Names {
    finder: AhoCorasick,
    /// The term of each pattern of `finder`; of an acronym its spelling, the only one that counts.
    terms: Vec<(ThingId, Option<String>)>,
}

impl Terms {
    pub fn of(handbook: &Handbook) -> Self {
        let mut by_lang = BTreeMap::new();
        for lang in &handbook.languages {
            let mut names: BTreeMap<String, (ThingId, Option<String>)> = BTreeMap::new();
            for (id, thing) in handbook.of_kind(Kind::Term) {
                let (Fields::Term(fields), Some(text)) = (thing.fields(), thing.texts.get(lang)) else {
                    continue;
                };
                let summary = &text.summary;
                let others = match fields.auto_link {
                    AutoLink::Never => continue,
                    AutoLink::Title => &[][..],
                    AutoLink::All => &summary.common.also_known_as,
                };
                let others = others.iter().map(|name| name.value.as_str());
                for name in std::iter::once(summary.title.as_str()).chain(others) {
                    let name = escaped(name.trim());
                    // One character is never a term by itself.
                    if name.chars().nth(1).is_some() {
                        names.entry(name.to_lowercase()).or_insert((id, is_acronym(&name).then_some(name)));
                    }
                }
            }
            let finder = AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .ascii_case_insensitive(true)
                .build(names.keys());
            // Building fails only for gigabytes of names; then nothing is linked.
            if let Ok(finder) = finder
                && !names.is_empty()
            {
                by_lang.insert(lang.clone(), Names { finder, terms: names.into_values().collect() });
            }
        }
        Self { by_lang }
    }

    /// The first uses in `body`, the text of `page` in `lang`, of terms that are not in `linked`.
    pub fn first_uses(
        &self,
        page: ThingId,
        lang: &Lang,
        body: &Body,
        linked: &BTreeSet<ThingId>,
    ) -> Vec<TermUse> {
        let Some(names) = self.by_lang.get(lang) else { return Vec::new() };
        let mut search =
            Search { names, known: linked.clone(), uses: Vec::new(), silent: Vec::new(), outer: 0 };
        search.known.insert(page);
        for (index, piece) in body.pieces.iter().enumerate() {
            match piece {
                Piece::Html(html) => search.html(index, html, true),
                Piece::RawHtml(html) => search.html(index, html, false),
                Piece::LinkStart(_) | Piece::HeadingStart(_) => search.outer += 1,
                Piece::LinkEnd(_) | Piece::HeadingEnd(_) => search.outer = search.outer.saturating_sub(1),
                _ => {}
            }
        }
        search.uses
    }
}

struct Search<'a> {
    names: &'a Names,
    /// Terms that need no further link.
    known: BTreeSet<ThingId>,
    uses: Vec<TermUse>,
    /// Open elements in which nothing is linked.
    silent: Vec<String>,
    /// Links and headings around.
    outer: usize,
}

impl Search<'_> {
    /// Goes through the texts between the tags of `html`. `ours`: our own, else the writer's, of which only
    /// the tags matter.
    fn html(&mut self, piece: usize, html: &str, ours: bool) {
        let mut at = 0;
        while let Some(rest) = html.get(at..).filter(|rest| !rest.is_empty()) {
            let end = rest.find('<').unwrap_or(rest.len());
            if ours && end > 0 && self.silent.is_empty() && self.outer == 0 {
                self.text(piece, html, at..at + end);
            }
            at += end;
            let Some(tag) = html.get(at..).filter(|rest| rest.starts_with('<')) else { continue };
            let length = tag.find('>').map_or(tag.len(), |end| end + 1);
            self.tag(tag.get(1..length).unwrap_or_default());
            at += length;
        }
    }

    fn tag(&mut self, inside: &str) {
        let closes = inside.starts_with('/');
        let name: String = inside
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let is_title = name == "p" && inside.contains("callout-title");
        if closes {
            if self.silent.last() == Some(&name) {
                self.silent.pop();
            }
        } else if is_title || SILENT.contains(&name.as_str()) {
            self.silent.push(name);
        }
    }

    fn text(&mut self, piece: usize, html: &str, range: Range<usize>) {
        let Some(text) = html.get(range.clone()) else { return };
        for found in self.names.finder.find_iter(text) {
            let Some((term, spelling)) = self.names.terms.get(found.pattern().as_usize()) else { continue };
            if self.known.contains(term) {
                continue;
            }
            let (before, rest) = (text.get(..found.start()), text.get(found.end()..));
            let (Some(before), Some(word), Some(rest)) = (before, text.get(found.range()), rest) else {
                continue;
            };
            let plural = plural(word, rest);
            let after = rest.get(plural..).unwrap_or_default();
            if is_word(before, word, after) && spelling.as_ref().is_none_or(|spelling| spelling == word) {
                self.known.insert(*term);
                let start = range.start + found.start();
                self.uses.push(TermUse {
                    term: *term,
                    piece,
                    range: start..range.start + found.end() + plural,
                });
            }
        }
    }
}

/// Elements whose text is no running text.
const SILENT: [&str; 18] = [
    "a", "abbr", "button", "code", "dfn", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "pre", "samp",
    "summary", "sup", "th",
];

/// Length of a plural ending behind a Latin word.
fn plural(word: &str, rest: &str) -> usize {
    let latin = word.ends_with(|c: char| c.is_ascii_alphabetic());
    usize::from(latin && rest.starts_with('s'))
}

/// Whether `word` does not go on to the left or to the right in its own script.
fn is_word(before: &str, word: &str, after: &str) -> bool {
    let joined = |a: Option<char>, b: Option<char>| match (a.map(script), b.map(script)) {
        (Some(a), Some(b)) => a == b && a != Script::None,
        _ => false,
    };
    let ends_entity = before.ends_with('&');
    !ends_entity
        && !joined(before.chars().next_back(), word.chars().next())
        && !joined(word.chars().next_back(), after.chars().next())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// Letters, digits, hyphens.
    Word,
    Kanji,
    Katakana,
    /// Punctuation, spaces, and hiragana, which joins words rather than making them.
    None,
}

fn script(c: char) -> Script {
    match c {
        'ァ'..='ヺ' | 'ー' | 'ｦ'..='ﾟ' => Script::Katakana,
        'ぁ'..='ゟ' => Script::None,
        '々' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' => Script::Kanji,
        '-' | '_' => Script::Word,
        c if c.is_alphanumeric() => Script::Word,
        _ => Script::None,
    }
}

/// `HA`, not `Ha`: written in capitals it means something else than the same letters elsewhere.
fn is_acronym(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// As text stands in HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
