//! What the pages show is what the files say, by a second route that shares nothing with the program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value, json};
use shirube::pipeline::{self, Job};

use super::html::{between, in_order, links, pieces, text};
use super::sources::{self, Sources};
use crate::handbook::Site;

#[test]
fn the_default_handbook_shows_what_its_files_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut job = Job::new(root);
    job.today = Some(jiff::civil::date(2026, 11, 20));
    let site = Site { outputs: pipeline::make(&job).unwrap().outputs };
    compare(&sources::read(root), &site);
}

#[test]
fn a_small_handbook_shows_what_its_files_say() {
    let handbook = super::small();
    compare(&sources::read(handbook.path()), &handbook.build());
}

/// That the second route finds what there is, in case both were blind.
#[test]
fn the_second_route_sees() {
    let sources = sources::read(super::small().path());
    assert_eq!(sources.practices.len(), 4);
    assert_eq!(sources.practices["slo-targets"].criteria.len(), 3);
    assert_eq!(sources.practices["slo-targets"].requires, ["sli-design"]);
    assert_eq!(sources.playbooks["workshop"].practices["slo-targets"], [2, 3]);
    assert_eq!(sources.postmortems["2026-06-18-checkout"].gaps["slo-targets"], ["agreed"]);
    assert!(sources.teams["checkout"].against.contains("slo-targets/written"));
    assert!(
        sources.links.iter().any(|(_, _, to, fragment)| to.ends_with("slo-targets") && fragment == "agreed")
    );
}

fn compare(sources: &Sources, site: &Site) {
    matrix(sources, site);
    levels(sources, site);
    roles(sources, site);
    coverage(sources, site);
    by_practice(sources, site);
    by_gap(sources, site);
    graph(sources, site);
    practices(sources, site);
    reading_paths(sources, site);
    backlinks(sources, site);
    both_ends(sources, site);
    links_json(sources, site);
}

type Set = BTreeSet<String>;

fn page(site: &Site, address: &str) -> (String, String) {
    let path = format!("{address}/index.html");
    let text = site.page(&path).text;
    (path, text)
}

fn section(html: &str, anchor: &str) -> String {
    between(html, &format!("<h2 id=\"{anchor}\">"), "</section>").to_owned()
}

/// Practices of some playbooks' front matter: level → playbooks.
fn playbooks_for<'a>(sources: &'a Sources, practice: &str) -> BTreeMap<u8, BTreeSet<&'a str>> {
    let mut by_level: BTreeMap<u8, BTreeSet<&str>> = BTreeMap::new();
    for playbook in sources.playbooks.values() {
        for level in playbook.practices.get(practice).into_iter().flatten() {
            by_level.entry(*level).or_default().insert(&playbook.address);
        }
    }
    by_level
}

fn matrix(sources: &Sources, site: &Site) {
    let (path, html) = page(site, "matrix");
    let mut shown = BTreeMap::new();
    for cell in pieces(&html, "<a class=\"cell", "</a>") {
        let href = in_order(&path, cell).remove(0);
        let count: usize = cell.rsplit('>').next().unwrap().parse().unwrap();
        shown.insert(href, count);
    }
    let mut said: BTreeMap<String, usize> = BTreeMap::new();
    for practice in sources.practices.values() {
        for (level, _, _) in &practice.criteria {
            *said.entry(format!("{}/#level-{level}", practice.address)).or_default() += 1;
        }
    }
    assert_eq!(shown, said, "matrix");
}

fn levels(sources: &Sources, site: &Site) {
    for (number, address) in &sources.levels {
        let (path, html) = page(site, address);
        let shown: Set = pieces(&html, "<p class=\"text\"", "</p>").flat_map(|p| links(&path, p)).collect();
        let said: Set = sources
            .practices
            .values()
            .flat_map(|practice| {
                let here = practice.criteria.iter().filter(|(level, _, _)| level == number);
                here.map(|(_, id, _)| format!("{}/#{id}", practice.address))
            })
            .collect();
        assert_eq!(shown, said, "criteria of {address}");
        let shown: BTreeMap<String, Set> = pieces(&html, "<h4>", "<h")
            .map(|line| {
                let practice = in_order(&path, line.split("</a>").next().unwrap()).remove(0);
                (practice, links(&path, between(line, "<p class=\"minor\">Playbooks that help", "</p>")))
            })
            .filter(|(_, playbooks)| !playbooks.is_empty())
            .collect();
        let said: BTreeMap<String, Set> = sources
            .practices
            .iter()
            .filter_map(|(id, practice)| {
                let playbooks = playbooks_for(sources, id).remove(number)?;
                let playbooks = playbooks.iter().map(|address| format!("{address}/")).collect();
                Some((format!("{}/", practice.address), playbooks))
            })
            .collect();
        assert_eq!(shown, said, "playbooks of {address}");
    }
}

fn roles(sources: &Sources, site: &Site) {
    for (role, address) in &sources.roles {
        let (path, html) = page(site, address);
        let shown = |anchor: &str| links(&path, &section(&html, anchor));
        let practices = |has: &dyn Fn(&sources::Practice) -> bool| -> Set {
            let practices = sources.practices.values().filter(|practice| has(practice));
            practices.map(|practice| format!("{}/", practice.address)).collect()
        };
        assert_eq!(shown("section-leads"), practices(&|p| p.lead.contains(role)), "led by {role}");
        assert_eq!(
            shown("section-contributes"),
            practices(&|p| p.contribute.contains(role)),
            "helped by {role}"
        );
        let playbooks: Set = sources
            .playbooks
            .values()
            .filter(|playbook| playbook.lead.contains(role) || playbook.contribute.contains(role))
            .map(|playbook| format!("{}/", playbook.address))
            .collect();
        assert_eq!(shown("section-playbooks"), playbooks, "playbooks of {role}");
        let paths: Set = sources
            .paths
            .values()
            .filter(|reading| reading.roles.contains(role))
            .map(|reading| format!("{}/", reading.address))
            .collect();
        assert_eq!(shown("section-paths"), paths, "paths of {role}");
        let answers = section(&html, "section-answers");
        let shown: BTreeMap<String, usize> = pieces(&answers, "<li>", "</li>")
            .map(|item| {
                let count = between(item, "<span class=\"count\">", "<").parse().unwrap();
                (in_order(&path, item).remove(0).replace("#section-criteria", ""), count)
            })
            .collect();
        let said: BTreeMap<String, usize> = sources
            .practices
            .values()
            .map(|practice| {
                let asked = practice.criteria.iter().filter(|(_, _, who)| who.contains(role));
                (format!("{}/", practice.address), asked.count())
            })
            .filter(|(_, asked)| *asked > 0)
            .collect();
        assert_eq!(shown, said, "criteria that {role} answers");
    }
}

/// For every practice, the text of each cell of its row.
fn coverage(sources: &Sources, site: &Site) {
    let (path, html) = page(site, "coverage");
    let mut levels: BTreeSet<u8> = sources.levels.keys().skip(1).copied().collect();
    levels.extend(sources.practices.values().flat_map(|p| p.criteria.iter().map(|(level, _, _)| *level)));
    let rows: BTreeMap<String, Vec<&str>> = pieces(&html, "<tr id=\"practice-", "</tr>")
        .map(|row| {
            (row.split('"').next().unwrap().to_owned(), pieces(row, "<td", "</td>").collect::<Vec<&str>>())
        })
        .collect();
    assert_eq!(rows.keys().collect::<Vec<_>>(), sources.practices.keys().collect::<Vec<_>>());
    for (id, practice) in &sources.practices {
        let cells = &rows[id];
        let playbooks = playbooks_for(sources, id);
        for (column, level) in levels.iter().enumerate() {
            let count = practice.criteria.iter().filter(|(other, _, _)| other == level).count();
            let helping = playbooks.get(level).map_or(0, BTreeSet::len);
            let number = |n: usize, lacking: bool| match n {
                0 if lacking => "none".to_owned(),
                0 => String::new(),
                n => n.to_string(),
            };
            let lowest = sources.levels.keys().next() == Some(level);
            let said = [number(count, !lowest), number(helping, count > 0)];
            let shown = [2 * column, 2 * column + 1]
                .map(|at| text(cells[at].split_once('>').map_or("", |(_, cell)| cell)));
            assert_eq!(shown, said, "coverage of {id} at level {level}");
        }
        let led: Set = practice.lead.iter().map(|role| format!("{}/", sources.roles[role])).collect();
        assert_eq!(links(&path, cells[2 * levels.len()]), led, "who leads {id}");
    }
}

fn by_practice(sources: &Sources, site: &Site) {
    let (path, html) = page(site, "playbooks/by-practice");
    let columns: Vec<String> = in_order(&path, between(&html, "<thead>", "</thead>"));
    for row in pieces(&html, "<tr id=\"practice-", "</tr>") {
        let id = row.split('"').next().unwrap();
        let playbooks = playbooks_for(sources, id);
        for (column, cell) in columns.iter().zip(pieces(row, "<td>", "</td>")) {
            let (level, _) =
                sources.levels.iter().find(|(_, address)| format!("{address}/") == *column).unwrap();
            let said: Set =
                playbooks.get(level).into_iter().flatten().map(|address| format!("{address}/")).collect();
            assert_eq!(links(&path, cell), said, "playbooks of {id} for level {level}");
        }
    }
}

/// practice → criterion, or nothing for the practice as a whole → postmortems
type Gaps = BTreeMap<String, BTreeMap<String, Set>>;

fn by_gap(sources: &Sources, site: &Site) {
    let (path, html) = page(site, "postmortems/by-gap");
    let mut said = Gaps::new();
    for postmortem in sources.postmortems.values() {
        for (practice, criteria) in &postmortem.gaps {
            let practice = said.entry(format!("{}/", sources.practices[practice].address)).or_default();
            let mut note = |criterion: &str| {
                practice.entry(criterion.to_owned()).or_default().insert(format!("{}/", postmortem.address));
            };
            criteria.iter().for_each(|criterion| note(criterion));
            if criteria.is_empty() {
                note("");
            }
        }
    }
    let mut shown = Gaps::new();
    for group in pieces(&html, "<tbody id=\"practice-", "</tbody>") {
        let mut rows = pieces(group, "<tr", "</tr>");
        let head = rows.next().unwrap();
        let practice = in_order(&path, head).remove(0);
        let count: usize = between(head, "<span class=\"count\">", " ").parse().unwrap();
        let rows: BTreeMap<String, Set> = rows
            .map(|row| {
                let criterion = in_order(&path, between(row, "<th scope=\"row\">", "</th>"));
                let criterion = criterion.first().and_then(|href| href.split('#').nth(1)).unwrap_or_default();
                (criterion.to_owned(), links(&path, between(row, "</th>", "</table>")))
            })
            .collect();
        let all: Set = rows.values().flatten().cloned().collect();
        assert_eq!(count, all.len(), "postmortems that point at {practice}");
        shown.insert(practice, rows);
    }
    assert_eq!(shown, said, "postmortems by gap");
}

fn graph(sources: &Sources, site: &Site) {
    let (path, html) = page(site, "graph");
    let address = |id: &String| format!("{}/", sources.practices[id].address);
    let mut said: BTreeMap<String, [Set; 2]> = BTreeMap::new();
    for (id, practice) in &sources.practices {
        for need in &practice.requires {
            said.entry(address(id)).or_default()[0].insert(address(need));
            said.entry(address(need)).or_default()[1].insert(address(id));
        }
    }
    let table = between(&html, "<details", "</details>");
    let shown: BTreeMap<String, [Set; 2]> = pieces(table, "<tr><th scope=\"row\">", "</tr>")
        .map(|row| {
            let cells: Vec<&str> = row.split("<td>").collect();
            let practice = in_order(&path, cells[0]).remove(0);
            (practice, [links(&path, cells[1]), links(&path, cells[2])])
        })
        .collect();
    assert_eq!(shown, said, "prerequisites as a table");
    // The drawing has a node for each, with as many lines as it has needs.
    let drawn: BTreeMap<String, usize> = pieces(&html, "<g class=\"node\"", "</g>")
        .map(|node| (in_order(&path, node).remove(0), node.matches("<path").count()))
        .collect();
    let needs: BTreeMap<String, usize> =
        said.iter().map(|(practice, [needs, _])| (practice.clone(), needs.len())).collect();
    assert_eq!(drawn, needs, "prerequisites as a drawing");
}

fn practices(sources: &Sources, site: &Site) {
    for (id, practice) in &sources.practices {
        let (path, html) = page(site, &practice.address);
        let address = |id: &String| format!("{}/", sources.practices[id].address);
        let fact = |name: &str| {
            let links = links(&path, between(&html, &format!("<dt>{name}</dt>"), "</dd>"));
            links.into_iter().filter(|link| !link.starts_with("graph/")).collect::<Set>()
        };
        let needs: Set = practice.requires.iter().map(address).collect();
        assert_eq!(fact("Needs first"), needs, "what {id} needs");
        let unlocks = sources.practices.iter().filter(|(_, other)| other.requires.contains(id));
        assert_eq!(fact("Opens the way to"), unlocks.map(|(other, _)| address(other)).collect(), "{id}");

        let postmortems = |has: &dyn Fn(&sources::Postmortem) -> bool| -> Set {
            let postmortems = sources.postmortems.values().filter(|postmortem| has(postmortem));
            postmortems.map(|postmortem| format!("{}/", postmortem.address)).collect()
        };
        let shown = |anchor: &str, folder: &str| -> Set {
            let links = links(&path, &section(&html, anchor)).into_iter();
            links.filter(|link| link.starts_with(folder) && !link.contains('#')).collect()
        };
        assert_eq!(
            shown("section-postmortems", "postmortems/"),
            postmortems(&|p| p.gaps.contains_key(id)),
            "{id}"
        );
        assert_eq!(
            shown("section-actions", "postmortems/"),
            postmortems(&|p| p.improves.contains(id)),
            "{id}"
        );
        let teams: Set = sources
            .teams
            .values()
            .filter(|team| team.tailors.contains(id))
            .map(|team| format!("{}/", team.address))
            .collect();
        let shown = links(&path, &section(&html, "section-teams"));
        assert!(teams.is_subset(&shown), "teams that tailor {id}: {teams:?}, shown are {shown:?}");

        for (_, criterion, _) in &practice.criteria {
            let item = between(&html, &format!("<li id=\"{criterion}\">"), "</li>");
            let shown: Set =
                pieces(item, "<p class=\"use\">", "</p>").flat_map(|p| links(&path, p)).collect();
            let mut said = postmortems(&|p| p.gaps.get(id).is_some_and(|gap| gap.contains(criterion)));
            let against = format!("{id}/{criterion}");
            said.extend(
                sources
                    .teams
                    .values()
                    .filter(|team| team.against.contains(&against))
                    .map(|team| format!("{}/", team.address)),
            );
            said.extend(
                sources
                    .links
                    .iter()
                    .filter(|(lang, _, to, fragment)| {
                        lang == "en" && *to == practice.address && fragment == criterion
                    })
                    .map(|(_, from, _, _)| format!("{from}/")),
            );
            assert_eq!(shown, said, "who uses {against}");
        }
    }
}

fn reading_paths(sources: &Sources, site: &Site) {
    for address in &sources.addresses {
        if address.is_empty() {
            continue;
        }
        let (path, html) = page(site, address);
        let said: Set = sources
            .paths
            .values()
            .filter(|reading| reading.steps.contains(address))
            .map(|reading| format!("{}/", reading.address))
            .collect();
        let facts = between(&html, "<dl class=\"facts\">", "</dl>");
        let shown = links(&path, between(facts, "<dt>Reading paths</dt>", "</dd>"));
        assert_eq!(shown, said, "reading paths of {address}");
    }
}

fn backlinks(sources: &Sources, site: &Site) {
    for lang in ["en", "ja"] {
        let root = if lang == "en" { "" } else { "ja/" };
        for address in sources.addresses.iter().filter(|address| !address.is_empty()) {
            let (path, html) = page(site, &format!("{root}{address}"));
            let list = between(&html, "<section class=\"backlinks\">", "</section>");
            let shown: Set = pieces(list, "<li><a ", "</a>").flat_map(|link| links(&path, link)).collect();
            let said: Set = sources
                .links
                .iter()
                .filter(|(other, from, to, _)| {
                    let shown = if lang == "ja" && sources.translated.contains(from) { "ja" } else { "en" };
                    other == shown && to == address
                })
                .map(|(_, from, _, _)| match from.as_str() {
                    "" => root.to_owned(),
                    from => format!("{root}{from}/"),
                })
                .collect();
            assert_eq!(shown, said, "backlinks of {root}{address}");
        }
    }
}

/// Whatever front matter joins, each of the two pages leads to the other.
fn both_ends(sources: &Sources, site: &Site) {
    let practice = |id: &String| sources.practices[id].address.as_str();
    let role = |id: &String| sources.roles[id].as_str();
    let mut joined: Vec<(&str, &str)> = Vec::new();
    for one in sources.practices.values() {
        let (area, _) = one.address.rsplit_once('/').unwrap();
        joined.push((&one.address, area));
        joined.extend(
            one.requires.iter().chain(&one.related).map(|other| (one.address.as_str(), practice(other))),
        );
        let asked = one.criteria.iter().flat_map(|(_, _, who)| who);
        joined.extend(
            one.lead.iter().chain(&one.contribute).chain(asked).map(|id| (one.address.as_str(), role(id))),
        );
    }
    for one in sources.playbooks.values() {
        joined.extend(one.practices.keys().map(|id| (one.address.as_str(), practice(id))));
        joined.extend(one.lead.iter().chain(&one.contribute).map(|id| (one.address.as_str(), role(id))));
    }
    for one in sources.postmortems.values() {
        joined.extend(one.gaps.keys().chain(&one.improves).map(|id| (one.address.as_str(), practice(id))));
        joined
            .extend(one.team.iter().map(|team| (one.address.as_str(), sources.teams[team].address.as_str())));
    }
    for one in sources.teams.values() {
        joined.extend(one.tailors.iter().map(|id| (one.address.as_str(), practice(id))));
    }
    for one in sources.paths.values() {
        joined.extend(one.roles.iter().map(|id| (one.address.as_str(), role(id))));
        joined.extend(one.steps.iter().map(|step| (one.address.as_str(), step.as_str())));
    }
    joined.extend(sources.slos.iter().map(|(slo, id)| (slo.as_str(), practice(id))));
    assert!(joined.len() > 30, "{} relations", joined.len());
    let mut shown: BTreeMap<&str, Set> = BTreeMap::new();
    for (one, other) in joined.iter().flat_map(|(from, to)| [(*from, *to), (*to, *from)]) {
        let links = shown.entry(one).or_insert_with(|| {
            let (path, html) = page(site, one);
            // Without the menus before and after.
            let links = links(&path, between(&html, "<main", "<footer"));
            links.iter().map(|link| link.split('#').next().unwrap().to_owned()).collect()
        });
        assert!(links.contains(&format!("{other}/")), "{one} does not lead to {other}");
    }
}

/// `links.json` says of each thing what the files say, and so what the pages show.
fn links_json(sources: &Sources, site: &Site) {
    let all: Value = serde_json::from_str(&site.page("links.json").text).unwrap();
    let base = all["base_url"].as_str().unwrap_or_default();
    let things = all["things"].as_array().unwrap();
    let address = |thing: &Value| -> String {
        let url = thing["url"]["en"].as_str().unwrap().strip_prefix(base).unwrap();
        url.trim_end_matches('/').trim_start_matches('.').to_owned()
    };
    let listed: Vec<String> = things.iter().map(address).collect();
    let mut written: Vec<String> = sources.addresses.iter().chain(sources.slos.keys()).cloned().collect();
    let mut sorted = listed.clone();
    sorted.sort_unstable();
    written.sort_unstable();
    assert_eq!(sorted, written, "pages in links.json");
    let places: BTreeMap<(&str, &str), &str> = things
        .iter()
        .zip(&listed)
        .filter_map(|(thing, at)| Some(((thing["kind"].as_str()?, thing["id"].as_str()?), at.as_str())))
        .collect();
    for (thing, at) in things.iter().zip(&listed) {
        // Each page is named in the languages that it is written in.
        for key in ["title", "url"] {
            assert_eq!(thing[key].get("ja").is_some(), sources.translated.contains(at), "{key} of {at}");
        }
        let said = match thing["kind"].as_str().unwrap() {
            "practice" => practice_said(sources, thing["id"].as_str().unwrap()),
            "playbook" => {
                let one = sources.playbooks.values().find(|one| one.address == *at).unwrap();
                json!({"practices": one.practices, "roles": roles_said(&one.lead, &one.contribute)})
            }
            "postmortem" => {
                let one = sources.postmortems.values().find(|one| one.address == *at).unwrap();
                let gaps = one.gaps.iter().map(|(id, gap)| (id.clone(), json!({"criteria": gap})));
                json!({"gaps": gaps.collect::<serde_json::Map<_, _>>(), "team": one.team})
            }
            "path" => {
                let one = sources.paths.values().find(|one| one.address == *at).unwrap();
                let steps = thing["steps"].as_array().unwrap().iter();
                let place = |step: &Value| {
                    places[&(step["kind"].as_str().unwrap(), step["id"].as_str().unwrap())].to_owned()
                };
                assert_eq!(steps.map(place).collect::<Set>(), one.steps, "steps of {at}");
                continue;
            }
            "slo" => json!({"practice": sources.slos[at]}),
            "level" => {
                let (number, _) = sources.levels.iter().find(|(_, level)| *level == at).unwrap();
                json!({"level": number})
            }
            _ => continue,
        };
        for (key, said) in said.as_object().unwrap() {
            assert_eq!(&in_any_order(&thing[key]), &in_any_order(said), "`{key}` of {at}");
        }
    }
}

fn practice_said(sources: &Sources, id: &str) -> Value {
    let one = &sources.practices[id];
    let area = one.address.rsplit('/').nth(1).unwrap();
    let criteria = one.criteria.iter().map(|(level, id, _)| json!({"id": id, "level": level}));
    json!({
        "area": area,
        "requires": one.requires,
        "related": one.related,
        "roles": roles_said(&one.lead, &one.contribute),
        "criteria": criteria.collect::<Vec<_>>(),
    })
}

fn roles_said(lead: &[String], contribute: &[String]) -> Value {
    json!({"lead": lead, "contribute": contribute})
}

/// Lists sorted, empty ones and nothing alike, and of criteria only what the second route reads.
fn in_any_order(value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(in_any_order).collect();
            items.sort_by_key(Value::to_string);
            if items.is_empty() { Value::Null } else { Value::Array(items) }
        }
        Value::Object(entries) => {
            let kept = entries.iter().filter(|(key, _)| !["text", "permalink"].contains(&key.as_str()));
            let kept: serde_json::Map<_, _> =
                kept.map(|(key, value)| (key.clone(), in_any_order(value))).collect();
            if kept.is_empty() { Value::Null } else { Value::Object(kept) }
        }
        other => other.clone(),
    }
}
