//! Complaints about names, links and what they lead to.

use crate::diag::{Diagnostic, Diagnostics, Name, Span, Spanned};
use crate::model::{Behind, Heading, HiddenReason, IdError, Kind, Retired, Since, Summary};

codes! {
    BAD_ID = "link/bad-id", Error,
        "An id is lower case ASCII letters, digits and hyphens, because it becomes part of permanent addresses.";
    DUPLICATE_ID = "link/duplicate-id", Error, "Two things of one kind have the same id.";
    DUPLICATE_LEVEL = "link/duplicate-level", Error, "Two levels have the same number.";
    UNKNOWN_PRACTICE = "link/unknown-practice", Error, "A practice is named that does not exist.";
    UNKNOWN_ROLE = "link/unknown-role", Error, "A role is named that does not exist.";
    UNKNOWN_TEAM = "link/unknown-team", Error, "A team is named that does not exist.";
    UNKNOWN_LEVEL = "link/unknown-level", Error, "A level is named that does not exist.";
    UNKNOWN_CRITERION = "link/unknown-criterion", Error, "A criterion is named that its practice does not have.";
    UNKNOWN_ID = "link/unknown-id", Error, "A thing is named that does not exist.";
    UNKNOWN_KIND = "link/unknown-kind", Error, "The word before the colon in a link is not a kind of content.";
    AMBIGUOUS = "link/ambiguous", Error, "An id is used by several kinds, so the link must say which one it means.";
    NO_AREA = "link/no-area", Error,
        "A practice belongs to the area of its folder `practices/<area>/`, whose `_index.md` describes the area.";
    CYCLIC_PREREQUISITE = "link/cyclic-prerequisite", Error,
        "Practices require each other in a circle, so nobody could begin.";
    MISSING_FILE = "link/missing-file", Error, "A link leads to a file or address that does not exist.";
    MISSING_ANCHOR = "link/missing-anchor", Error, "A link leads to a place on a page that does not exist.";
    MISSING_IMAGE = "link/missing-image", Error, "An image does not exist.";
    MISSING_INCLUDE = "link/missing-include", Error, "A code fence includes a file that does not exist.";
    UNKNOWN_REGION = "link/unknown-region", Error, "A code fence includes a region that its file does not have.";
    LEAVES_CONTENT = "link/leaves-content", Error,
        "A link climbs out of the content folder; nothing outside of it is read or published.";
    RENAMED = "link/renamed", Hint,
        "Something is named by an id that it had once; it is found all the same, as model.yaml says.";
    RETIRED = "link/retired", Warning,
        "Something is named that was retired in model.yaml; a link leads to the page that says so, a relation is left out.";
    REMOTE_IMAGE = "link/remote-image", Warning,
        "The published site asks no other host for anything; an image of another host becomes a link.";
    HIDDEN = "audience/hidden", Hint,
        "A link leads to a draft or to a page for a narrower audience than this build; it is shown as plain text.";
    UNKNOWN_AUDIENCE = "audience/unknown", Error,
        "A page names an audience that the configuration does not have; it is not published.";
    OUTLINE = "translation/outline", Warning,
        "A translation has other headings than its original, so links to places on it cannot be shared.";
    UNKNOWN_ENTRY = "translation/unknown-entry", Error,
        "A translation has words for an entry that its original does not have; nobody would read them.";
    MISSING_ENTRY = "translation/missing-entry", Warning,
        "A translation lacks words for entries of its original; its readers see those of the original.";
    STALE = "translation/stale", Warning, "The original has changed since the translation was made.";
}

impl Diagnostics {
    pub fn unusable_id(&mut self, name: &Name, error: IdError) {
        let id = &name.value;
        let why = match error {
            IdError::Empty => "it is empty".to_owned(),
            IdError::TooLong => format!("it has more than {} characters", crate::model::Id::MAX_BYTES),
            IdError::BadCharacter('-') => "it begins or ends with a hyphen".to_owned(),
            IdError::BadCharacter(c) if c.is_ascii_uppercase() => format!("`{c}` is a capital letter"),
            IdError::BadCharacter(c) => format!("it contains `{}`", c.escape_debug()),
        };
        let mended = mended_id(id);
        let mut diagnostic =
            Diagnostic::new(&BAD_ID, name.span.clone(), format!("`{id}` cannot be an id: {why}"));
        diagnostic = match mended {
            Some(mended) => {
                diagnostic.help(format!("rename the file, or write `id: {mended}` in its front matter"))
            }
            None => diagnostic
                .help("write an `id:` of lower case letters, digits and hyphens in the front matter"),
        };
        self.push(diagnostic);
    }

    pub fn duplicate_thing(&mut self, kind: Kind, name: &Name, first: &Span) {
        self.push(
            Diagnostic::new(
                &DUPLICATE_ID,
                name.span.clone(),
                format!("the {kind} `{}` exists already", name.value),
            )
            .related(first.clone(), "the other one")
            .help("rename one of the two files, or give one another `id:`"),
        );
    }

    pub fn duplicate_level(&mut self, number: &Spanned<u8>, first: &Span) {
        self.push(
            Diagnostic::new(
                &DUPLICATE_LEVEL,
                number.span.clone(),
                format!("level {} exists already", number.value),
            )
            .related(first.clone(), "the other one")
            .help("give each level a number of its own"),
        );
    }

    pub fn unknown_name(&mut self, kind: Kind, name: &Name, nearest: Option<&str>) {
        let code = match kind {
            Kind::Practice => &UNKNOWN_PRACTICE,
            Kind::Role => &UNKNOWN_ROLE,
            Kind::Team => &UNKNOWN_TEAM,
            _ => &UNKNOWN_ID,
        };
        let message = format!("there is no {kind} `{}`", name.value);
        let diagnostic = Diagnostic::new(code, name.span.clone(), message).nearest(nearest);
        self.push(with_list_command(diagnostic, nearest, kind.name()));
    }

    pub fn unknown_thing(&mut self, name: &Name, nearest: Option<&str>) {
        let message = format!("nothing has the id `{}`", name.value);
        let diagnostic = Diagnostic::new(&UNKNOWN_ID, name.span.clone(), message).nearest(nearest);
        self.push(with_list_command(diagnostic, nearest, "practice"));
    }

    pub fn unknown_kind(&mut self, span: &Span, kind: &str) {
        let near = super::super::nearest(kind, Kind::ALL.iter().map(|kind| kind.name()));
        let kinds = Kind::ALL.map(Kind::name).join(", ");
        self.push(
            Diagnostic::new(&UNKNOWN_KIND, span.clone(), format!("`{kind}` is not a kind of content"))
                .nearest(near)
                .help(format!("the kinds are {kinds}")),
        );
    }

    pub fn unknown_criterion(&mut self, name: &Name, practice: &str, nearest: Option<&str>) {
        let message = format!("the practice `{practice}` has no criterion `{}`", name.value);
        let diagnostic = Diagnostic::new(&UNKNOWN_CRITERION, name.span.clone(), message)
            .nearest(nearest)
            .help(format!("its criteria stand in the front matter of `{practice}.md`"));
        self.push(match nearest {
            Some(_) => diagnostic,
            None => diagnostic.help(criterion_renamed(practice, &name.value)),
        });
    }

    pub fn unknown_level(&mut self, level: &Spanned<u8>, known: &[u8]) {
        let known = known.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
        self.push(
            Diagnostic::new(&UNKNOWN_LEVEL, level.span.clone(), format!("there is no level {}", level.value))
                .help(format!("the levels are {known}; each is a file `content/levels/<number>-<id>.md`")),
        );
    }

    pub fn ambiguous(&mut self, name: &Name, kinds: &[Kind]) {
        let id = name.value.rsplit(':').next().unwrap_or(&name.value);
        let forms = kinds.iter().map(|kind| format!("`{kind}:{id}`")).collect::<Vec<_>>().join(" or ");
        self.push(
            Diagnostic::new(&AMBIGUOUS, name.span.clone(), format!("several things have the id `{id}`"))
                .help(format!("write {forms}")),
        );
    }

    pub fn practice_without_area(&mut self, area: &Name) {
        let message = format!("this practice's folder `{}` is no area yet", area.value);
        self.push(
            Diagnostic::new(&NO_AREA, area.span.clone(), message)
                .help(format!("describe the area in `content/practices/{}/_index.md`", area.value)),
        );
    }

    pub fn practice_outside_areas(&mut self, name: &Name) {
        self.push(
            Diagnostic::new(
                &NO_AREA,
                name.span.clone(),
                format!("the practice `{}` belongs to no area", name.value),
            )
            .help("move its file into the folder of an area: `content/practices/<area>/`"),
        );
    }

    pub fn cyclic_prerequisite(&mut self, span: &Span, circle: &[&str]) {
        let shown: Vec<String> = if circle.len() > 8 {
            let (head, tail) = (&circle[..4], &circle[circle.len() - 3..]);
            let skipped = format!("… {} more …", circle.len() - 7);
            head.iter()
                .map(|id| format!("`{id}`"))
                .chain([skipped])
                .chain(tail.iter().map(|id| format!("`{id}`")))
                .collect()
        } else {
            circle.iter().map(|id| format!("`{id}`")).collect()
        };
        self.push(
            Diagnostic::new(
                &CYCLIC_PREREQUISITE,
                span.clone(),
                format!("practices require each other: {}", shown.join(" → ")),
            )
            .help("take one of these out of `requires` (`related` has no direction)"),
        );
    }

    pub fn missing_file(&mut self, span: &Span, path: &str, nearest: Option<&str>) {
        let diagnostic =
            Diagnostic::new(&MISSING_FILE, span.clone(), format!("`{path}` leads nowhere")).nearest(nearest);
        let help = "links are relative to this file, or start with `/` at the content folder";
        self.push(if nearest.is_none() { diagnostic.help(help) } else { diagnostic });
    }

    /// `practice`: the id of the page where that is a practice, whose criteria are places too.
    pub fn missing_anchor<'a>(
        &mut self,
        span: &Span,
        fragment: &str,
        file: &str,
        practice: Option<&str>,
        known: impl Iterator<Item = &'a str>,
    ) {
        let known = nearest_first(fragment, known);
        let near = super::super::nearest(fragment, known.iter().copied());
        let mut diagnostic =
            Diagnostic::new(&MISSING_ANCHOR, span.clone(), format!("`{file}` has no place `#{fragment}`"));
        if let Some(near) = near {
            diagnostic = diagnostic.help(format!("did you mean `#{near}`?"));
        } else {
            if !known.is_empty() {
                diagnostic = diagnostic.help(format!("the nearest places there are {}", some_places(&known)));
            }
            diagnostic =
                diagnostic.help(format!("a heading keeps its place with `{{#{fragment}}}` behind it"));
            if let Some(practice) = practice {
                diagnostic = diagnostic.help(criterion_renamed(practice, fragment));
            }
        }
        self.push(diagnostic);
    }

    /// `place`: where the thing or criterion has its id of today.
    pub fn renamed(&mut self, name: &Name, today: &str, place: &Span) {
        let message = format!("`{}` is called `{today}` now", name.value);
        self.push(
            Diagnostic::new(&RENAMED, name.span.clone(), message)
                .related(place.clone(), "it is here")
                .help(format!("write `{today}`")),
        );
    }

    /// `entry`: the id in model.yaml.
    pub fn retired(&mut self, name: &Name, entry: &Name, retired: &Retired, successor: Option<&str>) {
        let on = retired.on.as_ref().map_or(String::new(), |on| format!(" on {}", on.value));
        let reason = retired.reason.values().next().map(|reason| reason.trim_end_matches(['.', '。']));
        let reason = reason.map_or(String::new(), |reason| format!(": {reason}"));
        let message = format!("`{}` was retired{on}{reason}", name.value);
        let diagnostic = Diagnostic::new(&RETIRED, name.span.clone(), message)
            .related(entry.span.clone(), "it was retired here");
        self.push(match successor {
            Some(successor) => diagnostic.help(format!("name its successor instead: `{successor}`")),
            None => diagnostic.help("take it out: nothing is named as its successor"),
        });
    }

    pub fn missing_image(&mut self, span: &Span, path: &str, nearest: Option<&str>) {
        self.push(
            Diagnostic::new(&MISSING_IMAGE, span.clone(), format!("the image `{path}` does not exist"))
                .nearest(nearest)
                .help(
                    "put the file beside this one, or into `static/` and write its path with a leading `/`",
                ),
        );
    }

    pub fn missing_include(&mut self, span: &Span, path: &str, nearest: Option<&str>) {
        self.push(
            Diagnostic::new(&MISSING_INCLUDE, span.clone(), format!("there is no file `{path}` to include"))
                .nearest(nearest)
                .help("`file=` is relative to this file, and stays inside the content folder"),
        );
    }

    pub fn unknown_region(&mut self, region: &Name, file: &str, nearest: Option<&str>) {
        self.push(
            Diagnostic::new(
                &UNKNOWN_REGION,
                region.span.clone(),
                format!("`{file}` has no region `{}`", region.value),
            )
            .nearest(nearest)
            .help("a region begins with a comment line `region NAME` and ends with `endregion NAME`"),
        );
    }

    pub fn region_never_closed(&mut self, region: &Name, file: &str) {
        let message = format!("the region `{}` of `{file}` never ends", region.value);
        self.push(
            Diagnostic::new(&UNKNOWN_REGION, region.span.clone(), message)
                .help(format!("end it with a comment line `endregion {}`", region.value)),
        );
    }

    pub fn link_leaves_content(&mut self, span: &Span, path: &str) {
        self.push(
            Diagnostic::new(
                &LEAVES_CONTENT,
                span.clone(),
                format!("`{path}` climbs out of the content folder"),
            )
            .help("copy what it leads to into the content folder, or link to a full URL"),
        );
    }

    pub fn remote_image(&mut self, span: &Span, url: &str) {
        self.push(
            Diagnostic::new(
                &REMOTE_IMAGE,
                span.clone(),
                format!("the image `{url}` is on another host and becomes a link"),
            )
            .help("put a copy beside this file, and name that"),
        );
    }

    pub fn hidden(&mut self, span: &Span, name: &str, reason: HiddenReason) {
        let why = match reason {
            HiddenReason::Draft => "is a draft",
            _ => "is for a narrower audience than this build",
        };
        self.push(
            Diagnostic::new(
                &HIDDEN,
                span.clone(),
                format!("`{name}` {why}; the link is shown as plain text"),
            )
            .help("nothing to do if that is meant"),
        );
    }

    pub fn unknown_audience(&mut self, name: &Name, known: &[String]) {
        let near = super::super::nearest(&name.value, known.iter().map(String::as_str));
        self.push(
            Diagnostic::new(
                &UNKNOWN_AUDIENCE,
                name.span.clone(),
                format!("there is no audience `{}`", name.value),
            )
            .nearest(near)
            .help(format!(
                "the audiences are {}; until this is mended the page is left out",
                known.join(", ")
            )),
        );
    }

    pub fn translation_outline(&mut self, span: &Span, original: Option<&Heading>) {
        let here = match original {
            Some(heading) => {
                format!("the original has `{} {}` here", "#".repeat(usize::from(heading.level)), heading.text)
            }
            None => "the original has no heading here".to_owned(),
        };
        self.push(
            Diagnostic::new(
                &OUTLINE,
                span.clone(),
                format!("the headings differ from the original's: {here}"),
            )
            .help("give the translation the same headings, in the same order and depth"),
        );
    }

    /// `what`: what the entry is, in the singular.
    pub fn unknown_entry(&mut self, name: &Name, what: &str, nearest: Option<&str>) {
        let message = format!("the original has no {what} `{}`", name.value.escape_debug());
        let diagnostic = Diagnostic::new(&UNKNOWN_ENTRY, name.span.clone(), message).nearest(nearest);
        self.push(match nearest {
            Some(_) => diagnostic,
            None => diagnostic.help("remove it here, or add it to the original"),
        });
    }

    pub fn missing_entries(&mut self, page: &Name, what: &str, lang: &str, missing: &[&str]) {
        let named: Vec<String> = missing.iter().take(5).map(|id| format!("`{id}`")).collect();
        let more = if missing.len() > 5 { format!(" and {} more", missing.len() - 5) } else { String::new() };
        let message = format!("no words in `{lang}` for the {what} {}{more}", named.join(", "));
        self.push(
            Diagnostic::new(&MISSING_ENTRY, page.span.clone(), message)
                .help("add them by their ids, as in the original"),
        );
    }

    /// `file`: the translation.
    pub fn translation_stale(&mut self, span: &Span, original: &Summary, file: &str, behind: &Behind) {
        const SHOWN: usize = 5;
        let on = behind.day.map_or_else(String::new, |day| format!(" on {day}"));
        let message = format!("`{}` was changed{on}, after this translation was made", original.file);
        let mut diagnostic = Diagnostic::new(&STALE, span.clone(), message);
        if let Some(since) = &behind.since {
            let headings = since.sections.iter().filter_map(|index| original.headings.get(*index));
            for heading in headings.take(SHOWN) {
                diagnostic = diagnostic.related(heading.span.clone(), "this section has changed");
            }
            if let Some(changed) = changed_parts(since) {
                diagnostic = diagnostic.help(changed);
            }
        }
        self.push(diagnostic.help(format!(
            "bring the translation up to date, then stamp it with `shirube translated {file}`"
        )));
    }
}

/// What changed beside the sections that are there, which are pointed at.
fn changed_parts(since: &Since) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    if since.front {
        parts.push("its front matter".to_owned());
    }
    if since.opening {
        parts.push("the text above the first heading".to_owned());
    }
    match since.sections.len() {
        0 => {}
        1 => parts.push("one section".to_owned()),
        count => parts.push(format!("{count} sections")),
    }
    let changed = (!parts.is_empty()).then(|| format!("changed: {}", parts.join(", ")));
    let gone = (!since.gone.is_empty()).then(|| format!("gone: {}", since.gone.join(", ")));
    let told: Vec<String> = changed.into_iter().chain(gone).collect();
    (!told.is_empty()).then(|| format!("of the original, {}", told.join("; ")))
}

fn with_list_command(diagnostic: Diagnostic, nearest: Option<&str>, kind: &str) -> Diagnostic {
    if nearest.is_some() {
        diagnostic
    } else {
        diagnostic.help(format!("`shirube list {kind}` shows what there is"))
    }
}

/// How a criterion that has another id now is followed.
fn criterion_renamed(practice: &str, criterion: &str) -> String {
    format!(
        "if the criterion was renamed, write `renamed: {{{practice}/{criterion}: {practice}/<new id>}}` into model.yaml"
    )
}

/// `known` by how much they look like `name`.
fn nearest_first<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut known: Vec<(usize, &str)> =
        known.map(|anchor| (super::super::distance(name, anchor), anchor)).collect();
    known.sort_unstable();
    known.dedup();
    known.into_iter().map(|(_, anchor)| anchor).collect()
}

/// The first few, and how many more there are.
fn some_places(places: &[&str]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<String> = places.iter().take(SHOWN).map(|place| format!("`#{place}`")).collect();
    match places.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// The id that `text` comes closest to, if anything of it can be kept.
fn mended_id(text: &str) -> Option<String> {
    let kept: String = text
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '-' })
        .collect();
    let parts: Vec<&str> = kept.split('-').filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join("-"))
}
