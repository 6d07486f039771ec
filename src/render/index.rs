//! What pages look up: computed once for the whole site, in linear time.

use std::collections::{BTreeMap, BTreeSet};

use super::{address, reports};
use crate::model::{
    AnswerEntry, AssessmentFields, CriterionFate, Edge, Fields, Graph, Kind, Relation, Report, Site, Text,
    Thing, ThingId, has_criterion,
};

/// Look-ups over a site that many pages share.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Things right below an address, in order; introductions (`_index.md`) stand below their parent.
    pub children: BTreeMap<String, Vec<ThingId>>,
    /// Addresses with something below them, each with the page that introduces it if one is written.
    pub folders: BTreeMap<String, Option<ThingId>>,
    /// Areas in order.
    pub areas: Vec<ThingId>,
    /// Practices by area, in order; `None` for those without one.
    pub practices: BTreeMap<Option<ThingId>, Vec<ThingId>>,
    /// The area of a practice.
    pub area_of: BTreeMap<ThingId, ThingId>,
    /// Levels by number, ascending.
    pub levels: Vec<(u8, ThingId)>,
    /// By slug: the tag as first written, and what carries it.
    pub tags: BTreeMap<String, Tag>,
    /// By assessment: what was answered.
    pub answers: BTreeMap<ThingId, Answers>,
    /// Whether any practice has criteria, so that there is something to assess.
    pub has_questions: bool,
    /// The pages about the whole handbook that there are.
    pub reports: Vec<Report>,
    /// Position of a thing among its siblings in `children`.
    position: BTreeMap<ThingId, (String, usize)>,
}

/// A tag and what carries it.
#[derive(Clone, Debug, Default)]
pub struct Tag {
    pub name: String,
    pub things: Vec<ThingId>,
}

/// The answers of an assessment, under the names that practices and criteria have today.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// By practice and criterion: where the answer stands in [`AssessmentFields::answers`].
    places: BTreeMap<(ThingId, String), (usize, usize)>,
}

impl Answers {
    /// An assessment is history and keeps the names of its day; `model.yaml` says what they are now.
    /// What is answered under today's name wins.
    fn new(site: &Site, fields: &AssessmentFields) -> Self {
        let handbook = &site.handbook;
        let mut answers = Self::default();
        for (at, practice) in fields.answers.iter().enumerate() {
            for (entry_at, entry) in practice.answers.iter().enumerate() {
                let (written, criterion) = (practice.practice.value.as_str(), entry.criterion.value.as_str());
                if has_criterion(handbook, written, criterion) {
                    if let Some(id) = handbook.find(Kind::Practice, written) {
                        answers.places.insert((id, criterion.to_owned()), (at, entry_at));
                    }
                } else if let Some(CriterionFate::Renamed(id, today)) =
                    site.succession.former_criterion(handbook, written, criterion)
                {
                    answers.places.entry((id, today)).or_insert((at, entry_at));
                }
            }
        }
        answers
    }

    /// What was answered to `criterion`.
    pub fn entry<'a>(
        &self,
        fields: &'a AssessmentFields,
        practice: ThingId,
        criterion: &str,
    ) -> Option<&'a AnswerEntry> {
        let (at, entry_at) = self.places.get(&(practice, criterion.to_owned()))?;
        fields.answers.get(*at)?.answers.get(*entry_at)
    }

    /// Whether anything was answered to `practice`.
    pub fn of(&self, practice: ThingId) -> bool {
        let from = (practice, String::new());
        self.places.range(from..).next().is_some_and(|((found, _), _)| *found == practice)
    }
}

impl Index {
    pub fn new(site: &Site) -> Self {
        let mut index = Self::default();
        for (id, thing) in site.handbook.iter() {
            index.place(site, id, thing);
            index.tag(id, thing);
            match thing.fields() {
                Fields::Level { number } => index.levels.push((number.value, id)),
                Fields::Area => index.areas.push(id),
                Fields::Assessment(fields) => {
                    index.answers.insert(id, Answers::new(site, fields));
                }
                Fields::Practice(fields) => {
                    index.has_questions |= !fields.criteria.is_empty();
                    let area = outgoing(&site.graph, id, Relation::InArea).map(|edge| edge.to).next();
                    index.practices.entry(area).or_default().push(id);
                    if let Some(area) = area {
                        index.area_of.insert(id, area);
                    }
                }
                _ => {}
            }
        }
        index.levels.sort();
        for (parent, children) in &index.children {
            for (position, child) in children.iter().enumerate() {
                index.position.insert(*child, (parent.clone(), position));
            }
        }
        index.reports = reports::of(site, &index);
        index
    }

    /// The siblings before and after a thing.
    pub fn neighbours(&self, id: ThingId) -> (Option<ThingId>, Option<ThingId>) {
        let Some((siblings, position)) = self.siblings(id) else { return (None, None) };
        let before = position.checked_sub(1).and_then(|before| siblings.get(before));
        (before.copied(), siblings.get(position + 1).copied())
    }

    /// What stands beside a thing, and its own position there.
    pub fn siblings(&self, id: ThingId) -> Option<(&[ThingId], usize)> {
        let (parent, position) = self.position.get(&id)?;
        Some((self.children.get(parent)?.as_slice(), *position))
    }

    /// The things right below an address.
    pub fn children(&self, address: &str) -> &[ThingId] {
        self.children.get(address).map_or(&[], Vec::as_slice)
    }

    pub fn practices_in(&self, area: Option<ThingId>) -> &[ThingId] {
        self.practices.get(&area).map_or(&[], Vec::as_slice)
    }

    pub fn level(&self, number: u8) -> Option<ThingId> {
        self.levels.iter().find(|(level, _)| *level == number).map(|(_, id)| *id)
    }

    /// Records a thing below the folder above it, and every folder on the way to the root.
    fn place(&mut self, site: &Site, id: ThingId, thing: &Thing) {
        let Some(mut folder) = address::parent(&thing.address) else { return };
        self.children.entry(folder.to_owned()).or_default().push(id);
        loop {
            if self.folders.contains_key(folder) {
                break;
            }
            self.folders.insert(folder.to_owned(), site.handbook.by_address.get(folder).copied());
            match address::parent(folder) {
                Some(above) => folder = above,
                None => break,
            }
        }
    }

    fn tag(&mut self, id: ThingId, thing: &Thing) {
        let mut seen = BTreeSet::new();
        for text in thing.texts.values() {
            for tag in &text.summary.common.tags {
                let slug = address::slug(&tag.value);
                if !slug.is_empty() && seen.insert(slug.clone()) {
                    let entry = self.tags.entry(slug).or_default();
                    if entry.name.is_empty() {
                        entry.name.clone_from(&tag.value);
                    }
                    entry.things.push(id);
                }
            }
        }
    }
}

/// The relations of one sort that start at a thing.
pub fn outgoing(graph: &Graph, id: ThingId, relation: Relation) -> impl Iterator<Item = &Edge> {
    graph.outgoing_of(id).filter(move |edge| edge.relation == relation)
}

/// The relations of one sort that lead to a thing.
pub fn incoming(graph: &Graph, id: ThingId, relation: Relation) -> impl Iterator<Item = &Edge> {
    graph.incoming_of(id).filter(move |edge| edge.relation == relation)
}

/// The day a text speaks for: the day of the event, else the day it was last vouched for, else the day
/// its file was last changed.
pub fn day_of(site: &Site, thing: &Thing, text: &Text) -> Option<jiff::civil::Date> {
    let own = match thing.fields() {
        Fields::Postmortem(fields) => fields.date.as_ref(),
        Fields::Assessment(fields) => fields.date.as_ref(),
        Fields::Slo(fields) => fields.reviewed.as_ref(),
        _ => None,
    };
    own.or(text.summary.common.reviewed.as_ref())
        .or(thing.original().summary.common.reviewed.as_ref())
        .map(|date| date.value)
        .or_else(|| site.history.get(&text.summary.file).copied())
}

/// The kind whose things live in this folder; areas stand for practices.
pub fn kind_of_folder(address: &str) -> Option<Kind> {
    let kind = Kind::ALL.into_iter().find(|kind| kind.folder() == Some(address))?;
    Some(if kind == Kind::Area { Kind::Practice } else { kind })
}
