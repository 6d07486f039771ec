//! The starter handbook: the default handbook, cut down to its starter practices.
//!
//! Kept are the levels, the roles, the practices with `starter: true` and their areas, the playbooks
//! whose first practice is one of these, the SLO that they show, and the terms they link to.
//! Links to what is not kept become plain words. Reviews are left out: nobody of the new handbook has
//! held any. Pages of its own (`src/author/starter/`: the
//! configuration, the home page, a team) take the place of those cut.
//!
//! The texts are ours and tested, so the few forms of links and lists that they use are found by
//! plain search, without a parser; a test checks the result like any handbook.

use std::collections::{BTreeMap, BTreeSet};

/// The SLO that the starter practices include in their text.
const EXAMPLE_SLO: &str = "slos/checkout.yaml";

/// Cuts `files` (path below `content/` → text) down to the starter.
pub fn cut(files: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let kept = kept(files);
    let names = Names::of(files, &kept);
    kept.iter().filter_map(|path| Some((path.clone(), names.reduce(path, files.get(path)?)))).collect()
}

/// The paths that stay.
fn kept(files: &BTreeMap<String, String>) -> BTreeSet<String> {
    let practices: BTreeSet<&str> = files
        .iter()
        .filter(|(path, text)| path.starts_with("practices/") && has_line(text, "starter: true"))
        .map(|(path, _)| stem(path))
        .collect();
    let mut kept: BTreeSet<String> = files
        .iter()
        .filter(|(path, text)| match path.split('/').next().unwrap_or_default() {
            _ if is_section(path) && path.matches('/').count() == 1 => {
                !["onboarding", "postmortems", "guides"].iter().any(|folder| path.starts_with(folder))
            }
            "levels" | "roles" => true,
            "practices" if is_section(path) => {
                let area = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                files.keys().any(|other| {
                    other.strip_prefix(area).is_some_and(|rest| rest.starts_with('/'))
                        && practices.contains(stem(other))
                })
            }
            "practices" => practices.contains(stem(path)),
            "playbooks" => {
                let original = files.get(&format!("playbooks/{}.md", stem(path))).unwrap_or(text);
                helped(original).next().is_some_and(|practice| practices.contains(practice))
            }
            "slos" => path.as_str() == EXAMPLE_SLO,
            _ => false,
        })
        .map(|(path, _)| path.clone())
        .collect();
    let texts = kept.iter().filter_map(|path| files.get(path)).cloned().collect::<String>();
    let terms =
        files.keys().filter(|path| path.starts_with("glossary/") && !is_section(path)).filter(|path| {
            let id = stem(path);
            ["]]", "|", "\\|"].iter().any(|end| {
                texts.contains(&format!("[[{id}{end}")) || texts.contains(&format!("[[term:{id}{end}"))
            }) || texts.contains(&format!("/glossary/{id}.md"))
        });
    let terms: Vec<String> = terms.cloned().collect();
    kept.extend(terms);
    kept
}

/// Who is still there, and what everything is called.
struct Names<'a> {
    kept: &'a BTreeSet<String>,
    /// The titles of all files, by language suffix (empty or `.ja`) and id.
    titles: BTreeMap<(&'a str, &'a str), &'a str>,
    /// The ids that `[[…]]` can still lead to.
    ids: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    fn of(files: &'a BTreeMap<String, String>, kept: &'a BTreeSet<String>) -> Self {
        // Practices come last, because a bare id means the practice.
        let (practices, others): (Vec<_>, Vec<_>) =
            files.iter().partition(|(path, _)| path.starts_with("practices/"));
        let mut titles = BTreeMap::new();
        for (path, text) in others.into_iter().chain(practices) {
            let title = text.lines().find_map(|line| line.strip_prefix("title: ")).unwrap_or_default();
            titles.insert((suffix(path), id(path)), title.trim_matches('"'));
        }
        let mut ids: BTreeSet<&str> = kept.iter().map(|path| id(path)).collect();
        ids.extend(kept.iter().filter_map(|path| slo_name(files.get(path)?)));
        Self { kept, titles, ids }
    }

    /// A page whose links and relations lead only to what is kept.
    fn reduce(&self, path: &str, text: &str) -> String {
        let mut reduced = String::with_capacity(text.len());
        let mut fences = 0;
        let mut in_front_matter = false;
        let mut in_record = false;
        let mut prose = String::new();
        for (number, line) in text.split_inclusive('\n').enumerate() {
            if line.trim_end() == "---" && (number == 0 || in_front_matter) {
                in_front_matter = number == 0;
                reduced.push_str(line);
            } else if in_front_matter {
                in_record = is_record(line) || in_record && line.starts_with(' ');
                if !in_record {
                    reduced.push_str(&self.relation(line));
                }
            } else if line.trim_start().starts_with("```") {
                fences += 1;
                reduced.push_str(&self.unlinked(path, &std::mem::take(&mut prose)));
                reduced.push_str(line);
            } else if fences % 2 == 1 {
                reduced.push_str(line);
            } else {
                prose.push_str(line);
            }
        }
        reduced.push_str(&self.unlinked(path, &prose));
        reduced
    }

    /// A line of front matter; relations to practices that are gone are left out.
    fn relation(&self, line: &str) -> String {
        // A playbook's practices: `  slo-review: [3]`.
        if let Some((practice, levels)) = line.strip_prefix("  ").and_then(|line| line.split_once(": ["))
            && levels.starts_with(|c: char| c.is_ascii_digit())
        {
            return if self.ids.contains(practice) { line.to_owned() } else { String::new() };
        }
        let Some(list) = line.strip_prefix("related: [").and_then(|rest| rest.split(']').next()) else {
            return line.to_owned();
        };
        let left: Vec<&str> = list.split(", ").filter(|id| self.ids.contains(id)).collect();
        if left.is_empty() { String::new() } else { format!("related: [{}]\n", left.join(", ")) }
    }

    /// Prose with links to what is gone turned into their words.
    fn unlinked(&self, path: &str, text: &str) -> String {
        let mut reduced = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('[') {
            let (before, from) = rest.split_at(at);
            reduced.push_str(before);
            let (link, after) = match self.dead_wiki(path, from).or_else(|| self.dead_path(path, from)) {
                Some((words, length)) => (words, &from[length..]),
                None => {
                    let length = if from.starts_with("[[") { 2 } else { 1 };
                    (from[..length].to_owned(), &from[length..])
                }
            };
            reduced.push_str(&link);
            rest = after;
        }
        reduced.push_str(rest);
        reduced
    }

    /// `[[id|words]]` at the beginning of `text`, when the id is gone: the words, and the length of the link.
    fn dead_wiki(&self, path: &str, text: &str) -> Option<(String, usize)> {
        let inner = text.strip_prefix("[[")?.split("]]").next()?;
        let (target, words) = match inner.split_once('|') {
            Some((target, words)) => (target.trim_end_matches('\\'), Some(words)),
            None => (inner, None),
        };
        let id = target.split('#').next()?;
        let id = id.split_once(':').map_or(id, |(_, id)| id);
        if self.ids.contains(id) {
            return None;
        }
        let title = self.titles.get(&(suffix(path), id)).copied();
        Some((words.or(title).unwrap_or(id).to_owned(), inner.len() + 4))
    }

    /// `[words](path.md)` at the beginning of `text`, when the file is gone.
    fn dead_path(&self, path: &str, text: &str) -> Option<(String, usize)> {
        let (words, rest) = text.strip_prefix('[')?.split_once("](")?;
        let target = rest.split(')').next()?;
        let file = target.split('#').next()?;
        if words.contains(']') || !file.ends_with(".md") {
            return None;
        }
        let mut place: Vec<&str> = path.split('/').collect();
        place.pop();
        for step in file.split('/') {
            match step {
                ".." => drop(place.pop()),
                "." => {}
                step => place.push(step),
            }
        }
        if self.kept.contains(&place.join("/")) {
            return None;
        }
        Some((words.to_owned(), words.len() + target.len() + 4))
    }
}

/// Whether a line of front matter begins what was recorded about the whole page.
fn is_record(line: &str) -> bool {
    ["reviewed:", "reviewed_against:", "translated_from:"].iter().any(|key| line.starts_with(key))
}

/// The practices that a playbook's front matter names, the one it is most about first.
fn helped(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().skip_while(|line| *line != "practices:").skip(1);
    let names = lines.take_while(|line| line.starts_with("  "));
    names.filter_map(|line| Some(line.trim().split_once(':')?.0))
}

/// `metadata.name` of an OpenSLO document.
fn slo_name(text: &str) -> Option<&str> {
    text.lines().skip_while(|line| *line != "metadata:").nth(1)?.strip_prefix("  name: ")
}

fn has_line(text: &str, wanted: &str) -> bool {
    text.lines().any(|line| line == wanted)
}

fn is_section(path: &str) -> bool {
    stem(path) == "_index"
}

/// `slo/sli-design.ja.md` → `sli-design`
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name)
}

/// `slo/sli-design.ja.md` → `.ja`
fn suffix(path: &str) -> &str {
    if path.ends_with(".ja.md") { ".ja" } else { "" }
}

/// The id of the page: its name, its folder's for an introduction, a level's without the number.
fn id(path: &str) -> &str {
    match stem(path) {
        "_index" => path.rsplit('/').nth(1).unwrap_or_default(),
        stem if path.starts_with("levels/") => stem.split_once('-').map_or(stem, |(_, id)| id),
        stem => stem,
    }
}
