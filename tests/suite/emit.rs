//! Diagnostics as printed, format by format.

use proptest::prelude::*;
use serde_json::{Value, json};

use shirube::diag::{
    Code, Diagnostic, Diagnostics, FilePath, Format, Look, Severity, Sources, Span, emit, emit_with, summary,
};

static UNKNOWN: Code = Code {
    name: "test/unknown-practice",
    severity: Severity::Error,
    explanation: "A name in {braces} that is not there.",
};
static LATE: Code =
    Code { name: "test/late", severity: Severity::Warning, explanation: "Something is late, 100% of it." };
static ODD: Code = Code { name: "test/odd", severity: Severity::Hint, explanation: "Something is odd." };

const STORM: &str = "---\r\ntitle: 障害対応\r\npractices: {障害対応-on-cal: [2]}\r\n---\r\n本文\r\n";

struct Files(Vec<(&'static str, String)>);

impl Sources for Files {
    fn text(&self, path: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == path).map(|(_, text)| text.as_str())
    }
}

fn files() -> Files {
    Files(vec![("content/storm.md", STORM.to_owned()), ("content/a.md", "first\n".to_owned())])
}

/// The span of `word` in `content/storm.md`.
fn word(word: &str) -> Span {
    let start = STORM.find(word).unwrap();
    Span::new(&"content/storm.md".into(), start..start + word.len())
}

/// A diagnostic of every shape, in no order.
fn findings() -> Diagnostics {
    let mut findings = Diagnostics::new();
    findings.push(
        Diagnostic::new(&UNKNOWN, word("on-cal"), "there is no practice `on-cal`")
            .nearest(Some("on-call"))
            .related(word("障害対応"), "the page is this one"),
    );
    findings.push(Diagnostic::new(&LATE, word("本文"), "the text is late: 50%, at least"));
    findings.push(Diagnostic::new(&ODD, Span::whole(&"content/a.md".into()), "this is odd"));
    findings.push(Diagnostic::new(&LATE, None, "nobody is to blame"));
    findings.push(Diagnostic::new(&LATE, Span::new(&"content/gone.md".into(), 7..9), "the text is gone"));
    findings.push(Diagnostic::new(&LATE, None, "nobody is to blame"));
    findings
}

fn emitted(format: Format) -> String {
    emit(&findings(), &files(), format, false)
}

#[test]
fn human_points_at_the_word_under_wide_characters() {
    let text = emitted(Format::Human);
    let expected = "\
error[test/unknown-practice]: there is no practice `on-cal`
 --> content/storm.md:3:18
  |
3 | practices: {障害対応-on-cal: [2]}
  |                      ^^^^^^
";
    assert!(text.contains(expected), "{text}");
    assert!(text.contains("note: the page is this one"), "{text}");
    assert!(text.contains("2 | title: 障害対応\n  |        --------\n"), "{text}");
    assert!(text.contains("help: did you mean `on-call`?"), "{text}");
    assert!(text.contains("hint[test/odd]: this is odd\n --> content/a.md:1:1\n"), "{text}");
    assert!(!text.contains('\u{1b}'), "no colours unless asked: {text}");
    assert!(emit(&findings(), &files(), Format::Human, true).contains('\u{1b}'));
}

#[test]
fn short_is_a_sorted_line_each_and_says_nothing_twice() {
    let expected = "\
warning[test/late]: nobody is to blame
content/a.md:1:1: hint[test/odd]: this is odd
content/gone.md: warning[test/late]: the text is gone
content/storm.md:3:18: error[test/unknown-practice]: there is no practice `on-cal`
content/storm.md:5:1: warning[test/late]: the text is late: 50%, at least
";
    assert_eq!(emitted(Format::Short), expected);
}

#[test]
fn github_commands_are_escaped() {
    let expected = "\
::warning title=test/late::nobody is to blame
::notice file=content/a.md,line=1,col=1,endLine=1,endColumn=1,title=test/odd::this is odd
::warning file=content/gone.md,title=test/late::the text is gone
::error file=content/storm.md,line=3,col=18,endLine=3,endColumn=24,title=test/unknown-practice::there is no \
practice `on-cal`%0Adid you mean `on-call`?
::warning file=content/storm.md,line=5,col=1,endLine=5,endColumn=3,title=test/late::the text is late: 50%25, at least
";
    assert_eq!(emitted(Format::Github), expected);
    let named = hostile("a,b:c%.md", "fine");
    assert!(emit(&named, &files(), Format::Github, false).contains("file=a%2Cb%3Ac%25.md,"));
}

#[test]
fn json_is_what_its_schema_says() {
    let report: Value = serde_json::from_str(&emitted(Format::Json)).unwrap();
    let schema: Value = serde_json::from_str(include_str!("../../schemas/diagnostics.schema.json")).unwrap();
    jsonschema::validate(&schema, &report).unwrap();
    assert_eq!(report["summary"], json!({ "errors": 1, "warnings": 3, "hints": 1 }));
    assert_eq!(
        report["diagnostics"][3],
        json!({
            "code": "test/unknown-practice",
            "severity": "error",
            "message": "there is no practice `on-cal`",
            "help": ["did you mean `on-call`?"],
            "file": "content/storm.md",
            "line": 3, "column": 18, "end_line": 3, "end_column": 24,
            "related": [{
                "message": "the page is this one",
                "file": "content/storm.md",
                "line": 2, "column": 8, "end_line": 2, "end_column": 12,
            }],
        })
    );
    // A schema that accepts everything would prove nothing.
    let mut wrong = report.clone();
    wrong["diagnostics"][0]["severity"] = json!("fatal");
    assert!(jsonschema::validate(&schema, &wrong).is_err());
}

#[test]
fn sarif_places_and_rules() {
    let log: Value = serde_json::from_str(&emitted(Format::Sarif)).unwrap();
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let result = &run["results"][3];
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startColumn"], 18);
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    let rule = &run["tool"]["driver"]["rules"][index];
    assert_eq!(rule["id"], "test/unknown-practice");
    assert_eq!(rule["help"]["text"], "A name in {{braces}} that is not there.");
    for code in shirube::diag::catalog::all() {
        assert!(
            run["tool"]["driver"]["rules"].as_array().unwrap().iter().any(|rule| rule["id"] == code.name)
        );
    }
}

/// The schema is third-party text, so it is not kept here: `npm ci` in `tests/browser` brings it along.
#[test]
fn sarif_is_valid_by_the_official_schema() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/browser/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
    );
    let Ok(schema) = std::fs::read_to_string(path) else {
        assert!(
            std::env::var_os("CI").is_none(),
            "in CI the schema must be there: run `npm ci` in tests/browser"
        );
        eprintln!("skipped: run `npm ci` in tests/browser to check against the official schema");
        return;
    };
    let mut schema: Value = serde_json::from_str(&schema).unwrap();
    // The published pattern has a bracket too many and is no regular expression.
    for holder in ["run", "toolComponent"] {
        schema["definitions"][holder]["properties"]["language"].as_object_mut().unwrap().remove("pattern");
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    let hostile = emit(&hostile("content/日本 語%\n#?.md", "a {0} [b](1)"), &files(), Format::Sarif, false);
    for text in [emitted(Format::Sarif), hostile, emit(&Diagnostics::new(), &files(), Format::Sarif, false)] {
        let log: Value = serde_json::from_str(&text).unwrap();
        let errors: Vec<String> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    assert!(!validator.is_valid(&json!({ "version": "2.1.0", "runs": [{}] })), "the schema checks nothing");
}

/// A warning about the first character of a file of this name.
fn hostile(name: &str, message: &str) -> Diagnostics {
    let file: FilePath = name.into();
    let mut findings = Diagnostics::new();
    findings.push(
        Diagnostic::new(&LATE, Span::whole(&file), message)
            .help(message)
            .related(Span::whole(&file), message),
    );
    findings
}

#[test]
fn names_and_words_cannot_move_the_cursor_or_hide() {
    let name = "content/evil\u{202e}\n::error::x\u{1b}[2J\r\u{9b}1m\u{7f}\u{200b}\u{e0041}.md";
    let sources = Files(vec![("content/evil.md", "text \u{1b}[31m \u{202e}abc \u{9b}2J\n".to_owned())]);
    for format in [Format::Human, Format::Short, Format::Json, Format::Github, Format::Sarif] {
        let text = emit(&hostile(name, name), &sources, format, false);
        for hidden in ['\u{202e}', '\u{1b}', '\r', '\u{9b}', '\u{7f}', '\u{200b}', '\u{e0041}'] {
            assert!(!text.contains(hidden), "{format:?} shows {hidden:?} raw: {text}");
        }
        // Line ends of names are escaped; only JSON and the human format have lines of their own.
        assert!(!text.lines().any(|line| line.starts_with("::error")), "{format:?}: {text}");
    }
    let mut excerpt = Diagnostics::new();
    excerpt.push(Diagnostic::new(&LATE, Span::new(&"content/evil.md".into(), 14..17), "look"));
    let text = emit(&excerpt, &sources, Format::Human, false);
    assert!(text.contains("text ␛[31m �abc �2J"), "{text}");
}

#[test]
fn programs_get_names_back_unchanged() {
    let name = "content/\u{202e}\n\u{e0041}あ.md";
    let report: Value =
        serde_json::from_str(&emit(&hostile(name, name), &files(), Format::Json, false)).unwrap();
    assert_eq!(report["diagnostics"][0]["file"], name);
    let log: Value =
        serde_json::from_str(&emit(&hostile("a b/é%.md", "x"), &files(), Format::Sarif, false)).unwrap();
    let location = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "a%20b/%C3%A9%25.md");
}

#[test]
fn long_lines_are_cut_to_the_terminal_and_keep_their_column() {
    let line = format!("{}障害{}\n", "語".repeat(5000), "x".repeat(5000));
    let start = 15_000;
    let sources = Files(vec![("long.md", line)]);
    let mut findings = Diagnostics::new();
    findings.push(Diagnostic::new(&LATE, Span::new(&"long.md".into(), start..start + 6), "here"));
    let text = emit_with(&findings, &sources, Format::Human, Look { color: false, width: 80 });
    assert!(text.contains("long.md:1:5001"), "{text}");
    assert!(text.contains("障害"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn the_summary_counts() {
    assert_eq!(summary(&findings(), 42), "1 error, 4 warnings, 1 hint in 42 files");
    assert_eq!(summary(&Diagnostics::new(), 1), "no findings in 1 file");
}

proptest! {
    /// Whatever the text and wherever the span: every format ends, and lines and columns lie in the file.
    #[test]
    fn any_span_in_any_text(
        text in "(.|\\n|\\r\\n|\\t|障害|\u{1f469}\u{200d}\u{1f692}){0,60}",
        start in 0usize..200,
        length in 0usize..200,
        width in 0usize..200,
    ) {
        let sources = Files(vec![("a.md", text.clone())]);
        let mut findings = Diagnostics::new();
        let span = Span::new(&"a.md".into(), start..start + length);
        findings.push(Diagnostic::new(&LATE, span.clone(), "m").help("h").related(span, "r"));
        for format in [Format::Human, Format::Short, Format::Github, Format::Sarif] {
            let look = Look { color: true, width };
            prop_assert!(emit_with(&findings, &sources, format, look).ends_with('\n'));
        }
        let report: Value = serde_json::from_str(&emit(&findings, &sources, Format::Json, false)).unwrap();
        let found = &report["diagnostics"][0];
        let (line, column) = (found["line"].as_u64().unwrap(), found["column"].as_u64().unwrap());
        let (end_line, end_column) = (found["end_line"].as_u64().unwrap(), found["end_column"].as_u64().unwrap());
        let lines: Vec<&str> = text.split('\n').collect();
        for (line, column) in [(line, column), (end_line, end_column)] {
            let shown = lines[usize::try_from(line).unwrap() - 1];
            prop_assert!(usize::try_from(column).unwrap() <= shown.chars().count() + 1);
        }
        prop_assert!((line, column) <= (end_line, end_column));
        // By another road: counted from the start of the text.
        let at = shirube::diag::Position::of(&text, start);
        prop_assert_eq!((at.line as u64, at.column as u64), (line, column));
    }
}
