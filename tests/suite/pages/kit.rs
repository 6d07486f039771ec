//! The facilitation kit: agenda, work sheet and answer cards for each scope.

use crate::handbook::TestHandbook;

fn handbook() -> TestHandbook {
    TestHandbook::with_practices()
        .file(
            "content/practices/slo/slo-targets.md",
            "---\ntitle: SLO targets\nstarter: true\ncriteria:\n  2:\n    - {id: written, text: A target is written down., who: [sre]}\n  3:\n    - {id: agreed, text: Product agrees.}\n---\n\nText.\n",
        )
        .file("content/practices/respond/_index.md", "---\ntitle: Respond\n---\n\nText.\n")
        .file(
            "content/practices/respond/on-call.md",
            format!("---\ntitle: On-call\ncriteria:\n  2:\n{}---\n\nText.\n", many(40)),
        )
}

fn many(count: usize) -> String {
    (0..count).map(|at| format!("    - {{id: c{at}, text: It is so.}}\n")).collect()
}

#[test]
fn every_scope_has_its_kit_and_says_how_long_it_takes() {
    let site = handbook().build();
    let list = site.page("facilitation/index.html");
    for (scope, criteria, time) in [
        ("starter/\">The starters", 2, "35 minutes"),
        ("area-slo/\">", 3, "35 minutes"),
        ("area-respond/\">Respond", 40, "45 minutes"),
        ("all/\">Everything", 43, "45 minutes"),
    ] {
        let row =
            list.text.split("<tr>").find(|row| row.contains(scope)).unwrap_or_else(|| panic!("{scope}"));
        assert!(row.contains(&format!("<td>{criteria}</td><td>{time}</td>")), "{row}");
    }
    site.page("ja/facilitation/index.html").contains("進行キット");
    site.page("assess/index.html").contains("href=\"../facilitation/\"");
}

#[test]
fn a_kit_has_what_is_asked_in_its_scope_and_a_card_for_each_answer() {
    let site = handbook().build();
    let mut kit = site.page("facilitation/starter/index.html");
    kit = kit
        .contains("Facilitation kit: The starters")
        .contains("A target is written down.")
        .contains("roles/sre/");
    assert!(!kit.text.contains("It is so."));
    assert_eq!(kit.text.matches("<tbody>").count(), 2, "an agenda and a work sheet");
    for card in ["yes", "partly", "no", "unknown", "na"] {
        kit = kit.contains(&format!("<li class=\"{card}\"><span>"));
    }
    kit.contains("That is never a no.");
}

#[test]
fn long_sessions_are_split() {
    let site = handbook()
        .file(
            "content/practices/respond/drills.md",
            format!("---\ntitle: Drills\ncriteria:\n  2:\n{}---\n\nText.\n", many(400)),
        )
        .build();
    site.page("facilitation/all/index.html").contains("2 meetings of 90 minutes");
}

#[test]
fn where_nothing_is_asked_there_is_no_kit() {
    let site = TestHandbook::new().file("content/guides/one.md", "# One\n\nText.\n").build();
    assert!(
        !site.outputs.keys().any(|path| path.starts_with("facilitation/") || path.starts_with("assess/"))
    );
}
