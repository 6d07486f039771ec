//! What is due by its date: reviews, actions, decisions to look at again.

use jiff::civil::Date;

use crate::diag::Diagnostics;
use crate::model::{ActionState, Common, Fields, Handbook};

/// Reports what is due on `today`.
pub fn report(handbook: &Handbook, today: Date, diagnostics: &mut Diagnostics) {
    for (_, thing) in handbook.iter() {
        let summary = &thing.original().summary;
        review(&summary.common, today, diagnostics);
        match &summary.fields {
            Fields::Postmortem(fields) => {
                for action in &fields.actions {
                    if let (ActionState::Open, Some(due)) = (action.state, &action.due)
                        && due.value < today
                    {
                        diagnostics.action_overdue(due, &action.id.value);
                    }
                }
            }
            Fields::Team(fields) => {
                for (subject, decision) in &fields.not_applicable {
                    if let Some(revisit) = &decision.revisit
                        && revisit.value <= today
                    {
                        diagnostics.decision_expired(revisit, &subject.value);
                    }
                }
            }
            _ => {}
        }
    }
}

fn review(common: &Common, today: Date, diagnostics: &mut Diagnostics) {
    if let (Some(reviewed), Some(next)) = (&common.reviewed, common.next_review())
        && next <= today
    {
        diagnostics.review_due(&reviewed.span, next);
    }
}
