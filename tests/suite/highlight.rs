//! Code in, HTML out.

use std::sync::Arc;

use proptest::prelude::*;
use shirube::render::highlight::{Block, Highlighter, Language};

fn language(name: &str) -> Language {
    Language::named(name).expect(name)
}

fn html(name: &str, text: &str) -> Arc<str> {
    Highlighter::new().html(&Block::new(language(name), text))
}

/// What a reader sees and copies: the HTML without tags and entities.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at + rest[at..].find('>').expect("a tag is closed") + 1..];
    }
    text.push_str(rest);
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Every line opens and closes its own elements, one inside another.
fn assert_balanced(html: &str) {
    for line in html.split('\n') {
        let mut open = Vec::new();
        for tag in line.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap_or_default();
            match tag.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name), "in {line}"),
                None => open.push(tag.split(' ').next().unwrap_or_default()),
            }
        }
        assert_eq!(open, [""; 0], "left open in {line}");
    }
}

/// Code in every language, good and broken.
const CODE: &[&str] = &[
    "",
    "\n",
    "\n\n  \n",
    "let a = \"<b>&amp;\"; // ü 日本語",
    "a: \"b\"\n- c # d\n",
    "def f(x):\n    return f\"{x}\"\n",
    "cat <<'a&b-#~' | x\n $(y)\na&b-#~\n",
    "r###\"a\"# b\"### /* /* */ \"open\n\t}\n",
    "<?php $a = <<<'X'\n<b>\nX;\n?><script>if (a < b) {}</script>\n",
    "{{ $x | y }} {% raw %} ```sh\n$HOME\n``` \\u{1F600}\r\n",
];

#[test]
fn each_kind_of_word_gets_its_class() {
    let rows = [
        (
            "rust",
            "let a = 1; // b",
            r#"<span class="k">let</span> a = <span class="n">1</span>; <span class="c">// b</span>"#,
        ),
        (
            "yaml",
            "a: \"b\" # c",
            r#"<span class="a">a</span>: <span class="s">"b"</span> <span class="c"># c</span>"#,
        ),
        (
            "json",
            r#"{"a": [null, "<"]}"#,
            r#"{<span class="a">"a"</span>: [<span class="b">null</span>, <span class="s">"&lt;"</span>]}"#,
        ),
        (
            "sh",
            "ls \"$HOME\"",
            r#"<span class="f">ls</span> <span class="s">"</span><span class="v">$HOME</span><span class="s">"</span>"#,
        ),
        ("js", "class A {}", r#"<span class="k">class</span> <span class="t">A</span> {}"#),
        (
            "diff",
            "@@ -1 +1 @@\n-a\n+b\n c\n",
            "<span class=\"h\">@@ -1 +1 @@</span>\n<span class=\"d\">-a</span>\n<span class=\"i\">+b</span>\n c\n",
        ),
        ("text", "if <a> && b", "if &lt;a&gt; &amp;&amp; b"),
        ("", "if", "if"),
    ];
    for (name, text, expected) in rows {
        assert_eq!(&*html(name, text), expected, "{name}");
    }
}

#[test]
fn promql() {
    let rows = [
        (
            "sum by (job) (rate(up{job!=\"a\"}[5m]))",
            r#"<span class="f">sum</span> <span class="k">by</span> (job) (<span class="f">rate</span>(up{<span class="a">job</span>!=<span class="s">"a"</span>}[<span class="n">5m</span>]))"#,
        ),
        (
            "a offset 1h30m > bool 1e-3",
            r#"a <span class="k">offset</span> <span class="n">1h30m</span> &gt; <span class="k">bool</span> <span class="n">1e-3</span>"#,
        ),
        ("x[1d:5m] # y", r#"x[<span class="n">1d:5m</span>] <span class="c"># y</span>"#),
        ("x - +Inf", r#"x - +<span class="n">Inf</span>"#),
        // An open string ends with its line.
        ("{a=\"b\n} / c", "{<span class=\"a\">a</span>=<span class=\"s\">\"b</span>\n} / c"),
        (r#"'\'' `\`"#, r#"<span class="s">'\'' `\`</span>"#),
        ("x[$__rate_interval]", r#"x[<span class="v">$__rate_interval</span>]"#),
        ("and_total unless ON (a)", r#"and_total <span class="k">unless ON</span> (a)"#),
    ];
    for (text, expected) in rows {
        assert_eq!(&*html("promql", text), expected);
    }
}

#[test]
fn nothing_of_the_text_is_lost_in_any_language() {
    let highlighter = Highlighter::new();
    for name in Language::names() {
        for text in CODE {
            let html = highlighter.html(&Block::new(language(name), text));
            assert_eq!(text_of(&html), *text, "{name}");
            assert_balanced(&html);
        }
    }
}

#[test]
fn other_names_and_capitals_mean_the_same_language() {
    let rows = [
        ("sh", "bash"),
        ("console", "shell"),
        ("yml", "yaml"),
        ("JS", "javascript"),
        ("tf", "hcl"),
        ("TXT", ""),
    ];
    for (name, other) in rows {
        assert_eq!(language(name), language(other));
    }
    assert_eq!(language("yml").name(), "yaml");
}

#[test]
fn an_unknown_language_is_not_known() {
    for name in ["klingon", "yaml ", "\"><script>", "plain text", "\n", &"x".repeat(10_000)] {
        assert_eq!(Language::named(name), None, "{name}");
    }
    assert_eq!(shirube::diag::nearest("terrafrom", Language::names()), Some("terraform"));
}

#[test]
fn each_name_means_one_language() {
    let mut names: Vec<_> = Language::names().collect();
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all);
    assert!(names.iter().all(|name| *name == name.to_lowercase() && !name.is_empty()));
}

#[test]
fn marks_and_numbers_make_each_line_an_element() {
    let block = Block {
        marked_lines: &[2..=2, 4..=9],
        first_line: Some(9),
        ..Block::new(Language::PLAIN, "a\n<\n\nd\n")
    };
    assert_eq!(
        &*Highlighter::new().html(&block),
        "<span class=\"line\" data-line=\"9\">a</span>\n\
         <span class=\"line marked\" data-line=\"10\">&lt;</span>\n\
         <span class=\"line\" data-line=\"11\"></span>\n\
         <span class=\"line marked\" data-line=\"12\">d</span>\n"
    );
}

#[test]
fn signs_make_added_and_removed_lines_in_their_language() {
    let block = Block { diff: true, ..Block::new(language("yaml"), " a: 1\n-b: 2\n+b: 3\n+") };
    assert_eq!(
        &*Highlighter::new().html(&block),
        "<span class=\"line\"> <span class=\"a\">a</span>: <span class=\"n\">1</span></span>\n\
         <del class=\"line\">-<span class=\"a\">b</span>: <span class=\"n\">2</span></del>\n\
         <ins class=\"line\">+<span class=\"a\">b</span>: <span class=\"n\">3</span></ins>\n\
         <ins class=\"line\">+</ins>"
    );
}

#[test]
fn a_line_too_long_is_plain_and_the_next_is_not() {
    let text = format!("let a = \"{}\";\nlet b;\n", "x".repeat(5_000));
    let html = html("rust", &text);
    assert!(html.starts_with("let a"));
    assert!(html.ends_with("<span class=\"k\">let</span> b;\n"));
}

#[test]
fn a_block_too_costly_ends_plain() {
    let text = "let b;\n".repeat(20_000);
    let html = html("rust", &text);
    assert!(html.starts_with("<span class=\"k\">let</span> b;\n"));
    assert!(html.ends_with("\nlet b;\n"));
    assert_eq!(text_of(&html), text);
}

#[test]
fn equal_blocks_from_many_threads_are_done_once() {
    let highlighter = Highlighter::new();
    let block = Block::new(language("json"), "{}");
    let results: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| highlighter.html(&block))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(results.iter().all(|html| Arc::ptr_eq(html, &results[0])));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_reads_back_and_keeps_its_lines(
        name in prop::sample::select(Language::names().collect::<Vec<_>>()),
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60),
        diff in any::<bool>(),
        first_line in prop::option::of(any::<u32>()),
        marked_lines in prop::collection::vec(0..9u32, 0..3),
    ) {
        let text = pieces.concat();
        let marked_lines: Vec<_> = marked_lines.into_iter().map(|line| line..=line + 1).collect();
        let block = Block { diff, first_line, marked_lines: &marked_lines, ..Block::new(language(name), &text) };
        let html = Highlighter::new().html(&block);
        prop_assert_eq!(text_of(&html), text);
        assert_balanced(&html);
    }
}

/// What opens and closes things in some language.
const PIECES: &[&str] = &[
    "\n",
    "\n",
    "\n",
    " ",
    "  ",
    "\t",
    "\"",
    "'",
    "`",
    "```",
    "'''",
    "\"\"\"",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "</",
    "/>",
    "<!--",
    "-->",
    "/*",
    "*/",
    "//",
    "#",
    "--",
    ";",
    "$",
    "$(",
    "${",
    "}}",
    "{{",
    "{%",
    "%}",
    "\\",
    "<<EOF",
    "<<~'E'",
    "EOF",
    "r#\"",
    "\"#",
    "=",
    "==",
    "=>",
    "->",
    "::",
    ":",
    ".",
    ",",
    "&",
    "|",
    "!",
    "?",
    "*",
    "+",
    "-",
    "- ",
    "@",
    "@@",
    "%",
    "^",
    "~",
    "0",
    "1.5e3",
    "0x",
    "a",
    "fn",
    "def",
    "class",
    "if",
    "for",
    "end",
    "begin",
    "do",
    "case",
    "SELECT",
    "FROM",
    "日本",
    "é",
    "\u{1F600}",
    "\r",
    "\0",
];
