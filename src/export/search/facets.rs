//! What records can be narrowed down by, beside kind and language: ids, and numbers of levels.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::{Fields, Kind, Relation, Site, Thing, ThingId, area_of};

/// The areas, practices, levels, roles and teams that a page is about.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Facets {
    pub area: BTreeSet<String>,
    pub practice: BTreeSet<String>,
    pub level: BTreeSet<u8>,
    pub role: BTreeSet<String>,
    pub team: BTreeSet<String>,
}

impl Facets {
    pub fn of(site: &Site, id: ThingId, thing: &Thing) -> Self {
        let mut facets = Self::default();
        let own = thing.id.as_ref().map(ToString::to_string);
        match thing.kind {
            Kind::Area => facets.area.extend(own),
            Kind::Practice => facets.practice.extend(own),
            Kind::Role => facets.role.extend(own),
            Kind::Team => facets.team.extend(own),
            _ => {}
        }
        match thing.fields() {
            Fields::Level { number } => facets.level.extend([number.value]),
            Fields::Practice(fields) => {
                facets.level.extend(fields.criteria.iter().map(|criterion| criterion.level.value));
            }
            _ => {}
        }
        for edge in site.graph.outgoing_of(id) {
            let name = name_of(site, edge.to);
            match edge.relation {
                Relation::InArea => facets.area.extend(name),
                Relation::HelpsWith | Relation::ShowsGap | Relation::Improves | Relation::PutsToUse => {
                    facets.practice.extend(name);
                    facets.level.extend(&edge.levels);
                    let area = area_of(&site.graph, edge.to);
                    facets.area.extend(area.and_then(|area| name_of(site, area)));
                }
                Relation::LedBy | Relation::ContributedBy | Relation::ForRole => facets.role.extend(name),
                Relation::OfTeam | Relation::Assesses => facets.team.extend(name),
                Relation::Requires
                | Relation::Related
                | Relation::AnsweredBy
                | Relation::Tailors
                | Relation::Reads => {}
            }
        }
        facets
    }

    /// Those of a part: a criterion has one level, and is answered by `roles` where it says so.
    pub fn narrowed(&self, level: Option<u8>, roles: BTreeSet<String>) -> Self {
        let mut facets = self.clone();
        if let Some(level) = level {
            facets.level = BTreeSet::from([level]);
        }
        if !roles.is_empty() {
            facets.role = roles;
        }
        facets
    }
}

/// The id of a thing.
pub fn name_of(site: &Site, id: ThingId) -> Option<String> {
    site.handbook.thing(id).id.as_ref().map(ToString::to_string)
}
