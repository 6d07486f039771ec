//! What a handbook has for each practice and level, and what it lacks.

use std::collections::BTreeMap;

use crate::model::{Lang, ThingId};

/// The handbook's own gaps, apart from any team.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    /// Every practice of the handbook.
    pub practices: BTreeMap<ThingId, PracticeCoverage>,
    /// Playbooks that name no practice they help with.
    pub playbooks_alone: Vec<ThingId>,
    /// For each language of the handbook what cannot be read in it; only languages that lack something.
    pub untranslated: BTreeMap<Lang, Vec<ThingId>>,
    /// Pages without any relation that no body links to.
    pub orphans: Vec<ThingId>,
}

/// What there is for one practice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PracticeCoverage {
    /// Whether any role leads it.
    pub led: bool,
    /// Every level of the handbook above the lowest, and those for which the practice has criteria.
    pub levels: BTreeMap<u8, LevelCoverage>,
}

/// What there is for a practice at a level.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LevelCoverage {
    pub criteria: u32,
    /// The playbooks that help to reach it.
    pub playbooks: Vec<ThingId>,
}
