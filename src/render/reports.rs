//! Which pages about the whole handbook a site has: those that have something to show.

use super::context::PageContext;
use super::index::Index;
use super::view::common::Link;
use crate::model::{Fields, Kind, Relation, Report, Site, Thing};

/// The reports of a site, in their order. Review and actions stay when nothing is due: an address that
/// comes and goes with the day is none.
pub fn of(site: &Site, index: &Index) -> Vec<Report> {
    let mut reports: Vec<Report> = Report::ALL
        .into_iter()
        .filter(|report| *report != Report::Overview)
        .filter(|report| shows_something(*report, site, index) && is_free(*report, site, index))
        .collect();
    if reports.len() > 1 && is_free(Report::Overview, site, index) {
        reports.insert(0, Report::Overview);
    }
    reports
}

fn shows_something(report: Report, site: &Site, index: &Index) -> bool {
    let has = |relation| site.graph.edges.iter().any(|edge| edge.relation == relation);
    let any = |wanted: fn(&Thing) -> bool| site.handbook.iter().any(|(_, thing)| wanted(thing));
    match report {
        Report::Overview => true,
        Report::Matrix => !index.levels.is_empty() && !index.practices.is_empty(),
        Report::Graph => has(Relation::Requires),
        Report::ByPractice => has(Relation::HelpsWith),
        Report::ByGap => has(Relation::ShowsGap),
        Report::Coverage => !site.coverage.practices.is_empty(),
        Report::Review => any(|thing| thing.original().summary.common.next_review().is_some()),
        Report::Actions => {
            any(|thing| matches!(thing.fields(), Fields::Postmortem(fields) if !fields.actions.is_empty()))
        }
        Report::Translations => any(|thing| thing.texts.len() > 1 && !thing.address.is_empty()),
        Report::All => any(|thing| thing.kind != Kind::Page || !thing.address.is_empty()),
    }
}

/// Whether the content leaves the address to us.
fn is_free(report: Report, site: &Site, index: &Index) -> bool {
    let address = report.address();
    !site.handbook.by_address.contains_key(address) && !index.folders.contains_key(address)
}

impl PageContext<'_> {
    /// The link to a page about the whole handbook, with what it shows; `None` when the site has none.
    pub fn report(&self, report: Report) -> Option<Link> {
        let link = || {
            let folder = self.folder(report.address());
            Link {
                title: self.words.get(&format!("report_{}", report.name())).to_owned(),
                href: self.here.page(&folder, None),
                description: Some(self.words.get(&format!("report_{}_about", report.name())).to_owned()),
                current: folder == self.here.folder(),
                ..Link::default()
            }
        };
        self.index.reports.contains(&report).then(link)
    }

    /// The link to a place on such a page.
    pub fn report_at(&self, report: Report, fragment: &str) -> Option<String> {
        let href = || self.here.page(&self.folder(report.address()), Some(fragment));
        self.index.reports.contains(&report).then(href)
    }
}
