//! `playbook`: what to do in a situation.

use serde::Serialize;

use super::common::{LevelMark, Link};
use crate::model::{Fields, PlaybookFields, Relation, ThingId};
use crate::render::index::outgoing;
use crate::render::page::PageContext;

/// `playbook` in `playbook.html`.
#[derive(Clone, Debug, Serialize)]
pub struct PlaybookView {
    /// The situation.
    pub when: Option<String>,
    /// How long it takes, in words.
    pub time: Option<String>,
    pub lead: Vec<Link>,
    pub contribute: Vec<Link>,
    /// What it moves on the matrix.
    pub practices: Vec<Helps>,
}

/// A practice and the levels that the playbook helps to reach.
#[derive(Clone, Debug, Serialize)]
pub struct Helps {
    pub practice: Link,
    pub levels: Vec<LevelMark>,
}

pub fn view(cx: &PageContext<'_>, id: ThingId, fields: &PlaybookFields) -> PlaybookView {
    let targets = |relation| cx.links(outgoing(cx.graph(), id, relation).map(|edge| edge.to));
    let own = match &cx.text(id).summary.fields {
        Fields::Playbook(own) => own,
        _ => fields,
    };
    PlaybookView {
        when: own.when.clone().or_else(|| fields.when.clone()),
        time: own.time.clone().or_else(|| fields.time.clone()),
        lead: targets(Relation::LedBy),
        contribute: targets(Relation::ContributedBy),
        practices: outgoing(cx.graph(), id, Relation::HelpsWith)
            .map(|edge| Helps {
                practice: cx.link(edge.to),
                levels: edge.levels.iter().map(|number| cx.level_mark(*number)).collect(),
            })
            .collect(),
    }
}
