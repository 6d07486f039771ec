//! Complaints about what is due: by its date, or because something else was changed.

use jiff::civil::Date;

use crate::diag::{Diagnostic, Diagnostics, Severity, Span, Spanned};
use crate::model::{Change, Dependency, Happened};

codes! {
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

    /// Turns what is due from hints into warnings (`--due`).
    pub fn weigh_due(&mut self) {
        for diagnostic in self.iter_mut() {
            if ALL.contains(&diagnostic.code) {
                diagnostic.severity = Severity::Warning;
            }
        }
    }
}
