//! Texts by id in translations: nothing is lost, and what is missing is told.

use crate::handbook::TestHandbook;

#[test]
fn words_for_nothing_are_errors_and_missing_words_warnings() {
    TestHandbook::with_practices()
        .file(
            "content/practices/slo/slo-targets.ja.md",
            "---\ntitle: 目標\ncriteria:\n  writen: {text: 目標が書かれている。}\n---\n\n## なぜ大切か\n\n本文。\n",
        )
        .check()
        .reports("content/practices/slo/slo-targets.ja.md:4:3", "translation/unknown-entry")
        .hints("did you mean `written`?")
        .reports("content/practices/slo/slo-targets.ja.md:1:1", "translation/missing-entry")
        .hints("no words in `ja` for the criterion `written`, `agreed`");
}

#[test]
fn a_team_gives_its_reasons_in_both_languages() {
    let handbook = TestHandbook::with_practices()
        .file(
            "content/teams/pantry/_index.md",
            "---\ntitle: Pantry\ntargets:\n  slo-targets: {level: 4, reason: Recipes matter.}\nnot_applicable:\n  sli-design: {reason: Too early., decided_by: All of us, decided_on: 2026-01-01, revisit: 2027-01-01}\n  slo-targets/agreed: {reason: One person.}\n---\n\nText.\n",
        )
        .file(
            "content/teams/pantry/_index.ja.md",
            "---\ntitle: パントリー\ntargets:\n  slo-targets: {reason: レシピが大切。}\nnot_applicable:\n  sli-design: {reason: まだ早い。, decided_by: 全員}\n  sli-desing: {reason: 綴り違い。}\n---\n\n本文。\n",
        );
    handbook
        .check()
        .reports("content/teams/pantry/_index.ja.md:7:3", "translation/unknown-entry")
        .hints("did you mean `sli-design`?");
    let page = handbook.outputs_in_spite_of_errors().page("ja/teams/pantry/index.html").text;
    for words in ["レシピが大切。", "まだ早い。", "全員", "One person."] {
        assert!(page.contains(words), "{words}: {page}");
    }
    for words in ["Recipes matter.", "Too early.", "All of us"] {
        assert!(!page.contains(words), "{words}: {page}");
    }
}
