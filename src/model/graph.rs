//! Names turned into ids: who points at whom, from both ends.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diag::Span;
use crate::model::{Lang, ThingId};

/// The checked relations of a handbook. Nothing in it can be wrong; what could not be resolved was reported.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// Every relation stated in front matter, sorted by `from`, then as written.
    pub edges: Vec<Edge>,
    /// For each thing (by position) the edges that lead to it, as positions in `edges`.
    pub incoming: Vec<Vec<u32>>,
    /// For each thing the edges that start at it.
    pub outgoing: Vec<Vec<u32>>,
    /// The links, images and includes of each text.
    pub pages: BTreeMap<(ThingId, Lang), PageLinks>,
    /// For each thing the links in bodies that lead to it, by the order of the linking pages.
    pub backlinks: Vec<Vec<Backlink>>,
    /// For each term the texts in which a use of it became a link by itself.
    pub mentions: Vec<Vec<(ThingId, Lang)>>,
    /// Practices in an order in which every prerequisite comes first.
    pub practice_order: Vec<ThingId>,
    /// Old addresses: the language below which one stands, and its address there (`old/page`,
    /// `wiki/page.html`); each with what it leads to, the whole page first.
    pub aliases: BTreeMap<(Lang, String), Vec<Alias>>,
}

impl Graph {
    /// The relations that lead to `id`.
    pub fn incoming_of(&self, id: ThingId) -> impl Iterator<Item = &Edge> {
        self.at(&self.incoming, id)
    }

    /// The relations that start at `id`, as written.
    pub fn outgoing_of(&self, id: ThingId) -> impl Iterator<Item = &Edge> {
        self.at(&self.outgoing, id)
    }

    fn at<'a>(&'a self, positions: &'a [Vec<u32>], id: ThingId) -> impl Iterator<Item = &'a Edge> {
        let positions = positions.get(id.0 as usize).into_iter().flatten();
        positions.filter_map(|position| self.edges.get(*position as usize))
    }
}

/// One relation between two things.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    pub from: ThingId,
    pub to: ThingId,
    pub relation: Relation,
    /// The criterion meant, where one is.
    pub criterion: Option<String>,
    /// The levels meant (a playbook's), ascending.
    pub levels: Vec<u8>,
    pub span: Span,
}

/// How the thing at an edge's start relates to the one at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// practice → the area it belongs to
    InArea,
    /// practice → practice to have first
    Requires,
    /// practice → practice beside it
    Related,
    /// practice or playbook → role that leads
    LedBy,
    /// practice or playbook → role that helps
    ContributedBy,
    /// practice → role that should answer a criterion
    AnsweredBy,
    /// playbook → practice it helps with
    HelpsWith,
    /// postmortem → practice whose gap it shows
    ShowsGap,
    /// postmortem → practice an action improves
    Improves,
    /// postmortem → team it happened to
    OfTeam,
    /// assessment → team assessed
    Assesses,
    /// team → practice it set a target for, decided against or tells its form of
    Tailors,
    /// path → role it is for
    ForRole,
    /// path → thing to read
    Reads,
    /// SLO → practice it puts to use
    PutsToUse,
}

/// Where everything on one page leads. The lists run parallel to those of the page's summary.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageLinks {
    pub links: Vec<ResolvedLink>,
    pub images: Vec<ResolvedImage>,
    /// The included text; `None` when it could not be found (reported).
    pub includes: Vec<Option<Arc<str>>>,
    /// The SLOs whose definitions are among the included texts.
    pub included_slos: Vec<ThingId>,
    /// Anchors of the headings.
    pub anchors: Vec<Anchor>,
    /// Uses of glossary terms that become links, in the order of the page; one per term.
    pub terms: Vec<TermUse>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq)]
pub enum ResolvedLink {
    External(String),
    /// A thing's page, in the reader's language, with a fragment that exists there.
    Thing {
        thing: ThingId,
        fragment: Option<String>,
    },
    /// A file copied to this address below the site's root.
    Asset(String),
    /// Something that templates make, by its address below the site's root, without language: `roles`, `feed.xml`.
    Address {
        address: String,
        fragment: Option<String>,
    },
    /// On the same page.
    Fragment(String),
    /// Broken or hidden: shown as text.
    Text,
}

/// Where an image is.
#[derive(Clone, Debug, PartialEq)]
pub enum ResolvedImage {
    /// Address below the site's root.
    Asset(String),
    /// On another host: shown as a link, since the site asks nobody for anything.
    Remote(String),
    /// Missing: the alternative text is shown.
    Text,
}

/// A place in a body where a term of the glossary is first used.
#[derive(Clone, Debug, PartialEq)]
pub struct TermUse {
    pub term: ThingId,
    /// Index of the [`Piece::Html`](crate::model::Piece) that holds the word.
    pub piece: usize,
    /// Bytes of the word within the piece.
    pub range: Range<usize>,
}

/// The anchor of a heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Anchor {
    pub id: String,
    /// A second anchor: in a translation the heading's own slug.
    pub also: Option<String>,
}

/// What an old address leads to.
#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
    pub thing: ThingId,
    /// The language of the page it leads to.
    pub lang: Lang,
    /// The part of the old page that came here (`#part`); `None`: all of it, or the rest.
    pub part: Option<String>,
    /// Whether the page has a place called `part`.
    pub lands: bool,
    pub span: Span,
}

/// Why an address cannot be an alias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AliasError {
    /// `https://…`
    WholeUrl,
    /// A static host looks at no query.
    Query,
    /// Nothing but slashes: the home page.
    Root,
    /// `..`, `\`, `:` and whatever else leads out of the site or is no name everywhere.
    Segment,
}

/// A link in a body, seen from where it leads.
#[derive(Clone, Debug, PartialEq)]
pub struct Backlink {
    pub from: ThingId,
    pub lang: Lang,
    /// Plain text of the sentence around the link.
    pub sentence: String,
    pub fragment: Option<String>,
}
