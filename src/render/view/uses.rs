//! Where exactly one criterion is used.

use serde::Serialize;

use super::common::Link;
use crate::model::{Relation, ThingId};
use crate::render::context::PageContext;
use crate::render::index::incoming;

/// Pages that use a criterion in one way.
#[derive(Clone, Debug, Serialize)]
pub struct Use {
    /// `missing` (postmortems), `decided_against` (teams) or `linked`.
    pub how: &'static str,
    pub pages: Vec<Link>,
}

/// Who points at this criterion, not only at its practice.
pub fn of(cx: &PageContext<'_>, practice: ThingId, criterion: &str) -> Vec<Use> {
    let edges = |relation| {
        incoming(cx.graph(), practice, relation)
            .filter(|edge| edge.criterion.as_deref() == Some(criterion))
            .map(|edge| edge.from)
            .collect::<Vec<_>>()
    };
    let backlinks = cx.graph().backlinks.get(practice.0 as usize).into_iter().flatten();
    let linked = backlinks
        .filter(|backlink| backlink.fragment.as_deref() == Some(criterion) && backlink.from != practice)
        .filter(|backlink| cx.text(backlink.from).summary.lang == backlink.lang)
        .map(|backlink| backlink.from)
        .collect();
    [
        ("missing", edges(Relation::ShowsGap)),
        ("decided_against", edges(Relation::Tailors)),
        ("linked", linked),
    ]
    .into_iter()
    .filter(|(_, pages)| !pages.is_empty())
    .map(|(how, mut pages)| {
        pages.sort_unstable();
        pages.dedup();
        Use { how, pages: cx.links(pages) }
    })
    .collect()
}
