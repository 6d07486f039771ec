//! OpenSLO files: YAML documents of kind `SLO` → documents of the handbook.
//!
//! The format is described at <https://github.com/OpenSLO/OpenSLO>; we read version 1. It belongs
//! to others, so keys that we do not know are fine; what we do read must have its type.

use std::sync::Arc;

use crate::diag::{Diagnostics, Name, Span, Spanned, nearest};
use crate::model::{
    Body, Common, Digest, Document, Fields, Kind, Objective, SloFields, SourceFile, Standing, Summary,
};
use crate::parse::Parsed;
use crate::parse::markdown::percent_decoded;
use crate::yaml::{self, Budget, Content, FromChecked, Key, Node, Record, Schema, Shape, YamlDocument};

/// The kinds of OpenSLO v1. Only service level objectives become pages.
const KINDS: &[&str] =
    &["SLO", "Service", "SLI", "DataSource", "AlertPolicy", "AlertCondition", "AlertNotificationTarget"];

/// The annotations by which an SLO takes part in the handbook.
pub const ANNOTATIONS: &[Key] = &[
    Key::new("shirube.dev/journey", Shape::Text, "what the user is doing when it matters"),
    Key::new("shirube.dev/rationale", Shape::Text, "why this target, and not more or less"),
    Key::new("shirube.dev/owner", Shape::Text, "the person or team that decides on it"),
    Key::new("shirube.dev/reviewed", Shape::Date, "the day somebody last checked that it is right"),
    Key::new("shirube.dev/practice", Shape::Name, "id of the practice it belongs to"),
    Key::new(
        "shirube.dev/aliases",
        Shape::Text,
        "old addresses below the site's root that lead here, with spaces between",
    ),
];

const DOCUMENT: &[Key] = &[
    Key::new("apiVersion", Shape::Text, "openslo/v1"),
    Key::new("kind", Shape::Text, "SLO"),
    Key::new("metadata", Shape::Open(METADATA), "`name:` and so on").required(),
    Key::new("spec", Shape::Open(SPEC), "`objectives:` and so on").required(),
];

const METADATA: &[Key] = &[
    Key::new("name", Shape::Name, "the id of the SLO").required(),
    Key::new("displayName", Shape::Text, "its title"),
    Key::new("annotations", Shape::Open(ANNOTATIONS), "how it takes part in the handbook"),
];

/// Any positive or negative number; what it may be is said in our own words.
const NUMBER: Shape = Shape::Number { min: f64::MIN, max: f64::MAX };

const SPEC: &[Key] = &[
    Key::new("description", Shape::Text, "what it promises"),
    Key::new("service", Shape::Text, "the service"),
    Key::new("indicator", Shape::Open(INDICATOR), "how it is measured"),
    Key::new("indicatorRef", Shape::Text, "name of the indicator"),
    Key::new("timeWindow", Shape::List(&Shape::Open(WINDOW)), "over which time"),
    Key::new("budgetingMethod", Shape::Text, "how the budget is counted"),
    Key::new("objectives", Shape::List(&Shape::Open(OBJECTIVE)), "what is promised"),
];

const INDICATOR: &[Key] = &[Key::new("metadata", Shape::Open(INDICATOR_METADATA), "its name")];

const INDICATOR_METADATA: &[Key] =
    &[Key::new("name", Shape::Text, "its name"), Key::new("displayName", Shape::Text, "its title")];

const WINDOW: &[Key] = &[
    Key::new("duration", Shape::Text, "28d, 4w, 1M").required(),
    Key::new("isRolling", Shape::Bool, "whether it moves with time"),
];

const OBJECTIVE: &[Key] = &[
    Key::new("displayName", Shape::Text, "its name"),
    Key::new("target", NUMBER, "share of good events"),
    Key::new("targetPercent", NUMBER, "the same in per cent"),
];

/// Reads the SLOs of a file, in the order written.
pub fn parse(file: &SourceFile) -> Parsed {
    let mut diagnostics = Diagnostics::new();
    let documents = yaml::parse_documents(&file.text, &file.path, Budget::FILE, &mut diagnostics);
    let documents = documents.iter().filter_map(|document| read(file, document, &mut diagnostics)).collect();
    Parsed { documents, diagnostics }
}

fn read(file: &SourceFile, document: &YamlDocument, diagnostics: &mut Diagnostics) -> Option<Document> {
    if !is_slo(&document.root, diagnostics) {
        return None;
    }
    let schema =
        Schema { what: "an SLO", keys: &[DOCUMENT], standing: Standing::Original, elsewhere: |_| Vec::new() };
    let mut record = yaml::read_open(&document.root, &schema, diagnostics).record;
    let mut metadata = record.take::<Record>("metadata")?;
    let mut spec = record.take::<Record>("spec")?;
    let id: Name = metadata.take("name")?;
    let title = metadata.take::<Spanned<String>>("displayName").unwrap_or_else(|| id.clone());
    let description: Option<Spanned<String>> = spec.take("description");
    let source = file.text.get(document.source.clone()).unwrap_or_default().trim();
    let mut annotations = metadata.take::<Record>("annotations");
    let aliases = aliases(take_from(&mut annotations, "shirube.dev/aliases"));
    let fields = slo(&mut annotations, &mut spec, &id, source, diagnostics);
    let common = Common {
        title: Some(title.clone()),
        description: description.clone(),
        owner: fields.owner.clone(),
        reviewed: fields.reviewed.clone(),
        aliases,
        toc: true,
        ..Common::default()
    };
    let folder = file.address.rsplit_once('/').map_or("slos", |(folder, _)| folder);
    let prose = [description.map(|text| text.value), fields.rationale.clone()];
    let text = prose.into_iter().flatten().collect::<Vec<_>>().join("\n");
    let summary = Summary {
        file: file.path.clone(),
        kind: Kind::Slo,
        lang: file.lang.clone(),
        standing: file.standing,
        index: false,
        address: format!("{folder}/{}", id.value),
        id,
        title: title.value,
        first_paragraph: text.lines().next().unwrap_or_default().chars().take(400).collect(),
        words: u32::try_from(text.split_whitespace().count()).unwrap_or(u32::MAX),
        common,
        fields: Fields::Slo(fields),
        structural_keys: Vec::new(),
        headings: Vec::new(),
        links: Vec::new(),
        images: Vec::new(),
        includes: Vec::new(),
        other_anchors: Vec::new(),
        content_hash: file.hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect(),
        // Its review is recorded as a date alone.
        digest: Digest::default(),
    };
    // The page is made of the fields; the text is there to be found.
    let body = Body { text, ..Body::default() };
    Some(Document { summary: Arc::new(summary), body: Arc::new(body) })
}

/// Whether the document is of kind SLO. Other kinds of OpenSLO are fine and of no interest; what is
/// no OpenSLO at all is reported.
fn is_slo(root: &Node, diagnostics: &mut Diagnostics) -> bool {
    let Content::Map(entries) = &root.value else {
        if root.value != Content::Null {
            diagnostics.not_openslo(root.span.clone(), "it is no map");
        }
        return false;
    };
    let text =
        |wanted: &str| entries.iter().find(|(key, _)| key.value == wanted).and_then(|(_, node)| scalar(node));
    let begin = || entries.first().map_or_else(|| root.span.clone(), |(key, _)| key.span.clone());
    let Some(version) = text("apiVersion") else {
        diagnostics.not_openslo(begin(), "it has no `apiVersion`");
        return false;
    };
    match version.value.split_once('/') {
        Some(("openslo", "v1")) => {}
        Some((maker, _)) if maker == "openslo" || maker.starts_with("openslo.") => {
            diagnostics.openslo_version(&version);
            return false;
        }
        _ => {
            diagnostics.not_openslo(version.span, "its `apiVersion` is another format's");
            return false;
        }
    }
    let Some(kind) = text("kind") else {
        diagnostics.not_openslo(begin(), "it has no `kind`");
        return false;
    };
    if !KINDS.contains(&kind.value.as_str()) {
        diagnostics.openslo_unknown_kind(&kind, nearest(&kind.value, KINDS.iter().copied()));
    }
    kind.value == "SLO"
}

fn scalar(node: &Node) -> Option<Spanned<String>> {
    match &node.value {
        Content::Scalar { text, .. } => Some(Spanned::new(text.trim().to_owned(), node.span.clone())),
        _ => None,
    }
}

/// Annotations are texts, so a list is one with spaces in it.
fn aliases(written: Option<Spanned<String>>) -> Vec<Spanned<String>> {
    let Some(written) = written else { return Vec::new() };
    let each = |alias| Spanned::new(percent_decoded(alias), written.span.clone());
    written.value.split_whitespace().map(each).collect()
}

fn slo(
    annotations: &mut Option<Record>,
    spec: &mut Record,
    id: &Name,
    source: &str,
    diagnostics: &mut Diagnostics,
) -> SloFields {
    // The standard allows one window only.
    let window = &mut spec.list::<Record>("timeWindow").into_iter().next();
    let duration: Option<Spanned<String>> = take_from(window, "duration");
    SloFields {
        service: spec.take("service"),
        objectives: objectives(spec, id, diagnostics),
        window_days: duration.as_ref().and_then(|duration| days(&duration.value)),
        window: duration,
        rolling: take_from(window, "isRolling").unwrap_or(false),
        budgeting_method: spec.take("budgetingMethod"),
        indicator: indicator(spec),
        journey: take_from(annotations, "shirube.dev/journey"),
        rationale: take_from(annotations, "shirube.dev/rationale"),
        owner: take_from(annotations, "shirube.dev/owner"),
        reviewed: take_from(annotations, "shirube.dev/reviewed"),
        practice: take_from(annotations, "shirube.dev/practice"),
        source: source.to_owned(),
    }
}

fn take_from<T: FromChecked>(record: &mut Option<Record>, key: &str) -> Option<T> {
    record.as_mut()?.take(key)
}

/// The name of the indicator, wherever it is described.
fn indicator(spec: &mut Record) -> Option<String> {
    if let Some(name) = spec.take("indicatorRef") {
        return Some(name);
    }
    let mut metadata = spec.take::<Record>("indicator")?.take::<Record>("metadata")?;
    metadata.take("displayName").or_else(|| metadata.take("name"))
}

fn objectives(spec: &mut Record, id: &Name, diagnostics: &mut Diagnostics) -> Vec<Objective> {
    if spec.was_refused("objectives") {
        return Vec::new();
    }
    let entries = spec.list::<Record>("objectives");
    if entries.is_empty() {
        diagnostics.slo_without(id.span.clone(), "objectives");
    }
    entries.into_iter().filter_map(|entry| objective(entry, diagnostics)).collect()
}

fn objective(mut entry: Record, diagnostics: &mut Diagnostics) -> Option<Objective> {
    if entry.was_refused("target") || entry.was_refused("targetPercent") {
        return None;
    }
    let share = entry.take::<Spanned<f64>>("target").map(|target| (target, "target", 1.0));
    let percent = entry.take::<Spanned<f64>>("targetPercent").map(|target| (target, "targetPercent", 100.0));
    let Some((written, key, whole)) = share.or(percent) else {
        let first = Span { end: entry.span.start, ..entry.span };
        diagnostics.slo_without(first, "target");
        return None;
    };
    if written.value <= 0.0 || written.value > whole {
        diagnostics.slo_target(written.span, key);
        return None;
    }
    if written.value == whole {
        diagnostics.slo_hundred_percent(written.span.clone());
    }
    Some(Objective { name: entry.take("displayName"), target: written.map(|value| value / whole) })
}

/// The length of a window of `28d`, `4w`, `12h` or `90m` in days; months, quarters and years have
/// no fixed one.
fn days(duration: &str) -> Option<f64> {
    let unit = duration.chars().next_back()?;
    let days_per_unit = match unit {
        'm' => 1.0 / (24.0 * 60.0),
        'h' => 1.0 / 24.0,
        'd' => 1.0,
        'w' => 7.0,
        _ => return None,
    };
    let count = duration.strip_suffix(unit)?;
    let count = count.bytes().all(|byte| byte.is_ascii_digit()).then(|| count.parse::<f64>().ok())??;
    (count > 0.0 && count <= 36_500.0 * 24.0 * 60.0).then_some(count * days_per_unit)
}
