//! `coverage`: what the handbook has for each practice and level, and what it lacks.

use std::collections::BTreeSet;

use serde::Serialize;

use super::by_area::{AreaRows, by_area};
use super::common::{Language, LevelMark, Link};
use super::frame::Frame;
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::model::{Kind, LevelCoverage, PracticeCoverage, Relation, Report, ThingId};
use crate::render::context::PageContext;
use crate::render::index::outgoing;

/// `coverage` in `coverage.html`.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageView {
    /// The whole in a few figures.
    pub summary: Vec<Figure>,
    /// The columns.
    pub levels: Vec<LevelMark>,
    /// Whether anybody could lead: without roles the column says nothing.
    pub has_roles: bool,
    /// All columns: two for each level.
    pub columns: usize,
    pub areas: Vec<AreaRows<CoverageRow>>,
    /// Playbooks that name no practice they help with.
    pub playbooks_alone: Vec<Link>,
    /// What cannot be read in a language.
    pub untranslated: Vec<Untranslated>,
    /// Pages without any relation that no body links to.
    pub orphans: Vec<Link>,
}

/// A figure of the summary.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// Key of the words that say what is counted.
    pub name: &'static str,
    pub count: usize,
    /// Of how many; `none` where the fewer the better.
    pub of: Option<usize>,
    /// Something is missing.
    pub lacking: bool,
    /// To the list on this page, where there is one.
    pub href: Option<&'static str>,
}

/// What there is for a practice.
#[derive(Clone, Debug, Serialize)]
pub struct CoverageRow {
    pub practice: Link,
    /// Id of the row.
    pub anchor: String,
    /// Parallel to the columns.
    pub cells: Vec<Cell>,
    /// Roles that lead it.
    pub lead: Vec<Link>,
    /// The handbook's languages, by their own names, in which it cannot be read.
    pub missing_languages: Vec<Language>,
}

/// What there is for a practice at a level.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    pub level: u8,
    pub criteria: u32,
    pub playbooks: usize,
    /// Nothing is asked, though the level is one to be reached.
    pub no_criteria: bool,
    /// Something is asked, and no playbook helps.
    pub no_playbook: bool,
    /// To the level on the practice's page, where it asks something.
    pub href: Option<String>,
}

/// What cannot be read in a language.
#[derive(Clone, Debug, Serialize)]
pub struct Untranslated {
    pub language: Language,
    pub pages: Vec<Link>,
}

pub fn made(cx: &PageContext<'_>) -> Result<Made, Diagnostic> {
    let coverage = &cx.site.coverage;
    let levels: BTreeSet<u8> =
        coverage.practices.values().flat_map(|practice| practice.levels.keys().copied()).collect();
    let view = CoverageView {
        summary: summary(cx),
        levels: levels.iter().map(|number| cx.level_mark(*number)).collect(),
        has_roles: has_roles(cx),
        columns: 1
            + 2 * levels.len()
            + usize::from(has_roles(cx))
            + usize::from(cx.config.languages.len() > 1),
        areas: by_area(cx, |practice| row(cx, practice, &levels)),
        playbooks_alone: cx.links(coverage.playbooks_alone.iter().copied()),
        untranslated: coverage
            .untranslated
            .iter()
            .map(|(lang, pages)| Untranslated {
                language: Language::new(cx, lang),
                pages: cx.links(pages.iter().copied()),
            })
            .collect(),
        orphans: cx.links(coverage.orphans.iter().copied()),
    };
    generated("coverage.html", "coverage", &view, Frame::report(cx, Report::Coverage))
}

pub fn figures(cx: &PageContext<'_>) -> String {
    let levels = || asked(cx);
    let helped = levels().filter(|level| !level.playbooks.is_empty()).count().to_string();
    cx.words.fill("n_steps_with_playbook", &[("n", &helped), ("all", &levels().count().to_string())])
}

/// Every level of every practice at which something is asked.
fn asked<'a>(cx: &PageContext<'a>) -> impl Iterator<Item = &'a LevelCoverage> {
    let levels = cx.site.coverage.practices.values().flat_map(|practice| practice.levels.values());
    levels.filter(|level| level.criteria > 0)
}

fn summary(cx: &PageContext<'_>) -> Vec<Figure> {
    let coverage = &cx.site.coverage;
    let practices = coverage.practices.len();
    let full = |name, count, of| Figure { name, count, of: Some(of), lacking: count < of, href: None };
    let levels = coverage.practices.values().map(|practice| practice.levels.len()).sum();
    let mut figures = vec![full("covered_criteria", asked(cx).count(), levels)];
    let helped = asked(cx).filter(|level| !level.playbooks.is_empty()).count();
    figures.push(full("covered_playbooks", helped, asked(cx).count()));
    if has_roles(cx) {
        let led = coverage.practices.values().filter(|practice| practice.led).count();
        figures.push(full("covered_led", led, practices));
    }
    if cx.config.languages.len() > 1 {
        let complete = |id: &&ThingId| !coverage.untranslated.values().any(|missing| missing.contains(id));
        let translated = coverage.practices.keys().filter(complete).count();
        figures.push(full("covered_languages", translated, practices));
    }
    let list = |name, href, count| Figure { name, count, of: None, lacking: count > 0, href: Some(href) };
    let untranslated: BTreeSet<&ThingId> = coverage.untranslated.values().flatten().collect();
    for figure in [
        list("playbooks_alone", "#playbooks-alone", coverage.playbooks_alone.len()),
        list("untranslated", "#untranslated", untranslated.len()),
        list("orphans", "#orphans", coverage.orphans.len()),
    ] {
        if figure.lacking {
            figures.push(figure);
        }
    }
    figures
}

fn has_roles(cx: &PageContext<'_>) -> bool {
    cx.handbook().of_kind(Kind::Role).next().is_some()
}

fn row(cx: &PageContext<'_>, practice: ThingId, levels: &BTreeSet<u8>) -> Option<CoverageRow> {
    let covered = cx.site.coverage.practices.get(&practice)?;
    let thing = cx.thing(practice);
    let missing = cx.config.languages.iter().filter(|lang| !thing.texts.contains_key(*lang));
    Some(CoverageRow {
        practice: cx.link(practice),
        anchor: cx.anchor(practice),
        cells: levels.iter().map(|level| cell(cx, practice, covered, *level)).collect(),
        lead: outgoing(cx.graph(), practice, Relation::LedBy).map(|edge| cx.nav_link(edge.to)).collect(),
        missing_languages: missing.map(|lang| Language::new(cx, lang)).collect(),
    })
}

fn cell(cx: &PageContext<'_>, practice: ThingId, covered: &PracticeCoverage, level: u8) -> Cell {
    let known = covered.levels.get(&level);
    let criteria = known.map_or(0, |known| known.criteria);
    let playbooks = known.map_or(0, |known| known.playbooks.len());
    Cell {
        level,
        criteria,
        playbooks,
        no_criteria: known.is_some() && criteria == 0,
        no_playbook: criteria > 0 && playbooks == 0,
        href: (criteria > 0).then(|| cx.href(practice, Some(&format!("level-{level}")))),
    }
}
