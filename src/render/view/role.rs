//! `role`: a way of behaving, and what it leads.

use serde::Serialize;

use super::common::Link;
use super::navigation::PageSection;
use crate::model::{Fields, Kind, Relation, ThingId};
use crate::render::context::PageContext;
use crate::render::index::{incoming, outgoing};

/// `role` in `role.html`.
#[derive(Clone, Debug, Serialize)]
pub struct RoleView {
    /// The name written out.
    pub title_long: Option<String>,
    pub leads: Vec<Link>,
    pub contributes: Vec<Link>,
    /// Practices with criteria that it should answer, and how many.
    pub answers: Vec<Answered>,
    /// All of them.
    pub answers_count: usize,
    /// Playbooks it leads or helps with.
    pub playbooks: Vec<Link>,
    /// Reading paths made for it.
    pub paths: Vec<Link>,
    /// Pages it looks after.
    pub owned: Vec<Link>,
}

/// A practice and how many of its criteria a role should answer.
#[derive(Clone, Debug, Serialize)]
pub struct Answered {
    /// Leads to its criteria.
    pub practice: Link,
    pub criteria: usize,
}

impl RoleView {
    pub fn sections(&self) -> Vec<PageSection> {
        [
            (!self.leads.is_empty(), ("section-leads", "leads")),
            (!self.contributes.is_empty(), ("section-contributes", "contributes")),
            (!self.answers.is_empty(), ("section-answers", "answers_criteria")),
            (!self.playbooks.is_empty(), ("section-playbooks", "playbooks")),
            (!self.paths.is_empty(), ("section-paths", "reading_paths")),
        ]
        .into_iter()
        .filter_map(|(shown, section)| shown.then_some(section))
        .collect()
    }
}

pub fn view(cx: &PageContext<'_>, id: ThingId) -> RoleView {
    let from = |relation, kind| {
        let mut ids: Vec<ThingId> = incoming(cx.graph(), id, relation)
            .map(|edge| edge.from)
            .filter(|id| cx.thing(*id).kind == kind)
            .collect();
        ids.dedup();
        ids
    };
    let mut playbooks = from(Relation::LedBy, Kind::Playbook);
    for id in from(Relation::ContributedBy, Kind::Playbook) {
        if !playbooks.contains(&id) {
            playbooks.push(id);
        }
    }
    let described = |ids: Vec<ThingId>| ids.into_iter().map(|id| cx.described_link(id)).collect();
    let long = |id: ThingId| match (&cx.text(id).summary.fields, cx.thing(id).fields()) {
        (Fields::Role(own), Fields::Role(original)) => {
            own.title_long.clone().or_else(|| original.title_long.clone())
        }
        _ => None,
    };
    let answers = answers(cx, id);
    RoleView {
        title_long: long(id),
        leads: described(from(Relation::LedBy, Kind::Practice)),
        contributes: described(from(Relation::ContributedBy, Kind::Practice)),
        answers_count: answers.iter().map(|answered| answered.criteria).sum(),
        answers,
        playbooks: described(playbooks),
        paths: described(from(Relation::ForRole, Kind::Path)),
        owned: cx.links(super::owner::pages_of(cx, id)),
    }
}

fn answers(cx: &PageContext<'_>, id: ThingId) -> Vec<Answered> {
    let practices = cx.areas().flat_map(|(_, practices)| practices);
    let answered = practices.map(|practice| Answered {
        practice: Link { href: cx.href(*practice, Some("section-criteria")), ..cx.link(*practice) },
        criteria: outgoing(cx.graph(), *practice, Relation::AnsweredBy).filter(|edge| edge.to == id).count(),
    });
    answered.filter(|answered| answered.criteria > 0).collect()
}
