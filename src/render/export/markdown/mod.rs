//! `index.md` beside every page: the page as markdown, for language models and other programs.
//!
//! The body is the writer's own source ([`body`]): only what means something to us alone is written
//! anew. What stood in the front matter becomes facts above it and sections below it ([`facts`]).
//! Links lead to other copies, and to pages where a place on them is meant.

mod body;
mod facts;
pub mod lists;
pub mod sheet;

use sheet::{Sheet, at_start, plain};

use crate::model::{Kind, Report, ThingId};
use crate::render::Page;
use crate::render::context::PageContext;

/// The copy of a page; `cx` stands where the copy stands.
pub fn copy(cx: &PageContext<'_>, page: &Page) -> String {
    let mut sheet = Sheet::default();
    match page {
        Page::Thing { thing, .. } => return thing_copy(cx, *thing),
        Page::Home { .. } => {
            let text = |texts: &std::collections::BTreeMap<_, String>| {
                texts.get(cx.lang).cloned().unwrap_or_default()
            };
            head(&mut sheet, &text(&cx.config.title), &text(&cx.config.description));
            lists::sections(cx, &mut sheet);
        }
        Page::Section { address, .. } => {
            head(&mut sheet, &cx.folder_title(address), "");
            lists::folder(cx, &mut sheet, address);
        }
        Page::Report { report, .. } => {
            let title = cx.words.get(&format!("report_{}", report.name())).to_owned();
            head(&mut sheet, &title, cx.words.get(&format!("report_{}_about", report.name())));
            match report {
                Report::Matrix => lists::matrix(cx, &mut sheet),
                // A picture or a long table: it stays where it is.
                _ => sheet.paragraph(&format!("[{}]({})", plain(&title), cx.to(report.address()))),
            }
        }
        Page::History { team, .. } => {
            let title = cx.words.fill("history_of", &[("team", &cx.link(*team).title)]);
            head(&mut sheet, &title, cx.words.get("history_description"));
            lists::history(cx, &mut sheet, *team);
        }
        Page::Assess { .. } => {
            head(&mut sheet, cx.words.get("assess_title"), cx.words.get("assess_description"));
            lists::matrix(cx, &mut sheet);
        }
        Page::Tags { .. } => {
            head(&mut sheet, cx.words.get("tags"), "");
            lists::tags(cx, &mut sheet);
        }
        Page::Tag { slug, .. } => {
            let name = cx.index.tags.get(slug).map_or(slug, |tag| &tag.name);
            head(&mut sheet, &cx.words.fill("tagged", &[("tag", name)]), "");
            lists::tag(cx, &mut sheet, slug);
        }
        // Nothing else has a copy.
        _ => {}
    }
    sheet.text
}

fn thing_copy(cx: &PageContext<'_>, id: ThingId) -> String {
    let text = cx.text(id);
    let summary = &text.summary;
    let description = summary.common.description.as_ref().map_or("", |text| &text.value);
    let around = facts::around(cx, id);
    let body = match cx.thing(id).kind {
        // Its file is no markdown, and stands below as what it is.
        Kind::Slo => String::new(),
        _ => body::body(cx, text, cx.page_links(id)),
    };
    let body = body.trim_start_matches(['\n', '\r']).trim_end();
    let mut sheet = Sheet::default();
    sheet.text.reserve(body.len() + around.above.text.len() + around.below.text.len() + 256);
    head(&mut sheet, &summary.title, description);
    for part in [&around.above.text, body, &around.below.text] {
        sheet.paragraph(part.trim_end());
    }
    sheet.text
}

fn head(sheet: &mut Sheet, title: &str, description: &str) {
    sheet.heading(1, &plain(title));
    if !description.is_empty() {
        sheet.paragraph(&format!("> {}", at_start(&plain(description))));
    }
}
