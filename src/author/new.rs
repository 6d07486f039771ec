//! A new page from its kind's archetype, at the place where its kind lives.

use std::path::PathBuf;

use jiff::civil::Date;

use super::archetype::{self, Gaps};
use super::stamp::stamped;
use super::write::Root;
use crate::diag::{Failure, nearest, visible};
use crate::model::{Id, IdError, Kind};

/// What `shirube new` was asked for.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    pub kind: Kind,
    /// By kind: an id, `<area>/<id>` of a practice, `<number>-<id>` of a level, a team (and date) of an
    /// assessment, a path of a page, a playbook or an SLO.
    pub id: &'a str,
    /// The area of a practice whose `id` does not say it.
    pub area: Option<&'a str>,
    /// Made from the id when not given.
    pub title: Option<&'a str>,
    /// The language of the file, where it is not the handbook's default one.
    pub language: Option<&'a str>,
    /// Of a postmortem or an assessment; elsewhere the day of the first review.
    pub date: Date,
    /// The handbook's own archetype, if it has one.
    pub archetype: Option<&'a str>,
}

/// Writes the file and gives its path. A file that is there already is left alone, and a [`Failure::Usage`].
///
/// `hash` tells the hash of what the original at a path says; a translation is stamped with it.
pub fn new(
    request: &Request<'_>,
    root: &Root,
    hash: impl FnOnce(&str) -> Result<Option<String>, Failure>,
) -> Result<PathBuf, Failure> {
    let place = place(request, root)?;
    let title = match request.title {
        Some(title) => checked_title(title)?.to_owned(),
        None => place.title.clone(),
    };
    let original = format!("content/{}.{}", place.stem, place.extension);
    let path = match request.language {
        Some(language) => format!("content/{}.{language}.{}", place.stem, place.extension),
        None => original.clone(),
    };
    let is_translation = path != original && root.holds(&original);
    let archetype = match request.archetype {
        Some(own) => own.to_owned(),
        None if is_translation => archetype::translation(request.kind, request.language.unwrap_or_default()),
        None => archetype::built_in(request.kind).to_owned(),
    };
    let date = request.date.to_string();
    let gaps = Gaps { title: &title, id: &place.id, date: &date };
    let mut text = archetype::fill(&archetype, &gaps, place.extension == "yaml")?;
    if is_translation && let Some(hash) = hash(&original)? {
        // An archetype whose front matter is broken is reported by `check`, once it is a page.
        text = stamped(&text, &hash).unwrap_or(text);
    }
    root.create(&path, text.as_bytes())
}

/// Where a new thing goes.
struct Place {
    /// Path below `content/`, without language and extension.
    stem: String,
    extension: &'static str,
    id: String,
    /// A title until somebody writes a better one.
    title: String,
}

fn place(request: &Request<'_>, root: &Root) -> Result<Place, Failure> {
    let id = request.id;
    if request.area.is_some() && request.kind != Kind::Practice {
        return Err(Failure::usage(format!("--area is for practices; a {} has none", request.kind)));
    }
    if let Some(language) = request.language
        && !is_language(language)
    {
        return Err(Failure::usage(format!(
            "`{}` is no language tag such as `en` or `pt-BR`",
            visible(language)
        )));
    }
    match request.kind {
        Kind::Level => level(id),
        Kind::Area => simple(id, |id| format!("practices/{id}/_index")),
        Kind::Practice => practice(id, request.area, root),
        Kind::Role => simple(id, |id| format!("roles/{id}")),
        Kind::Term => simple(id, |id| format!("glossary/{id}")),
        Kind::Path => simple(id, |id| format!("onboarding/{id}")),
        Kind::Team => simple(id, |id| format!("teams/{id}/_index")),
        Kind::Playbook => nested("playbooks", id, "md"),
        Kind::Slo => {
            if request.language.is_some() {
                return Err(Failure::usage("SLOs are OpenSLO documents and have no language"));
            }
            nested("slos", id, "yaml")
        }
        Kind::Postmortem => postmortem(id, request.date),
        Kind::Assessment => assessment(id, request.date, root),
        Kind::Page => page(id),
    }
}

fn simple(id: &str, stem: impl Fn(&str) -> String) -> Result<Place, Failure> {
    check_id(id)?;
    Ok(Place { stem: stem(id), extension: "md", id: id.to_owned(), title: title_of(id) })
}

/// `sub/folders/id` below the folder of a kind.
fn nested(folder: &str, path: &str, extension: &'static str) -> Result<Place, Failure> {
    let (folders, id) = path.rsplit_once('/').map_or((None, path), |(folders, id)| (Some(folders), id));
    for step in folders.iter().flat_map(|folders| folders.split('/')) {
        check_id(step)?;
    }
    check_id(id)?;
    Ok(Place { stem: format!("{folder}/{path}"), extension, id: id.to_owned(), title: title_of(id) })
}

fn level(name: &str) -> Result<Place, Failure> {
    let number_and_id = name.split_once('-').filter(|(number, _)| matches!(number.as_bytes(), [b'1'..=b'9']));
    let Some((_, id)) = number_and_id else {
        let name = visible(name);
        return Err(Failure::usage(format!(
            "name a level by its number and id, as in `3-fitted`; this is `{name}`"
        )));
    };
    check_id(id)?;
    Ok(Place { stem: format!("levels/{name}"), extension: "md", id: id.to_owned(), title: title_of(id) })
}

fn practice(name: &str, area: Option<&str>, root: &Root) -> Result<Place, Failure> {
    let (area, id) = match (name.split_once('/'), area) {
        (Some((area, id)), None) => (area, id),
        (None, Some(area)) => (area, name),
        (Some((in_name, id)), Some(area)) if in_name == area => (area, id),
        (Some(_), Some(_)) => {
            return Err(Failure::usage("the practice's name and --area name different areas"));
        }
        (None, None) => {
            let areas = root.folders("content/practices").join(", ");
            let there = if areas.is_empty() {
                "; `shirube new area ID` makes one".to_owned()
            } else {
                format!(": {areas}")
            };
            return Err(Failure::usage(format!(
                "say which area the practice belongs to, with --area{there}"
            )));
        }
    };
    check_id(area)?;
    check_id(id)?;
    let areas = root.folders("content/practices");
    if !areas.iter().any(|known| known == area) {
        let help = match nearest(area, areas.iter().map(String::as_str)) {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("`shirube new area {area}` makes it"),
        };
        return Err(Failure::usage(format!("there is no area `{area}`; {help}")));
    }
    if let Some(other) =
        areas.iter().find(|other| *other != area && root.holds(&format!("content/practices/{other}/{id}.md")))
    {
        return Err(Failure::usage(format!("there is a practice `{id}` already, in the area `{other}`")));
    }
    Ok(Place {
        stem: format!("practices/{area}/{id}"),
        extension: "md",
        id: id.to_owned(),
        title: title_of(id),
    })
}

fn postmortem(name: &str, date: Date) -> Result<Place, Failure> {
    let dated =
        name.get(..10).is_some_and(|start| start.parse::<Date>().is_ok()) && name.get(10..11) == Some("-");
    let (id, slug) = match dated {
        true => (name.to_owned(), name.get(11..).unwrap_or_default()),
        false => (format!("{date}-{name}"), name),
    };
    check_id(slug)?;
    check_id(&id)?;
    Ok(Place { stem: format!("postmortems/{id}"), extension: "md", title: title_of(slug), id })
}

fn assessment(name: &str, date: Date, root: &Root) -> Result<Place, Failure> {
    let (team, date) = match name.split_once('/') {
        Some((team, written)) => match written.parse::<Date>() {
            Ok(date) => (team, date),
            Err(_) => {
                let written = visible(written);
                return Err(Failure::usage(format!(
                    "`{written}` is no date; write it as in `{team}/2026-10-09`"
                )));
            }
        },
        None => (name, date),
    };
    check_id(team)?;
    let teams = root.folders("content/teams");
    if !teams.iter().any(|known| known == team) {
        let help = match nearest(team, teams.iter().map(String::as_str)) {
            Some(known) => format!("did you mean `{known}`?"),
            None => format!("`shirube new team {team}` makes it"),
        };
        return Err(Failure::usage(format!("there is no team `{team}`; {help}")));
    }
    Ok(Place {
        stem: format!("teams/{team}/assessments/{date}"),
        extension: "md",
        id: format!("{team}/{date}"),
        title: format!("{}, {}", title_of(team), date.strftime("%B %Y")),
    })
}

/// A plain page is named by its path, in which anything goes that is a file name everywhere.
fn page(path: &str) -> Result<Place, Failure> {
    let path = path.strip_suffix(".md").unwrap_or(path);
    let bad = |step: &str| {
        step.is_empty()
            || step.starts_with('.')
            || step.ends_with(['.', ' '])
            || step.contains(['\\', ':', '*', '?', '"', '<', '>', '|', '#', '%'])
            || visible(step) != step
    };
    if path.split('/').any(bad) {
        return Err(Failure::usage(format!(
            "`{}` is no path of a page, as in `guides/first-week`",
            visible(path)
        )));
    }
    let (first, last) = (path.split('/').next().unwrap_or(path), path.rsplit('/').next().unwrap_or(path));
    if path.contains('/')
        && let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.folder() == Some(first))
    {
        return Err(Failure::usage(format!(
            "`content/{first}/` holds things of another kind; `shirube new {kind}` makes one"
        )));
    }
    Ok(Place { stem: path.to_owned(), extension: "md", id: last.to_owned(), title: title_of(last) })
}

fn check_id(id: &str) -> Result<(), Failure> {
    let Err(error) = Id::new(id) else { return Ok(()) };
    let shown = visible(id);
    let why = match error {
        IdError::Empty => "an id is missing".to_owned(),
        IdError::TooLong => format!("`{shown}` is too long for an id: at most {} characters", Id::MAX_BYTES),
        IdError::BadCharacter('-') => format!("`{shown}` is no id: it begins or ends with a hyphen"),
        IdError::BadCharacter(_) => {
            format!(
                "`{shown}` is no id: only lower case letters, digits and hyphens stay the same in every address"
            )
        }
    };
    Err(Failure::usage(why))
}

/// A language tag by its looks (BCP 47): letters, then groups of letters and digits.
fn is_language(tag: &str) -> bool {
    let mut groups = tag.split('-');
    let is_alphanumeric =
        |group: &str| (1..=8).contains(&group.len()) && group.bytes().all(|b| b.is_ascii_alphanumeric());
    groups
        .next()
        .is_some_and(|first| (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic()))
        && groups.all(is_alphanumeric)
}

fn checked_title(title: &str) -> Result<&str, Failure> {
    let title = title.trim();
    if title.is_empty() || visible(title) != title {
        return Err(Failure::usage("a title is one line of text"));
    }
    Ok(title)
}

/// `error-budget-policy` → `Error budget policy`.
fn title_of(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut characters = words.chars();
    characters.next().map_or(String::new(), |first| first.to_uppercase().chain(characters).collect())
}
