//! Addresses that others wrote down: what would die is told with its remedy, and the remedy mends it.

use std::fs;
use std::process::{Command, Stdio};

use crate::handbook::{Site, TestHandbook};
use crate::run::run;

const TARGETS: &str = "content/practices/slo/slo-targets.md";
const GOALS: &str = "content/practices/slo/slo-goals.md";
const TARGETS_TEXT: &str = "---\ntitle: SLO targets\nrequires: [sli-design]\ncriteria:\n  2:\n    - {id: written, text: Targets are written.}\n  3:\n    - {id: agreed, text: Targets are agreed.}\n---\n\n## Why it matters\n\nText.\n";

/// Two practices and a role, published once.
fn published() -> TestHandbook {
    let handbook = TestHandbook::with_practices();
    run(handbook.path(), &["build"]).exits(0);
    handbook
}

fn lock(handbook: &TestHandbook) -> String {
    fs::read_to_string(handbook.path().join("permalinks.lock")).unwrap()
}

/// The address is a page that leads to `to` (an `href` as written there), in both languages.
#[track_caller]
fn leads(site: &Site, address: &str, to: &str) {
    for page in [format!("{address}index.html"), format!("ja/{address}index.html")] {
        site.page(&page).contains(&format!("<a data-forward href=\"{to}\"")).contains("\"noindex\"");
    }
}

#[test]
fn a_renamed_practice_is_recognised_and_followed() {
    let handbook = published().without(TARGETS).file(GOALS, TARGETS_TEXT);
    handbook
        .check()
        .reports(&format!("{GOALS}:1:1"), "permalink/vanished")
        .hints("is it `slo-goals` now?")
        .hints("`renamed: {slo-targets: slo-goals}`")
        .hints("`id: slo-targets` and `aliases: [/practices/slo/slo-targets/]`")
        .hints("`retired: {slo-targets: {reason: <why>, successor: <id>, on: 2026-11-20}}`")
        .only(1);

    let handbook = handbook.file("model.yaml", "renamed: {slo-targets: slo-goals}\n");
    // Before the build that records the rename, and after: the old name is known either way.
    for _ in 0..2 {
        handbook.check().only(0);
        let site = handbook.build();
        leads(&site, "go/slo-targets/", "../../practices/slo/slo-goals/");
        leads(&site, "go/practice/slo-targets/", "../../../practices/slo/slo-goals/");
        leads(&site, "practices/slo/slo-targets/", "../slo-goals/");
        site.page("go/slo-targets/index.html").contains("<li id=\"agreed\">");
        site.page("practices/slo/slo-targets/index.html")
            .contains("<noscript><meta http-equiv=\"refresh\" content=\"0; url=../slo-goals/\"></noscript>");
        run(handbook.path(), &["build"]).exits(0);
        run(handbook.path(), &["build", "--locked"]).exits(0);
    }
    let lock = lock(&handbook);
    assert!(lock.contains("practice slo-targets renamed /practices/slo/slo-targets/ "), "{lock}");
    assert!(lock.contains("practice slo-goals live /practices/slo/slo-goals/ "), "{lock}");

    let handbook = handbook.without("model.yaml");
    handbook
        .check()
        .reports("permalinks.lock:6:1", "permalink/vanished")
        .hints("model.yaml does not say any more")
        .hints("bring back its line")
        .only(1);
}

#[test]
fn the_other_remedy_keeps_the_id() {
    let text =
        TARGETS_TEXT.replacen("---\n", "---\nid: slo-targets\naliases: [/practices/slo/slo-targets/]\n", 1);
    let handbook = published().without(TARGETS).file(GOALS, text);
    handbook.check().only(0);
    let site = handbook.build();
    leads(&site, "go/slo-targets/", "../../practices/slo/slo-goals/");
    leads(&site, "practices/slo/slo-targets/", "../slo-goals/");
    run(handbook.path(), &["build"]).exits(0);
    assert!(lock(&handbook).contains("practice slo-targets live /practices/slo/slo-goals/ "));
}

#[test]
fn the_heir_is_found_by_what_git_remembers() {
    let git = |handbook: &TestHandbook, arguments: &[&str]| {
        let done = Command::new("git")
            .args(["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .current_dir(handbook.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
    };
    for title in ["Someone else entirely", "SRE"] {
        let body = if title == "SRE" { "Written anew." } else { "A role." };
        for commit_the_rename in [false, true] {
            let handbook = published();
            git(&handbook, &["init", "-q"]);
            git(&handbook, &["add", "."]);
            git(&handbook, &["commit", "-qm", "one"]);
            let handbook = handbook
                .without("content/roles/sre.md")
                .file(
                    "content/roles/aaa.md",
                    "---\ntitle: Another new role\n---\n\nNothing of the old one.\n",
                )
                .file("content/roles/platform.md", format!("---\ntitle: {title}\n---\n\n{body}\n"));
            if commit_the_rename {
                git(&handbook, &["add", "."]);
                git(&handbook, &["commit", "-qm", "two"]);
            }
            handbook
                .check()
                .reports("content/roles/platform.md:1:1", "permalink/vanished")
                .hints("`renamed: {sre: platform}`")
                .only(1);
        }
    }
}

#[test]
fn a_deleted_page_is_retired_with_a_reason() {
    let handbook = published().without("content/roles/sre.md");
    handbook
        .check()
        .reports("permalinks.lock:6:1", "permalink/vanished")
        .hints("the permalink of the role `sre` would vanish; it led to /roles/sre/")
        .hints("`retired: {sre: {reason: <why>, successor: <id>, on: 2026-11-20}}`")
        .hints("`renamed: {sre: <new id>}`")
        .only(1);

    let handbook = handbook.file(
        "model.yaml",
        "retired:\n  sre: {reason: {en: 'Merged & gone.', ja: 統合しました。}, successor: slo-targets, on: 2026-11-01}\n",
    );
    for _ in 0..2 {
        handbook.check().only(0);
        let site = handbook.build();
        for address in ["go/role/sre/", "roles/sre/"] {
            site.page(&format!("{address}index.html"))
                .contains("\"noindex\"")
                .contains("Role")
                .contains("<h1>sre</h1>")
                .contains("since 1 November 2026")
                .contains("Merged &amp; gone.")
                .contains("practices/slo/slo-targets/\">SLO targets</a>")
                .lacks("http-equiv");
            site.page(&format!("ja/{address}index.html"))
                .contains("2026年11月1日")
                .contains("<p>統合しました。</p>")
                .lacks("Merged");
        }
        run(handbook.path(), &["build"]).exits(0);
        assert!(lock(&handbook).contains("role sre retired /roles/sre/ "), "{}", lock(&handbook));
    }
}

#[test]
fn a_link_to_what_was_retired_is_a_warning_and_leads_to_the_reason() {
    let handbook = published()
        .without("content/roles/sre.md")
        .file("model.yaml", "retired: {sre: {reason: Merged., successor: slo-targets}, never: {reason: x}}\n")
        .file(
            "content/playbooks/a.md",
            "---\ntitle: A\nroles: {lead: [sre]}\n---\n\nSee [[sre]], [it](/go/role/sre/) and [[never]].\n",
        )
        .file("content/playbooks/a.ja.md", "---\ntitle: あ\n---\n\n[[sre]]\n");
    handbook
        .check()
        .reports("content/playbooks/a.md:3:16", "link/retired")
        .hints("`sre` was retired: Merged")
        .hints("name its successor instead: `slo-targets`")
        .reports("content/playbooks/a.md:6:7", "link/retired")
        .reports("content/playbooks/a.md:6:19", "link/retired")
        .reports("content/playbooks/a.md:6:40", "link/retired")
        .hints("take it out")
        .reports("content/playbooks/a.ja.md:5:3", "link/retired")
        .only(5);
    let site = handbook.build();
    site.page("playbooks/a/index.html").contains(
        "See <a href=\"../../go/role/sre/\">sre</a>, <a href=\"../../go/role/sre/\">it</a> and never.",
    );
    site.page("ja/playbooks/a/index.html").contains("<a href=\"../../go/role/sre/\">sre</a>");
}

#[test]
fn old_names_are_found_under_their_new_ones() {
    let handbook = published()
        .without(TARGETS)
        .file(GOALS, TARGETS_TEXT.replace("id: agreed", "id: signed"))
        .file(
            "model.yaml",
            "renamed:\n  slo-targets: slo-goals\n  slo-targets/agreed: slo-goals/signed\n  sli-design/owned: slo-goals/written\n\
             retired:\n  sli-design/drawn: {reason: Nobody drew., successor: slo-goals}\n",
        )
        .file(
            "content/playbooks/a.md",
            "---\ntitle: A\npractices: {slo-targets: [2]}\n---\n\n[[slo-targets#agreed]] [[slo-targets#written]]\n\n\
             [[slo-goals#agreed]] [[practice:slo-targets]]\n\n[[sli-design#owned]] [[sli-design#drawn]]\n\n\
             [x](../practices/slo/slo-goals.md#agreed) [x](/go/slo-targets/#agreed)\n",
        );
    handbook
        .check()
        .reports("content/playbooks/a.md:3:13", "link/renamed")
        .hints("`slo-targets` is called `slo-goals` now")
        .reports("content/playbooks/a.md:6:3", "link/renamed")
        .hints("write `slo-goals#signed`")
        .reports("content/playbooks/a.md:6:26", "link/renamed")
        .reports("content/playbooks/a.md:8:3", "link/renamed")
        .hints("write `signed`")
        .reports("content/playbooks/a.md:8:24", "link/renamed")
        .reports("content/playbooks/a.md:10:3", "link/renamed")
        .hints("write `slo-goals#written`")
        .reports("content/playbooks/a.md:10:24", "link/retired")
        .hints("Nobody drew")
        .reports("content/playbooks/a.md:12:5", "link/renamed")
        .reports("content/playbooks/a.md:12:47", "link/renamed")
        .only(1);

    let site = handbook.build();
    let goals = "../../practices/slo/slo-goals/";
    site.page("playbooks/a/index.html")
        .contains(&format!("<a href=\"{goals}#signed\">Targets are agreed</a> <a href=\"{goals}#written\">"))
        .contains("<a href=\"../../practices/slo/sli-design/#drawn\">")
        .contains(&format!("<a href=\"{goals}#signed\">x</a> <a href=\"{goals}#signed\">x</a>"));
    // The relation holds, seen from its other end.
    site.page("practices/slo/slo-goals/index.html")
        .contains("playbooks/a/")
        .contains("<span id=\"agreed\"></span>");
    for address in ["go/slo-targets", "go/practice/slo-targets", "go/slo-goals"] {
        site.page(&format!("{address}/index.html")).contains("<li id=\"signed\"><span id=\"agreed\"></span>");
    }
    site.page("practices/slo/sli-design/index.html")
        .contains("<li id=\"owned\">")
        .contains("href=\"../slo-goals/#written\"")
        .contains("<li id=\"drawn\">")
        .contains("Nobody drew.");
    site.page("ja/go/sli-design/index.html").contains("<li id=\"owned\">").contains("以前の基準");
}

/// Which criteria a page shows as answered, and what a team decided, follow the criteria's names.
#[test]
fn answers_and_decisions_are_carried_over_renames() {
    let handbook = TestHandbook::with_practices()
        .file("content/teams/checkout/_index.md", "---\ntitle: Checkout\ntargets: {targets: 4}\nnot_applicable: {sli-design/named: {reason: none}}\n---\n")
        .file(
            "content/teams/checkout/assessments/2026-04-10.md",
            "---\ntitle: April\nanswers:\n  targets: {written: yes, signed: yes, forgotten: no}\n---\n",
        )
        .file(
            "model.yaml",
            "renamed: {targets: slo-targets, targets/signed: slo-targets/agreed, sli-design/named: sli-design/listed}\n\
             retired: {targets/forgotten: {reason: Nobody asked.}}\n",
        );
    handbook
        .check()
        .reports("content/teams/checkout/_index.md:3:11", "link/renamed")
        .reports("content/teams/checkout/_index.md:4:18", "link/renamed")
        .hints("write `sli-design/listed`");
    let site = handbook.build();
    site.page("teams/checkout/index.html").contains("class=\"level level-3\"").contains("2 of 2");
    handbook.check().only(0);
}

#[test]
fn a_team_takes_its_assessments_along() {
    let answers = "---\ntitle: April\nanswers:\n  slo-targets: {written: yes}\n---\n";
    let handbook = TestHandbook::with_practices()
        .file("content/teams/checkout/_index.md", "---\ntitle: Checkout\n---\n")
        .file("content/teams/checkout/assessments/2026-04-10.md", answers);
    run(handbook.path(), &["build"]).exits(0);
    let handbook = handbook
        .without("content/teams/checkout/_index.md")
        .without("content/teams/checkout/assessments/2026-04-10.md")
        .file("content/teams/shop/_index.md", "---\ntitle: Checkout\n---\n")
        .file("content/teams/shop/assessments/2026-04-10.md", answers);
    handbook
        .check()
        .reports("content/teams/shop/_index.md:1:1", "permalink/vanished")
        .hints("`renamed: {checkout: shop}`")
        .only(1);
    let handbook = handbook.file("model.yaml", "renamed: {checkout: shop}\n");
    handbook.check().only(0);
    leads(
        &handbook.build(),
        "teams/checkout/assessments/2026-04-10/",
        "../../../shop/assessments/2026-04-10/",
    );
}

#[test]
fn a_moved_page_needs_an_alias() {
    let handbook = published()
        .without("content/roles/sre.md")
        .file("content/roles/platform/sre.md", "---\ntitle: SRE\n---\n\nA role.\n");
    handbook
        .check()
        .reports("content/roles/platform/sre.md:1:1", "permalink/moved")
        .hints("the role `sre` was published at /roles/sre/, which would lead nowhere")
        .hints("write `aliases: [/roles/sre/]` into its front matter; the old address then leads to /roles/platform/sre/")
        .only(1);
    // Not even a build in spite of errors may forget the old address.
    run(handbook.path(), &["build", "--lenient"]).exits(1);
    assert!(lock(&handbook).contains("role sre live /roles/sre/ "));

    let handbook = handbook.file(
        "content/roles/platform/sre.md",
        "---\nid: sre\ntitle: SRE\naliases: [/older/]\n---\n\nA role.\n",
    );
    handbook
        .check()
        .reports("content/roles/platform/sre.md:2:5", "permalink/moved")
        .hints("add `/roles/sre/` to its `aliases`")
        .only(1);

    let handbook = handbook.file(
        "content/roles/platform/sre.md",
        "---\ntitle: SRE\naliases: [/older/, /roles/sre/]\n---\n\nA role.\n",
    );
    handbook.check().only(0);
    leads(&handbook.build(), "roles/sre/", "../platform/sre/");
    run(handbook.path(), &["build"]).exits(0);
    assert!(lock(&handbook).contains("role sre live /roles/platform/sre/ "));
}

#[test]
fn an_address_where_another_page_stands_now_is_kept() {
    let handbook = published()
        .without("content/roles/sre.md")
        .file("content/roles/platform/sre.md", "---\ntitle: SRE\n---\n\nA role.\n")
        .file("content/roles/sre/more.md", "---\ntitle: More\n---\n\nBelow the old address.\n");
    handbook.check().only(0);
}

#[test]
fn an_objective_that_moved_names_its_old_address_in_an_annotation() {
    let slo = |annotations: &str| {
        format!(
            "apiVersion: openslo/v1\nkind: SLO\nmetadata:\n  name: search\n  annotations:\n    shirube.dev/owner: sre\n{annotations}\
             spec:\n  service: search\n  timeWindow: [{{duration: 28d, isRolling: true}}]\n  budgetingMethod: Occurrences\n  objectives: [{{target: 0.99}}]\n"
        )
    };
    let handbook = TestHandbook::new().file("content/slos/a.yaml", slo(""));
    run(handbook.path(), &["build"]).exits(0);
    let handbook = handbook.without("content/slos/a.yaml").file("content/slos/shop/a.yaml", slo(""));
    handbook
        .check()
        .reports("content/slos/shop/a.yaml:4:9", "permalink/moved")
        .hints("`shirube.dev/aliases: /slos/search/`");
    let handbook = handbook
        .file("content/slos/shop/a.yaml", slo("    shirube.dev/aliases: /slos/search/ /slos/find/\n"));
    let site = handbook.build();
    leads(&site, "slos/search/", "../shop/search/");
    leads(&site, "slos/find/", "../shop/search/");
}

#[test]
fn a_removed_heading_or_criterion_shows_what_is_near() {
    let handbook = TestHandbook::with_practices()
        .file(TARGETS, TARGETS_TEXT.replace("## Why it matters", "## Why targets matter").replace("id: agreed", "id: signed"))
        .file(
            "content/playbooks/a.md",
            "---\ntitle: A\n---\n\n[x](../practices/slo/slo-targets.md#why-it-matters) [[slo-targets#agreed]] [x](#nothing)\n",
        );
    handbook
        .check()
        .reports("content/playbooks/a.md:5:5", "link/missing-anchor")
        .hints("the nearest places there are `#why-targets-matter`, `#written`, `#signed`")
        .hints("a heading keeps its place with `{#why-it-matters}` behind it")
        .reports("content/playbooks/a.md:5:55", "link/missing-anchor")
        .hints("write `renamed: {slo-targets/agreed: slo-targets/<new id>}` into model.yaml")
        .reports("content/playbooks/a.md:5:80", "link/missing-anchor")
        .only(3);
    handbook
        .file("model.yaml", "renamed: {slo-targets/agreed: slo-targets/signed}\n")
        .file(TARGETS, TARGETS_TEXT.replace("## Why it matters", "## Why targets matter {#why-it-matters}").replace("id: agreed", "id: signed"))
        .file(
            "content/playbooks/a.md",
            "---\ntitle: A\n---\n\n[x](../practices/slo/slo-targets.md#why-it-matters) [[slo-targets#agreed]]\n",
        )
        .check()
        .only(0);
}

#[test]
fn what_model_yaml_says_must_be_possible() {
    let handbook = TestHandbook::with_practices().file(
        "model.yaml",
        "renamed:\n  a: slo-tragets\n  sli-design: slo-targets\n  slo-targets/written: slo-targets/agreed\n  b/x: slo-targets/agred\n  c/x: slo-tragets/agreed\n  d: sre\n  e: d\n\
         retired:\n  sre: {successor: nobody}\n  slo-targets/agreed: {reason: x}\n  old: {successor: 'role:sre'}\n  older: {successor: old}\n",
    );
    handbook
        .check()
        .reports("model.yaml:2:6", "link/unknown-id")
        .hints("did you mean `slo-targets`?")
        .reports("model.yaml:3:3", "permalink/still-exists")
        .hints("`sli-design` is not gone")
        .reports("model.yaml:4:3", "permalink/still-exists")
        .reports("model.yaml:5:8", "link/unknown-criterion")
        .hints("did you mean `agreed`?")
        .reports("model.yaml:6:8", "link/unknown-practice")
        .reports("model.yaml:10:3", "permalink/still-exists")
        .reports("model.yaml:10:20", "link/unknown-id")
        .reports("model.yaml:11:3", "permalink/still-exists")
        .only(8);
}

#[test]
fn an_id_of_two_kinds_may_be_gone_in_one_of_them() {
    let handbook =
        TestHandbook::with_practices().file("content/playbooks/sre.md", "---\ntitle: SRE\n---\n\nText.\n");
    run(handbook.path(), &["build"]).exits(0);
    let handbook = handbook
        .without("content/playbooks/sre.md")
        .file("model.yaml", "retired: {sre: {reason: Too short., successor: 'role:sre'}}\n")
        .file("content/about.md", "[[role:sre]] [[playbook:sre]]\n");
    handbook.check().reports("content/about.md:1:16", "link/retired").hints("`sre`").only(1);
    let site = handbook.build();
    site.page("go/playbook/sre/index.html").contains("Too short.").contains("../../../roles/sre/");
    site.page("go/role/sre/index.html").lacks("Too short.");
}

#[test]
fn an_old_page_may_have_come_apart() {
    let site = TestHandbook::with_practices()
        .file(
            "content/a.md",
            "---\ntitle: A\naliases: ['/old/page/#part', '/old/split/#first']\n---\n\n## Part\n\n## First\n",
        )
        .file(
            "content/b.md",
            "---\ntitle: B\naliases: ['/old/split/#second', '/old/left/#gone']\n---\n\nText.\n",
        )
        .file("content/c.md", "---\ntitle: C\naliases: [/old/left/]\n---\n\nText.\n")
        .build();
    // One part is all that is left: whoever comes is taken there.
    site.page("old/page/index.html")
        .contains("url=../../a/#part")
        .contains("<a data-forward href=\"../../a/#part\">A</a>");
    // Several parts: only the fragment tells them apart.
    site.page("old/split/index.html")
        .lacks("http-equiv")
        .lacks("data-forward")
        .contains("<li id=\"first\"><a data-part href=\"../../a/#first\">A</a>")
        .contains("<li id=\"second\"><a data-part href=\"../../b/\">B</a>");
    site.page("ja/old/split/index.html").contains("ここにあった内容の移動先");
    // And a rest.
    site.page("old/left/index.html")
        .lacks("http-equiv")
        .contains("<a data-forward href=\"../../c/\">C</a>")
        .contains("<li id=\"gone\"><a data-part href=\"../../b/\">B</a>");
}

#[test]
fn a_translation_has_old_addresses_of_its_own() {
    let site = TestHandbook::new()
        .file("content/a.md", "---\ntitle: A\naliases: [/old/, /wiki/A.html, /ja/older/]\n---\n\nText.\n")
        .file(
            "content/a.ja.md",
            "---\ntitle: あ\naliases: [/ja/%E5%8F%A4%E3%81%84/, /furui/]\n---\n\n本文。\n",
        )
        .build();
    site.page("old/index.html")
        .contains("lang=\"en\"")
        .contains("href=\"../a/\"")
        .contains("This page has moved to");
    site.page("ja/old/index.html")
        .contains("lang=\"ja\"")
        .contains("href=\"../a/\"")
        .contains("ページの移動先");
    site.page("wiki/A.html").contains("href=\"../a/\"");
    site.page("ja/older/index.html").contains(">あ</a>");
    site.page("ja/古い/index.html").contains("href=\"../a/\"").contains(">あ</a>");
    site.page("furui/index.html").contains("href=\"../ja/a/\"").contains("lang=\"ja\"");
    assert!(!site.outputs.contains_key("ja/wiki/A.html") && !site.outputs.contains_key("older/index.html"));
}

#[test]
fn an_alias_needs_a_free_place() {
    TestHandbook::with_practices()
        .file("static/files/a.html", "<p>x")
        .file("content/guide/one.md", "---\ntitle: One\n---\n\nText.\n")
        .file(
            "content/a.md",
            "---\ntitle: A\naliases:\n  - /old/\n  - /old/\n  - /roles/sre/\n  - /a/\n  - /guide/\n  - /search/\n  - /go/sli-design/\n  - /files/a.html\n  - '/parts/#x'\n---\n",
        )
        .file("content/b.md", "---\ntitle: B\naliases:\n  - old\n  - '/parts/#y'\n  - '/parts/#x'\n  - /ja/roles/sre\n---\n")
        .check()
        .reports("content/a.md:6:5", "permalink/alias-taken")
        .hints("`/roles/sre/` is taken")
        .reports("content/a.md:7:5", "permalink/alias-taken")
        .hints("where this page stands today")
        .reports("content/a.md:8:5", "permalink/alias-taken")
        .hints("a page of its own")
        .reports("content/a.md:9:5", "permalink/alias-taken")
        .reports("content/a.md:10:5", "permalink/alias-taken")
        .reports("content/a.md:11:5", "permalink/alias-taken")
        .reports("content/b.md:4:5", "permalink/alias-taken")
        .reports("content/b.md:6:5", "permalink/alias-taken")
        .reports("content/b.md:7:5", "permalink/alias-taken")
        .only(9);
}

#[test]
fn an_alias_is_an_address_below_the_root() {
    for (alias, why) in [
        ("https://old.example.com/x/", "a whole URL"),
        ("//old.example.com/x/", "a whole URL"),
        ("/x?id=5", "no query"),
        ("/", "the home page"),
        ("'#x'", "the home page"),
        ("/a/../../b/", "`..`"),
        ("/a//b/", "an empty part"),
        ("/a:b/", "`:`"),
    ] {
        TestHandbook::new()
            .file("content/a.md", format!("---\ntitle: A\naliases: [{alias}]\n---\n"))
            .check()
            .reports("content/a.md:3:11", "permalink/bad-alias")
            .hints(why)
            .only(1);
    }
}

#[test]
fn content_may_still_name_an_old_address() {
    let site = TestHandbook::new()
        .file("content/a.md", "---\ntitle: A\naliases: [/old/, /wiki/A.html]\n---\n\nText.\n")
        .file("content/b.md", "[x](/old/) [y](/wiki/A.html)\n")
        .build();
    site.page("b/index.html").contains("<a href=\"../a/\">x</a> <a href=\"../a/\">y</a>");
}

#[test]
fn what_is_left_out_of_a_build_has_not_vanished() {
    let handbook = published().file("content/roles/sre.md", "---\ntitle: SRE\ndraft: true\n---\n");
    handbook.check().only(0);
    let handbook = handbook
        .without("content/roles/sre.md")
        .file("content/roles/platform.md", "---\ntitle: Platform\ndraft: true\n---\n")
        .file("model.yaml", "renamed: {sre: platform}\n")
        .file("content/about.md", "See [[sre]].\n");
    handbook.check().reports("content/about.md:1:7", "audience/hidden").only(0);
    handbook.build().page("about/index.html").contains("See sre.");
}

#[test]
fn why_something_is_gone_is_told_to_its_audience_only() {
    let mut handbook = published().without("content/roles/sre.md").file("content/about.md", "See [[sre]].\n");
    for (audience, build, told) in [
        ("", "internal", true),
        ("", "public", false),
        (", audience: public", "public", true),
        (", audience: restricted", "internal", false),
    ] {
        handbook.overrides.audience = Some(build.to_owned());
        handbook = handbook.file("model.yaml", format!("retired: {{sre: {{reason: Zanzibar{audience}}}}}\n"));
        handbook.check().only(usize::from(told && build == "internal"));
        let site = handbook.build();
        assert_eq!(site.outputs.contains_key("go/role/sre/index.html"), told, "{audience} {build}");
        let says = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("Zanzibar");
        assert_eq!(site.outputs.values().any(|bytes| says(bytes)), told, "{audience} {build}");
    }
    handbook
        .file("model.yaml", "retired: {sre: {audience: everyone}}\n")
        .check()
        .reports("model.yaml:1:27", "audience/unknown");
}

#[test]
fn a_relative_link_to_a_renamed_file_is_shown_the_new_one() {
    TestHandbook::new()
        .file("content/roles/platform.md", "---\ntitle: Platform\n---\n\nText.\n")
        .file("content/practices/slo/_index.md", "---\ntitle: SLOs\n---\n")
        .file("model.yaml", "renamed: {sre: platform}\n")
        .file("content/playbooks/a.md", "[x](../roles/sre.md) [y](../roles/sre.ja.md)\n")
        .check()
        .reports("content/playbooks/a.md:1:5", "link/missing-file")
        .hints("did you mean `../roles/platform.md`?")
        .reports("content/playbooks/a.md:1:26", "link/missing-file")
        .hints("did you mean `../roles/platform.md`?");
}
