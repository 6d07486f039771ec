//! The words of the field as plain data. No I/O, no serialisation, no rendering.
//!
//! A source file becomes a [`Document`] (parse), documents become [`Thing`]s in a [`Handbook`]
//! (link), names become ids in a [`Graph`] (link), answers become [`Scorecards`] (assess), and all
//! three together are the [`Site`] that render and search read.

mod assessment;
mod body;
mod coverage;
mod digest;
mod document;
mod freshness;
mod front;
mod graph;
mod handbook;
mod id;
mod inbound_file;
mod kind;
mod output;
mod path;
mod plain;
mod playbook;
mod postmortem;
mod practice;
mod questions;
mod report;
mod role;
mod scorecard;
mod slo;
mod source_file;
mod succession;
mod team;
mod term;
mod theme_files;
mod value;

pub use assessment::{Answer, AnswerEntry, AssessmentFields, Evidence, PracticeAnswers};
pub use body::{Body, CodeBlock, CodeText, Edit, EditKind, Label, Piece};
pub use coverage::{Coverage, LevelCoverage, PracticeCoverage};
pub use digest::{Digest, ShortHash};
pub use document::{Document, Heading, ImageUse, Include, LinkUse, Summary, Target};
pub use freshness::{Behind, Change, Dependency, Freshness, Happened, Since};
pub use front::{Common, Every, EveryUnit, Fields, SearchSettings};
pub use graph::{
    Alias, AliasError, Anchor, Backlink, Edge, Graph, PageLinks, Relation, ResolvedImage, ResolvedLink,
    TermUse,
};
pub use handbook::{Asset, Handbook, Hidden, HiddenReason, Text, Thing, ThingId};
pub use id::{Id, IdError, Lang};
pub use inbound_file::InboundFile;
pub use kind::Kind;
pub use output::Outputs;
pub use path::{PathFields, Step};
pub use plain::{filled, push_gap};
pub use playbook::PlaybookFields;
pub use postmortem::{Action, ActionState, Factor, Gap, PostmortemFields};
pub use practice::{Criterion, CriterionText, PracticeFields, Reference, RoleNames};
pub use questions::{ModelChange, area_of, model_hash, questions};
pub use report::Report;
pub use role::RoleFields;
pub use scorecard::{
    Because, Counts, Difference, NextStep, PracticeScore, ScoreState, ScoreSummary, Scorecard, Scorecards,
    SetAside, SetAsideReason,
};
pub use slo::{Objective, SloFields};
pub use source_file::{SourceFile, Standing};
pub use succession::{
    CriterionFate, Fate, FormerCriterion, OldPermalink, Retired, Succession, has_criterion, next_name,
};
pub use team::{Decision, DecisionText, TargetLevel, TeamFields};
pub use term::{AutoLink, TermFields};
pub use theme_files::{ThemeFile, ThemeFiles};
pub use value::Value;

/// Everything there is to write a site from; read-only.
#[derive(Clone, Debug)]
pub struct Site {
    pub handbook: Handbook,
    pub graph: Graph,
    pub scorecards: Scorecards,
    pub coverage: Coverage,
    /// What became of ids that are no more.
    pub succession: Succession,
    /// The day the site is built for, UTC; part of the input (`SOURCE_DATE_EPOCH` fixes it).
    pub today: jiff::civil::Date,
    /// The day each source file was last changed, as git remembers it; empty without git.
    pub history: std::collections::BTreeMap<crate::diag::FilePath, jiff::civil::Date>,
    /// Who changed each source file, the newest first; empty unless the configuration asks for names.
    pub authors: std::collections::BTreeMap<crate::diag::FilePath, Vec<String>>,
    /// Reviews and translations that a later change has overtaken.
    pub freshness: Freshness,
}
