//! What a page is, in the words of <https://schema.org>, for search engines.

use serde::Serialize;

use super::json::json;
use crate::model::{Kind, Lang, ThingId};
use crate::render::address;
use crate::render::context::PageContext;
use crate::render::index::day_of;

#[derive(Serialize)]
struct Data<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Node<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Node<'a> {
    Subject(Box<Subject<'a>>),
    Breadcrumbs(Breadcrumbs),
}

/// What the page is about.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Subject<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    url: String,
    in_language: &'a str,
    /// An article has a headline, everything else a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternate_name: Vec<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Whole<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_defined_term_set: Option<Whole<'a>>,
}

/// What it belongs to.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    url: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Breadcrumbs {
    #[serde(rename = "@type")]
    kind: &'static str,
    item_list_element: Vec<Crumb>,
}

#[derive(Serialize)]
struct Crumb {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: String,
    item: String,
}

/// The data block of a thing's page; `None` while the site's address is not known.
pub fn of_thing(cx: &PageContext<'_>, id: ThingId) -> Option<String> {
    let thing = cx.thing(id);
    let text = cx.text(id);
    let summary = &text.summary;
    let common = &summary.common;
    let folder = address::folder(&thing.address, &summary.lang, cx.handbook().default_language());
    let mut subject = Subject {
        description: common.description.as_ref().map_or(&summary.first_paragraph, |text| &text.value),
        ..subject(cx, "TechArticle", &folder, &summary.lang)?
    };
    match thing.kind {
        Kind::Term => {
            subject.kind = "DefinedTerm";
            subject.name = Some(&summary.title);
            subject.alternate_name = common.also_known_as.iter().map(|name| name.value.as_str()).collect();
            subject.in_defined_term_set =
                whole(cx, "DefinedTermSet", cx.words.get("terms"), Kind::Term.folder().unwrap_or_default());
        }
        Kind::Page if thing.address.is_empty() => {
            subject.kind = "WebSite";
            subject.name = cx.config.title.get(&summary.lang).map(String::as_str);
        }
        _ => {
            subject.headline = Some(&summary.title);
            subject.is_part_of = site(cx);
            subject.date_modified = day_of(cx.site, thing, text).map(|day| day.to_string());
        }
    }
    Some(data(cx, subject, &thing.address, &summary.title))
}

/// The data block of a generated page.
pub fn generated(cx: &PageContext<'_>, title: &str, address: &str) -> Option<String> {
    let subject = Subject {
        name: Some(title),
        is_part_of: site(cx),
        ..subject(cx, "CollectionPage", &cx.folder(address), cx.lang)?
    };
    Some(data(cx, subject, address, title))
}

fn subject<'a>(
    cx: &PageContext<'a>,
    kind: &'static str,
    folder: &str,
    lang: &'a Lang,
) -> Option<Subject<'a>> {
    Some(Subject {
        kind,
        url: address::absolute(&cx.config.base_url, folder)?,
        in_language: lang.as_str(),
        headline: None,
        name: None,
        alternate_name: Vec::new(),
        description: "",
        date_modified: None,
        is_part_of: None,
        in_defined_term_set: None,
    })
}

fn data(cx: &PageContext<'_>, subject: Subject<'_>, address: &str, title: &str) -> String {
    let mut graph = vec![Node::Subject(Box::new(subject))];
    // The front page is where every way begins.
    if !address.is_empty() {
        graph.push(Node::Breadcrumbs(breadcrumbs(cx, address, title)));
    }
    json(&Data { context: "https://schema.org", graph })
}

fn site<'a>(cx: &PageContext<'a>) -> Option<Whole<'a>> {
    whole(cx, "WebSite", cx.config.title.get(cx.lang).map_or("", String::as_str), "")
}

fn whole<'a>(cx: &PageContext<'a>, kind: &'static str, name: &'a str, address: &str) -> Option<Whole<'a>> {
    Some(Whole { kind, name, url: address::absolute(&cx.config.base_url, &cx.folder(address))? })
}

/// From the front page to the page itself.
fn breadcrumbs(cx: &PageContext<'_>, address: &str, title: &str) -> Breadcrumbs {
    let mut folders = vec![address];
    while let Some(above) = folders.last().copied().and_then(address::parent) {
        folders.push(above);
    }
    let crumbs = folders.iter().rev().enumerate().map(|(position, folder)| Crumb {
        kind: "ListItem",
        position: position + 1,
        name: match *folder {
            folder if folder == address => title.to_owned(),
            "" => cx.words.get("home").to_owned(),
            folder => cx.folder_link(folder).title,
        },
        item: address::absolute(&cx.config.base_url, &cx.folder(folder)).unwrap_or_default(),
    });
    Breadcrumbs { kind: "BreadcrumbList", item_list_element: crumbs.collect() }
}
