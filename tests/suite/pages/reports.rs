//! Each page about the whole handbook: what it shows, and when there is one.

use super::html::{between, in_order, links, pieces, text};
use super::small;
use crate::handbook::{Site, TestHandbook};

/// Where links on a page lead, and the page.
fn page(site: &Site, path: &str) -> (Vec<String>, String) {
    let html = site.page(path).text;
    (in_order(path, &html), html)
}

/// The cells of each row as text, headings of groups included.
fn rows(html: &str) -> Vec<String> {
    let table = between(html, "<tbody>", "</table>");
    pieces(table, "<tr", "</tr>").map(|row| text(row.split_once('>').unwrap().1)).collect()
}

#[test]
fn every_report_is_reached_from_the_overview_and_the_overview_from_everywhere() {
    let site = small().build();
    let reports = [
        "matrix/",
        "graph/",
        "playbooks/by-practice/",
        "postmortems/by-gap/",
        "coverage/",
        "review/",
        "actions/",
        "all/",
    ];
    for root in ["", "ja/"] {
        let (shown, _) = page(&site, &format!("{root}overview/index.html"));
        for report in reports {
            assert!(shown.contains(&format!("{root}{report}")), "{root}{report} among {shown:?}");
            let (back, html) = page(&site, &format!("{root}{report}index.html"));
            assert!(back.contains(&format!("{root}overview/")), "{root}{report}");
            assert!(html.contains("<nav class=\"breadcrumbs\""), "{root}{report}");
        }
    }
    let mut seen = 0;
    // Cards for other sites, and addresses that lead on, have no menus.
    let is_whole = |path: &&String| !path.contains("go/") && !path.contains("embed/");
    for path in site.outputs.keys().filter(|path| path.ends_with("index.html")).filter(is_whole) {
        let (links, _) = page(&site, path);
        let root = if path.starts_with("ja/") { "ja/" } else { "" };
        assert!(links.contains(&format!("{root}overview/")), "{path}");
        seen += 1;
    }
    assert!(seen > 60, "{seen} pages");
}

#[test]
fn what_has_nothing_to_show_is_not_made() {
    let site = TestHandbook::with_practices().build();
    for made in ["graph", "coverage", "all", "overview"] {
        site.page(&format!("{made}/index.html"));
    }
    for missing in ["matrix", "playbooks/by-practice", "postmortems/by-gap", "review", "actions"] {
        assert!(!site.outputs.contains_key(&format!("{missing}/index.html")), "{missing}");
        let (links, _) = page(&site, "overview/index.html");
        assert!(!links.contains(&format!("{missing}/")), "{missing}");
    }
    // A folder of documentation has one list, and no page that leads to it alone.
    let site = TestHandbook::new().file("content/guide.md", "# Guide\n\nText.\n").build();
    assert!(!site.outputs.contains_key("overview/index.html"));
    assert!(page(&site, "guide/index.html").0.contains(&"all/".to_owned()));
}

#[test]
fn what_a_writer_puts_there_comes_first() {
    let site = small()
        .file("content/review/how-to.md", "---\ntitle: How to review\n---\n\nText.\n")
        .file("content/coverage.md", "---\ntitle: Our coverage\n---\n\nOf the press.\n")
        .build();
    site.page("review/index.html").contains("How to review").lacks("<table");
    site.page("coverage/index.html").contains("Of the press.");
    let (links, _) = page(&site, "overview/index.html");
    let within =
        between(&site.page("overview/index.html").text, "<ul class=\"entries\">", "</main>").to_owned();
    assert!(!within.contains("review/") && !within.contains("coverage/"), "{links:?}");
}

#[test]
fn content_leads_to_generated_pages_in_the_readers_language() {
    let site = small()
        .file(
            "content/guide.md",
            "# Guide\n\n[a](/coverage/) [b](playbooks/by-practice/) [c](/roles/) [d](feed.xml)\n",
        )
        .file("content/guide.ja.md", "# 手引き\n\n[a](/coverage/) [b](playbooks/by-practice/) [c](/roles/)\n")
        .file("handbook.yaml", "title: T\nbase_url: https://x.example/\nlanguages: [en, ja]\n")
        .build();
    for root in ["", "ja/"] {
        let path = format!("{root}guide/index.html");
        let html = site.page(&path).text;
        let prose = links(&path, between(&html, "<div class=\"prose\">", "</div>"));
        for target in ["coverage/", "playbooks/by-practice/", "roles/"] {
            assert!(prose.contains(&format!("{root}{target}")), "{root}{target} among {prose:?}");
        }
    }
}

#[test]
fn from_a_practice_one_gets_to_the_playbook_for_the_next_level() {
    let site = small().build();
    let (_, html) = page(&site, "practices/slo/slo-targets/index.html");
    let teams = between(&html, "<h2 id=\"section-teams\">", "</table>");
    // Checkout decided that the only criterion of level 2 does not apply; level 3 is the one it does not hold.
    let next = between(teams, "<td class=\"next\">", "</td>");
    assert!(next.contains("href=\"#level-3\"") && next.contains("playbooks/workshop/"), "{next}");
    assert!(html.contains("playbooks/by-practice/#practice-slo-targets"));
    let (_, html) = page(&site, "playbooks/by-practice/index.html");
    assert!(html.contains("<th scope=\"col\">Any level</th>"));
    let rows = rows(&html);
    for row in ["SLO targets Workshop Workshop", "On-call none yet Game day", "Drills Game day"] {
        assert!(rows.iter().any(|shown| shown == row), "{row:?} among {rows:#?}");
    }
}

#[test]
fn a_playbook_for_a_level_that_asks_nothing_is_shown_at_both_ends() {
    let site = small().build();
    site.page("practices/respond/drills/index.html").contains("playbooks/game-day/");
    site.page("levels/3-fitted/index.html").contains("playbooks/game-day/");
}

#[test]
fn gaps_are_counted_by_postmortem() {
    let (_, html) = page(&small().build(), "postmortems/by-gap/index.html");
    assert!(html.contains("2 practices, 2 postmortems"), "{html}");
    let rows: Vec<String> =
        pieces(&html, "<tr", "</tr>").map(|row| text(row.split_once('>').unwrap().1)).collect();
    assert_eq!(
        rows[1..],
        [
            "SLO targets 2 postmortems",
            "Level 3 Targets are agreed. Stale report 2 August 2026 Checkout timeouts 18 June 2026",
            "Level 3 Targets are kept. Stale report 2 August 2026",
            "On-call 1 postmortem",
            "The practice as a whole Checkout timeouts 18 June 2026",
        ]
    );
}

#[test]
fn coverage_names_its_gaps() {
    let site = small().build();
    let (_, html) = page(&site, "coverage/index.html");
    let row = |id: &str| text(between(&html, &format!("<tr id=\"practice-{id}\">"), "</tr>"));
    assert_eq!(row("slo-targets"), "SLO targets 1 1 2 1 SRE no 日本語");
    assert_eq!(row("sli-design"), "SLI design 1 none none SRE no 日本語");
    assert_eq!(row("on-call"), "On-call none 1 none nobody no 日本語");
    assert_eq!(row("drills"), "Drills none none 1 Dev all");
    let summary = text(between(&html, "<dl class=\"figures\">", "</dl>"));
    assert!(summary.starts_with("Levels with criteria 4 of 8 Levels with a playbook 2 of 4"), "{summary}");
    assert!(
        summary.contains("Practices with a lead role 3 of 4 Practices in all languages 1 of 4"),
        "{summary}"
    );
    // Gaps have a frame and a word of their own; colour only adds.
    assert_eq!(between(&html, "<tr id=\"practice-on-call\">", "</tr>").matches("class=\"hole\"").count(), 4);
    assert!(between(&html, "<section id=\"untranslated\">", "</section>").contains("playbooks/workshop/"));
    let lonely = small().file("content/lonely.md", "# Lonely\n\nText.\n").build();
    let (_, html) = page(&lonely, "coverage/index.html");
    assert!(between(&html, "<h2 id=\"orphans\">", "</section>").contains("Lonely"));
}

#[test]
fn reviews_are_due_up_to_the_sixtieth_day() {
    // The day is 2026-11-20: due are 2026-11-19 and 2026-11-20, soon is up to 2027-01-19.
    let reviewed = |day: &str, owner: &str| {
        format!("---\ntitle: Reviewed {day}\n{owner}reviewed: {day}\nreview_every: 1 years\n---\n\nText.\n")
    };
    let mut handbook = TestHandbook::with_practices()
        .file("content/teams/checkout/_index.md", "---\ntitle: Checkout\n---\n\nText.\n");
    for (day, owner) in [
        ("2025-11-19", "owner: checkout\n"),
        ("2025-11-20", ""),
        ("2025-11-21", "owner: checkout\n"),
        ("2026-01-19", "owner: guild\n"),
        ("2026-01-20", "owner: guild\n"),
    ] {
        handbook = handbook.file(&format!("content/guides/{day}.md"), reviewed(day, owner));
    }
    let site = handbook.build();
    let (links, html) = page(&site, "review/index.html");
    assert!(html.contains("2 due, 2 soon"));
    let rows: Vec<String> =
        pieces(&html, "<tr", "</tr>").map(|row| text(row.split_once('>').unwrap().1)).collect();
    assert_eq!(
        rows[1..],
        [
            "Checkout",
            "Reviewed 2025-11-19 Page 19 November 2025 19 November 2026 due",
            "Reviewed 2025-11-21 Page 21 November 2025 21 November 2026",
            "No owner",
            "Reviewed 2025-11-20 Page 20 November 2025 20 November 2026 due",
            "guild",
            "Reviewed 2026-01-19 Page 19 January 2026 19 January 2027",
        ]
    );
    assert!(links.contains(&"teams/checkout/".to_owned()));
}

#[test]
fn the_page_of_reviews_stays_when_nothing_is_due() {
    let site = TestHandbook::new()
        .file(
            "content/guide.md",
            "---\ntitle: Guide\nreviewed: 2026-11-01\nreview_every: 1 years\n---\n\nText.\n",
        )
        .build();
    let (links, html) = page(&site, "review/index.html");
    assert!(html.contains("until 19 January 2027") && html.contains("1 November 2027"), "{html}");
    assert!(links.contains(&"guide/".to_owned()));
}

#[test]
fn open_actions_stand_by_owner_and_overdue_ones_first() {
    let site = small().build();
    let (links, html) = page(&site, "actions/index.html");
    assert!(html.contains("2 open, 1 overdue"));
    let rows: Vec<String> =
        pieces(&html, "<tr", "</tr>").map(|row| text(row.split_once('>').unwrap().1)).collect();
    assert_eq!(
        rows[1..],
        [
            "Checkout",
            "Agree on a target. 30 September 2026 overdue SLO targets Checkout timeouts",
            "platform",
            "Share the load. 15 January 2027 Checkout timeouts",
        ]
    );
    assert!(links.contains(&"postmortems/2026-06-18-checkout/#action-agree".to_owned()), "{links:?}");
}

#[test]
fn all_pages_are_listed_once() {
    let site = small().build();
    for root in ["", "ja/"] {
        let path = format!("{root}all/index.html");
        let html = site.page(&path).text;
        let mut listed: Vec<String> = pieces(&html, "<tr><th scope=\"row\">", "</th>")
            .map(|row| in_order(&path, row).remove(0))
            .collect();
        listed.sort_unstable();
        let reports = [
            "overview",
            "graph",
            "coverage",
            "review",
            "actions",
            "translations",
            "all",
            "matrix",
            "by-practice",
            "by-gap",
        ];
        let mut written: Vec<String> = site
            .outputs
            .keys()
            .filter_map(|path| path.strip_suffix("index.html"))
            .filter(|folder| folder.starts_with("ja/") != root.is_empty())
            .filter(|folder| {
                !folder.contains("go/")
                    && !folder.contains("embed/")
                    && !folder.ends_with("/history/")
                    && !folder.contains("assess/")
                    && !folder.contains("facilitation/")
                    && !folder.starts_with("search/")
                    && *folder != "ja/search/"
            })
            .filter(|folder| !reports.contains(&folder.trim_end_matches('/').rsplit('/').next().unwrap()))
            .map(str::to_owned)
            .filter(|folder| !is_section(folder))
            .collect();
        written.sort_unstable();
        assert_eq!(listed, written);
    }
    let html = site.page("all/index.html").text;
    assert!(html.contains("<a href=\"#practice\">Practices</a> <span class=\"minor\">4</span>"));
    assert!(html.contains("<span lang=\"en\">English</span>, <span lang=\"ja\">日本語</span>"));
}

/// Folders that nobody introduced are no pages of the handbook.
fn is_section(folder: &str) -> bool {
    let name = folder.trim_start_matches("ja/").trim_end_matches('/');
    ["levels", "practices", "roles", "playbooks", "postmortems", "teams", "glossary", "onboarding", "slos"]
        .contains(&name)
        || name == "teams/checkout/assessments"
}

#[test]
fn practices_say_how_far_their_prerequisites_reach() {
    let site = small().build();
    let around = |path: &str| {
        let html = site.page(path).text;
        text(between(&html, "<dl class=\"relations\">", "</dl>"))
    };
    let shown = around("practices/respond/on-call/index.html");
    assert!(shown.starts_with("Needs first SLO targets and 1 behind these"), "{shown}");
    let shown = around("practices/slo/sli-design/index.html");
    assert!(shown.starts_with("Opens the way to SLO targets and 1 beyond these"), "{shown}");
    let shown = around("practices/slo/slo-targets/index.html");
    assert!(shown.starts_with("Needs first SLI design Opens the way to On-call Related Drills"), "{shown}");
    site.page("practices/respond/on-call/index.html").contains("graph/#practice-on-call");
    // Drills needs nothing and unlocks nothing.
    site.page("practices/respond/drills/index.html").lacks("graph/#");
    let html = site.page("graph/index.html").text;
    assert!(between(&html, "<h2 id=\"alone\">", "</section>").contains("practices/respond/drills/"));
}

#[test]
fn an_slo_and_its_team_lead_to_each_other() {
    let site = small().build();
    site.page("slos/shop-works/index.html").contains("<dt>Team</dt><dd><a href=\"../../teams/checkout/\">");
    site.page("teams/checkout/index.html").contains("slos/shop-works/").contains("playbooks/workshop/");
    // Without an owner it belongs to the team that runs the service.
    let slo = std::fs::read_to_string(small().path().join("content/slos/shop.yaml")).unwrap();
    let without = slo.replace("    shirube.dev/owner: checkout\n", "");
    let site = small().file("content/slos/shop.yaml", without).build();
    site.page("slos/shop-works/index.html").contains("<dt>Team</dt>");
    site.page("teams/checkout/index.html").contains("slos/shop-works/");
}

#[test]
fn areas_lead_to_playbooks_and_to_the_postmortems_that_show_a_gap() {
    let site = small().build();
    let (links, html) = page(&site, "practices/respond/index.html");
    assert!(links.contains(&"playbooks/game-day/".to_owned()));
    let gaps = between(&html, "<h2 id=\"section-postmortems\">", "</section>");
    assert_eq!(text(gaps), "Gaps shown by postmortems Checkout timeouts 18 June 2026 On-call");
    // A level's number with the count of criteria below it.
    assert!(
        html.contains(
            "aria-label=\"Level 3: 1 criterion\">3</a><span class=\"count\" aria-hidden=\"true\">1<"
        )
    );
}

#[test]
fn tags_list_by_kind() {
    let site = small()
        .file(
            "content/playbooks/x.md",
            "---\ntitle: X\ntags: [slo]\npractices: {drills: [2]}\n---\n\nText.\n",
        )
        .file("content/glossary/sli.md", "---\ntitle: SLI\ntags: [slo]\n---\n\nA measure.\n")
        .build();
    let html = site.page("tags/slo/index.html").text;
    let headings: Vec<String> =
        pieces(&html, "<h2", "</h2>").map(|h| text(h.split_once('>').unwrap().1)).collect();
    assert_eq!(headings, ["Playbooks", "Glossary"]);
}
