//! Ways from page to page: sections, breadcrumbs, sidebar, contents.

use serde::Serialize;

use super::common::Link;
use crate::model::{Kind, PageLinks, Report, Text, Thing, ThingId};
use crate::render::context::{PageContext, Section};
use crate::render::{address, body};

/// The menu of the section a page belongs to; never the whole site.
#[derive(Clone, Debug, Serialize)]
pub struct Sidebar {
    pub section: Link,
    pub groups: Vec<SidebarGroup>,
}

/// Links under one heading.
#[derive(Clone, Debug, Serialize)]
pub struct SidebarGroup {
    /// The page that introduces the group.
    pub link: Option<Link>,
    pub items: Vec<Link>,
    /// Entries left out because the list is long.
    pub more: usize,
}

/// A heading in the table of contents.
#[derive(Clone, Debug, Serialize)]
pub struct TocEntry {
    pub title: String,
    /// `#anchor`.
    pub href: String,
    /// The language of the title where it is not the page's.
    pub lang: Option<String>,
    pub children: Vec<TocEntry>,
}

/// A section that a page's template adds below its body: anchor and words.
pub type PageSection = (&'static str, &'static str);

/// Entries of a sidebar around the current page.
const MAX_SIDEBAR: usize = 24;

/// The top-level sections, at most `limit`.
pub fn sections(cx: &PageContext<'_>, limit: usize) -> Vec<Link> {
    let Some(shared) = cx.shared else { return Vec::new() };
    let link = |section: &Section| {
        let folder = cx.folder(&section.address);
        let rest = cx.here.folder().strip_prefix(folder.as_str());
        Link {
            title: section.title.clone(),
            href: cx.here.page(&folder, None),
            lang: section.lang.clone(),
            current: rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
            ..Link::default()
        }
    };
    shared.sections.iter().take(limit).map(link).collect()
}

/// The folders above an address, from the top.
pub fn breadcrumbs(cx: &PageContext<'_>, address: &str) -> Vec<Link> {
    let mut crumbs = Vec::new();
    let mut folder = address::parent(address);
    while let Some(above) = folder.filter(|above| !above.is_empty()) {
        crumbs.push(cx.folder_link(above));
        folder = address::parent(above);
    }
    crumbs.reverse();
    crumbs
}

/// The menu beside a thing's page.
pub fn sidebar(cx: &PageContext<'_>, id: ThingId, thing: &Thing) -> Option<Sidebar> {
    if thing.address.is_empty() {
        return None;
    }
    if matches!(thing.kind, Kind::Practice | Kind::Area) || thing.address == "practices" {
        return Some(practices_sidebar(
            cx,
            if thing.kind == Kind::Area { Some(id) } else { cx.index.area_of.get(&id).copied() },
        ));
    }
    let introduces = thing.index && !cx.index.children(&thing.address).is_empty();
    let section = if introduces { thing.address.as_str() } else { address::parent(&thing.address)? };
    let siblings = cx.index.children(section);
    let position = if introduces { 0 } else { cx.index.siblings(id).map_or(0, |(_, position)| position) };
    let start = position.saturating_sub(MAX_SIDEBAR / 2).min(siblings.len().saturating_sub(MAX_SIDEBAR));
    let items: Vec<Link> = siblings.iter().skip(start).take(MAX_SIDEBAR).map(|id| cx.nav_link(*id)).collect();
    let more = siblings.len() - items.len();
    if items.len() < 2 && section.is_empty() {
        return None;
    }
    Some(Sidebar { section: cx.folder_link(section), groups: vec![SidebarGroup { link: None, items, more }] })
}

/// All areas; the practices of the current one only.
pub fn practices_sidebar(cx: &PageContext<'_>, current: Option<ThingId>) -> Sidebar {
    let groups = cx
        .index
        .areas
        .iter()
        .map(|area| {
            let practices: &[ThingId] =
                if Some(*area) == current { cx.index.practices_in(current) } else { &[] };
            SidebarGroup {
                link: Some(cx.nav_link(*area)),
                items: practices.iter().take(MAX_SIDEBAR).map(|id| cx.nav_link(*id)).collect(),
                more: practices.len().saturating_sub(MAX_SIDEBAR),
            }
        })
        .collect();
    Sidebar { section: cx.folder_link("practices"), groups }
}

/// The pages about the whole handbook.
pub fn reports_sidebar(cx: &PageContext<'_>) -> Option<Sidebar> {
    let section = cx.report(Report::Overview)?;
    Some(Sidebar { section, groups: vec![SidebarGroup { link: None, items: reports(cx), more: 0 }] })
}

/// The pages about the whole handbook, but for the one that leads to them.
pub fn reports(cx: &PageContext<'_>) -> Vec<Link> {
    let others = cx.index.reports.iter().filter(|report| **report != Report::Overview);
    others.filter_map(|report| cx.report(*report)).collect()
}

/// The headings of a text and the sections its template adds.
pub fn toc(cx: &PageContext<'_>, text: &Text, links: &PageLinks, added: &[PageSection]) -> Vec<TocEntry> {
    let foreign = (text.summary.lang != *cx.lang).then(|| text.summary.lang.to_string());
    let headings = &text.summary.headings;
    let mut entries: Vec<TocEntry> = Vec::new();
    for (index, heading) in headings.iter().enumerate() {
        let entry = TocEntry {
            title: heading.text.clone(),
            href: cx.here_fragment(body::anchor(links, headings, index)),
            lang: foreign.clone(),
            children: Vec::new(),
        };
        match (body::level(heading), entries.last_mut()) {
            (2, _) | (3, None) => entries.push(entry),
            (3, Some(above)) => above.children.push(entry),
            _ => {}
        }
    }
    entries.extend(added.iter().map(|(anchor, words)| TocEntry {
        title: cx.words.get(words).to_owned(),
        href: cx.here_fragment(anchor),
        lang: None,
        children: Vec::new(),
    }));
    if entries.len() < 2 { Vec::new() } else { entries }
}
