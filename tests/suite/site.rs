//! The whole way: a tiny handbook in, pages out.

use crate::handbook::TestHandbook;

#[test]
fn a_thing_has_one_page_in_every_language() {
    let site = TestHandbook::new()
        .file(
            "content/roles/sre.md",
            "---\ntitle: SRE\n---\n\n## What it does\n\nText with [home](../_index.md).\n",
        )
        .file("content/roles/sre.ja.md", "---\ntitle: 信頼性エンジニア\n---\n\n## 何をするか\n\n本文。\n")
        .file("content/roles/dev.md", "---\ntitle: Dev\n---\n\nOnly in English.\n")
        .build();
    site.page("roles/sre/index.html")
        .contains("<html lang=\"en\"")
        .contains("What it does")
        .contains("href=\"../../\"");
    site.page("ja/roles/sre/index.html")
        .contains("<html lang=\"ja\"")
        .contains("信頼性エンジニア")
        // The translated heading takes the anchor of the original, and keeps its own as a second one.
        .contains("id=\"what-it-does\"")
        .contains("id=\"何をするか\"");
    site.page("ja/roles/dev/index.html").contains("class=\"notice\"").contains("Only in English.");
}

#[test]
fn permalinks_lead_to_pages_and_to_criteria() {
    let site = TestHandbook::with_practices().build();
    site.page("go/slo-targets/index.html").contains("id=\"agreed\"").contains("Targets are agreed.");
    site.page("go/practice/slo-targets/index.html").contains("id=\"agreed\"");
    site.page("go/role/sre/index.html").contains("../../../roles/sre/");
    site.page("ja/go/role/sre/index.html").contains("../../../roles/sre/");
}

#[test]
fn the_folder_says_the_kind_and_its_introduction() {
    let site = TestHandbook::new()
        .file("content/guides/README.md", "# Guides\n\nHow we do things.\n")
        .file("content/guides/Deploying.md", "Text without a title.\n")
        .file("content/guides/日本語.md", "# 日本語のページ\n\n本文。\n")
        .build();
    site.page("guides/index.html").contains("<title>Guides");
    site.page("guides/Deploying/index.html").contains("<title>Deploying");
    site.page("guides/日本語/index.html").contains("日本語のページ");
}

#[test]
fn what_the_writer_typed_is_never_markup() {
    let canary = r#""'><img src=x onerror=X>{{7*7}}</script>"#;
    let yaml = canary.replace('\'', "''");
    let site = TestHandbook::new()
        .file(
            "content/playbooks/canary.md",
            format!(
                "---\ntitle: '{yaml}'\ndescription: '{yaml}'\ntags: ['{yaml}']\nwhen: '{yaml}'\n---\n\n\
                 ![{canary}](x.png \"{{{{7*7}}}}\")\n\n[x](https://example.com \"{{{{7*7}}}}\")\n\n\
                 ```{canary}\n{canary}\n```\n\n<script>alert(1)</script>\n\n<a href=\"javascript:x\" onclick=\"y\">z</a>\n"
            ),
        )
        .file("content/playbooks/x.png", "png")
        .outputs_in_spite_of_errors();
    for (path, bytes) in &site.outputs {
        let text = String::from_utf8_lossy(bytes);
        if path.starts_with("assets/") {
            // The theme's own scripts and styles: nobody typed them.
            assert!(!text.contains("{{7*7}}") && !text.contains("<img src=x"), "{path}");
            continue;
        }
        if path.ends_with("index.md") {
            // In markdown code stands as it is.
            let fence = text.find("```").unwrap_or(text.len());
            assert!(!text[..fence].contains("<img"), "{path}");
            assert!(!text.contains("alert(1)") && !text.contains("javascript:x"), "{path}");
            continue;
        }
        assert!(!text.contains("<img src=x"), "{path}");
        assert!(
            !text.contains("onerror=X>") || text.contains("onerror=X&gt;") || !path.ends_with(".html"),
            "{path}"
        );
        assert!(!text.contains(">49<") && !text.contains("\"49\""), "{path}");
        assert!(!text.contains("alert(1)</script>") && !text.contains("javascript:x"), "{path}");
        assert!(!text.contains("onclick"), "{path}");
    }
}

#[test]
fn nothing_of_a_hidden_page_reaches_any_output() {
    let site = TestHandbook::with_practices()
        .file("content/playbooks/draft.md", "---\ntitle: Zanzibar one\ndraft: true\ntags: [zanzibar]\n---\n\nZanzibar.\n")
        .file(
            "content/playbooks/board.md",
            "---\ntitle: Zanzibar two\naudience: restricted\npractices: {slo-targets: [2]}\n---\n\nZanzibar.\n",
        )
        .file("content/playbooks/open.md", "---\ntitle: Open\n---\n\nSee [the plan](board.md) and [[draft]].\n")
        .build();
    for (path, bytes) in &site.outputs {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!text.contains("zanzibar") && !path.contains("board") && !path.contains("draft"), "{path}");
    }
    site.page("playbooks/open/index.html").contains("the plan").lacks("board");
}

#[test]
fn an_included_region_stands_in_the_page() {
    TestHandbook::new()
        .file("content/examples/config.yaml", "a: 1\n# region budget\n  b: 2\n# endregion budget\nc: 3\n")
        .file("content/guide.md", "# Guide\n\n```yaml file=examples/config.yaml region=budget\n```\n")
        .build()
        .page("guide/index.html")
        .contains("b")
        .lacks("endregion");
    TestHandbook::new()
        .file("content/examples/config.yaml", "# region budget\nb: 2\n# endregion budget\n")
        .file("content/guide.md", "# Guide\n\n```yaml file=examples/config.yaml region=budgt\n```\n")
        .check()
        .reports("content/guide.md:3:42", "link/unknown-region")
        .hints("`budget`")
        .only(1);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let handbook =
        TestHandbook::with_practices().file("content/guide.md", "# Guide\n\n```rust\nfn main() {}\n```\n");
    assert!(handbook.build().outputs == handbook.build().outputs);
}

#[test]
fn a_sub_path_is_only_in_what_must_be_absolute() {
    let site = TestHandbook::with_practices()
        .file("handbook.yaml", "title: T\nbase_url: https://example.com/handbook\nlanguages: [en, ja]\n")
        .build();
    site.page("sitemap.xml")
        .contains("<loc>https://example.com/handbook/practices/slo/slo-targets/</loc>")
        .contains("hreflang=\"x-default\"");
    site.page("404.html").contains("/handbook/assets/");
    site.page("practices/slo/slo-targets/index.html")
        .contains("https://example.com/handbook/practices/slo/slo-targets/")
        .contains("href=\"../../../assets/");
}

#[test]
fn offline_links_end_in_files() {
    let mut handbook = TestHandbook::with_practices();
    handbook.overrides.offline = true;
    handbook
        .build()
        .page("roles/sre/index.html")
        .contains("href=\"../../index.html\"")
        .lacks("href=\"../../\"");
}

#[test]
fn a_javascript_block_that_once_never_ended_ends() {
    let code = "    return instance.initialConfig\n    /*\n    // can not be modified\n    a.b = false\n\n    return a\n  })\n})\n\n// Start.\nf.listen({ port: 3000 }, (err) => {\n  if (err) {\n    f.log.error(err)\n    process.exit(1)\n  }\n})\n";
    TestHandbook::new()
        .file("content/server.md", format!("# Server\n\n```js\n/*\n*/\n{code}```\n\nAfter it.\n"))
        .build()
        .page("server/index.html")
        .contains("After it.");
}
