//! Translations that their originals have overtaken, and the report on all of them.

use shirube::pipeline;

use super::repository::{Repository, has_git};
use crate::handbook::TestHandbook;

const ORIGINAL: &str = "content/guides/x.md";
const TRANSLATION: &str = "content/guides/x.ja.md";

const TEXT: &str =
    "---\ntitle: Guide\n---\n\nOpening.\n\n## One\n\nFirst.\n\n### Deep\n\nDeeper.\n\n## Two\n\nSecond.\n";

/// The hash of the original as it is.
fn hash(handbook: &TestHandbook) -> String {
    let site = pipeline::site(&handbook.job()).unwrap();
    let id = site.handbook.by_address["guides/x"];
    site.handbook.thing(id).original().summary.content_hash.clone()
}

fn translation(hash: &str, body: &str) -> String {
    format!("---\ntitle: 手引き\ntranslated_from: {hash}\n---\n\n{body}")
}

const BODY: &str = "はじめに。\n\n## 一\n\n本文。\n\n### 深い\n\n本文。\n\n## 二\n\n本文。\n";

/// A guide and a translation of it, stamped.
fn translated() -> TestHandbook {
    let handbook = TestHandbook::new().file(ORIGINAL, TEXT);
    let hash = hash(&handbook);
    handbook.file(TRANSLATION, translation(&hash, BODY))
}

#[test]
fn a_translation_that_is_behind_says_so_with_the_way_to_the_original() {
    let handbook = translated();
    handbook.build().page("ja/guides/x/index.html").lacks("翻訳のあとで");
    handbook.check().only(0);

    let handbook = handbook.file(ORIGINAL, TEXT.replace("First.", "First, rewritten."));
    handbook
        .check()
        .only(1)
        .reports(&format!("{TRANSLATION}:3:18"), "translation/stale")
        .hints("`content/guides/x.md` was changed, after this translation was made")
        .hints("`shirube translated content/guides/x.ja.md`");
    let site = handbook.build();
    site.page("ja/guides/x/index.html")
        .contains("翻訳のあとで原文が変更されています。最新の内容： <a href=\"../../../guides/x/\" hreflang=\"en\" lang=\"en\">English</a>")
        .contains("<a href=\"../../translations/#ja/guides/x\">変更箇所</a>");
    site.page("guides/x/index.html").lacks("was changed after this page was translated");
    // Without the version that was translated nothing can be told of single sections.
    site.page("translations/index.html")
        .contains("<h4 id=\"ja/guides/x\">")
        .contains("What changed cannot be told")
        .lacks("class=\"state changed\"");
}

#[test]
fn git_knows_what_changed_since() {
    if !has_git("git_knows_what_changed_since") {
        return;
    }
    let handbook = translated()
        .init()
        .commit("2026-02-01")
        .file(ORIGINAL, TEXT.replace("First.", "First, rewritten."))
        .commit("2026-03-01")
        .file(
            ORIGINAL,
            TEXT.replace("First.", "First, rewritten.").replace("## Two", "## Two\n\nMore.\n\n## Three"),
        )
        .commit("2026-04-01");
    handbook
        .check()
        .reports(&format!("{TRANSLATION}:3:18"), "translation/stale")
        .hints("`content/guides/x.md` was changed on 2026-04-01, after this translation was made")
        .hints("of the original, changed: 3 sections");
    let site = handbook.build();
    site.page("ja/guides/x/index.html").contains("翻訳のあと、2026年4月1日に原文が変更されています");
    site.page("ja/translations/index.html")
        .contains("<td><a href=\"../../guides/x/#one\" lang=\"en\">One</a></td><td><a href=\"../guides/x/#一\">一</a></td><td><span class=\"state changed\">変更あり")
        .contains("<td><a href=\"../../guides/x/#deep\" lang=\"en\">Deep</a></td><td><a href=\"../guides/x/#深い\">深い</a></td><td></td>")
        .contains("<td><a href=\"../../guides/x/#three\" lang=\"en\">Three</a></td><td></td><td><span class=\"state missing\">翻訳なし")
        .contains("datetime=\"2026-04-01\"")
        .lacks("翻訳元の版がGitにない");

    // Not committed: the day of this change is nobody's knowledge yet.
    let handbook = handbook.file(
        ORIGINAL,
        TEXT.replace("Opening.", "Other opening.").replace("title: Guide", "title: Guidance"),
    );
    handbook
        .check()
        .reports(&format!("{TRANSLATION}:3:18"), "translation/stale")
        .hints("`content/guides/x.md` was changed, after this translation was made")
        .hints("of the original, changed: its front matter, the text above the first heading");
    handbook
        .build()
        .page("translations/index.html")
        .contains("title or other front matter changed")
        .contains("text above the first heading changed");

    let handbook = handbook.file(ORIGINAL, TEXT.replace("### Deep\n\nDeeper.\n\n", ""));
    handbook.check().reports(&format!("{TRANSLATION}:3:18"), "translation/stale").hints("gone: Deep");
    handbook
        .build()
        .page("translations/index.html")
        .contains("No longer in the original: Deep")
        .contains("<td></td><td><a href=\"../ja/guides/x/#深い\" lang=\"ja\">深い</a></td><td><span class=\"state extra\">");
}

/// The version that was translated was never committed; the day of the last change is known all the same.
#[test]
fn the_day_of_the_change_is_known_without_the_version() {
    if !has_git("the_day_of_the_change_is_known_without_the_version") {
        return;
    }
    let handbook = TestHandbook::new()
        .file(ORIGINAL, TEXT)
        .file(TRANSLATION, translation("0123456789abcdef", BODY))
        .init()
        .commit("2026-02-01");
    let stale = |handbook: &TestHandbook| {
        handbook.check().reports(&format!("{TRANSLATION}:3:18"), "translation/stale")
    };
    stale(&handbook).hints("was changed on 2026-02-01, after");
    let handbook = handbook.file(ORIGINAL, TEXT.replace("First.", "First, rewritten."));
    stale(&handbook).hints("was changed, after");
}

#[test]
fn the_report_counts_every_page_once() {
    let current = translated();
    let hash = hash(&current);
    let site = current
        .file("content/guides/stale.md", TEXT)
        .file("content/guides/stale.ja.md", translation("0123456789abcdef", BODY))
        .file("content/guides/uneven.md", TEXT)
        .file("content/guides/uneven.ja.md", translation(&hash, "## 一\n\n本文。\n\n## 二\n\n本文。\n"))
        .file("content/guides/missing.md", TEXT)
        .file("content/guides/only.ja.md", "---\ntitle: 日本語だけ\n---\n\n本文。\n")
        // An SLO is one document in one language.
        .file(
            "content/slos/shop.yaml",
            "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: shop}\nspec:\n  objectives: [{target: 0.99}]\n",
        )
        .build();
    let page = site.page("translations/index.html");
    // Pages, originals, up to date, behind, not stamped (the home page), missing.
    let row = |name: &str, counts: [usize; 6]| {
        let cells: String = counts.iter().map(|count| format!("<td>{count}</td>")).collect();
        format!(">{name}</a></th>{cells}")
    };
    page.contains(&row("English", [6, 5, 0, 0, 0, 1]))
        .contains(&row("日本語", [6, 1, 2, 1, 1, 1]))
        .contains("Other headings than the original")
        .contains("<h4 id=\"ja/guides/uneven\">")
        .contains("lang=\"ja\">日本語だけ</a>")
        .lacks("shop");
}

#[test]
fn of_what_nobody_stamped_the_dates_are_shown() {
    if !has_git("of_what_nobody_stamped_the_dates_are_shown") {
        return;
    }
    TestHandbook::new()
        .file(ORIGINAL, TEXT)
        .file(TRANSLATION, "---\ntitle: 手引き\n---\n\n本文。\n")
        .init()
        .commit("2026-02-01")
        .file(ORIGINAL, TEXT.replace("First.", "First, rewritten."))
        .commit("2026-03-01")
        .build()
        .page("translations/index.html")
        .contains("original changed later: <time datetime=\"2026-03-01\">");
}

#[test]
fn one_language_needs_no_report() {
    let handbook = TestHandbook::empty()
        .file("handbook.yaml", "title: T\n")
        .file("content/_index.md", "---\ntitle: Home\n---\n\nText.\n");
    let site = handbook.build();
    assert!(!site.outputs.contains_key("translations/index.html"));
    translated()
        .build()
        .page("ja/overview/index.html")
        .contains("<a href=\"../translations/\">翻訳の状況</a>");
}
