//! SARIF 2.1.0, the OASIS format for findings, read by code scanning on GitHub, Azure and in editors.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>
//!
//! Every code of the catalogue is a rule, whether it was broken or not, so that consumers can list
//! what is checked.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};

use super::{Diagnostic, Places, Severity};
use crate::diag::{Code, Span, catalog};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The whole log, on several lines.
pub(super) fn sarif(diagnostics: &[&Diagnostic], places: &mut Places<'_>) -> String {
    let rules = rules(diagnostics);
    let index: BTreeMap<&str, usize> =
        rules.iter().enumerate().map(|(index, code)| (code.name, index)).collect();
    let results: Vec<Value> =
        diagnostics.iter().map(|diagnostic| result(diagnostic, &index, places)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "shirube",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules.into_iter().map(rule).collect::<Vec<_>>(),
                },
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    super::json::to_text(&log)
}

/// The catalogue, and what else was found, by name.
fn rules(diagnostics: &[&Diagnostic]) -> Vec<&'static Code> {
    let used = diagnostics.iter().map(|diagnostic| diagnostic.code);
    let by_name: BTreeMap<&str, &Code> = catalog::all().chain(used).map(|code| (code.name, code)).collect();
    by_name.into_values().collect()
}

fn rule(code: &'static Code) -> Value {
    json!({
        "id": code.name,
        "shortDescription": { "text": message(code.explanation) },
        "help": { "text": message(code.explanation) },
        "defaultConfiguration": { "level": level(code.severity) },
    })
}

fn result(diagnostic: &Diagnostic, rules: &BTreeMap<&str, usize>, places: &mut Places<'_>) -> Value {
    let lines: Vec<String> =
        std::iter::once(&diagnostic.message).chain(&diagnostic.help).map(|line| message(line)).collect();
    let mut result = json!({
        "ruleId": diagnostic.code.name,
        "level": level(diagnostic.severity),
        "message": { "text": lines.join("\n") },
        "locations": [],
    });
    if let Some(index) = rules.get(diagnostic.code.name) {
        result["ruleIndex"] = json!(index);
    }
    if let Some(span) = &diagnostic.span {
        result["locations"] = json!([{ "physicalLocation": physical_location(span, places) }]);
    }
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().enumerate().map(|(index, (span, label))| {
            json!({
                "id": index + 1,
                "message": { "text": message(label) },
                "physicalLocation": physical_location(span, places),
            })
        });
        result["relatedLocations"] = related.collect();
    }
    result
}

fn physical_location(span: &Span, places: &mut Places<'_>) -> Value {
    let artifact = json!({ "uri": relative_uri(&span.file), "uriBaseId": "%SRCROOT%" });
    let Some(at) = places.positions(span) else {
        return json!({ "artifactLocation": artifact });
    };
    json!({
        "artifactLocation": artifact,
        "region": {
            "startLine": at.start.line,
            "startColumn": at.start.column,
            "endLine": at.end.line,
            "endColumn": at.end.column,
        },
    })
}

/// SARIF has no hints; its notes are as harmless.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

/// Braces mean placeholders in SARIF messages (§3.11.5); doubled they are themselves.
fn message(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// A path as a relative URI reference (RFC 3986): everything but unreserved characters and `/` is percent-encoded.
fn relative_uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}
