//! Pages that are lists: folders, areas, tags, the matrix, a team's history, the front page.

use super::sheet::{Sheet, link, plain};
use crate::model::ThingId;
use crate::render::context::PageContext;
use crate::render::view::common::Link;
use crate::render::view::heat::state;
use crate::render::view::{area, matrix, section};

/// The main sections, for the front page.
pub fn sections(cx: &PageContext<'_>, sheet: &mut Sheet) {
    for section in cx.shared.map_or(&[][..], |shared| &shared.sections) {
        sheet.item(0, &link(&cx.folder_link(&section.address)));
    }
}

/// What is in a folder.
pub fn folder(cx: &PageContext<'_>, sheet: &mut Sheet, address: &str) {
    let view = section::view(cx, address);
    for area in view.areas {
        let name = area.area.as_ref().map_or_else(|| cx.words.get("other_practices").to_owned(), link);
        sheet.heading(2, &name);
        area.practices.iter().for_each(|card| entry(sheet, &card.practice));
    }
    for line in view.levels {
        let title = format!("{} {}", line.level.number, line.level.title);
        let href = line.level.href.unwrap_or_default();
        entry(sheet, &Link { title, href, description: line.description, ..Link::default() });
    }
    let postmortems = view.years.iter().flat_map(|year| &year.postmortems);
    postmortems.for_each(|dated| entry(sheet, &dated.page));
    view.teams.iter().for_each(|line| entry(sheet, &line.team));
    view.pages.iter().for_each(|page| entry(sheet, page));
}

pub fn practices(cx: &PageContext<'_>, sheet: &mut Sheet, practices: &[ThingId]) {
    if !practices.is_empty() {
        sheet.heading(2, cx.words.get("practices"));
    }
    area::cards(cx, practices).iter().for_each(|card| entry(sheet, &card.practice));
}

/// Every practice with the number of criteria that each level has.
pub fn matrix(cx: &PageContext<'_>, sheet: &mut Sheet) {
    let view = matrix::view(cx);
    let mut table = format!("| {} |", cx.words.get("practice"));
    view.levels
        .iter()
        .for_each(|level| table.push_str(&format!(" {} {} |", level.number, plain(&level.title))));
    table.push_str("\n|---|");
    view.levels.iter().for_each(|_| table.push_str("--:|"));
    for card in view.areas.iter().flat_map(|area| &area.rows).map(|row| &row.card) {
        table.push_str(&format!("\n| {} |", link(&card.practice)));
        card.levels.iter().for_each(|level| table.push_str(&format!(" {} |", level.criteria)));
    }
    sheet.paragraph(&table);
}

/// Where a team stood in every practice at each of its assessments.
pub fn history(cx: &PageContext<'_>, sheet: &mut Sheet, team: ThingId) {
    let cards = cx.site.scorecards.teams.get(&team).map_or(&[][..], Vec::as_slice);
    let mut table = format!("| {} |", cx.words.get("practice"));
    for card in cards {
        let assessment = Link { title: card.date.to_string(), ..cx.link(card.assessment) };
        table.push_str(&format!(" {} |", link(&assessment)));
    }
    table.push_str("\n|---|");
    cards.iter().for_each(|_| table.push_str("---|"));
    for practice in cx.areas().flat_map(|(_, practices)| practices) {
        table.push_str(&format!("\n| {} |", link(&cx.link(*practice))));
        for card in cards {
            table.push_str(&format!(" {} |", plain(&cx.state_words(state(card, *practice)))));
        }
    }
    sheet.paragraph(&table);
}

pub fn tags(cx: &PageContext<'_>, sheet: &mut Sheet) {
    for (slug, tag) in &cx.index.tags {
        let href = cx.to(&format!("tags/{slug}"));
        let link = link(&Link { title: tag.name.clone(), href, ..Link::default() });
        sheet.item(0, &format!("{link} ({})", tag.things.len()));
    }
}

pub fn tag(cx: &PageContext<'_>, sheet: &mut Sheet, slug: &str) {
    let things = cx.index.tags.get(slug).map_or(&[][..], |tag| tag.things.as_slice());
    things.iter().for_each(|id| entry(sheet, &cx.described_link(*id)));
}

/// `- [title](address): description`
pub fn entry(sheet: &mut Sheet, page: &Link) {
    let description = page.description.as_ref().map(|text| format!(": {}", plain(text)));
    sheet.item(0, &format!("{}{}", link(page), description.unwrap_or_default()));
}
