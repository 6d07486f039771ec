//! What criteria were called, and what was given up: old anchors keep their meaning.

use serde::Serialize;

use super::common::{Criterion, Day, Link, Note};
use crate::model::{self, CriterionFate, ThingId};
use crate::render::context::PageContext;

/// A criterion that its practice has no more. Its anchor stays.
#[derive(Clone, Debug, Serialize)]
pub struct FormerCriterion {
    pub id: String,
    /// Where it is now, or what to look at instead.
    pub target: Option<Link>,
    /// Why it is no more; `none` when it went to another practice.
    pub retired: Option<Retirement>,
}

/// Why something is no more.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Retirement {
    pub on: Option<Day>,
    pub reason: Option<Note>,
}

/// The criteria of a practice, each with the anchors it had under earlier ids, and what became of those
/// that are not among them any more. For pages on which each is an anchor.
pub fn criteria(cx: &PageContext<'_>, practice: ThingId) -> (Vec<Criterion>, Vec<FormerCriterion>) {
    let written = cx.practice(practice).map_or(&[][..], |fields| fields.criteria.as_slice());
    let mut criteria: Vec<Criterion> =
        written.iter().map(|criterion| cx.criterion(practice, criterion)).collect();
    let mut former = Vec::new();
    let Some(id) = &cx.thing(practice).id else { return (criteria, former) };
    for old in cx.site.succession.former_criteria(cx.handbook(), id.as_str()) {
        let renamed = match &old.fate {
            CriterionFate::Renamed(owner, today) if *owner == practice => {
                criteria.iter_mut().find(|criterion| criterion.id == *today)
            }
            _ => None,
        };
        match renamed {
            Some(criterion) => criterion.also.push(old.id.to_owned()),
            None => former.push(former_criterion(cx, &old)),
        }
    }
    (criteria, former)
}

/// A criterion that is not where it was.
pub fn former_criterion(cx: &PageContext<'_>, old: &model::FormerCriterion<'_>) -> FormerCriterion {
    let (target, retired) = match &old.fate {
        CriterionFate::Renamed(practice, criterion) => {
            let href = cx.href(*practice, Some(criterion));
            (Some(Link { href, ..cx.link(*practice) }), None)
        }
        CriterionFate::Retired(_, retired) => (successor(cx, retired), Some(retirement(cx, retired))),
    };
    FormerCriterion { id: old.id.to_owned(), target, retired }
}

/// What to look at instead of something retired.
pub fn successor(cx: &PageContext<'_>, retired: &model::Retired) -> Option<Link> {
    let thing = cx.site.succession.successor(cx.handbook(), retired)?;
    Some(cx.described_link(thing))
}

/// The reason in the page's language where it is written in it.
pub fn retirement(cx: &PageContext<'_>, retired: &model::Retired) -> Retirement {
    let in_order = std::iter::once(cx.lang).chain(&cx.handbook().languages);
    let reason = in_order.into_iter().find_map(|lang| retired.reason.get_key_value(lang));
    Retirement {
        on: retired.on.as_ref().map(|on| cx.day(on.value)),
        reason: reason.map(|(lang, text)| Note {
            text: text.clone(),
            lang: (lang != cx.lang).then(|| lang.to_string()),
        }),
    }
}
