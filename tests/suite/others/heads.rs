//! Open Graph and JSON-LD in the head of every page.

use serde_json::Value;

use super::{BASE, handbook};
use crate::handbook::{Page, Site};

fn structured(page: &Page) -> Value {
    let (_, rest) = page.text.split_once("<script type=\"application/ld+json\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

fn graph(site: &Site, path: &str) -> Vec<Value> {
    let data = structured(&site.page(path));
    assert_eq!(data["@context"], "https://schema.org");
    data["@graph"].as_array().unwrap().clone()
}

#[test]
fn a_pasted_link_has_a_title_and_a_description() {
    let site = handbook().build();
    site.page("practices/slo/slo-targets/index.html")
        .contains("<meta property=\"og:title\" content=\"SLO targets\">")
        .contains("<meta property=\"og:description\" content=\"How good is good enough.\">")
        .contains("<meta property=\"og:type\" content=\"article\">")
        .contains(&format!("<meta property=\"og:url\" content=\"{BASE}practices/slo/slo-targets/\">"))
        .contains("<meta property=\"og:locale\" content=\"en_GB\">")
        .contains("<meta property=\"og:site_name\" content=\"Our handbook\">");
    // Permalinks are what people paste.
    for path in ["go/practice/slo-targets/index.html", "go/role/sre/index.html", "matrix/index.html"] {
        site.page(path).contains("property=\"og:title\"");
    }
    site.page("ja/practices/slo/slo-targets/index.html").contains("content=\"ja_JP\"");
    // Shown in Japanese surroundings, but written in English.
    site.page("ja/guide/index.html").contains("content=\"en_GB\"");
    site.page("index.html").contains("<meta property=\"og:type\" content=\"website\">");
    let unwritten = handbook().without("content/_index.md").without("content/_index.ja.md").build();
    unwritten.page("index.html").contains("<meta property=\"og:title\" content=\"Our handbook\">");
}

#[test]
fn a_thing_is_an_article_at_its_place() {
    let graph = graph(&handbook().build(), "practices/slo/slo-targets/index.html");
    let [article, breadcrumbs] = graph.as_slice() else { panic!("{graph:#?}") };
    assert_eq!(article["@type"], "TechArticle");
    assert_eq!(article["headline"], "SLO targets");
    assert_eq!(article["dateModified"], "2026-10-02");
    assert_eq!(article["inLanguage"], "en");
    assert_eq!(article["url"], format!("{BASE}practices/slo/slo-targets/"));
    assert_eq!(breadcrumbs["@type"], "BreadcrumbList");
    let items = breadcrumbs["itemListElement"].as_array().unwrap();
    let names: Vec<&str> = items.iter().map(|item| item["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Home", "Practices", "SLOs", "SLO targets"]);
    assert_eq!(items[2]["item"], format!("{BASE}practices/slo/"));
    assert_eq!(items[3]["position"], 4);
}

#[test]
fn a_term_is_defined() {
    let graph = graph(&handbook().build(), "glossary/error-budget/index.html");
    assert_eq!(graph[0]["@type"], "DefinedTerm");
    assert_eq!(graph[0]["name"], "Error budget");
    assert_eq!(graph[0]["alternateName"], serde_json::json!(["budget", "allowed failures"]));
    assert_eq!(graph[0]["description"], "The failures a target allows.");
    assert_eq!(graph[0]["inDefinedTermSet"]["url"], format!("{BASE}glossary/"));
}

#[test]
fn every_page_with_a_place_has_data_that_can_be_read() {
    let site = handbook().build();
    let mut read = 0;
    for (path, _) in site.outputs.iter().filter(|(path, _)| path.ends_with("index.html")) {
        let is_card = path.contains("go/") || path.contains("embed/");
        if !is_card {
            structured(&site.page(path));
            read += 1;
        }
    }
    assert!(read > 30, "{read}");
}

#[test]
fn the_data_cannot_end_its_element() {
    let title = "</script><script>alert(1)</script><!--";
    let site = handbook().file("content/roles/sre.md", format!("---\ntitle: '{title}'\n---\n")).build();
    let page = site.page("roles/sre/index.html").lacks("<script>alert").lacks("<!--");
    assert_eq!(structured(&page)["@graph"][0]["headline"], title);
}

#[test]
fn without_an_address_nothing_is_claimed() {
    let site = handbook().file("handbook.yaml", "title: T\nlanguages: [en, ja]\n").build();
    site.page("roles/sre/index.html").lacks("ld+json").lacks("og:url").contains("og:title");
}
