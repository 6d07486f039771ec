//! `llms.txt`, after <https://llmstxt.org>: the handbook's table of contents for language models.
//!
//! A title, a summary, and lists of links to the markdown copies. What comes under *Optional* may be
//! left out by a reader of little memory; the name of that section is part of the format.

use super::markdown::lists::entry;
use super::markdown::sheet::{Sheet, destination, plain};
use crate::model::{Kind, ThingId};
use crate::render::address;
use crate::render::context::PageContext;

/// What says how the organisation works, in reading order.
const MAIN: [Kind; 6] = [Kind::Level, Kind::Practice, Kind::Role, Kind::Playbook, Kind::Term, Kind::Path];
/// What happened, and to whom.
const OPTIONAL: [Kind; 5] = [Kind::Postmortem, Kind::Team, Kind::Assessment, Kind::Slo, Kind::Page];

/// Characters of a note; the start of a text may stand where there is no description.
const LONGEST: usize = 200;

/// `llms.txt` of a language; `cx` stands where the file stands.
pub fn llms(cx: &PageContext<'_>) -> String {
    let mut sheet = Sheet::default();
    let text =
        |texts: &std::collections::BTreeMap<_, String>| plain(texts.get(cx.lang).map_or("", String::as_str));
    sheet.heading(1, &text(&cx.config.title));
    let description = text(&cx.config.description);
    if !description.is_empty() {
        sheet.paragraph(&format!("> {description}"));
    }
    let links = destination(&cx.here.file("links.json"));
    sheet.paragraph(&cx.words.fill("llms_about", &[("links", &links)]));
    for kind in MAIN {
        let things = things(cx, kind);
        if !things.is_empty() {
            sheet.heading(2, cx.words.get(&format!("{kind}s")));
            list(cx, &mut sheet, &things);
        }
    }
    sheet.heading(2, "Optional");
    for kind in OPTIONAL {
        list(cx, &mut sheet, &things(cx, kind));
    }
    for lang in cx.config.languages.iter().filter(|lang| *lang != cx.lang) {
        let file = address::folder("llms.txt", lang, cx.handbook().default_language());
        let name = cx.theme.words(lang).get("language_name");
        sheet.item(0, &format!("[{}]({})", plain(name), destination(&cx.here.file(&file))));
    }
    sheet.text
}

/// The things of a kind; practices area by area, each behind its area.
fn things(cx: &PageContext<'_>, kind: Kind) -> Vec<ThingId> {
    if kind != Kind::Practice {
        return cx.handbook().of_kind(kind).map(|(id, _)| id).collect();
    }
    let areas = cx.index.areas.iter().copied().map(Some).chain([None]);
    areas.flat_map(|area| area.into_iter().chain(cx.index.practices_in(area).iter().copied())).collect()
}

fn list(cx: &PageContext<'_>, sheet: &mut Sheet, things: &[ThingId]) {
    for id in things {
        let mut link = cx.described_link(*id);
        if let Some(description) = &mut link.description
            && let Some((end, _)) = description.char_indices().nth(LONGEST)
        {
            description.truncate(end);
            description.push('…');
        }
        entry(sheet, &link);
    }
}
