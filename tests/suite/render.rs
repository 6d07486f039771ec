//! Pages as readers get them: themes, addresses, views, cleaned HTML.

use std::collections::BTreeSet;

use proptest::prelude::*;
use shirube::render::clean;

use crate::handbook::{Reported, TestHandbook};

fn themed(file: &str, text: &str) -> TestHandbook {
    TestHandbook::with_practices()
        .file("handbook.yaml", "title: Test handbook\nlanguages: [en, ja]\ntheme: acme\n")
        .file(&format!("themes/acme/{file}"), text)
}

/// What a build says that is not expected to succeed.
fn told(handbook: &TestHandbook) -> Reported {
    let made = shirube::pipeline::make(&handbook.job()).unwrap();
    Reported::new(made.diagnostics, &made.texts)
}

#[test]
fn a_theme_overrides_single_files() {
    let site = themed(
        "templates/role.html",
        "{% extends \"base.html\" %}{% block after %}<p>ours: {{ role.leads | length }}</p>{% endblock %}",
    )
    .build();
    site.page("roles/sre/index.html").contains("<p>ours: 0</p>").contains("<h1>SRE</h1>");
    site.page("practices/slo/slo-targets/index.html").contains("Targets are agreed.").lacks("<p>ours");
}

#[test]
fn a_broken_template_is_pointed_at() {
    for (file, text, place, code, advice) in [
        (
            "templates/role.html",
            "<p>\n{% if %}",
            "themes/acme/templates/role.html:2:7",
            "theme/template-syntax",
            "",
        ),
        (
            "templates/role.html",
            "{{ role.leds }}",
            "themes/acme/templates/role.html:1:9",
            "theme/unknown-variable",
            "did you mean `leads`?",
        ),
        (
            "templates/role.html",
            "{{ rol }}",
            "themes/acme/templates/role.html:1:4",
            "theme/unknown-variable",
            "did you mean `role`?",
        ),
        (
            "templates/role.html",
            "a {{ role | shout }}",
            "themes/acme/templates/role.html:1:13",
            "theme/unknown-name",
            "",
        ),
        (
            "templates/role.html",
            "{{ <crd /> }}",
            "themes/acme/templates/role.html:1:5",
            "theme/unknown-name",
            "",
        ),
        ("theme.yaml", "name: acme\napi: 9\n", "themes/acme/theme.yaml:2:6", "theme/api", "API 1"),
        ("theme.yaml", "name: acme\n", "themes/acme/theme.yaml:1:1", "theme/api", "`api: 1`"),
    ] {
        told(&themed(file, text)).reports(place, code).hints(advice);
    }
}

#[test]
fn words_are_the_same_in_every_language() {
    themed("i18n/ja.yaml", "skip: 本文へ\nskp: 本文へ\n")
        .check()
        .reports("themes/acme/i18n/ja.yaml:2:1", "theme/unknown-key")
        .hints("did you mean `skip`?")
        .reports("themes/acme/i18n/ja.yaml:1:1", "theme/missing-words");
    let french = TestHandbook::new().file("handbook.yaml", "title: T\nlanguages: [en, ja, fr]\n");
    french.check().reports("", "theme/language").hints("`i18n/fr.yaml`");
}

#[test]
fn a_template_that_never_ends_is_stopped() {
    for text in [
        "{% for a in range(end=100000) %}{% for b in range(end=100000) %}{% endfor %}{% endfor %}",
        "{% component again() %}x{{ <again /> }}{% endcomponent again %}{{ <again /> }}",
        "{% set long = content ~ content %}{% for a in range(end=90000) %}{{ t.report_matrix_about }}{{ t.burn_rate_formula }}{{ t.burn_rate_formula }}{% endfor %}",
    ] {
        let found = told(&themed("templates/role.html", text));
        assert!(found.text.contains("theme/"), "{}", found.text);
    }
}

#[test]
fn old_addresses_lead_on_and_never_outside() {
    let site = TestHandbook::new()
        .file("content/roles/sre.md", "---\ntitle: SRE\naliases: [/old/sre/, wiki/SRE.html]\n---\n")
        .build();
    site.page("old/sre/index.html").contains("url=../../roles/sre/");
    site.page("wiki/SRE.html").contains("url=../roles/sre/");
}

#[test]
fn a_level_lists_what_it_asks_and_a_role_what_it_leads() {
    let site = TestHandbook::with_practices()
        .file("content/levels/2-visible.md", "---\ntitle: Visible\n---\n")
        .file("content/levels/3-fitted.md", "---\ntitle: Fitted\n---\n")
        .file(
            "content/playbooks/workshop.md",
            "---\ntitle: Workshop\npractices: {slo-targets: [3]}\nroles: {lead: [sre]}\n---\n",
        )
        .build();
    site.page("levels/3-fitted/index.html")
        .contains("Targets are agreed.")
        .contains("Workshop")
        .lacks("Targets are written.");
    site.page("practices/slo/slo-targets/index.html")
        .contains("id=\"level-3\"")
        .contains("../../../playbooks/workshop/");
    site.page("practices/slo/sli-design/index.html").contains("Opens the way to");
    site.page("roles/sre/index.html").contains("Workshop");
    site.page("matrix/index.html").contains("practices/slo/slo-targets/#level-3");
}

#[test]
fn an_incident_is_told_in_figures() {
    TestHandbook::with_practices()
        .file(
            "content/postmortems/2026-06-18-checkout.md",
            "---\ntitle: Checkout\ndate: 2026-06-18\nstarted: 2026-06-18T10:42:00Z\ndetected: 2026-06-18T10:50:30Z\nresolved: 2026-06-19T12:10:00Z\ngaps:\n  slo-targets: {criteria: [agreed], note: Nobody knew.}\nactions:\n  - {id: agree, text: Agree., due: 2026-07-01, link: 'https://t.example/CHK-1'}\n---\n",
        )
        .build()
        .page("postmortems/2026-06-18-checkout/index.html")
        .contains("8 min")
        .contains("1 d 1 h")
        .contains("#agreed")
        .contains("overdue")
        .contains(">CHK-1</a>");
}

#[test]
fn a_budget_is_counted_for_its_own_window() {
    TestHandbook::new()
        .file(
            "content/slos/search.yaml",
            "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: search}\nspec:\n  service: search\n  indicator: {metadata: {name: answers}}\n  timeWindow: [{duration: 30d, isRolling: true}]\n  budgetingMethod: Occurrences\n  objectives: [{displayName: Answers, target: 0.999}]\n",
        )
        .build()
        .page("slos/search/index.html")
        .contains("99.9 %")
        .contains("43.2 min")
        // 2 % of 30 days in an hour, and 1.44 % of failures.
        .contains("<td>14.4</td><td>1.44 %</td>");
}

#[test]
fn a_link_to_a_criterion_says_what_it_asks() {
    TestHandbook::with_practices()
        .file("content/guide.md", "# Guide\n\nSee [[slo-targets#agreed]].\n")
        .build()
        .page("guide/index.html")
        .contains("<a href=\"../practices/slo/slo-targets/#agreed\">Targets are agreed</a>")
        // The heading that says the title is the title.
        .contains("<h1>Guide</h1>")
        .contains("id=\"guide\"");
}

#[test]
fn harmful_html_goes_and_harmless_stays() {
    for (html, expected) in [
        ("<b>x</b><script>alert(1)</script>", "<b>x</b>"),
        ("<a href=\"java\tscript:x\" onclick=\"y\">z</a>", "<a>z</a>"),
        ("<a href=\"data:text/html,x\">z</a>", "<a>z</a>"),
        ("<img src=\"x.png\" onerror=\"y\" style=\"z\" name=\"currentScript\">", "<img src=\"x.png\">"),
        ("<svg><animate onbegin=\"x\"/></svg><math><mi>y</mi></math>z", "z"),
        (
            "<iframe src=\"https://x.example\"></iframe><form id=\"f\"><input name=\"a\"></form>",
            "<input type=\"checkbox\">",
        ),
        ("<p style=\"x\" class=\"y\" id=\"z\">t</p>", "<p class=\"y\" id=\"z\">t</p>"),
        (
            "<details open><summary>a</summary>b</details>",
            "<details open=\"\"><summary>a</summary>b</details>",
        ),
        ("<base href=\"https://x.example\"><meta http-equiv=\"refresh\"><link rel=\"x\">t", "t"),
    ] {
        assert_eq!(clean(html), expected, "{html}");
    }
}

#[test]
fn what_we_make_ourselves_passes_the_cleaning() {
    for html in [
        "<h2 id=\"x\">T <a class=\"anchor\" href=\"#x\" aria-label=\"Link\">#</a></h2>",
        "<figure class=\"code\"><figcaption>t</figcaption><pre tabindex=\"0\" data-language=\"rust\"><code><span class=\"line\" data-line=\"1\"><span class=\"k\">fn</span></span></code></pre></figure>",
        "<div class=\"table-scroll\" tabindex=\"0\"><table><thead><tr><th class=\"align-right\">a</th></tr></thead></table></div>",
        "<li class=\"task\"><input type=\"checkbox\" disabled=\"\" checked=\"\"> x</li>",
        "<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fr-1\">1</a></sup>",
        "<aside class=\"callout callout-note\" role=\"note\"><p class=\"callout-title\">Note</p></aside>",
    ] {
        let cleaned = clean(html);
        let sorted = |html: &str| {
            let mut words: Vec<String> = html.split([' ', '>']).map(str::to_owned).collect();
            words.sort();
            words
        };
        assert_eq!(sorted(&cleaned), sorted(html), "{cleaned}");
    }
}

#[test]
fn depth_is_refused_before_it_costs_anything() {
    for unit in ["<b>", "<div>", "<b><a><p>", "<table>", "<svg>", "<ul><li>"] {
        assert!(clean(&unit.repeat(50_000)).starts_with("&lt;"), "{unit}");
    }
    assert_eq!(clean(&"<br>".repeat(1_000)), "<br>".repeat(1_000));
}

proptest! {
    /// What a browser makes of cleaned HTML is clean as well. Tags may change places once more: HTML
    /// itself moves a link out of a table that stands in a link only when it reads it again.
    #[test]
    fn cleaning_again_finds_the_same_tags(html in "(<(/)?(b|p|a href=\"[a-z:]{0,12}\"|svg|table|td|li|style|input|details|img src=x onerror=y|!--)>?|[a-z&;<> \"']{0,6}){0,12}") {
        let once = clean(&html);
        let tags = |html: &str| -> BTreeSet<String> {
            html.split('<').skip(1).filter_map(|rest| Some(rest.split_once('>')?.0.to_owned())).collect()
        };
        prop_assert_eq!(tags(&clean(&once)), tags(&once));
        for bad in ["<svg", "<style", "<script", "onerror=\"", "style=\"", "javascript:"] {
            prop_assert!(!once.contains(bad), "{}", once);
        }
    }
}
