//! Old names in front matter → today's, as `model.yaml` says.
//!
//! Done once, before anything is resolved, so that no later stage meets a name that is no more.

use std::sync::Arc;

use crate::diag::{Diagnostics, Name, Span, Spanned};
use crate::link::names::Named;
use crate::model::{
    CriterionFate, Fate, Fields, Gap, Handbook, Kind, Lang, Retired, RoleNames, Succession, Summary, Thing,
    ThingId, has_criterion,
};

/// Puts today's names in the place of old ones, with a hint; takes out names of what was retired, with
/// a warning. Assessments are records of their day: `assess` carries their answers over.
pub fn bring_up_to_date(handbook: &mut Handbook, succession: &Succession, diagnostics: &mut Diagnostics) {
    if succession.is_empty() {
        return;
    }
    let mut renewed: Vec<(usize, Lang, Fields)> = Vec::new();
    for (index, thing) in handbook.things.iter().enumerate() {
        for (lang, text) in &thing.texts {
            let mut fields = text.summary.fields.clone();
            let mut names = Names { handbook, succession, diagnostics, changed: false };
            names.fields(&mut fields, thing);
            if names.changed {
                renewed.push((index, lang.clone(), fields));
            }
        }
    }
    for (index, lang, fields) in renewed {
        if let Some(text) = handbook.things.get_mut(index).and_then(|thing| thing.texts.get_mut(&lang)) {
            let summary: &mut Summary = Arc::make_mut(&mut text.summary);
            summary.fields = fields;
        }
    }
}

/// The names of one text.
struct Names<'a> {
    handbook: &'a Handbook,
    succession: &'a Succession,
    diagnostics: &'a mut Diagnostics,
    changed: bool,
}

impl Names<'_> {
    fn fields(&mut self, fields: &mut Fields, thing: &Thing) {
        match fields {
            Fields::Practice(fields) => {
                self.all(Kind::Practice, &mut fields.requires);
                self.all(Kind::Practice, &mut fields.related);
                self.roles(&mut fields.roles);
                for criterion in &mut fields.criteria {
                    self.all(Kind::Role, &mut criterion.who);
                }
                if let Some(practice) = &thing.id {
                    fields
                        .criterion_texts
                        .retain_mut(|(criterion, _)| self.own_criterion(practice.as_str(), criterion));
                }
            }
            Fields::Playbook(fields) => {
                fields.practices.retain_mut(|(practice, _)| self.keep(Kind::Practice, practice));
                self.roles(&mut fields.roles);
            }
            Fields::Postmortem(fields) => {
                self.one(Kind::Team, &mut fields.team);
                self.gaps(&mut fields.gaps);
                for action in &mut fields.actions {
                    self.one(Kind::Practice, &mut action.practice);
                }
            }
            Fields::Team(fields) => {
                fields.targets.retain_mut(|(practice, _)| self.keep(Kind::Practice, practice));
                fields.not_applicable.retain_mut(|(subject, _)| self.subject(subject));
                fields.adoption.retain_mut(|(practice, _)| self.keep(Kind::Practice, practice));
                fields.target_texts.retain_mut(|(practice, _)| self.keep(Kind::Practice, practice));
                fields.decision_texts.retain_mut(|(subject, _)| self.subject(subject));
            }
            Fields::Path(fields) => {
                self.all(Kind::Role, &mut fields.roles);
                fields.steps.retain_mut(|step| self.any(&mut step.page));
                fields.step_notes.retain_mut(|(page, _)| self.any(page));
            }
            Fields::Slo(fields) => self.one(Kind::Practice, &mut fields.practice),
            _ => {}
        }
    }

    fn roles(&mut self, roles: &mut RoleNames) {
        self.all(Kind::Role, &mut roles.lead);
        self.all(Kind::Role, &mut roles.contribute);
    }

    fn all(&mut self, kind: Kind, names: &mut Vec<Name>) {
        names.retain_mut(|name| self.keep(kind, name));
    }

    fn one(&mut self, kind: Kind, name: &mut Option<Name>) {
        if name.as_mut().is_some_and(|name| !self.keep(kind, name)) {
            *name = None;
        }
    }

    /// Brings the name of a thing of `kind` up to date; `false` when what it names was retired.
    fn keep(&mut self, kind: Kind, name: &mut Name) -> bool {
        if self.is_known(kind, &name.value) {
            return true;
        }
        self.follow(Some(kind), name, |thing, handbook| {
            let thing = handbook.thing(thing);
            // A practice that became a role cannot be required.
            thing.id.as_ref().filter(|_| thing.kind == kind).map(|id| id.to_string())
        })
    }

    /// The same for `id` or `kind:id` of any kind.
    fn any(&mut self, name: &mut Name) -> bool {
        if !matches!(self.handbook.named(&name.value), Named::None) {
            return true;
        }
        let (kind, id) = match name.value.split_once(':') {
            Some((kind, id)) => (Kind::from_name(kind), id.to_owned()),
            None => (None, name.value.clone()),
        };
        let mut today = Spanned::new(id.clone(), name.span.clone());
        let kept = self.follow(kind, &mut today, |thing, handbook| shortest_name(handbook, thing));
        if today.value != id {
            *name = today;
        }
        kept
    }

    /// `write`: how the new thing is named here, if it can be.
    fn follow(
        &mut self,
        kind: Option<Kind>,
        name: &mut Name,
        write: impl Fn(ThingId, &Handbook) -> Option<String>,
    ) -> bool {
        match self.succession.fate(self.handbook, kind, &name.value) {
            Some(Fate::Renamed(thing)) => {
                if let Some(today) = write(thing, self.handbook) {
                    self.diagnostics.renamed(name, &today, &place_of(self.handbook, thing));
                    name.value = today;
                    self.changed = true;
                }
                true
            }
            Some(Fate::Retired(id, retired)) => {
                self.retired(name, id, retired);
                false
            }
            // A thing outside of this build is told of by its name of today.
            Some(Fate::Hidden(_)) => {
                name.value = self.succession.current(&name.value).into_owned();
                self.changed = true;
                true
            }
            None => true,
        }
    }

    fn retired(&mut self, name: &Name, entry: &Name, retired: &Retired) {
        self.changed = true;
        let successor = self.succession.successor(self.handbook, retired);
        let successor = successor.and_then(|thing| shortest_name(self.handbook, thing));
        self.diagnostics.retired(name, entry, retired, successor.as_deref());
    }

    /// The name of a criterion in a translation of its practice.
    fn own_criterion(&mut self, practice: &str, criterion: &mut Name) -> bool {
        if has_criterion(self.handbook, practice, &criterion.value) {
            return true;
        }
        match self.succession.former_criterion(self.handbook, practice, &criterion.value) {
            Some(CriterionFate::Renamed(other, today)) if is(self.handbook, other, practice) => {
                self.criterion_renamed(criterion, practice, today);
                true
            }
            // Its words went with it: to another practice, or out of the handbook.
            Some(_) => {
                self.changed = true;
                false
            }
            None => true,
        }
    }

    fn criterion_renamed(&mut self, criterion: &mut Name, practice: &str, today: String) {
        if let Some(place) = criterion_place(self.handbook, practice, &today) {
            self.diagnostics.renamed(criterion, &today, &place);
        }
        criterion.value = today;
        self.changed = true;
    }

    /// `practice` or `practice/criterion`.
    fn subject(&mut self, subject: &mut Name) -> bool {
        let Some((practice, criterion)) = subject.value.split_once('/') else {
            return self.keep(Kind::Practice, subject);
        };
        if has_criterion(self.handbook, practice, criterion) {
            return true;
        }
        match self.succession.former_criterion(self.handbook, practice, criterion) {
            Some(CriterionFate::Renamed(practice, criterion)) => {
                let Some(id) = self.handbook.thing(practice).id.clone() else { return true };
                let today = format!("{id}/{criterion}");
                if let Some(place) = criterion_place(self.handbook, id.as_str(), &criterion) {
                    self.diagnostics.renamed(subject, &today, &place);
                }
                subject.value = today;
                self.changed = true;
                true
            }
            Some(CriterionFate::Retired(entry, retired)) => {
                self.retired(&subject.clone(), entry, retired);
                false
            }
            None => {
                // The practice may have been retired with all its criteria.
                let mut practice = Spanned::new(practice.to_owned(), subject.span.clone());
                self.keep(Kind::Practice, &mut practice)
            }
        }
    }

    /// Gaps, of which a criterion may belong to another practice by now.
    fn gaps(&mut self, gaps: &mut Vec<Gap>) {
        let mut elsewhere: Vec<Gap> = Vec::new();
        gaps.retain_mut(|gap| {
            let written = gap.practice.value.clone();
            let is_kept = self.keep(Kind::Practice, &mut gap.practice);
            gap.criteria.retain_mut(|criterion| {
                if has_criterion(self.handbook, &gap.practice.value, &criterion.value) && is_kept {
                    return true;
                }
                match self.succession.former_criterion(self.handbook, &written, &criterion.value) {
                    Some(CriterionFate::Renamed(practice, today)) => {
                        let Some(id) = self.handbook.thing(practice).id.clone() else { return true };
                        self.criterion_renamed(criterion, id.as_str(), today);
                        if id.as_str() == gap.practice.value {
                            return true;
                        }
                        let practice = Spanned::new(id.to_string(), gap.practice.span.clone());
                        elsewhere.push(Gap { practice, criteria: vec![criterion.clone()], note: None });
                        false
                    }
                    Some(CriterionFate::Retired(entry, retired)) => {
                        self.retired(criterion, entry, retired);
                        false
                    }
                    None => true,
                }
            });
            is_kept
        });
        for gap in elsewhere {
            match gaps.iter_mut().find(|known| known.practice.value == gap.practice.value) {
                Some(known) => known.criteria.extend(gap.criteria),
                None => gaps.push(gap),
            }
        }
    }

    /// Whether there is such a thing, in this build or in another.
    fn is_known(&self, kind: Kind, id: &str) -> bool {
        self.handbook.find(kind, id).is_some()
            || self.handbook.hidden.by_id.contains_key(&(kind, id.to_owned()))
    }
}

fn is(handbook: &Handbook, thing: ThingId, id: &str) -> bool {
    handbook.thing(thing).id.as_ref().is_some_and(|own| own.as_str() == id)
}

/// How a thing is named where any kind can be: by its id, with the kind where the id alone means another.
pub fn shortest_name(handbook: &Handbook, thing: ThingId) -> Option<String> {
    let Thing { kind, id, .. } = handbook.thing(thing);
    let id = id.as_ref()?;
    match handbook.named(id.as_str()) {
        Named::One(meant) if meant == thing => Some(id.to_string()),
        _ => Some(format!("{kind}:{id}")),
    }
}

/// Where a thing gets its id.
pub fn place_of(handbook: &Handbook, id: ThingId) -> Span {
    handbook.thing(id).original().summary.id.span.clone()
}

/// Where a practice's criterion is written.
pub fn criterion_place(handbook: &Handbook, practice: &str, criterion: &str) -> Option<Span> {
    let practice = handbook.find(Kind::Practice, practice)?;
    match handbook.thing(practice).fields() {
        Fields::Practice(fields) => {
            let found = fields.criteria.iter().find(|known| known.id.value == criterion)?;
            Some(found.id.span.clone())
        }
        _ => None,
    }
}
