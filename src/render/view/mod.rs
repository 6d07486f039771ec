//! What templates receive: one struct of plain values per kind of page.
//!
//! These structs are the contract with themes (API 1). Every template gets `t` (the words of the
//! page's language), `site` ([`frame::SiteView`]), `page` ([`frame::Frame`]), `content` (the body as
//! safe HTML, empty on generated pages) and one value named after its kind. Absent values are
//! `none`, never undefined, and every `href` is ready for use.

use serde::Serialize;
use tera::Value;

use super::context::PageContext;
use super::page::value;
use crate::diag::Diagnostic;
use crate::model::{Fields, Report, ThingId};

pub mod actions;
pub mod all;
pub mod area;
pub mod assess;
pub mod assessment;
pub mod by_area;
pub mod by_gap;
pub mod by_practice;
pub mod common;
pub mod coverage;
pub mod embed;
pub mod evidence;
pub mod former;
pub mod forms;
pub mod frame;
pub mod freshness;
pub mod graph;
pub mod heat;
pub mod history;
pub mod home;
pub mod kit;
pub mod level;
pub mod matrix;
pub mod navigation;
pub mod next_steps;
pub mod not_found;
pub mod overview;
pub mod owner;
pub mod page;
pub mod path;
pub mod permalink;
pub mod playbook;
pub mod postmortem;
pub mod practice;
pub mod redirect;
pub mod review;
pub mod role;
pub mod scorecard;
pub mod search;
pub mod section;
pub mod slo;
pub mod tag;
pub mod team;
pub mod term;
pub mod tombstone;
pub mod uses;
pub mod translations;

use frame::Frame;
use navigation::PageSection;

/// A page ready for its template.
#[derive(Debug)]
pub struct Made {
    /// File below `templates/`.
    pub template: &'static str,
    /// The variable that carries `view`.
    pub name: &'static str,
    pub view: Value,
    pub frame: Frame,
    /// Safe HTML.
    pub content: String,
}

/// The page of a thing.
pub fn of_thing(cx: &PageContext<'_>, id: ThingId) -> Result<Made, Diagnostic> {
    let thing = cx.thing(id);
    match thing.fields() {
        Fields::Level { number } => {
            made(cx, id, "level.html", "level", &level::view(cx, number.value), level::SECTIONS)
        }
        Fields::Area => {
            let view = area::view(cx, id);
            made(cx, id, "area.html", "area", &view, &view.sections())
        }
        Fields::Practice(fields) => {
            let view = practice::view(cx, id, fields);
            made(cx, id, "practice.html", "practice", &view, &view.sections())
        }
        Fields::Role(_) => {
            let view = role::view(cx, id);
            made(cx, id, "role.html", "role", &view, &view.sections())
        }
        Fields::Playbook(fields) => {
            made(cx, id, "playbook.html", "playbook", &playbook::view(cx, id, fields), &[])
        }
        Fields::Postmortem(fields) => {
            let view = postmortem::view(cx, id, fields);
            made(cx, id, "postmortem.html", "postmortem", &view, &view.sections())
        }
        Fields::Team(fields) => {
            let view = team::view(cx, id, fields);
            let sections = view.sections();
            let mut made = made(cx, id, "team.html", "team", &view, &sections)?;
            made.frame.lead_with(sections.len(), view.leading());
            Ok(made)
        }
        Fields::Assessment(fields) => {
            let view = assessment::view(cx, id, fields);
            made(cx, id, "assessment.html", "assessment", &view, &view.sections())
        }
        Fields::Term(_) => made(cx, id, "term.html", "term", &term::view(cx, id), &[]),
        Fields::Path(fields) => made(cx, id, "path.html", "path", &path::view(cx, id, fields), &[]),
        Fields::Slo(fields) => made(cx, id, "slo.html", "slo", &slo::view(cx, id, fields), slo::SECTIONS),
        Fields::Page if thing.address.is_empty() => made(cx, id, "home.html", "home", &home::view(cx), &[]),
        Fields::Page if section::introduces(cx, thing) => {
            made(cx, id, "section.html", "section", &section::view(cx, &thing.address), &[])
        }
        Fields::Page => made(cx, id, "page.html", "plain", &page::view(cx, id), &[]),
    }
}

/// A page about the whole handbook.
pub fn of_report(cx: &PageContext<'_>, report: Report) -> Result<Made, Diagnostic> {
    match report {
        Report::Overview => overview::made(cx),
        Report::Matrix => matrix::made(cx),
        Report::Graph => graph::made(cx),
        Report::ByPractice => by_practice::made(cx),
        Report::ByGap => by_gap::made(cx),
        Report::Coverage => coverage::made(cx),
        Report::Review => review::made(cx),
        Report::Actions => actions::made(cx),
        Report::Translations => translations::made(cx),
        Report::All => all::made(cx),
    }
}

fn made<T: Serialize>(
    cx: &PageContext<'_>,
    id: ThingId,
    template: &'static str,
    name: &'static str,
    view: &T,
    sections: &[PageSection],
) -> Result<Made, Diagnostic> {
    let links = cx.page_links(id);
    let frame = Frame::of_thing(cx, id, links, sections);
    Ok(Made { template, name, view: value(view)?, frame, content: cx.body(id, links) })
}

/// A page that no file stands for.
fn generated<T: Serialize>(
    template: &'static str,
    name: &'static str,
    view: &T,
    frame: Frame,
) -> Result<Made, Diagnostic> {
    Ok(Made { template, name, view: value(view)?, frame, content: String::new() })
}
