//! Complaints about front: front matter and OpenSLO files.

use crate::diag::{Diagnostic, Diagnostics, Name, Span, Spanned};

codes! {
    NEVER_CLOSED = "front/never-closed", Error, "Front matter begins, but no line with `---` ends it.";
    NOT_AT_START = "front/not-at-start", Error, "Front matter must be the very first thing in a file, for other tools read it there only.";
    TOML = "front/toml", Error, "Front matter between `+++` lines is TOML, which is not read.";
    NO_LEVEL = "front/no-level", Error, "A level needs a number to have a place among the others.";
    DUPLICATE_ID = "front/duplicate-id", Error, "Two entries of one file have the same id, so nothing can point at either.";
    TIME_ORDER = "front/time-order", Warning, "An incident starts, is detected, mitigated and resolved in this order.";
    DATE_DIFFERS = "front/date-differs", Warning, "The file name says another day than the `date` key.";
    NO_DATE = "front/no-date", Error, "An assessment needs its day, to have a place in the history.";
    TARGET_REASON = "front/target-reason", Hint, "Levels 4 and 5 are expensive; a sentence why keeps the target alive when people change.";
    DECISION_REASON = "front/decision-reason", Warning, "A decision that something does not apply is worth little without its reason.";
    STRUCTURAL_KEY = "translation/structural-key", Error, "Structure is written once, in the original; in a translation it would go out of step unnoticed.";
    NOT_OPENSLO = "slo/not-openslo", Error, "Only OpenSLO documents are read from the folder `slos`.";
    OPENSLO_VERSION = "slo/version", Error, "OpenSLO documents are read in version 1.";
    SLO_TARGET = "slo/target", Error, "The target of an objective is the share of good events: above 0, at most 1.";
    HUNDRED_PERCENT = "slo/hundred-percent", Warning, "A target of 100 % leaves no error budget, so every incident breaks it.";
    NO_OBJECTIVE = "slo/no-objective", Error, "A service level objective without an objective promises nothing.";
}

impl Diagnostics {
    pub fn front_never_closed(&mut self, opening: Span) {
        self.push(
            Diagnostic::new(&NEVER_CLOSED, opening, "the front matter that begins here is never closed")
                .help("add a line with `---` below its last key"),
        );
    }

    pub fn front_not_at_start(&mut self, opening: Span) {
        self.push(
            Diagnostic::new(&NOT_AT_START, opening, "front matter must begin in the first line of the file")
                .help("remove what stands above this line"),
        );
    }

    pub fn front_toml(&mut self, opening: Span) {
        self.push(
            Diagnostic::new(&TOML, opening, "front matter in TOML (`+++`) is not read")
                .help("write it as YAML between two `---` lines: `title: …` instead of `title = \"…\"`"),
        );
    }

    pub fn no_level(&mut self, file: Span) {
        self.push(
            Diagnostic::new(&NO_LEVEL, file, "this level has no number")
                .help("add `level: 3`, or name the file `3-defined.md`"),
        );
    }

    /// `what`: `criterion`, `action`.
    pub fn duplicate_id(&mut self, id: &Name, first: &Span, what: &str) {
        self.push(
            Diagnostic::new(
                &DUPLICATE_ID,
                id.span.clone(),
                format!("there are two entries with the {what} id `{}`", id.value),
            )
            .related(first.clone(), "first used here")
            .help("give one of them another id; ids that were published stay"),
        );
    }

    pub fn time_order(&mut self, later: Span, later_key: &str, earlier: Span, earlier_key: &str) {
        self.push(
            Diagnostic::new(&TIME_ORDER, later, format!("`{later_key}` is before `{earlier_key}`"))
                .related(earlier, format!("`{earlier_key}` is here"))
                .help("check the times and their zones"),
        );
    }

    pub fn date_differs(&mut self, date: Span, from_name: &str) {
        self.push(
            Diagnostic::new(
                &DATE_DIFFERS,
                date,
                format!("the file is named {from_name}, but `date` says otherwise"),
            )
            .help("correct the one that is wrong"),
        );
    }

    pub fn no_date(&mut self, file: Span) {
        self.push(
            Diagnostic::new(&NO_DATE, file, "this assessment has no date")
                .help("add `date: 2026-11-20`, or name the file `2026-11-20.md`"),
        );
    }

    pub fn target_without_reason(&mut self, level: &Spanned<u8>, practice: &Name) {
        self.push(
            Diagnostic::new(
                &TARGET_REASON,
                level.span.clone(),
                format!("the target {} for `{}` has no reason", level.value, practice.value),
            )
            .help(format!("write `{{level: {}, reason: why it is worth the effort}}`", level.value)),
        );
    }

    pub fn decision_without_reason(&mut self, subject: &Name) {
        self.push(
            Diagnostic::new(
                &DECISION_REASON,
                subject.span.clone(),
                format!("the decision that `{}` does not apply has no reason", subject.value),
            )
            .help("add `reason:`, `decided_by:`, `decided_on:` and `revisit:`"),
        );
    }

    pub fn structural_key(&mut self, key: &Name) {
        self.push(
            Diagnostic::new(
                &STRUCTURAL_KEY,
                key.span.clone(),
                format!("`{}` belongs into the original, not into a translation", key.value),
            )
            .help("remove the key here; translations carry texts only"),
        );
    }

    pub fn not_openslo(&mut self, span: Span, why: &str) {
        self.push(
            Diagnostic::new(&NOT_OPENSLO, span, format!("this is no OpenSLO document: {why}")).help(
                "begin it with `apiVersion: openslo/v1` and `kind: SLO`, or move the file out of `slos`",
            ),
        );
    }

    pub fn openslo_version(&mut self, version: &Spanned<String>) {
        self.push(
            Diagnostic::new(
                &OPENSLO_VERSION,
                version.span.clone(),
                format!("OpenSLO documents of version `{}` are not read", version.value.escape_debug()),
            )
            .help("write it for `openslo/v1`"),
        );
    }

    pub fn openslo_unknown_kind(&mut self, kind: &Spanned<String>, nearest: Option<&str>) {
        self.push(
            Diagnostic::new(
                &NOT_OPENSLO,
                kind.span.clone(),
                format!("OpenSLO has no kind `{}`", kind.value.escape_debug()),
            )
            .nearest(nearest),
        );
    }

    pub fn slo_target(&mut self, span: Span, key: &str) {
        let expected =
            if key == "targetPercent" { "above 0 and at most 100" } else { "above 0 and at most 1" };
        self.push(
            Diagnostic::new(&SLO_TARGET, span, format!("`{key}` must be {expected}"))
                .help("write `target: 0.999` or `targetPercent: 99.9`"),
        );
    }

    pub fn slo_hundred_percent(&mut self, span: Span) {
        self.push(
            Diagnostic::new(&HUNDRED_PERCENT, span, "a target of 100 % leaves no error budget")
                .help("ask how much failure the user's journey bears, and write that"),
        );
    }

    /// `span`: the objective or the document's name. `missing`: `objectives`, `target`.
    pub fn slo_without(&mut self, span: Span, missing: &str) {
        self.push(
            Diagnostic::new(&NO_OBJECTIVE, span, format!("`{missing}` is missing"))
                .help("write `objectives: [{target: 0.999}]` below `spec:`"),
        );
    }
}
