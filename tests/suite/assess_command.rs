//! `shirube assess`: by flags, through a terminal, and the file it writes.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use proptest::prelude::*;
use shirube::author::assessment::{Assessment, Entry, Order, Proof, read, write};
use shirube::diag::Diagnostics;
use shirube::model::{Answer, Lang};

use crate::handbook::TestHandbook;
use crate::run::{Ran, ran, run, shirube};

/// The day that `run` fixes.
const FILE: &str = "content/teams/checkout/assessments/2026-11-20.md";

fn handbook() -> TestHandbook {
    TestHandbook::with_practices()
        .file("content/practices/slo/slo-targets.ja.md", "---\ntitle: SLOの目標\ncriteria:\n  written: {text: 目標が書かれている。}\n  agreed: {text: 目標が合意されている。}\n---\n\n## なぜ大切か\n")
        .file("content/playbooks/agree.md", "---\ntitle: Agree on a target\npractices: {slo-targets: [2, 3]}\n---\n\nTalk.\n")
        .file("content/teams/checkout/_index.md", "---\ntitle: Checkout\n---\n")
}

impl TestHandbook {
    fn assess(&self, args: &[&str]) -> Ran {
        run(self.path(), &[&["assess", "checkout"], args].concat())
    }

    fn written(&self) -> String {
        fs::read_to_string(self.path().join(FILE)).unwrap()
    }

    /// `shirube assess` in a terminal of its own, in which `keys` are typed.
    #[cfg(target_os = "linux")]
    fn typed(&self, args: &str, keys: &str) -> Ran {
        let shell = format!("{} assess checkout {args}", env!("CARGO_BIN_EXE_shirube"));
        let mut command = shirube(self.path(), &[]);
        let environment: Vec<_> =
            command.get_envs().map(|(name, value)| (name.to_owned(), value.map(ToOwned::to_owned))).collect();
        command = std::process::Command::new("/usr/bin/script");
        command.args(["-qec", &shell, "/dev/null"]).current_dir(self.path()).env_clear().env("TERM", "xterm");
        for (name, value) in environment {
            command.env(name, value.unwrap_or_default());
        }
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(keys.as_bytes()).unwrap();
        ran(child.wait_with_output().unwrap())
    }
}

/// The model hash in a file, which is another one whenever the criteria of these tests change.
fn without_model(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with("model: "));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn without_a_terminal_it_says_what_to_do_instead() {
    let handbook = handbook();
    handbook.assess(&[]).exits(2).prints_nothing().says("--set PRACTICE/CRITERION=ANSWER");
    assert!(!handbook.path().join(FILE).exists());
}

#[test]
fn answers_given_by_flags_are_written_in_the_order_of_the_handbook() {
    let handbook = handbook();
    handbook
        .assess(&[
            "--set",
            "slo-targets/agreed=partly",
            "--set",
            "slo-targets/written=yes",
            "--set",
            "sli-design/listed=na",
        ])
        .exits(0)
        .says(FILE)
        .prints("slo-targets  level 2   target 3  2 of 2 answered")
        .prints(
            "Next steps\n  Level 3  slo-targets/agreed\n    Targets are agreed.\n    → Agree on a target\n",
        );
    let text = handbook.written();
    assert_eq!(
        without_model(&text),
        "---\ntitle: \"Checkout, 2026-11-20\"\ndate: 2026-11-20\nanswers:\n  sli-design:\n    listed: \"na\"\n  \
         slo-targets:\n    written: \"yes\"\n    agreed: \"partly\"\n---\n"
    );
    let model = text.lines().find_map(|line| line.strip_prefix("model: \"")).unwrap().trim_end_matches('"');
    assert!(model.len() == 12 && model.bytes().all(|byte| byte.is_ascii_hexdigit()), "{model}");
    handbook.check().only(0);
}

#[test]
fn a_day_is_resumed_and_another_day_starts_from_nothing() {
    let handbook = handbook();
    handbook.assess(&["--set", "slo-targets/written=yes"]).exits(0);
    handbook.assess(&["--set", "slo-targets/agreed=no"]).exits(0);
    assert!(handbook.written().contains("    written: \"yes\"\n    agreed: \"no\"\n"));
    handbook.assess(&["--date", "2026-12-01", "--set", "sli-design/listed=unknown"]).exits(0);
    let later = handbook.path().join("content/teams/checkout/assessments/2026-12-01.md");
    assert!(
        without_model(&fs::read_to_string(later).unwrap())
            .ends_with("answers:\n  sli-design:\n    listed: \"unknown\"\n---\n")
    );
}

#[test]
fn what_somebody_wrote_by_hand_is_kept() {
    let body = "\n## What moved\r\n\r\nAll of it: \u{3000}日本語, --- and `code`.  \n\n---\nno line end";
    let front = "---\ntitle: 'Checkout: 秋'\ntags: [a, \"b: c\"]\nextra: {n: 1, deep: {x: [true, ~]}}\nweight: 3\n\
                 participants: [\"the \\\"two\\\" of us\"]\nanswers:\n  gone-practice: {old: \"yes\"}\n  slo-targets:\n    \
                 retired: no\n    agreed: {answer: partly, note: \"a\\nb: #c\", evidence: [{url: https://example.com/, \
                 title: 証拠, date: 2026-01-02}], planned: true}\n---\n";
    let handbook = handbook().file(FILE, format!("{front}{body}"));
    handbook.assess(&["--set", "slo-targets/agreed=yes"]).exits(0);
    let text = handbook.written();
    assert_eq!(
        without_model(text.strip_suffix(body).unwrap()),
        "---\ntitle: \"Checkout: 秋\"\ndate: 2026-11-20\nparticipants:\n  - \"the \\\"two\\\" of us\"\n\
         tags:\n  - a\n  - \"b: c\"\nextra:\n  n: 1\n  deep:\n    x:\n      - true\n      - null\nweight: 3\n\
         answers:\n  slo-targets:\n    agreed:\n      answer: \"yes\"\n      note: \"a\\nb: #c\"\n      evidence:\n        \
         - title: \"証拠\"\n          url: \"https://example.com/\"\n          date: 2026-01-02\n      planned: true\n    \
         retired: \"no\"\n  gone-practice:\n    old: \"yes\"\n---\n"
    );
}

#[test]
fn wrong_names_are_told_and_nothing_is_written() {
    let handbook = handbook().file(
        "content/teams/checkout/_index.md",
        "---\ntitle: Checkout\nnot_applicable: {sli-design: {reason: others do it, decided_on: 2026-01-01, revisit: 2027-01-01}}\n---\n",
    );
    for (args, says) in [
        (&["--set", "slo-targets/writen=yes"][..], "did you mean `slo-targets/written`?"),
        (&["--set", "slo-targets/written=ja"], "write one of yes, partly, no, unknown, na"),
        (&["--set", "slo-targets/written"], "write PRACTICE/CRITERION=ANSWER"),
        (&["--set", "sli-design/listed=yes"], "the team decided that it does not apply"),
        (&["--set", "slo-targets/written=yes", "--lang", "de"], "only en, ja"),
        (&["--set", "slo-targets/written=yes", "--set", "x=yes"], "no criterion `x`"),
        (&["--set", "slo-targets/written=yes", "--area", "slo"], "cannot be used with"),
    ] {
        handbook.assess(args).exits(2).prints_nothing().says(says);
    }
    run(handbook.path(), &["assess", "chekout", "--set", "a/b=yes"])
        .exits(2)
        .says("did you mean `checkout`?");
    assert!(!handbook.path().join(FILE).exists());
}

#[test]
fn a_file_that_cannot_be_read_whole_is_left_as_it_is() {
    let deep = format!("---\nextra: {}\n---\n", "[".repeat(100));
    let rows: &[(&[u8], i32, &str)] = &[
        (b"---\ntitle: x\nanswers: [1]\n---\n", 1, "mend this first"),
        (b"---\ntitle: x\ntitel: y\n---\n", 1, "titel"),
        (b"---\ntitle: x\ntitle: y\n---\n", 1, "title"),
        (b"---\ntitle: &a x\nscope: *a\n---\n", 1, "error"),
        (b"---\ntitle: \"x\n---\n", 1, "error"),
        (b"---\ntitle: x\n", 1, "error"),
        (b"---\ndate: 2026-02-30\n---\n", 1, "February 2026 has 28 days"),
        (b"---\nanswers:\n  slo-targets:\n    written: {note: x}\n---\n", 1, "answer"),
        (b"---\ntitle: \"a\\u0007b\"\n---\n", 1, "error"),
        (deep.as_bytes(), 1, "error"),
        (b"---\ntitle: \xff\n---\n", 2, "UTF-8"),
    ];
    for (bytes, code, says) in rows {
        let handbook = handbook().file(FILE, bytes);
        handbook.assess(&["--set", "slo-targets/written=yes"]).exits(*code).prints_nothing().says(says);
        assert_eq!(fs::read(handbook.path().join(FILE)).unwrap(), *bytes);
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_not_written_through() {
    let handbook = handbook().file("elsewhere.md", "---\ntitle: x\n---\n");
    fs::create_dir_all(handbook.path().join("content/teams/checkout/assessments")).unwrap();
    std::os::unix::fs::symlink(handbook.path().join("elsewhere.md"), handbook.path().join(FILE)).unwrap();
    handbook.assess(&["--set", "slo-targets/written=yes"]).exits(2).says("is a link");
    assert_eq!(fs::read_to_string(handbook.path().join("elsewhere.md")).unwrap(), "---\ntitle: x\n---\n");
}

#[test]
fn answers_of_the_additive_scheme_are_its_own() {
    let handbook = handbook().file(
        "handbook.yaml",
        "title: T\nscoring:\n  scheme: additive\n  answers: [{id: never, text: Never, weight: 0}, {id: often, text: Often, weight: 1}]\n",
    ).without("content/_index.ja.md").without("content/practices/slo/slo-targets.ja.md");
    handbook.assess(&["--set", "slo-targets/written=yes"]).exits(2).says("never, often, unknown, na");
    handbook.assess(&["--set", "slo-targets/written=often"]).exits(0);
    assert!(handbook.written().contains("written: \"often\""));
}

#[test]
fn changed_criteria_are_a_hint_at_the_newest_assessment() {
    let practice = "content/practices/slo/sli-design.md";
    let text = |criteria: &str| {
        format!("---\ntitle: SLI design\ncriteria:\n  2:\n{criteria}---\n\n## Why it matters\n")
    };
    let handbook = handbook().file(practice, text("    - {id: listed, text: SLIs are listed.}\n"));
    handbook.assess(&["--set", "sli-design/listed=yes"]).exits(0);
    let untouched = handbook.check();
    assert!(!untouched.text.contains("assess/model-changed"), "{}", untouched.text);
    let place = format!("{FILE}:4:8");

    let handbook = handbook.file(practice, text("    - {id: listed, text: All SLIs are listed.}\n"));
    handbook.check().reports(&place, "assess/model-changed").hints("reworded").only(0);
    let handbook =
        handbook.file(practice, text("    - {id: listed, text: L.}\n    - {id: owned, text: O.}\n"));
    handbook.check().reports(&place, "assess/model-changed").hints("1 has no answer").only(0);
    // An order is no change of what is asked.
    let handbook = handbook.file(
        practice,
        text("    - {id: listed, text: SLIs are listed.}\n")
            .replace("title: SLI design", "title: Other\nweight: 9"),
    );
    assert!(!handbook.check().text.contains("assess/model-changed"));
    // Answering again, today's model is named.
    let handbook = handbook.file(practice, text("    - {id: listed, text: New.}\n"));
    handbook.assess(&["--set", "sli-design/listed=no"]).exits(0);
    assert!(!handbook.check().text.contains("assess/model-changed"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_key_answers_and_everything_given_is_kept() {
    let handbook = handbook().file(
        "content/teams/checkout/assessments/2026-05-01.md",
        "---\ntitle: Before\ndate: 2026-05-01\nanswers:\n  slo-targets:\n    written: {answer: partly, note: half of them}\n---\n",
    );
    // Yes; back; no, with a note; skipped; stopped.
    let told = handbook.typed("", "1bn日本語: \"x\"\r3sq").exits(0);
    for part in
        ["SLIs are listed.", "Last time (2026-05-01): partly (half of them)", "Now: yes", "1 / 3", "[3] no"]
    {
        assert!(told.out.contains(part), "no {part:?} in {}", told.out);
    }
    assert_eq!(
        without_model(&handbook.written()),
        "---\ntitle: \"Checkout, 2026-11-20\"\ndate: 2026-11-20\nanswers:\n  sli-design:\n    listed:\n      \
         answer: \"no\"\n      note: \"日本語: \\\"x\\\"\"\n---\n"
    );
    // An arrow chooses, Enter answers; only what is not answered is asked, in Japanese.
    let told = handbook.typed("--unanswered --lang ja", "\u{1b}[C\rq").exits(0);
    assert!(told.out.contains("目標が書かれている。") && told.out.contains("前回"), "{}", told.out);
    assert!(told.out.contains("1 / 2   slo-targets/written"), "{}", told.out);
    assert!(handbook.written().contains("    written: \"yes\"\n"));
}

#[cfg(target_os = "linux")]
#[test]
fn who_stops_at_once_writes_nothing() {
    let handbook = handbook();
    handbook.typed("", "q").exits(0);
    assert!(!handbook.path().join(FILE).exists());
}

fn texts() -> impl Strategy<Value = String> {
    // Whatever may stand in YAML, and often what might break it.
    let awkward = prop::sample::select(vec![
        "\"",
        "\\",
        "\n",
        "\t",
        ": ",
        " #",
        "---\n",
        "日本語",
        "\u{2028}",
        "\u{85}",
        "\u{feff}",
        "'",
        "{",
        "- ",
        "\u{1f6a8}",
        " ",
    ]);
    prop::collection::vec(prop_oneof![awkward.prop_map(str::to_owned), "[ -~]{1,6}"], 1..6)
        .prop_map(|parts| parts.concat())
}

fn entries() -> impl Strategy<Value = Entry> {
    let proof = (texts(), prop::bool::ANY, prop::bool::ANY).prop_map(|(title, url, date)| Proof {
        title: Some(title),
        url: url.then(|| "https://example.com/#a".to_owned()),
        date: date.then(|| jiff::civil::date(2026, 2, 3)),
    });
    (0usize..5, prop::option::of(texts()), prop::collection::vec(proof, 0..3), prop::bool::ANY).prop_map(
        |(answer, note, evidence, planned)| Entry {
            answer: Answer::ALL[answer].clone(),
            note,
            evidence,
            planned,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_and_written_byte_for_byte(
        title in texts(),
        scope in prop::option::of(texts()),
        participants in prop::collection::vec(texts(), 0..3),
        answers in prop::collection::btree_map("[a-d]", prop::collection::btree_map("[a-d]|[a-z]-[0-9]", entries(), 1..4), 0..4),
        body in prop_oneof![Just(String::new()), texts().prop_map(|text| format!("\n{text}\r\n"))],
    ) {
        let order: Order = vec![("c".into(), vec!["d".into(), "a".into()]), ("a".into(), vec!["b".into()])];
        let mut assessment = Assessment::new(title, jiff::civil::date(2026, 11, 20));
        assessment.scope = scope;
        assessment.participants = participants;
        assessment.model = Some("0123456789ab".to_owned());
        assessment.answers = answers;
        assessment.body = body;
        let text = write(&assessment, &order);
        let mut found = Diagnostics::new();
        let again = read(&text, &FILE.into(), &Lang::new("en"), &mut found);
        prop_assert!(again.is_some(), "{text}\n{found:?}");
        prop_assert_eq!(write(&again.unwrap(), &order), text);
    }
}
