//! What the handbook lacks: practices nobody leads, levels without a playbook, pages without a
//! translation, pages that nothing points at.

use crate::config::Config;
use crate::diag::Diagnostics;
use crate::model::{
    Coverage, Fields, Graph, Handbook, Kind, LevelCoverage, PracticeCoverage, Relation, Thing, ThingId,
};

/// Looks at the whole handbook; its gaps are reported as hints.
pub fn coverage(
    handbook: &Handbook,
    graph: &Graph,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Coverage {
    let mut coverage = Coverage::default();
    let levels = handbook.level_numbers();
    let above_the_lowest = levels.get(1..).unwrap_or_default();
    for (id, thing) in handbook.of_kind(Kind::Practice) {
        let Fields::Practice(fields) = thing.fields() else { continue };
        let mut practice = PracticeCoverage::default();
        for level in above_the_lowest {
            practice.levels.insert(*level, LevelCoverage::default());
        }
        for criterion in &fields.criteria {
            practice.levels.entry(criterion.level.value).or_default().criteria += 1;
        }
        for edge in graph.outgoing_of(id) {
            practice.led |= edge.relation == Relation::LedBy;
        }
        for edge in graph.incoming_of(id).filter(|edge| edge.relation == Relation::HelpsWith) {
            for level in &edge.levels {
                practice.levels.entry(*level).or_default().playbooks.push(edge.from);
            }
        }
        coverage.practices.insert(id, practice);
    }
    for (id, _) in handbook.of_kind(Kind::Playbook) {
        if !graph.outgoing_of(id).any(|edge| edge.relation == Relation::HelpsWith) {
            coverage.playbooks_alone.push(id);
        }
    }
    for lang in &handbook.languages {
        let missing = |(id, thing): (ThingId, &Thing)| (!thing.texts.contains_key(lang)).then_some(id);
        let translatable = handbook.iter().filter(|(_, thing)| thing.kind.is_translatable());
        let missing: Vec<ThingId> = translatable.filter_map(missing).collect();
        if !missing.is_empty() {
            coverage.untranslated.insert(lang.clone(), missing);
        }
    }
    coverage.orphans = orphans(handbook, graph);
    report(&coverage, handbook, config, diagnostics);
    coverage
}

/// A relation is shown at both its ends, so whoever has one can be reached. Introductions of folders, levels
/// and terms stand by themselves: one comes upon them by looking them up.
fn orphans(handbook: &Handbook, graph: &Graph) -> Vec<ThingId> {
    let wanted = |thing: &Thing| !thing.index && !matches!(thing.kind, Kind::Level | Kind::Term);
    let alone = |id: ThingId| {
        graph.incoming_of(id).next().is_none()
            && graph.outgoing_of(id).next().is_none()
            && graph.backlinks.get(id.0 as usize).is_none_or(Vec::is_empty)
    };
    handbook.iter().filter(|(id, thing)| wanted(thing) && alone(*id)).map(|(id, _)| id).collect()
}

fn report(coverage: &Coverage, handbook: &Handbook, config: &Config, diagnostics: &mut Diagnostics) {
    let id_of = |id: ThingId| &handbook.thing(id).original().summary.id;
    let has_roles = handbook.of_kind(Kind::Role).next().is_some();
    let has_playbooks = handbook.of_kind(Kind::Playbook).next().is_some();
    let target = config.scoring.default_target;
    for (id, practice) in &coverage.practices {
        if has_roles && !practice.led {
            diagnostics.practice_not_led(id_of(*id));
        }
        if practice.levels.values().all(|level| level.criteria == 0) {
            diagnostics.practice_without_criteria(id_of(*id));
        }
        let at_target = practice.levels.get(&target);
        if has_playbooks && at_target.is_some_and(|level| level.criteria > 0 && level.playbooks.is_empty()) {
            diagnostics.practice_without_playbook(id_of(*id), target);
        }
    }
    for id in &coverage.playbooks_alone {
        diagnostics.playbook_without_practice(id_of(*id));
    }
    for (lang, missing) in &coverage.untranslated {
        let files: Vec<_> = missing.iter().map(|id| &handbook.thing(*id).original().summary.file).collect();
        diagnostics.untranslated(lang.as_str(), &files);
    }
    for id in &coverage.orphans {
        diagnostics.orphan(id_of(*id));
    }
    for (id, thing) in handbook.of_kind(Kind::Slo) {
        let Fields::Slo(fields) = thing.fields() else { continue };
        if fields.journey.is_none() {
            diagnostics.slo_unexplained(id_of(id), "journey", "what the user is doing when it matters");
        }
        if fields.owner.is_none() {
            diagnostics.slo_unexplained(id_of(id), "owner", "the person or team that decides on it");
        }
    }
}
