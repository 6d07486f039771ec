//! `lookup`: things by what people call them, and the links to them.

use serde_json::Value;

use crate::handbook::TestHandbook;
use crate::run::{Ran, run};

fn handbook() -> TestHandbook {
    TestHandbook::with_practices()
        .file("handbook.yaml", "title: Test\nlanguages: [en, ja]\nbase_url: https://h.example/sre\n")
        .file(
            "content/practices/slo/slo-targets.ja.md",
            "---\ntitle: 目標と期間\nalso_known_as: [サービスレベル目標]\ncriteria:\n  agreed: {text: 目標に合意している。}\n---\n\n## なぜ\n",
        )
        .file("content/roles/sre.md", "---\ntitle: SRE\ntitle_long: Site Reliability Engineering\n---\n")
        .file("content/glossary/error-budget.md", "---\ntitle: Error budget\nalso_known_as: [budget]\n---\n\nA share.\n")
        .file("content/glossary/error-budget.ja.md", "---\ntitle: エラーバジェット\n---\n\n割合。\n")
        .file("content/playbooks/slo-targets.md", "---\ntitle: Set targets\n---\n")
        .file("content/guides/a-b.md", "---\ntitle: \"[A] *b* <c> `d` & \\\"e\\\"\"\n---\n")
}

fn lookup(args: &[&str]) -> Ran {
    let args: Vec<&str> = ["lookup"].iter().chain(args).copied().collect();
    run(handbook().path(), &args)
}

/// What is found for each text, the best first: kind and id.
fn finds(rows: &[(&[&str], &str)]) {
    let handbook = handbook();
    for (text, expected) in rows {
        let args: Vec<&str> = ["lookup", "--format", "json"].iter().chain(*text).copied().collect();
        let found: Value = serde_json::from_str(&run(handbook.path(), &args).exits(0).out).unwrap();
        let row =
            |row: &Value| format!("{}:{}", row["kind"].as_str().unwrap(), row["id"].as_str().unwrap_or("-"));
        let found: Vec<String> = found.as_array().unwrap().iter().map(row).collect();
        let expected: Vec<&str> = expected.split(' ').collect();
        assert_eq!(
            found.get(..expected.len()),
            Some(&expected.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>()[..]),
            "{text:?}: {found:?}"
        );
    }
}

#[test]
fn things_are_found_by_every_name() {
    finds(&[
        (&["Error budget"], "term:error-budget"),
        (&["error", "budget"], "term:error-budget"),
        (&["ERROR_BUDGET"], "term:error-budget"),
        (&["budget"], "term:error-budget"),
        (&["slo-targets"], "practice:slo-targets playbook:slo-targets"),
        (&["SLO targets"], "practice:slo-targets"),
        (&["site reliability"], "role:sre"),
        (&["engineering reliab"], "role:sre"),
        // The words of a criterion, and its id.
        (&["targets are agreed"], "criterion:slo-targets#agreed"),
        (&["agreed"], "criterion:slo-targets#agreed"),
        (&["slo-targets#agr"], "criterion:slo-targets#agreed"),
        (&["[[practice:slo-targets#agreed]]"], "criterion:slo-targets#agreed"),
        // Of a kind.
        (&["playbook:slo-targets"], "playbook:slo-targets"),
        (&["playbook:targets"], "playbook:slo-targets"),
        // A page without an id.
        (&["[A] *b*"], "page:-"),
    ]);
}

#[test]
fn japanese_is_found_whatever_its_width() {
    finds(&[
        (&["エラーバジェット"], "term:error-budget"),
        (&["ｴﾗｰﾊﾞｼﾞｪｯﾄ"], "term:error-budget"),
        (&["エラーバジェト"], "term:error-budget"),
        (&["ＳＲＥ"], "role:sre"),
        (&["ＥＲＲＯＲ　ｂｕｄｇｅｔ"], "term:error-budget"),
        (&["目標"], "practice:slo-targets"),
        (&["サービスレベル"], "practice:slo-targets"),
        (&["合意している"], "criterion:slo-targets#agreed"),
    ]);
}

#[test]
fn names_that_begin_so_go_before_names_that_are_spelt_nearly_so() {
    finds(&[
        (&["eror budgt"], "term:error-budget"),
        (&["sol targets"], "practice:slo-targets"),
        (&["slo-tragets"], "practice:slo-targets playbook:slo-targets"),
        (&["targets"], "practice:slo-targets playbook:slo-targets criterion:slo-targets#agreed"),
        (&["slo target"], "practice:slo-targets"),
        (&["sli"], "practice:sli-design"),
    ]);
}

#[test]
fn the_best_is_shown_in_every_form() {
    let ran = lookup(&["agreed"]).exits(0);
    let expected = "\
criterion: Targets are agreed
  permalink  /sre/go/slo-targets/#agreed
  url        https://h.example/sre/go/slo-targets/#agreed
  markdown   [Targets are agreed](https://h.example/sre/go/slo-targets/#agreed)
  html       <a href=\"https://h.example/sre/go/slo-targets/#agreed\">Targets are agreed</a>
  rst        `Targets are agreed <https://h.example/sre/go/slo-targets/#agreed>`__
  wiki       [[practice:slo-targets#agreed]]
";
    assert_eq!((ran.out.as_str(), ran.err.as_str()), (expected, ""));
    let ran = lookup(&["targets", "--limit", "2"]).exits(0);
    let others = "\nKIND      ADDRESS                        TITLE\nplaybook  /sre/go/playbook/slo-targets/  Set targets\n";
    assert!(ran.out.ends_with(others), "{}", ran.out);
}

#[test]
fn one_form_is_printed_alone() {
    let rows: &[(&[&str], &str)] = &[
        (&["sre", "--as", "permalink"], "/sre/go/role/sre/\n"),
        (&["sre", "--as", "url"], "https://h.example/sre/go/role/sre/\n"),
        (&["sre", "--as", "url", "--lang", "ja"], "https://h.example/sre/ja/go/role/sre/\n"),
        (&["sre", "--as", "wiki"], "[[role:sre]]\n"),
        (&["slo-targets", "--as", "url", "-u", "https://x.example"], "https://x.example/go/slo-targets/\n"),
        (&["slo-targets", "--as", "wiki", "-n", "2"], "[[practice:slo-targets]]\n[[playbook:slo-targets]]\n"),
        // The language of the name that was found, unless another is asked for.
        (&["目標", "--as", "markdown"], "[目標と期間](https://h.example/sre/ja/go/slo-targets/)\n"),
        (&["目標", "--as", "markdown", "-l", "en"], "[SLO targets](https://h.example/sre/go/slo-targets/)\n"),
        (
            &["agreed", "--as", "markdown", "-l", "JA"],
            "[目標に合意している](https://h.example/sre/ja/go/slo-targets/#agreed)\n",
        ),
        // What the title holds does no harm.
        (&["[A]", "--as", "url"], "https://h.example/sre/guides/a-b/\n"),
        (
            &["[A]", "--as", "markdown"],
            "[\\[A\\] \\*b\\* \\<c\\> \\`d\\` & \"e\"](https://h.example/sre/guides/a-b/)\n",
        ),
        (
            &["[A]", "--as", "html"],
            "<a href=\"https://h.example/sre/guides/a-b/\">[A] *b* &lt;c&gt; `d` &amp; &quot;e&quot;</a>\n",
        ),
        (&["[A]", "--as", "rst"], "`[A] *b* \\<c> \\`d\\` & \"e\" <https://h.example/sre/guides/a-b/>`__\n"),
    ];
    for (args, expected) in rows {
        assert_eq!(lookup(args).exits(0).out, *expected, "{args:?}");
    }
    lookup(&["[A]", "--as", "permalink"])
        .exits(2)
        .prints_nothing()
        .says("content/guides/a-b.md has no permalink");
    lookup(&["[A]", "--as", "wiki"]).exits(2).says("write an `id:`");
}

#[test]
fn a_link_without_base_url_starts_at_the_root() {
    let handbook = handbook().file("handbook.yaml", "title: Test\nlanguages: [en, ja]\n");
    let ran = run(handbook.path(), &["lookup", "sre"]).exits(0).prints("[SRE](/go/role/sre/)");
    assert!(!ran.out.contains("url"), "{}", ran.out);
    run(handbook.path(), &["lookup", "sre", "--as", "url"]).exits(2).says("without `base_url`");
}

#[test]
fn what_is_not_found_is_told_with_the_nearest_names() {
    lookup(&["site unreadibility"]).exits(1).prints_nothing().says("nothing is called `site unreadibility`");
    lookup(&["sla"]).exits(1).says("the nearest names are `slo`, `SLOs`, `SLI design`");
    let ran = lookup(&["完全に無関係"]).exits(1).prints_nothing();
    assert_eq!(ran.err, "nothing is called `完全に無関係`\n");
    lookup(&["sre", "--lang", "de"]).exits(2).says("the handbook has no language `de`; it has en, ja");
    lookup(&["sre", "--limit", "0"]).exits(2);
    lookup(&["sre", "--as", "url", "--format", "json"]).exits(2).says("cannot be used with");
}

#[test]
fn every_hit_is_one_object_for_programs() {
    let found: Value =
        serde_json::from_str(&lookup(&["slo-targets", "--format", "json", "-n", "1"]).out).unwrap();
    let expected = serde_json::json!([{
        "kind": "practice",
        "id": "slo-targets",
        "lang": "en",
        "matched": "SLO targets",
        "file": "content/practices/slo/slo-targets.md",
        "title": "SLO targets",
        "address": "/sre/go/slo-targets/",
        "permalink": "/sre/go/slo-targets/",
        "url": "https://h.example/sre/go/slo-targets/",
        "markdown": "[SLO targets](https://h.example/sre/go/slo-targets/)",
        "html": "<a href=\"https://h.example/sre/go/slo-targets/\">SLO targets</a>",
        "rst": "`SLO targets <https://h.example/sre/go/slo-targets/>`__",
        "wiki": "[[practice:slo-targets]]",
    }]);
    assert_eq!(found, expected);
}
