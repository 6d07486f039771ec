//! What a team shows for its answers, and how old it is.

use jiff::civil::Date;
use serde::Serialize;

use super::common::{Criterion, Day, Link, MaybeLink};
use crate::model::{Scorecard, ThingId};
use crate::render::context::PageContext;

/// The evidence for one practice.
#[derive(Clone, Debug, Serialize)]
pub struct PracticeEvidence {
    pub practice: Link,
    pub lines: Vec<EvidenceLine>,
}

/// One piece of evidence.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceLine {
    pub criterion: Criterion,
    pub title: MaybeLink,
    /// The day it is from; that of the assessment where it does not say.
    pub date: Day,
    /// `today`, `12 days`, `3 months`.
    pub age: String,
    /// Older than `scoring.stale_after`.
    pub old: bool,
    /// To the answer it belongs to.
    pub href: Option<String>,
}

/// The evidence in the assessment that `card` comes from.
pub fn evidence(cx: &PageContext<'_>, card: &Scorecard) -> Vec<PracticeEvidence> {
    let practices = cx.areas().flat_map(|(_, practices)| practices);
    practices
        .map(|practice| PracticeEvidence { practice: cx.link(*practice), lines: lines(cx, card, *practice) })
        .filter(|practice| !practice.lines.is_empty())
        .collect()
}

fn lines(cx: &PageContext<'_>, card: &Scorecard, practice: ThingId) -> Vec<EvidenceLine> {
    let mut lines = Vec::new();
    for criterion in cx.practice(practice).map_or(&[][..], |fields| fields.criteria.as_slice()) {
        let name = criterion.id.value.as_str();
        let Some(entry) = cx.answer(card.assessment, practice, name) else { continue };
        for evidence in &entry.evidence {
            let url = evidence.url.as_ref().map(|url| url.value.as_str());
            let date = evidence.date.as_ref().map_or(card.date, |date| date.value);
            lines.push(EvidenceLine {
                criterion: cx.criterion(practice, criterion),
                title: cx.maybe_link(evidence.title.as_deref().or(url).unwrap_or_default(), url),
                date: cx.day(date),
                age: age(cx, date),
                old: cx.config.scoring.stale_after.after(date) <= cx.site.today,
                href: cx.answer_href(card.assessment, practice, name),
            });
        }
    }
    lines
}

/// Whole months, or days below one.
fn age(cx: &PageContext<'_>, date: Date) -> String {
    let days = cx.site.today.since(date).map_or(0, |span| span.get_days());
    let months =
        cx.site.today.since((jiff::Unit::Month, date)).map_or(0, |span| i64::from(span.get_months()));
    match (months, days) {
        (1.., _) => cx.words.fill("months", &[("n", &months.to_string())]),
        (_, 1..) => cx.words.fill("days", &[("n", &days.to_string())]),
        _ => cx.words.get("today").to_owned(),
    }
}
