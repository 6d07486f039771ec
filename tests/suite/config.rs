//! `handbook.yaml` and `model.yaml`: what is read, and what is complained of.

use shirube::config::{self, Config, KEYS, MODEL_KEYS, Overrides, RawHtml, Scheme};
use shirube::diag::{Diagnostics, FilePath};
use shirube::model::Lang;
use shirube::model::Succession;
use shirube::yaml::Key;

use crate::keys;

fn read_with(text: Option<&str>, overrides: &Overrides) -> (Config, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let file: FilePath = "handbook.yaml".into();
    let config = config::read(text, &file, overrides, &mut diagnostics);
    (config, diagnostics)
}

fn read(text: &str) -> (Config, Diagnostics) {
    read_with(Some(text), &Overrides::default())
}

fn read_model(text: &str) -> (Succession, Diagnostics) {
    let (config, mut diagnostics) = read("languages: [en, ja]");
    let file: FilePath = "model.yaml".into();
    (config::read_model(Some(text), &file, &config, &mut diagnostics), diagnostics)
}

/// Complaints in order, as printed by `keys::show`.
#[track_caller]
fn complains(text: &str, expected: &[&str]) {
    let (_, diagnostics) = read(text);
    matches_lines(text, &diagnostics, expected);
}

#[track_caller]
fn matches_lines(text: &str, diagnostics: &Diagnostics, expected: &[&str]) {
    let shown = keys::show(text, diagnostics);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), expected.len(), "{text}\n{shown}");
    for (line, expected) in lines.iter().zip(expected) {
        assert!(line.starts_with(expected), "{text}\nexpected {expected}\n{shown}");
    }
}

fn sample(key: &Key) -> Option<&'static str> {
    match key.name {
        "base_url" => Some("https://example.com/"),
        "languages" => Some("[ja]"),
        "theme" => Some("acme"),
        "audience" => Some("internal"),
        "scheme" => Some("additive"),
        "code" => Some("yaml/unknown-key"),
        _ => None,
    }
}

#[test]
fn every_mistake_with_a_key_is_one_complaint_at_its_place() {
    let mut count = 0;
    for key in keys::cases(KEYS, sample) {
        let (_, diagnostics) = read(&key.fine);
        assert_eq!(keys::show(&key.fine, &diagnostics), "", "{}\n{}", key.path, key.fine);
        for case in &key.cases {
            let (_, diagnostics) = read(&case.text);
            keys::check(&key.path, case, &case.text, 0, &diagnostics);
            count += 1;
        }
    }
    assert!(count > 75, "only {count} cases");
    for key in keys::cases(MODEL_KEYS, sample) {
        let (_, diagnostics) = read_model(&key.fine);
        assert_eq!(keys::show(&key.fine, &diagnostics), "", "{}\n{}", key.path, key.fine);
        for case in &key.cases {
            let (_, diagnostics) = read_model(&case.text);
            keys::check(&key.path, case, &case.text, 0, &diagnostics);
        }
    }
}

#[test]
fn without_a_file_everything_has_a_default() {
    let (config, diagnostics) = read_with(None, &Overrides::default());
    assert!(diagnostics.is_empty());
    assert_eq!(config.languages, [Lang::new("en")]);
    assert_eq!(config.title[&Lang::new("en")], "Reliability handbook");
    assert_eq!(config.base_url.join("practices/"), "/practices/");
    assert_eq!(config.theme, "default");
    assert_eq!(config.packs, ["core"]);
    assert_eq!(config.audiences, ["public", "internal", "restricted"]);
    assert_eq!((config.audience.as_str(), config.default_audience.as_str()), ("internal", "internal"));
    assert_eq!(config.scoring.scheme, Scheme::Cumulative);
    assert_eq!(config.scoring.default_target, 3);
    assert_eq!(config.raw_html, RawHtml::Clean);
    assert!(config.search_enabled && !config.history_authors && !config.drafts && !config.offline);
    assert!(config.repository.is_none() && config.silence.is_empty());
}

#[test]
fn the_example_of_the_documentation_is_read() {
    let text = "
title: {en: Acme reliability handbook, ja: アクメ信頼性ハンドブック}
base_url: https://handbook.example.com/docs
languages: [en, ja]
theme: default
packs: [core]
repository: {url: https://git.example.com/acme/handbook/, branch: trunk, provider: github}
scoring: {scheme: cumulative, default_target: 3, stale_after: 12 months}
audiences: [public, internal, restricted]
audience: internal
history: {authors: false}
search: {enabled: true}
markdown: {raw_html: escape}
check: {silence: [{code: yaml/no-value, reason: imported pages}]}
";
    let (config, diagnostics) = read(text);
    assert_eq!(keys::show(text, &diagnostics), "");
    assert_eq!(config.title[&Lang::new("ja")], "アクメ信頼性ハンドブック");
    assert_eq!(config.base_url.join("a/"), "https://handbook.example.com/docs/a/");
    assert_eq!(config.raw_html, RawHtml::Escape);
    let repository = config.repository.unwrap();
    assert_eq!(
        (repository.url.as_str(), repository.branch.as_str()),
        ("https://git.example.com/acme/handbook", "trunk")
    );
    assert_eq!(config.silence[0].code.value, "yaml/no-value");
}

#[test]
fn a_text_in_one_language_serves_the_others() {
    let (config, _) = read("languages: [en, ja]\ntitle: Acme\n");
    assert_eq!(config.title[&Lang::new("ja")], "Acme");
    let (config, _) = read("languages: [en, ja, de]\ntitle: {ja: 標}\n");
    assert_eq!(config.title[&Lang::new("de")], "標");
    // Nothing is known to be right for a language without a text of its own.
    let (config, _) = read("languages: [ja, en]\n");
    assert_eq!(config.title[&Lang::new("ja")], "信頼性ハンドブック");
    assert_eq!(config.title[&Lang::new("en")], "Reliability handbook");
}

#[test]
fn pages_are_for_the_narrowest_circle_unless_there_is_an_internal_one() {
    for (text, default) in [
        ("audiences: [everyone, staff]\n", "staff"),
        ("audiences: [public, internal, board]\n", "internal"),
        ("audiences: [public]\n", "public"),
    ] {
        let (config, diagnostics) = read(text);
        assert!(diagnostics.is_empty());
        assert_eq!(
            (config.default_audience.as_str(), config.audience.as_str()),
            (default, default),
            "{text}"
        );
    }
}

#[test]
fn flags_go_before_the_file() {
    let overrides = Overrides {
        base_url: Some("http://localhost:1111/x".into()),
        audience: Some("public".into()),
        drafts: true,
        offline: true,
    };
    let (config, diagnostics) =
        read_with(Some("base_url: https://example.com\naudience: restricted\n"), &overrides);
    assert!(diagnostics.is_empty());
    assert_eq!(config.base_url.join(""), "http://localhost:1111/x/");
    assert_eq!(config.audience, "public");
    assert!(config.drafts && config.offline);

    let overrides = Overrides {
        base_url: Some("localhost".into()),
        audience: Some("pubic".into()),
        ..Overrides::default()
    };
    let (_, diagnostics) = read_with(None, &overrides);
    matches_lines(
        "",
        &diagnostics,
        &[
            "config/base-url `--base-url` must begin with https:// or http://",
            "config/unknown-audience `pubic` is none of the handbook's audiences; did you mean `public`?",
        ],
    );
}

#[test]
fn mistakes_in_values() {
    for (text, expected) in [
        ("base_url: https://u:p@example.com\n", &["1:11 config/base-url `base_url` cannot carry a user"][..]),
        ("base_url: https://example.com/?q\n", &["1:11 config/base-url `base_url` cannot have a query"]),
        ("languages: [jp]\n", &["1:13 config/language `jp` is no language tag; write `ja`"]),
        ("languages: [en, en_US]\n", &["1:17 config/language `en_US` is no language tag; write `en-US`"]),
        ("languages: []\n", &["1:1 config/no-language"]),
        ("languages: [en, ja, en]\n", &["1:21 config/twice `en` stands twice in `languages`"]),
        (
            "languages: en\n",
            &["1:12 yaml/wrong-type `languages` must be a list, but this is `en`; write `[en]`"],
        ),
        ("title: {en: 標, jp: x}\n", &["1:16 config/unknown-language `jp` is none"]),
        ("theme: ../acme\n", &["1:8 config/theme-name"]),
        ("theme: 標\n", &["1:8 config/theme-name"]),
        ("audiences: []\n", &["1:1 config/no-audience"]),
        ("audience: intern\n", &["1:11 config/unknown-audience `intern` is none"]),
        ("repository: {url: git@example.com:x}\n", &["1:19 yaml/bad-url"]),
        ("repository: {branch: main}\n", &["1:14 yaml/missing-key `repository` needs `url`"]),
        ("repository: {url: https://a.b, provider: gitlub}\n", &["1:42 yaml/unknown-choice"]),
        ("scoring: {default_target: 0}\n", &["1:27 yaml/out-of-range"]),
        ("scoring: {default_target: 10}\n", &["1:27 yaml/out-of-range"]),
        ("scoring: {stale_after: 999999999 years}\n", &["1:24 yaml/out-of-range"]),
        ("scoring: {scheme: additive}\n", &["1:19 config/no-answers"]),
        ("scoring: {answers: [{id: a, text: b, weight: 1}]}\n", &["1:21 config/unused-answers"]),
        (
            "search: {enabled: yes}\n",
            &["1:19 yaml/wrong-type `enabled` must be `true` or `false`, but this is `yes`; write `true`"],
        ),
        (
            "search: {enabled: \"true\"}\n",
            &[
                "1:19 yaml/wrong-type `enabled` must be `true` or `false`, but this is the text \"true\"; remove",
            ],
        ),
        (
            "check: {silence: [{code: link/orfan}]}\n",
            &["1:20 yaml/missing-key an item of `silence` needs `reason`"],
        ),
        (
            "check: {silence: [{code: yaml/taag, reason: x}]}\n",
            &[
                "1:26 config/unknown-code there is no complaint with the code `yaml/taag`; did you mean `yaml/tag`?",
            ],
        ),
        ("- title\n", &["1:1 yaml/wrong-type handbook.yaml must be a map, but this is a list"]),
        (
            "titel: 標\nbase-url: x\n",
            &[
                "1:1 yaml/unknown-key handbook.yaml has no key `titel`; did you mean `title`?",
                "2:1 yaml/unknown-key handbook.yaml has no key `base-url`; did you mean `base_url`?",
            ],
        ),
    ] {
        complains(text, expected);
    }
}

#[test]
fn renames_are_followed_and_circles_refused() {
    let (model, diagnostics) = read_model(
        "renamed: {a: b, b: c}\nretired:\n  old: {reason: 統合した, successor: c, on: 2026-11-20}\n",
    );
    assert!(diagnostics.is_empty());
    assert_eq!(model.current("a"), "c");
    assert_eq!(model.current("z"), "z");
    assert_eq!(model.retired[0].1.successor.as_ref().unwrap().value, "c");

    assert_eq!(model.retired[0].1.reason[&Lang::new("en")], "統合した");

    let text = "renamed:\n  a: a\n  b: c\n  c: d\n  d: b\n  e: b\n";
    let (model, diagnostics) = read_model(text);
    matches_lines(text, &diagnostics, &["2:3 config/rename-circle", "3:3 config/rename-circle"]);
    assert_eq!(model.current("e"), "b");
    assert_eq!(model.current("c"), "b");

    // A walk that begins beside the circle once left it standing, and following it never ended.
    let text = "renamed: {e: b, b: c, c: b}\n";
    let (model, diagnostics) = read_model(text);
    matches_lines(text, &diagnostics, &["1:17 config/rename-circle"]);
    assert_eq!(model.current("e"), "b");
}

#[test]
fn a_criterion_goes_with_its_practice() {
    let (model, diagnostics) = read_model("renamed: {old: new, new/a: new/b, old/c: other/c, team: squad}\n");
    assert!(diagnostics.is_empty());
    for (name, today) in [
        ("old/x", "new/x"),
        ("old/a", "new/b"),
        ("old/c", "other/c"),
        ("new/c", "new/c"),
        ("team/2026-04-10", "squad/2026-04-10"),
    ] {
        assert_eq!(model.current(name), today, "{name}");
    }
    // A circle that only closes through the practice's rename.
    let text = "renamed: {old: new, new/a: old/a}\n";
    let (model, diagnostics) = read_model(text);
    matches_lines(text, &diagnostics, &["1:21 config/rename-circle"]);
    assert_eq!(model.current("old/a"), "new/a");
}

#[test]
fn an_id_is_renamed_or_retired_but_not_both() {
    let text = "renamed: {a: b}\nretired:\n  a: {reason: {en: Merged, fr: Fusionné}}\n";
    let (_, diagnostics) = read_model(text);
    matches_lines(
        text,
        &diagnostics,
        &["3:3 config/twice `a` stands twice in `model.yaml`", "3:28 config/unknown-language"],
    );
}
