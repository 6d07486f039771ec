//! `playbook`: what to do in a situation.

use serde::Serialize;

use super::common::{LevelMark, Link, Note};
use crate::model::{Fields, PlaybookFields, Relation, ThingId};
use crate::render::context::PageContext;
use crate::render::index::outgoing;

/// `playbook` in `playbook.html`.
#[derive(Clone, Debug, Serialize)]
pub struct PlaybookView {
    /// The situation.
    pub when: Option<Note>,
    /// How long it takes, in words.
    pub time: Option<Note>,
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
        when: cx.note(id, own.when.as_deref(), fields.when.as_deref()),
        time: cx.note(id, own.time.as_deref(), fields.time.as_deref()),
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
