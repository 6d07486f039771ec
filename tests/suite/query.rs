//! Search: what is found, by the command and by the engine's own door; and what the browser's engine is compared with.
//!
//! `tests/browser/search.test.mjs` reads what is written here: `target/search-vectors.json` (texts and their tokens) and
//! `target/search-answers.json` (the judged queries and their hits).

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use serde_json::{Value, json};
use shirube::pipeline::{Job, site};
use shirube::search::query::{Options, find};
use shirube::search::tokens::{Side, tokens};
use shirube::search::{Index, files, stem};

use crate::handbook::{Site, TestHandbook};
use crate::numbers::Numbers;
use crate::run::run;

fn target(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target").join(name)
}

/// Texts that mix what writers write with what nobody expects.
fn text(numbers: &mut Numbers) -> String {
    const POOLS: [&str; 12] = [
        "abcdefghijklmnopqrstuvwxyz",
        "ABCXYZ0123456789",
        "-_./'’:()[]{}<>|@#,;=\"!?*+^~&%$\\",
        " \u{3000}\t\u{A0}\u{2028}\u{85}\u{FEFF}\n",
        "障害対応予算信頼性々〆運用手順書髙﨑\u{F900}",
        "アイウエオカキクケコサシスセソタチツテトバビブベボァィゥェォッャュョー・ヴヶ",
        "あいうえおかきくけこさしすせそたちつてとがぎぐげごっゃゅょーゝゞ",
        "ｱｲｳﾊﾞﾊﾟｰＳＬＯ１２３（）－",
        "éüßæøÅñçİıſǅΣσς\u{301}\u{308}\u{327}",
        "\u{2010}\u{2011}\u{2013}\u{2014}\u{2212}“”…①㎡㍿ﬁ",
        "АБВгдежαβγאבג한국어",
        "😀👩\u{200D}💻𠮷𩸽🇯🇵",
    ];
    let mut text = String::new();
    let mut pool = POOLS[numbers.below(POOLS.len())];
    for _ in 0..numbers.below(40) {
        if numbers.below(3) == 0 {
            pool = POOLS[numbers.below(POOLS.len())];
        }
        if numbers.below(60) == 0 {
            text.extend(char::from_u32(numbers.below(0x3_0000) as u32));
        } else {
            text.push(pool.chars().nth(numbers.below(pool.chars().count())).unwrap());
        }
    }
    text
}

#[test]
fn vectors_are_written_for_the_browser() {
    let mut numbers = Numbers(11);
    let mut vectors = Vec::new();
    for at in 0..40_000 {
        let text = text(&mut numbers);
        let (page, hiragana) = (at % 2 == 0, at % 3 == 0);
        let tokens = tokens(&text, if page { Side::Page } else { Side::Query }, hiragana);
        let stems: Vec<String> = tokens.iter().map(|token| stem(token)).collect();
        vectors.push(json!([text, page, hiragana, tokens, stems]));
    }
    // Words of pages, on which the stemmer has more to do.
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/playbooks/facilitate-a-postmortem.md");
    let text = std::fs::read_to_string(page).unwrap();
    let tokens = tokens(&text, Side::Page, false);
    let stems: Vec<String> = tokens.iter().map(|token| stem(token)).collect();
    vectors.push(json!([text, true, false, tokens, stems]));
    std::fs::write(target("search-vectors.json"), serde_json::to_string(&vectors).unwrap()).unwrap();
}

#[test]
fn answers_are_written_for_the_browser() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let judged: Value =
        serde_json::from_str(&std::fs::read_to_string(root.join("tests/search/queries.json")).unwrap())
            .unwrap();
    let mut asked: Vec<(String, String)> = judged["queries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|query| (query["q"].as_str().unwrap().to_owned(), query["lang"].as_str().unwrap().to_owned()))
        .collect();
    assert!(asked.len() >= 300);
    for text in [
        "+slo -title:policy",
        "kind:playbook rollback",
        "-kind:term level:3 障害",
        "language:ja canary",
        "retr*",
        "po*m",
        "postmortm~1",
        "budgt~2 error^4",
        "title:slo^3 headings:target",
        "\"one root cause\"",
        "\"迷ったら宣言する\"",
        "+\"error budget\" -canary",
        "-slo",
        "障",
        "サーバー",
        "サーバ",
        "ふりかえり",
        "SLO策定",
        "ＳＬＯの見直し",
        "C++ & (a|b) ^ ~ * - + : \" ::",
        "https://example.com/x?y=1#z",
        "zzzzqqq",
        "polic",
        "availabili",
        "the of and",
        "kind:nothing budget",
        "+zzzzqqq budget",
        "obser",
    ] {
        asked.extend(["en", "ja"].map(|lang| (text.to_owned(), lang.to_owned())));
    }
    let site = site(&Job::new(root)).unwrap();
    let files = files(&site, false);
    let index = Index::open(&files).unwrap();
    let hits = |hits: &[shirube::search::query::Hit]| -> Vec<Value> {
        hits.iter().map(|hit| json!([hit.page, hit.card.0, hit.score, hit.base])).collect()
    };
    let answers: Vec<Value> = asked
        .iter()
        .map(|(text, lang)| {
            let language = index.router.languages.iter().position(|known| known == lang).unwrap();
            let answer = find(&index, text, &Options { language, facets: Vec::new(), limit: 30 });
            json!({
                "text": text,
                "lang": lang,
                "total": answer.total,
                "suggestion": answer.suggestion.clone().unwrap_or_default(),
                "hits": hits(&answer.hits),
                "near": hits(&answer.near),
            })
        })
        .collect();
    std::fs::write(target("search-answers.json"), serde_json::to_string(&answers).unwrap()).unwrap();
}

/// A glossary, a practice, a playbook and pages, in both languages.
fn handbook() -> TestHandbook {
    TestHandbook::with_practices()
        .file("content/practices/slo/slo-targets.ja.md", "---\ntitle: 目標と期間\ncriteria:\n  agreed: {text: 目標に合意している。}\n---\n\n## なぜ\n\n障害対応のあとで目標を見直す。\n")
        .file("content/glossary/error-budget.md", "---\ntitle: Error budget\nalso_known_as: [failure allowance]\n---\n\nA share of failures.\n")
        .file("content/glossary/error-budget.ja.md", "---\ntitle: エラーバジェット\nalso_known_as: [エラー予算]\n---\n\n失敗してよい割合。\n")
        .file("content/spend.md", "# Spending\n\nWe may spend the error budget on purpose.\n\n## Who decides\n\nThe product owner.\n")
        .file("content/saving.ja.md", "# 貯める\n\nエラー予算を貯めることはできない。\n")
        .file("content/server.ja.md", "# サーバーの入れ替え\n\nロードバランサーから外す。ふりかえりもする。\n")
        .file("content/review.ja.md", "# ふりかえり\n\n月に一度。\n")
        .file("content/tools.md", "# Tools\n\nSet `max_shards` with kubectl-rollout. Observability matters here.\n\n```yaml\nlock_timeout: 5s\n```\n")
        .file("content/order.md", "# Order\n\nStop the harm first. Then understand the harm, and stop.\n")
        .file("content/chaos.md", "# Chaos\n\nHarm: the first stop.\n")
}

/// Titles in the order in which `shirube search` prints them.
fn titles(handbook: &TestHandbook, lang: &str, query: &str) -> Vec<String> {
    let ran = run(handbook.path(), &["search", "--format", "json", "--lang", lang, "--", query]);
    let found: Value = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {ran:#?}"));
    found["hits"].as_array().unwrap().iter().map(|hit| hit["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_is_looked_for_is_found() {
    let handbook = handbook();
    // Reader's language, query, the first titles; `|` ends the list where nothing else may follow.
    let rows: &[(&str, &str, &str)] = &[
        ("en", "error budget", "Error budget, Spending"),
        ("ja", "error budget", "エラーバジェット"),
        ("en", "エラー予算", "Error budget"),
        ("ja", "failure allowance", "エラーバジェット"),
        ("ja", "エラーバジェット", "エラーバジェット, 貯める"),
        ("ja", "障害対応", "目標と期間|"),
        ("ja", "障", "目標と期間|"),
        ("ja", "サーバ", "サーバーの入れ替え"),
        ("ja", "サーバー", "サーバーの入れ替え"),
        ("ja", "バー", "サーバーの入れ替え|"),
        ("ja", "ﾛｰﾄﾞﾊﾞﾗﾝｻ", "サーバーの入れ替え"),
        ("ja", "バランサー", "サーバーの入れ替え"),
        ("ja", "ふりかえり", "ふりかえり|"),
        ("ja", "ＳＬＯの目標", "目標と期間"),
        ("en", "max_shards", "Tools|"),
        ("en", "shards", "Tools|"),
        ("en", "lock_timeout", "Tools|"),
        ("en", "kubectl-rollout", "Tools|"),
        ("en", "observabilty", "Tools|"),
        ("en", "observ", "Tools|"),
        ("en", "agreed targets", "SLO targets"),
        ("en", "\"stop the harm\"", "Order|"),
        ("en", "\"the first stop\" chaos", "Chaos|"),
        ("en", "+harm -chaos", "Order|"),
        ("en", "title:order", "Order|"),
        ("en", "title:harm", "|"),
        ("en", "spen*", "Spending|"),
        ("en", "spennd~1", "Spending|"),
        ("en", "kind:term", "Error budget|"),
        ("en", "kind:practice level:3", "SLO targets|"),
        ("en", "kind:practice -level:3", "SLI design|"),
        ("en", "level:high chaos", "Chaos"),
        ("en", "language:ja budget", "エラーバジェット|"),
        ("en", "chaos^3 harm", "Chaos, Order"),
        ("en", "c++ :: ^ ~ * - + \" (chaos", "Chaos"),
        ("en", "the of and", "|"),
        ("en", "zzzz", "|"),
    ];
    for (lang, query, expected) in rows {
        let found = titles(&handbook, lang, query);
        let (expected, all) =
            expected.strip_suffix('|').map_or((*expected, false), |expected| (expected, true));
        let expected: Vec<&str> = expected.split(", ").filter(|title| !title.is_empty()).collect();
        assert_eq!(found.get(..expected.len()).unwrap_or(&found), expected, "{query}: {found:?}");
        assert!(!all || found.len() == expected.len(), "{query}: {found:?}");
    }
}

#[test]
fn the_command_tells_where_it_stands() {
    let handbook = handbook();
    let search = |args: &[&str]| {
        let args: Vec<&str> = ["search"].iter().chain(args).copied().collect();
        run(handbook.path(), &args)
    };
    search(&["who", "decides"])
        .exits(0)
        .prints("Spending (page, en)\n  /spend/#who-decides\n  Who decides\n");
    search(&["targets are agreed"]).exits(0).prints("/practices/slo/slo-targets/#agreed\n");
    search(&["budgte"]).exits(0).says("no page has `budgte`; looked for `budget`").prints("Error budget");
    search(&["\"spend the harm\""])
        .exits(1)
        .prints_nothing()
        .says("nothing was found")
        .says("these come near");
    search(&["--limit", "1", "harm"]).exits(0).says("1 of 2 found");
    search(&["--lang", "fr", "x"]).exits(2).says("the handbook has no language `fr`; it has en, ja");
    let json: Value =
        serde_json::from_str(&search(&["who decides", "--format", "json"]).exits(0).out).unwrap();
    assert_eq!(json["hits"][0]["heading"], json!({"anchor": "who-decides", "text": "Who decides"}));
    assert_eq!(json["suggestion"], Value::Null);
}

/// The files of the search, unpacked.
fn unpacked(site: &Site) -> Vec<(String, Vec<u8>)> {
    let files = site.outputs.iter().filter(|(path, _)| path.starts_with("search/") && path.ends_with(".bin"));
    let files = files.map(|(path, bytes)| {
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut plain).unwrap();
        (path.clone(), plain)
    });
    files.collect()
}

#[test]
fn what_is_not_for_readers_is_in_no_file() {
    let handbook = handbook()
        .file(
            "handbook.yaml",
            "title: Test\nlanguages: [en, ja]\naudience: internal\nsearch: {lunr: always}\n",
        )
        .file("content/draft.md", "---\ntitle: Xylophone\ndraft: true\n---\n\n## Xylophone\n\nxylophone\n")
        .file(
            "content/narrow.md",
            "---\ntitle: Xylophone\naudience: restricted\nalso_known_as: [xylophones]\n---\n\nxylophone\n",
        )
        .file("content/quiet.md", "---\ntitle: Xylophone\nsearch: {exclude: true}\n---\n\nxylophone\n")
        .file(
            "content/glossary/secret.md",
            "---\ntitle: Secret\nalso_known_as: [xylophone]\naudience: restricted\n---\n\nA term.\n",
        );
    let site = handbook.build();
    let mut files = unpacked(&site);
    assert!(files.len() > 8, "{:?}", files.iter().map(|(path, _)| path).collect::<Vec<_>>());
    files.push(("search/lunr-index.json".to_owned(), site.outputs["search/lunr-index.json"].to_vec()));
    for (path, bytes) in files {
        // Terms are written without what they share with the one before.
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!text.contains("ophone"), "{path}");
    }
    assert_eq!(titles(&handbook, "en", "xylophone"), Vec::<String>::new());
}

#[test]
fn the_same_handbook_gives_the_same_bytes() {
    let (first, second) = (handbook().build(), handbook().build());
    let search = |site: &Site| -> Vec<(String, Vec<u8>)> {
        let files = site.outputs.iter().filter(|(path, _)| path.starts_with("search/"));
        files.map(|(path, bytes)| (path.clone(), bytes.to_vec())).collect()
    };
    assert_eq!(search(&first), search(&second));
}

#[test]
fn for_the_disk_the_files_are_scripts() {
    let mut handbook = handbook();
    handbook.overrides.offline = true;
    let site = handbook.build();
    site.page("search/router.js").contains("shirubeSearch(\"router\",\"H4sI");
    assert!(!site.outputs.keys().any(|path| path.starts_with("search/") && path.ends_with(".bin")));
    site.page("search/index.html").contains("<search-page");
    let none = TestHandbook::new().file("handbook.yaml", "title: Test\nsearch: {enabled: false}\n").build();
    assert!(!none.outputs.keys().any(|path| path.starts_with("search/")));
}

#[test]
fn no_page_is_lost_against_a_scan_for_the_text() {
    let site = site(&Job::new(Path::new(env!("CARGO_MANIFEST_DIR")))).unwrap();
    let files = files(&site, false);
    let index = Index::open(&files).unwrap();
    // What stands on each page: address, and the text as it is compared.
    let mut pages: Vec<(&str, String)> = Vec::new();
    let mut runs: Vec<String> = Vec::new();
    for (id, thing) in
        site.handbook.iter().filter(|(_, thing)| !thing.original().summary.common.search.exclude)
    {
        for (lang, text) in &thing.texts {
            let body = site.plain(id, lang, &text.body.text);
            let plain = format!("{}\n{body}", text.summary.title).replace('・', "");
            for test in [is_kanji, is_katakana] {
                let found = plain.split(|c| !test(c)).filter(|run| run.chars().count() >= 2);
                runs.extend(found.map(str::to_owned));
            }
            pages.push((&thing.address, plain));
        }
    }
    let mut numbers = Numbers(5);
    let mut compared = 0;
    for _ in 0..250 {
        let run: Vec<char> = runs[numbers.below(runs.len())].chars().collect();
        let start = numbers.below(run.len() - 1);
        let length = 2 + numbers.below((run.len() - start - 1).min(7));
        let query: String = run[start..(start + length).min(run.len())].iter().collect();
        let answer = find(&index, &query, &Options { language: 1, facets: Vec::new(), limit: usize::MAX });
        let found: BTreeSet<&str> = answer.hits.iter().map(|hit| hit.card.1.as_str()).collect();
        for (address, plain) in &pages {
            if plain.contains(&query) {
                assert!(found.contains(address), "{query} stands on /{address}/, which was not found");
                compared += 1;
            }
        }
    }
    assert!(compared > 1_000, "only {compared}");
}

fn is_kanji(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

fn is_katakana(c: char) -> bool {
    ('ァ'..='ヺ').contains(&c) || c == 'ー'
}
