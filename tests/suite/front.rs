//! Front matter and OpenSLO files: what is read, and what is complained of.

use std::sync::Arc;

use shirube::diag::{Diagnostics, Severity};
use shirube::model::{Answer, Fields, Kind, Lang, SourceFile, Standing, TermFields};
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
    let (address, _) = path.trim_start_matches("content/").rsplit_once('.').expect("a file name");
    let stem = address.rsplit('/').next().unwrap_or(address);
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
        address: address.into(),
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

/// Checks the complaints about front matter, printed by `keys::show`: the keys begin in line 2.
#[track_caller]
fn complains(kind: Kind, standing: Standing, yaml: &str, expected: &[&str]) {
    let text = format!("---\n{yaml}\n---\n");
    let (_, diagnostics) = read_file(&file(kind, standing, &text));
    matches_lines(&text, &keys::show(&text, &diagnostics), expected);
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

#[test]
fn a_practice_is_read() {
    let (front, diagnostics) = read(
        Kind::Practice,
        "\
title: Error budget policy
description: What we do when the budget is spent
owner: 2024
draft: false
reviewed: 2026-11-20
review_every: 6 months
also_known_as: [budget policy, エラーバジェット]
search: {boost: 2.5}
roles: {lead: [pm, mgt], contribute: [sre, dev]}
requires: [slo-targets]
effort: 2
starter: true
extra: {colour: no, n: 3, list: [1.5, null, true], 語: '5'}
references:
  - {title: The SRE book, note: chapter 3, url: https://sre.google/books/}
criteria:
  3:
    - id: policy-agreed
      text: >
        A written policy says who decides what
        when the budget is spent.
      evidence: Link to the policy.
  2:
    - {id: budget-visible, text: 残りの予算が見える。, who: [sre]}
",
    );
    assert_eq!(diagnostics.iter().count(), 0);
    assert_eq!(front.kind, Kind::Practice);
    assert_eq!(front.id.value, "slo-targets");
    let common = front.common;
    assert_eq!(common.title.unwrap().value, "Error budget policy");
    assert_eq!(common.owner.unwrap().value, "2024", "what looks like a number is text where text is asked");
    assert!(common.toc && !common.draft && !common.search.exclude);
    assert_eq!(common.search.boost, 2.5);
    assert_eq!(common.also_known_as[1].value, "エラーバジェット");
    assert_eq!(
        format!("{:?}", common.extra.unwrap()),
        r#"Map([("colour", Text("no")), ("n", Integer(3)), ("list", List([Float(1.5), Null, Bool(true)])), ("語", Text("5"))])"#
    );
    let Fields::Practice(practice) = front.fields else { panic!() };
    assert_eq!(practice.effort, Some(2));
    assert!(practice.starter);
    assert_eq!(practice.roles.contribute[1].value, "dev");
    let criteria: Vec<_> = practice.criteria.iter().map(|c| (c.level.value, c.id.value.as_str())).collect();
    assert_eq!(criteria, [(2, "budget-visible"), (3, "policy-agreed")], "by level");
    assert_eq!(practice.criteria[0].who[0].value, "sre");
    let text = practice.criteria[1].text.text.as_ref().unwrap();
    assert_eq!(text.value, "A written policy says who decides what when the budget is spent.");
}

#[test]
fn a_translation_carries_texts_by_id() {
    let yaml = "\
title: エラーバジェットの方針
translated_from: 0123456789abcdef
draft: true
criteria:
  policy-agreed: {text: 方針がある。, evidence: リンク}
";
    let text = format!("---\n{yaml}---\n");
    let (front, diagnostics) = read_file(&file(Kind::Practice, Standing::Translation, &text));
    assert_eq!(keys::show(&text, &diagnostics), "");
    assert!(front.common.draft);
    let Fields::Practice(practice) = front.fields else { panic!() };
    let (id, texts) = &practice.criterion_texts[0];
    assert_eq!(
        (id.value.as_str(), texts.text.as_ref().unwrap().value.as_str()),
        ("policy-agreed", "方針がある。")
    );

    let text = "---\ngaps: {slo: {note: 足りない}}\nfactors: [夜, 雨]\nactions: {fix: {text: 直す}}\n---\n";
    let (front, diagnostics) = read_file(&file(Kind::Postmortem, Standing::Translation, text));
    assert_eq!(keys::show(text, &diagnostics), "");
    let Fields::Postmortem(postmortem) = front.fields else { panic!() };
    assert_eq!(postmortem.action_texts[0].1.value, "直す");
    assert_eq!(postmortem.gaps[0].note.as_deref(), Some("足りない"));
    assert_eq!(postmortem.factors[1].value, "雨");

    let text = "---\nsteps: {slo-targets: {note: まず読む}}\n---\n";
    let (front, diagnostics) = read_file(&file(Kind::Path, Standing::Translation, text));
    assert_eq!(keys::show(text, &diagnostics), "");
    let Fields::Path(path) = front.fields else { panic!() };
    assert_eq!(path.step_notes[0].1, "まず読む");
}

#[test]
fn structure_in_a_translation_is_refused() {
    for (kind, yaml, expected) in [
        (
            Kind::Practice,
            "requires: [a]\ntitle: 題\neffort: 9",
            &["2:1 translation/structural-key `requires` belongs", "4:1 translation/structural-key `effort`"]
                [..],
        ),
        (Kind::Practice, "criteria: {a: {text: 題, who: [sre]}}", &["2:25 translation/structural-key `who`"]),
        (
            Kind::Practice,
            "criteria: [{id: a, text: b}]",
            &[
                "2:11 yaml/wrong-type `criteria` must be a map by criterion, but this is a list; write `{<criterion>: …}`",
            ],
        ),
        (
            Kind::Postmortem,
            "actions: {fix: {text: 題, state: done}}",
            &["2:26 translation/structural-key `state`"],
        ),
        (
            Kind::Page,
            "id: x\nreviewed: 2026-02-30",
            &["2:1 translation/structural-key `id`", "3:1 translation/structural-key `reviewed`"],
        ),
        (Kind::Page, "titel: x", &["2:1 yaml/unknown-key a page has no key `titel`; did you mean `title`?"]),
    ] {
        complains(kind, Standing::Translation, yaml, expected);
    }
    let text = "---\nrequires: [a]\n---\n";
    let (front, _) = read_file(&file(Kind::Practice, Standing::Translation, text));
    assert_eq!(front.structural_keys[0].value, "requires");
}

#[test]
fn the_other_kinds_are_read() {
    let (front, diagnostics) = read(
        Kind::Team,
        "\
services: [search]
tier: 1
target_default: 3
targets: {slo-targets: 4, on-call: {level: 5, reason: 法令}}
not_applicable:
  slo-review/on-calendar: {reason: small, decided_on: 2026-01-01, revisit: 2027-01-01}
adoption: {on-call: 二人で}
",
    );
    let levels: Vec<_> = diagnostics.iter().map(|d| (d.code.name, d.severity)).collect();
    assert_eq!(levels, [("front/target-reason", Severity::Hint)]);
    let Fields::Team(team) = front.fields else { panic!() };
    assert_eq!(team.targets[1].1.reason.as_deref(), Some("法令"));
    assert_eq!(team.tier.as_deref(), Some("1"));
    assert_eq!(team.not_applicable[0].0.value, "slo-review/on-calendar");

    let (front, diagnostics) = read(Kind::Assessment, "\
participants: [Aoi, 葵]
answers:
  on-call:
    a: yes
    b: no
    c: na
    d: {answer: partly, note: 途中, evidence: [{title: t, url: https://example.com, date: 2026-01-01}], planned: true}
");
    assert_eq!(diagnostics.iter().count(), 0);
    let Fields::Assessment(assessment) = front.fields else { panic!() };
    assert_eq!(assessment.date.unwrap().value.to_string(), "2026-11-20", "from the file's name");
    let answers: Vec<_> = assessment.answers[0].answers.iter().map(|a| a.answer.value.clone()).collect();
    assert_eq!(answers, [Answer::Yes, Answer::No, Answer::NotApplicable, Answer::Partly]);
    assert!(assessment.answers[0].answers[3].planned);

    let (front, diagnostics) = read(
        Kind::Postmortem,
        "\
started: 2026-11-20T09:30:00+09:00
detected: 2026-11-20T00:31:00Z
gaps: {on-call: {criteria: [two-deep]}}
actions: [{id: fix, text: Fix it, due: 2026-12-01, state: done}]
",
    );
    assert_eq!(diagnostics.iter().count(), 0);
    let Fields::Postmortem(postmortem) = front.fields else { panic!() };
    assert_eq!(postmortem.date.unwrap().value.to_string(), "2026-11-20", "from the file's name");
    assert_eq!(postmortem.actions[0].state.name(), "done");

    let (front, _) = read(Kind::Playbook, "practices: {on-call: [2, 3]}\nwhen: 夜\ntime: 90 minutes\n");
    let Fields::Playbook(playbook) = front.fields else { panic!() };
    assert_eq!(playbook.practices[0].1[1].value, 3);

    let (front, _) = read(Kind::Path, "steps: [{page: role:sre, note: 役割, day: 2}]\n");
    let Fields::Path(path) = front.fields else { panic!() };
    assert_eq!((path.steps[0].page.value.as_str(), path.steps[0].day), ("role:sre", Some(2)));

    let (front, _) = read(Kind::Level, "title: Planned\n");
    assert!(matches!(front.fields, Fields::Level { number } if number.value == 2), "from the file's name");

    let (front, _) = read(Kind::Page, "kind: term\nid: slo\n");
    assert_eq!(
        (front.kind, front.fields, front.id.value.as_str()),
        (Kind::Term, Fields::Term(TermFields::default()), "slo")
    );
}

#[test]
fn mistakes_in_values_are_pointed_at() {
    let original = Standing::Original;
    for (kind, yaml, expected) in [
        // Keys of others.
        (
            Kind::Page,
            "criteria: {}",
            &["2:1 yaml/unknown-key a page has no key `criteria`; `criteria` is a key of: practice"][..],
        ),
        (
            Kind::Page,
            "layout: post",
            &["2:1 yaml/unknown-key a page has no key `layout`; put keys of your own below `extra:`"],
        ),
        (
            Kind::Practice,
            "roles: {led: [sre]}",
            &["2:9 yaml/unknown-key `roles` has no key `led`; did you mean `lead`?"],
        ),
        (
            Kind::Practice,
            "roles: {日本: [sre]}",
            &["2:9 yaml/unknown-key `roles` has no key `日本`; known keys: lead, contribute"],
        ),
        // Types.
        (
            Kind::Page,
            "title: [a]",
            &[
                "2:8 yaml/wrong-type `title` must be text, but this is a list; put the value between double quotes",
            ],
        ),
        (Kind::Page, "title:\n  a: b", &["3:3 yaml/wrong-type `title` must be text, but this is a map"]),
        (
            Kind::Page,
            "tags: 日本, slo",
            &["2:7 yaml/wrong-type `tags` must be a list, but this is `日本, slo`; write `[日本, slo]`"],
        ),
        (
            Kind::Page,
            "tags: {a: b}",
            &["2:7 yaml/wrong-type `tags` must be a list, but this is a map; begin each item with `- `"],
        ),
        (
            Kind::Page,
            "tags: [日本, [a]]",
            &["2:12 yaml/wrong-type an item of `tags` must be text, but this is a list"],
        ),
        (
            Kind::Page,
            "draft: on",
            &["2:8 yaml/wrong-type `draft` must be `true` or `false`, but this is `on`; write `true`"],
        ),
        (
            Kind::Page,
            "draft: No",
            &["2:8 yaml/wrong-type `draft` must be `true` or `false`, but this is `No`; write `false`"],
        ),
        (Kind::Page, "draft: maybe", &["2:8 yaml/wrong-type"]),
        (
            Kind::Page,
            "weight: 1_000",
            &[
                "2:9 yaml/wrong-type `weight` must be a whole number from -1000000 to 1000000, but this is `1_000`; write the number in plain digits",
            ],
        ),
        (
            Kind::Page,
            "weight: '3'",
            &[
                "2:9 yaml/wrong-type `weight` must be a whole number from -1000000 to 1000000, but this is the text \"3\"; remove the quotes",
            ],
        ),
        (Kind::Page, "weight: 99999999999999999999", &["2:9 yaml/out-of-range"]),
        (
            Kind::Page,
            "search: {boost: 0}",
            &["2:17 yaml/out-of-range `boost` must be a number from 0.1 to 10"],
        ),
        (Kind::Page, "search: {boost: .inf}", &["2:17 yaml/wrong-type"]),
        (Kind::Page, "search: {boost: 1e999}", &["2:17 yaml/out-of-range"]),
        (
            Kind::Page,
            "edit_url: javascript:alert(1)",
            &["2:11 yaml/bad-url `edit_url` must be an http, https or mailto address"],
        ),
        (Kind::Practice, "references: [{title: 本, url: JAVASCRIPT:x}]", &["2:30 yaml/bad-url"]),
        (
            Kind::Page,
            "kind: practise",
            &["2:7 yaml/unknown-choice `kind` cannot be `practise`; did you mean `practice`?"],
        ),
        (Kind::Page, "kind: slo", &["2:7 yaml/unknown-choice"]),
        // Nothing.
        (Kind::Page, "title:\ndraft: true", &["2:1 yaml/no-value `title` has no value"]),
        (Kind::Page, "title: ~", &["2:1 yaml/no-value `title` has no value"]),
        (Kind::Page, "title: \"  \"", &["2:8 yaml/no-value `title` has no value"]),
        (
            Kind::Page,
            "tags: [a, ]\naliases:\n  -\n  - b",
            &["4:4 yaml/no-value an item of `aliases` has no value"],
        ),
        // Dates.
        (
            Kind::Page,
            "reviewed: 2026-02-30",
            &[
                "2:11 yaml/bad-date `reviewed` is no date of the calendar: February 2026 has 28 days; write a date such as 2026-11-20",
            ],
        ),
        (Kind::Page, "reviewed: 0000-00-00", &["2:11 yaml/bad-date"]),
        (Kind::Page, "reviewed: soon", &["2:11 yaml/bad-date `reviewed` must be a date such as 2026-11-20"]),
        (Kind::Page, "reviewed: 2026-11-20T00:00:00Z", &["2:11 yaml/bad-date"]),
        (Kind::Page, "review_every: 999999999 years", &["2:15 yaml/out-of-range"]),
        (Kind::Page, "review_every: -1 days", &["2:15 yaml/out-of-range"]),
        (
            Kind::Page,
            "review_every: 6",
            &["2:15 yaml/wrong-type `review_every` must be a length of time such as `6 months`"],
        ),
        (
            Kind::Postmortem,
            "started: 2026-11-20T09:30:00",
            &["2:10 yaml/bad-date `started` is no date of the calendar: the zone is missing"],
        ),
        (
            Kind::Postmortem,
            "started: 2026-11-20",
            &["2:10 yaml/bad-date `started` is no date of the calendar: the time is missing"],
        ),
        (
            Kind::Postmortem,
            "started: 2026-11-20T09:00:00Z\nresolved: 2026-11-20T08:00:00Z\nmitigated: 2026-11-20T10:00:00Z",
            &["3:11 front/time-order `resolved` is before `mitigated`"],
        ),
        (Kind::Postmortem, "date: 2026-11-21", &["2:7 front/date-differs the file is named 2026-11-20"]),
        // Levels.
        (
            Kind::Practice,
            "criteria: {0: [], 10: [], two: [], 02: [], 2: []}",
            &[
                "2:12 yaml/out-of-range a key of `criteria` must be the number of a level, 1 to 9",
                "2:19 ",
                "2:27 ",
                "2:36 ",
            ],
        ),
        (
            Kind::Playbook,
            "practices: {on-call: [2, 0, 99, -1, 4294967296]}",
            &["2:26 yaml/out-of-range", "2:29 ", "2:33 ", "2:37 "],
        ),
        (Kind::Practice, "effort: 4", &["2:9 yaml/out-of-range `effort` must be a whole number from 1 to 3"]),
        (Kind::Level, "level: 0", &["2:8 yaml/out-of-range"]),
        // Criteria.
        (
            Kind::Practice,
            "criteria: {2: [{id: 方針, text: x}]}",
            &["2:21 yaml/bad-id `id` must be lower case letters"],
        ),
        (
            Kind::Practice,
            "criteria: {2: [{id: Policy Agreed, text: x}]}",
            &[
                "2:21 yaml/bad-id `id` must be lower case letters (a-z), digits and hyphens, at most 100 of them; write `policy-agreed`",
            ],
        ),
        (
            Kind::Practice,
            "criteria: {2: [{id: a, text: x}], 3: [{id: a, text: y}]}",
            &["2:44 front/duplicate-id there are two entries with the criterion id `a`"],
        ),
        (
            Kind::Practice,
            "criteria: {2: [{id: a}]}",
            &["2:17 yaml/missing-key an item of `criteria` needs `text`; add `text:`"],
        ),
        (Kind::Practice, "criteria: {2: [{id: a, text: }]}", &["2:24 yaml/missing-key"]),
        (
            Kind::Practice,
            "criteria: {2: [a]}",
            &["2:16 yaml/wrong-type an item of `criteria` must be a map, but this is `a`; write `{id: …}`"],
        ),
        (
            Kind::Practice,
            "criteria: [{id: a, text: b}]",
            &["2:11 yaml/wrong-type `criteria` must be a map by level, but this is a list"],
        ),
        (
            Kind::Postmortem,
            "actions: [{id: a, text: x}, {id: a, text: y}]",
            &["2:34 front/duplicate-id there are two entries with the action id `a`"],
        ),
        (Kind::Postmortem, "actions: [{id: a, text: x, state: finished}]", &["2:35 yaml/unknown-choice"]),
        // Teams and assessments.
        (
            Kind::Team,
            "targets: {on-call: high}",
            &[
                "2:20 yaml/wrong-type an entry of `targets` must be a whole number from 1 to 9, but this is `high`",
            ],
        ),
        (
            Kind::Team,
            "targets: {on-call: {level: 5}}",
            &["2:28 front/target-reason the target 5 for `on-call` has no reason"],
        ),
        (Kind::Team, "not_applicable: {on-call: {decided_by: me}}", &["2:18 front/decision-reason"]),
        (
            Kind::Assessment,
            "answers: {on-call: {a: {note: x}}}",
            &["2:25 yaml/missing-key an entry of `answers` needs `answer`"],
        ),
        // The top.
        (
            Kind::Page,
            "- a",
            &[
                "2:1 yaml/wrong-type a page must be a map, but this is a list; write `key: value` on each line",
            ],
        ),
        (Kind::Area, "hello", &["2:1 yaml/wrong-type an area must be a map, but this is `hello`"]),
    ] {
        complains(kind, original, yaml, expected);
    }
}

#[test]
fn yaml_that_cannot_be_read_is_one_complaint_where_it_goes_wrong() {
    for (yaml, expected) in [
        (
            "title: 予算: 方針",
            "2:10 yaml/syntax a value with `: ` in it must be quoted; put the value between double quotes",
        ),
        ("title: a\n  日本: c", "3:3 yaml/syntax this reads as a key inside the value of the line above"),
        ("title: \"日本\nx: 1", "2:8 yaml/syntax this quote is not closed; write `\"` at the end"),
        ("x: 日本\ntitle: 'a\n\nb: 1", "3:8 yaml/syntax this quote is not closed"),
        ("tags: [日本, b\ntitle: c", "2:7 yaml/syntax this `[` is never closed; close it with `]`"),
        ("extra: {日本: 1\ntitle: c", "2:8 yaml/syntax this `{` is never closed; close it with `}`"),
        ("extra: {日本: [1, 2}", "2:13 yaml/syntax this `[` is closed by `}`; close it with `]`"),
        ("extra: {日本: 1 b: 2}", "2:16 yaml/syntax a comma or the closing bracket is missing here"),
        ("title: ]", "2:8 yaml/syntax this bracket closes nothing"),
        ("title: @日本", "2:8 yaml/syntax an unquoted value cannot begin with `@`; put"),
        ("title: `日本`", "2:8 yaml/syntax an unquoted value cannot begin with ``"),
        ("title: %日本", "2:8 yaml/syntax an unquoted value cannot begin with `%`"),
        ("tags:\n\t- 日本", "3:1 yaml/syntax a tab cannot indent YAML; use spaces"),
        ("search:\n  boost: 1\n\texclude: true", "4:1 yaml/syntax a tab"),
        ("title: \"日本\" a", "2:13 yaml/syntax there is more text behind the closing quote"),
        ("title: [[日本]] a", "2:15 yaml/syntax there is more text behind the closing bracket"),
        ("title: \"日本\\d\"", "2:11 yaml/syntax a backslash"),
        ("title: a\n日本", "3:1 yaml/syntax this line is no `key: value`"),
        ("title: a\n- 日本", "3:1 yaml/syntax this line is no `key: value`"),
        ("search:\n  boost: 1\n exclude: true", "4:2 yaml/syntax the indentation of this line"),
        ("tags: - 日本", "2:7 yaml/syntax a list item cannot begin on the line of its key"),
        ("%YAML 1.2", "2:1 yaml/syntax directives (`%`) are not read"),
        ("title: 日本\u{0}", "2:10 yaml/control-character the value contains the control character U+0000"),
        ("title: \"日本\\a\"", "2:8 yaml/control-character the value contains the control character U+0007"),
        ("title: 日本\n...\ndraft: true", "4:1 yaml/several-documents"),
        ("title: !include 日本", "2:8 yaml/tag YAML tags are not supported"),
        ("title: !!js/function 日本", "2:8 yaml/tag"),
        ("title: !x!y 日本", "2:8 yaml/tag"),
        ("title: &日本 x", "2:8 yaml/alias YAML anchors are not supported; an unquoted `&` begins an anchor"),
        ("title: *日本", "2:8 yaml/alias YAML aliases are not supported; an unquoted `*` begins an alias"),
        ("title: * 日本", "2:8 yaml/syntax an unquoted value cannot begin with `*`"),
        ("extra: {{ 日本 }}", "2:9 yaml/key-not-text a key must be a word"),
        ("? [日本]\n: x", "2:3 yaml/key-not-text"),
        ("extra: {日本: 1, 日本: 2}", "2:16 yaml/duplicate-key `日本` is written twice"),
    ] {
        complains(Kind::Page, Standing::Original, yaml, &[expected]);
    }
}

#[test]
fn yaml_made_to_hurt_is_refused() {
    let aliases =
        (0..9).map(|i| format!("a{}: &a{} [{}]\n", i + 1, i + 1, vec![format!("*a{i}"); 9].join(",")));
    let laughs = format!("a0: &a0 [lol]\n{}", aliases.collect::<String>());
    let merges = format!("a: &a {{b: 1}}\n{}", "<<: *a\n".repeat(30));
    let indents: String = (0..300).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    for (what, yaml, code) in [
        ("laughs", laughs, "yaml/alias"),
        ("merges", merges, "yaml/alias"),
        ("an anchor inside itself", "a: &a [*a]".into(), "yaml/alias"),
        ("ten thousand aliases", format!("extra:\n{}", "- *a\n".repeat(10_000)), "yaml/alias"),
        ("ten thousand tags", format!("extra:\n{}", "- !t\n".repeat(10_000)), "yaml/tag"),
        ("brackets", "[".repeat(60_000), "yaml/too-deep"),
        ("braces", "{a: ".repeat(16_000), "yaml/too-deep"),
        ("dashes", "- ".repeat(32_000), "yaml/too-deep"),
        ("question marks", "? ".repeat(32_000), "yaml/too-deep"),
        ("indents", indents, "yaml/too-deep"),
        ("ten megabytes", format!("title: {}", "x".repeat(10_000_000)), "yaml/too-big"),
        ("a long key", format!("{}: x", "k".repeat(60_000)), "yaml/syntax"),
        ("a long number", format!("weight: {}", "9".repeat(60_000)), "yaml/out-of-range"),
    ] {
        let text = format!("---\n{yaml}\n---\n");
        let (_, diagnostics) = read_file(&file(Kind::Practice, Standing::Original, &text));
        assert!(diagnostics.iter().any(|diagnostic| diagnostic.code.name == code), "{what}");
        assert!(diagnostics.iter().count() <= 60, "{what}: {}", diagnostics.iter().count());
    }
    // Long, but what an assessment may be.
    let answers: String = (0..20_000).map(|i| format!("    c{i}: yes\n")).collect();
    let (front, diagnostics) = read(Kind::Assessment, &format!("answers:\n  p:\n{answers}"));
    assert_eq!(diagnostics.iter().count(), 0);
    assert!(matches!(front.fields, Fields::Assessment(fields) if fields.answers[0].answers.len() == 20_000));
}

#[test]
fn front_matter_is_split_from_the_body() {
    for (text, title, body, expected) in [
        ("---\ntitle: 題\n---\n本文", Some("題"), "本文", &[][..]),
        ("---\r\ntitle: 題\r\n---\r\n本文", Some("題"), "本文", &[]),
        ("---\rtitle: 題\r---\r本文", Some("題"), "本文", &[]),
        ("---  \ntitle: 題\n---\t\n本文", Some("題"), "本文", &[]),
        ("---\ntitle: 題\n---", Some("題"), "", &[]),
        ("---\n---\n本文", None, "本文", &[]),
        ("---\n# comment\n---\n本文", None, "本文", &[]),
        ("---\ntitle: |\n  ---\n  題\n---\n本文", Some("---\n題"), "本文", &[]),
        ("", None, "", &[]),
        ("本文\n---\n", None, "本文\n---\n", &[]),
        ("# 見出し\n\n---\ntitle: x\n---\n", None, "# 見出し\n\n---\ntitle: x\n---\n", &[]),
        // A thematic break.
        ("---\n\n本文\n", None, "---\n\n本文\n", &[]),
        ("----\ntitle: x\n----\n", None, "----\ntitle: x\n----\n", &[]),
        ("---", None, "", &["1:1 front/never-closed"]),
        ("---\n", None, "", &["1:1 front/never-closed"]),
        (
            "---\ntitle: 題\n\n本文",
            Some("題"),
            "\n本文",
            &[
                "1:1 front/never-closed the front matter that begins here is never closed; add a line with `---`",
            ],
        ),
        ("---\ntitle: \"題\n本文", None, "", &["1:1 front/never-closed"]),
        ("\n---\ntitle: 題\n---\n本文", Some("題"), "本文", &["2:1 front/not-at-start"]),
        (" ---\ntitle: 題\n---\n本文", Some("題"), "本文", &["1:2 front/not-at-start"]),
        ("+++\ntitle = '題'\n+++\n本文", None, "本文", &["1:1 front/toml"]),
        ("+++\ntitle = '題'\n", None, "title = '題'\n", &["1:1 front/toml"]),
    ] {
        let (front, diagnostics) = read_file(&file(Kind::Page, Standing::Original, text));
        matches_lines(text, &keys::show(text, &diagnostics), expected);
        assert_eq!(front.common.title.map(|title| title.value).as_deref(), title, "{text:?}");
        assert_eq!(&text[front.body_start..], body, "{text:?}");
    }
}

#[test]
fn spans_are_bytes_of_the_file() {
    let text = "---\r\n# 注\r\ntitle: 題名\r\ntags: ['一', 二]\r\ndescription: |\r\n  三\r\n\r\n---\r\n";
    let (front, diagnostics) = read_file(&file(Kind::Page, Standing::Original, text));
    assert_eq!(keys::show(text, &diagnostics), "");
    let common = front.common;
    assert_eq!(&text[common.title.unwrap().span.range()], "題名");
    assert_eq!(&text[common.tags[0].span.range()], "'一'");
    assert_eq!(&text[common.tags[1].span.range()], "二");
    let description = common.description.unwrap();
    assert_eq!((description.value.as_str(), &text[description.span.range()]), ("三", "三"));
}

#[test]
fn ids_and_numbers_missing_from_the_path_are_asked_for() {
    let mut level = file(Kind::Level, Standing::Original, "---\ntitle: x\n---\n");
    level.path = "content/levels/planned.md".into();
    let (_, diagnostics) = read_file(&level);
    matches_lines("", &keys::show(&level.text, &diagnostics), &["1:1 front/no-level"]);
    level.standing = Standing::Translation;
    assert_eq!(read_file(&level).1.iter().count(), 0, "the original complains");

    let mut assessment = file(Kind::Assessment, Standing::Original, "");
    assessment.id = "search/latest".into();
    let (_, diagnostics) = read_file(&assessment);
    matches_lines("", &keys::show("", &diagnostics), &["1:1 front/no-date"]);
}

#[test]
fn the_reference_lists_every_key_with_what_it_is() {
    let rows: Vec<_> = front::reference().iter().flat_map(front::KindKeys::rows).collect();
    let row = |path: &str| rows.iter().find(|row| row.path == path).unwrap_or_else(|| panic!("{path}"));
    assert!(row("title").translatable && !row("owner").translatable);
    assert!(row("criteria.<level>[].text").required);
    assert_eq!(row("criteria.<level>[].who").shape, "a list, each item a name");
    assert_eq!(row("targets.<practice>.level").shape, "a whole number from 1 to 9");
    assert_eq!(row("shirube.dev/reviewed").shape, "a date such as 2026-11-20");
    for row in &rows {
        assert!(!row.about.is_empty() && !row.about.ends_with('.'), "{}", row.path);
    }
}

/// The two SLOs of a file and the complaints about it.
fn slos(text: &str) -> (Vec<Arc<shirube::model::Summary>>, Diagnostics) {
    let parsed = openslo::parse(&file(Kind::Slo, Standing::Original, text));
    (parsed.documents.into_iter().map(|document| document.summary).collect(), parsed.diagnostics)
}

#[test]
fn slos_are_read_from_openslo_documents() {
    let text = "\
# 検索
apiVersion: openslo/v1
kind: Service
metadata: {name: search}
spec: {}
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: search-latency
  displayName: 検索の速さ
  annotations:
    example.com/team: anything
    shirube.dev/journey: 検索する
    shirube.dev/reviewed: 2026-11-20
    shirube.dev/practice: slo-targets
spec:
  description: Search answers fast.
  service: search
  indicatorRef: search-latency-sli
  timeWindow: [{duration: 4w, isRolling: true}]
  budgetingMethod: Occurrences
  unheard: of
  objectives:
    - {displayName: fast, op: lte, value: 0.4, target: 0.99}
    - {targetPercent: 99.9}
---
apiVersion: openslo/v1
kind: SLO
metadata: {name: search-errors}
spec: {objectives: [{target: 0.999}], timeWindow: [{duration: 1M}], indicator: {metadata: {name: errors}}}
";
    let (summaries, diagnostics) = slos(text);
    assert_eq!(keys::show(text, &diagnostics), "");
    let titles: Vec<_> =
        summaries.iter().map(|s| (s.id.value.as_str(), s.title.as_str(), s.address.as_str())).collect();
    assert_eq!(
        titles,
        [
            ("search-latency", "検索の速さ", "slos/search-latency"),
            ("search-errors", "search-errors", "slos/search-errors"),
        ]
    );
    assert_eq!(summaries[0].content_hash, "0707070707070707");
    let Fields::Slo(slo) = &summaries[0].fields else { panic!() };
    assert_eq!((slo.window_days, slo.rolling), (Some(28.0), true));
    assert_eq!(slo.journey.as_ref().unwrap().value, "検索する");
    assert_eq!(slo.practice.as_ref().unwrap().value, "slo-targets");
    assert_eq!(&text[slo.practice.as_ref().unwrap().span.range()], "slo-targets");
    assert_eq!(slo.indicator.as_deref(), Some("search-latency-sli"));
    let targets: Vec<_> = slo.objectives.iter().map(|o| o.target.value).collect();
    assert_eq!(targets.len(), 2);
    assert!((targets[1] - 0.999).abs() < 1e-12);
    assert!(
        slo.source.starts_with("apiVersion") && slo.source.ends_with("{targetPercent: 99.9}"),
        "{}",
        slo.source
    );
    let Fields::Slo(slo) = &summaries[1].fields else { panic!() };
    assert_eq!((slo.window_days, slo.indicator.as_deref()), (None, Some("errors")));
}

#[test]
fn mistakes_in_openslo_files() {
    let head = "apiVersion: openslo/v1\nkind: SLO\n";
    for (text, expected) in [
        ("# nothing\n".to_owned(), &[][..]),
        ("title: x\n".into(), &["1:1 slo/not-openslo this is no OpenSLO document: it has no `apiVersion`"]),
        ("- x\n".into(), &["1:1 slo/not-openslo"]),
        (
            "apiVersion: v1\nkind: Pod\n".into(),
            &["1:13 slo/not-openslo this is no OpenSLO document: its `apiVersion`"],
        ),
        ("apiVersion: openslo/v1alpha\nkind: SLO\n".into(), &["1:13 slo/version"]),
        (
            "apiVersion: openslo/v1\nkind: Slo\n".into(),
            &["2:7 slo/not-openslo OpenSLO has no kind `Slo`; did you mean `SLO`?"],
        ),
        (format!("{head}metadata: {{name: a}}\n"), &["1:1 yaml/missing-key an SLO needs `spec`"]),
        (format!("{head}metadata: {{}}\nspec: {{}}\n"), &["3:11 yaml/missing-key `metadata` needs `name`"]),
        (
            format!("{head}metadata: {{name: a}}\nspec: {{}}\n"),
            &["3:18 slo/no-objective `objectives` is missing"],
        ),
        (
            format!("{head}metadata: {{name: 語}}\nspec: {{objectives: [{{displayName: 語}}]}}\n"),
            &["4:21 slo/no-objective `target` is missing"],
        ),
        (
            format!(
                "{head}metadata: {{name: a}}\nspec: {{objectives: [{{target: 0}}, {{target: 99.9}}, {{targetPercent: 101}}]}}\n"
            ),
            &[
                "4:30 slo/target `target` must be above 0 and at most 1",
                "4:43 slo/target",
                "4:66 slo/target `targetPercent` must be above 0 and at most 100",
            ],
        ),
        (
            format!("{head}metadata: {{name: a}}\nspec: {{objectives: [{{target: 1.0}}]}}\n"),
            &["4:30 slo/hundred-percent"],
        ),
        (
            format!("{head}metadata: {{name: a}}\nspec: {{objectives: [{{target: 99.9%}}]}}\n"),
            &["4:30 yaml/wrong-type"],
        ),
        (
            format!(
                "{head}metadata: {{name: a, annotations: {{shirube.dev/onwer: x}}}}\nspec: {{objectives: [{{target: 0.9}}]}}\n"
            ),
            &[
                "3:35 yaml/unknown-key `annotations` has no key `shirube.dev/onwer`; did you mean `shirube.dev/owner`?",
            ],
        ),
        (
            format!(
                "{head}metadata: {{name: a, annotations: {{shirube.dev/reviewed: 2026-02-30}}}}\nspec: {{objectives: [{{target: 0.9}}]}}\n"
            ),
            &["3:57 yaml/bad-date"],
        ),
    ] {
        let (_, diagnostics) = slos(&text);
        matches_lines(&text, &keys::show(&text, &diagnostics), expected);
    }
}

#[test]
fn a_broken_document_leaves_the_others() {
    let good =
        "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: b}\nspec: {objectives: [{target: 0.9}]}\n";
    let text = format!("a: b: c\n---\n{good}---\nx: [\n---\n{}", good.replace("name: b", "name: c"));
    let (summaries, diagnostics) = slos(&text);
    let ids: Vec<_> = summaries.iter().map(|summary| summary.id.value.as_str()).collect();
    assert_eq!(ids, ["b", "c"]);
    matches_lines(&text, &keys::show(&text, &diagnostics), &["1:5 yaml/syntax", "8:4 yaml/syntax"]);
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    /// Pieces of front matter, good and bad, in any order.
    fn yaml() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "title: ",
            "criteria:\n",
            "  2:\n",
            "    - ",
            "id: a",
            "text: ",
            "日本語",
            "\n",
            "\r\n",
            "\t",
            " ",
            "  ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            ": ",
            "- ",
            "? ",
            "&a ",
            "*a",
            "!t ",
            "\"",
            "'",
            "|\n",
            ">-\n",
            "#",
            "---\n",
            "...\n",
            "%",
            "@",
            "`",
            "\\",
            "\u{0}",
            "\u{feff}",
            "\u{2028}",
            "😀",
            "2026-02-30",
            "gaps: ",
            "1e999",
            "~",
            "null",
            "<<: ",
        ]);
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_text_ends_in_values_or_complaints_inside_the_file(yaml in yaml(), kind in prop::sample::select(Kind::ALL.to_vec())) {
            for standing in [Standing::Original, Standing::Translation] {
                for text in [format!("---\n{yaml}\n---\n本文"), yaml.clone()] {
                    let (front, _) = read_file(&file(kind, standing, &text));
                    prop_assert!(text.is_char_boundary(front.body_start));
                    let slos = openslo::parse(&file(Kind::Slo, standing, &text));
                    for diagnostic in slos.diagnostics.iter() {
                        let span = diagnostic.span.as_ref().unwrap();
                        prop_assert!(text.get(span.range()).is_some(), "{span:?}");
                    }
                }
            }
        }
    }
}
