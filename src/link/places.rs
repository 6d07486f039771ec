//! What stands where: source files and addresses, as links name them.

use crate::diag::Name;
use crate::link::aliases::Aliases;
use crate::model::{Fate, Fields, Handbook, HiddenReason, Kind, Report, Retired, Succession, ThingId};

/// What a path leads to.
#[derive(Clone, Debug, PartialEq)]
pub enum Place<'a> {
    Thing(ThingId),
    /// A copied file, at this address.
    Asset(String),
    /// A page that templates make, at this address.
    Generated(String),
    Hidden(HiddenReason),
    /// The permalink of something that was given up, by kind and id.
    Retired {
        kind: Kind,
        id: String,
        entry: &'a Name,
        why: &'a Retired,
    },
    /// The path climbs out of the content.
    Outside,
    Nothing,
}

/// Look-ups over a handbook.
pub struct Places<'a> {
    handbook: &'a Handbook,
    pub succession: &'a Succession,
    aliases: &'a Aliases,
}

impl<'a> Places<'a> {
    pub fn of(handbook: &'a Handbook, succession: &'a Succession, aliases: &'a Aliases) -> Self {
        Self { handbook, succession, aliases }
    }

    /// What `path` means on a page whose source is `file` (`content/playbooks/x.md`): relative to
    /// the source's folder, so that it works where the sources are read, or from the content's root
    /// with a leading slash.
    pub fn find(&self, file: &str, path: &str) -> Place<'a> {
        let Some(joined) = join(file, path) else { return Place::Outside };
        let handbook = self.handbook;
        let source = format!("content/{joined}");
        if let Some(thing) = handbook.by_file.get(source.as_str()) {
            return Place::Thing(*thing);
        }
        if let Some(reason) = handbook.hidden.by_file.get(source.as_str()) {
            return Place::Hidden(*reason);
        }
        if handbook.assets.contains_key(&joined) {
            return Place::Asset(joined);
        }
        // Published addresses, as people copy them from the browser.
        let address = joined
            .strip_suffix("index.html")
            .or_else(|| joined.strip_suffix(".html"))
            .unwrap_or(&joined)
            .trim_end_matches('/');
        let without_language = match address.split_once('/') {
            Some((first, rest)) if self.is_language(first) => rest,
            None if self.is_language(address) => "",
            _ => address,
        };
        for address in [address, without_language] {
            if let Some(thing) = handbook.by_address.get(address) {
                return Place::Thing(*thing);
            }
            if let Some(reason) = handbook.hidden.by_address.get(address) {
                return Place::Hidden(*reason);
            }
        }
        for address in [without_language, &joined] {
            let alias = (handbook.default_language().clone(), address.to_owned());
            if let Some(old) = self.aliases.get(&alias).and_then(|claims| claims.first()) {
                return Place::Thing(old.thing);
            }
        }
        if let Some(permalink) = without_language.strip_prefix("go/") {
            let (kind, id) = match permalink.split_once('/') {
                Some((kind, id)) => (Kind::from_name(kind), id),
                None => (Some(Kind::Practice), permalink),
            };
            return kind.map_or(Place::Nothing, |kind| self.permalink(kind, id));
        }
        if is_generated(without_language) || self.is_sheet(without_language) {
            return Place::Generated(without_language.to_owned());
        }
        Place::Nothing
    }

    /// Whether `address` is a self-assessment, of everybody or of a team, or what one needs to lead one.
    fn is_sheet(&self, address: &str) -> bool {
        let asked = |practice: &crate::model::Thing| matches!(practice.fields(), Fields::Practice(fields) if !fields.criteria.is_empty());
        let exists = match address.strip_prefix("assess/") {
            Some(team) => self.handbook.find(Kind::Team, team).is_some(),
            // Which scopes there are is known only when pages are; the list of them always is.
            None => matches!(address, "assess" | "facilitation"),
        };
        exists && self.handbook.of_kind(Kind::Practice).any(|(_, practice)| asked(practice))
    }

    /// What a permalink leads to; one that was published once leads somewhere for ever.
    fn permalink(&self, kind: Kind, id: &str) -> Place<'a> {
        if let Some(thing) = self.handbook.find(kind, id) {
            return Place::Thing(thing);
        }
        match self.succession.fate(self.handbook, Some(kind), id) {
            Some(Fate::Renamed(thing)) => Place::Thing(thing),
            Some(Fate::Retired(entry, why)) => match self.succession.tombstone(self.handbook, Some(kind), id)
            {
                Some((kind, id)) => Place::Retired { kind, id, entry, why },
                None => Place::Nothing,
            },
            Some(Fate::Hidden(reason)) => Place::Hidden(reason),
            None => Place::Nothing,
        }
    }

    fn is_language(&self, name: &str) -> bool {
        self.handbook.languages.iter().any(|lang| lang.as_str() == name)
    }

    /// The path from `file` to what the file at `path` was renamed to, as its id was.
    pub fn renamed(&self, file: &str, path: &str) -> Option<String> {
        let name = path.rsplit('/').find(|part| !part.is_empty())?;
        let id = name.split('.').next()?;
        match self.succession.fate(self.handbook, None, id)? {
            Fate::Renamed(thing) => {
                let new = &self.handbook.thing(thing).original().summary.file;
                Some(relative(file, new.strip_prefix("content/")?))
            }
            Fate::Retired(..) | Fate::Hidden(_) => None,
        }
    }

    /// Paths from `file` to every source and asset, for suggestions.
    pub fn candidates(&self, file: &str) -> Vec<String> {
        let sources = self.handbook.by_file.keys().filter_map(|path| path.strip_prefix("content/"));
        sources.chain(self.handbook.assets.keys().map(String::as_str)).map(|to| relative(file, to)).collect()
    }
}

/// Pages that templates make. Whether this very site has one is seen when it is finished.
fn is_generated(address: &str) -> bool {
    Kind::ALL.iter().any(|kind| kind.folder() == Some(address))
        || Report::at(address).is_some()
        || is_history(address)
        || matches!(address, "tags" | "feed.xml" | "sitemap.xml")
}

/// Whether a team's assessments are set side by side at `address`.
fn is_history(address: &str) -> bool {
    Kind::Team.folder().is_some_and(|folder| address.starts_with(&format!("{folder}/")))
        && address.ends_with("/history")
}

/// `path` as seen from `file`, below `content/`; `None` when it climbs out.
pub fn join(file: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => {
            let mut folders: Vec<&str> = file.split('/').skip(1).collect();
            folders.pop();
            folders
        }
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// How a page whose source is `file` writes the path of `to` (below `content/`).
fn relative(file: &str, to: &str) -> String {
    let mut from: Vec<&str> = file.split('/').skip(1).collect();
    from.pop();
    let to: Vec<&str> = to.split('/').collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count().min(to.len().saturating_sub(1));
    let up = vec![".."; from.len() - common];
    up.into_iter().chain(to[common..].iter().copied()).collect::<Vec<_>>().join("/")
}
