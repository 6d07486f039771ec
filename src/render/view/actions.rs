//! `actions`: what postmortems decided and nobody has done yet, by owner.

use serde::Serialize;

use super::common::Day;
use super::frame::Frame;
use super::owner::Owner;
use super::postmortem::ActionView;
use super::team::open_actions;
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::model::{Kind, Report, ThingId};
use crate::render::context::PageContext;

/// `actions` in `actions.html`.
#[derive(Clone, Debug, Serialize)]
pub struct ActionsView {
    /// How many are open and overdue, in words.
    pub figures: String,
    /// The day that overdue is counted from.
    pub today: Day,
    /// Who has the most urgent action comes first.
    pub owners: Vec<OwnerActions>,
}

/// The open actions of one owner.
#[derive(Clone, Debug, Serialize)]
pub struct OwnerActions {
    /// `none` for actions nobody took.
    pub owner: Option<Owner>,
    /// Overdue ones first, then by day.
    pub actions: Vec<ActionView>,
}

pub fn made(cx: &PageContext<'_>) -> Result<Made, Diagnostic> {
    let mut owners: Vec<OwnerActions> = Vec::new();
    for action in open(cx) {
        let name = |owner: &Option<Owner>| owner.as_ref().map(|owner| owner.name.clone());
        match owners.iter_mut().find(|group| name(&group.owner) == name(&action.owner)) {
            Some(group) => group.actions.push(action),
            None => owners.push(OwnerActions { owner: action.owner.clone(), actions: vec![action] }),
        }
    }
    let view = ActionsView { figures: figures(cx), today: cx.day(cx.site.today), owners };
    generated("actions.html", "actions", &view, Frame::report(cx, Report::Actions))
}

pub fn figures(cx: &PageContext<'_>) -> String {
    let open = open(cx);
    let overdue = open.iter().filter(|action| action.overdue).count();
    cx.words.counts(&[("n_open", open.len()), ("n_overdue", overdue)])
}

fn open(cx: &PageContext<'_>) -> Vec<ActionView> {
    let postmortems: Vec<ThingId> = cx.handbook().of_kind(Kind::Postmortem).map(|(id, _)| id).collect();
    open_actions(cx, &postmortems)
}
