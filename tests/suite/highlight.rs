//! Code in, HTML out.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use shirube::render::highlight::{Block, Highlighter, Language};

fn language(name: &str) -> Language {
    Language::named(name).expect(name)
}

/// One for all tests, because compiling the syntaxes' patterns is what takes time.
static HIGHLIGHTER: LazyLock<Highlighter> = LazyLock::new(Highlighter::new);

fn html(name: &str, text: &str) -> Arc<str> {
    HIGHLIGHTER.html(&Block::new(language(name), text))
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

/// `html` with `k‹let›` for `<span class="k">let</span>`, and without entities, to be read by people.
fn compact(html: &str) -> String {
    let mut compact = String::new();
    let mut pieces = html.split("<span class=\"");
    compact.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        compact.push_str(&piece.replacen("\">", "‹", 1).replacen("</span>", "›", 1));
    }
    compact.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[track_caller]
fn check(name: &str, rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        assert_eq!(compact(&html(name, text)), *expected, "{name}");
    }
}

#[test]
fn text_is_escaped_and_classes_are_letters() {
    assert_eq!(&*html("text", "if <a> && \"b\""), "if &lt;a&gt; &amp;&amp; \"b\"");
    assert_eq!(&*html("", "if"), "if");
    assert_eq!(
        &*html("rust", "let a = \"<&>\";"),
        "<span class=\"k\">let</span> a = <span class=\"s\">\"&lt;&amp;&gt;\"</span>;"
    );
}

#[test]
fn neighbours_of_a_class_share_a_span_but_lines_do_not() {
    check(
        "java",
        &[("public final class A", "k‹public final class› t‹A›"), ("/*\n  a\n*/", "c‹/*›\n  c‹a›\nc‹*/›")],
    );
}

#[test]
fn rust() {
    check(
        "rust",
        &[
            (
                "#[derive(Debug)]\npub fn f<'a>(x: &'a str)",
                "a‹#[derive(Debug)]›\nk‹pub fn› f‹f›<k‹'a›>(x: &k‹'a› t‹str›)",
            ),
            ("Some(x) => y.match(N_1),", "t‹Some›(x) => y.f‹match›(b‹N_1›),"),
            ("println!(\"a {b}\"); a != b", "f‹println!›(s‹\"a {b}\"›); a != b"),
            ("r#\"a \" b\"# + br##\"\n\"#\"## r#type", "s‹r#\"a \" b\"#› + s‹br##\"›\ns‹\"#\"##› r#k‹type›"),
            ("'x' '\\'' '\\u{1f}' 'x: b'a'", "s‹'x' '\\'' '\\u{1f}'› k‹'x›: bs‹'a'›"),
            ("/* a /* b */ c */ d // e", "c‹/* a /* b */ c */› d c‹// e›"),
            ("0x1f_u32 1.5e-3 1..2 x.0", "n‹0x1f_u32 1.5e-3 1›..n‹2› x.n‹0›"),
        ],
    );
}

#[test]
fn go() {
    check(
        "go",
        &[
            ("func (s *T) Serve(n int) error {", "k‹func› (s *T) f‹Serve›(n t‹int›) t‹error› {"),
            (
                "type Page struct { A string `json:\"a\"` }",
                "k‹type› t‹Page› k‹struct› { A t‹string› s‹`json:\"a\"`› }",
            ),
            ("x := <-c // y\n", "x := <-c c‹// y›\n"),
        ],
    );
}

#[test]
fn python() {
    check(
        "python",
        &[
            (
                "@app.get(\"/\")\nasync def f(self): pass",
                "a‹@app.get›(s‹\"/\"›)\nk‹async def› f‹f›(v‹self›): k‹pass›",
            ),
            ("f\"a {b['c']!r:>{n}} {{d}}\" + e", "s‹f\"a› {b[s‹'c'›]!r:>{n}} s‹{{d}}\"› + e"),
            ("'''a\n\"b\"''' # c", "s‹'''a›\ns‹\"b\"'''› c‹# c›"),
            ("x = \"open\ny = None", "x = s‹\"open›\ny = b‹None›"),
            ("f'{open\nclass A: x = 1", "s‹f'›{open\nk‹class› t‹A›: x = n‹1›"),
        ],
    );
}

#[test]
fn javascript_and_typescript() {
    check(
        "js",
        &[
            ("`a ${b ? `c${{d: 1}.d}` : 2} e`;", "s‹`a› ${b ? s‹`c›${{d: n‹1›}.d}s‹`› : n‹2›} s‹e`›;"),
            ("a = /[/\\/]\"/g.test(b) / c / 2", "a = s‹/[/\\/]\"/g›.f‹test›(b) / c / n‹2›"),
            ("{ type: null, default: this }", "{ type: b‹null›, k‹default›: v‹this› }"),
            ("class A extends B { #c = 1 }", "k‹class› t‹A› k‹extends› t‹B› { #c = n‹1› }"),
        ],
    );
    check(
        "ts",
        &[("interface A { readonly b?: string[] }", "k‹interface› t‹A› { k‹readonly› b?: t‹string›[] }")],
    );
}

#[test]
fn sql() {
    check(
        "sql",
        &[
            (
                "Select count(*) FROM t where a = 'b''c\nd' -- e",
                "k‹Select› f‹count›(*) k‹FROM› t k‹where› a = s‹'b''c›\ns‹d'› c‹-- e›",
            ),
            ("id bigint NOT NULL", "id t‹bigint› k‹NOT› b‹NULL›"),
        ],
    );
}

#[test]
fn hcl_json_and_toml() {
    check(
        "tf",
        &[
            (
                "resource \"a\" \"b\" {\n  c-d = \"${var.e}-f\"\n}",
                "k‹resource› s‹\"a\" \"b\"› {\n  a‹c-d› = s‹\"›${v‹var›.e}s‹-f\"›\n}",
            ),
            (
                "x = <<-EOT\n  it's ${y}\n  EOT\nz = a == b",
                "a‹x› = s‹<<-EOT›\n  s‹it's ${y}›\n  s‹EOT›\na‹z› = a == b",
            ),
        ],
    );
    check(
        "jsonc",
        &[(
            "{\"a\\\"\" : [1, -2.5e3, \"b: c\"], // d\n}",
            "{a‹\"a\\\"\"› : [n‹1›, -n‹2.5e3›, s‹\"b: c\"›], c‹// d›\n}",
        )],
    );
    check(
        "toml",
        &[(
            "[[a.b]] # c\nd-e = 'f\\'\ng = [\n[1, 2],\n]",
            "h‹[[a.b]]› c‹# c›\na‹d-e› = s‹'f\\'›\na‹g› = [\n[n‹1›, n‹2›],\n]",
        )],
    );
}

#[test]
fn yaml() {
    check(
        "yaml",
        &[
            ("a: \"b: c\" # d\n'e f' : g#h", "a‹a›: s‹\"b: c\"› c‹# d›\na‹'e f'› : g#h"),
            (
                "- a: 1\n  b: [x, {y: yes}]\n- http://c:80/",
                "- a‹a›: n‹1›\n  a‹b›: [x, {a‹y›: b‹yes›}]\n- http://c:80/",
            ),
            ("a: |\n  b: c\n\n   # d\ne: 5m", "a‹a›: |\n  s‹b: c›\n\n   s‹# d›\na‹e›: n‹5m›"),
            ("- >-\n  a: b\n- c", "- >-\n  s‹a: b›\n- c"),
            ("- a: |\n    b\n  c: d", "- a‹a›: |\n    s‹b›\n  a‹c›: d"),
            ("---\n&x a: *y\nb: !!str 1.2.3 \n", "---\nv‹&x› a‹a›: v‹*y›\na‹b›: t‹!!str› 1.2.3 \n"),
            ("a: {{ .Values.b }}\nc: [d\ne: true", "a‹a›: {{ .Values.b }}\na‹c›: [d\na‹e›: b‹true›"),
            ("a: \"b\n  c\"\nd: 'it''s'", "a‹a›: s‹\"b›\n  s‹c\"›\na‹d›: s‹'it''s'›"),
        ],
    );
}

#[test]
fn shell() {
    check(
        "sh",
        &[
            ("A=1 make -j4 --x=\"$A\" # b", "v‹A›=1 f‹make› a‹-j4 --x›=s‹\"›v‹$A›s‹\"› c‹# b›"),
            ("if ! grep -q a#b c; then exit 1; fi", "k‹if› ! f‹grep› a‹-q› a#b c; k‹then exit› 1; k‹fi›"),
            (
                "echo \"a $(ls \"${b:-c}\") d\" 2>&1",
                "f‹echo› s‹\"a› $(f‹ls› s‹\"›v‹${b:-c}›s‹\"›) s‹d\"› 2>&1",
            ),
            ("case $a in b|c) d ;; *) e;; esac", "k‹case› v‹$a› k‹in› b|c) f‹d› ;; *) f‹e›;; k‹esac›"),
            (
                "cat <<EOF | tee 'x'\na $b \"\nEOF\nls",
                "f‹cat› <<k‹EOF› | f‹tee› s‹'x'›\ns‹a› v‹$b› s‹\"›\nk‹EOF›\nf‹ls›",
            ),
            ("for i in $((n + 1)); do :; done", "k‹for› i k‹in› $((n + n‹1›)); k‹do› :; k‹done›"),
            ("f() {\n  sudo ./x \\\n    y\n}", "f‹f›() {\n  f‹sudo ./x› \\\n    y\n}"),
        ],
    );
    check(
        "console",
        &[("$ ls -l \\\n  a\ntotal 0\n", "c‹$› f‹ls› a‹-l› \\\n  a\ntotal 0\n"), ("ls", "f‹ls›")],
    );
}

#[test]
fn dockerfile() {
    check(
        "dockerfile",
        &[
            (
                "FROM --platform=x a:1 AS b\n# c\nENV D=e \\\n    F=\"g\"",
                "k‹FROM› a‹--platform›=x a:1 k‹AS› b\nc‹# c›\nk‹ENV› a‹D›=e \\\n    a‹F›=s‹\"g\"›",
            ),
            ("RUN a -b \\\n  && c\nCMD [\"d\"]", "k‹RUN› f‹a› a‹-b› \\\n  && f‹c›\nk‹CMD› [s‹\"d\"›]"),
        ],
    );
}

#[test]
fn ini() {
    check(
        "systemd",
        &[(
            "; a\n[Unit]\nAfter = b.target\nN=5\nX=yes\n",
            "c‹; a›\nh‹[Unit]›\na‹After› = b.target\na‹N›=n‹5›\na‹X›=b‹yes›\n",
        )],
    );
}

#[test]
fn promql() {
    check(
        "promql",
        &[
            (
                "sum by (job) (rate(up{job!=\"a\"}[5m]))",
                "f‹sum› k‹by› (job) (f‹rate›(up{a‹job›!=s‹\"a\"›}[n‹5m›]))",
            ),
            ("a offset 1h30m > bool 1e-3", "a k‹offset› n‹1h30m› > k‹bool› n‹1e-3›"),
            ("x[1d:5m] # y", "x[n‹1d:5m›] c‹# y›"),
            ("x - +Inf", "x - +n‹Inf›"),
            // An open string ends with its line.
            ("{a=\"b\n} / c", "{a‹a›=s‹\"b›\n} / c"),
            ("'\\'' `\\`", "s‹'\\'' `\\`›"),
            ("x[$__rate_interval]", "x[v‹$__rate_interval›]"),
            ("and_total unless ON (a)", "and_total k‹unless ON› (a)"),
        ],
    );
}

#[test]
fn other_languages_by_their_syntaxes() {
    check("diff", &[("@@ -1 +1 @@\n-a\n+b\n c\n", "h‹@@ -1 +1 @@›\nd‹-a›\ni‹+b›\n c\n")]);
    check("c", &[("if (a) return 1; // b", "k‹if› (a) k‹return› n‹1›; c‹// b›")]);
    check("html", &[("<a b=\"c\">d</a>", "<a‹a b›=s‹\"c\"›>d</a‹a›>")]);
    check("css", &[("a { color: red }", "a‹a› { a‹color›: b‹red› }")]);
    check("ruby", &[("def a; \"b #{c}\"; end", "k‹def› f‹a›; s‹\"b› #{c}s‹\"›; k‹end›")]);
}

#[test]
fn nothing_of_the_text_is_lost_in_any_language() {
    for name in Language::names() {
        for text in CODE {
            let html = HIGHLIGHTER.html(&Block::new(language(name), text));
            assert_eq!(text_of(&html), *text, "{name}");
            assert_balanced(&html);
        }
    }
}

#[test]
fn other_names_and_capitals_mean_the_same_language() {
    let rows =
        [("sh", "bash"), ("zsh", "shell"), ("yml", "yaml"), ("JS", "javascript"), ("tf", "hcl"), ("TXT", "")];
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
        &*HIGHLIGHTER.html(&block),
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
        &*HIGHLIGHTER.html(&block),
        "<span class=\"line\"> <span class=\"a\">a</span>: <span class=\"n\">1</span></span>\n\
         <del class=\"line\">-<span class=\"a\">b</span>: <span class=\"n\">2</span></del>\n\
         <ins class=\"line\">+<span class=\"a\">b</span>: <span class=\"n\">3</span></ins>\n\
         <ins class=\"line\">+</ins>"
    );
}

#[test]
fn a_line_too_long_is_plain_and_the_next_is_not() {
    let text = format!("if a == \"{}\";\nif b;\n", "x".repeat(5_000));
    let html = html("c", &text);
    assert!(html.starts_with("if a"));
    assert!(html.ends_with("<span class=\"k\">if</span> b;\n"));
}

#[test]
fn a_block_too_costly_ends_plain() {
    let text = "if b;\n".repeat(20_000);
    let html = html("c", &text);
    assert!(html.starts_with("<span class=\"k\">if</span> b;\n"));
    assert!(html.ends_with("\nif b;\n"));
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
        let html = HIGHLIGHTER.html(&block);
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
