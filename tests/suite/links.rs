//! Names and links: what is resolved, and what is said of what is not.

use crate::handbook::TestHandbook;

#[test]
fn a_misspelt_practice_is_pointed_at() {
    TestHandbook::with_practices()
        .file(
            "content/playbooks/workshop.md",
            "---\ntitle: Workshop\npractices: {slo-target: [2]}\n---\n\nText.\n",
        )
        .check()
        .reports("content/playbooks/workshop.md:3:13", "link/unknown-practice")
        .hints("did you mean `slo-targets`?")
        .only(1);
}

#[test]
fn what_a_link_can_get_wrong_is_pointed_at() {
    let rows = [
        ("See [it](../practices/slo/slo-target.md).", 10, "link/missing-file", "slo-targets.md"),
        ("See [it](../practices/slo/slo-targets.md#whyy).", 10, "link/missing-anchor", ""),
        (
            "See [it](../practices/slo/slo-targets.md#why-it-mater).",
            10,
            "link/missing-anchor",
            "#why-it-matters",
        ),
        ("日本語の[リンク](無い.md)です。", 11, "link/missing-file", "relative to this file"),
        ("See [[slo-target]].", 7, "link/unknown-id", "slo-targets"),
        ("See [[slo-targets#agred]].", 7, "link/missing-anchor", "#agreed"),
        ("See [[practise:slo-targets]].", 7, "link/unknown-kind", "practice"),
        ("![A picture](missing.png)", 14, "link/missing-image", "put the file beside"),
        ("See [it](../../../etc/passwd).", 10, "link/leaves-content", "copy what it leads to"),
        ("See [it](#nowhere).", 10, "link/missing-anchor", "{#nowhere}"),
    ];
    for (line, column, code, advice) in rows {
        TestHandbook::with_practices()
            .file("content/playbooks/workshop.md", format!("---\ntitle: Workshop\n---\n\n{line}\n"))
            .check()
            .reports(&format!("content/playbooks/workshop.md:5:{column}"), code)
            .hints(advice)
            .only(1);
    }
}

#[test]
fn a_circle_of_prerequisites_is_shown() {
    TestHandbook::with_practices()
        .file("content/practices/slo/sli-design.md", "---\ntitle: SLI design\nrequires: [slo-targets]\n---\n")
        .check()
        .reports("content/practices/slo/slo-targets.md:3:12", "link/cyclic-prerequisite")
        .hints("`sli-design` → `slo-targets` → `sli-design`");
}

#[test]
fn ids_are_unique_within_their_kind() {
    TestHandbook::new()
        .file("content/playbooks/a/restore.md", "---\ntitle: One\n---\n")
        .file("content/playbooks/b/restore.md", "---\ntitle: Two\n---\n")
        .file("content/roles/restore.md", "---\ntitle: Another kind\n---\n")
        .check()
        .reports("content/playbooks/b/restore.md:1:1", "link/duplicate-id")
        .only(1);
}

#[test]
fn a_draft_is_not_a_broken_link() {
    TestHandbook::with_practices()
        .file("content/playbooks/secret.md", "---\ntitle: Secret\ndraft: true\n---\n")
        .file("content/playbooks/workshop.md", "---\ntitle: Workshop\n---\n\nSee [it](secret.md).\n")
        .check()
        .reports("content/playbooks/workshop.md:5:10", "audience/hidden")
        .only(0);
}
