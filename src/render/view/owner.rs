//! Who looks after a page or an action.

use serde::Serialize;

use super::common::Link;
use crate::model::{Fields, Kind, ThingId};
use crate::render::context::PageContext;

/// An owner. Owners are names; where one is the id of a team or a role, it leads there.
#[derive(Clone, Debug, Serialize)]
pub struct Owner {
    /// As written.
    pub name: String,
    /// The page of the team or role.
    pub page: Option<Link>,
}

impl Owner {
    pub fn named(cx: &PageContext<'_>, name: &str) -> Self {
        let find = |kind| cx.handbook().find(kind, name);
        let thing = find(Kind::Team).or_else(|| find(Kind::Role));
        Self { name: name.to_owned(), page: thing.map(|id| cx.link(id)) }
    }
}

/// The name of a page's owner.
pub fn name_of<'a>(cx: &PageContext<'a>, id: ThingId) -> Option<&'a str> {
    let thing = cx.thing(id);
    let own = match thing.fields() {
        Fields::Slo(slo) => slo.owner.as_ref(),
        _ => cx.text(id).summary.common.owner.as_ref(),
    };
    own.or(thing.original().summary.common.owner.as_ref()).map(|owner| owner.value.as_str())
}

/// The team that answers for an SLO: its owner, else the one that runs the service.
pub fn team_of_slo(cx: &PageContext<'_>, slo: ThingId) -> Option<ThingId> {
    let owner = name_of(cx, slo).and_then(|name| cx.handbook().find(Kind::Team, name));
    let Fields::Slo(fields) = cx.thing(slo).fields() else { return owner };
    let runs = |team: &Fields| match (team, &fields.service) {
        (Fields::Team(team), Some(service)) => team.services.contains(service),
        _ => false,
    };
    let mut teams = cx.handbook().of_kind(Kind::Team);
    owner.or_else(|| teams.find(|(_, team)| runs(team.fields())).map(|(id, _)| id))
}

/// The SLOs a team answers for.
pub fn slos_of(cx: &PageContext<'_>, team: ThingId) -> Vec<ThingId> {
    let Fields::Team(fields) = cx.thing(team).fields() else { return Vec::new() };
    let id = cx.thing(team).id.as_ref().map(|id| id.as_str());
    let may_be_its = |slo: ThingId| match cx.thing(slo).fields() {
        Fields::Slo(slo_fields) => {
            name_of(cx, slo) == id
                || slo_fields.service.as_ref().is_some_and(|one| fields.services.contains(one))
        }
        _ => false,
    };
    let slos = cx.handbook().of_kind(Kind::Slo).map(|(slo, _)| slo);
    slos.filter(|slo| may_be_its(*slo) && team_of_slo(cx, *slo) == Some(team)).collect()
}

/// What a team or role looks after, apart from what its page shows anyway.
pub fn pages_of(cx: &PageContext<'_>, owner: ThingId) -> Vec<ThingId> {
    let Some(id) = &cx.thing(owner).id else { return Vec::new() };
    // A team comes before a role of the same id.
    if cx.thing(owner).kind == Kind::Role && cx.handbook().find(Kind::Team, id.as_str()).is_some() {
        return Vec::new();
    }
    let shown = |kind| matches!(kind, Kind::Slo | Kind::Assessment | Kind::Postmortem);
    let pages = cx.handbook().iter().filter(|(page, thing)| *page != owner && !shown(thing.kind));
    pages.map(|(page, _)| page).filter(|page| name_of(cx, *page) == Some(id.as_str())).collect()
}
