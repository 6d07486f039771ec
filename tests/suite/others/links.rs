//! `links.json`.

use serde_json::{Value, json};

use super::{BASE, handbook};
use crate::handbook::Site;

fn links(site: &Site) -> Value {
    serde_json::from_slice(&site.outputs["links.json"]).unwrap()
}

fn thing<'a>(links: &'a Value, kind: &str, id: &str) -> &'a Value {
    let things = links["things"].as_array().unwrap();
    things.iter().find(|thing| thing["kind"] == kind && thing["id"] == id).unwrap()
}

#[test]
fn it_is_what_its_schema_says() {
    let schema: Value = serde_json::from_str(include_str!("../../../schemas/links.schema.json")).unwrap();
    let good = links(&handbook().build());
    jsonschema::validate(&schema, &good).unwrap();
    let default = shirube::pipeline::make(&shirube::pipeline::Job::new(env!("CARGO_MANIFEST_DIR").as_ref()));
    let outputs = default.unwrap().outputs;
    jsonschema::validate(&schema, &serde_json::from_slice(&outputs["links.json"]).unwrap()).unwrap();
    // A schema that accepts everything would prove nothing.
    let practice = good["things"].as_array().unwrap().iter().position(|thing| thing["id"] == "slo-targets");
    let practice = practice.unwrap();
    for (key, wrong) in [("kind", json!("practise")), ("title", json!({})), ("criteria", json!([{}]))] {
        let mut broken = good.clone();
        broken["things"][practice][key] = wrong;
        assert!(jsonschema::validate(&schema, &broken).is_err(), "{key}");
    }
}

#[test]
fn a_practice_says_everything_that_a_link_needs() {
    let links = links(&handbook().build());
    assert_eq!(links["base_url"], BASE);
    assert_eq!(links["title"], json!({"en": "Our handbook", "ja": "私たちの手引き"}));
    let practice = thing(&links, "practice", "slo-targets");
    assert_eq!(
        practice,
        &json!({
            "kind": "practice",
            "id": "slo-targets",
            "title": {"en": "SLO targets", "ja": "SLOの目標"},
            "url": {
                "en": format!("{BASE}practices/slo/slo-targets/"),
                "ja": format!("{BASE}ja/practices/slo/slo-targets/"),
            },
            "permalink": {
                "en": format!("{BASE}go/practice/slo-targets/"),
                "ja": format!("{BASE}ja/go/practice/slo-targets/"),
            },
            "also_known_as": {"en": ["objectives"], "ja": ["目標値"]},
            "area": "slo",
            "roles": {"lead": ["sre"], "contribute": []},
            "requires": ["sli-design"],
            "criteria": [
                {
                    "id": "written",
                    "level": 2,
                    "text": {"en": "Targets are written."},
                    "permalink": {
                        "en": format!("{BASE}go/practice/slo-targets/#written"),
                        "ja": format!("{BASE}ja/go/practice/slo-targets/#written"),
                    },
                },
                {
                    "id": "agreed",
                    "level": 3,
                    "text": {"en": "Targets are agreed.", "ja": "目標に合意している。"},
                    "permalink": {
                        "en": format!("{BASE}go/practice/slo-targets/#agreed"),
                        "ja": format!("{BASE}ja/go/practice/slo-targets/#agreed"),
                    },
                },
            ],
        })
    );
}

#[test]
fn relations_are_named_as_in_the_front_matter() {
    let links = links(&handbook().build());
    assert_eq!(thing(&links, "playbook", "set-targets")["practices"], json!({"slo-targets": [2, 3]}));
    let postmortem = thing(&links, "postmortem", "2026-06-18-checkout");
    assert_eq!(postmortem["gaps"], json!({"slo-targets": {"criteria": ["agreed"]}}));
    assert_eq!(postmortem["team"], "shop");
    assert_eq!(postmortem["date"], "2026-06-18");
    assert_eq!(
        thing(&links, "path", "first-week")["steps"],
        json!([{"kind": "practice", "id": "slo-targets"}])
    );
    assert_eq!(thing(&links, "assessment", "shop/2026-10-09")["team"], "shop");
    assert_eq!(
        thing(&links, "term", "error-budget")["also_known_as"],
        json!({"en": ["budget", "allowed failures"]})
    );
}

#[test]
fn a_page_without_id_has_an_address_only() {
    let links = links(&handbook().build());
    let things = links["things"].as_array().unwrap();
    let guide = things.iter().find(|thing| thing["title"]["en"] == "A guide").unwrap();
    assert_eq!(
        guide,
        &json!({"kind": "page", "title": {"en": "A guide"}, "url": {"en": format!("{BASE}guide/")}})
    );
}

#[test]
fn every_address_in_it_is_alive_and_relative_where_the_sites_own_is_unknown() {
    for config in [None, Some("title: T\nlanguages: [en, ja]\n")] {
        let mut handbook = handbook();
        if let Some(config) = config {
            handbook = handbook.file("handbook.yaml", config);
        }
        let site = handbook.build();
        let links = links(&site);
        let base = links["base_url"].as_str().unwrap_or_default();
        assert_eq!(base.is_empty(), config.is_some());
        let mut followed = 0;
        for thing in links["things"].as_array().unwrap() {
            let criteria = thing["criteria"].as_array().into_iter().flatten();
            let addresses = criteria.map(|criterion| &criterion["permalink"]);
            for by_language in addresses.chain([&thing["url"], &thing["permalink"]]) {
                for address in
                    by_language.as_object().into_iter().flatten().map(|(_, url)| url.as_str().unwrap())
                {
                    let path = address.strip_prefix(base).unwrap();
                    let (folder, fragment) = path.split_once('#').unwrap_or((path, ""));
                    let folder = folder.trim_start_matches("./");
                    let page = site.page(&format!("{folder}index.html"));
                    assert!(fragment.is_empty() || page.text.contains(&format!("id=\"{fragment}\"")));
                    followed += 1;
                }
            }
        }
        assert!(followed > 30, "{followed}");
    }
}

#[test]
fn nothing_in_it_is_markup() {
    let site = handbook().file("content/roles/sre.md", "---\ntitle: '</script><b>'\n---\n").build();
    site.page("links.json").lacks("<");
    assert_eq!(thing(&links(&site), "role", "sre")["title"]["en"], "</script><b>");
}
