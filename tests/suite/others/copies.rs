//! `index.md` beside every page, and `llms.txt`.

use shirube::pipeline::{self, Job};

use super::{BASE, handbook};
use crate::commonmark::{Example, examples, normal};
use crate::handbook::{Page, Site, TestHandbook};

/// The body of a copy of `content/guide.md`, below its title.
fn copied(body: &str) -> String {
    copied_in(handbook(), body)
}

fn copied_in(handbook: TestHandbook, body: &str) -> String {
    let site = handbook.file("content/guide.md", format!("---\ntitle: Guide\n---\n{body}\n")).build();
    let copy = site.page("guide/index.md").text;
    copy.strip_prefix("# Guide\n").unwrap().trim().replace(BASE, "BASE/")
}

#[test]
fn links_become_addresses() {
    let handbook = || {
        handbook()
            .file("content/pictures/図 (1).png", "png")
            .file("content/table.md", "# A [strange] *title*\n")
    };
    for (written, expected) in [
        ("See [[slo-targets]].", "See [SLO targets](BASE/practices/slo/slo-targets/index.md)."),
        ("See [[role:sre|the *team*]].", "See [the *team*](BASE/roles/sre/index.md)."),
        ("[[slo-targets#agreed]]", "[Targets are agreed](BASE/practices/slo/slo-targets/#agreed)"),
        ("[a](roles/sre.md)", "[a](BASE/roles/sre/index.md)"),
        ("[a](roles/sre.md \"A \\\"b\\\"\")", "[a](BASE/roles/sre/index.md \"A \\\"b\\\"\")"),
        ("[`a]`](<roles/sre.md>)", "[`a]`](BASE/roles/sre/index.md)"),
        ("[](roles/sre.md)", "[](BASE/roles/sre/index.md)"),
        (
            "[a](practices/slo/slo-targets.md#why-it-matters)",
            "[a](BASE/practices/slo/slo-targets/#why-it-matters)",
        ),
        ("## Here\n\n[a](#here)", "## Here\n\n[a](BASE/guide/#here)"),
        ("[a](https://example.com/x_(y))", "[a](<https://example.com/x_(y)>)"),
        (
            "<https://example.com> and https://example.com/x",
            "<https://example.com> and https://example.com/x",
        ),
        (
            "[a][one], [one][] and [one].\n\n[one]: roles/sre.md 'T'",
            "[a](BASE/roles/sre/index.md \"T\"), [one](BASE/roles/sre/index.md \"T\") and [one](BASE/roles/sre/index.md \"T\").",
        ),
        ("![a](pictures/図%20\\(1\\).png)", "![a](<BASE/pictures/%E5%9B%B3%20(1).png>)"),
        (
            "[![a](pictures/図%20\\(1\\).png)](roles/sre.md)",
            "[![a](<BASE/pictures/%E5%9B%B3%20(1).png>)](BASE/roles/sre/index.md)",
        ),
        ("![a](https://example.com/x.png)", "[a](https://example.com/x.png)"),
        ("> - [[sre]]", "> - [SRE](BASE/roles/sre/index.md)"),
        ("| a |\n|---|\n| [[sre\\|b]] |", "| a |\n|---|\n| [b](BASE/roles/sre/index.md) |"),
        ("[x](table.md) [[sre]][[dev]]", ""),
        (
            "これは**[[slo-targets]]**です。",
            "これは**[SLO targets](BASE/practices/slo/slo-targets/index.md)**です。",
        ),
        ("a[^1]\n\n[^1]: See [[sre]].", "a[^1]\n\n[^1]: See [SRE](BASE/roles/sre/index.md)."),
        ("### [[sre]] {#x}", "### [SRE](BASE/roles/sre/index.md) {#x}"),
    ] {
        if expected.is_empty() {
            continue;
        }
        assert_eq!(copied_in(handbook(), written), expected, "{written}");
    }
}

#[test]
fn code_and_all_the_rest_stay_as_they_are() {
    for text in [
        "`[[sre]]` and ``[a](roles/sre.md)``",
        "```md title=\"x\"\n[[sre]] <!-- x --> <b>\n[one]: x.md\n```",
        "Code:\n\n    [[sre]]",
        "> [!TIP]- When\n> It *helps*.",
        "- [ ] one\n- [x] two\n  1. three",
        "| a | b |\n|:-:|--:|\n| 1 | `2` |",
        "Term\n: Definition",
        "~~a~~ \\[[sre]] &amp; &lt;b&gt;",
        "日本語の*文*と**「強調」**です。",
        "a  \nb\\\nc<br>d",
        "***\n\n# Another title",
    ] {
        assert_eq!(copied(text), text);
    }
    assert_eq!(copied("a\r\n\r\n[[sre]]\r\nb"), "a\r\n\r\n[SRE](BASE/roles/sre/index.md)\r\nb");
}

#[test]
fn included_text_is_filled_in_where_it_stands() {
    let handbook = || handbook().file("content/x.yaml", "# region r\na: 1\n\nb: '```'\n# endregion r\n");
    for (written, expected) in [
        ("```yaml file=x.yaml region=r\n```\n\nAfter.", "````yaml\na: 1\n\nb: '```'\n````\n\nAfter."),
        (
            "- one\n\n  ~~~ yaml file=x.yaml region=r title=\"t\"\n  ~~~",
            "- one\n\n  ````yaml\n  a: 1\n  \n  b: '```'\n  ````",
        ),
        (
            "> 1. ```yaml file=x.yaml region=r\n>    ```",
            "> 1. ````yaml\n>    a: 1\n>    \n>    b: '```'\n>    ````",
        ),
    ] {
        assert_eq!(copied_in(handbook(), written), expected, "{written}");
    }
}

#[test]
fn html_leaves_its_text_links_and_pictures() {
    let handbook = || handbook().file("content/x.png", "png");
    for (written, expected) in [
        ("a <kbd>b</kbd> <!-- secret --> c", "a b  c"),
        ("<a href=\"roles/sre.md\" onclick=\"x\">the <b>team</b></a>", "[the team](BASE/roles/sre/index.md)"),
        ("<p align=center>\n    <img src=\"x.png\" alt=\"A | b\" onerror=x>\n</p>", "![A \\| b](BASE/x.png)"),
        ("<script>\nalert('[[sre]]')\n</script>\n\nAfter.", "After."),
        (
            "<details>\n<summary>More</summary>\n\n[[sre]]\n\n</details>",
            "More\n\n[SRE](BASE/roles/sre/index.md)",
        ),
        ("> <div>\n>   text\n> </div>", "> \n> text\n>"),
        ("a <span title=\"x\">b</span><br onclick=x>c", "a bc"),
    ] {
        assert_eq!(copied_in(handbook(), written), expected, "{written}");
    }
    let shown =
        handbook().file("handbook.yaml", "title: T\nlanguages: [en, ja]\nmarkdown: {raw_html: escape}\n");
    assert_eq!(copied_in(shown, "Vec<String> <!-- secret -->"), "Vec&lt;String>");
    // These are complaints as well.
    let refused = handbook()
        .file(
            "content/guide.md",
            "# Guide\n\n<a href=\"javascript:x\">y</a> <javascript:x> [z](javascript:x) ![w](javascript:x)\n",
        )
        .outputs_in_spite_of_errors();
    refused.page("guide/index.md").contains("y javascript:x z w").lacks("<").lacks("](");
}

#[test]
fn what_is_hidden_or_broken_is_text() {
    let site = handbook()
        .file("content/playbooks/board.md", "---\ntitle: Zanzibar\naudience: restricted\n---\n\nSecret.\n")
        .file(
            "content/guide.md",
            "# Guide\n\n[the *plan*](playbooks/board.md), [plan][p], [[board|plan]] and ![pic](no.png \"t\").\n\n[p]: playbooks/board.md\n",
        )
        .outputs_in_spite_of_errors();
    let copy = site.page("guide/index.md").contains("the *plan*, plan, plan and pic.");
    assert!(!copy.text.contains("board") && !copy.text.contains("no.png"), "{}", copy.text);
    assert!(!site.outputs.keys().any(|path| path.contains("/board")));
}

#[test]
fn the_title_stands_once_and_the_facts_below_it() {
    let site = handbook().build();
    site.page("guide/index.md").contains("# A guide\n\nPlain.\n");
    let copy = site.page("practices/slo/slo-targets/index.md").text.replace(BASE, "BASE/");
    let expected = "\
# SLO targets

> How good is good enough.

- Area: [SLOs](BASE/practices/slo/index.md)
- Led by: [SRE](BASE/roles/sre/index.md)
- Needs first: [SLI design](BASE/practices/slo/sli-design/index.md)
- Also known as: objectives
- Reviewed: 2026-10-02
- Permalink: <BASE/go/practice/slo-targets/>

## Why it matters

Text.

## Criteria

### Level 2: Visible

- `written`: Targets are written.
  - Evidence: The page.

Playbooks that help: [Set targets](BASE/playbooks/set-targets/index.md)

### Level 3: Fitted

- `agreed`: Targets are agreed.

Playbooks that help: [Set targets](BASE/playbooks/set-targets/index.md)
";
    assert_eq!(copy, expected);
}

#[test]
fn every_kind_says_what_its_front_matter_says() {
    let site = handbook().build();
    for (path, facts) in [
        ("playbooks/set-targets", &["- When: Nobody knows what good is.", "(level 2, 3)"][..]),
        (
            "postmortems/2026-06-18-checkout",
            &["- Date: 2026-06-18", "`agreed` – Nobody knew.", "Agree on it. (open, ana, Due 2026-12-01)"],
        ),
        ("onboarding/first-week", &["## Day 2\n\n- [SLO targets](", "– Read it twice."]),
        ("teams/shop", &["- Scorecard: 0 of 2 at target ("]),
        ("teams/shop/assessments/2026-10-09", &["- Team: [Shop](", "(Level 2): `written` yes, `agreed` no"]),
        ("slos/search", &["- Objective: Answers 99.9 %", "```yaml\napiVersion: openslo/v1"]),
        (
            "glossary/error-budget",
            &["- Also known as: budget, allowed failures", "\nThe failures a target allows.\n"],
        ),
        ("roles/sre", &["## Leads\n\n- [SLO targets]("]),
        ("practices/slo", &["- [SLI design]("]),
        ("practices", &["## [SLOs](", "- [SLO targets]("]),
        (
            "ja/practices/slo/slo-targets",
            &["# SLOの目標", "本文。", "`agreed`: 目標に合意している。", "/ja/roles/sre/index.md"],
        ),
    ] {
        let copy = site.page(&format!("{path}/index.md"));
        for fact in facts {
            // In Japanese surroundings a page that is not translated is the original's.
            let fact = fact.replace("/ja/roles/sre", "docs/roles/sre").replace("(level", "(Level");
            assert!(copy.text.contains(&fact), "{path} has no {fact:?}:\n{}", copy.text);
        }
    }
}

#[test]
fn pages_lead_to_their_copies() {
    let site = handbook().build();
    let link = |href: &str| {
        format!("<link rel=\"alternate\" type=\"text/markdown\" title=\"Markdown\" href=\"{href}\">")
    };
    site.page("practices/slo/slo-targets/index.html").contains(&link("index.md"));
    site.page("ja/practices/slo/slo-targets/index.html").contains(&link("index.md"));
    site.page("matrix/index.html").contains(&link("index.md"));
    // A page that is not translated has no copy of its own.
    site.page("ja/guide/index.html").contains(&link("../../guide/index.md"));
    assert!(!site.outputs.contains_key("ja/guide/index.md"));
    site.page("search/index.html").lacks("text/markdown");
}

#[test]
fn llms_txt_lists_what_there_is() {
    let site = handbook().build();
    let text = site.page("llms.txt").text.replace(BASE, "BASE/");
    let sections: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(
        sections,
        [
            "# Our handbook",
            "## Levels",
            "## Practices",
            "## Roles",
            "## Playbooks",
            "## Glossary",
            "## Onboarding",
            "## Optional"
        ]
    );
    for line in [
        "> How we work",
        "- [SLO targets](BASE/practices/slo/slo-targets/index.md): How good is good enough.",
        "- [Checkout](BASE/postmortems/2026-06-18-checkout/index.md): It broke.",
        "- [日本語](BASE/ja/llms.txt)",
    ] {
        assert!(text.lines().any(|found| found == line), "no {line:?} in\n{text}");
    }
    assert!(text.contains("[links.json](BASE/links.json)"));
    site.page("ja/llms.txt").contains("# 私たちの手引き").contains("/ja/practices/slo/slo-targets/index.md)");
}

/// Every address in `](…)` and `<…>` of a file for other programs that should be one of ours.
fn dead_links(site: &Site, base: &str) -> Vec<String> {
    let mut dead = Vec::new();
    for path in site.outputs.keys().filter(|path| path.ends_with("index.md") || path.ends_with("llms.txt")) {
        let Page { text, .. } = site.page(path);
        for rest in text.split(base).skip(1) {
            let address = rest.split([')', '>', ' ', '#', '\n', '"', '`']).next().unwrap();
            let file = if address.is_empty() || address.ends_with('/') {
                format!("{address}index.html")
            } else {
                address.to_owned()
            };
            if !site.outputs.contains_key(&file) {
                dead.push(format!("{path}: {address}"));
            }
        }
    }
    dead
}

#[test]
fn no_link_of_a_copy_is_dead() {
    assert_eq!(dead_links(&handbook().build(), BASE), Vec::<String>::new());
    let root = env!("CARGO_MANIFEST_DIR");
    let site = Site { outputs: pipeline::make(&Job::new(root.as_ref())).unwrap().outputs };
    assert!(site.page("llms.txt").text.matches("https://handbook.example.com/").count() > 50);
    assert_eq!(dead_links(&site, "https://handbook.example.com/"), Vec::<String>::new());
}

#[test]
fn without_an_address_links_are_relative() {
    let site = handbook()
        .file("handbook.yaml", "title: T\nlanguages: [en, ja]\n")
        .file(
            "content/guide.md",
            "# Guide\n\n[[slo-targets]], [[slo-targets#agreed]] and [here](#x).\n\n## X\n",
        )
        .build();
    site.page("guide/index.md").contains(
        "[SLO targets](../practices/slo/slo-targets/index.md), [Targets are agreed](../practices/slo/slo-targets/#agreed) and [here](#x).",
    );
    site.page("llms.txt").contains("- [SRE](roles/sre/index.md)").contains("](ja/llms.txt)");
    site.page("ja/llms.txt").contains("](../roles/sre/index.md)").contains("](../llms.txt)");
}

#[test]
fn titles_are_text() {
    let title = "1. *a* [b](c) `d` <e> snake_case _f_ &lt; |";
    let site = handbook().file("content/roles/sre.md", format!("---\ntitle: '{title}'\n---\n")).build();
    site.page("roles/sre/index.md")
        .contains("# 1. \\*a\\* \\[b\\](c) \\`d\\` &lt;e> snake_case \\_f\\_ &amp;lt; \\|\n");
}

/// Examples whose copy reads differently: links to nowhere became text, and emphasis that they kept
/// apart meets; or there is nothing but such a link, or a space at the very end.
const READ_DIFFERENTLY: [usize; 13] = [118, 473, 474, 484, 487, 518, 519, 521, 534, 535, 548, 564, 581];

/// A page made from a copy shows what the page shows that was copied.
#[test]
fn a_copy_says_what_its_page_says() {
    let Some(mut examples) = examples() else { return };
    // HTML is left out of copies.
    let is_html = |text: &str| {
        text.match_indices('<').any(|(at, _)| {
            let inner = &text[at + 1..];
            !["http:", "https:", "mailto:"].iter().any(|scheme| inner.starts_with(scheme))
        })
    };
    examples.retain(|example| !is_html(&example.markdown));
    assert!(examples.len() > 500, "{}", examples.len());
    let first = of_examples(&examples, |example| example.markdown.clone());
    let second = of_examples(&examples, |example| {
        let copy = first.page(&format!("e/e{}/index.md", example.number)).text;
        copy.strip_prefix(&format!("# T{}\n", example.number)).unwrap().to_owned()
    });
    let mut wrong = Vec::new();
    for Example { number, markdown, .. } in &examples {
        let path = format!("e/e{number}/index.html");
        let (one, other) = (shown(&first.page(&path)), shown(&second.page(&path)));
        if (one == other) == READ_DIFFERENTLY.contains(number) {
            wrong.push(format!(
                "example {number}\n--- markdown\n{markdown}--- its page\n{one:?}\n--- its copy's\n{other:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), examples.len(), wrong.join("\n"));
}

fn of_examples(examples: &[Example], body: impl Fn(&Example) -> String) -> Site {
    let mut handbook = TestHandbook::empty().file("handbook.yaml", format!("title: T\nbase_url: {BASE}\n"));
    for example in examples {
        let text = format!("---\ntitle: T{}\n---\n{}", example.number, body(example));
        handbook = handbook.file(&format!("content/e/e{}.md", example.number), text);
    }
    handbook.outputs_in_spite_of_errors()
}

/// The names of the tags and the texts of a page's body. Links and pictures may be text in one.
fn shown(page: &Page) -> Vec<String> {
    let body = page.text.split_once("<div class=\"prose\">").map_or("", |(_, rest)| rest);
    let body = body.split_once("</article>").map_or(body, |(body, _)| body);
    let mut shown: Vec<String> = Vec::new();
    for token in normal(body) {
        let name = token.split([' ', '>']).next().unwrap_or_default();
        match name {
            "<a" | "</a" | "<img" => {}
            _ if token.starts_with('<') => shown.push(name.to_owned()),
            _ => match shown.last_mut().filter(|last| !last.starts_with('<')) {
                Some(last) => last.push_str(&token),
                None => shown.push(token),
            },
        }
    }
    shown.retain(|token| !token.trim().is_empty());
    shown
}
