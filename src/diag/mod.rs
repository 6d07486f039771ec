//! What we tell the writer: places, complaints, and the ways to show them.
//!
//! A mistake in content is data, a [`Diagnostic`]; a broken machine is an error ([`Failure`]).
//! Wording lives in [`catalog`] only, so that the tool speaks with one voice.

pub mod catalog;
mod emit;
mod failure;
mod span;
mod texts;

pub use emit::{Format, Look, Sources, emit, emit_with, summary, to_json, visible};
pub use failure::Failure;
pub use span::{FilePath, Name, Position, Span, Spanned};
pub use texts::Texts;

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; never fails a run.
    Hint,
    /// Probably wrong; fails under `check --strict`.
    Warning,
    /// Wrong; the build does not publish.
    Error,
}

/// A kind of complaint: the stable name under which it can be looked up and silenced.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    /// `<topic>/<complaint>`, for example `link/unknown-practice`. Never changes once released.
    pub name: &'static str,
    pub severity: Severity,
    /// What the complaint is about and why it matters, in a sentence for the reference.
    pub explanation: &'static str,
}

/// One complaint about one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: &'static Code,
    pub severity: Severity,
    /// What is wrong, in one sentence without a final full stop.
    pub message: String,
    /// Where; `None` when no file is to blame.
    pub span: Option<Span>,
    /// Other places that matter, each with a label (`first defined here`).
    pub related: Vec<(Span, String)>,
    /// How to mend it, one imperative sentence each.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// A complaint of `code` with its usual severity.
    pub fn new(code: &'static Code, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            message: message.into(),
            span: span.into(),
            related: Vec::new(),
            help: Vec::new(),
        }
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds `did you mean …?` when there is a near name.
    pub fn nearest(self, nearest: Option<&str>) -> Self {
        match nearest {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }
}

/// The complaints of a run, in the order found; shown sorted by place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(others);
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    pub(in crate::diag) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Diagnostic> {
        self.0.iter_mut()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.0.retain(keep);
    }

    /// By file, place, code and wording; equal complaints about one place are said once.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| (&a.span, a.code.name, &a.message).cmp(&(&b.span, b.code.name, &b.message)));
        self.0.dedup();
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// The candidate nearest to `name` by edit distance, if it is near enough to be meant.
///
/// Case and the difference between `-` and `_` cost nothing; otherwise at most a third of the
/// characters may differ (at least one). Ties go to the first candidate in alphabetical order.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= 3 * limit)
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many characters of a name would have to change, as [`nearest`] counts them.
fn distance(name: &str, candidate: &str) -> usize {
    let fold = |text: &str| text.to_lowercase().replace('_', "-");
    strsim::osa_distance(&fold(name), &fold(candidate))
}
