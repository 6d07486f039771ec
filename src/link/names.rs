//! The names in front matter → edges between things.

use crate::diag::{Diagnostics, Name, Spanned, nearest};
use crate::model::{
    Edge, Fields, Handbook, HiddenReason, Kind, PathFields, PlaybookFields, PostmortemFields, PracticeFields,
    Relation, RoleNames, SloFields, TeamFields, Thing, ThingId,
};

/// Every relation that front matter states, by the thing it starts at.
pub fn edges(handbook: &Handbook, diagnostics: &mut Diagnostics) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (id, thing) in handbook.iter() {
        let mut from = From { handbook, id, edges: &mut edges, diagnostics };
        match thing.fields() {
            Fields::Practice(fields) => from.practice(thing, fields),
            Fields::Playbook(fields) => from.playbook(fields),
            Fields::Postmortem(fields) => from.postmortem(fields),
            Fields::Team(fields) => from.team(fields),
            Fields::Assessment(_) => from.assessment(thing),
            Fields::Path(fields) => from.path(fields),
            Fields::Slo(fields) => from.slo(fields),
            Fields::Level { .. } | Fields::Area | Fields::Role(_) | Fields::Term(_) | Fields::Page => {}
        }
    }
    edges
}

/// One thing whose names are being resolved.
struct From<'a> {
    handbook: &'a Handbook,
    id: ThingId,
    edges: &'a mut Vec<Edge>,
    diagnostics: &'a mut Diagnostics,
}

impl From<'_> {
    fn practice(&mut self, thing: &Thing, fields: &PracticeFields) {
        // `practices/<area>/<id>`: the folder is the area.
        let area = thing.address.split('/').nth(1).filter(|_| thing.address.split('/').count() > 2);
        let name = &thing.original().summary.id;
        match area {
            Some(area) => {
                let area = Spanned::new(area.to_owned(), name.span.clone());
                match self.handbook.find(Kind::Area, &area.value) {
                    Some(to) => self.connect(to, Relation::InArea, &area),
                    None => self.diagnostics.practice_without_area(&area),
                }
            }
            None => self.diagnostics.practice_outside_areas(name),
        }
        self.each(Kind::Practice, Relation::Requires, &fields.requires);
        self.each(Kind::Practice, Relation::Related, &fields.related);
        self.roles(&fields.roles);
        for criterion in &fields.criteria {
            self.level(&criterion.level);
            for role in &criterion.who {
                if let Some(to) = self.find(Kind::Role, role) {
                    self.connect_criterion(to, Relation::AnsweredBy, role, &criterion.id.value);
                }
            }
        }
    }

    fn playbook(&mut self, fields: &PlaybookFields) {
        for (practice, levels) in &fields.practices {
            for level in levels {
                self.level(level);
            }
            if let Some(to) = self.find(Kind::Practice, practice) {
                let mut levels: Vec<u8> = levels.iter().map(|level| level.value).collect();
                levels.sort_unstable();
                levels.dedup();
                self.connect(to, Relation::HelpsWith, practice);
                if let Some(edge) = self.edges.last_mut() {
                    edge.levels = levels;
                }
            }
        }
        self.roles(&fields.roles);
    }

    fn postmortem(&mut self, fields: &PostmortemFields) {
        if let Some(team) = &fields.team {
            self.each(Kind::Team, Relation::OfTeam, std::slice::from_ref(team));
        }
        for gap in &fields.gaps {
            let Some(to) = self.find(Kind::Practice, &gap.practice) else { continue };
            self.connect(to, Relation::ShowsGap, &gap.practice);
            for criterion in &gap.criteria {
                if self.criterion(to, criterion) {
                    self.connect_criterion(to, Relation::ShowsGap, criterion, &criterion.value);
                }
            }
        }
        for action in &fields.actions {
            if let Some(practice) = &action.practice {
                self.each(Kind::Practice, Relation::Improves, std::slice::from_ref(practice));
            }
        }
    }

    fn team(&mut self, fields: &TeamFields) {
        for (practice, target) in &fields.targets {
            self.level(&target.level);
            self.each(Kind::Practice, Relation::Tailors, std::slice::from_ref(practice));
        }
        for (subject, _) in &fields.not_applicable {
            let (practice, criterion) = match subject.value.split_once('/') {
                Some((practice, criterion)) => (practice, Some(criterion)),
                None => (subject.value.as_str(), None),
            };
            let practice = Spanned::new(practice.to_owned(), subject.span.clone());
            let Some(to) = self.find(Kind::Practice, &practice) else { continue };
            match criterion {
                None => self.connect(to, Relation::Tailors, &practice),
                Some(criterion) => {
                    let name = Spanned::new(criterion.to_owned(), subject.span.clone());
                    if self.criterion(to, &name) {
                        self.connect_criterion(to, Relation::Tailors, &name, criterion);
                    }
                }
            }
        }
        for (practice, _) in &fields.adoption {
            self.each(Kind::Practice, Relation::Tailors, std::slice::from_ref(practice));
        }
    }

    /// Its answers are for `assess` to place, because history may use old names.
    fn assessment(&mut self, thing: &Thing) {
        let name = &thing.original().summary.id;
        if let Some((team, _)) = name.value.split_once('/') {
            let team = Spanned::new(team.to_owned(), name.span.clone());
            self.each(Kind::Team, Relation::Assesses, std::slice::from_ref(&team));
        }
    }

    fn path(&mut self, fields: &PathFields) {
        self.each(Kind::Role, Relation::ForRole, &fields.roles);
        for step in &fields.steps {
            match self.handbook.named(&step.page.value) {
                Named::One(to) => self.connect(to, Relation::Reads, &step.page),
                Named::Several(kinds) => self.diagnostics.ambiguous(&step.page, &kinds),
                Named::Hidden(reason) => self.hidden(&step.page, reason),
                Named::None => {
                    let near = nearest(&step.page.value, self.handbook.all_names());
                    self.diagnostics.unknown_thing(&step.page, near);
                }
            }
        }
    }

    fn slo(&mut self, fields: &SloFields) {
        if let Some(practice) = &fields.practice {
            self.each(Kind::Practice, Relation::PutsToUse, std::slice::from_ref(practice));
        }
    }

    fn roles(&mut self, roles: &RoleNames) {
        self.each(Kind::Role, Relation::LedBy, &roles.lead);
        self.each(Kind::Role, Relation::ContributedBy, &roles.contribute);
    }

    fn each(&mut self, kind: Kind, relation: Relation, names: &[Name]) {
        for name in names {
            if let Some(to) = self.find(kind, name) {
                self.connect(to, relation, name);
            }
        }
    }

    fn find(&mut self, kind: Kind, name: &Name) -> Option<ThingId> {
        let found = self.handbook.find(kind, &name.value);
        if found.is_none() {
            match self.handbook.hidden.by_id.get(&(kind, name.value.clone())) {
                Some(reason) => self.hidden(name, *reason),
                None => {
                    let near = nearest(&name.value, self.handbook.ids_of(kind));
                    self.diagnostics.unknown_name(kind, name, near);
                }
            }
        }
        found
    }

    fn hidden(&mut self, name: &Name, reason: HiddenReason) {
        match reason {
            HiddenReason::Draft | HiddenReason::Audience => {
                self.diagnostics.hidden(&name.span, &name.value, reason)
            }
            HiddenReason::Pack | HiddenReason::Broken => {}
        }
    }

    /// Whether `practice` has this criterion; reported when not.
    fn criterion(&mut self, practice: ThingId, name: &Name) -> bool {
        let Fields::Practice(fields) = self.handbook.thing(practice).fields() else { return false };
        let ids = || fields.criteria.iter().map(|criterion| criterion.id.value.as_str());
        let known = ids().any(|id| id == name.value);
        if !known {
            let practice = self.handbook.thing(practice).id.as_ref().map_or("", |id| id.as_str());
            self.diagnostics.unknown_criterion(name, practice, nearest(&name.value, ids()));
        }
        known
    }

    fn level(&mut self, level: &Spanned<u8>) {
        let numbers: Vec<u8> = self.handbook.level_numbers();
        // A handbook without level pages uses the numbers as they are.
        if !numbers.is_empty() && !numbers.contains(&level.value) {
            self.diagnostics.unknown_level(level, &numbers);
        }
    }

    fn connect(&mut self, to: ThingId, relation: Relation, name: &Name) {
        self.edges.push(Edge {
            from: self.id,
            to,
            relation,
            criterion: None,
            levels: Vec::new(),
            span: name.span.clone(),
        });
    }

    fn connect_criterion(&mut self, to: ThingId, relation: Relation, name: &Name, criterion: &str) {
        self.connect(to, relation, name);
        if let Some(edge) = self.edges.last_mut() {
            edge.criterion = Some(criterion.to_owned());
        }
    }
}

/// What a name without a kind may mean.
pub enum Named {
    One(ThingId),
    /// The kinds that have a thing of that id.
    Several(Vec<Kind>),
    Hidden(HiddenReason),
    None,
}

impl Handbook {
    /// What `id` or `kind:id` means: the practice of that id, else the only other thing of that id.
    pub(super) fn named(&self, name: &str) -> Named {
        let (kinds, id): (Vec<Kind>, &str) = match name.split_once(':') {
            Some((kind, id)) => (Kind::from_name(kind).into_iter().collect(), id),
            None => (Kind::ALL.to_vec(), name),
        };
        if kinds.contains(&Kind::Practice)
            && let Some(practice) = self.find(Kind::Practice, id)
        {
            return Named::One(practice);
        }
        let found: Vec<(Kind, ThingId)> =
            kinds.iter().filter_map(|kind| self.find(*kind, id).map(|thing| (*kind, thing))).collect();
        match found.as_slice() {
            [(_, thing)] => Named::One(*thing),
            [] => kinds
                .iter()
                .find_map(|kind| self.hidden.by_id.get(&(*kind, id.to_owned())))
                .map_or(Named::None, |reason| Named::Hidden(*reason)),
            several => Named::Several(several.iter().map(|(kind, _)| *kind).collect()),
        }
    }

    /// The ids of a kind, for suggestions.
    pub(super) fn ids_of(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.by_id.keys().filter(move |(k, _)| *k == kind).map(|(_, id)| id.as_str())
    }

    /// Every id, for suggestions.
    pub(super) fn all_names(&self) -> impl Iterator<Item = &str> {
        self.by_id.keys().map(|(_, id)| id.as_str())
    }
}
