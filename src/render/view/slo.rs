//! `slo`: a service level objective and what it allows.

use serde::Serialize;

use super::common::Link;
use super::navigation::PageSection;
use super::owner;
use crate::model::{CodeBlock, Objective, Relation, SloFields, ThingId};
use crate::render::code;
use crate::render::context::PageContext;
use crate::render::index::outgoing;

/// `slo` in `slo.html`.
#[derive(Clone, Debug, Serialize)]
pub struct SloView {
    pub service: Option<String>,
    pub objectives: Vec<ObjectiveView>,
    /// The window as written (`28d`), and whether it moves with time.
    pub window: Option<String>,
    pub rolling: bool,
    /// Length of the window in days, where it is a fixed number of them.
    pub window_days: Option<f64>,
    /// `Occurrences`, `Timeslices` or `RatioTimeslices`.
    pub budgeting_method: Option<String>,
    pub indicator: Option<String>,
    /// What users try to do.
    pub journey: Option<String>,
    /// Why it is as high as it is.
    pub rationale: Option<String>,
    pub practice: Option<Link>,
    /// The team that owns it or runs the service.
    pub team: Option<Link>,
    /// The OpenSLO document.
    pub source: String,
    /// The same as a highlighted code block: safe HTML.
    pub source_html: String,
}

/// One objective.
#[derive(Clone, Debug, Serialize)]
pub struct ObjectiveView {
    pub name: Option<String>,
    /// `99.9 %`.
    pub target: String,
    /// Share that may fail: `0.1 %`.
    pub budget: String,
    /// Time that may be bad in the window, in words; `none` when the window has no fixed length.
    pub allowed: Option<String>,
    pub alerts: Vec<BurnRate>,
}

/// A burn-rate alert: budget share × window ÷ alert window.
#[derive(Clone, Debug, Serialize)]
pub struct BurnRate {
    /// Share of the budget spent when it fires: `2 %`.
    pub share: String,
    /// The long window, in words.
    pub long: String,
    /// The short window, a twelfth of it, so that the alert ends soon after the trouble.
    pub short: String,
    /// How many times faster than sustainable: `13.44`.
    pub rate: String,
    /// Share of failures in both windows above which it fires: `1.344 %`.
    pub threshold: String,
    /// `page` or `ticket`.
    pub action: &'static str,
}

pub const SECTIONS: &[PageSection] = &[("section-burn-rate", "burn_rates"), ("section-source", "source")];

/// Share of the budget, hours, minutes of the short window, action: the usual three.
const ALERTS: [(f64, f64, i64, &str); 3] =
    [(0.02, 1.0, 5, "page"), (0.05, 6.0, 30, "page"), (0.1, 72.0, 360, "ticket")];

pub fn view(cx: &PageContext<'_>, id: ThingId, fields: &SloFields) -> SloView {
    SloView {
        service: fields.service.clone(),
        objectives: fields
            .objectives
            .iter()
            .map(|objective| objective_view(cx, objective, fields.window_days))
            .collect(),
        window: fields.window.as_ref().map(|window| window.value.clone()),
        rolling: fields.rolling,
        window_days: fields.window_days,
        budgeting_method: fields.budgeting_method.clone(),
        indicator: fields.indicator.clone(),
        journey: fields.journey.as_ref().map(|journey| journey.value.clone()),
        rationale: fields.rationale.clone(),
        practice: outgoing(cx.graph(), id, Relation::PutsToUse).next().map(|edge| cx.link(edge.to)),
        team: owner::team_of_slo(cx, id).map(|team| cx.link(team)),
        source_html: source_html(&fields.source),
        source: fields.source.clone(),
    }
}

fn source_html(source: &str) -> String {
    let block =
        CodeBlock { language: "yaml".to_owned(), title: Some("OpenSLO".to_owned()), ..CodeBlock::default() };
    let mut html = String::new();
    code::push(&mut html, &block, source);
    html
}

fn objective_view(cx: &PageContext<'_>, objective: &Objective, window_days: Option<f64>) -> ObjectiveView {
    let target = objective.target.value;
    let budget = (1.0 - target).max(0.0);
    let days = window_days.filter(|days| days.is_finite() && *days > 0.0);
    ObjectiveView {
        name: objective.name.clone(),
        target: percent(target),
        budget: percent(budget),
        allowed: days.map(|days| minutes(cx, days * 1440.0 * budget)),
        alerts: days.filter(|_| budget > 0.0).map_or_else(Vec::new, |days| {
            ALERTS
                .iter()
                .map(|&(share, hours, short, action)| {
                    let rate = share * days * 24.0 / hours;
                    BurnRate {
                        share: percent(share),
                        long: cx.words.duration((hours * 60.0) as i64),
                        short: cx.words.duration(short),
                        rate: number(rate, 3),
                        threshold: percent((rate * budget).min(1.0)),
                        action,
                    }
                })
                .collect()
        }),
    }
}

/// Minutes with the tenths that matter in small budgets, else in larger units.
fn minutes(cx: &PageContext<'_>, minutes: f64) -> String {
    if minutes < 120.0 {
        return cx.words.fill("duration_minutes", &[("minutes", &number(minutes, 2))]);
    }
    cx.words.duration(minutes.min(1e12) as i64)
}

fn percent(share: f64) -> String {
    format!("{} %", number(share * 100.0, 4))
}

/// At most `digits` decimals, none that say nothing; free of the noise of binary fractions.
fn number(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}
