//! `sitemap.xml`.

use shirube::pipeline::Workshop;
use shirube::render;

use super::{BASE, handbook};
use crate::handbook::TestHandbook;

#[test]
fn written_and_generated_pages_are_in_it_with_their_languages() {
    let site = handbook().file("content/roles/sre.md", "---\ntitle: SRE\ntags: [people]\n---\n").build();
    let alternates = |address: &str| {
        format!(
            "<xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"{BASE}{address}\"/>\
             <xhtml:link rel=\"alternate\" hreflang=\"ja\" href=\"{BASE}ja/{address}\"/>\
             <xhtml:link rel=\"alternate\" hreflang=\"x-default\" href=\"{BASE}{address}\"/></url>\n"
        )
    };
    let sitemap = site
        .page("sitemap.xml")
        .contains(&format!(
            "<url><loc>{BASE}practices/slo/slo-targets/</loc><lastmod>2026-10-02</lastmod>{}",
            alternates("practices/slo/slo-targets/")
        ))
        .contains(&format!("<url><loc>{BASE}ja/tags/people/</loc>{}", alternates("tags/people/")))
        .contains(&format!("<url><loc>{BASE}tags/</loc>{}", alternates("tags/")))
        // Written in English only.
        .contains(&format!("<url><loc>{BASE}guide/</loc></url>"))
        .lacks(&format!("{BASE}ja/guide/"));
    for unlisted in ["/go/", "docs/search/", "/embed/", "404", ".md<", "/badges/"] {
        assert!(!sitemap.text.contains(unlisted), "{unlisted}");
    }
}

#[test]
fn a_large_site_has_a_list_of_sitemaps() {
    // A page for every tag in every language.
    let tags: Vec<String> = (0..10_001).map(|number| format!("{number:x}")).collect();
    let handbook = TestHandbook::new()
        .file("handbook.yaml", format!("title: T\nbase_url: {BASE}\nlanguages: [en, ja]\n"))
        .file("content/guide.md", format!("---\ntitle: Guide\ntags: [{}]\n---\n", tags.join(",")));
    let ready = Workshop::new(handbook.job()).prepare(None).unwrap();
    let theme = ready.theme.unwrap();
    let plan = render::plan(&ready.site, &ready.config, &theme);
    let made = |path: &str| {
        let planned = plan.find(path).unwrap_or_else(|| panic!("no {path}"));
        let bytes = render::page(planned, &plan, &ready.site, &ready.config, &theme).unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    };
    let index = made("sitemap.xml");
    assert!(index.contains("<sitemapindex "), "{index}");
    assert_eq!(index.matches("<loc>").count(), 2);
    assert!(index.contains(&format!("<sitemap><loc>{BASE}sitemap-2.xml</loc></sitemap>")), "{index}");
    let (first, second) = (made("sitemap-1.xml"), made("sitemap-2.xml"));
    assert_eq!(first.matches("<url>").count(), 20_000);
    // The tags in two languages, the front page, the guide, the list of tags and that of all pages, which are
    // in two as well but for the guide.
    assert_eq!(second.matches("<url>").count(), 20_002 + 7 - 20_000);
}
