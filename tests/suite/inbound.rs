//! Links of other repositories into the handbook: found in any text, judged, mended.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use proptest::prelude::*;
use serde_json::Value;
use shirube::author::write::Root;
use shirube::config::BaseUrl;
use shirube::inbound::{Addresses, Finding, Named, Place, inspect};
use shirube::model::{InboundFile, Kind};
use tempfile::TempDir;

use crate::handbook::TestHandbook;
use crate::run::{Ran, ran, run};

/// Where the handbook stands.
const URL: &str = "https://handbook.example.com/sre";

/// A handbook with a bit of everything that has an address.
fn handbook() -> TestHandbook {
    TestHandbook::with_practices()
        .file("handbook.yaml", "title: Test\nlanguages: [en, ja]\nbase_url: https://handbook.example.com/sre/\n")
        .file("model.yaml", "renamed: {slo-goals: slo-targets}\n")
        .file("content/playbooks/restore.md", "---\ntitle: Restore\naliases: [/old/restore/, /wiki/restore.html]\n---\n\n## The drill\n\nText.\n")
        .file("content/playbooks/restore.ja.md", "---\ntitle: 復旧\n---\n\n## 訓練\n\n本文。\n")
        .file("content/playbooks/secret.md", "---\ntitle: Secret\ndraft: true\n---\n")
        .file("content/guides/はじめに.md", "---\ntitle: はじめに\n---\n\n## なぜ\n\n本文。\n")
        .file("content/guides/plan.pdf", "x")
        .file("content/roles/dev.md", "---\ntitle: Dev\n---\n")
        .file("content/playbooks/dev.md", "---\ntitle: For developers\n---\n")
        .file("content/teams/ops/_index.md", "---\ntitle: Ops\n---\n")
        .file("static/logo.svg", "<svg/>")
}

/// Another repository.
struct Other(TempDir);

impl Other {
    fn new(files: &[(&str, &str)]) -> Self {
        let other = Self(tempfile::tempdir().unwrap());
        for (path, text) in files {
            other.write(path, text.as_bytes());
        }
        other
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn name(&self) -> &str {
        self.path().to_str().unwrap()
    }
}

fn check(handbook: &TestHandbook, other: &Other, more: &[&str]) -> Ran {
    let args: Vec<&str> = ["check", "--inbound", other.name()].iter().chain(more).copied().collect();
    run(handbook.path(), &args)
}

/// What is said of links in the other repository: `file:line:column code advice`, a line each.
fn findings(handbook: &TestHandbook, other: &Other, more: &[&str]) -> String {
    let more: Vec<&str> = more.iter().chain(&["--format", "json"]).copied().collect();
    let found: Value = serde_json::from_str(&check(handbook, other, &more).out).unwrap();
    let mut lines = String::new();
    for row in found["diagnostics"].as_array().unwrap() {
        let code = row["code"].as_str().unwrap();
        let Some(code) = code.strip_prefix("inbound/") else { continue };
        let file = row["file"].as_str().unwrap().strip_prefix(other.name()).unwrap();
        let (line, column) = (&row["line"], &row["column"]);
        let help = row["help"][0].as_str().unwrap();
        let link = help.split('`').nth(1).unwrap_or_default();
        let link = link.strip_prefix(URL).unwrap_or(link);
        lines.push_str(&format!("{}:{line}:{column} {code} {link}\n", &file[1..]));
    }
    lines
}

/// What is said of each line of a markdown file, without its place; `fine` if nothing.
fn told(lines: &[String], more: &[&str]) -> Vec<String> {
    let text: String = lines.iter().map(|line| line.replace("URL", URL) + "\n").collect();
    let other = Other::new(&[("a.md", &text)]);
    let mut told = vec![Vec::new(); lines.len()];
    for row in findings(&handbook(), &other, more).lines() {
        let (place, what) = row.split_once(' ').unwrap();
        let line: usize = place.split(':').nth(1).unwrap().parse().unwrap();
        told[line - 1].push(what.to_owned());
    }
    let shown = |told: Vec<String>| if told.is_empty() { "fine".to_owned() } else { told.join("; ") };
    told.into_iter().map(shown).collect()
}

/// Of each line of markdown this is said.
fn tells(rows: &[(&str, &str)], more: &[&str]) {
    let lines: Vec<String> = rows.iter().map(|(line, _)| (*line).to_owned()).collect();
    for ((line, expected), told) in rows.iter().zip(told(&lines, more)) {
        assert_eq!(&told, expected, "{line}");
    }
}

#[test]
fn every_sort_of_address_is_known() {
    let rows = [
        // Permalinks, short and long, in both languages.
        ("/go/slo-targets/", "fine"),
        ("/go/slo-targets", "fine"),
        ("/go/slo-targets/index.html", "fine"),
        ("/go/practice/slo-targets/#agreed", "fine"),
        ("/go/practice/slo-targets/?utm_source=wiki#agreed", "fine"),
        ("/ja/go/slo-targets/#agreed", "fine"),
        ("/go/slo-targets/#why-it-matters", "fine"),
        ("/go/slo-targets/#agreed:~:text=agreed", "fine"),
        ("/go/slo-targets/#:~:text=agreed", "fine"),
        ("/go/playbook/restore/", "fine"),
        // What templates make, and files.
        ("", "fine"),
        ("/", "fine"),
        ("/ja", "fine"),
        ("/#top", "fine"),
        ("/playbooks/#top", "fine"),
        ("/playbooks/", "fine"),
        ("/ja/roles/", "fine"),
        ("/guides/plan.pdf", "fine"),
        ("/logo.svg", "fine"),
        ("/feed.xml", "fine"),
        ("/search/router.bin", "fine"),
        // A page without an id has no permalink.
        ("/guides/はじめに/", "fine"),
        ("/guides/%E3%81%AF%E3%81%98%E3%82%81%E3%81%AB/#%E3%81%AA%E3%81%9C", "fine"),
        // Ordinary addresses.
        ("/practices/slo/slo-targets/", "not-permanent /go/slo-targets/"),
        ("/practices/slo/slo-targets", "not-permanent /go/slo-targets/"),
        ("/practices/slo/slo-targets/index.html?a=b#agreed", "not-permanent /go/slo-targets/?a=b#agreed"),
        ("/ja/playbooks/restore/", "not-permanent /ja/go/playbook/restore/"),
        ("//practices/./x/../slo/slo-targets/", "not-permanent /go/slo-targets/"),
        // Redirects lose the place on the page, so the address is as good as it gets.
        ("/playbooks/restore/#the-drill", "fine"),
        ("/ja/playbooks/restore/#訓練", "fine"),
        // Old addresses.
        ("/old/restore/", "moved /go/playbook/restore/"),
        ("/old/restore", "moved /go/playbook/restore/"),
        ("/wiki/restore.html#the-drill", "moved /playbooks/restore/#the-drill"),
        ("/old/restore/#gone", "moved /go/playbook/restore/"),
        // Places that are not there.
        ("/go/slo-targets/#agred", "stale-anchor /go/slo-targets/#agreed"),
        ("/practices/slo/slo-targets/#wrotten", "stale-anchor /practices/slo/slo-targets/#written"),
        ("/playbooks/restore/#nothing-like-it", "stale-anchor "),
        ("/playbooks/#nothing-like-it", "stale-anchor "),
        // Nothing there: the same in another spelling, elsewhere, or under a new id.
        ("/practices/slo/SLO_Targets.html", "broken /go/slo-targets/"),
        ("/practices/reliability/slo-targets/#agreed", "broken /go/slo-targets/#agreed"),
        ("/ja/practices/reliability/slo-targets/", "broken /ja/go/slo-targets/"),
        ("/go/restore/", "broken /go/playbook/restore/"),
        ("/go/role/restore/", "broken /go/playbook/restore/"),
        ("/go/slo-goals/", "moved /go/slo-targets/"),
        ("/go/slo-tragets/", "broken /go/slo-targets/"),
        ("/go/dev/", "broken /go/role/dev/"),
        ("/entirely/elsewhere/", "broken shirube lookup"),
        ("/guides/plan2.pdf", "broken /guides/plan.pdf"),
        ("/playbooks/secret/", "broken --drafts"),
        ("/go/playbook/secret/", "broken --drafts"),
        // Not ours.
        ("/../other/", "fine"),
        ("s/x/", "fine"),
    ];
    let lines: Vec<String> = rows.iter().map(|(address, _)| format!("[x](URL{address})")).collect();
    for ((address, expected), told) in rows.iter().zip(told(&lines, &[])) {
        assert_eq!(&told, expected, "{address}");
    }
    tells(&[("URL/playbooks/secret/", "not-permanent /go/playbook/secret/")], &["--drafts"]);
}

#[test]
fn a_guess_is_told_from_what_is_sure() {
    for (link, advice) in [
        ("/go/restore/", "shirube fix-links"),
        ("/old/restore/", "shirube fix-links"),
        ("/go/slo-tragets/", "did you mean"),
        ("/elsewhere/sre/", "did you mean"),
        ("/nowhere/", "shirube lookup"),
    ] {
        let other = Other::new(&[("a.txt", &format!("{URL}{link}"))]);
        check(&handbook(), &other, &[]).prints(advice);
    }
}

#[test]
fn a_link_ends_where_the_writer_meant() {
    // What stands around the link, in a file of each format; the link is a broken one.
    let rows = [
        ("a.md", "See [it](LINK), or <LINK>."),
        ("a.md", "[it](LINK \"title\") [it](<LINK>)"),
        ("a.md", "[ref]: LINK"),
        ("a.md", "**LINK** _LINK_ ~~LINK~~ `LINK`"),
        ("a.md", "(see LINK). Is it LINK? Yes: LINK!"),
        ("a.md", "| LINK | LINK|\n|---|---|"),
        ("a.md", "[LINK](LINK)"),
        ("a.md", "手順は「LINK」、説明は（LINK）です。LINKを参照。"),
        ("a.md", "『LINK』と［LINK］：LINK。"),
        ("a.mdx", "<Link href={'LINK'} to=\"LINK\" />"),
        ("a.html", "<a href=\"LINK\">x</a> <a href='LINK'>x</a> <a href=LINK>x</a>"),
        ("a.htm", "<p>LINK</p> &quot;LINK&quot; &lt;LINK&gt;"),
        ("a.html", "<p>ページはLINKです</p>"),
        ("a.rst", "`it <LINK>`__ and `it <LINK>`_ and LINK."),
        ("a.rst", ".. _it: LINK"),
        ("a.adoc", "LINK[it] link:LINK[it] <<x,LINK>>"),
        ("a.txt", "LINK, LINK; LINK\tLINK\r\n\"LINK\" 'LINK'"),
        ("a.txt", "LINK,LINK"),
        ("a.txt", "“LINK” — LINK… «LINK»"),
        ("a.yaml", "url: LINK\nmore: [LINK, \"LINK\"] # LINK\nmap: {a: LINK}"),
        ("a.json", "{\"slashes\": [\"LINK\", \"see LINK, or\\nLINK\"]}"),
        ("a.json", "{\"a\": \"LINK\", \"b\": \"see LINK.\\nLINK\"}"),
    ];
    let other = Other::new(&[]);
    let mut wanted = BTreeMap::new();
    for (row, (path, text)) in rows.iter().enumerate() {
        for (number, link) in
            ["/go/restore/", "/go/restore", "/old/restore/?a=b", "/go/slo-targets/#agred"].iter().enumerate()
        {
            // What `を参照` belongs to cannot be told of a place on the page, which may be called so.
            if text.contains("LINKを") && link.contains('#') {
                continue;
            }
            let path = format!("{row}/{number}/{path}");
            let mut link = format!("{URL}{link}");
            if text.contains("slashes") {
                link = link.replace('/', "\\/");
            }
            other.write(&path, text.replace("LINK", &link).as_bytes());
            wanted.insert(path, vec![link; text.matches("LINK").count()]);
        }
    }
    let found = check(&handbook(), &other, &["--format", "json"]).out;
    let found: Value = serde_json::from_str(&found).unwrap();
    let mut links: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in found["diagnostics"].as_array().unwrap() {
        let Some(path) = row["file"].as_str().and_then(|file| file.strip_prefix(other.name())) else {
            continue;
        };
        let number = |key: &str| row[key].as_u64().unwrap() as usize - 1;
        assert_eq!(number("line"), number("end_line"));
        let text = other.read(&path[1..]);
        let line = text.lines().nth(number("line")).unwrap();
        let link =
            line.chars().skip(number("column")).take(number("end_column") - number("column")).collect();
        links.entry(path[1..].to_owned()).or_default().push(link);
    }
    for (path, wanted) in wanted {
        assert_eq!(links.get(&path), Some(&wanted), "{}", other.read(&path));
    }
}

#[test]
fn what_only_looks_like_a_link_is_left_alone() {
    let away = [
        "https://handbook.example.com.evil.example/sre/go/x/",
        "https://xhandbook.example.com/sre/go/x/",
        "https://handbook.example.com:8443/sre/go/x/",
        "https://handbook.example.com/sres/go/x/",
        "https://handbook.example.com/other/",
        "https://user@handbook.example.com/sre/go/x/",
        "https://web.archive.org/web/2020/https://handbook.example.com/sre/go/x/",
        "git+https://handbook.example.com/sre/go/x/",
        "// handbook.example.com/sre/go/x/",
        "//handbook.example.com/sre/go/x/",
        "[[slo-targetz]]",
    ];
    tells(&away.map(|line| (line, "fine")), &[]);
    let ours = [
        "http://handbook.example.com/sre/go/restore/",
        "HTTPS://Handbook.Example.COM/sre/go/restore/",
        "https://handbook.example.com:443/sre/go/restore/",
        "<a href=\"//handbook.example.com/sre/go/restore/\">",
        "https://login.example.com/?next=https://handbook.example.com/sre/go/restore/",
        "https://handbook.example.com/sre/go/re\\store/ https://handbook.example.com/sre/go/re\\_store/",
    ];
    for (line, told) in ours.iter().zip(told(&ours.map(str::to_owned), &[])) {
        assert!(told.starts_with("broken"), "{line}");
    }
}

#[test]
fn prose_without_spaces_is_told_from_the_address() {
    let rows = [
        ("URL/go/slo-targets/を参照", "fine"),
        ("URL/go/slo-targets/#agreedを参照", "fine"),
        ("URL/guides/はじめに/を参照", "fine"),
        ("URL/guides/はじめに/#なぜを参照", "fine"),
        ("URL/practices/slo/slo-targets/を参照。", "not-permanent /go/slo-targets/"),
        ("URL/old/restoreを参照", "moved /go/playbook/restore/"),
        ("URL/go/restore/をまず読む", "broken /go/playbook/restore/"),
        // A page in that script that is no more, not prose behind the folder.
        ("URL/guides/おわりに/", "broken /guides/%E3%81%AF%E3%81%98%E3%82%81%E3%81%AB/"),
        ("URL/guides/はじめに/#どこ", "stale-anchor "),
    ];
    tells(&rows, &[]);
}

#[test]
fn names_in_double_brackets_are_links_when_asked() {
    let rows = [
        ("[[slo-targets]] [[slo-targets#agreed|the agreement]] [[practice:slo-targets]]", "fine"),
        ("[[slo-targetz]]", "broken [[slo-targets]]"),
        ("[[slo-targetz#agreed|text]]", "broken [[slo-targets#agreed]]"),
        ("[[Some other page]]", "broken shirube lookup"),
        ("[[dev]]", "broken [[role:dev]]"),
        ("[[role:dev]]", "fine"),
        ("[[slo-goals#agreed|text]]", "moved slo-targets#agreed"),
        ("[[slo-targets#agred]]", "stale-anchor slo-targets#agreed"),
        ("[[secret]]", "broken --drafts"),
        ("[[https://handbook.example.com/sre/go/slo-targets/]] [[https://x.example|x]]", "fine"),
        ("if [[ -f x ]]; then ![[picture.png]] [[", "fine"),
    ];
    tells(&rows, &["--wiki"]);
    tells(&rows.map(|(line, _)| (line, "fine")), &[]);
    let other =
        Other::new(&[("a.json", "[[1, 2], [3, 4]]"), ("b.yaml", "a: [[x]]"), ("c.adoc", "[[anchor]]")]);
    assert_eq!(findings(&handbook(), &other, &["--wiki"]), "");
}

#[test]
fn files_are_read_as_far_as_they_are_texts_of_that_repository() {
    let link = &format!("{URL}/go/restore/ ");
    let other = Other::new(&[
        ("README.MD", link),
        ("docs/a.rst", link),
        (".github/workflows/ci.yml", link),
        (".git/config.md", link),
        ("node_modules/x/README.md", link),
        ("target/doc/index.html", link),
        ("src/main.rs", link),
        ("no-extension", link),
    ]);
    other.write("bom.md", format!("\u{feff}{link}").as_bytes());
    other.write("latin.md", b"caf\xe9 https://handbook.example.com/sre/go/restore/");
    other.write("large.md", link.repeat(250_000).as_bytes());
    let outside = Other::new(&[("outside.md", link)]);
    symlink(outside.path(), other.path().join("linked")).unwrap();
    symlink(outside.path().join("outside.md"), other.path().join("linked.md")).unwrap();
    rustix::fs::mknodat(
        rustix::fs::CWD,
        other.path().join("pipe.md"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::from_raw_mode(0o600),
        0,
    )
    .unwrap();
    let read = findings(&handbook(), &other, &[]);
    let names: Vec<&str> = read.lines().map(|line| line.split(" /").next().unwrap().trim()).collect();
    assert_eq!(
        names,
        [
            ".github/workflows/ci.yml:1:1 broken",
            "README.MD:1:1 broken",
            "bom.md:1:1 broken",
            "docs/a.rst:1:1 broken",
            "large.md:null:null unread",
            "latin.md:null:null unread",
        ]
    );
    check(&handbook(), &other, &[]).prints("it is not UTF-8").prints("it is larger than 10 MiB");
}

#[test]
fn the_handbook_itself_is_no_other_repository() {
    let handbook = handbook().file("content/a.md", format!("# A\n\n{URL}/go/restore/\n"));
    let around = handbook.path().parent().unwrap();
    // Whatever else stands in the folder for temporary files: nothing of ours is in it.
    let folder = tempfile::tempdir_in(around).unwrap();
    let inner = folder.path().join("docs/handbook");
    fs::create_dir_all(inner.parent().unwrap()).unwrap();
    fs::rename(handbook.path(), &inner).unwrap();
    fs::write(folder.path().join("README.md"), format!("{URL}/go/restore/")).unwrap();
    let ran = run(&inner, &["check", "--inbound", "../..", "--format", "short"]);
    assert_eq!(ran.out.matches("inbound/broken").count(), 1, "{ran:#?}");
    assert!(ran.out.contains("../../README.md:1:1: error[inbound/broken]"), "{ran:#?}");
    fs::rename(&inner, handbook.path()).unwrap();
}

#[test]
fn every_format_tells_it() {
    let other = Other::new(&[("a.md", &format!("One.\n\n日本語 {URL}/go/restore/\n"))]);
    for (format, part) in [
        ("human", "a.md:3:5"),
        (
            "short",
            "a.md:3:5: error[inbound/broken]: `https://handbook.example.com/sre/go/restore/` leads nowhere",
        ),
        ("json", "\"code\": \"inbound/broken\""),
        ("github", "line=3,col=5,endLine=3,endColumn=49,title=inbound/broken"),
        ("sarif", "\"ruleId\": \"inbound/broken\""),
    ] {
        check(&handbook(), &other, &["--format", format]).exits(1).prints(part);
    }
    // As any other finding it can be silenced, unless it is an error.
    let moved = Other::new(&[("a.md", &format!("{URL}/old/restore/\n"))]);
    check(&handbook(), &moved, &["--strict"]).exits(1).prints("inbound/moved");
    let silent = handbook().file(
        "handbook.yaml",
        "title: T\nbase_url: https://handbook.example.com/sre/\ncheck: {silence: [{code: inbound/moved, reason: archive}]}\n",
    );
    let ran = check(&silent, &moved, &["--strict"]);
    assert!(!ran.out.contains("inbound/"), "{ran:#?}");
}

#[test]
fn a_call_that_cannot_work_is_told() {
    let other = Other::new(&[]);
    let nameless = TestHandbook::new();
    check(&nameless, &other, &[]).exits(2).says("write `base_url` into handbook.yaml, or give --base-url");
    check(&nameless, &other, &["-u", "https://x.example"]).exits(0);
    run(nameless.path(), &["fix-links", other.name()]).exits(2).says("--base-url");
    for command in [&["check", "--inbound", "nowhere"][..], &["fix-links", "nowhere"]] {
        run(handbook().path(), command).exits(2).says("there is no folder nowhere");
    }
    run(handbook().path(), &["check", "--wiki"]).exits(2).says("--inbound");
    run(handbook().path(), &["fix-links", "x", "--yes", "--dry-run"]).exits(2).says("cannot be used with");
}

/// A sample of onboarding documents, before and after.
fn onboarding(name: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_name().unwrap().into(), fs::read_to_string(&path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn onboarding_documents_are_mended() {
    let handbook = handbook();
    let other = Other::new(&[]);
    let before = onboarding("onboarding");
    assert_eq!(before.len(), 3);
    let put_back =
        || before.iter().for_each(|(path, text)| other.write(path.to_str().unwrap(), text.as_bytes()));
    let is_as = |name: &str| {
        for (path, text) in onboarding(name) {
            assert_eq!(other.read(path.to_str().unwrap()), text, "{path:?}");
        }
    };
    put_back();
    // It only shows, where nobody can be asked.
    let shown =
        run(handbook.path(), &["fix-links", other.name()]).exits(1).says("there is no terminal to ask on");
    is_as("onboarding");
    let dry =
        run(handbook.path(), &["fix-links", other.name(), "--dry-run"]).exits(1).says("nothing was written");
    assert_eq!(dry.out, shown.out);
    // What is shown is a patch.
    let mut patch = Command::new("patch");
    patch.args(["-p1", "--binary", "-s"]).current_dir(other.path()).stdin(Stdio::piped());
    let mut patch = patch.spawn().unwrap();
    std::io::Write::write_all(&mut patch.stdin.take().unwrap(), shown.out.as_bytes()).unwrap();
    assert!(patch.wait().unwrap().success());
    is_as("onboarding-mended");

    put_back();
    run(handbook.path(), &["fix-links", other.name(), "--yes"])
        .exits(1)
        .says("mended 10 links in 3 files")
        .says("first-day.md:26:5")
        .says("`https://handbook.example.com/sre/go/slo-tragets/` leads nowhere");
    is_as("onboarding-mended");
    run(handbook.path(), &["fix-links", other.name(), "--yes"]).exits(1).prints_nothing();
    run(handbook.path(), &["fix-links", other.name(), "--yes", "--permanent"])
        .exits(1)
        .says("mended 5 links in 3 files");
    is_as("onboarding-permanent");
    put_back();
    run(handbook.path(), &["fix-links", other.name(), "-y", "--permanent"])
        .exits(1)
        .says("mended 15 links in 3 files");
    is_as("onboarding-permanent");
    assert_eq!(findings(&handbook, &other, &[]), "first-day.md:26:5 broken /go/slo-targets/\n");
}

#[test]
fn only_the_link_changes() {
    for (before, after) in [
        (
            format!("\u{feff}a\r\n{URL}/old/restore/\r\nb"),
            format!("\u{feff}a\r\n{URL}/go/playbook/restore/\r\nb"),
        ),
        (format!("a\rb\0{URL}/old/restore?q#x"), format!("a\rb\0{URL}/go/playbook/restore/?q")),
        ("x http://HANDBOOK.example.com/sre/old/restore".to_owned(), format!("x {URL}/go/playbook/restore/")),
        (format!("[[slo-goals|{URL}]]\n"), format!("[[slo-targets|{URL}]]\n")),
        (format!("（{URL}/go/slo-targets/#agred）"), format!("（{URL}/go/slo-targets/#agreed）")),
    ] {
        let other = Other::new(&[("a.md", &before)]);
        run(handbook().path(), &["fix-links", other.name(), "--yes", "--wiki"]).exits(0);
        assert_eq!(other.read("a.md"), after);
    }
    // A change in two of many lines, shown with what stands around it.
    let lines: Vec<String> = (1..=20)
        .map(
            |line| if matches!(line, 2 | 18 | 19) { format!("{URL}/old/restore/") } else { line.to_string() },
        )
        .collect();
    let other = Other::new(&[("a b.md", &lines.join("\n"))]);
    let old = format!("-{URL}/old/restore/\n");
    let new = format!("+{URL}/go/playbook/restore/\n");
    run(handbook().path(), &["fix-links", other.name()]).exits(1).prints(&format!(
        "--- a/a b.md\t\n+++ b/a b.md\t\n@@ -1,5 +1,5 @@\n 1\n{old}{new} 3\n 4\n 5\n@@ -15,6 +15,6 @@\n 15\n 16\n 17\n{old}{old}{new}{new} 20\n\\ No newline at end of file\n"
    ));
}

#[test]
fn a_file_that_cannot_be_written_is_told_and_the_others_are_mended() {
    let old = format!("{URL}/old/restore/\n");
    let new = format!("{URL}/go/playbook/restore/\n");
    let other = Other::new(&[("a.md", &old), ("b.md", &old), ("c/d.md", &old)]);
    let set = |path: &str, mode| {
        fs::set_permissions(other.path().join(path), fs::Permissions::from_mode(mode)).unwrap()
    };
    set("a.md", 0o444);
    set("b.md", 0o640);
    run(handbook().path(), &["fix-links", other.name(), "--yes"])
        .exits(1)
        .says("a.md is read-only; it is left alone")
        .says("mended 2 links in 2 files");
    assert_eq!(
        [other.read("a.md"), other.read("b.md"), other.read("c/d.md")],
        [old.clone(), new.clone(), new]
    );
    assert_eq!(fs::metadata(other.path().join("b.md")).unwrap().permissions().mode() & 0o777, 0o640);
    // Nothing is left beside them.
    assert_eq!(fs::read_dir(other.path()).unwrap().count(), 3);
}

#[test]
fn a_handbook_with_errors_mends_nothing() {
    let handbook = handbook().file("content/broken.md", "---\ntitle: [\n---\n");
    let other = Other::new(&[("a.md", &format!("{URL}/old/restore/\n"))]);
    let ran = run(handbook.path(), &["fix-links", other.name(), "--yes"]).exits(1).prints_nothing();
    assert!(ran.err.contains("content/broken.md:2:"), "{ran:#?}");
    assert_eq!(other.read("a.md"), format!("{URL}/old/restore/\n"));
}

/// `shirube` on a terminal of its own, made by the `script` of util-linux; `answer` is typed into it.
#[cfg(target_os = "linux")]
fn on_a_terminal(handbook: &TestHandbook, args: &str, answer: &str) -> Ran {
    let call = format!("printf '{answer}\\n' | script -qec '\"$SHIRUBE\" {args}' /dev/null");
    let mut command = Command::new("/bin/sh");
    command.args(["-c", &call]).current_dir(handbook.path()).env_clear();
    command.env("PATH", "/usr/bin:/bin").env("SHIRUBE", env!("CARGO_BIN_EXE_shirube"));
    ran(command.output().unwrap())
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_it_asks() {
    let old = format!("{URL}/old/restore/ \u{1b}[2J\n");
    let new = format!("{URL}/go/playbook/restore/ \u{1b}[2J\n");
    let (handbook, other) = (handbook(), Other::new(&[("a.md", &old)]));
    let call = format!("fix-links {}", other.name());
    for answer in ["n", "", "perhaps"] {
        on_a_terminal(&handbook, &call, answer)
            .exits(1)
            .prints("Mend 1 link in 1 file? [y/N]")
            .prints("nothing was written");
        assert_eq!(other.read("a.md"), old);
    }
    // What is shown to people cannot play with their terminal.
    let ran = on_a_terminal(&handbook, &format!("{call} --color never"), "y")
        .exits(0)
        .prints("mended 1 link in 1 file");
    assert!(!ran.out.contains('\u{1b}') && ran.out.contains("\\u{1b}[2J"), "{ran:#?}");
    assert_eq!(other.read("a.md"), new);
}

#[test]
fn whatever_is_written_is_read_and_mended_once() {
    let token = prop::sample::select(vec![
        "https://h.example/b/",
        "HTTP://H.EXAMPLE:443/b",
        "//h.example",
        "go/x/",
        "old/",
        "../",
        "#a",
        "#",
        "?",
        "&quot;",
        "%E3%81%82",
        "%zz",
        "あ",
        "、",
        "「",
        "」",
        "(",
        ")",
        "[",
        "](",
        "<",
        ">",
        "\"",
        "'",
        "\\",
        "_",
        ".",
        " ",
        "\n",
        "\u{200b}",
        "🎉",
        "[[",
        "]]",
        "x",
        "role:",
        "|",
        ",",
        "=",
    ]);
    let base = BaseUrl { origin: "https://h.example".to_owned(), path: "/b/".to_owned() };
    let page = || "roles/x/index.html".to_owned();
    let places = BTreeMap::from([
        (page(), Place::Page { permalink: Some("go/role/x/index.html".to_owned()) }),
        ("go/role/x/index.html".to_owned(), Place::Permalink { page: page() }),
        ("old/index.html".to_owned(), Place::Old { page: page() }),
        ("index.html".to_owned(), Place::Other),
    ]);
    let named = vec![Named { kind: Kind::Role, id: "x".to_owned(), page: page() }];
    let anchors = |_: &str| BTreeSet::from(["a".to_owned()]);
    let languages = vec!["en".to_owned()];
    let addresses = Addresses::new(&base, languages, places, named, BTreeMap::new(), &anchors);
    let name = prop::sample::select(vec!["a.md", "a.html", "a.txt", "a.json"]);
    proptest!(|(tokens in prop::collection::vec(token, 0..40), name in name)| {
        let mut text = tokens.concat();
        // A link in the query of a link is seen once the outer one is right.
        for _ in 0..tokens.len() + 1 {
            let file = InboundFile { path: name.into(), relative: name.to_owned(), text: text.as_str().into(), marked: false };
            let findings = inspect(&file, &addresses, true);
            let mend = |finding: &Finding| Some((finding.range.clone(), finding.replacement(&addresses, true)?));
            for finding in &findings {
                prop_assert_eq!(&text[finding.range.clone()], &finding.written);
            }
            let Some((range, replacement)) = findings.iter().find_map(mend) else { return Ok(()) };
            text.replace_range(range, &replacement);
        }
        prop_assert!(false, "{text:?} is mended again and again");
    });
}

#[test]
fn a_file_that_changed_meanwhile_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let root = Root::open(folder.path()).unwrap();
    let path = folder.path().join("a.md");
    fs::write(&path, "saved by somebody else").unwrap();
    assert!(!root.rewrite("a.md", b"as it was read", b"mended").unwrap());
    assert_eq!(fs::read_to_string(&path).unwrap(), "saved by somebody else");
    assert!(!root.rewrite("gone.md", b"", b"mended").unwrap());
    assert!(!root.rewrite("gone/a.md", b"", b"mended").unwrap_or(false));
    symlink(&path, folder.path().join("link.md")).unwrap();
    assert!(root.rewrite("link.md", b"saved by somebody else", b"mended").is_err());
    assert!(root.rewrite("a.md", b"saved by somebody else", b"mended").unwrap());
    assert_eq!(fs::read_to_string(&path).unwrap(), "mended");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}
