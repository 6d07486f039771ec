//! What an assessment asks, in order, and the hash by which a file of answers names it.

use std::collections::BTreeSet;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::model::{Fields, Graph, Handbook, Kind, PracticeFields, Relation, ThingId};

/// The practices that have criteria, in the order in which they are asked and in which a file of
/// answers lists them: area by area, those without an area last. The criteria of each are in order.
pub fn questions<'a>(handbook: &'a Handbook, graph: &Graph) -> Vec<(ThingId, &'a PracticeFields)> {
    let asked = handbook.of_kind(Kind::Practice).filter_map(|(practice, thing)| match thing.fields() {
        Fields::Practice(fields) if !fields.criteria.is_empty() => Some((practice, fields)),
        _ => None,
    });
    let mut asked: Vec<_> = asked.collect();
    // Stable: within an area the order of the handbook stays.
    asked.sort_by_key(|(practice, _)| {
        let area = area_of(graph, *practice);
        (area.is_none(), area)
    });
    asked
}

/// The area of a practice.
pub fn area_of(graph: &Graph, practice: ThingId) -> Option<ThingId> {
    graph.outgoing_of(practice).find(|edge| edge.relation == Relation::InArea).map(|edge| edge.to)
}

/// Names what is asked, in twelve hexadecimal digits (`model:` in an assessment).
///
/// The first six are from SHA-256 over the sorted lines `<practice>/<criterion> <level>\n`, the last
/// six from SHA-256 over the sorted lines `<practice>/<criterion> <level> <text>\n`, with the texts of
/// the default language. So new words can be told from new questions; order changes neither.
pub fn model_hash(handbook: &Handbook, graph: &Graph) -> String {
    let mut asked = BTreeSet::new();
    let mut worded = BTreeSet::new();
    for (practice, fields) in questions(handbook, graph) {
        let Some(id) = &handbook.thing(practice).id else { continue };
        for criterion in &fields.criteria {
            let line = format!("{id}/{} {}", criterion.id.value, criterion.level.value);
            let text = criterion.text.text.as_ref().map_or("", |text| text.value.as_str());
            worded.insert(format!("{line} {text}\n"));
            asked.insert(format!("{line}\n"));
        }
    }
    half(&asked) + &half(&worded)
}

/// What has changed between two model hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelChange {
    /// The same criteria in other words.
    Words,
    /// Criteria came, went, or moved to another level.
    Criteria,
}

impl ModelChange {
    /// `None` when nothing has changed. A hash of another form tells nothing but that something has.
    pub fn between(before: &str, now: &str) -> Option<Self> {
        let structure = |hash: &str| hash.get(..HALF).map(str::to_owned);
        match before == now {
            true => None,
            false if before.len() == now.len() && structure(before) == structure(now) => Some(Self::Words),
            false => Some(Self::Criteria),
        }
    }
}

/// Digits of each half of a model hash.
const HALF: usize = 6;

fn half(lines: &BTreeSet<String>) -> String {
    let mut hash = Sha256::new();
    lines.iter().for_each(|line| hash.update(line));
    hash.finalize().iter().take(HALF / 2).fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
