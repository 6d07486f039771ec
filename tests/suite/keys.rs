//! Cases made from a table of keys: each key misspelt, doubled and given a value of the wrong type.

use shirube::diag::{Diagnostics, Position};
use shirube::yaml::{Key, Shape};

/// A text with a mistake, and where and how it must be complained of.
pub struct Case {
    pub text: String,
    pub code: &'static str,
    pub at: Position,
    /// A word that the help must contain.
    pub help: Option<String>,
}

/// A text without a mistake that uses one key, and the mistakes one can make with the key.
pub struct KeyCases {
    /// `criteria.text`
    pub path: String,
    pub fine: String,
    pub cases: Vec<Case>,
}

/// A step from the top to a key.
#[derive(Clone, Copy)]
enum Step {
    /// The value of this key, in a map of these keys.
    Key(&'static Key, &'static [Key]),
    Item,
    Entry(&'static str),
}

/// What the key is to be tried with where any value of its shape would not do.
pub type Sample = fn(&Key) -> Option<&'static str>;

/// Cases for every key of a table and of the tables inside it.
pub fn cases(keys: &'static [Key], sample: Sample) -> Vec<KeyCases> {
    let mut all = Vec::new();
    add(keys, &mut Vec::new(), sample, &mut all);
    all
}

fn add(keys: &'static [Key], steps: &mut Vec<Step>, sample: Sample, all: &mut Vec<KeyCases>) {
    for key in keys {
        all.push(key_cases(key, keys, steps, sample));
        steps.push(Step::Key(key, keys));
        add_inner(&key.shape, steps, sample, all);
        steps.pop();
    }
}

fn add_inner(shape: &'static Shape, steps: &mut Vec<Step>, sample: Sample, all: &mut Vec<KeyCases>) {
    match shape {
        Shape::Record(keys) => add(keys, steps, sample, all),
        Shape::Either(_, map) => add_inner(map, steps, sample, all),
        Shape::List(item) => within(Step::Item, item, steps, sample, all),
        Shape::By(_, value) => within(Step::Entry("some-name"), value, steps, sample, all),
        Shape::ByLevel(value) => within(Step::Entry("2"), value, steps, sample, all),
        _ => {}
    }
}

fn within(step: Step, shape: &'static Shape, steps: &mut Vec<Step>, sample: Sample, all: &mut Vec<KeyCases>) {
    steps.push(step);
    add_inner(shape, steps, sample, all);
    steps.pop();
}

fn key_cases(key: &'static Key, keys: &'static [Key], steps: &[Step], sample: Sample) -> KeyCases {
    let write = |lines: &[String]| document(key, keys, steps, lines, sample);
    let value = &*value(key, sample);
    let good = format!("{}: {value}", key.name);
    let mut cases = Vec::new();

    let (text, at) = write(&[format!("{}x: {value}", key.name)]);
    let help = Some(format!("`{}`", key.name));
    cases.push(Case { text, code: "yaml/unknown-key", at, help });

    let (text, at) = write(&[good.clone(), good.clone()]);
    cases.push(Case { text, code: "yaml/duplicate-key", at, help: None });

    // A lonely item where a list is asked must be a good item, or it would be a second mistake.
    let item = value.strip_prefix('[').and_then(|items| items.strip_suffix(']'));
    if let Some(wrong) = item.or_else(|| wrong(&key.shape)) {
        let (text, at) = write(&[format!("{}: {wrong}", key.name)]);
        let column = at.column + key.name.chars().count() + 2;
        cases.push(Case { text, code: "yaml/wrong-type", at: Position { column, ..at }, help: None });
    }

    let names = steps.iter().filter_map(|step| match step {
        Step::Key(key, _) => Some(key.name),
        Step::Item | Step::Entry(_) => None,
    });
    let path = names.chain([key.name]).collect::<Vec<_>>().join(".");
    KeyCases { path, fine: write(&[good]).0, cases }
}

/// Writes block YAML line by line.
#[derive(Default)]
struct Writer {
    text: String,
    indent: usize,
    lines: usize,
    /// Whether the next line begins a list item.
    item: bool,
}

impl Writer {
    /// Where the line begins.
    fn line(&mut self, line: &str) -> Position {
        self.text += &" ".repeat(self.indent);
        if std::mem::take(&mut self.item) {
            self.text += "- ";
            self.indent += 2;
        }
        self.text += line;
        self.text.push('\n');
        self.lines += 1;
        Position { line: self.lines, column: self.indent + 1 }
    }

    /// The other keys of the map, so that nothing is missing.
    fn others(&mut self, keys: &[Key], key: &Key, sample: Sample) {
        for other in keys.iter().filter(|other| other.name != key.name) {
            self.line(&format!("{}: {}", other.name, value(other, sample)));
        }
    }
}

/// A text with `lines` where the steps lead, and the position of the last of them.
fn document(key: &Key, keys: &[Key], steps: &[Step], lines: &[String], sample: Sample) -> (String, Position) {
    let mut writer = Writer::default();
    let mut at = writer.line("# 日本語のコメント");
    for (depth, step) in steps.iter().enumerate() {
        match step {
            Step::Key(key, keys) => {
                if depth > 0 {
                    writer.others(keys, key, sample);
                }
                writer.line(&format!("{}:", key.name));
                writer.indent += 2;
            }
            Step::Entry(name) => {
                writer.line(&format!("{name}:"));
                writer.indent += 2;
            }
            Step::Item => writer.item = true,
        }
    }
    if !steps.is_empty() {
        writer.others(keys, key, sample);
    }
    for line in lines {
        at = writer.line(line);
    }
    (writer.text, at)
}

fn value(key: &Key, sample: Sample) -> String {
    sample(key).map_or_else(|| right(&key.shape, sample), str::to_owned)
}

/// A value that fits.
fn right(shape: &Shape, sample: Sample) -> String {
    match shape {
        Shape::Text => "いくつかの言葉".into(),
        Shape::Name => "other-name".into(),
        Shape::Id => "some-id".into(),
        Shape::Bool => "true".into(),
        Shape::Integer { min, .. } => min.to_string(),
        Shape::Number { max, .. } => max.to_string(),
        Shape::Date => "2026-11-20".into(),
        Shape::Timestamp => "2026-11-20T09:30:00+09:00".into(),
        Shape::Every => "6 months".into(),
        Shape::Url | Shape::WebUrl => "https://example.com/".into(),
        Shape::Choice(choices) => choices[0].into(),
        Shape::List(item) => format!("[{}]", right(item, sample)),
        Shape::Record(keys) => {
            let entries = keys.iter().map(|key| format!("{}: {}", key.name, value(key, sample)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Shape::By(_, value) => format!("{{some-name: {}}}", right(value, sample)),
        Shape::ByLevel(value) => format!("{{2: {}}}", right(value, sample)),
        Shape::Either(scalar, _) => right(scalar, sample),
        Shape::Open(_) | Shape::Free => "1".into(),
    }
}

/// A value of another type, when there is one.
fn wrong(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::Free => None,
        Shape::Either(..) => Some("[wrong]"),
        Shape::List(_) | Shape::Record(_) | Shape::Open(_) | Shape::By(..) | Shape::ByLevel(_) => {
            Some("wrong")
        }
        _ => Some("{wrong: type}"),
    }
}

/// Checks that the complaints about `text` are exactly the one expected. `line`: lines above the
/// case's own text.
#[track_caller]
pub fn check(path: &str, case: &Case, text: &str, lines_above: usize, diagnostics: &Diagnostics) {
    let shown = show(text, diagnostics);
    assert_eq!(diagnostics.iter().count(), 1, "{path}: one complaint\n{text}\n{shown}");
    let diagnostic = diagnostics.iter().next().expect("a complaint");
    assert_eq!(diagnostic.code.name, case.code, "{path}\n{text}\n{shown}");
    let span = diagnostic.span.as_ref().expect("a place");
    let expected = Position { line: case.at.line + lines_above, ..case.at };
    assert_eq!(Position::of(text, span.start as usize), expected, "{path}\n{text}\n{shown}");
    if let Some(help) = &case.help {
        assert!(diagnostic.help.iter().any(|text| text.contains(help)), "{path}: {help}\n{text}\n{shown}");
    }
}

/// The complaints as text, one on a line: `2:3 yaml/unknown-key …`.
pub fn show(text: &str, diagnostics: &Diagnostics) -> String {
    let mut sorted = diagnostics.clone();
    sorted.sort();
    let lines = sorted.iter().map(|diagnostic| {
        let at = diagnostic.span.as_ref().map(|span| Position::of(text, span.start as usize));
        let at = at.map_or_else(String::new, |at| format!("{}:{} ", at.line, at.column));
        let help = diagnostic.help.iter().map(|help| format!("; {help}")).collect::<String>();
        format!("{at}{} {}{help}\n", diagnostic.code.name, diagnostic.message)
    });
    lines.collect()
}
