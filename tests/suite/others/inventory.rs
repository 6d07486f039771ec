//! `objects.inv`. What Sphinx itself makes of it is tested in `tests/sphinx/`.

use std::io::Read;

use super::handbook;
use crate::handbook::Site;

/// The four lines at the top, and the entries.
fn inventory(site: &Site, path: &str) -> (String, Vec<String>) {
    let bytes = &site.outputs[path];
    let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let start = ends.map(|(at, _)| at + 1).nth(3).unwrap();
    let mut entries = String::new();
    flate2::read::ZlibDecoder::new(&bytes[start..]).read_to_string(&mut entries).unwrap();
    (String::from_utf8(bytes[..start].to_vec()).unwrap(), entries.lines().map(str::to_owned).collect())
}

#[test]
fn it_names_everything_by_role_and_for_plain_references() {
    let site = handbook().build();
    let (head, entries) = inventory(&site, "objects.inv");
    assert_eq!(
        head,
        "# Sphinx inventory version 2\n# Project: Our handbook\n# Version: \n# The remainder of this file is compressed using zlib.\n"
    );
    for expected in [
        "slo-targets handbook:practice 1 go/practice/slo-targets/ SLO targets",
        "slo-targets/agreed handbook:criterion 1 go/practice/slo-targets/#agreed Targets are agreed.",
        "slo-targets std:label -1 go/practice/slo-targets/ SLO targets",
        "practice/slo-targets std:label -1 go/practice/slo-targets/ SLO targets",
        "slo-targets/agreed std:label -1 go/practice/slo-targets/#agreed Targets are agreed.",
        "sre handbook:role 1 go/role/sre/ SRE",
        "sre std:label -1 go/role/sre/ SRE",
        "set-targets handbook:playbook 1 go/playbook/set-targets/ Set targets",
        "error-budget handbook:term 1 go/term/error-budget/ Error budget",
        "Error budget std:term -1 go/term/error-budget/ Error budget",
        "allowed failures std:term -1 go/term/error-budget/ allowed failures",
    ] {
        assert!(entries.iter().any(|entry| entry == expected), "no {expected:?} in {entries:#?}");
    }
    for entry in &entries {
        let address = entry.split(" 1 ").chain(entry.split(" -1 ")).find_map(|rest| rest.strip_prefix("go/"));
        let folder = address.unwrap().split(['#', ' ']).next().unwrap();
        site.page(&format!("go/{folder}index.html"));
    }
}

#[test]
fn each_language_has_its_own() {
    let (head, entries) = inventory(&handbook().build(), "ja/objects.inv");
    assert!(head.contains("# Project: 私たちの手引き\n"), "{head}");
    let expected = "slo-targets handbook:practice 1 go/practice/slo-targets/ SLOの目標";
    assert!(entries.iter().any(|entry| entry == expected), "{entries:#?}");
}

#[test]
fn no_name_means_two_things() {
    let site = handbook()
        // A role and a term called as the practice, a term called as another term's other name.
        .file("content/roles/slo-targets.md", "---\ntitle: Target\n---\n")
        .file("content/glossary/budget.md", "---\ntitle: BUDGET\n---\n\nMoney.\n")
        .build();
    let (_, entries) = inventory(&site, "objects.inv");
    let names: Vec<String> = entries
        .iter()
        .filter_map(|entry| entry.split_once(" std:"))
        .map(|(name, rest)| format!("{} {}", name.to_lowercase(), rest.split(' ').next().unwrap()))
        .collect();
    let mut unique = names.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), names.len(), "{names:#?}");
    assert!(entries.contains(&"slo-targets std:label -1 go/practice/slo-targets/ SLO targets".to_owned()));
    assert!(entries.contains(&"role/slo-targets std:label -1 go/role/slo-targets/ Target".to_owned()));
}

#[test]
fn a_title_never_breaks_a_line() {
    let site = handbook().file("content/roles/sre.md", "---\ntitle: |\n  one\n  two\n---\n").build();
    let (_, entries) = inventory(&site, "objects.inv");
    assert!(entries.contains(&"sre handbook:role 1 go/role/sre/ one two".to_owned()), "{entries:#?}");
}
