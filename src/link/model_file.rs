//! Whether what `model.yaml` says can be true.

use crate::diag::{Diagnostics, Name, nearest};
use crate::link::names::Named;
use crate::link::succession::{criterion_place, place_of};
use crate::model::{Fields, Handbook, Kind, Succession, has_criterion};

/// Checks every name in `model.yaml`.
pub fn check(handbook: &Handbook, succession: &Succession, diagnostics: &mut Diagnostics) {
    let mut check = Check { handbook, succession, diagnostics };
    for (old, new) in succession.renamed() {
        check.is_gone(old);
        check.has_heir(new);
    }
    for (id, retired) in &succession.retired {
        check.is_gone(id);
        if let Some(successor) = &retired.successor {
            check.has_heir(successor);
        }
    }
}

struct Check<'a> {
    handbook: &'a Handbook,
    succession: &'a Succession,
    diagnostics: &'a mut Diagnostics,
}

impl Check<'_> {
    /// An old id is nobody's any more, unless things of several kinds had it.
    fn is_gone(&mut self, name: &Name) {
        let place = match name.value.split_once('/') {
            Some((practice, id)) => criterion_place(self.handbook, practice, id),
            None => None,
        };
        let thing = || Kind::ALL.into_iter().find_map(|kind| self.handbook.find(kind, &name.value));
        let place = place.or_else(|| thing().map(|thing| place_of(self.handbook, thing)));
        if let Some(place) = place
            && self.succession.gone(self.handbook, &name.value).is_empty()
        {
            self.diagnostics.still_exists(name, &place);
        }
    }

    /// A new id is somebody's, or was and has an heir of its own.
    fn has_heir(&mut self, name: &Name) {
        let id = name.value.split_once(':').map_or(name.value.as_str(), |(_, id)| id);
        let is_old = |(old, _): &(Name, _)| old.value == id;
        if self.succession.renamed().iter().any(is_old)
            || self.succession.retired.iter().any(|(old, _)| old.value == id)
        {
            return;
        }
        match self.handbook.named(&name.value) {
            Named::One(_) | Named::Several(_) | Named::Hidden(_) => return,
            Named::None => {}
        }
        let Some((practice, criterion)) = id.split_once('/') else {
            return self.diagnostics.unknown_thing(name, nearest(id, self.handbook.all_names()));
        };
        let today = self.succession.current(id);
        let practice_today = today.split_once('/').map_or(practice, |(practice, _)| practice);
        let practice_name = Name::new(practice.to_owned(), name.span.clone());
        match self.handbook.find(Kind::Practice, practice_today).map(|id| self.handbook.thing(id).fields()) {
            Some(Fields::Practice(fields)) => {
                let ids = || fields.criteria.iter().map(|criterion| criterion.id.value.as_str());
                if !ids().any(|id| id == criterion) && !has_criterion_named(self.handbook, &today) {
                    let criterion_name = Name::new(criterion.to_owned(), name.span.clone());
                    let near = nearest(criterion, ids());
                    self.diagnostics.unknown_criterion(&criterion_name, practice_today, near);
                }
            }
            _ if self.handbook.hidden.by_id.contains_key(&(Kind::Practice, practice_today.to_owned())) => {}
            _ => {
                let near = nearest(practice, self.handbook.ids_of(Kind::Practice));
                self.diagnostics.unknown_name(Kind::Practice, &practice_name, near);
            }
        }
    }
}

/// Whether `name` is the `practice/criterion` of one that exists.
fn has_criterion_named(handbook: &Handbook, name: &str) -> bool {
    name.split_once('/').is_some_and(|(practice, criterion)| has_criterion(handbook, practice, criterion))
}
