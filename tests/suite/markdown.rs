//! Markdown in, bodies and summaries out.

use std::fmt::Write as _;

use shirube::diag::{Diagnostics, Position};
use shirube::model::{
    Body, CodeText, Document, ImageUse, Kind, Lang, Piece, SourceFile, Standing, Summary, Target,
};
use shirube::parse::parse;

pub fn file(text: &str) -> SourceFile {
    SourceFile {
        path: "content/page.md".into(),
        text: text.into(),
        hash: [0xAB; 32],
        kind: Kind::Page,
        id: "some-page".to_owned(),
        lang: Lang::new("en"),
        standing: Standing::Original,
        index: false,
        address: "page".to_owned(),
    }
}

/// How the gaps of a body are filled.
#[derive(Clone, Copy, PartialEq)]
pub enum Fill {
    /// Headings with their ids.
    Full,
    /// Headings without ids.
    Bare,
}

/// The body with its gaps filled in the simplest way.
pub fn fill(file: &SourceFile, how: Fill) -> String {
    let parsed = parse(file);
    let document = &parsed.documents[0];
    filled(&document.body, &document.summary, how)
}

fn read(text: &str) -> (Document, Diagnostics) {
    let parsed = parse(&file(text));
    (parsed.documents.into_iter().next().unwrap(), parsed.diagnostics)
}

fn html(text: &str) -> String {
    fill(&file(text), Fill::Full)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn address(target: &Target) -> String {
    let with = |fragment: &Option<String>| fragment.as_ref().map(|f| format!("#{f}")).unwrap_or_default();
    match target {
        Target::External(url) => url.clone(),
        Target::Path { path, fragment } => format!("{path}{}", with(fragment)),
        Target::Fragment(fragment) => format!("#{fragment}"),
        Target::Wiki { kind, id, fragment } => {
            format!("{}{id}{}", kind.as_ref().map(|k| format!("{k}:")).unwrap_or_default(), with(fragment))
        }
        Target::Refused => "refused".to_owned(),
    }
}

fn title(title: &Option<String>) -> String {
    title.as_ref().map(|t| format!(" title=\"{}\"", escape(t))).unwrap_or_default()
}

fn image(image: &ImageUse) -> String {
    format!(
        "<img src=\"{}\" alt=\"{}\"{}>",
        escape(&address(&image.target)),
        escape(&image.alt),
        title(&image.title)
    )
}

fn filled(body: &Body, summary: &Summary, how: Fill) -> String {
    let mut out = String::new();
    for piece in &body.pieces {
        match piece {
            Piece::Html(html) | Piece::RawHtml(html) => out.push_str(html),
            Piece::HeadingStart(i) => {
                let heading = &summary.headings[*i];
                match how {
                    Fill::Full => {
                        write!(out, "<h{} id=\"{}\">", heading.level, escape(&heading.slug)).unwrap()
                    }
                    Fill::Bare => write!(out, "<h{}>", heading.level).unwrap(),
                }
            }
            Piece::HeadingEnd(i) => write!(out, "</h{}>", summary.headings[*i].level).unwrap(),
            Piece::LinkStart(i) => {
                let l = &summary.links[*i];
                write!(out, "<a href=\"{}\"{}>", escape(&address(&l.target)), title(&l.title)).unwrap();
            }
            Piece::LinkEnd(_) => out.push_str("</a>"),
            Piece::LinkText(i) => out.push_str(&escape(&address(&summary.links[*i].target))),
            Piece::LinkAddress(i) => out.push_str(&escape(&address(&summary.links[*i].target))),
            Piece::Image(i) => out.push_str(&image(&summary.images[*i])),
            Piece::ImageAddress(i) => out.push_str(&escape(&address(&summary.images[*i].target))),
            Piece::Code(code) => {
                out.push_str("<pre><code");
                if !code.language.is_empty() {
                    write!(out, " class=\"language-{}\"", escape(&code.language)).unwrap();
                }
                out.push('>');
                match &code.text {
                    CodeText::Written(text) => out.push_str(&escape(text)),
                    CodeText::Included(i) => write!(out, "included {i}").unwrap(),
                }
                out.push_str("</code></pre>\n");
            }
            Piece::Label(label) => write!(out, "{label:?}").unwrap(),
        }
    }
    out
}
/// Each complaint as `line:column code` and the words it points at.
fn complaints(text: &str) -> Vec<String> {
    let mut complaints: Vec<_> = read(text).1.into_iter().collect();
    complaints.sort_by_key(|complaint| complaint.span.as_ref().map(|span| (span.start, span.end)));
    let shown = |complaint: &shirube::diag::Diagnostic| {
        let span = complaint.span.as_ref().unwrap();
        let position = Position::of(text, span.start as usize);
        format!("{}:{} {} `{}`", position.line, position.column, complaint.code.name, &text[span.range()])
    };
    complaints.iter().map(shown).collect()
}

#[track_caller]
fn check_html(rows: &[(&str, &str)]) {
    for (markdown, expected) in rows {
        assert_eq!(html(markdown).trim_end(), *expected, "\nfrom {markdown:?}");
    }
}

#[track_caller]
fn check_complaints(rows: &[(&str, &[&str])]) {
    for (markdown, expected) in rows {
        assert_eq!(complaints(markdown), *expected, "\nfrom {markdown:?}");
    }
}

#[test]
fn callouts_have_titles_and_folds() {
    check_html(&[
        (
            "> [!NOTE]\n> Text",
            "<aside class=\"callout callout-note\" role=\"note\">\n<p class=\"callout-title\">Note</p>\n<p>Text</p>\n</aside>",
        ),
        (
            ">[!tip] A *title*\n>\n> - item",
            "<aside class=\"callout callout-tip\" role=\"note\">\n<p class=\"callout-title\">A <em>title</em></p>\n<ul>\n<li>item</li>\n</ul>\n</aside>",
        ),
        (
            "> [!CAUTION]- 注意\n> 本文",
            "<details class=\"callout callout-caution\">\n<summary class=\"callout-title\">注意</summary>\n<p>本文</p>\n</details>",
        ),
        (
            "> [!IMPORTANT]+\n> Text",
            "<details class=\"callout callout-important\" open>\n<summary class=\"callout-title\">Important</summary>\n<p>Text</p>\n</details>",
        ),
        (
            "> > [!WARNING]\n> > Inner",
            "<blockquote>\n<aside class=\"callout callout-warning\" role=\"note\">\n<p class=\"callout-title\">Warning</p>\n<p>Inner</p>\n</aside>\n</blockquote>",
        ),
        ("> [!NOTE](/x)", "<blockquote>\n<p><a href=\"/x\">!NOTE</a></p>\n</blockquote>"),
    ]);
    check_complaints(&[
        ("> [!NOTES] x", &["1:5 markdown/unknown-callout `NOTES`"]),
        ("> [!DANGER]", &["1:5 markdown/unknown-callout `DANGER`"]),
        ("> [!TABS]\n> x", &["1:5 markdown/component `TABS`"]),
        ("> [!NOTE]\n> [!NOTES]", &[]),
        ("    > [!NOTES]", &[]),
    ]);
    let (_, diagnostics) = read("> [!NOTES]");
    assert_eq!(diagnostics.iter().next().unwrap().help[0], "did you mean `NOTE`?");
}

#[test]
fn headings_get_anchors_as_on_github() {
    let rows = [
        ("## Setup", "setup"),
        ("## What's new in 2.0?", "whats-new-in-20"),
        ("## エラーバジェット（予算）の方針", "エラーバジェット予算の方針"),
        ("## `code` and *emphasis* & more", "code-and-emphasis--more"),
        ("## A_b-C", "a_b-c"),
        ("## ① 概要", "-概要"),
        ("## Ünïcode é", "ünïcode-é"),
        ("## が", "が"),
        ("## 🚀", "section"),
        ("## GET /users/{id}", "get-usersid"),
        ("## Fixed {#by-hand .wide}", "by-hand"),
        ("## fn 1", "section-fn-1"),
    ];
    for (markdown, slug) in rows {
        // GitHub trims the text, so an anchor can begin with a hyphen only where a character was dropped.
        assert_eq!(read(markdown).0.summary.headings[0].slug, slug, "{markdown}");
    }
    let text = "# T\n\n## A\n\n## A\n\n## A-1\n\n## A {#own .x .y}\n\n## Own\n\n## B {#own}\n";
    let (document, _) = read(text);
    let slugs: Vec<_> = document.summary.headings.iter().map(|heading| heading.slug.as_str()).collect();
    assert_eq!(slugs, ["a", "a-1", "a-1-1", "own", "own-2", "own-1"]);
    assert_eq!(document.summary.headings[3].classes, ["x", "y"]);
    assert!(document.summary.headings[3].explicit);
    assert_eq!(complaints(text), ["13:1 markdown/duplicate-id `## B {#own}`"]);
    assert_eq!(html("## GET /users/{id}").trim(), "<h2 id=\"get-usersid\">GET /users/{id}</h2>");
    check_complaints(&[
        ("## A\n\n#### B", &["3:1 markdown/heading-skips `#### B`"]),
        ("### A", &["1:1 markdown/heading-skips `### A`"]),
        ("## A {#a key=1}", &["1:1 markdown/heading-attribute `## A {#a key=1}`"]),
        ("## A\n\n# B\n\n## C\n\n### D", &[]),
    ]);
}

#[test]
fn the_first_heading_gives_the_title_and_is_not_repeated() {
    // Front matter, body → title, what is left of the body.
    let rows = [
        (
            "",
            "# The *title*\n\nText",
            "The title",
            "<span class=\"anchor\" id=\"the-title\"></span>\n<p>Text</p>\n",
        ),
        ("", "Text\n\n# Later", "Later", "<p>Text</p>\n<h1 id=\"later\">Later</h1>\n"),
        ("", "Text", "Some page", "<p>Text</p>\n"),
        ("title: T", "# T {#t}\n\nText", "T", "<span class=\"anchor\" id=\"t\"></span>\n<p>Text</p>\n"),
        ("title: T", "# Other\n", "T", "<h1 id=\"other\">Other</h1>\n"),
        ("", "<!-- hidden -->\n\n# T\n", "T", "<span class=\"anchor\" id=\"t\"></span>\n"),
        ("", "> # T\n", "T", "<blockquote>\n<h1 id=\"t\">T</h1>\n</blockquote>\n"),
    ];
    for (front, body, title, expected) in rows {
        let text = if front.is_empty() { body.to_owned() } else { format!("---\n{front}\n---\n{body}") };
        let (document, _) = read(&text);
        assert_eq!(document.summary.title, title, "{text}");
        assert_eq!(html(&text).trim(), expected.trim(), "{text}");
    }
}

#[test]
fn bare_urls_are_links() {
    // The text; what is linked.
    let rows: &[(&str, &[&str])] = &[
        ("See https://example.com/a_b?c=1&d=2.", &["https://example.com/a_b?c=1&d=2"]),
        ("(https://example.com/x)", &["https://example.com/x"]),
        ("https://en.wikipedia.org/wiki/Foo_(bar)", &["https://en.wikipedia.org/wiki/Foo_(bar)"]),
        ("**https://a.example/x**!", &["https://a.example/x"]),
        ("https://a.example/_foo_/b", &["https://a.example/_foo_/b"]),
        ("*x https://a.example/y* z", &["https://a.example/y"]),
        ("詳細はhttps://a.example/標。次", &["https://a.example/標"]),
        ("「https://a.example/x」", &["https://a.example/x"]),
        ("（https://a.example/x）、", &["https://a.example/x"]),
        ("https://a.example/?q=1&amp;r=2", &["https://a.example/?q=1&r=2"]),
        ("https://a.example/?q=1&copy;", &["https://a.example/?q=1"]),
        ("www.example.com, http://b.example", &["http://www.example.com", "http://b.example"]),
        ("HTTPS://A.example", &["HTTPS://A.example"]),
        ("https://a.example<br>x", &["https://a.example"]),
        ("`https://a.example`", &[]),
        ("    https://a.example", &[]),
        ("[https://a.example](https://b.example)", &["https://b.example"]),
        ("xhttps://a.example ahttp:// http:// www. www.x https:///y", &[]),
        ("https\\://a.example", &[]),
        ("| a |\n|---|\n| https://a.example/x|", &["https://a.example/x"]),
    ];
    for (markdown, expected) in rows {
        let (document, _) = read(markdown);
        let found: Vec<_> = document.summary.links.iter().map(|link| address(&link.target)).collect();
        assert_eq!(found, *expected, "{markdown}");
    }
    assert_eq!(
        html("https://a.example/_foo_/b. *c*").trim(),
        "<p><a href=\"https://a.example/_foo_/b\">https://a.example/_foo_/b</a>. <em>c</em></p>"
    );
}

#[test]
fn emphasis_beside_japanese_punctuation_works() {
    check_html(&[
        ("これは**「重要」**です", "<p>これは<strong>「重要」</strong>です</p>"),
        ("**「重要」**です。", "<p><strong>「重要」</strong>です。</p>"),
        ("**注意。**次へ", "<p><strong>注意。</strong>次へ</p>"),
        ("前*（x）*後", "<p>前<em>（x）</em>後</p>"),
        ("~~「古い」~~です", "<p><del>「古い」</del>です</p>"),
        ("これは~~「古い」~~。", "<p>これは<del>「古い」</del>。</p>"),
        ("これは**`コード`**です", "<p>これは<strong><code>コード</code></strong>です</p>"),
        ("これは**[リンク](x)**です", "<p>これは<strong><a href=\"x\">リンク</a></strong>です</p>"),
        ("이 **용어(This term)**를", "<p>이 <strong>용어(This term)</strong>를</p>"),
        ("「**重要**」と（**重要**）", "<p>「<strong>重要</strong>」と（<strong>重要</strong>）</p>"),
        ("**「**重要**」**です", "<p><strong>「<strong>重要</strong>」</strong>です</p>"),
        (">**重要**です", "<blockquote>\n<p><strong>重要</strong>です</p>\n</blockquote>"),
        ("`これは**「重要」**です`", "<p><code>これは**「重要」**です</code></p>"),
        ("    これは**「重要」**です", "<pre><code>これは**「重要」**です</code></pre>"),
        ("これは\\**「重要」\\**です", "<p>これは*<em>「重要」*</em>です</p>"),
        ("[x](これは**「あ」**です)", "<p><a href=\"これは**「あ」**です\">x</a></p>"),
        (
            "| a |\n|---|\n|**重要**|",
            "<div class=\"table-scroll\" tabindex=\"0\">\n<table>\n<thead>\n<tr><th scope=\"col\">a</th></tr>\n</thead>\n<tbody>\n<tr><td><strong>重要</strong></td></tr>\n</tbody>\n</table>\n</div>",
        ),
        // As CommonMark has it: no side is Chinese, Japanese or Korean.
        ("a**\"b\"**c", "<p>a**&quot;b&quot;**c</p>"),
        ("5 ** 3 と 2 ** 4", "<p>5 ** 3 と 2 ** 4</p>"),
    ]);
    // Places behind inserted joiners are those of the file.
    assert_eq!(complaints("これは**「重要」**です [x](data:y)"), ["1:19 markdown/scheme `data:y`"]);
    assert_eq!(
        complaints("\r\nこれは**「重要」**です\0\r\n[x](data:y)"),
        ["2:14 text/nul `\0`", "3:5 markdown/scheme `data:y`"]
    );
}

#[test]
fn line_breaks_between_wide_characters_vanish() {
    check_html(&[
        ("日本語の\n改行。\n次", "<p>日本語の改行。次</p>"),
        ("日本語の\n*改行*", "<p>日本語の<em>改行</em></p>"),
        ("日本語\nEnglish\n日本語", "<p>日本語\nEnglish\n日本語</p>"),
        ("日本語\n`コード`", "<p>日本語\n<code>コード</code></p>"),
        ("한국어\n문장", "<p>한국어\n문장</p>"),
        ("日本語  \n改行", "<p>日本語<br>\n改行</p>"),
    ]);
    assert_eq!(read("日本語の\n改行").0.body.text, "日本語の改行\n");
}

#[test]
fn code_fences_carry_attributes() {
    let (document, diagnostics) = read(
        "```Rust title=\"a b.rs\" {1,3-5} linenos=10 diff\nlet a;\n```\n\n```{2}\nx\n```\n\n```sh linenos\n```\n",
    );
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let blocks: Vec<_> = document
        .body
        .pieces
        .iter()
        .filter_map(|piece| if let Piece::Code(code) = piece { Some(code) } else { None })
        .collect();
    assert_eq!(blocks[0].language, "rust");
    assert_eq!(blocks[0].text, CodeText::Written("let a;\n".into()));
    assert_eq!(blocks[0].title.as_deref(), Some("a b.rs"));
    assert_eq!(blocks[0].marked_lines, [1..=1, 3..=5]);
    assert_eq!(blocks[0].first_line, Some(10));
    assert!(blocks[0].diff);
    assert_eq!((blocks[1].language.as_str(), &blocks[1].marked_lines[..]), ("", &[2..=2][..]));
    assert_eq!((blocks[2].language.as_str(), blocks[2].first_line), ("sh", Some(1)));

    let text = "```yaml file=../x.yaml region=\"the part\"\n```\n";
    let include = &read(text).0.summary.includes[0];
    assert_eq!((include.file.value.as_str(), &text[include.file.span.range()]), ("../x.yaml", "../x.yaml"));
    assert_eq!(include.region.as_ref().unwrap().value, "the part");

    check_complaints(&[
        ("```rust titel=x\n```", &["1:9 markdown/code-attribute `titel`"]),
        (
            "> ```rust {0,5-3,a} linenos=x\n> ```",
            &[
                "1:12 markdown/code-lines `0`",
                "1:14 markdown/code-lines `5-3`",
                "1:18 markdown/code-lines `a`",
                "1:29 markdown/code-lines `x`",
            ],
        ),
        ("```rust title=\"x\n```", &["1:15 markdown/code-attribute `\"x`"]),
        ("```rust {1\n```", &["1:9 markdown/code-attribute `{1`"]),
        ("```rust title\n```", &["1:9 markdown/code-attribute `title`"]),
        ("```rust region=x\n```", &["1:16 markdown/code-attribute `x`"]),
        ("```rust file=x.rs\ntext\n```", &["1:14 markdown/include-text `x.rs`"]),
        ("- a\n\n  ~~~~rust\n  x\n  ~~~\n", &["3:3 markdown/unclosed-fence `~~~~`"]),
        ("> ```\n> x\n> ```\n\n- ```\n  x\n  ```\n\n```\n```", &[]),
        ("```", &["1:1 markdown/unclosed-fence `````"]),
    ]);
    // An information that is hostile, or long, is text like any other.
    let hostile = read("```\"'><img&#10;src=x> title=\"&quot;><b>\n```").0;
    assert!(!hostile.body.has_raw_html);
    let long = format!("```{}\n```", "x ".repeat(10_000));
    assert_eq!(complaints(&long).len(), 21);
}

#[test]
fn footnotes_are_gathered_in_the_order_of_the_text() {
    let text = "A[^b], B[^注], again[^b].\n\n[^注]: Japanese.\n[^b]: See[^c].\n[^c]: Third.\n";
    let expected = "<p>A<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup>, \
        B<sup class=\"footnote-ref\"><a href=\"#fn-2\" id=\"fnref-2\">2</a></sup>, \
        again<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1-2\">1</a></sup>.</p>\n\
        <section class=\"footnotes\" aria-labelledby=\"footnotes-label\">\n\
        <h2 class=\"visually-hidden\" id=\"footnotes-label\">Footnotes</h2>\n<ol>\n\
        <li id=\"fn-1\">\n<p>See<sup class=\"footnote-ref\"><a href=\"#fn-3\" id=\"fnref-3\">3</a></sup>. \
        <a class=\"footnote-back\" href=\"#fnref-1\">↩<span class=\"visually-hidden\"> FootnoteBack</span></a> \
        <a class=\"footnote-back\" href=\"#fnref-1-2\">↩<sup>2</sup><span class=\"visually-hidden\"> FootnoteBack</span></a></p>\n</li>\n\
        <li id=\"fn-2\">\n<p>Japanese. \
        <a class=\"footnote-back\" href=\"#fnref-2\">↩<span class=\"visually-hidden\"> FootnoteBack</span></a></p>\n</li>\n\
        <li id=\"fn-3\">\n<p>Third. \
        <a class=\"footnote-back\" href=\"#fnref-3\">↩<span class=\"visually-hidden\"> FootnoteBack</span></a></p>\n</li>\n\
        </ol>\n</section>\n";
    assert_eq!(html(text), expected);
    assert_eq!(complaints(text), [""; 0]);
    assert!(read(text).0.summary.other_anchors.contains(&"fn-3".to_owned()));
    // A footnote that ends with a list has its way back in a paragraph of its own.
    assert!(html("a[^1]\n\n[^1]: x\n\n    - y\n").contains("</ul>\n<p> <a class=\"footnote-back\""));
    check_complaints(&[
        ("A[^nope].", &["1:2 markdown/footnote-missing `[^nope]`"]),
        ("A `[^nope]` and [a-z]", &[]),
        ("A\n\n[^x]: Unused", &["3:1 markdown/footnote-unused `[^x]: Unused`"]),
        ("A[^x]\n\n[^x]: One\n\n[^x]: Two", &["5:1 markdown/footnote-twice `[^x]: Two`"]),
    ]);
}

#[test]
fn tables_align_by_class_and_fill_few_cells() {
    let table = html("| a | | c |\n|:--|:-:|--:|\n| 1 | `x\\|y` |\n");
    assert_eq!(
        table,
        "<div class=\"table-scroll\" tabindex=\"0\">\n<table>\n<thead>\n\
         <tr><th scope=\"col\" class=\"align-left\">a</th><td class=\"align-center\"></td><th scope=\"col\" class=\"align-right\">c</th></tr>\n\
         </thead>\n<tbody>\n<tr><td class=\"align-left\">1</td><td class=\"align-center\"><code>x|y</code></td><td class=\"align-right\"></td></tr>\n\
         </tbody>\n</table>\n</div>\n"
    );
    assert!(
        html("| a |\n|---|\n").ends_with("</thead>\n</table>\n</div>\n"),
        "a table without rows has no body"
    );
    let columns = 300;
    let wide = format!("{}|\n{}|\n{}", "|a".repeat(columns), "|-".repeat(columns), "|a\n".repeat(columns));
    assert_eq!(html(&wide).matches("<td></td>").count(), 10_000);
    assert_eq!(complaints(&wide).len(), 1);
}

#[test]
fn tasks_are_labelled_boxes() {
    check_html(&[
        (
            "- [ ] To *do*\n- [x] Done\n- Plain",
            "<ul>\n<li class=\"task\"><label><input type=\"checkbox\" disabled> To <em>do</em></label></li>\n\
             <li class=\"task\"><label><input type=\"checkbox\" disabled checked> Done</label></li>\n<li>Plain</li>\n</ul>",
        ),
        (
            "- [ ] Loose\n\n  More",
            "<ul>\n<li class=\"task\"><p><label><input type=\"checkbox\" disabled> Loose</label></p>\n<p>More</p>\n</li>\n</ul>",
        ),
        (
            "- [ ] Outer\n  - [ ] Inner",
            "<ul>\n<li class=\"task\"><label><input type=\"checkbox\" disabled> Outer</label><ul>\n\
             <li class=\"task\"><label><input type=\"checkbox\" disabled> Inner</label></li>\n</ul>\n</li>\n</ul>",
        ),
    ]);
}

#[test]
fn definition_lists_need_a_space() {
    check_html(&[
        ("Term\n: Meaning", "<dl>\n<dt>Term</dt>\n<dd>Meaning</dd>\n</dl>"),
        ("Smile\n:smile: and\n:::note", "<p>Smile\n:smile: and\n:::note</p>"),
        ("> a\n>:b", "<blockquote>\n<p>a\n:b</p>\n</blockquote>"),
    ]);
    assert!(html("a|b\n:--|--:\n1|2").contains("<td class=\"align-right\">2</td>"));
}

#[test]
fn wiki_links_name_things() {
    // The text; kind, id, fragment; what is shown.
    let wiki = |kind: Option<&str>, id: &str, fragment: Option<&str>| Target::Wiki {
        kind: kind.map(str::to_owned),
        id: id.to_owned(),
        fragment: fragment.map(str::to_owned),
    };
    let rows = [
        ("[[slo-targets]]", wiki(None, "slo-targets", None), "<a href=\"slo-targets\">slo-targets</a>"),
        (
            "[[practice:slo-targets]]",
            wiki(Some("practice"), "slo-targets", None),
            "<a href=\"practice:slo-targets\">practice:slo-targets</a>",
        ),
        (
            "[[slo-targets#crit|the **bold** `text`]]",
            wiki(None, "slo-targets", Some("crit")),
            "<a href=\"slo-targets#crit\">the <strong>bold</strong> <code>text</code></a>",
        ),
        (
            "[[search/2026-10-09|十月]]",
            wiki(None, "search/2026-10-09", None),
            "<a href=\"search/2026-10-09\">十月</a>",
        ),
        (
            "[[slo-targets|words of\ntwo lines]]",
            wiki(None, "slo-targets", None),
            "<a href=\"slo-targets\">words of\ntwo lines</a>",
        ),
        ("[[[x]]]", wiki(None, "x", None), "[<a href=\"x\">x</a>]"),
        ("**[[x]]**", wiki(None, "x", None), "<strong><a href=\"x\">x</a></strong>"),
        ("[[a [[x]]", wiki(None, "x", None), "[[a <a href=\"x\">x</a>"),
        ("[[some_id_x]]", wiki(None, "some_id_x", None), "<a href=\"some_id_x\">some_id_x</a>"),
    ];
    for (markdown, target, shown) in rows {
        let (document, _) = read(markdown);
        assert_eq!(document.summary.links.len(), 1, "{markdown}");
        assert_eq!(document.summary.links[0].target, target, "{markdown}");
        assert_eq!(html(markdown).trim(), format!("<p>{shown}</p>"), "{markdown}");
    }
    let text = "| a |\n|---|\n| [[x\\|y]] |\n";
    assert!(html(text).contains("<td><a href=\"x\">y</a></td>"));
    assert_eq!(&text[read(text).0.summary.links[0].span.range()], "x");
    check_html(&[
        ("`[[x]]`", "<p><code>[[x]]</code></p>"),
        ("[[1]](https://a.example)", "<p><a href=\"https://a.example\">[1]</a></p>"),
        ("\\[[x]]", "<p>[[x]]</p>"),
        ("[[]] [[ -f x ]] [[a\nb]]", "<p>[[]] [[ -f x ]] [[a\nb]]</p>"),
        ("[[*x*]]", "<p>[[<em>x</em>]]</p>"),
    ]);
    assert_eq!(complaints("a ![[x.png]]"), ["1:3 markdown/wiki-image `![[x.png]]`"]);
}

#[test]
fn addresses_are_told_apart() {
    let path = |path: &str, fragment: Option<&str>| Target::Path {
        path: path.to_owned(),
        fragment: fragment.map(str::to_owned),
    };
    let external = |url: &str| Target::External(url.to_owned());
    // As written in `[x](…)`; the target.
    let rows = [
        ("../slo/x.md", path("../slo/x.md", None)),
        ("../slo/x.md#a%20b", path("../slo/x.md", Some("a b"))),
        ("/practices/?q=1#f", path("/practices/", Some("f"))),
        ("<a b.md>", path("a b.md", None)),
        ("%E6%A8%99.md", path("標.md", None)),
        ("%zz%E6.md", path("%zz%E6.md", None)),
        ("日本:語.md", path("日本:語.md", None)),
        ("../../etc/passwd", path("../../etc/passwd", None)),
        ("#frag", Target::Fragment("frag".to_owned())),
        ("#%E3%81%82", Target::Fragment("あ".to_owned())),
        ("https://a.example/x?y#z", external("https://a.example/x?y#z")),
        ("HTTPS://a.example", external("HTTPS://a.example")),
        ("mailto:a@b.example", external("mailto:a@b.example")),
        ("tel:+81-3-1234", external("tel:+81-3-1234")),
        ("//host.example/x", external("https://host.example/x")),
    ];
    for (written, target) in rows {
        assert_eq!(read(&format!("[x]({written})")).0.summary.links[0].target, target, "{written}");
        assert_eq!(read(&format!("[x][r]\n\n[r]: {written}")).0.summary.links[0].target, target, "{written}");
        let tag = format!("<a href=\"{}\">x</a>", written.trim_matches(['<', '>']));
        assert_eq!(read(&tag).0.summary.links[0].target, target, "{tag}");
    }
    assert_eq!(read("<a@b.example>").0.summary.links[0].target, external("mailto:a@b.example"));
    check_complaints(&[
        ("[x](//host.example)", &["1:5 markdown/protocol-relative `//host.example`"]),
        ("[x]() ![y](<>)", &["1:1 markdown/empty-link `[x]()`", "1:7 markdown/empty-link `![y](<>)`"]),
        ("[x](\\\\\\\\host\\\\share)", &["1:5 markdown/scheme `\\\\\\\\host\\\\share`"]),
        ("[x][nope] y", &["1:1 markdown/undefined-reference `[x][nope]`"]),
        ("[nope] and m[i][j] and `[x][y]`", &[]),
    ]);
    let (_, diagnostics) = read("[x][gude]\n\n[guide]: /x");
    assert_eq!(diagnostics.iter().next().unwrap().help[0], "did you mean `guide`?");
}

#[test]
fn dangerous_schemes_never_get_through() {
    let schemes = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A;avascript:alert(1)",
        "java&Tab;script:alert(1)",
        "java&NewLine;script:alert(1)",
        "java&#9;script:alert(1)",
        "java&#x0A;script:alert(1)",
        "java&#13;script:alert(1)",
        "&#1;javascript:alert(1)",
        "javascript&colon;alert(1)",
        "java\u{1}script:alert(1)",
        "java\u{200B}script:alert(1)",
        "\u{FEFF}javascript:alert(1)",
        "data:text/html,x",
        "DATA:image/svg+xml,x",
        "vbscript:x",
        "VbScript:x",
        "file:///etc/passwd",
        "FILE:x",
        "blob:https://x",
        "about:blank",
        "view-source:x",
        "ftp://x",
        "filesystem:x",
        "feed:javascript:x",
        "jar:x",
        "ws://x",
        "intent://x",
        "C:/x",
        "c:x",
        "x-custom:y",
        "javascript://a.example/%0Aalert(1)",
    ];
    for scheme in schemes {
        let plain = scheme.replace("&Tab;", "\t").replace("&#9;", "\t");
        let forms = [
            format!("[x](<{scheme}>)"),
            format!("![x](<{scheme}>)"),
            format!("[x][r]\n\n[r]: <{scheme}>"),
            format!("<a href=\"{scheme}\">x</a>"),
            format!("<a href='{plain}'>x</a>"),
            format!("<div>\n<img src=\"{scheme}\">\n</div>"),
            // A space would end the address there.
            format!("<img srcset=\"{} 1x\">", scheme.replace("java&", "java:&")),
            format!("<form action=\"{scheme}\">"),
        ];
        for form in forms {
            let (document, diagnostics) = read(&form);
            let summary = &document.summary;
            let targets = summary
                .links
                .iter()
                .map(|link| &link.target)
                .chain(summary.images.iter().map(|image| &image.target));
            assert!(
                targets.into_iter().all(|target| *target == Target::Refused),
                "{form}: {:?}",
                summary.links
            );
            // Where the form is no link at all, nothing has to be reported, but nothing may become an address.
            let addresses = document
                .body
                .pieces
                .iter()
                .filter(|piece| matches!(piece, Piece::LinkAddress(_) | Piece::ImageAddress(_)));
            assert_eq!(addresses.count(), 0, "{form}");
            if form.contains('"') {
                assert_eq!(
                    diagnostics.iter().next().map(|first| first.code.name),
                    Some("markdown/scheme"),
                    "{form}"
                );
            }
            let raw: String = document
                .body
                .pieces
                .iter()
                .filter_map(|piece| if let Piece::RawHtml(html) = piece { Some(&**html) } else { None })
                .collect();
            assert!(!raw.to_lowercase().contains("script:") && !raw.contains("data:"), "{form}: {raw}");
        }
    }
    // Browsers take this for an entity in an attribute; markdown does not, and writes it escaped.
    assert_eq!(complaints("<a href=\"&#0000106avascript:alert(1)\">x</a>").len(), 1);
    assert!(html("[x](&#0000106avascript:alert(1))").contains("href=\"&amp;#0000106"));
    for autolink in ["<javascript:alert(1)>", "<data:text/html,x>", "<VBSCRIPT:x>"] {
        assert_eq!(read(autolink).0.summary.links[0].target, Target::Refused, "{autolink}");
    }
}

#[test]
fn links_know_their_sentence() {
    let sentence = |text: &str| read(text).0.summary.links[0].sentence.clone();
    let rows = [
        ("One. Two [x](y) more. Three.", "Two x more."),
        ("一。二は[x](y)です。三。", "二はxです。"),
        ("He said (see [x](y)). Next", "He said (see x)."),
        ("v1.2 of [x](y)", "v1.2 of x"),
        ("- a. b\n- [x](y)! c", "x!"),
        ("| [x](y) z | b |\n|---|---|", "x z"),
        ("「終わり。」[x](y)", "x"),
        ("<div>One. <a href=\"y\">Two</a> more.</div>", "Two more."),
    ];
    for (text, expected) in rows {
        assert_eq!(sentence(text), expected, "{text}");
    }
    let long = sentence(&format!("{}[x](y){}", "語".repeat(500), "尾".repeat(500)));
    assert_eq!(long.chars().count(), 300);
    assert!(long.contains("語x尾") && long.starts_with('…') && long.ends_with('…'), "{long}");
}

#[test]
fn raw_html_is_split_at_addresses() {
    let (document, diagnostics) = read(
        "<!-- gone -->\n<div id=box><a name='old' href=../x.md?y#z class=c>t</a>\n<img src='pic one.png' alt=\"A &amp; B\">\n</div>\n\ntext <a href=\"https://e.example\">e</a><!-- gone --> <video poster=p.png src=v.mp4></video>",
    );
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert!(document.body.has_raw_html);
    assert_eq!(document.summary.other_anchors, ["box", "old"]);
    let links: Vec<_> =
        document.summary.links.iter().map(|link| (address(&link.target), link.raw_html)).collect();
    assert_eq!(links, [("../x.md#z".to_owned(), true), ("https://e.example".to_owned(), true)]);
    let images: Vec<_> =
        document.summary.images.iter().map(|image| (address(&image.target), image.alt.as_str())).collect();
    assert_eq!(
        images,
        [("pic one.png".to_owned(), "A & B"), ("p.png".to_owned(), ""), ("v.mp4".to_owned(), "")]
    );
    let shown = filled(&document.body, &document.summary, Fill::Full);
    assert!(shown.contains("<a name='old' href=\"../x.md#z\" class=c>t</a>"), "{shown}");
    assert!(!shown.contains("gone"), "{shown}");

    let text = "> <div>\n> <a\n> href=\"broken.md\">x</a>\n> </div>";
    assert_eq!(&text[read(text).0.summary.links[0].span.range()], "broken.md");
    check_html(&[
        ("<img srcset=\"a.png 1x, b.png 2x\">", "<img srcset=\"a.png 1x, b.png 2x\">"),
        ("<script>\n<a href=\"x\">\n</script>", "<script>\n<a href=\"x\">\n</script>"),
        ("<a href=\"javascript:x\" title=t>x</a>", "<p><a  title=t>x</a></p>"),
    ]);
    assert!(!read("only <!-- a comment -->\n\n<!-- and\n\nanother -->\n").0.body.has_raw_html);
    check_complaints(&[
        ("<div class=\"\n\nx", &["1:1 markdown/html-unfinished `<`"]),
        ("<!-- never\n\nclosed", &["1:1 markdown/html-unfinished `<`"]),
        ("<!-- never\n\nclosed".trim_end(), &["1:1 markdown/html-unfinished `<`"]),
    ]);
    assert!(!html("<!-- never\n\nclosed").contains("closed"));
    let attributes = format!("<a {}>x</a>", "b ".repeat(100));
    assert_eq!(html(&attributes).matches(" b").count(), 64);
}

#[test]
fn nesting_is_capped() {
    let quotes = html(&"> ".repeat(100_000));
    assert_eq!(quotes.matches("<blockquote>").count(), 64);
    assert_eq!(quotes.matches("</blockquote>").count(), 64);
    assert_eq!(complaints(&format!("{}a", ">".repeat(100))), ["1:65 markdown/nesting `>`"]);
    let lists: String = (0..80).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect();
    assert_eq!(html(&lists).matches("<ul>").count(), 64);
    assert_eq!(html(&lists).matches("</ul>").count(), 64);

    let deep = format!("{}x{}\n\nafter", "<div>".repeat(100), "</div>".repeat(100));
    assert_eq!(html(&deep).matches("<div>").count(), 64);
    assert_eq!(html(&deep).matches("</div>").count(), 64);
    assert_eq!(complaints(&deep), ["1:321 markdown/html-nesting `<div>`"]);
    assert_eq!(complaints(&"<p>a\n<br>\n<li>b\n".repeat(200)), [""; 0]);
    assert_eq!(complaints(&"<b>a</b> <div>x</div>\n\n".repeat(200)), [""; 0]);

    let emphasis = html(&format!("{}x{}", "*a **b ".repeat(100), "** c*".repeat(100)));
    assert_eq!(emphasis.matches("<em>").count() + emphasis.matches("<strong>").count(), 64);
    assert_eq!(emphasis.matches("</em>").count() + emphasis.matches("</strong>").count(), 64);
}

#[test]
fn syntax_of_other_tools_is_named() {
    let foreign = |text: &str| {
        complaints(text).into_iter().filter(|complaint| complaint.contains("markdown/foreign-syntax")).count()
    };
    for text in [
        "!!! note \"Title\"",
        "??? tip",
        "???+ tip",
        ":::note",
        "::: tip",
        "a\n:::warning x",
        "=== \"Tab\"",
        "--8<-- \"x.md\"",
        "{{< figure src=\"x\" >}}",
        "a {{% ref %}}",
        "{{#include x.rs}}",
        "{% if x %}",
        "[TOC]",
        "[[_TOC_]]",
        "import Tabs from '@theme/Tabs';",
        "export const x = 1",
        "<Tabs>",
        "a <TabItem value=\"x\">b</TabItem>",
    ] {
        assert_eq!(foreign(text), 1, "{text}");
        assert_eq!(foreign(&format!("```\n{text}\n```")), 0, "{text}");
        assert_eq!(foreign(&format!("    {}", text.replace('\n', "\n    "))), 0, "{text}");
        assert_eq!(foreign(&format!("`` {} ``", text.replace('\n', " "))), 0, "{text}");
    }
    for text in [
        "Wow!!! note",
        "import taxes from abroad",
        "a = b ? c",
        "{{name}}",
        "{x}",
        "<DIV>",
        "\\!!! note",
        "\\{{< x",
        "[TOC] of x",
        ":smile:",
        "1 ::: 2",
        "=== x",
    ] {
        assert_eq!(foreign(text), 0, "{text}");
    }
}

#[test]
fn images_tell_what_they_show() {
    let (document, diagnostics) = read("![A *chart* `x`](a%20b.svg \"T\") and ![](deco.png)\n");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let image = &document.summary.images[0];
    assert_eq!((image.alt.as_str(), image.title.as_deref()), ("A chart x", Some("T")));
    assert_eq!(address(&image.target), "a b.svg");
    check_complaints(&[
        ("![](x.png)", &["1:1 markdown/image-alt `![](x.png)`"]),
        ("![x](x.png)", &[]),
        ("[![](x.png)](y)", &[]),
    ]);
}

#[test]
fn strange_characters_are_reported() {
    check_complaints(&[
        ("a\u{202E}b `\u{2066}`", &["1:2 text/bidi `\u{202E}`", "1:6 text/bidi `\u{2066}`"]),
        ("a\0b", &["1:2 text/nul `\0`"]),
        ("普通の文…—", &[]),
    ]);
    assert_eq!(html("a\0b `\0`").trim(), "<p>a\u{FFFD}b <code>\u{FFFD}</code></p>");
    assert_eq!(
        html("a\r\nb\r\n\r\n```\r\nc\r\n```\rd").trim(),
        "<p>a\nb</p>\n<pre><code>c\n</code></pre>\n<p>d</p>"
    );
    // A noncharacter in the text is no joiner.
    assert_eq!(html("\u{FDD0}は**「重」**で").trim(), "<p>\u{FDD0}は<strong>「重」</strong>で</p>");
}

#[test]
fn complaints_of_a_kind_are_capped() {
    let (_, diagnostics) = read(&"[x]()\n\n".repeat(50));
    let messages: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    assert_eq!(messages.len(), 21);
    assert_eq!(messages[20], "and 30 more of these in this file");
}

#[test]
fn the_summary_tells_what_others_need() {
    let (document, _) = read(
        "# T\n\nFirst *paragraph*, with 日本語。\n\n- item one\n\n| a |\n|---|\n| cell |\n\n```\ncode\n```\n",
    );
    assert_eq!(document.summary.first_paragraph, "First paragraph, with 日本語。");
    assert_eq!(document.body.text, "First paragraph, with 日本語。\nitem one\na\ncell\n");
    assert_eq!(document.summary.words, 8);
    assert_eq!(read(&"語".repeat(1000)).0.summary.first_paragraph.chars().count(), 400);
    assert_eq!(read("").0.summary.title, "Some page");
}

#[test]
fn what_is_parsed_is_balanced_whatever_is_written() {
    use proptest::prelude::*;
    let token = prop::sample::select(vec![
        "a",
        " ",
        "\n",
        "\n\n",
        "*",
        "**",
        "~~",
        "_",
        "`",
        "```",
        "> ",
        "- ",
        "1. ",
        "    ",
        "[",
        "]",
        "[[",
        "]]",
        "|",
        "(x)",
        "(",
        ")",
        "!",
        "#",
        "## ",
        "「",
        "」",
        "。",
        "あ",
        "https://a.b",
        "www.a.b",
        "/",
        "<div>",
        "</div>",
        "<a href=x>",
        "</a>",
        "<!--",
        "-->",
        "[^1]",
        "[^1]: ",
        "[^2]",
        "> [!NOTE] ",
        "+",
        "- [ ] ",
        "|-|\n",
        "\\",
        "&amp;",
        ":",
        ": ",
        "{#x}",
        "{",
        "}",
        "\r\n",
        "\0",
        "{{<",
        "<Tabs>",
        "\u{FDD0}",
        "title=\"",
        "\"",
        "~~~",
    ]);
    proptest!(ProptestConfig::with_cases(2000), |(tokens in prop::collection::vec(token, 0..40))| {
        let text = tokens.concat();
        let (document, diagnostics) = read(&text);
        // Every place lies in the file, on character boundaries.
        for span in diagnostics.iter().filter_map(|diagnostic| diagnostic.span.as_ref()).chain(document.summary.links.iter().map(|link| &link.span)) {
            prop_assert!(text.get(span.range()).is_some(), "{:?}", span);
        }
        // Our own elements nest, in the HTML that is ours.
        let ours: String = document.body.pieces.iter().map(|piece| match piece {
            Piece::Html(html) => html.to_string(),
            Piece::LinkStart(_) => "<a>".to_owned(),
            Piece::LinkEnd(_) => "</a>".to_owned(),
            Piece::HeadingStart(i) => format!("<h{i}>"),
            Piece::HeadingEnd(i) => format!("</h{i}>"),
            _ => String::new(),
        }).collect();
        let mut open = Vec::new();
        for tag in ours.split('<').skip(1) {
            let name = tag.split([' ', '>']).next().unwrap();
            match name.strip_prefix('/') {
                Some(name) => prop_assert_eq!(open.pop(), Some(name), "in {}", ours),
                None if matches!(name, "br" | "hr" | "input") => {}
                None => open.push(name),
            }
        }
        prop_assert!(open.is_empty(), "{:?} in {}", open, ours);
        // Joiners never reach a reader.
        let joiner = char::from_u32(0xFDD1).unwrap();
        prop_assert!(!ours.contains(joiner));
        // Every index points at something, once.
        let mut links = vec![0; document.summary.links.len()];
        for piece in &document.body.pieces {
            if let Piece::LinkStart(i) | Piece::LinkAddress(i) = piece {
                links[*i] += 1;
            }
        }
        // A heading that became the title is not in the body, its links are.
        prop_assert!(links.iter().all(|count| *count <= 1));
    });
}
