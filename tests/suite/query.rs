//! Search: what is found, by the command and by the engine's own door; and what the browser's engine is compared with.
//!
//! `tests/browser/search.test.mjs` reads what is written here: `target/search-vectors.json` (texts and their tokens) and
//! `target/search-answers.json` (the judged queries and their hits).

use std::path::Path;

use serde_json::{Value, json};
use shirube::pipeline::{Job, site};
use shirube::search::query::{Options, find};
use shirube::search::tokens::{Side, tokens};
use shirube::search::{Index, files, stem};

use crate::numbers::Numbers;

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
