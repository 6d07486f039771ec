//! What became of ids that are no more, so that old names and addresses keep their meaning.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diag::{Name, Spanned};
use crate::model::{Fields, Handbook, HiddenReason, Kind, Lang, ThingId};

/// The renames and retirements of the handbook's ids (`model.yaml`), in the order written, and what
/// was ever published under an id (`permalinks.lock`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Succession {
    renamed: Vec<(Name, Name)>,
    pub retired: Vec<(Name, Retired)>,
    /// Positions in `renamed` by old id.
    by_old_id: BTreeMap<String, usize>,
    /// By kind and id: where the page stood when it was last published (`practices/slo/slo-targets`).
    published: BTreeMap<(Kind, String), String>,
}

/// Why something is no more.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Retired {
    /// In the languages it is written in; a text without a language is in the default one.
    pub reason: BTreeMap<Lang, String>,
    pub successor: Option<Name>,
    pub on: Option<Spanned<Date>>,
    /// For a narrower circle of readers than this build; the reason is left out then.
    pub hidden: bool,
}

/// What became of a thing that is no more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fate<'a> {
    /// It has another id now.
    Renamed(ThingId),
    /// It was given up: the id it had last, and why.
    Retired(&'a Name, &'a Retired),
    /// It has another id now, or was given up, and that is not part of this build.
    Hidden(HiddenReason),
}

/// A permalink of something that is no more.
#[derive(Clone, Debug, PartialEq)]
pub struct OldPermalink<'a> {
    pub kind: Kind,
    pub id: &'a str,
    /// Where its page stood, if it was ever published.
    pub address: Option<&'a str>,
    pub fate: Fate<'a>,
}

/// A criterion that is no more, on the page of its practice.
#[derive(Clone, Debug, PartialEq)]
pub struct FormerCriterion<'a> {
    /// The id it had, and its anchor still.
    pub id: &'a str,
    pub fate: CriterionFate<'a>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum CriterionFate<'a> {
    /// The practice it belongs to now, and its id there.
    Renamed(ThingId, String),
    /// The name under which it was retired, and why.
    Retired(&'a Name, &'a Retired),
}

impl Succession {
    /// `renamed`: old id → new id. A new id may have been renamed again; there must be no circle
    /// (see [`next_name`]).
    pub fn new(renamed: Vec<(Name, Name)>, retired: Vec<(Name, Retired)>) -> Self {
        let old_ids = renamed.iter().enumerate().map(|(index, (old, _))| (old.value.clone(), index));
        Self { by_old_id: old_ids.collect(), renamed, retired, published: BTreeMap::new() }
    }

    /// Adds what was published: kind, id and the page's address at that time.
    pub fn with_published(mut self, published: impl IntoIterator<Item = (Kind, String, String)>) -> Self {
        self.published = published.into_iter().map(|(kind, id, address)| ((kind, id), address)).collect();
        self
    }

    /// Old id → new id, as written.
    pub fn renamed(&self) -> &[(Name, Name)] {
        &self.renamed
    }

    /// Whether nothing was ever renamed or retired.
    pub fn is_empty(&self) -> bool {
        self.renamed.is_empty() && self.retired.is_empty()
    }

    /// What is called `name` (an id, or `practice/criterion`) today, through every rename since.
    pub fn current<'a>(&self, name: &'a str) -> Cow<'a, str> {
        let renames = |old: &str| {
            let index = self.by_old_id.get(old)?;
            self.renamed.get(*index).map(|(_, new)| new.value.as_str())
        };
        let mut current = Cow::Borrowed(name);
        // There are no circles, so this ends.
        while let Some(next) = next_name(&current, renames) {
            current = Cow::Owned(next);
        }
        current
    }

    /// Why `name` is no more, where it was retired.
    pub fn retirement(&self, name: &str) -> Option<&(Name, Retired)> {
        self.retired.iter().find(|(old, _)| old.value == name)
    }

    /// The kinds under which `id` was published and does not exist any more.
    pub fn gone(&self, handbook: &Handbook, id: &str) -> Vec<Kind> {
        let gone = |kind: &Kind| {
            let key = (*kind, id.to_owned());
            self.published.contains_key(&key)
                && handbook.find(*kind, id).is_none()
                && !handbook.hidden.by_id.contains_key(&key)
        };
        Kind::ALL.into_iter().filter(gone).collect()
    }

    /// Kind and id of the permalink at which the end of `id`, which was retired, is told; `None` when
    /// nothing was ever published under it. `kind` where that is known.
    pub fn tombstone(&self, handbook: &Handbook, kind: Option<Kind>, id: &str) -> Option<(Kind, String)> {
        [id, &self.current(id)].into_iter().find_map(|id| {
            let gone = self.gone(handbook, id);
            let own = kind.filter(|kind| gone.contains(kind));
            Some((own.or_else(|| gone.first().copied())?, id.to_owned()))
        })
    }

    /// What became of `id`, which is no more; `kind` where that is known. `None`: nobody says.
    pub fn fate(&self, handbook: &Handbook, kind: Option<Kind>, id: &str) -> Option<Fate<'_>> {
        let today = self.current(id);
        if today != id {
            if let Some(thing) = heir(handbook, kind, &today) {
                return Some(Fate::Renamed(thing));
            }
            let hidden = |kind| handbook.hidden.by_id.get(&(kind, today.to_string()));
            if let Some(reason) = Kind::ALL.into_iter().find_map(hidden) {
                return Some(Fate::Hidden(*reason));
            }
        }
        let (id, retired) = self.retirement(&today).or_else(|| self.retirement(id))?;
        if retired.hidden {
            return Some(Fate::Hidden(HiddenReason::Audience));
        }
        Some(Fate::Retired(id, retired))
    }

    /// What stands in the place of something retired: its successor, or that one's successor.
    pub fn successor(&self, handbook: &Handbook, retired: &Retired) -> Option<ThingId> {
        let mut retired = retired;
        // Successors may have been retired too; each at most once.
        for _ in 0..=self.retired.len() {
            let name = &retired.successor.as_ref()?.value;
            let (kind, id) = match name.split_once(':') {
                Some((kind, id)) => (Kind::from_name(kind), id),
                None => (None, name.as_str()),
            };
            if let Some(thing) = heir(handbook, kind, id) {
                return Some(thing);
            }
            match self.fate(handbook, kind, id)? {
                Fate::Renamed(thing) => return Some(thing),
                Fate::Retired(_, next) => retired = next,
                Fate::Hidden(_) => return None,
            }
        }
        None
    }

    /// Every permalink that outlives its thing: those that were published, and, of a renamed id that
    /// nothing was published under, those of the kinds that have its new id.
    pub fn old_permalinks<'a>(&'a self, handbook: &Handbook) -> Vec<OldPermalink<'a>> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut old = Vec::new();
        for ((kind, id), address) in &self.published {
            if handbook.find(*kind, id).is_some() || handbook.hidden.by_id.contains_key(&(*kind, id.clone()))
            {
                continue;
            }
            if let Some(fate) = self.fate(handbook, Some(*kind), id) {
                old.push(OldPermalink { kind: *kind, id, address: Some(address), fate });
            }
        }
        for (name, _) in &self.renamed {
            let id = name.value.as_str();
            let is_published = |kind| self.published.contains_key(&(kind, id.to_owned()));
            if Kind::ALL.into_iter().any(is_published) {
                continue;
            }
            let today = self.current(id);
            for kind in Kind::ALL {
                if handbook.find(kind, id).is_none()
                    && let Some(thing) = handbook.find(kind, &today)
                {
                    old.push(OldPermalink { kind, id, address: None, fate: Fate::Renamed(thing) });
                }
            }
        }
        old
    }

    /// The criteria that the practice of this id (which may be no more itself) once had, also under
    /// its earlier ids. Those that came back, and those whose fate nobody knows, are left out.
    pub fn former_criteria<'a>(&'a self, handbook: &Handbook, practice: &str) -> Vec<FormerCriterion<'a>> {
        let renamed = self.renamed.iter().map(|(old, _)| old);
        let retired = self.retired.iter().map(|(old, _)| old);
        let mut former: Vec<FormerCriterion<'a>> = Vec::new();
        for name in renamed.chain(retired) {
            let Some((owner, id)) = name.value.split_once('/') else { continue };
            if self.current(owner) != practice
                || has_criterion(handbook, practice, id)
                || former.iter().any(|known| known.id == id)
            {
                continue;
            }
            if let Some(fate) = self.criterion_fate(handbook, owner, id) {
                former.push(FormerCriterion { id, fate });
            }
        }
        former
    }

    /// What became of a criterion that is not there under these names; both as somebody wrote them.
    pub fn former_criterion<'a>(
        &'a self,
        handbook: &Handbook,
        practice: &str,
        criterion: &str,
    ) -> Option<CriterionFate<'a>> {
        self.criterion_fate(handbook, practice, criterion).or_else(|| {
            // The rename may have been written under another id that the practice once had.
            let former = self.former_criteria(handbook, &self.current(practice));
            former.into_iter().find(|former| former.id == criterion).map(|former| former.fate)
        })
    }

    fn criterion_fate(
        &self,
        handbook: &Handbook,
        practice: &str,
        criterion: &str,
    ) -> Option<CriterionFate<'_>> {
        let name = format!("{practice}/{criterion}");
        let today = self.current(&name);
        if let Some((practice, criterion)) = today.split_once('/')
            && has_criterion(handbook, practice, criterion)
        {
            let practice = handbook.find(Kind::Practice, practice)?;
            return Some(CriterionFate::Renamed(practice, criterion.to_owned()));
        }
        let (name, retired) = self.retirement(&today).or_else(|| self.retirement(&name))?;
        Some(CriterionFate::Retired(name, retired))
    }
}

/// One step from an old name to a newer one: its own rename, or that of its first half (a criterion
/// goes with its practice, an assessment with its team). `renames`: old id → new id, as written.
pub fn next_name<'a>(name: &str, renames: impl Fn(&str) -> Option<&'a str>) -> Option<String> {
    if let Some(new) = renames(name) {
        return Some(new.to_owned());
    }
    let (first, second) = name.split_once('/')?;
    renames(first).map(|new| format!("{new}/{second}"))
}

/// The thing of this id: of that kind where there is one, else the practice, else the only other.
fn heir(handbook: &Handbook, kind: Option<Kind>, id: &str) -> Option<ThingId> {
    let own = kind.and_then(|kind| handbook.find(kind, id));
    own.or_else(|| handbook.find(Kind::Practice, id)).or_else(|| {
        let mut others = Kind::ALL.into_iter().filter_map(|kind| handbook.find(kind, id));
        let only = others.next()?;
        others.next().is_none().then_some(only)
    })
}

/// Whether the practice of this id has the criterion.
pub fn has_criterion(handbook: &Handbook, practice: &str, criterion: &str) -> bool {
    let Some(practice) = handbook.find(Kind::Practice, practice) else { return false };
    match handbook.thing(practice).fields() {
        Fields::Practice(fields) => fields.criteria.iter().any(|known| known.id.value == criterion),
        _ => false,
    }
}
