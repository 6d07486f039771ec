//! What a page rests on: a review of it holds while this stays as it is.
//!
//! * the page's own text;
//! * the text of every criterion that it links to, that a team decided against, or that a playbook
//!   helps to fulfil (those of its practices at its levels);
//! * targets and window of every SLO that it links to or shows in a code fence;
//! * what the practices and terms that it names are called.
//!
//! The gaps and actions of a postmortem are no such things: they tell of their day.

use std::collections::BTreeMap;

use crate::model::{
    Criterion, Dependency, Fields, Graph, Handbook, Kind, Relation, ResolvedLink, ShortHash, SloFields,
    Summary, ThingId,
};

/// What `id` rests on today, each with its hash.
pub fn dependencies(handbook: &Handbook, graph: &Graph, id: ThingId) -> BTreeMap<Dependency, ShortHash> {
    let mut found = Found { handbook, dependencies: BTreeMap::new() };
    let thing = handbook.thing(id);
    found.dependencies.insert(Dependency::Itself, thing.original().summary.digest.whole());
    for edge in graph.outgoing_of(id) {
        match edge.relation {
            Relation::HelpsWith => {
                found.name(edge.to);
                found.criteria(edge.to, |criterion| edge.levels.contains(&criterion.level.value));
            }
            Relation::Tailors => {
                found.name(edge.to);
                found.criteria(edge.to, |criterion| edge.criterion.as_ref() == Some(&criterion.id.value));
            }
            Relation::Requires | Relation::Related | Relation::Reads => found.name(edge.to),
            _ => {}
        }
    }
    if let Some(page) = graph.pages.get(&(id, thing.original.clone())) {
        for link in &page.links {
            let ResolvedLink::Thing { thing: to, fragment } = link else { continue };
            if *to != id {
                found.name(*to);
                found.criteria(*to, |criterion| fragment.as_ref() == Some(&criterion.id.value));
                found.slo(*to);
            }
        }
        for slo in &page.included_slos {
            found.slo(*slo);
        }
    }
    found.dependencies
}

struct Found<'a> {
    handbook: &'a Handbook,
    dependencies: BTreeMap<Dependency, ShortHash>,
}

impl Found<'_> {
    fn name(&mut self, to: ThingId) {
        let thing = self.handbook.thing(to);
        if let (Kind::Practice | Kind::Term, Some(id)) = (thing.kind, &thing.id) {
            let name = Dependency::Name(thing.kind, id.to_string());
            self.dependencies.insert(name, name_hash(&thing.original().summary));
        }
    }

    fn criteria(&mut self, to: ThingId, wanted: impl Fn(&Criterion) -> bool) {
        let thing = self.handbook.thing(to);
        let (Fields::Practice(fields), Some(id)) = (thing.fields(), &thing.id) else { return };
        for criterion in fields.criteria.iter().filter(|criterion| wanted(criterion)) {
            let name =
                Dependency::Criterion { practice: id.to_string(), criterion: criterion.id.value.clone() };
            self.dependencies.insert(name, criterion_hash(criterion));
        }
    }

    fn slo(&mut self, to: ThingId) {
        let thing = self.handbook.thing(to);
        if let (Fields::Slo(fields), Some(id)) = (thing.fields(), &thing.id) {
            self.dependencies.insert(Dependency::Slo(id.to_string()), slo_hash(fields));
        }
    }
}

/// Capital letters are a matter of taste.
pub(super) fn name_hash(summary: &Summary) -> ShortHash {
    ShortHash::of(&summary.title.to_lowercase())
}

pub(super) fn criterion_hash(criterion: &Criterion) -> ShortHash {
    ShortHash::of(criterion.text.text.as_ref().map_or("", |text| &text.value))
}

/// `target: 0.999` and `targetPercent: 99.9` are the same.
pub(super) fn slo_hash(fields: &SloFields) -> ShortHash {
    let mut text = format!(
        "{} {}",
        fields.window.as_ref().map_or("", |window| &window.value),
        if fields.rolling { "rolling" } else { "calendar" }
    );
    for objective in &fields.objectives {
        text.push_str(&format!(" {:.9}", objective.target.value));
    }
    ShortHash::of(&text)
}
