//! The finished site is read once more: no link on it is dead, whoever wrote it.

use crate::handbook::TestHandbook;

fn with_template(text: &str) -> TestHandbook {
    TestHandbook::new()
        .file("handbook.yaml", "title: Test\ntheme: ours\nbase_url: https://example.org/book/\n")
        .without("content/_index.ja.md")
        .file("themes/ours/theme.yaml", "name: ours\napi: 1\n")
        .file("themes/ours/templates/page.html", format!("<!doctype html><title>x</title>{text}"))
        .file("content/about.md", "# About {#about}\n\nText.\n")
        .file("static/plain.html", "<p id=here><a href=nowhere.html>not ours</a>")
}

#[test]
fn a_dead_link_of_a_template_is_told() {
    let rows = [
        r#"<a href="../nowhere/">x</a>"#,
        r#"<a href="../about/#nothing">x</a>"#,
        r##"<a href="#nothing">x</a>"##,
        r#"<a href="../../../x/">x</a>"#,
        r#"<img src="../missing.png" alt="">"#,
        r#"<a href="/book/nowhere/">x</a>"#,
        r#"<a href="https://example.org/book/nowhere/">x</a>"#,
        r#"<a href="..">x</a><link rel="icon" href="icon.ico">"#,
        r#"<meta http-equiv="refresh" content="0; url=../away/">"#,
        r#"<img srcset="../plain.html 1x, ../two.png 2x" alt="">"#,
        r#"<a href="../plain.html#there">x</a>"#,
    ];
    for html in rows {
        let reported = with_template(html).check();
        assert_eq!(reported.text.matches("[site/dead-link]").count(), 1, "{html}\n{}", reported.text);
        assert!(reported.text.contains("about/index.html"), "{}", reported.text);
    }
}

#[test]
fn a_link_that_lives_is_left_alone() {
    let html = r##"<a id="here" href="#here">1</a> <a href="#">2</a> <a href="#top">3</a> <a href="../">4</a>
        <a href="..">5</a> <a href="./">6</a> <a href="../about/#here">7</a> <a href="/book/">8</a>
        <a href="https://example.org/book/about/?q=1#here">9</a> <a href="/elsewhere/">10</a>
        <a href="https://example.com/x">11</a> <a href="mailto:a@example.com">12</a> <a href="//example.com/">13</a>
        <a href="../%61bout/">14</a> <a href="../plain.html#here">15</a> <a href="#:~:text=x">16</a>
        <img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt=""> <a name="old"></a><a href="#old">17</a>"##;
    with_template(html).check().only(0);
}

/// The default theme, under a sub-path, for the disk and in two languages.
#[test]
fn the_default_theme_makes_no_dead_link() {
    for config in ["title: Test\nlanguages: [en, ja]\nbase_url: https://example.org/a/b/\n", "title: Test\n"]
    {
        for offline in [false, true] {
            let mut handbook = TestHandbook::with_practices().file("handbook.yaml", config);
            if !config.contains("ja") {
                handbook = handbook.without("content/_index.ja.md");
            }
            handbook.overrides.offline = offline;
            handbook.check().only(0);
        }
    }
}
