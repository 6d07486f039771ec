//! What a page is, in the words of <https://schema.org>, for search engines.

use serde_json::{Value, json};

use super::json::json;
use crate::model::{Kind, ThingId};
use crate::render::index::day_of;
use crate::render::page::PageContext;
use crate::render::address;

/// The data block of a thing's page; `None` while the site's address is not known.
pub fn of_thing(cx: &PageContext<'_>, id: ThingId) -> Option<String> {
    let thing = cx.thing(id);
    let text = cx.text(id);
    let summary = &text.summary;
    let folder = address::folder(&thing.address, &summary.lang, cx.handbook().default_language());
    let url = address::absolute(&cx.config.base_url, &folder)?;
    let description = match &summary.common.description {
        Some(description) => description.value.as_str(),
        None => &summary.first_paragraph,
    };
    let mut page = json!({
        "@id": url,
        "url": url,
        "inLanguage": summary.lang.as_str(),
    });
    if !description.is_empty() {
        page["description"] = description.into();
    }
    match thing.kind {
        Kind::Term => {
            let names: Vec<&str> =
                summary.common.also_known_as.iter().map(|name| name.value.as_str()).collect();
            page["@type"] = "DefinedTerm".into();
            page["name"] = summary.title.as_str().into();
            page["alternateName"] = names.into();
            page["inDefinedTermSet"] = glossary(cx);
        }
        Kind::Page if thing.address.is_empty() => {
            page["@type"] = "WebSite".into();
            page["name"] = cx.config.title.get(&summary.lang).map(String::as_str).into();
        }
        _ => {
            page["@type"] = "TechArticle".into();
            page["headline"] = summary.title.as_str().into();
            page["isPartOf"] = site(cx);
            if let Some(day) = day_of(cx.site, thing, text) {
                page["dateModified"] = day.to_string().into();
            }
        }
    }
    Some(graph(cx, page, &thing.address, &summary.title))
}

/// The data block of a generated page.
pub fn generated(cx: &PageContext<'_>, title: &str, address: &str) -> Option<String> {
    let url = address::absolute(&cx.config.base_url, &cx.folder(address))?;
    let page = json!({
        "@type": "CollectionPage",
        "@id": url,
        "url": url,
        "inLanguage": cx.lang.as_str(),
        "name": title,
        "isPartOf": site(cx),
    });
    Some(graph(cx, page, address, title))
}

fn graph(cx: &PageContext<'_>, page: Value, address: &str, title: &str) -> String {
    let graph: Vec<Value> = [Some(page), breadcrumbs(cx, address, title)].into_iter().flatten().collect();
    json(&json!({ "@context": "https://schema.org", "@graph": graph }))
}

fn site(cx: &PageContext<'_>) -> Value {
    json!({
        "@type": "WebSite",
        "name": cx.config.title.get(cx.lang),
        "url": address::absolute(&cx.config.base_url, &cx.folder("")),
    })
}

fn glossary(cx: &PageContext<'_>) -> Value {
    json!({
        "@type": "DefinedTermSet",
        "name": cx.words.get("terms"),
        "url": address::absolute(&cx.config.base_url, &cx.folder("glossary")),
    })
}

/// From the front page to the page itself; the front page has none.
fn breadcrumbs(cx: &PageContext<'_>, address: &str, title: &str) -> Option<Value> {
    let mut crumbs = vec![(title.to_owned(), address)];
    let mut above = address::parent(address);
    above?;
    while let Some(folder) = above {
        let name = match folder {
            "" => cx.words.get("home").to_owned(),
            folder => cx.folder_link(folder).title,
        };
        crumbs.push((name, folder));
        above = address::parent(folder);
    }
    let items = crumbs.iter().rev().enumerate().map(|(position, (name, folder))| {
        json!({
            "@type": "ListItem",
            "position": position + 1,
            "name": name,
            "item": address::absolute(&cx.config.base_url, &cx.folder(folder)),
        })
    });
    Some(json!({ "@type": "BreadcrumbList", "itemListElement": items.collect::<Vec<_>>() }))
}
