//! The rows of each list. The keys in JSON are the columns of the table, and some more.

use std::borrow::Cow;

use serde::Serialize;

use crate::diag::catalog;
use crate::model::{ActionState, Fields, Handbook, Kind, Site, ThingId};
use crate::pipeline;

/// A row of a list.
pub trait Row: Serialize {
    const COLUMNS: &'static [&'static str];
    fn cells(&self) -> Vec<Cow<'_, str>>;
}

/// A thing of the handbook.
#[derive(Debug, Serialize)]
pub struct ThingRow<'a> {
    /// `null` for a plain page without an id of its own.
    id: Option<&'a str>,
    title: &'a str,
    file: &'a str,
    /// The languages it can be read in, the handbook's default first.
    languages: Vec<&'a str>,
}

impl Row for ThingRow<'_> {
    // The title last: its width in cells depends on the terminal where it is not ASCII.
    const COLUMNS: &'static [&'static str] = &["ID", "LANGUAGES", "FILE", "TITLE"];

    fn cells(&self) -> Vec<Cow<'_, str>> {
        vec![
            self.id.unwrap_or("-").into(),
            self.languages.join(" ").into(),
            self.file.into(),
            self.title.into(),
        ]
    }
}

pub fn things(site: &Site, kind: Kind) -> Vec<ThingRow<'_>> {
    site.handbook.of_kind(kind).map(|(id, _)| thing(&site.handbook, id)).collect()
}

/// Pages that nothing points at.
pub fn orphans(site: &Site) -> Vec<ThingRow<'_>> {
    site.coverage.orphans.iter().map(|id| thing(&site.handbook, *id)).collect()
}

/// Pages that lack one of the handbook's languages.
pub fn untranslated(site: &Site) -> Vec<ThingRow<'_>> {
    let mut missing: Vec<ThingId> = site.coverage.untranslated.values().flatten().copied().collect();
    missing.sort_unstable();
    missing.dedup();
    missing.into_iter().map(|id| thing(&site.handbook, id)).collect()
}

/// Pages whose review is due, by its date or because something they rest on was changed.
pub fn stale(site: &Site) -> Vec<ThingRow<'_>> {
    let is_over = |common: &crate::model::Common| common.next_review().is_some_and(|day| day <= site.today);
    let things = site.handbook.iter().filter(|(id, thing)| {
        is_over(&thing.original().summary.common) || site.freshness.changes.contains_key(id)
    });
    things.map(|(id, _)| thing(&site.handbook, id)).collect()
}

fn thing(handbook: &Handbook, id: ThingId) -> ThingRow<'_> {
    let thing = handbook.thing(id);
    let summary = &thing.original().summary;
    let languages = handbook.languages.iter().filter(|lang| thing.texts.contains_key(*lang));
    ThingRow {
        id: thing.id.as_ref().map(|id| id.as_str()),
        title: &summary.title,
        file: &summary.file,
        languages: languages.map(|lang| lang.as_str()).collect(),
    }
}

/// A criterion of a practice.
#[derive(Debug, Serialize)]
pub struct CriterionRow<'a> {
    practice: &'a str,
    level: u8,
    criterion: &'a str,
    text: &'a str,
    evidence: Option<&'a str>,
}

impl Row for CriterionRow<'_> {
    const COLUMNS: &'static [&'static str] = &["PRACTICE", "LEVEL", "CRITERION", "TEXT"];

    fn cells(&self) -> Vec<Cow<'_, str>> {
        vec![self.practice.into(), self.level.to_string().into(), self.criterion.into(), self.text.into()]
    }
}

pub fn criteria(site: &Site) -> Vec<CriterionRow<'_>> {
    let mut rows = Vec::new();
    for (_, thing) in site.handbook.of_kind(Kind::Practice) {
        let (Fields::Practice(fields), Some(id)) = (thing.fields(), &thing.id) else { continue };
        rows.extend(fields.criteria.iter().map(|criterion| CriterionRow {
            practice: id.as_str(),
            level: criterion.level.value,
            criterion: &criterion.id.value,
            text: criterion.text.text.as_ref().map_or("", |text| &text.value),
            evidence: criterion.text.evidence.as_ref().map(|evidence| evidence.value.as_str()),
        }));
    }
    rows
}

/// Something a postmortem decided to do.
#[derive(Debug, Serialize)]
pub struct ActionRow<'a> {
    postmortem: &'a str,
    action: &'a str,
    state: &'static str,
    due: Option<String>,
    /// Open, and past the day it was due.
    overdue: bool,
    owner: Option<&'a str>,
    text: &'a str,
}

impl Row for ActionRow<'_> {
    const COLUMNS: &'static [&'static str] = &["STATE", "DUE", "OWNER", "POSTMORTEM", "ACTION", "TEXT"];

    fn cells(&self) -> Vec<Cow<'_, str>> {
        vec![
            if self.overdue { "overdue" } else { self.state }.into(),
            self.due.as_deref().unwrap_or("-").into(),
            self.owner.unwrap_or("-").into(),
            self.postmortem.into(),
            self.action.into(),
            self.text.into(),
        ]
    }
}

pub fn actions(site: &Site) -> Vec<ActionRow<'_>> {
    let mut rows = Vec::new();
    for (_, thing) in site.handbook.of_kind(Kind::Postmortem) {
        let (Fields::Postmortem(fields), Some(id)) = (thing.fields(), &thing.id) else { continue };
        rows.extend(fields.actions.iter().map(|action| ActionRow {
            postmortem: id.as_str(),
            action: &action.id.value,
            state: action.state.name(),
            due: action.due.as_ref().map(|due| due.value.to_string()),
            overdue: action.state == ActionState::Open
                && action.due.as_ref().is_some_and(|due| due.value < site.today),
            owner: action.owner.as_ref().map(|owner| owner.value.as_str()),
            text: &action.text,
        }));
    }
    rows
}

/// What there is for one practice at one level.
#[derive(Debug, Serialize)]
pub struct CoverageRow<'a> {
    practice: &'a str,
    level: u8,
    criteria: u32,
    /// Ids of the playbooks that help to reach the level.
    playbooks: Vec<&'a str>,
    /// Whether a role leads the practice.
    led: bool,
}

impl Row for CoverageRow<'_> {
    const COLUMNS: &'static [&'static str] = &["PRACTICE", "LEVEL", "CRITERIA", "LED", "PLAYBOOKS"];

    fn cells(&self) -> Vec<Cow<'_, str>> {
        vec![
            self.practice.into(),
            self.level.to_string().into(),
            self.criteria.to_string().into(),
            if self.led { "yes" } else { "no" }.into(),
            if self.playbooks.is_empty() { "-".into() } else { self.playbooks.join(" ").into() },
        ]
    }
}

pub fn coverage(site: &Site) -> Vec<CoverageRow<'_>> {
    let name = |id: ThingId| site.handbook.thing(id).id.as_ref().map_or("-", |id| id.as_str());
    let mut rows = Vec::new();
    for (id, practice) in &site.coverage.practices {
        rows.extend(practice.levels.iter().map(|(level, at_level)| CoverageRow {
            practice: name(*id),
            level: *level,
            criteria: at_level.criteria,
            playbooks: at_level.playbooks.iter().map(|id| name(*id)).collect(),
            led: practice.led,
        }));
    }
    rows
}

/// A complaint.
#[derive(Debug, Serialize)]
pub struct CodeRow {
    code: &'static str,
    severity: &'static str,
    explanation: &'static str,
}

impl Row for CodeRow {
    const COLUMNS: &'static [&'static str] = &["CODE", "SEVERITY", "EXPLANATION"];

    fn cells(&self) -> Vec<Cow<'_, str>> {
        vec![self.code.into(), self.severity.into(), self.explanation.into()]
    }
}

pub fn codes() -> Vec<CodeRow> {
    let mut codes: Vec<CodeRow> = catalog::all()
        .map(|code| CodeRow {
            code: code.name,
            severity: code.severity.name(),
            explanation: code.explanation,
        })
        .collect();
    codes.sort_by_key(|row| row.code);
    codes
}

/// A key of front matter or configuration.
#[derive(Debug, Serialize)]
pub struct KeyRow {
    /// The kind of content it belongs to, `every` for those that all kinds have, or the name of a configuration file.
    kind: &'static str,
    /// With the keys around it: `criteria.<level>[].text`.
    key: String,
    takes: String,
    /// Whether a translation carries it too.
    translatable: bool,
    required: bool,
    about: &'static str,
}

impl Row for KeyRow {
    const COLUMNS: &'static [&'static str] = &["KIND", "KEY", "TAKES", "ABOUT"];

    fn cells(&self) -> Vec<Cow<'_, str>> {
        vec![self.kind.into(), (&self.key).into(), (&self.takes).into(), self.about.into()]
    }
}

/// The very tables that front matter and configuration are read by.
pub fn keys() -> Vec<KeyRow> {
    let mut rows = Vec::new();
    for (kind, keys) in pipeline::keys() {
        rows.extend(keys.into_iter().map(|row| KeyRow {
            kind,
            key: row.path,
            takes: row.shape,
            translatable: row.translatable,
            required: row.required,
            about: row.about,
        }));
    }
    rows
}
