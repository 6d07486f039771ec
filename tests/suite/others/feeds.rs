//! Atom feeds.

use std::path::Path;
use std::process::Command;

use super::{BASE, handbook};

#[test]
fn postmortems_and_areas_have_feeds_of_their_own() {
    let site = handbook().build();
    site.page("feed.xml").contains("<title>SLO targets</title>").contains("<title>Checkout</title>");
    site.page("postmortems/feed.xml")
        .contains("<title>Our handbook: Postmortems</title>")
        .contains(&format!("<id>{BASE}postmortems/</id>"))
        .contains(&format!("<link rel=\"self\" href=\"{BASE}postmortems/feed.xml\"/>"))
        .contains(&format!("<id>{BASE}go/postmortem/2026-06-18-checkout/</id>"))
        .contains("<updated>2026-06-18T00:00:00Z</updated>")
        .lacks("SLO targets");
    site.page("practices/slo/feed.xml")
        .contains("<title>Our handbook: SLOs</title>")
        .contains(&format!("<id>{BASE}go/area/slo/</id>"))
        .contains(&format!("<id>{BASE}go/practice/slo-targets/</id>"))
        .lacks("Checkout");
    site.page("ja/practices/slo/feed.xml")
        .contains("xml:lang=\"ja\"")
        .contains("<title>SLOの目標</title>")
        .contains(&format!("<id>{BASE}ja/go/practice/slo-targets/</id>"));
}

#[test]
fn pages_name_the_feeds_that_tell_of_them() {
    let site = handbook().build();
    let link = |title: &str, href: &str| {
        format!("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"{title}\" href=\"{href}\">")
    };
    let everything = link("Our handbook", "../../../feed.xml");
    site.page("practices/slo/slo-targets/index.html")
        .contains(&everything)
        .contains(&link("Our handbook: SLOs", "../feed.xml"))
        .lacks("postmortems/feed.xml");
    site.page("postmortems/2026-06-18-checkout/index.html")
        .contains(&link("Our handbook: Postmortems", "../feed.xml"));
    site.page("roles/sre/index.html").contains("../../feed.xml").lacks("slo/feed.xml");
}

#[test]
fn without_an_address_there_are_none() {
    let site = handbook().file("handbook.yaml", "title: T\nlanguages: [en, ja]\n").build();
    assert!(!site.outputs.keys().any(|path| path.ends_with("feed.xml")));
    site.page("roles/sre/index.html").lacks("feed.xml");
}

#[test]
fn what_says_no_day_has_that_of_its_last_change() {
    let handbook = handbook();
    git(handbook.path(), &["init", "--quiet"]);
    git(handbook.path(), &["add", "."]);
    git(handbook.path(), &["commit", "--quiet", "--message", "x"]);
    let site = handbook.build();
    site.page("feed.xml").contains("<title>A guide</title>").contains("<updated>2026-03-04");
    site.page("sitemap.xml").contains("guide/</loc><lastmod>2026-03-04</lastmod>");
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=a", "-c", "user.email=a@example.com"]).args(arguments);
    command.current_dir(folder).env("GIT_AUTHOR_DATE", "2026-03-04T12:00:00Z");
    assert!(command.status().unwrap().success());
}
