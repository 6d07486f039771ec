//! What a later change has overtaken: reviews by what the page rests on, translations by their originals.
//!
//! A review is stamped (`reviewed_against:`, written by `shirube reviewed`) with a hash of everything
//! that the page rested on, so that it can be told exactly, here and in any clone, what is another
//! today. A page without a stamp is judged by dates alone: of its review, and of its last change.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::dependencies::{criterion_hash, dependencies, name_hash, slo_hash};
use crate::diag::{Diagnostics, FilePath, Span};
use crate::model::{
    Behind, Change, Common, Criterion, Dependency, Fields, Freshness, Graph, Handbook, Happened, ShortHash,
    Succession, Thing, ThingId,
};

/// Looks at every page. `history`: the day of each file's last change. `behind`: what is known of an original
/// and a version of it, by content hash, that was translated.
pub fn freshness(
    handbook: &Handbook,
    graph: &Graph,
    succession: &Succession,
    history: &BTreeMap<FilePath, Date>,
    behind: &BTreeMap<(FilePath, String), Behind>,
    diagnostics: &mut Diagnostics,
) -> Freshness {
    let mut freshness = Freshness::default();
    for (id, thing) in handbook.iter() {
        let summary = &thing.original().summary;
        for (lang, text) in &thing.texts {
            let Some(stamp) = &text.summary.common.translated_from else { continue };
            if *lang == thing.original || stamp.value == summary.content_hash {
                continue;
            }
            let known = behind.get(&(summary.file.clone(), stamp.value.clone()));
            let behind = known.cloned().unwrap_or_default();
            diagnostics.translation_stale(&stamp.span, summary, &text.summary.file, &behind);
            freshness.behind.insert((id, lang.clone()), behind);
        }
        let Some(reviewed) = &summary.common.reviewed else { continue };
        let review = Review { handbook, graph, succession, id };
        let stamp = stamp(&summary.common);
        let edited = match stamp.get(&Dependency::Itself) {
            Some((hash, _)) => *hash != summary.digest.whole().to_string(),
            None => history.get(&summary.file).is_some_and(|changed| *changed > reviewed.value),
        };
        if edited {
            freshness.edited.insert(id);
        }
        let mut changes = Vec::new();
        for (change, span) in review.changes(&stamp, edited) {
            let span = span.unwrap_or(&reviewed.span);
            let told = Told::of(handbook, &change);
            diagnostics.review_overtaken(span, &change, &told.title, told.place, &summary.file);
            changes.push(change);
        }
        if !changes.is_empty() {
            freshness.changes.insert(id, changes);
        }
    }
    freshness
}

/// What was recorded at the review, each with its hash and place. What cannot be read was not written by us.
type Stamp<'a> = BTreeMap<Dependency, (&'a str, &'a Span)>;

fn stamp(common: &Common) -> Stamp<'_> {
    let recorded = common.reviewed_against.iter();
    recorded
        .filter_map(|(name, hash)| Some((Dependency::parse(&name.value)?, (hash.value.as_str(), &name.span))))
        .collect()
}

/// The review of one page.
struct Review<'a> {
    handbook: &'a Handbook,
    graph: &'a Graph,
    succession: &'a Succession,
    id: ThingId,
}

impl Review<'_> {
    /// What is another now, with its place in the stamp. `edited`: the page was changed too, so what it
    /// came to rest on, or no longer does, may be its own doing.
    fn changes<'s>(&self, stamp: &Stamp<'s>, edited: bool) -> Vec<(Change, Option<&'s Span>)> {
        let mut changes = Vec::new();
        if stamp.is_empty() {
            return changes;
        }
        let today = dependencies(self.handbook, self.graph, self.id);
        let mut known = BTreeSet::new();
        for (recorded, (hash, span)) in stamp {
            if *recorded == Dependency::Itself {
                continue;
            }
            let current = self.current(recorded);
            if let Some((what, thing)) = self.happened(recorded, &current, hash, &today, edited) {
                changes.push((Change { dependency: recorded.clone(), what, thing }, Some(*span)));
            }
            known.insert(current);
        }
        if edited || !stamp.contains_key(&Dependency::Itself) {
            return changes;
        }
        for added in today.into_keys() {
            if matches!(added, Dependency::Criterion { .. }) && !known.contains(&added) {
                let thing = self.find(&added);
                changes.push((Change { dependency: added, what: Happened::Added, thing }, None));
            }
        }
        changes
    }

    /// What became of `recorded`, which goes by the name of `current` today.
    fn happened(
        &self,
        recorded: &Dependency,
        current: &Dependency,
        hash: &str,
        today: &BTreeMap<Dependency, ShortHash>,
        edited: bool,
    ) -> Option<(Happened, Option<ThingId>)> {
        let (kind, id) = current.thing()?;
        if self.handbook.hidden.by_id.contains_key(&(kind, id.to_owned())) {
            return None;
        }
        let thing = self.find(current);
        let Some(now) = self.hash(current) else {
            // Whoever changed the page may have taken it out for that very reason.
            return (!edited).then(|| self.end(recorded, current)).flatten().map(|end| (end, thing));
        };
        let rests_on_it = today.contains_key(current);
        if let Some(new) = new_name(recorded, current)
            && (rests_on_it || !edited)
        {
            return Some((Happened::Renamed(new), thing));
        }
        if !rests_on_it {
            // A page that is about the practice still, and not about the criterion, is about other levels.
            let is_moved = !edited && today.contains_key(&Dependency::Name(kind, id.to_owned()));
            let criterion = self.criterion(current).filter(|_| is_moved)?;
            return Some((Happened::Moved(criterion.level.value), thing));
        }
        if now.to_string() == hash {
            return None;
        }
        let what = match current {
            Dependency::Criterion { .. } => Happened::Reworded,
            Dependency::Slo(_) => Happened::Retargeted,
            Dependency::Name(..) | Dependency::Itself => Happened::Retitled,
        };
        Some((what, thing))
    }

    /// How something ended that is not there any more. That its practice ended too is told once, of the practice.
    fn end(&self, recorded: &Dependency, current: &Dependency) -> Option<Happened> {
        let is_criterion = matches!(current, Dependency::Criterion { .. });
        if is_criterion && self.find(current).is_none() {
            return None;
        }
        let is_retired = |dependency: &Dependency| {
            let name = match dependency.thing() {
                Some((_, id)) if !is_criterion => id.to_owned(),
                _ => dependency.to_string(),
            };
            self.succession.retirement(&name).is_some()
        };
        let is_retired = is_retired(recorded) || is_retired(current);
        Some(if is_retired { Happened::Retired } else { Happened::Removed })
    }

    /// Today's name of a dependency, as `model.yaml` tells it. Things of two kinds may have had one id.
    fn current(&self, recorded: &Dependency) -> Dependency {
        if self.hash(recorded).is_some() {
            return recorded.clone();
        }
        let current = |name: &str| self.succession.current(name).to_string();
        match recorded {
            Dependency::Itself => Dependency::Itself,
            Dependency::Name(kind, id) => Dependency::Name(*kind, current(id)),
            Dependency::Slo(id) => Dependency::Slo(current(id)),
            Dependency::Criterion { practice, criterion } => {
                // Either half may have been renamed, before or after the other.
                let whole = current(&format!("{practice}/{criterion}"));
                let (practice, criterion) = whole.split_once('/').unwrap_or((practice, criterion));
                let whole = current(&format!("{}/{criterion}", current(practice)));
                let (practice, criterion) = whole.split_once('/').unwrap_or((practice, criterion));
                Dependency::Criterion { practice: practice.to_owned(), criterion: criterion.to_owned() }
            }
        }
    }

    fn find(&self, dependency: &Dependency) -> Option<ThingId> {
        let (kind, id) = dependency.thing()?;
        self.handbook.find(kind, id)
    }

    fn criterion(&self, dependency: &Dependency) -> Option<&Criterion> {
        criterion_of(self.handbook.thing(self.find(dependency)?), dependency)
    }

    /// The hash of what is there today, whether the page rests on it or not.
    fn hash(&self, dependency: &Dependency) -> Option<ShortHash> {
        let thing = self.handbook.thing(self.find(dependency)?);
        match (dependency, thing.fields()) {
            (Dependency::Name(..), _) => Some(name_hash(&thing.original().summary)),
            (Dependency::Slo(_), Fields::Slo(fields)) => Some(slo_hash(fields)),
            (Dependency::Criterion { .. }, _) => criterion_of(thing, dependency).map(criterion_hash),
            _ => None,
        }
    }
}

fn criterion_of<'a>(practice: &'a Thing, dependency: &Dependency) -> Option<&'a Criterion> {
    let (Fields::Practice(fields), Dependency::Criterion { criterion, .. }) = (practice.fields(), dependency)
    else {
        return None;
    };
    fields.criteria.iter().find(|known| known.id.value == *criterion)
}

/// The new id, where a thing or a criterion within its practice has one. That a criterion's practice has
/// another id is told once, of the practice.
fn new_name(recorded: &Dependency, current: &Dependency) -> Option<String> {
    match (recorded, current) {
        (Dependency::Criterion { criterion: old, .. }, Dependency::Criterion { criterion: new, .. }) => {
            (old != new).then(|| new.clone())
        }
        _ => {
            let (_, new) = current.thing()?;
            (recorded != current).then(|| new.to_owned())
        }
    }
}

/// How a change is told to the writer.
struct Told<'a> {
    /// Of the thing concerned; its id when it is no more.
    title: String,
    /// Where its words stand today.
    place: Option<&'a Span>,
}

impl<'a> Told<'a> {
    fn of(handbook: &'a Handbook, change: &Change) -> Self {
        let Some(id) = change.thing else {
            let id = change.dependency.thing().map_or("", |(_, id)| id);
            return Self { title: id.to_owned(), place: None };
        };
        let thing = handbook.thing(id);
        let summary = &thing.original().summary;
        let place = match (&change.dependency, thing.fields()) {
            (Dependency::Criterion { .. }, _) => {
                criterion_of(thing, &change.dependency).map(|criterion| &criterion.id.span)
            }
            (_, Fields::Slo(fields)) => fields.objectives.first().map(|objective| &objective.target.span),
            _ => summary.common.title.as_ref().map(|title| &title.span),
        };
        Self { title: summary.title.clone(), place }
    }
}
