//! Tiny handbooks for tests.

use std::path::Path;

use shirube::config::Overrides;
use shirube::diag::{Diagnostic, Diagnostics, Format, Position, Severity, Sources, Texts};
use shirube::pipeline::{self, Job};

/// A handbook in a folder of its own, gone when the test ends.
pub struct TestHandbook {
    folder: tempfile::TempDir,
    pub overrides: Overrides,
}

impl TestHandbook {
    /// An empty handbook: `handbook.yaml` with a title, English and Japanese, and a home page.
    pub fn new() -> Self {
        Self::empty()
            .file("handbook.yaml", "title: Test handbook\nlanguages: [en, ja]\n")
            .file("content/_index.md", "---\ntitle: Home\n---\n\nWelcome.\n")
            .file("content/_index.ja.md", "---\ntitle: ホーム\n---\n\nようこそ。\n")
    }

    /// Nothing but a `content` folder.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join("content")).expect("the content folder");
        Self { folder, overrides: Overrides::default() }
    }

    /// An area `slo` with two practices and a role, for tests that need something to point at.
    pub fn with_practices() -> Self {
        Self::new()
            .file("content/practices/slo/_index.md", "---\ntitle: SLOs\n---\n")
            .file(
                "content/practices/slo/sli-design.md",
                "---\ntitle: SLI design\ncriteria:\n  2:\n    - {id: listed, text: SLIs are listed.}\n---\n\n## Why it matters\n\nText.\n",
            )
            .file(
                "content/practices/slo/slo-targets.md",
                "---\ntitle: SLO targets\nrequires: [sli-design]\ncriteria:\n  2:\n    - {id: written, text: Targets are written.}\n  3:\n    - {id: agreed, text: Targets are agreed.}\n---\n\n## Why it matters\n\nText.\n",
            )
            .file("content/roles/sre.md", "---\ntitle: SRE\n---\n\nA role.\n")
    }

    pub fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        std::fs::write(path, text).expect("a file");
        self
    }

    pub fn without(self, path: &str) -> Self {
        std::fs::remove_file(self.path().join(path)).expect("the file to remove");
        self
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn job(&self) -> Job {
        let mut job = Job::new(self.path());
        job.overrides = self.overrides.clone();
        job.today = Some(jiff::civil::date(2026, 11, 20));
        job
    }

    /// What `shirube check` says.
    pub fn check(&self) -> Reported {
        let checked = pipeline::check(&self.job()).expect("a handbook that can be read");
        Reported::new(checked.diagnostics, &checked.texts)
    }

    /// The site in memory. Fails when there are errors.
    pub fn build(&self) -> Site {
        let made = pipeline::make(&self.job()).expect("a handbook that can be read");
        let reported = Reported::new(made.diagnostics, &made.texts);
        assert!(!reported.rows.iter().any(|row| row.severity == Severity::Error), "{}", reported.text);
        Site { outputs: made.outputs }
    }

    /// The site in memory, whatever is wrong with the content.
    pub fn outputs_in_spite_of_errors(&self) -> Site {
        Site { outputs: pipeline::make(&self.job()).expect("a handbook that can be read").outputs }
    }
}

/// Diagnostics, ready to be compared.
pub struct Reported {
    rows: Vec<Row>,
    pub text: String,
    last: Option<usize>,
}

struct Row {
    place: String,
    code: &'static str,
    severity: Severity,
    diagnostic: Diagnostic,
}

impl Reported {
    pub fn new(mut diagnostics: Diagnostics, texts: &Texts) -> Self {
        diagnostics.sort();
        let text = shirube::diag::emit(&diagnostics, texts, Format::Human, false);
        let rows = diagnostics
            .into_iter()
            .map(|diagnostic| {
                let place = diagnostic.span.as_ref().map_or(String::new(), |span| {
                    let source = texts.text(&span.file).unwrap_or_default();
                    let Position { line, column } = Position::of(source, span.start as usize);
                    format!("{}:{line}:{column}", span.file)
                });
                Row { place, code: diagnostic.code.name, severity: diagnostic.severity, diagnostic }
            })
            .collect();
        Self { rows, text, last: None }
    }

    /// Exactly one complaint of `code` at `place` (`file:line:column`).
    pub fn reports(mut self, place: &str, code: &str) -> Self {
        let found: Vec<usize> = (0..self.rows.len())
            .filter(|row| self.rows[*row].place == place && self.rows[*row].code == code)
            .collect();
        assert_eq!(found.len(), 1, "expected one {code} at {place}, but:\n{}", self.text);
        self.last = found.first().copied();
        self
    }

    /// The complaint just matched gives this advice, or says this.
    pub fn hints(self, advice: &str) -> Self {
        let row = &self.rows[self.last.expect("`reports` comes first")].diagnostic;
        let said = row.help.iter().any(|help| help.contains(advice)) || row.message.contains(advice);
        assert!(said, "no advice {advice:?} in:\n{}", self.text);
        self
    }

    /// There is nothing else above a hint.
    pub fn only(self, count: usize) -> Self {
        let told = self.rows.iter().filter(|row| row.severity > Severity::Hint).count();
        assert_eq!(told, count, "expected {count} errors and warnings, but:\n{}", self.text);
        self
    }
}

/// A site in memory.
pub struct Site {
    pub outputs: shirube::model::Outputs,
}

impl Site {
    /// The text of one output file.
    pub fn page(&self, path: &str) -> Page {
        let bytes = self.outputs.get(path).unwrap_or_else(|| {
            let near: Vec<&String> = self.outputs.keys().filter(|key| !key.starts_with("go/")).collect();
            panic!("no output {path}; there are {near:#?}")
        });
        Page { path: path.to_owned(), text: String::from_utf8(bytes.to_vec()).expect("UTF-8") }
    }
}

/// One output file.
pub struct Page {
    path: String,
    pub text: String,
}

impl Page {
    pub fn contains(self, part: &str) -> Self {
        assert!(self.text.contains(part), "{} has no {part:?}:\n{}", self.path, self.text);
        self
    }

    pub fn lacks(self, part: &str) -> Self {
        assert!(!self.text.contains(part), "{} has {part:?}:\n{}", self.path, self.text);
        self
    }
}
