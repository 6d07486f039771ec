//! Complaints about answers, and about what is due: by its date, or because something else was changed.

use jiff::civil::Date;

use crate::diag::{Diagnostic, Diagnostics, Name, Severity, Span, Spanned, nearest};
use crate::model::{Answer, Change, Dependency, Happened};

codes! {
    UNKNOWN_ANSWER = "assess/unknown-answer", Error, "An answer is none of those that the handbook's scheme has.";
    SET_ASIDE = "assess/set-aside", Hint,
        "Answers are kept and not scored: the team decided that it does not apply, or the criterion was retired.";
    TARGET_BELOW = "assess/target-below", Hint, "A target is below the level that the team has reached.";
    NO_EVIDENCE = "assess/no-evidence", Hint,
        "A level is claimed and nothing is named that would prove it (`scoring: {evidence_from: …}`).";
    MODEL_CHANGED = "assess/model-changed", Hint,
        "The criteria have changed since the newest assessment of a team was answered.";
    REVIEW = "due/review", Hint, "A page says how often it is reviewed, and the time is over.";
    CHANGED = "due/changed", Hint,
        "Something that a page rests on was changed after its review: a criterion, a target, a name.";
    ACTION = "due/action", Hint, "An action from a postmortem is open past the day it was due.";
    DECISION = "due/decision", Hint, "A team's decision that something does not apply has reached its day of revisiting.";
}

impl Diagnostics {
    pub fn review_due(&mut self, span: &Span, since: Date) {
        self.push(
            Diagnostic::new(
                &REVIEW,
                span.clone(),
                format!("this page has been due for a review since {since}"),
            )
            .help(format!(
                "read it with its owner, mend what is no longer true, then stamp it with `shirube reviewed {}`",
                span.file
            )),
        );
    }

    /// `title`: of the thing that the change concerns. `place`: where its words stand today. `file`: the page.
    pub fn review_overtaken(
        &mut self,
        span: &Span,
        change: &Change,
        title: &str,
        place: Option<&Span>,
        file: &str,
    ) {
        let subject = match &change.dependency {
            Dependency::Itself => "this page".to_owned(),
            Dependency::Name(kind, id) => format!("the {kind} `{id}`"),
            Dependency::Criterion { criterion, .. } => format!("the criterion `{criterion}` of {title}"),
            Dependency::Slo(_) if change.what == Happened::Retargeted => {
                format!("the target or the window of the SLO {title}")
            }
            Dependency::Slo(id) => format!("the SLO `{id}`"),
        };
        let happened = match &change.what {
            Happened::Reworded => "was reworded".to_owned(),
            Happened::Added => "was added".to_owned(),
            Happened::Moved(level) => format!("was moved to level {level}"),
            Happened::Retargeted => "was changed".to_owned(),
            Happened::Retitled => "was given another title".to_owned(),
            Happened::Renamed(new) => format!("was renamed to `{new}`"),
            Happened::Retired => "was retired".to_owned(),
            Happened::Removed => "was removed".to_owned(),
        };
        let message = format!("{subject} {happened} after this review");
        let mut diagnostic = Diagnostic::new(&CHANGED, span.clone(), message);
        if let Some(place) = place {
            diagnostic = diagnostic.related(place.clone(), "as it is today");
        }
        self.push(diagnostic.help(format!(
            "read the page again with this in mind, mend what is no longer true, then stamp it with `shirube reviewed {file}`"
        )));
    }

    pub fn action_overdue(&mut self, due: &Spanned<Date>, action: &str) {
        let message = format!("the action `{action}` was due on {} and is open", due.value);
        self.push(
            Diagnostic::new(&ACTION, due.span.clone(), message)
                .help("finish it, drop it with a reason, or agree on another date"),
        );
    }

    pub fn decision_expired(&mut self, revisit: &Spanned<Date>, subject: &str) {
        let message =
            format!("the decision that `{subject}` does not apply was to be revisited on {}", revisit.value);
        self.push(
            Diagnostic::new(&DECISION, revisit.span.clone(), message)
                .help("decide again: write the new `decided_on` and `revisit`, or take the decision out"),
        );
    }

    /// `known`: the answers that the scheme has.
    pub fn unknown_answer(&mut self, answer: &Spanned<Answer>, known: &[&str]) {
        let name = answer.value.name();
        let message = format!("`{}` is no answer", name.escape_debug());
        let named: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
        let near = nearest(name, known.iter().copied());
        let diagnostic = Diagnostic::new(&UNKNOWN_ANSWER, answer.span.clone(), message).nearest(near);
        self.push(match near {
            Some(_) => diagnostic,
            None => diagnostic.help(format!("write one of {}", named.join(", "))),
        });
    }

    pub fn answers_set_aside(&mut self, assessment: &Name, subjects: &[&str]) {
        let message = match subjects.len() {
            1 => format!("one answer is not scored: {}", listed(subjects)),
            count => format!("{count} answers are not scored: {}", listed(subjects)),
        };
        self.push(
            Diagnostic::new(&SET_ASIDE, assessment.span.clone(), message)
                .help("give them a second look: the team decided against them, or `model.yaml` retired them"),
        );
    }

    pub fn target_below(&mut self, target: &Spanned<u8>, practice: &str) {
        let message = format!("the target of `{practice}` is below the level that is reached");
        self.push(
            Diagnostic::new(&TARGET_BELOW, target.span.clone(), message)
                .help("raise it if the level is to be kept, or let the level go on purpose"),
        );
    }

    pub fn level_without_evidence(&mut self, assessment: &Name, from: u8, practices: &[&str]) {
        let message = format!("level {from} or above without any evidence: {}", listed(practices));
        self.push(
            Diagnostic::new(&NO_EVIDENCE, assessment.span.clone(), message)
                .help("name what would convince a colleague: `evidence: [{title: …, url: …, date: …}]`"),
        );
    }

    /// `model` is where the assessment names what it answered.
    pub fn criteria_reworded(&mut self, model: &Span) {
        let message = "criteria have been reworded since this assessment; none came, went or moved";
        self.push(
            Diagnostic::new(&MODEL_CHANGED, model.clone(), message).help(
                "the answers count as they are; read them against the new words at the next assessment",
            ),
        );
    }

    /// `open`: criteria without an answer in the practices that the assessment covers.
    pub fn criteria_changed(&mut self, model: &Span, open: u32) {
        let message = match open {
            0 => "criteria have changed since this assessment; every one of the practices it covers has an answer"
                .to_owned(),
            1 => "criteria have changed since this assessment: in the practices it covers, 1 has no answer"
                .to_owned(),
            open => format!(
                "criteria have changed since this assessment: in the practices it covers, {open} have no answer"
            ),
        };
        self.push(
            Diagnostic::new(&MODEL_CHANGED, model.clone(), message)
                .help("answer them at the next assessment: `shirube assess TEAM` asks what is asked today"),
        );
    }

    /// Turns what is due from hints into warnings (`--due`).
    pub fn weigh_due(&mut self) {
        for diagnostic in self.iter_mut() {
            if diagnostic.code.name.starts_with("due/") {
                diagnostic.severity = Severity::Warning;
            }
        }
    }
}

/// The first of them.
fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 6;
    let mut named: Vec<String> = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    if names.len() > SHOWN {
        named.push(format!("{} more", names.len() - SHOWN));
    }
    named.join(", ")
}
