//! What the self-assessment shows on the site: figures, pictures and the way to the answers behind them.

use serde_json::Value;

use crate::handbook::TestHandbook;
use crate::run::run;

/// Three areas: one half answered and rising, one that does not apply, one nobody looked at.
fn three_areas() -> TestHandbook {
    TestHandbook::with_practices()
        .file("content/practices/slo/_index.ja.md", "---\ntitle: 目標\n---\n\n本文。\n")
        .file("content/practices/respond/_index.md", "---\ntitle: Respond and learn\nnav_title: Respond\n---\n\nText.\n")
        .file(
            "content/practices/respond/_index.ja.md",
            "---\ntitle: インシデント対応と再発を防ぐための学び\n---\n\n本文。\n",
        )
        .file(
            "content/practices/respond/on-call.md",
            "---\ntitle: On-call\ncriteria:\n  2:\n    - {id: rota, text: There is a rota.}\n    - {id: paid, text: It is paid.}\n---\n\n## Why it matters\n\nText.\n",
        )
        .file("content/practices/data/_index.md", "---\ntitle: Data\n---\n\nText.\n")
        .file(
            "content/practices/data/lineage.md",
            "---\ntitle: Lineage\ncriteria:\n  2:\n    - {id: drawn, text: It is drawn.}\n---\n\n## Why it matters\n\nText.\n",
        )
        .file(
            "content/playbooks/workshop.md",
            "---\ntitle: Workshop\npractices: {slo-targets: [3]}\n---\n\nText.\n",
        )
        .file(
            "content/teams/pantry/_index.md",
            "---\ntitle: Pantry\nadoption: {slo-targets: Two numbers on a wall.}\nnot_applicable:\n  lineage: {reason: One dataset., decided_by: pantry, decided_on: 2025-01-01, revisit: 2027-01-01}\n---\n\n## Who we are\n\nText.\n",
        )
        .file(
            "content/teams/pantry/assessments/2025-10-01.md",
            "---\nanswers:\n  slo-targets: {written: yes, agreed: no}\n---\n\nText.\n",
        )
        .file(
            "content/teams/pantry/assessments/2026-10-01.md",
            "---\nanswers:\n  sli-design: {listed: yes}\n  slo-targets:\n    written: {answer: yes, evidence: [{title: The page, date: 2024-05-01}]}\n    agreed: {answer: partly, planned: true}\n---\n\nText.\n",
        )
        .file("content/teams/runway/_index.md", "---\ntitle: Runway\n---\n\nText.\n")
}

/// The text of `html` without tags, white space taken together.
fn words(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        rest = after.split_once('>').map_or("", |(_, rest)| rest);
    }
    text.push_str(rest);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The part of `html` from `start` to `end`.
fn part<'a>(html: &'a str, start: &str, end: &str) -> &'a str {
    let (_, after) = html.split_once(start).unwrap_or_else(|| panic!("no {start} in {html}"));
    after.split_once(end).unwrap_or_else(|| panic!("no {end} after {start}")).0
}

#[test]
fn the_tables_say_what_the_terminal_says() {
    let handbook = three_areas();
    let json = run(handbook.path(), &["score", "pantry", "--format", "json"]).exits(0).out;
    let json: Value = serde_json::from_str(&json).unwrap();
    let team = &json["teams"][0];
    let page = handbook.build().page("teams/pantry/index.html").text;
    let headline = words(part(&page, "class=\"headline\">", "</p>"));
    assert!(
        headline.starts_with(&format!("{} of {} at target", team["at_target"], team["applicable_practices"])),
        "{headline}"
    );
    assert!(
        headline.contains(&format!("{} of {} answered", team["answered"], team["applicable"])),
        "{headline}"
    );
    let overview = part(&page, "scorecard by-area", "</table>");
    for row in team["areas"].as_array().unwrap().iter().filter(|row| row["answered"] != 0) {
        let line = words(part(overview, &format!("#scores-{}", row["area"].as_str().unwrap()), "</tr>"));
        let expected = format!("{} of {} →", row["at_target"], row["applicable_practices"]);
        assert!(line.contains(&expected), "{line}");
    }
    for row in team["practices"].as_array().unwrap() {
        let title = row["title"].as_str().unwrap();
        let tables = part(&page, "id=\"section-practices\"", "id=\"section-decisions\"");
        let line = words(part(tables, &format!(">{title}</a>"), "</tr>"));
        match row["state"].as_str().unwrap() {
            "level" => {
                let expected = format!("Level {}", row["level"]);
                assert!(line.contains(&expected), "{title}: {line}");
                let expected = format!("{} of {}", row["answered"], row["applicable"]);
                assert!(line.contains(&expected), "{title}: {line}");
            }
            state => assert!(line.contains(&state.replace('-', " ")), "{title}: {line}"),
        }
    }
}

#[test]
fn every_number_leads_to_its_answers_and_the_formula_has_the_figures() {
    let site = three_areas().build();
    let page = site.page("teams/pantry/index.html").text;
    assert!(page.contains("href=\"assessments/2026-10-01/#answer/slo-targets\""), "{page}");
    assert!(words(&page).contains("Level 3: 0 of 1 hold, 1 partly (½) → 0.5 → 50 %"), "{page}");
    let assessment = site.page("teams/pantry/assessments/2026-10-01/index.html").text;
    for anchor in ["answer/slo-targets", "answer/slo-targets/agreed"] {
        assert!(assessment.contains(&format!("id=\"{anchor}\"")), "{anchor}: {assessment}");
    }
}

#[test]
fn what_does_not_apply_or_was_not_looked_at_is_a_gap_and_not_0() {
    let page = three_areas().build().page("teams/pantry/index.html").text;
    let rows = part(&page, "scorecard by-area", "</table>");
    assert!(words(part(rows, ">Data</a>", "</tr>")).starts_with("not applicable"), "{rows}");
    assert!(words(part(rows, ">Respond</a>", "</tr>")).starts_with("not assessed"), "{rows}");
    let radar = part(&page, "class=\"chart radar\"", "</svg>");
    assert_eq!(radar.matches("class=\"point today").count(), 1, "{radar}");
    assert_eq!(radar.matches("class=\"hatch\"").count(), 10, "{radar}");
    assert!(radar.contains("Data: not applicable") && radar.contains("Respond: not assessed"), "{radar}");
    // The year before half of the area was not answered.
    assert_eq!(radar.matches("class=\"point before").count(), 1, "{radar}");
    let teams = part(&page, "class=\"chart trend\"", "</svg>");
    assert!(teams.contains(">2025-10<") && teams.contains(">2026-10<"), "{teams}");
}

#[test]
fn next_steps_come_with_a_reason_and_a_playbook() {
    let page = three_areas().build().page("teams/pantry/index.html").text;
    let steps = words(part(&page, "class=\"next-steps\"", "</ol>"));
    assert!(steps.contains("SLO targets level 2 → 3 Takes weeks"), "{steps}");
    assert!(steps.contains("Targets are agreed. partly planned"), "{steps}");
    assert!(steps.contains("Playbooks that help: Workshop"), "{steps}");
    let evidence = words(part(&page, "class=\"evidence-table\"", "</table>"));
    assert!(evidence.contains("The page Targets are written. 30 months old"), "{evidence}");
}

#[test]
fn pictures_have_names_and_no_style_and_labels_are_whole() {
    let site = three_areas().build();
    for path in ["teams/pantry/index.html", "ja/teams/pantry/index.html", "teams/index.html"] {
        let page = site.page(path).text;
        for picture in page.split("<svg class=\"chart").skip(1) {
            let picture = picture.split("</svg>").next().unwrap();
            assert!(picture.contains("role=\"img\"") && picture.contains("><title>"), "{path}: {picture}");
            assert!(!picture.contains("style=") && !picture.contains("<a "), "{path}: {picture}");
            assert!(!picture.contains("NaN") && !picture.contains("inf"), "{path}: {picture}");
        }
    }
    let page = site.page("ja/teams/pantry/index.html").text;
    let radar = part(&page, "class=\"chart radar\"", "</svg>");
    // The long name stands on two lines inside the picture.
    let label: Vec<&str> = radar.split("<text ").skip(1).map(|text| part(text, ">", "</text>")).collect();
    assert!(label.concat().contains("インシデント対応と再発を防ぐための学び"), "{label:?}");
    let view: Vec<f64> =
        part(radar, "viewBox=\"", "\"").split(' ').map(|number| number.parse().unwrap()).collect();
    for text in radar.split("<text ").skip(1).filter(|text| !text.contains("text-anchor")) {
        let x: f64 = part(text, "x=\"", "\"").parse().unwrap();
        let width = part(text, ">", "</text>").chars().count() as f64 * 14.0;
        assert!(x + width <= view[0] + view[2], "{text} is cut at {view:?}");
    }
}

#[test]
fn teams_are_seen_together_and_nobody_is_ranked() {
    let site = three_areas().build();
    let page = site.page("teams/index.html").text;
    let heat = part(&page, "class=\"heat\"", "</table>");
    assert!(words(heat).contains("Pantry not applicable not assessed 0 /2"), "{}", words(heat));
    assert!(heat.contains("href=\"pantry/#scores-slo\""), "{heat}");
    assert!(heat.contains("cell not-applicable") && heat.contains("cell not-assessed"), "{heat}");
    assert!(words(&page).contains("not assessed: Runway"), "{}", words(&page));
    assert!(page.contains("id=\"practices-slo\""), "{page}");
    let home = site.page("index.html").text;
    assert!(home.contains("class=\"heat\""), "{home}");
}

#[test]
fn a_practice_tells_how_teams_do_it_and_why_some_do_not() {
    let site = three_areas().build();
    let page = site.page("practices/slo/slo-targets/index.html").text;
    assert!(
        words(part(&page, "id=\"section-adopted\"", "</section>")).contains("Pantry Two numbers on a wall.")
    );
    assert!(words(part(&page, "id=\"section-teams\"", "</section>")).contains("level 2: 1 team"), "{page}");
    let page = site.page("practices/data/lineage/index.html").text;
    assert!(
        words(part(&page, "id=\"section-declined\"", "</section>"))
            .contains("Pantry One dataset. Decided by: pantry")
    );
}

#[test]
fn history_sets_assessments_side_by_side_in_both_languages() {
    let site = three_areas().build();
    let page = site.page("teams/pantry/history/index.html").text;
    let row = words(part(part(&page, "class=\"scorecard history\"", "</table>"), ">SLI design</a>", "</tr>"));
    assert_eq!(row, "not assessed Level 2 · changed");
    let pair = part(&page, "id=\"2025-10-01--2026-10-01\"", "</details>");
    assert!(words(pair).contains("SLI design not assessed Level 2 · changed"), "{}", words(pair));
    let page = site.page("ja/teams/pantry/history/index.html").text;
    assert!(page.contains("Pantryの歩み"), "{page}");
}

#[test]
fn the_matrix_carries_the_states_and_is_plain_without_a_script() {
    let mut handbook = three_areas();
    for level in ["2-visible", "3-fitted"] {
        handbook = handbook.file(&format!("content/levels/{level}.md"), "---\ntitle: Level\n---\n\nText.\n");
    }
    let site = handbook.build();
    assert!(words(&site.page("levels/2-visible/index.html").text).contains("Teams at this level: Pantry"));
    let page = site.page("matrix/index.html").text;
    assert!(page.contains("<team-matrix hidden"), "{page}");
    assert!(page.contains("<option value=\"pantry\">Pantry</option>"), "{page}");
    for states in ["2/3", "?", "-"] {
        assert!(page.contains(&format!("data-states=\"{states}\"")), "{states}: {page}");
    }
}

#[test]
fn history_has_a_copy_and_is_listed_and_linked_to() {
    let site = three_areas()
        .file("handbook.yaml", "title: T\nlanguages: [en, ja]\nbase_url: https://handbook.example.com/\n")
        .file("content/ways.md", "---\ntitle: Ways\n---\n\n[How Pantry came here](/teams/pantry/history/)\n")
        .build();
    let copy = site.page("teams/pantry/history/index.md").text;
    assert!(copy.contains("| Practice | [2025-10-01](https://handbook.example.com/teams/pantry/assessments/2025-10-01/index.md) |"), "{copy}");
    assert!(copy.contains("not assessed | level 2 |"), "{copy}");
    assert!(site.page("ways/index.html").text.contains("href=\"../teams/pantry/history/\""));
    let sitemap = site.page("sitemap.xml").text;
    assert!(
        sitemap.contains("<loc>https://handbook.example.com/ja/teams/pantry/history/</loc>"),
        "{sitemap}"
    );
}

/// Points say how much, and no picture or sentence may say that a level holds.
#[test]
fn the_additive_scheme_has_points_where_the_other_has_levels() {
    let site = three_areas()
        .file(
            "handbook.yaml",
            "title: T\nlanguages: [en, ja]\nscoring:\n  scheme: additive\n  default_target: 2\n  answers:\n    \
             - {id: none, text: Never, weight: 0}\n    - {id: half, text: At times, weight: 0.5}\n    \
             - {id: always, text: Always, weight: 1}\n",
        )
        .file(
            "content/teams/pantry/assessments/2025-10-01.md",
            "---\nanswers:\n  slo-targets: {written: always, agreed: none}\n---\n\nText.\n",
        )
        .file(
            "content/teams/pantry/assessments/2026-10-01.md",
            "---\nanswers:\n  slo-targets: {written: always, agreed: half}\n---\n\nText.\n",
        )
        .file("content/levels/2-visible.md", "---\ntitle: Visible\n---\n\nText.\n")
        .file("content/levels/3-fitted.md", "---\ntitle: Fitted\n---\n\nText.\n")
        .build();
    let page = site.page("teams/pantry/index.html").text;
    let line = words(part(part(&page, "id=\"scores-slo\"", "</table>"), ">SLO targets</a>", "</tr>"));
    assert!(line.starts_with("1.50 1.50, target 2 2 2 of 2"), "{line}");
    assert!(page.contains("Points are the mean weight") && !page.contains("A level holds when"), "{page}");
    assert!(!page.contains("class=\"chart trend\""), "{page}");
    let strips = part(&page, "id=\"scores-slo\"", "</table>");
    assert!(strips.contains("class=\"points\"") && !strips.contains("fill\""), "{strips}");
    let history = site.page("teams/pantry/history/index.html").text;
    let row = part(part(&history, "class=\"scorecard history\"", "</table>"), ">SLO targets</a>", "</tr>");
    assert_eq!(words(row), "1.00 1.50 ▲ up");
    let practice = site.page("practices/slo/slo-targets/index.html").text;
    assert!(part(&practice, "class=\"chart distribution\"", "</svg>").contains(">1.5<"), "{practice}");
    let teams = words(part(&practice, "id=\"section-teams\"", "</section>"));
    assert!(teams.contains("Team Points Target Answered Pantry 1.50"), "{teams}");
    assert!(site.page("matrix/index.html").text.contains("data-states=\"=1.50/2\""));
}

/// A team's page once failed with a single assessment, because nothing was drawn.
#[test]
fn one_assessment_has_no_trend_and_no_year_before() {
    let site = three_areas().without("content/teams/pantry/assessments/2025-10-01.md").build();
    let page = site.page("teams/pantry/index.html").text;
    assert!(!page.contains("class=\"chart trend\"") && !page.contains("point before"), "{page}");
    assert!(words(part(&page, "scorecard by-area", "</table>")).contains("0 of 2 → 0 %"), "{page}");
    assert!(site.page("teams/pantry/history/index.html").text.contains("class=\"chart trend\""));
}
