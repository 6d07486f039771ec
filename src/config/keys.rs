//! The keys of `handbook.yaml` and `model.yaml`.

use crate::yaml::{Key, Shape};

/// A text in one language, or by language.
const TEXTS: Shape = Shape::Either(&Shape::Text, &Shape::By("language", &Shape::Text));

/// The keys of `handbook.yaml`; each has a default.
pub const KEYS: &[Key] = &[
    Key::new("title", TEXTS, "the name of the handbook, one text or one by language"),
    Key::new("description", TEXTS, "what the handbook is for, one text or one by language"),
    Key::new("base_url", Shape::Text, "where the site will stand; a sub-path is fine"),
    Key::new("languages", Shape::List(&Shape::Text), "language tags; the first is the default language"),
    Key::new("theme", Shape::Text, "the folder below `themes/`, or `default`"),
    Key::new("packs", Shape::List(&Shape::Text), "the packs whose pages are in"),
    Key::new("repository", Shape::Record(REPOSITORY), "where the sources are kept"),
    Key::new("scoring", Shape::Record(SCORING), "how answers become levels"),
    Key::new("audiences", Shape::List(&Shape::Text), "circles of readers, from the widest to the narrowest"),
    Key::new("audience", Shape::Text, "what this build may contain: everything up to this audience"),
    Key::new("history", Shape::Record(HISTORY), "what is taken from git"),
    Key::new("search", Shape::Record(SEARCH), "the site's search"),
    Key::new("markdown", Shape::Record(MARKDOWN), "how markdown is read"),
    Key::new("check", Shape::Record(CHECK), "what is complained about"),
];

const REPOSITORY: &[Key] = &[
    Key::new("url", Shape::WebUrl, "address of the repository").required(),
    Key::new("branch", Shape::Text, "the branch that is published (main)"),
    Key::new("provider", Shape::Choice(&["github", "gitlab"]), "whose form edit links have"),
];

const SCORING: &[Key] = &[
    Key::new("scheme", Shape::Choice(&["cumulative", "additive"]), "cumulative (if not said) or additive"),
    Key::new("default_target", Shape::LEVEL, "target level of teams that set none (3)"),
    Key::new("stale_after", Shape::Every, "age from which answers are shown as old (12 months)"),
    Key::new("evidence_from", Shape::LEVEL, "level from which a claim without evidence is told"),
    Key::new(
        "answers",
        Shape::List(&Shape::Record(ANSWER)),
        "the additive scheme's answers and their weights",
    ),
];

const ANSWER: &[Key] = &[
    Key::new("id", Shape::Id, "the word in assessments").required(),
    Key::new("text", Shape::Text, "the words shown").required(),
    Key::new("weight", Shape::Number { min: 0.0, max: 1.0 }, "what it counts, 0 to 1").required(),
];

const HISTORY: &[Key] =
    &[Key::new("authors", Shape::Bool, "whether authors are named; e-mail addresses never are")];

const SEARCH: &[Key] = &[
    Key::new("enabled", Shape::Bool, "whether the site can be searched"),
    Key::new(
        "lunr",
        Shape::Choice(&["auto", "always", "never"]),
        "whether `search/lunr-index.json` is written: auto (if not said) up to about 1 MB",
    ),
];

const MARKDOWN: &[Key] =
    &[Key::new("raw_html", Shape::Choice(&["clean", "escape", "trust"]), "what happens to HTML in markdown")];

const CHECK: &[Key] = &[Key::new("silence", Shape::List(&Shape::Record(SILENCE)), "complaints to live with")];

const SILENCE: &[Key] = &[
    Key::new("code", Shape::Text, "the complaint's code: link/orphan").required(),
    Key::new("reason", Shape::Text, "why it is accepted").required(),
];

/// The keys of `model.yaml`.
pub const MODEL_KEYS: &[Key] = &[
    Key::new(
        "renamed",
        Shape::By("old id", &Shape::Name),
        "ids that changed, old to new; a criterion is written `practice/criterion`",
    ),
    Key::new("retired", Shape::By("id", &Shape::Record(RETIRED)), "ids that are no more"),
];

const RETIRED: &[Key] = &[
    Key::new("reason", TEXTS, "why it was retired, one text or one by language"),
    Key::new("successor", Shape::Name, "id of what to look at instead"),
    Key::new("on", Shape::Date, "the day it was retired"),
    Key::new(
        "audience",
        Shape::Name,
        "whom the page that says so is for, one of `audiences` in handbook.yaml",
    ),
];
