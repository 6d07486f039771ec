//! `path`: things to read, in order.

use serde::Serialize;

use super::common::{Link, Note};
use crate::model::{Fields, Kind, PathFields, Relation, ThingId};
use crate::render::context::PageContext;
use crate::render::index::outgoing;

/// `path` in `path.html`.
#[derive(Clone, Debug, Serialize)]
pub struct PathView {
    /// Whom it is for.
    pub roles: Vec<Link>,
    /// Stops, grouped by day in the order written.
    pub days: Vec<PathDay>,
}

/// What is read on one day.
#[derive(Clone, Debug, Serialize)]
pub struct PathDay {
    /// From 1; `none` when the path knows no days.
    pub day: Option<u32>,
    pub steps: Vec<StepView>,
}

/// One stop.
#[derive(Clone, Debug, Serialize)]
pub struct StepView {
    pub page: Link,
    pub note: Option<Note>,
}

pub fn view(cx: &PageContext<'_>, id: ThingId, fields: &PathFields) -> PathView {
    let own = match &cx.text(id).summary.fields {
        Fields::Path(own) => own,
        _ => fields,
    };
    let mut days: Vec<PathDay> = Vec::new();
    for step in &fields.steps {
        let Some(target) = find(cx, id, &step.page) else { continue };
        let translated = own.step_notes.iter().find(|(name, _)| name.value == step.page.value);
        let step_view = StepView {
            page: cx.described_link(target),
            note: cx.note(id, translated.map(|(_, note)| note.as_str()), step.note.as_deref()),
        };
        match days.last_mut() {
            Some(day) if day.day == step.day || step.day.is_none() => day.steps.push(step_view),
            _ => days.push(PathDay { day: step.day, steps: vec![step_view] }),
        }
    }
    PathView { roles: cx.links(outgoing(cx.graph(), id, Relation::ForRole).map(|edge| edge.to)), days }
}

/// The page of a step, found among the path's resolved relations by where it was written.
fn find(cx: &PageContext<'_>, id: ThingId, page: &crate::diag::Name) -> Option<ThingId> {
    outgoing(cx.graph(), id, Relation::Reads).find(|edge| edge.span == page.span).map(|edge| edge.to).or_else(
        || {
            let (kind, name) = page.value.split_once(':')?;
            cx.handbook().find(Kind::from_name(kind)?, name)
        },
    )
}
