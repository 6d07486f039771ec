//! A second, naive route to what a handbook says: front matter by its lines, links by plain search. It
//! shares nothing with the program, and knows only the YAML that handbooks are usually written in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What the files of a handbook say, by id.
#[derive(Debug, Default)]
pub struct Sources {
    pub practices: BTreeMap<String, Practice>,
    pub playbooks: BTreeMap<String, Playbook>,
    pub postmortems: BTreeMap<String, Postmortem>,
    pub teams: BTreeMap<String, Team>,
    pub paths: BTreeMap<String, ReadingPath>,
    /// Address by role.
    pub roles: BTreeMap<String, String>,
    /// Addresses by level.
    pub levels: BTreeMap<u8, String>,
    /// Practice by the address of the SLO that puts it to use.
    pub slos: BTreeMap<String, String>,
    /// Links in bodies: language, address it stands on, address it leads to, fragment.
    pub links: BTreeSet<(String, String, String, String)>,
    /// Every page's address.
    pub addresses: BTreeSet<String>,
    /// Those that can be read in Japanese.
    pub translated: BTreeSet<String>,
}

#[derive(Debug, Default)]
pub struct Practice {
    pub address: String,
    /// Level, id, who should answer.
    pub criteria: Vec<(u8, String, Vec<String>)>,
    pub lead: Vec<String>,
    pub contribute: Vec<String>,
    pub requires: Vec<String>,
    pub related: Vec<String>,
}

#[derive(Debug, Default)]
pub struct Playbook {
    pub address: String,
    pub practices: BTreeMap<String, Vec<u8>>,
    pub lead: Vec<String>,
    pub contribute: Vec<String>,
}

#[derive(Debug, Default)]
pub struct Postmortem {
    pub address: String,
    pub gaps: BTreeMap<String, Vec<String>>,
    /// Practices that actions improve.
    pub improves: BTreeSet<String>,
    pub team: Option<String>,
}

#[derive(Debug, Default)]
pub struct Team {
    pub address: String,
    /// Practices it set a target for, decided against or has its own form of.
    pub tailors: BTreeSet<String>,
    /// Criteria it decided against: `practice/criterion`.
    pub against: BTreeSet<String>,
}

#[derive(Debug, Default)]
pub struct ReadingPath {
    pub address: String,
    pub roles: Vec<String>,
    /// Addresses.
    pub steps: BTreeSet<String>,
}

/// One file.
struct Source {
    /// Below `content/`.
    path: String,
    lang: &'static str,
    front: String,
    body: String,
}

impl Source {
    /// `practices/slo/slo-targets`, whatever the language.
    fn address(&self) -> String {
        let stem = self.path.trim_end_matches(".md").trim_end_matches(".ja");
        let stem = stem.strip_suffix("_index").unwrap_or(stem);
        stem.trim_end_matches('/').to_owned()
    }

    fn id(&self) -> String {
        self.address().rsplit('/').next().unwrap_or_default().to_owned()
    }

    fn is_index(&self) -> bool {
        self.path.rsplit('/').next().is_some_and(|name| name.starts_with("_index."))
    }
}

/// Reads the `content/` below `root`.
pub fn read(root: &Path) -> Sources {
    let mut files = Vec::new();
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut sources = Sources::default();
    collect(&root.join("content"), "", &mut files, &mut ids, &mut sources.slos);
    sources.translated = files.iter().filter(|file| file.lang == "ja").map(Source::address).collect();
    for file in files.iter().filter(|file| file.lang == "en") {
        sources.addresses.insert(file.address());
        let id = match file.path.split('/').next() {
            Some("levels") => file.id().split_once('-').map_or(file.id(), |(_, id)| id.to_owned()),
            Some("teams") if file.path.contains("/assessments/") => continue,
            _ => file.id(),
        };
        ids.entry(id).or_default().insert(file.address());
    }
    for file in files.iter().filter(|file| file.lang == "en") {
        sources.note(file, &ids);
    }
    for file in &files {
        for target in targets(&file.body) {
            let (target, fragment) =
                target.split_once('#').map_or((target.as_str(), ""), |(target, fragment)| (target, fragment));
            let to = match target.strip_prefix("[[") {
                Some(id) => named(id, &ids),
                None => address(&file.path, target),
            };
            let Some(to) = to.filter(|to| *to != file.address()) else { continue };
            let link = (file.lang.to_owned(), file.address(), to, fragment.to_owned());
            sources.links.insert(link);
        }
    }
    sources
}

fn collect(
    folder: &Path,
    below: &str,
    files: &mut Vec<Source>,
    ids: &mut BTreeMap<String, BTreeSet<String>>,
    slos: &mut BTreeMap<String, String>,
) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        if entry.path().is_dir() {
            collect(&entry.path(), &path, files, ids, slos);
        } else if name.ends_with(".yaml") {
            // The page of an SLO is named after its metadata, beside the file.
            let text = fs::read_to_string(entry.path()).unwrap();
            let mut address = String::new();
            for line in text.lines() {
                if let Some(name) = line.strip_prefix("  name: ") {
                    address = format!("{below}/{name}");
                    ids.entry(name.to_owned()).or_default().insert(address.clone());
                }
                if let Some(practice) = line.trim().strip_prefix("shirube.dev/practice: ") {
                    slos.insert(address.clone(), practice.to_owned());
                }
            }
        } else if name.ends_with(".md") {
            let text = fs::read_to_string(entry.path()).unwrap();
            let parts = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
            let (front, body) = parts.unwrap_or(("", &text));
            let lang = if name.ends_with(".ja.md") { "ja" } else { "en" };
            files.push(Source { path, lang, front: front.to_owned(), body: body.to_owned() });
        }
    }
}

impl Sources {
    fn note(&mut self, file: &Source, ids: &BTreeMap<String, BTreeSet<String>>) {
        let (front, address, id) = (&file.front, file.address(), file.id());
        let roles = |which: &str| {
            let entries = entries(front, "roles");
            entries.iter().find(|(name, _)| name == which).map_or_else(Vec::new, |(_, text)| names(text))
        };
        match file.path.split('/').next() {
            Some("practices") if !file.is_index() => {
                let practice = Practice {
                    address,
                    criteria: criteria(front),
                    lead: roles("lead"),
                    contribute: roles("contribute"),
                    requires: list(front, "requires"),
                    related: list(front, "related"),
                };
                self.practices.insert(id, practice);
            }
            Some("playbooks") if !file.is_index() => {
                let practices = entries(front, "practices").into_iter();
                let levels = |text: &str| names(text).iter().map(|level| level.parse().unwrap()).collect();
                let playbook = Playbook {
                    address,
                    practices: practices.map(|(practice, text)| (practice, levels(&text))).collect(),
                    lead: roles("lead"),
                    contribute: roles("contribute"),
                };
                self.playbooks.insert(id, playbook);
            }
            Some("postmortems") if !file.is_index() => {
                let gap = |text: &str| line_value(text, "criteria: ").map_or_else(Vec::new, names);
                let gaps = entries(front, "gaps").into_iter();
                let actions = block(front, "actions");
                let postmortem = Postmortem {
                    address,
                    gaps: gaps.map(|(practice, text)| (practice, gap(&text))).collect(),
                    team: front.lines().find_map(|line| line.strip_prefix("team: ")).map(str::to_owned),
                    improves: actions
                        .iter()
                        .filter_map(|line| line.trim().strip_prefix("practice: "))
                        .map(str::to_owned)
                        .collect(),
                };
                self.postmortems.insert(id, postmortem);
            }
            Some("teams") if file.is_index() && address != "teams" => {
                let mut team = Team { address, ..Team::default() };
                for key in ["targets", "not_applicable", "adoption"] {
                    for (subject, _) in entries(front, key) {
                        let practice = subject.split('/').next().unwrap_or_default();
                        team.tailors.insert(practice.to_owned());
                        if subject.contains('/') {
                            team.against.insert(subject);
                        }
                    }
                }
                self.teams.insert(id, team);
            }
            Some("onboarding") if !file.is_index() => {
                let steps = block(front, "steps").into_iter();
                let pages = steps.filter_map(|line| line.trim().strip_prefix("- page: "));
                let path = ReadingPath {
                    address,
                    roles: list(front, "roles"),
                    steps: pages.filter_map(|page| named(page, ids)).collect(),
                };
                self.paths.insert(id, path);
            }
            Some("roles") if !file.is_index() => {
                self.roles.insert(id, address);
            }
            Some("levels") if !file.is_index() => {
                let number = id.split('-').next().unwrap_or_default().parse().unwrap();
                self.levels.insert(number, address);
            }
            _ => {}
        }
    }
}

/// `key: [a, b]`.
fn list(front: &str, key: &str) -> Vec<String> {
    let start = format!("{key}: ");
    front.lines().find_map(|line| line.strip_prefix(&start)).map_or_else(Vec::new, names)
}

/// The names in `[a, b]`.
fn names(text: &str) -> Vec<String> {
    let inner = text.split('[').nth(1).and_then(|rest| rest.split(']').next()).unwrap_or_default();
    inner.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The indented lines below `key:`.
fn block<'a>(front: &'a str, key: &str) -> Vec<&'a str> {
    let start = format!("{key}:");
    let below = front.lines().skip_while(|line| line.trim_end() != start).skip(1);
    below.take_while(|line| line.starts_with([' ', '-']) || line.is_empty()).collect()
}

/// The names right below `key:`, each with the rest of its line and the lines below it; also `key: {a: [b]}`.
fn entries(front: &str, key: &str) -> Vec<(String, String)> {
    let flow = format!("{key}: {{");
    if let Some(line) = front.lines().find_map(|line| line.strip_prefix(&flow)) {
        let parts = line.trim_end_matches('}').split("], ");
        return parts
            .filter_map(|part| part.split_once(": "))
            .map(|(name, text)| (name.to_owned(), format!("{text}]")))
            .collect();
    }
    let mut entries: Vec<(String, String)> = Vec::new();
    for line in block(front, key) {
        let own = line.strip_prefix("  ").filter(|line| !line.starts_with([' ', '-']));
        match own.and_then(|line| line.split_once(':')) {
            Some((name, rest)) => entries.push((name.to_owned(), rest.trim().to_owned())),
            None => {
                if let Some((_, text)) = entries.last_mut() {
                    text.push('\n');
                    text.push_str(line);
                }
            }
        }
    }
    entries
}

/// What follows `start` on the first line, or in the first braces, that has it.
fn line_value<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    text.lines().find_map(|line| line.split_once(start)).map(|(_, rest)| rest)
}

fn criteria(front: &str) -> Vec<(u8, String, Vec<String>)> {
    let mut criteria: Vec<(u8, String, Vec<String>)> = Vec::new();
    for (level, text) in entries(front, "criteria") {
        let level: u8 = level.parse().unwrap();
        for line in text.lines().map(str::trim) {
            let id = line.strip_prefix("- id: ").or_else(|| line.strip_prefix("- {id: "));
            if let Some(id) = id {
                let id = id.split([',', '}']).next().unwrap_or_default();
                criteria.push((level, id.trim().to_owned(), Vec::new()));
            }
            let who = line.strip_prefix("who: ").or_else(|| line.split_once(", who: ").map(|(_, who)| who));
            if let (Some(who), Some((_, _, asked))) = (who, criteria.last_mut()) {
                *asked = names(who);
            }
        }
    }
    criteria
}

/// The address of `id` or `kind:id`: the practice of that id, else the only other one.
fn named(name: &str, ids: &BTreeMap<String, BTreeSet<String>>) -> Option<String> {
    let (kind, id) = name.split_once(':').map_or(("", name), |(kind, id)| (kind, id));
    let folder = match kind {
        "term" => "glossary/",
        "practice" | "area" => "practices/",
        "path" => "onboarding/",
        "" => "",
        kind => &format!("{kind}s/"),
    };
    let found: Vec<&String> = ids.get(id)?.iter().filter(|address| address.starts_with(folder)).collect();
    let practice =
        found.iter().find(|address| address.matches('/').count() == 2 && address.starts_with("practices/"));
    practice.or_else(|| found.first()).map(|address| (*address).clone())
}

/// The page that a relative path to a markdown file leads to.
fn address(from: &str, target: &str) -> Option<String> {
    let stem = target.strip_suffix(".md")?;
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in stem.trim_end_matches(".ja").split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            "_index" => {}
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Where the links of a body lead: paths, and ids after `[[`. Code is passed over.
fn targets(body: &str) -> Vec<String> {
    let mut prose = String::new();
    let mut fence: Option<usize> = None;
    for line in body.lines() {
        let ticks = line.trim_start().bytes().take_while(|byte| *byte == b'`').count();
        match fence {
            Some(opened) if ticks >= opened => fence = None,
            None if ticks >= 3 => fence = Some(ticks),
            None => {
                prose.push_str(line);
                prose.push('\n');
            }
            Some(_) => {}
        }
    }
    let prose = prose.split('`').step_by(2).collect::<Vec<_>>().join("\n");
    let after = |start: &'static str, ends: &'static [char]| {
        prose
            .split(start)
            .skip(1)
            .filter_map(|rest| rest.split(ends).next())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let paths = after("](", &[')', ' ']);
    let ids = after("[[", &[']', '|', '\\']).into_iter().map(|id| format!("[[{id}"));
    paths.into_iter().chain(ids).collect()
}
