//! Reviews that something has overtaken: by `check`, by `list stale`, and on the page.

use std::fs;

use super::repository::{Repository, has_git};
use crate::handbook::{Reported, TestHandbook};
use crate::run::run;

const PLAYBOOK: &str = "content/playbooks/workshop.md";
const PRACTICE: &str = "content/practices/slo/slo-targets.md";
const SLO: &str = "content/slos/shop.yaml";

/// A playbook that rests on two criteria, an SLO, practices and a term, stamped on 2026-11-20.
fn stamped() -> TestHandbook {
    let handbook = TestHandbook::with_practices()
        .file("content/glossary/budget.md", "---\ntitle: Error budget\n---\n\nWhat may fail.\n")
        .file(SLO, slo("target: 0.99", "28d"))
        .file(
            PLAYBOOK,
            "---\ntitle: Workshop\npractices: {slo-targets: [2, 3]}\n---\n\nUse a [[budget]] and [[slo:shop]].\n",
        );
    run(handbook.path(), &["reviewed", PLAYBOOK]).exits(0);
    handbook
}

fn slo(target: &str, window: &str) -> String {
    format!(
        "apiVersion: openslo/v1\nkind: SLO\nmetadata: {{name: shop, displayName: Shop}}\nspec:\n  \
         timeWindow: [{{duration: {window}, isRolling: true}}]\n  objectives: [{{{target}}}]\n"
    )
}

/// The practice with other criteria.
fn practice(criteria: &str) -> String {
    format!(
        "---\ntitle: SLO targets\nrequires: [sli-design]\ncriteria:\n{criteria}---\n\n## Why it matters\n\nText.\n"
    )
}

const SAME: &str = "  2:\n    - {id: written, text: Targets are written.}\n  3:\n    - {id: agreed, text: Targets are agreed.}\n";

/// The changes told, without their place.
fn told(reported: &Reported) -> Vec<String> {
    let lines = reported.text.lines();
    lines.filter_map(|line| Some(line.split_once("[due/changed]: ")?.1.to_owned())).collect()
}

#[test]
fn what_a_page_rests_on_is_told_exactly_when_it_changes() {
    let rows: &[(&str, String, &[&str])] = &[
        (PRACTICE, practice(SAME), &[]),
        // Layout and evidence are not the text.
        (
            PRACTICE,
            practice(
                "  2:\n    - id: written\n      text: >-\n        Targets are\n        written.\n      evidence: A link.\n  3:\n    - {id: agreed, text: Targets are agreed.}\n",
            ),
            &[],
        ),
        (
            PRACTICE,
            practice(&SAME.replace("are agreed", "are agreed with the product owner")),
            &["the criterion `agreed` of SLO targets was reworded after this review"],
        ),
        (
            PRACTICE,
            practice(&format!("{SAME}    - {{id: dated, text: Targets have a date.}}\n")),
            &["the criterion `dated` of SLO targets was added after this review"],
        ),
        (
            PRACTICE,
            practice(&SAME.replace("  3:", "  4:")),
            &["the criterion `agreed` of SLO targets was moved to level 4 after this review"],
        ),
        (
            PRACTICE,
            practice("  2:\n    - {id: written, text: Targets are written.}\n"),
            &["the criterion `agreed` of SLO targets was removed after this review"],
        ),
        (
            PRACTICE,
            practice(SAME).replace("title: SLO targets", "title: Targets and windows"),
            &["the practice `slo-targets` was given another title after this review"],
        ),
        (PRACTICE, practice(SAME).replace("title: SLO targets", "title: SLO Targets"), &[]),
        (
            SLO,
            slo("target: 0.995", "28d"),
            &["the target or the window of the SLO Shop was changed after this review"],
        ),
        (
            SLO,
            slo("target: 0.99", "7d"),
            &["the target or the window of the SLO Shop was changed after this review"],
        ),
        (SLO, slo("targetPercent: 99", "28d"), &[]),
        (
            "content/glossary/budget.md",
            "---\ntitle: Allowance\n---\n\nWhat may fail.\n".to_owned(),
            &["the term `budget` was given another title after this review"],
        ),
        ("content/glossary/budget.md", "---\ntitle: Error budget\n---\n\nIn other words.\n".to_owned(), &[]),
    ];
    for (file, text, expected) in rows {
        let reported = stamped().file(file, text).check();
        assert_eq!(told(&reported), *expected, "{text}\n{}", reported.text);
    }
}

#[test]
fn the_line_of_the_stamp_is_pointed_at_with_the_remedy() {
    let handbook = stamped().file(PRACTICE, practice(&SAME.replace("are agreed", "are signed")));
    let line = fs::read_to_string(handbook.path().join(PLAYBOOK)).unwrap();
    let line = line.lines().position(|line| line.contains("slo-targets/agreed")).unwrap() + 1;
    handbook
        .check()
        .only(0)
        .reports(&format!("{PLAYBOOK}:{line}:3"), "due/changed")
        .hints("shirube reviewed content/playbooks/workshop.md");
    run(handbook.path(), &["check", "--due", "--strict"]).exits(1).prints("warning[due/changed]");
    run(handbook.path(), &["list", "stale"]).exits(0).prints("workshop");
    run(handbook.path(), &["reviewed", PLAYBOOK]).exits(0);
    assert!(told(&handbook.check()).is_empty());
    assert!(!run(handbook.path(), &["list", "stale"]).exits(0).out.contains("workshop"));
}

#[test]
fn the_page_tells_its_readers_in_their_language() {
    let site = stamped()
        .file(PRACTICE, practice(&SAME.replace("are agreed", "are signed")))
        .file(SLO, slo("target: 0.5", "28d"))
        .build();
    site.page("playbooks/workshop/index.html")
        .contains("What this page rests on was changed after its review:")
        .contains("<a href=\"../../practices/slo/slo-targets/#agreed\">SLO targets</a>: the criterion “agreed” was reworded")
        .contains("<a href=\"../../slos/shop/\">Shop</a>: it has another target or window");
    site.page("ja/playbooks/workshop/index.html").contains("基準「agreed」の文面が変わりました");
    stamped().build().page("playbooks/workshop/index.html").lacks("changed after its review");
}

#[test]
fn renames_and_retirements_are_told_by_their_old_names() {
    let renamed = stamped()
        .without("content/glossary/budget.md")
        .file("content/glossary/allowance.md", "---\ntitle: Error budget\n---\n\nWhat may fail.\n")
        .file("model.yaml", "renamed: {budget: allowance}\n");
    assert_eq!(told(&renamed.check()), ["the term `budget` was renamed to `allowance` after this review"]);

    let retired = stamped()
        .without("content/glossary/budget.md")
        .file("model.yaml", "retired: {budget: {reason: Nobody uses it., on: 2026-11-01}}\n");
    assert_eq!(told(&retired.check()), ["the term `budget` was retired after this review"]);
    retired
        .outputs_in_spite_of_errors()
        .page("playbooks/workshop/index.html")
        .contains("budget: it was retired");

    let criterion = stamped()
        .file(PRACTICE, practice(&SAME.replace("id: agreed", "id: signed")))
        .file("model.yaml", "renamed: {slo-targets/agreed: slo-targets/signed}\n");
    assert_eq!(
        told(&criterion.check()),
        ["the criterion `agreed` of SLO targets was renamed to `signed` after this review"]
    );

    let practice = stamped()
        .without(PRACTICE)
        .file("content/practices/slo/targets.md", practice(SAME))
        .file("model.yaml", "renamed: {slo-targets: targets}\n");
    // The end of its criteria goes without saying.
    assert_eq!(
        told(&practice.check()),
        ["the practice `slo-targets` was renamed to `targets` after this review"]
    );
}

/// What the page came to rest on, or no longer does, may be its own doing; what it rests on still is told.
#[test]
fn a_page_that_was_changed_itself_says_so_and_is_not_blamed_twice() {
    let handbook = stamped();
    let text = fs::read_to_string(handbook.path().join(PLAYBOOK)).unwrap();
    let text =
        text.replace("practices: {slo-targets: [2, 3]}", "practices: {slo-targets: [3], sli-design: [2]}");
    let handbook = handbook.file(PLAYBOOK, text).file(
        PRACTICE,
        practice(&SAME.replace("are written", "are painted").replace("are agreed", "are signed")),
    );
    assert_eq!(
        told(&handbook.check()),
        ["the criterion `agreed` of SLO targets was reworded after this review"]
    );
    handbook.build().page("playbooks/workshop/index.html").contains("changed since its review");
}

#[test]
fn what_a_build_may_not_contain_was_not_removed() {
    let handbook = TestHandbook::with_practices()
        .file("handbook.yaml", "title: T\naudience: public\n")
        .file("content/glossary/budget.md", "---\ntitle: Budget\naudience: internal\n---\n\nText.\n")
        .file("content/page.md", "---\ntitle: Page\naudience: public\n---\n\nUse a [[budget]].\n");
    run(handbook.path(), &["reviewed", "content/page.md"]).exits(0);
    assert!(fs::read_to_string(handbook.path().join("content/page.md")).unwrap().contains("term:budget"));
    assert!(told(&handbook.check()).is_empty());
}

/// A team decided against a criterion that reads otherwise today.
#[test]
fn a_decision_rests_on_the_words_it_was_made_about() {
    let handbook = TestHandbook::with_practices().file(
        "content/teams/shop/_index.md",
        "---\ntitle: Shop\nnot_applicable:\n  slo-targets/agreed: {reason: Alone., decided_by: us, decided_on: 2026-11-01}\n---\n\nA team.\n",
    );
    run(handbook.path(), &["reviewed", "content/teams/shop/_index.md"]).exits(0);
    assert!(told(&handbook.check()).is_empty());
    let handbook = handbook.file(PRACTICE, practice(&SAME.replace("are agreed", "are signed")));
    assert_eq!(
        told(&handbook.check()),
        ["the criterion `agreed` of SLO targets was reworded after this review"]
    );
}

/// By dates alone every review would be overtaken by the commit that records it.
#[test]
fn a_stamped_page_is_judged_by_its_text_and_others_by_their_dates() {
    if !has_git("a_stamped_page_is_judged_by_its_text_and_others_by_their_dates") {
        return;
    }
    let page = |reviewed: &str, text: &str| format!("---\ntitle: Page\n{reviewed}---\n\n{text}\n");
    let says_changed = |handbook: &TestHandbook| {
        handbook.build().page("page/index.html").text.contains("changed since its review")
    };
    let handbook = TestHandbook::new().file("content/page.md", page("", "Text.")).init();
    run(handbook.path(), &["reviewed", "content/page.md"]).exits(0);
    let handbook = handbook.commit("2026-12-01");
    assert!(!says_changed(&handbook));

    let stamped = fs::read_to_string(handbook.path().join("content/page.md")).unwrap();
    let reformatted =
        stamped.replace("title: Page\n", "# a comment\ntitle:   'Page'\nreview_every: 1 year\n");
    let handbook = handbook.file("content/page.md", reformatted.replace("Text.\n", "Text.\n\n\n"));
    assert!(!says_changed(&handbook), "{reformatted}");
    for changed in
        [stamped.replace("Text.", "Other text."), stamped.replace("title: Page", "title: Page\nowner: me")]
    {
        let handbook = TestHandbook::new().file("content/page.md", &changed);
        assert!(says_changed(&handbook), "{changed}");
    }

    let handbook =
        handbook.file("content/page.md", page("reviewed: 2026-11-20\n", "Text.")).commit("2026-11-20");
    assert!(!says_changed(&handbook));
    let handbook =
        handbook.file("content/page.md", page("reviewed: 2026-11-20\n", "Other.")).commit("2026-11-21");
    assert!(says_changed(&handbook));
}
