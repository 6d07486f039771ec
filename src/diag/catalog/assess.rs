//! Complaints about what is due by its date.

use jiff::civil::Date;

use crate::diag::{Diagnostic, Diagnostics, Severity, Span, Spanned};

codes! {
    REVIEW = "due/review", Hint, "A page says how often it is reviewed, and the time is over.";
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
            .help("read it with its owner, mend what is no longer true, and write today's date"),
        );
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

    /// Turns what is due by its date from hints into warnings (`--due`).
    pub fn weigh_due(&mut self) {
        for diagnostic in self.iter_mut() {
            if ALL.contains(&diagnostic.code) {
                diagnostic.severity = Severity::Warning;
            }
        }
    }
}
