//! `home`: the front page.

use serde::Serialize;

use super::common::{LevelMark, Link};
use super::frame::Frame;
use super::heat::{HeatMap, heat_map};
use super::scorecard::OPEN_BELOW;
use super::section::{AreaCards, TeamLine, areas, teams};
use super::team::{Dated, dated};
use super::{Made, generated as generated_page};
use crate::diag::Diagnostic;
use crate::model::{Fields, Kind, Report};
use crate::render::context::PageContext;

/// `home` in `home.html`.
#[derive(Clone, Debug, Serialize)]
pub struct HomeView {
    /// *I am new here*: the first onboarding path, else the section.
    pub newcomers: Option<Link>,
    /// *We assess ourselves*: the self-assessment, else the levels or the practices.
    pub assess: Option<Link>,
    /// *Something broke*: the first playbook tagged `incident`, else the section.
    pub broken: Option<Link>,
    /// The maturity scale.
    pub levels: Vec<LevelMark>,
    pub areas: Vec<AreaCards>,
    pub teams: Vec<TeamLine>,
    /// Teams by area.
    pub heat: Option<HeatMap>,
    /// Below this share of answers, in hundredths, a cell is drawn open.
    pub open_below: u32,
    /// The five newest.
    pub postmortems: Vec<Dated>,
    /// All practices by level.
    pub matrix: Option<Link>,
}

/// A home page that nobody wrote.
pub fn generated(cx: &PageContext<'_>) -> Result<Made, Diagnostic> {
    let title = cx.config.title.get(cx.lang).cloned().unwrap_or_default();
    let mut frame = Frame::generated(cx, "home", title, Some(""));
    frame.description = cx.config.description.get(cx.lang).cloned().filter(|text| !text.is_empty());
    generated_page("home.html", "home", &view(cx), frame)
}

pub fn view(cx: &PageContext<'_>) -> HomeView {
    let first = |kind: Kind| cx.handbook().of_kind(kind).next().map(|(id, _)| cx.described_link(id));
    let section = |folder: &str| cx.index.folders.contains_key(folder).then(|| cx.folder_link(folder));
    let mut postmortems: Vec<_> = cx
        .handbook()
        .of_kind(Kind::Postmortem)
        .map(|(id, thing)| match thing.fields() {
            Fields::Postmortem(fields) => (fields.date.as_ref().map(|date| date.value), id),
            _ => (None, id),
        })
        .collect();
    postmortems.sort_by_key(|(date, id)| (std::cmp::Reverse(*date), *id));
    HomeView {
        newcomers: first(Kind::Path).or_else(|| section("onboarding")),
        assess: cx.assess_link().or_else(|| section("levels")).or_else(|| section("practices")),
        broken: for_incidents(cx).or_else(|| section("playbooks")),
        levels: cx.index.levels.iter().map(|(number, _)| cx.level_mark(*number)).collect(),
        areas: areas(cx),
        teams: teams(cx),
        heat: heat_map(cx),
        open_below: OPEN_BELOW,
        postmortems: postmortems.into_iter().take(5).map(|(_, id)| dated(cx, id)).collect(),
        matrix: cx.report(Report::Matrix),
    }
}

fn for_incidents(cx: &PageContext<'_>) -> Option<Link> {
    let things = &cx.index.tags.get("incident")?.things;
    things.iter().find(|id| cx.thing(**id).kind == Kind::Playbook).map(|id| cx.described_link(*id))
}
