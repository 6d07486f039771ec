//! What an assessment asks, in order, and the hash by which a file of answers names it.

use std::collections::BTreeSet;
use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::model::{Fields, Graph, Handbook, Kind, PracticeFields, Relation, ThingId};

/// The practices that have criteria, in the order in which they are asked and in which a file of answers
/// lists them: area by area, those without an area last. The criteria of a practice are in order already.
pub fn questions<'a>(handbook: &'a Handbook, graph: &Graph) -> Vec<(ThingId, &'a PracticeFields)> {
    let asked = |practice: ThingId| match handbook.thing(practice).fields() {
        Fields::Practice(fields) if !fields.criteria.is_empty() => Some((practice, fields)),
        _ => None,
    };
    let area_of = |practice: ThingId| {
        graph.outgoing_of(practice).find(|edge| edge.relation == Relation::InArea).map(|edge| edge.to)
    };
    let mut practices: Vec<_> =
        handbook.of_kind(Kind::Practice).filter_map(|(practice, _)| asked(practice)).collect();
    // Stable, so that within an area the order of the handbook stays.
    practices.sort_by_key(|(practice, _)| {
        let area = area_of(*practice);
        (area.is_none(), area)
    });
    practices
}

/// Twelve hexadecimal digits that change when a criterion is added, removed, renamed or moved to another
/// level. Words and order are left out: mending a sentence or a `weight` makes no answer doubtful.
pub fn model_hash(handbook: &Handbook, graph: &Graph) -> String {
    let mut lines = BTreeSet::new();
    for (practice, fields) in questions(handbook, graph) {
        let Some(id) = &handbook.thing(practice).id else { continue };
        for criterion in &fields.criteria {
            lines.insert(format!("{id}/{} {}\n", criterion.id.value, criterion.level.value));
        }
    }
    let mut hash = Sha256::new();
    lines.iter().for_each(|line| hash.update(line));
    hash.finalize().iter().take(6).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
