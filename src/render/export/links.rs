//! `links.json`: everything that can be linked to, for tools that make or check links.
//!
//! The contract is `schemas/links.schema.json`. Words are those of the front matter. One thing a line,
//! by kind and id, so that two states of a handbook can be compared.

use std::collections::BTreeMap;

use serde::Serialize;

use super::json::json;
use crate::config::Config;
use crate::model::{Criterion, Edge, Fields, Lang, Relation, Thing, ThingId};
use crate::render::address;
use crate::render::context::{PageContext, criterion_in};
use crate::render::index::outgoing;

/// Grows when a key that was there changes its meaning; new keys may come at any time.
const VERSION: u32 = 1;

/// A text or address by language, for the languages in which the thing is written.
type ByLang<T = String> = BTreeMap<String, T>;

#[derive(Serialize)]
struct Head<'a> {
    version: u32,
    title: ByLang<&'a str>,
    /// `None` when it is unknown; addresses are relative to this file then.
    base_url: Option<String>,
    languages: Vec<&'a str>,
}

#[derive(Default, Serialize)]
struct Entry<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    title: ByLang<&'a str>,
    url: ByLang,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    permalink: ByLang,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    also_known_as: ByLang<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    practice: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<Roles<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    requires: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<&'a str>,
    /// Of a playbook.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    practices: BTreeMap<&'a str, &'a [u8]>,
    /// Of a postmortem.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    gaps: BTreeMap<&'a str, GapEntry<'a>>,
    /// Of a reading path.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    steps: Vec<Reference<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    criteria: Vec<CriterionEntry<'a>>,
}

#[derive(Serialize)]
struct Roles<'a> {
    lead: Vec<&'a str>,
    contribute: Vec<&'a str>,
}

#[derive(Default, Serialize)]
struct GapEntry<'a> {
    criteria: Vec<&'a str>,
}

#[derive(Serialize)]
struct Reference<'a> {
    kind: &'static str,
    id: &'a str,
}

#[derive(Serialize)]
struct CriterionEntry<'a> {
    id: &'a str,
    level: u8,
    text: ByLang<&'a str>,
    permalink: ByLang,
}

/// `links.json`; `cx` stands at the root.
pub fn links(cx: &PageContext<'_>) -> String {
    let mut things: Vec<(ThingId, &Thing)> = cx.handbook().iter().collect();
    things.sort_by_key(|(_, thing)| (thing.kind, thing.id.as_ref(), &thing.address));
    let head = json(&head(cx.config));
    let mut out = String::with_capacity(things.len() * 400 + head.len());
    out.push_str(head.strip_suffix('}').unwrap_or(&head));
    out.push_str(",\"things\":[");
    for (position, (id, thing)) in things.into_iter().enumerate() {
        out.push_str(if position == 0 { "\n" } else { ",\n" });
        out.push_str(&json(&Maker { cx, id, thing }.entry()));
    }
    out.push_str("\n]}\n");
    out
}

fn head(config: &Config) -> Head<'_> {
    Head {
        version: VERSION,
        title: config.title.iter().map(|(lang, title)| (lang.to_string(), title.as_str())).collect(),
        base_url: address::absolute(&config.base_url, ""),
        languages: config.languages.iter().map(Lang::as_str).collect(),
    }
}

struct Maker<'a> {
    cx: &'a PageContext<'a>,
    id: ThingId,
    thing: &'a Thing,
}

impl<'a> Maker<'a> {
    fn entry(&self) -> Entry<'a> {
        let thing = self.thing;
        let permalink = thing.id.as_ref().map(|id| address::permalink(thing.kind, id.as_str()));
        let mut entry = Entry {
            kind: thing.kind.name(),
            id: thing.id.as_ref().map(|id| id.as_str()),
            title: self.by_lang(|lang| thing.texts.get(lang).map(|text| text.summary.title.as_str())),
            url: self.by_lang(|lang| Some(self.url(&thing.address, lang))),
            permalink: self.by_lang(|lang| Some(self.url(permalink.as_deref()?, lang))),
            also_known_as: self.by_lang(|lang| {
                let names = &thing.texts.get(lang)?.summary.common.also_known_as;
                let names: Vec<&str> = names.iter().map(|name| name.value.as_str()).collect();
                (!names.is_empty()).then_some(names)
            }),
            ..Entry::default()
        };
        self.relations(&mut entry, permalink.as_deref());
        entry
    }

    fn relations(&self, entry: &mut Entry<'a>, permalink: Option<&str>) {
        let roles = || Roles {
            lead: self.targets(Relation::LedBy),
            contribute: self.targets(Relation::ContributedBy),
        };
        match self.thing.fields() {
            Fields::Level { number } => entry.level = Some(number.value),
            Fields::Practice(fields) => {
                entry.area = self.target(Relation::InArea);
                entry.roles = Some(roles());
                entry.requires = self.targets(Relation::Requires);
                entry.related = self.targets(Relation::Related);
                let criteria = fields.criteria.iter();
                entry.criteria = criteria.map(|criterion| self.criterion(criterion, permalink)).collect();
            }
            Fields::Playbook(_) => {
                entry.roles = Some(roles());
                entry.practices =
                    self.edges(Relation::HelpsWith).map(|(id, edge)| (id, edge.levels.as_slice())).collect();
            }
            Fields::Postmortem(fields) => {
                entry.date = fields.date.as_ref().map(|date| date.value.to_string());
                entry.team = self.target(Relation::OfTeam);
                for (practice, edge) in self.edges(Relation::ShowsGap) {
                    let gap = entry.gaps.entry(practice).or_default();
                    gap.criteria.extend(edge.criterion.as_deref());
                }
            }
            Fields::Assessment(fields) => {
                entry.date = fields.date.as_ref().map(|date| date.value.to_string());
                entry.team = self.target(Relation::Assesses);
            }
            Fields::Slo(_) => entry.practice = self.target(Relation::PutsToUse),
            Fields::Path(_) => {
                entry.steps = outgoing(self.cx.graph(), self.id, Relation::Reads)
                    .filter_map(|edge| {
                        let thing = self.cx.thing(edge.to);
                        Some(Reference { kind: thing.kind.name(), id: thing.id.as_ref()?.as_str() })
                    })
                    .collect();
            }
            Fields::Area | Fields::Role(_) | Fields::Team(_) | Fields::Term(_) | Fields::Page => {}
        }
    }

    fn criterion(&self, criterion: &'a Criterion, permalink: Option<&str>) -> CriterionEntry<'a> {
        let id = criterion.id.value.as_str();
        let text = |lang: &Lang| {
            let own = (*lang == self.thing.original).then_some(&criterion.text);
            let text = criterion_in(self.thing, lang, id).or(own)?.text.as_ref()?;
            Some(text.value.as_str())
        };
        CriterionEntry {
            id,
            level: criterion.level.value,
            text: self.by_lang(text),
            permalink: self.by_lang(|lang| Some(format!("{}#{id}", self.url(permalink?, lang)))),
        }
    }

    fn edges(&self, relation: Relation) -> impl Iterator<Item = (&'a str, &'a Edge)> {
        let (cx, id) = (self.cx, self.id);
        outgoing(cx.graph(), id, relation)
            .filter_map(|edge| Some((cx.thing(edge.to).id.as_ref()?.as_str(), edge)))
    }

    fn targets(&self, relation: Relation) -> Vec<&'a str> {
        self.edges(relation).map(|(id, _)| id).collect()
    }

    fn target(&self, relation: Relation) -> Option<&'a str> {
        self.edges(relation).map(|(id, _)| id).next()
    }

    /// For the languages that the thing is written in.
    fn by_lang<T>(&self, value: impl Fn(&Lang) -> Option<T>) -> ByLang<T> {
        let languages = self.cx.config.languages.iter().filter(|lang| self.thing.texts.contains_key(*lang));
        languages.filter_map(|lang| Some((lang.to_string(), value(lang)?))).collect()
    }

    fn url(&self, address: &str, lang: &Lang) -> String {
        self.cx.url(&address::folder(address, lang, self.cx.handbook().default_language()))
    }
}
