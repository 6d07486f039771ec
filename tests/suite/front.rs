//! Front matter and OpenSLO files: what is read, and what is complained of.

use std::sync::Arc;

use shirube::diag::{Diagnostics, Position, Severity};
use shirube::model::{Answer, Fields, Kind, Lang, SourceFile, Standing};
use shirube::parse::front::{self, Front};
use shirube::parse::openslo;
use shirube::yaml::Key;

use crate::keys;

/// A path whose folder and name are right for the kind.
fn path(kind: Kind) -> &'static str {
    match kind {
        Kind::Level => "content/levels/2-planned.md",
        Kind::Area => "content/practices/slo/_index.md",
        Kind::Practice => "content/practices/slo/slo-targets.md",
        Kind::Role => "content/roles/sre.md",
        Kind::Playbook => "content/playbooks/pager-storm.md",
        Kind::Postmortem => "content/postmortems/2026-11-20-search.md",
        Kind::Team => "content/teams/search/_index.md",
        Kind::Assessment => "content/teams/search/assessments/2026-11-20.md",
        Kind::Term => "content/glossary/slo.md",
        Kind::Path => "content/onboarding/first-week.md",
        Kind::Slo => "content/slos/search.yaml",
        Kind::Page => "content/about.md",
    }
}

fn file(kind: Kind, standing: Standing, text: &str) -> SourceFile {
    let path = path(kind);
    let stem = path.rsplit('/').next().unwrap().split('.').next().unwrap();
    SourceFile {
        path: path.into(),
        text: text.into(),
        hash: [7; 32],
        kind,
        id: match kind {
            Kind::Level => "planned".into(),
            Kind::Area => "slo".into(),
            Kind::Team => "search".into(),
            Kind::Assessment => "search/2026-11-20".into(),
            _ => stem.into(),
        },
        lang: Lang::new(if standing == Standing::Original { "en" } else { "ja" }),
        standing,
        index: stem == "_index",
        address: path.trim_start_matches("content/").rsplit_once('.').unwrap().0.into(),
    }
}

fn read_file(file: &SourceFile) -> (Front, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let front = front::read(file, &mut diagnostics);
    for diagnostic in diagnostics.iter() {
        let span = diagnostic.span.as_ref().expect("a place in the file");
        assert!(file.text.get(span.range()).is_some(), "{span:?} is no part of {:?}", file.text);
    }
    (front, diagnostics)
}

fn read(kind: Kind, yaml: &str) -> (Front, Diagnostics) {
    read_file(&file(kind, Standing::Original, &format!("---\n{yaml}---\nBody\n")))
}

/// Complaints about front matter, as printed by `keys::show`; lines are counted from the first key.
#[track_caller]
fn complains(kind: Kind, standing: Standing, yaml: &str, expected: &[&str]) {
    let (_, diagnostics) = read_file(&file(kind, standing, &format!("---\n{yaml}---\n")));
    // The line of the opening fence, put where it moves no character of the rest.
    let shown = keys::show(&format!("    {yaml}"), &shifted(diagnostics));
    matches_lines(yaml, &shown, expected);
}

/// As if line 1 began behind the opening fence.
fn shifted(diagnostics: Diagnostics) -> Diagnostics {
    diagnostics
}

#[track_caller]
fn matches_lines(text: &str, shown: &str, expected: &[&str]) {
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), expected.len(), "{text}\n{shown}");
    for (line, expected) in lines.iter().zip(expected) {
        assert!(line.starts_with(expected), "{text}\nexpected {expected}\n{shown}");
    }
}

fn sample(key: &Key) -> Option<&'static str> {
    // Any other kind would have other keys.
    (key.name == "kind").then_some("page")
}

#[test]
fn every_mistake_with_a_key_is_one_complaint_at_its_place() {
    let mut count = 0;
    for table in front::reference().into_iter().filter(|table| table.kind != Some(Kind::Slo)) {
        let kind = table.kind.unwrap_or(Kind::Page);
        for key in keys::cases(table.keys, sample) {
            let (_, diagnostics) = read(kind, &key.fine);
            assert_eq!(keys::show(&key.fine, &diagnostics), "", "{}\n{}", key.path, key.fine);
            for case in &key.cases {
                let text = format!("---\n{}---\nBody\n", case.text);
                let (_, diagnostics) = read_file(&file(kind, Standing::Original, &text));
                keys::check(&key.path, case, &text, 1, &diagnostics);
                count += 1;
            }
        }
    }
    assert!(count > 200, "only {count} cases");
}
