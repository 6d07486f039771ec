//! Badges.

use super::{BASE, handbook};
use crate::handbook::TestHandbook;

/// A second team, whose practice of targets is where it wants it.
fn two_teams() -> TestHandbook {
    handbook()
        .file(
            "content/teams/search/_index.md",
            "---\ntitle: Search\nnot_applicable: {sli-design: {reason: None.}}\n---\n",
        )
        .file(
            "content/teams/search/assessments/2026-10-12.md",
            "---\ndate: 2026-10-12\nanswers:\n  slo-targets: {written: yes, agreed: yes}\n---\n",
        )
}

#[test]
fn a_badge_says_where_a_team_or_practice_stands() {
    let site = two_teams().build();
    let rows = [
        ("badges/team/shop.svg", "Shop: 0 of 2 at target", "9 October 2026"),
        ("badges/team/search.svg", "Search: 1 of 1 at target", "12 October 2026"),
        (
            "badges/team/shop/slo-targets.svg",
            "SLO targets: level 2, target 3",
            "Shop, Assessed on 9 October 2026",
        ),
        ("badges/team/shop/sli-design.svg", "SLI design: not assessed", "Shop"),
        ("badges/team/search/sli-design.svg", "SLI design: not applicable", "Search"),
        ("badges/practice/slo-targets.svg", "SLO targets: 1 of 2 teams at target", "Our handbook"),
        ("badges/practice/sli-design.svg", "SLI design: 0 of 1 teams at target", "Our handbook"),
        ("ja/badges/team/search.svg", "Search: 1件中1件が目標に到達", "2026年10月12日に評価"),
        ("ja/badges/practice/slo-targets.svg", "SLOの目標: 2チーム中1チームが目標に到達", "私たちの手引き"),
    ];
    for (path, title, about) in rows {
        let badge = site.page(path).contains(&format!("<title id=\"title\">{title}</title>")).contains(about);
        let state = title.split_once(": ").unwrap().1;
        badge
            .contains(&format!(">{state}</text>"))
            .contains("@media (prefers-color-scheme:dark)")
            .lacks("href")
            .lacks("url(http");
    }
}

#[test]
fn before_the_first_assessment_nothing_is_known() {
    let site = TestHandbook::with_practices()
        .file("content/teams/shop/_index.md", "---\ntitle: Shop\n---\n")
        .build();
    site.page("badges/team/shop.svg").contains("Shop: not assessed");
    site.page("badges/practice/slo-targets.svg").contains("SLO targets: not assessed");
    site.page("practices/slo/slo-targets/index.html").lacks("badge-snippet");
}

#[test]
fn pages_say_how_to_show_their_badge() {
    let site = two_teams().build();
    site.page("teams/shop/index.html")
        .contains("<img src=\"../../badges/team/shop.svg\" alt=\"Shop: 0 of 2 at target\" loading=\"lazy\">")
        .contains(&format!(
            "<code>[![Shop: Our handbook]({BASE}badges/team/shop.svg)]({BASE}go/team/shop/)</code>"
        ));
    site.page("ja/practices/slo/slo-targets/index.html").contains(&format!(
        "[![SLOの目標：私たちの手引き]({BASE}ja/badges/practice/slo-targets.svg)]({BASE}ja/go/practice/slo-targets/)"
    ));
    let nowhere = handbook().file("handbook.yaml", "title: T\nlanguages: [en, ja]\n").build();
    nowhere.page("teams/shop/index.html").lacks("badge-snippet");
}

#[test]
fn a_title_is_text_and_never_too_long() {
    let site = handbook()
        .file("content/teams/shop/_index.md", format!("---\ntitle: '<b>&{}'\n---\n", "語".repeat(100)))
        .build();
    site.page("badges/team/shop.svg")
        .contains("&lt;b&gt;&amp;語")
        .contains("語…")
        .lacks("<b>")
        .lacks(&"語".repeat(60));
}
