//! What a handbook lacks, as `check` and `list` tell it.

use serde_json::Value;

use crate::handbook::TestHandbook;
use crate::run::run;

#[test]
fn gaps_are_hints() {
    TestHandbook::with_practices()
        .file(
            "content/playbooks/workshop.md",
            "---\ntitle: Workshop\npractices: {slo-targets: [2, 3]}\n---\n\nSee [[sli-design]].\n",
        )
        .file("content/playbooks/lonely.md", "---\ntitle: Lonely\n---\n\nText.\n")
        .file("content/practices/slo/empty.md", "---\ntitle: Empty\nroles: {lead: [sre]}\n---\n\nText.\n")
        .file(
            "content/slos/shop.yaml",
            "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: shop}\nspec:\n  service: shop\n  objectives: [{target: 0.99}]\n",
        )
        .check()
        .only(0)
        .reports("content/practices/slo/slo-targets.md:1:1", "coverage/no-lead")
        .reports("content/practices/slo/empty.md:1:1", "coverage/no-criteria")
        .reports("content/playbooks/lonely.md:1:1", "coverage/playbook-alone")
        .reports("content/playbooks/lonely.md:1:1", "link/orphan")
        .hints("link to it from where a reader would look for it")
        .reports("", "coverage/untranslated")
        .hints("cannot be read in `ja`");
}

/// Level 3 is the default target, and only practices with criteria there need a way to reach it.
#[test]
fn a_practice_without_a_way_to_its_target_is_told() {
    let handbook = TestHandbook::with_practices().file(
        "content/playbooks/workshop.md",
        "---\ntitle: Workshop\npractices: {slo-targets: [2], sli-design: [2]}\n---\n\nText.\n",
    );
    let reported = handbook.check();
    assert!(!reported.text.contains("level 3 of `sli-design`"), "{}", reported.text);
    reported
        .reports("content/practices/slo/slo-targets.md:1:1", "coverage/no-playbook")
        .hints("add `slo-targets: [3]` to the `practices` of a playbook that does");
}

#[test]
fn lists_tell_what_there_is_and_what_is_missing() {
    let handbook = TestHandbook::with_practices()
        .file(
            "content/playbooks/workshop.md",
            "---\ntitle: Workshop\nreviewed: 2020-01-01\nreview_every: 6 months\npractices: {slo-targets: [3]}\n---\n\nText.\n",
        )
        .file(
            "content/postmortems/2026-01-02-storm.md",
            "---\ntitle: Storm\nactions:\n  - {id: calm, text: Calm down., owner: sea, due: 2026-02-01}\n  - {id: sail, text: Sail., state: done}\n---\n\nSee [[workshop]].\n",
        );
    let list = |subject: &str| -> Vec<Value> {
        let out = run(handbook.path(), &["list", subject, "--format", "json"]).exits(0).out;
        serde_json::from_str(&out).expect("a JSON list")
    };
    let ids = |rows: &[Value], key: &str| -> Vec<String> {
        rows.iter().map(|row| row[key].as_str().unwrap_or("-").to_owned()).collect()
    };

    assert_eq!(ids(&list("criteria"), "criterion"), ["listed", "written", "agreed"]);
    assert_eq!(ids(&list("orphans"), "id"), ["sre", "2026-01-02-storm"]);
    assert_eq!(ids(&list("stale"), "id"), ["workshop"]);
    assert_eq!(list("untranslated").len(), 6);
    assert_eq!(list("practices")[0]["languages"], serde_json::json!(["en"]));

    let actions = list("actions");
    assert_eq!(actions[0]["overdue"], true);
    assert_eq!(actions[1]["state"], "done");

    let coverage = list("coverage");
    let at_three = coverage.iter().find(|row| row["practice"] == "slo-targets" && row["level"] == 3);
    assert_eq!(at_three.expect("a row")["playbooks"], serde_json::json!(["workshop"]));
    assert!(run(handbook.path(), &["list", "coverage"]).exits(0).out.contains("slo-targets"));
}
