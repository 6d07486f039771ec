//! Prerequisites in order, and the circles in them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::diag::Diagnostics;
use crate::model::{Edge, Handbook, Kind, Relation, ThingId};

/// Practices such that every prerequisite comes before what requires it. A circle is reported, and
/// the edge that closes it removed from `edges`, so that no later stage can run round it.
pub fn practices(handbook: &Handbook, edges: &mut Vec<Edge>, diagnostics: &mut Diagnostics) -> Vec<ThingId> {
    let mut requires: BTreeMap<ThingId, Vec<usize>> = BTreeMap::new();
    for (position, edge) in edges.iter().enumerate() {
        if edge.relation == Relation::Requires {
            requires.entry(edge.from).or_default().push(position);
        }
    }
    let mut state: BTreeMap<ThingId, Visit> = BTreeMap::new();
    let mut order = Vec::new();
    let mut closing = Vec::new();
    for (start, _) in handbook.of_kind(Kind::Practice) {
        // A walk of our own making: prerequisites may be nested deeper than the stack.
        let mut path: Vec<(ThingId, usize)> = Vec::new();
        if let Entry::Vacant(unseen) = state.entry(start) {
            unseen.insert(Visit::Open);
            path.push((start, 0));
        }
        while let Some((practice, next)) = path.last_mut() {
            let practice = *practice;
            let Some(position) = requires.get(&practice).and_then(|positions| positions.get(*next)).copied()
            else {
                state.insert(practice, Visit::Done);
                order.push(practice);
                path.pop();
                continue;
            };
            *next += 1;
            let to = edges[position].to;
            match state.get(&to) {
                None => {
                    state.insert(to, Visit::Open);
                    path.push((to, 0));
                }
                Some(Visit::Done) => {}
                Some(Visit::Open) => {
                    let circle: Vec<&str> = path
                        .iter()
                        .map(|(id, _)| *id)
                        .skip_while(|id| *id != to)
                        .chain([to])
                        .map(|id| handbook.thing(id).id.as_ref().map_or("?", |id| id.as_str()))
                        .collect();
                    diagnostics.cyclic_prerequisite(&edges[position].span, &circle);
                    closing.push(position);
                }
            }
        }
    }
    let mut position = 0;
    edges.retain(|_| {
        position += 1;
        !closing.contains(&(position - 1))
    });
    order
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    /// On the path being walked.
    Open,
    Done,
}
