//! `kit`: what somebody needs to lead a self-assessment: agenda, work sheet and answer cards, for paper.

use std::collections::BTreeMap;

use serde::Serialize;

use super::assess::{AnswerChoice, QuestionArea, asked, choices};
use super::common::Link;
use super::frame::Frame;
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::model::{Fields, ThingId, questions};
use crate::render::context::PageContext;

/// What is asked in a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The practices of the hour-long starter assessment.
    Starter,
    Area(ThingId),
    All,
}

/// `kit` in `kit.html`.
#[derive(Clone, Debug, Serialize)]
pub struct KitView {
    /// Everything there is a kit for; this page's own is `current`.
    pub scopes: Vec<ScopeLine>,
    /// The kit; `none` on the page that lists them.
    pub scope: Option<ScopeView>,
    /// The sheet in the browser.
    pub assess: String,
    /// The stylesheet that only these pages and the sheet load.
    pub css: String,
}

/// A scope and how long it takes.
#[derive(Clone, Debug, Serialize)]
pub struct ScopeLine {
    pub link: Link,
    pub criteria: usize,
    pub minutes: usize,
    /// Meetings of an hour and a half.
    pub meetings: usize,
}

/// The kit for a scope.
#[derive(Clone, Debug, Serialize)]
pub struct ScopeView {
    pub line: ScopeLine,
    /// The roles that are asked, those with most criteria first.
    pub who: Vec<Link>,
    pub agenda: Vec<AgendaItem>,
    pub areas: Vec<QuestionArea>,
    pub answers: Vec<AnswerChoice>,
}

/// A part of the meeting.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct AgendaItem {
    /// Its words are `kit_<step>` and `kit_<step>_about`.
    pub step: &'static str,
    pub minutes: usize,
}

/// Seconds for a criterion: most are agreed on when the cards are shown.
const SECONDS: usize = 20;

/// The parts of the meeting before and after the questions, in minutes.
const BEFORE: [(&str, usize); 2] = [("open", 5), ("cards", 5)];
const AFTER: [(&str, usize); 3] = [("targets", 5), ("next", 10), ("close", 5)];

/// Minutes that people can listen to one another.
const MEETING: usize = 90;

/// The scopes of a handbook.
pub fn scopes(cx: &PageContext<'_>) -> Vec<Scope> {
    scopes_of(cx.site, &cx.index.areas, |practice| cx.index.area_of.get(&practice).copied())
}

/// The same before there are pages.
pub fn scopes_of(
    site: &crate::model::Site,
    areas: &[ThingId],
    area_of: impl Fn(ThingId) -> Option<ThingId>,
) -> Vec<Scope> {
    let asked = questions(&site.handbook, &site.graph);
    let mut scopes = Vec::new();
    if asked.iter().any(|(_, fields)| fields.starter) {
        scopes.push(Scope::Starter);
    }
    let has_questions = |area: ThingId| asked.iter().any(|(practice, _)| area_of(*practice) == Some(area));
    scopes.extend(areas.iter().filter(|area| has_questions(**area)).map(|area| Scope::Area(*area)));
    if !asked.is_empty() {
        scopes.push(Scope::All);
    }
    scopes
}

/// Where the kit for a scope is, or the list of them.
pub fn address(site: &crate::model::Site, scope: Option<Scope>) -> String {
    let name = match scope {
        None => return "facilitation".to_owned(),
        Some(Scope::Starter) => "starter",
        Some(Scope::All) => "all",
        Some(Scope::Area(area)) => site.handbook.thing(area).id.as_ref().map_or("", |id| id.as_str()),
    };
    match scope {
        Some(Scope::Area(_)) => format!("facilitation/area-{name}"),
        _ => format!("facilitation/{name}"),
    }
}

pub fn made(cx: &PageContext<'_>, scope: Option<Scope>) -> Result<Made, Diagnostic> {
    let address = address(cx.site, scope);
    let title = match scope {
        Some(scope) => cx.words.fill("kit_title_of", &[("scope", &name(cx, scope).0)]),
        None => cx.words.get("kit_title").to_owned(),
    };
    let mut frame = Frame::generated(cx, "kit", title, Some(&address));
    frame.description = Some(cx.words.get("kit_description").to_owned());
    frame.markdown = None;
    if scope.is_some() {
        let title = cx.words.get("kit_title").to_owned();
        frame.breadcrumbs =
            vec![Link { title, href: cx.to(&self::address(cx.site, None)), ..Link::default() }];
    }
    let lines = scopes(cx).into_iter().map(|own| line(cx, own, &criteria(cx, own), scope == Some(own)));
    let view = KitView {
        scopes: lines.collect(),
        scope: scope.map(|scope| view(cx, scope)),
        assess: cx.to("assess"),
        css: cx.here.file(&cx.theme.assets.bundle("assess").css),
    };
    generated("kit.html", "kit", &view, frame)
}

fn view(cx: &PageContext<'_>, scope: Scope) -> ScopeView {
    let areas = criteria(cx, scope);
    let line = line(cx, scope, &areas, true);
    let asking = [("questions", questioning(line.criteria))];
    let agenda = BEFORE.into_iter().chain(asking).chain(AFTER);
    ScopeView {
        who: who(&areas),
        agenda: agenda.map(|(step, minutes)| AgendaItem { step, minutes }).collect(),
        line,
        areas,
        answers: choices(cx),
    }
}

/// What is asked in a scope.
fn criteria(cx: &PageContext<'_>, scope: Scope) -> Vec<QuestionArea> {
    asked(cx, |practice| match scope {
        Scope::All => true,
        Scope::Area(area) => cx.index.area_of.get(&practice) == Some(&area),
        Scope::Starter => matches!(cx.thing(practice).fields(), Fields::Practice(fields) if fields.starter),
    })
}

fn line(cx: &PageContext<'_>, scope: Scope, areas: &[QuestionArea], current: bool) -> ScopeLine {
    let practices = areas.iter().flat_map(|area| &area.practices);
    let levels = practices.flat_map(|practice| &practice.levels);
    let criteria = levels.map(|level| level.questions.len()).sum();
    let minutes =
        BEFORE.iter().chain(&AFTER).map(|(_, minutes)| minutes).sum::<usize>() + questioning(criteria);
    let (title, lang) = name(cx, scope);
    ScopeLine {
        link: Link { title, lang, href: cx.to(&address(cx.site, Some(scope))), current, ..Link::default() },
        criteria,
        minutes,
        meetings: minutes.div_ceil(MEETING),
    }
}

/// Minutes for the questions, in steps of five.
fn questioning(criteria: usize) -> usize {
    (criteria * SECONDS).div_ceil(300) * 5
}

/// What a scope is called, and in which language where it is not the page's.
fn name(cx: &PageContext<'_>, scope: Scope) -> (String, Option<String>) {
    match scope {
        Scope::Starter => (cx.words.get("kit_starter").to_owned(), None),
        Scope::All => (cx.words.get("assess_scope_all").to_owned(), None),
        Scope::Area(area) => {
            let link = cx.nav_link(area);
            (link.title, link.lang)
        }
    }
}

fn who(areas: &[QuestionArea]) -> Vec<Link> {
    let levels = areas.iter().flat_map(|area| &area.practices).flat_map(|practice| &practice.levels);
    let mut asked: BTreeMap<&str, (usize, &Link)> = BTreeMap::new();
    for role in levels.flat_map(|level| &level.questions).flat_map(|question| &question.criterion.who) {
        asked.entry(&role.href).or_insert((0, role)).0 += 1;
    }
    let mut asked: Vec<(usize, &Link)> = asked.into_values().collect();
    asked.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    asked.into_iter().map(|(_, role)| role.clone()).collect()
}
