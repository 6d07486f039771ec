//! `overview`: the way to every page about the whole handbook.

use serde::Serialize;

use super::common::Link;
use super::frame::Frame;
use super::{Made, actions, by_gap, by_practice, coverage, generated, graph, review, translations};
use crate::diag::Diagnostic;
use crate::model::{Kind, Report};
use crate::render::context::PageContext;

/// `overview` in `overview.html`.
#[derive(Clone, Debug, Serialize)]
pub struct OverviewView {
    pub entries: Vec<Entry>,
}

/// A page about the whole handbook.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// With what it shows.
    pub page: Link,
    /// Its main figures in words.
    pub figures: String,
}

pub fn made(cx: &PageContext<'_>) -> Result<Made, Diagnostic> {
    let others = cx.index.reports.iter().filter(|report| **report != Report::Overview);
    let mut entries: Vec<Entry> = others
        .filter_map(|report| Some(Entry { page: cx.report(*report)?, figures: figures(cx, *report) }))
        .collect();
    if !cx.index.tags.is_empty() {
        let page = Link { title: cx.words.get("tags").to_owned(), href: cx.to("tags"), ..Link::default() };
        entries.push(Entry { page, figures: cx.words.count("n_tags", cx.index.tags.len()) });
    }
    generated("overview.html", "overview", &OverviewView { entries }, Frame::report(cx, Report::Overview))
}

fn figures(cx: &PageContext<'_>, report: Report) -> String {
    match report {
        Report::Overview => String::new(),
        Report::Matrix => {
            let practices = cx.handbook().of_kind(Kind::Practice);
            let criteria =
                practices.filter_map(|(id, _)| cx.practice(id)).map(|practice| practice.criteria.len());
            cx.words.count("n_criteria", criteria.sum())
        }
        Report::Graph => graph::figures(cx),
        Report::ByPractice => by_practice::figures(cx),
        Report::ByGap => by_gap::figures(cx),
        Report::Coverage => coverage::figures(cx),
        Report::Review => review::figures(cx),
        Report::Actions => actions::figures(cx),
        Report::Translations => translations::figures(cx),
        Report::All => cx.words.count("n_pages", cx.handbook().things.len()),
    }
}
