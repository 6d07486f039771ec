//! The keys that every kind has.

use crate::diag::Spanned;
use crate::model::{Common, RoleNames, SearchSettings};
use crate::parse::markdown::percent_decoded;
use crate::yaml::{Key, Record, Shape};

/// The words for `kind:`. Service level objectives are OpenSLO files and need none.
const KINDS: &[&str] = &[
    "level",
    "area",
    "practice",
    "role",
    "playbook",
    "postmortem",
    "team",
    "assessment",
    "term",
    "path",
    "page",
];

pub(super) const KEYS: &[Key] = &[
    Key::new("title", Shape::Text, "the title; otherwise the first heading, otherwise the file's name")
        .translated(),
    Key::new("description", Shape::Text, "a sentence for lists, search and link previews").translated(),
    Key::new(
        "id",
        Shape::Name,
        "the stable name, when it is not the file's name; never changed once published",
    ),
    // A translation may repeat it: read alone, it could not know otherwise in a folder of another kind.
    Key::new("kind", Shape::Choice(KINDS), "what the page is about, when the folder does not say so")
        .translated(),
    Key::new("owner", Shape::Text, "the person or team that keeps the page true"),
    Key::new("reviewed", Shape::Date, "the day somebody last checked that the page is true"),
    Key::new(
        "reviewed_against",
        Shape::By("dependency", &Shape::Text),
        "what the review holds for; written by `shirube reviewed`",
    ),
    Key::new("review_every", Shape::Every, "how long a review holds"),
    Key::new(
        "aliases",
        Shape::List(&Shape::Text),
        "old addresses below the site's root that lead here; `/old/#part` when only that part of an old page did",
    )
    .translated(),
    Key::new(
        "also_known_as",
        Shape::List(&Shape::Text),
        "other names, found by search and by glossary links",
    )
    .translated(),
    Key::new("tags", Shape::List(&Shape::Text), "free labels; each has a page that lists what carries it"),
    Key::new(
        "weight",
        Shape::Integer { min: -1_000_000, max: 1_000_000 },
        "the order among siblings, ascending",
    ),
    Key::new("nav_title", Shape::Text, "a shorter title for the navigation").translated(),
    Key::new("draft", Shape::Bool, "whether the page is left out of builds without `--drafts`").translated(),
    Key::new("audience", Shape::Name, "whom the page is for, one of `audiences` in handbook.yaml"),
    Key::new("pack", Shape::Name, "the pack the page belongs to; it is left out when the pack is"),
    Key::new("search", Shape::Record(SEARCH), "how search treats the page"),
    Key::new("toc", Shape::Bool, "whether the page shows a table of contents"),
    Key::new("edit_url", Shape::Url, "where the page can be edited, when it is not in the repository")
        .translated(),
    Key::new(
        "translated_from",
        Shape::Text,
        "hash of the original this translation was made from; written by `shirube translated`",
    )
    .translated(),
    Key::new("extra", Shape::Free, "anything, handed to the theme's templates").translated(),
];

const SEARCH: &[Key] = &[
    Key::new("exclude", Shape::Bool, "whether search leaves the page out"),
    Key::new("boost", Shape::Number { min: 0.1, max: 10.0 }, "factor on the page's score"),
];

/// Who leads and who contributes: practices and playbooks.
pub(super) const ROLES: &[Key] = &[
    Key::new("lead", Shape::List(&Shape::Name), "ids of the roles that lead"),
    Key::new("contribute", Shape::List(&Shape::Name), "ids of the roles that help"),
];

pub(super) fn read(record: &mut Record) -> Common {
    let default = SearchSettings::default();
    let search = record.take::<Record>("search").map_or(default, |mut search| SearchSettings {
        exclude: search.take("exclude").unwrap_or(default.exclude),
        boost: search.take("boost").unwrap_or(default.boost),
    });
    Common {
        title: record.take("title"),
        description: record.take("description"),
        id: record.take("id"),
        owner: record.take("owner"),
        reviewed: record.take("reviewed"),
        reviewed_against: record.by_name("reviewed_against"),
        review_every: record.take("review_every"),
        aliases: aliases(record),
        also_known_as: record.list("also_known_as"),
        tags: record.list("tags"),
        weight: record.take("weight"),
        nav_title: record.take("nav_title"),
        draft: record.take("draft").unwrap_or(false),
        audience: record.take("audience"),
        pack: record.take("pack"),
        search,
        toc: record.take("toc").unwrap_or(true),
        edit_url: record.take("edit_url"),
        translated_from: record.take("translated_from"),
        extra: record.take("extra"),
    }
}

/// As people copy them from the browser: with letters beyond ASCII encoded.
fn aliases(record: &mut Record) -> Vec<Spanned<String>> {
    let written: Vec<Spanned<String>> = record.list("aliases");
    written.into_iter().map(|alias| alias.map(|address| percent_decoded(&address))).collect()
}

pub(super) fn read_roles(record: &mut Record) -> RoleNames {
    record.take::<Record>("roles").map_or_else(RoleNames::default, |mut roles| RoleNames {
        lead: roles.list("lead"),
        contribute: roles.list("contribute"),
    })
}
