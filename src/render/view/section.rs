//! `section`: what is in a folder.

use serde::Serialize;

use super::area::{PracticeCard, cards};
use super::common::{LevelMark, Link};
use super::frame::Frame;
use super::heat::{AreaPractices, HeatMap, heat_map, practices};
use super::navigation::{Sidebar, SidebarGroup, practices_sidebar};
use super::scorecard::OPEN_BELOW;
use super::team::{Dated, dated};
use super::{Made, generated as generated_page};
use crate::diag::Diagnostic;
use crate::model::{Fields, Kind, Report, Scorecard, Thing, ThingId};
use crate::render::context::PageContext;
use crate::render::index::kind_of_folder;

/// `section` in `section.html`. Only one of the lists is filled, by what the folder holds.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SectionView {
    /// Kind of the things listed; `page` for folders of no particular kind.
    pub kind: &'static str,
    /// The practices section: area by area.
    pub areas: Vec<AreaCards>,
    /// Pages about the whole handbook that belong here.
    pub reports: Vec<Link>,
    /// The levels section.
    pub levels: Vec<LevelLine>,
    /// The postmortems section: newest year first.
    pub years: Vec<Year>,
    /// The teams section.
    pub teams: Vec<TeamLine>,
    /// Teams by area.
    pub heat: Option<HeatMap>,
    /// Below this share of answers, in hundredths, a cell is drawn open.
    pub open_below: u32,
    /// Practices by team, for the teams in `heat`.
    pub practices: Vec<AreaPractices>,
    /// Everything else.
    pub pages: Vec<Link>,
}

/// An area and its practices.
#[derive(Clone, Debug, Serialize)]
pub struct AreaCards {
    pub area: Option<Link>,
    pub practices: Vec<PracticeCard>,
}

/// A level with its description.
#[derive(Clone, Debug, Serialize)]
pub struct LevelLine {
    pub level: LevelMark,
    pub description: Option<String>,
}

/// The postmortems of a year.
#[derive(Clone, Debug, Serialize)]
pub struct Year {
    /// `none` for those without a date.
    pub year: Option<i16>,
    pub postmortems: Vec<Dated>,
}

/// A team and how many practices it has at target.
#[derive(Clone, Debug, Serialize)]
pub struct TeamLine {
    pub team: Link,
    pub tier: Option<String>,
    /// Practices at target and practices that apply; `none` before the first assessment.
    pub at_target: Option<u32>,
    pub practices: Option<u32>,
    /// Criteria answered with yes, partly or no, and criteria that apply.
    pub answered: Option<u32>,
    pub applicable: Option<u32>,
    /// The day of the newest assessment.
    pub date: Option<super::common::Day>,
}

/// Whether a page introduces a folder, rather than standing for itself.
pub fn introduces(cx: &PageContext<'_>, thing: &Thing) -> bool {
    thing.index && (kind_of_folder(&thing.address).is_some() || !cx.index.children(&thing.address).is_empty())
}

/// A folder that nobody introduced.
pub fn generated(cx: &PageContext<'_>, address: &str) -> Result<Made, Diagnostic> {
    let mut frame = Frame::generated(cx, "section", cx.folder_title(address), Some(address));
    frame.sidebar = Some(if address == "practices" || address.starts_with("practices/") {
        practices_sidebar(cx, None)
    } else {
        let children = cx.index.children(address);
        let items: Vec<Link> = children.iter().take(24).map(|id| cx.nav_link(*id)).collect();
        let more = children.len() - items.len();
        Sidebar { section: cx.folder_link(address), groups: vec![SidebarGroup { link: None, items, more }] }
    });
    generated_page("section.html", "section", &view(cx, address), frame)
}

pub fn view(cx: &PageContext<'_>, address: &str) -> SectionView {
    let kind = kind_of_folder(address).unwrap_or(Kind::Page);
    let mut view = SectionView { kind: kind.name(), open_below: OPEN_BELOW, ..SectionView::default() };
    view.reports = reports(kind).iter().filter_map(|report| cx.report(*report)).collect();
    if matches!(kind, Kind::Practice | Kind::Team) {
        view.reports.extend(cx.assess_link());
    }
    match kind {
        Kind::Practice => view.areas = areas(cx),
        Kind::Level => {
            view.levels = cx
                .index
                .levels
                .iter()
                .map(|(number, id)| LevelLine {
                    level: cx.level_mark(*number),
                    description: cx.described_link(*id).description,
                })
                .collect();
        }
        Kind::Postmortem => view.years = years(cx),
        Kind::Team => {
            view.teams = teams(cx);
            view.heat = heat_map(cx);
            view.practices = if view.heat.is_some() { practices(cx) } else { Vec::new() };
        }
        _ => {
            // Folders below one of the kinds' (`playbooks/incident/`) list what is right below.
            let mut ids: Vec<ThingId> = cx.index.children(address).to_vec();
            if kind == Kind::Term {
                ids.sort_by_cached_key(|id| (cx.text(*id).summary.title.to_lowercase(), *id));
            }
            view.pages = ids.into_iter().map(|id| cx.described_link(id)).collect();
            view.pages.extend(subfolders(cx, address).map(|folder| cx.folder_link(&folder)));
        }
    }
    view
}

/// What is about the things of a kind.
fn reports(kind: Kind) -> &'static [Report] {
    match kind {
        Kind::Practice => &[Report::Matrix, Report::Graph, Report::Coverage, Report::Overview],
        Kind::Level => &[Report::Matrix],
        Kind::Playbook => &[Report::ByPractice],
        Kind::Postmortem => &[Report::ByGap, Report::Actions],
        _ => &[],
    }
}

/// Folders right below that have no page of their own among the children.
fn subfolders<'a>(cx: &'a PageContext<'_>, address: &'a str) -> impl Iterator<Item = String> + 'a {
    let prefix = if address.is_empty() { String::new() } else { format!("{address}/") };
    let start = prefix.clone();
    cx.index
        .folders
        .range(start.clone()..)
        .take_while(move |(folder, _)| folder.starts_with(&start))
        .filter(move |(folder, page)| {
            let name = folder.get(prefix.len()..).unwrap_or_default();
            page.is_none() && !name.is_empty() && !name.contains('/')
        })
        .map(|(folder, _)| folder.clone())
}

pub fn areas(cx: &PageContext<'_>) -> Vec<AreaCards> {
    let areas = cx.index.areas.iter().copied().map(Some).chain([None]);
    areas
        .map(|area| AreaCards {
            area: area.map(|area| cx.described_link(area)),
            practices: cards(cx, cx.index.practices_in(area)),
        })
        .filter(|area| area.area.is_some() || !area.practices.is_empty())
        .collect()
}

fn years(cx: &PageContext<'_>) -> Vec<Year> {
    let mut all: Vec<(Option<jiff::civil::Date>, ThingId)> = cx
        .handbook()
        .of_kind(Kind::Postmortem)
        .map(|(id, thing)| match thing.fields() {
            Fields::Postmortem(fields) => (fields.date.as_ref().map(|date| date.value), id),
            _ => (None, id),
        })
        .collect();
    all.sort_by_key(|(date, id)| (std::cmp::Reverse(*date), *id));
    let mut years: Vec<Year> = Vec::new();
    for (date, id) in all {
        let year = date.map(|date| date.year());
        match years.last_mut() {
            Some(last) if last.year == year => last.postmortems.push(dated(cx, id)),
            _ => years.push(Year { year, postmortems: vec![dated(cx, id)] }),
        }
    }
    years
}

pub fn teams(cx: &PageContext<'_>) -> Vec<TeamLine> {
    cx.handbook()
        .of_kind(Kind::Team)
        .map(|(id, thing)| {
            let card = cx.site.scorecards.latest(id, cx.site.today);
            let summary = card.map(Scorecard::summary);
            TeamLine {
                team: cx.described_link(id),
                tier: match thing.fields() {
                    Fields::Team(fields) => fields.tier.clone(),
                    _ => None,
                },
                at_target: summary.map(|summary| summary.at_target),
                practices: summary.map(|summary| summary.practices),
                answered: summary.map(|summary| summary.answered),
                applicable: summary.map(|summary| summary.applicable),
                date: card.map(|card| cx.day(card.date)),
            }
        })
        .collect()
}
