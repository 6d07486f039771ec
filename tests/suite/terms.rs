//! The first use of a glossary term on a page becomes a link with its definition.

use crate::handbook::TestHandbook;

fn with_terms(body: &str) -> TestHandbook {
    TestHandbook::new()
        .file(
            "content/glossary/slo.md",
            "---\ntitle: SLO\ndescription: A \"target\" & its window.\nalso_known_as: [service level objective]\n---\n\nText.\n",
        )
        .file(
            "content/glossary/slo.ja.md",
            "---\ntitle: SLO\ndescription: 目標と期間。\nalso_known_as: [サービスレベル目標]\n---\n\n本文。\n",
        )
        .file("content/glossary/incident.md", "---\ntitle: Incident\n---\n\nUsers suffer.\n")
        .file("content/glossary/incident.ja.md", "---\ntitle: 障害\n---\n\n利用者が困る。\n")
        .file("content/glossary/user.md", "---\ntitle: User\nauto_link: never\n---\n\nA person.\n")
        .file(
            "content/glossary/server.md",
            "---\ntitle: Server\nauto_link: title\nalso_known_as: [client]\n---\n\nA machine.\n",
        )
        .file("content/about.md", format!("# About\n\n{body}\n"))
        .file("content/about.ja.md", "# 概要\n\n障害対応では、まず障害を宣言し、サービスレベル目標を見ます。\n")
}

/// The words that became links to terms on the English page.
fn linked(body: &str) -> Vec<String> {
    words(&with_terms(body).build().page("about/index.html").text)
}

fn words(html: &str) -> Vec<String> {
    html.split("<a class=\"term\"")
        .skip(1)
        .map(|rest| rest.split_once('>').unwrap().1.split("</a>").next().unwrap().to_owned())
        .collect()
}

#[test]
fn the_first_use_is_linked_and_explained() {
    let site = with_terms("An SLO is agreed; the SLO is kept.").build();
    let page = site.page("about/index.html").text;
    assert!(
        page.contains(
            "An <a class=\"term\" href=\"../glossary/slo/\" aria-describedby=\"define-slo\">SLO</a>\
             <span class=\"term-definition\" id=\"define-slo\" role=\"tooltip\">A &quot;target&quot; &amp; its window.</span> \
             is agreed; the SLO is kept."
        ),
        "{page}"
    );
    assert!(site.page("glossary/slo/index.html").text.contains("id=\"section-mentions\""));
    assert!(site.page("glossary/slo/index.html").text.contains("<a href=\"../../about/\">About</a>"));
}

#[test]
fn only_words_of_their_own_are_linked_and_only_in_running_text() {
    let rows: &[(&str, &[&str])] = &[
        ("All SLOs, and service level objectives.", &["SLOs"]),
        ("Service Level Objective", &["Service Level Objective"]),
        ("SLOth, iSLO, slo-review, SLO_MAX, 5SLO", &[]),
        ("`SLO` and\n\n```\nSLO\n```\n\n    SLO\n", &[]),
        ("## SLO\n\nText.", &[]),
        ("| SLO |\n|---|\n| an SLO |", &["SLO"]),
        ("> [!NOTE] SLO\n> Text.", &[]),
        ("[the SLO](https://example.com/)", &[]),
        ("SLO\n: what an incident is", &["incident"]),
        ("<span title=\"SLO\">x</span> <b>SLO</b> <code>incident</code>", &["SLO"]),
        ("An SLO, see [[slo]].", &[]),
        ("An SLO, see [it](glossary/slo.md).", &[]),
        ("A user and an incident.", &["incident"]),
        ("**SLO**, *incident*", &["SLO", "incident"]),
        ("SLO&amp;incident", &["SLO", "incident"]),
        ("slo", &[]),
        ("A client, and a server.", &["server"]),
    ];
    for (body, expected) in rows {
        assert_eq!(linked(body), *expected, "{body}");
    }
}

#[test]
fn japanese_words_are_found_where_they_stand_alone() {
    let page = with_terms("Text.").build().page("ja/about/index.html").text;
    assert_eq!(words(&page), ["障害", "サービスレベル目標"]);
    assert!(page.contains("障害対応では、まず<a class=\"term\""), "{page}");
}

#[test]
fn a_term_does_not_explain_itself() {
    assert_eq!(
        words(&with_terms("An SLO.").build().page("glossary/slo/index.html").text),
        Vec::<String>::new()
    );
}

/// Raw HTML is cleaned as a whole; what we add passes.
#[test]
fn a_page_with_raw_html_has_terms_too() {
    assert_eq!(linked("<details><summary>SLO</summary>x</details>\n\nAn SLO."), ["SLO"]);
}

/// `[[id]]` without words stands for a title in sentences, summaries and feeds as well.
#[test]
fn links_without_words_are_told_by_their_titles() {
    let site = TestHandbook::with_practices()
        .file(
            "content/about.md",
            "# About\n\nBefore [[slo-targets]] comes [[sli-design]], then [[slo-targets#agreed]].\n",
        )
        .file("content/about.ja.md", "# 概要\n\n[[sre]]が[[sli-design]]を始めます。\n")
        .build();
    let sentence = "Before SLO targets comes SLI design, then Targets are agreed.";
    assert!(site.page("about/index.html").text.contains(&format!("content=\"{sentence}\"")));
    for page in ["practices/slo/sli-design/index.html", "practices/slo/slo-targets/index.html"] {
        assert!(site.page(page).text.contains(&format!("<p>{sentence}</p>")), "{}", site.page(page).text);
    }
    assert!(site.page("ja/roles/sre/index.html").text.contains("SREがSLI designを始めます。"));
}
