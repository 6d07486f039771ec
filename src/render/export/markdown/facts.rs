//! What the front matter says: short facts above the body, longer lists below it.

use super::lists;
use super::sheet::{Sheet, at_start, link, plain};
use crate::model::{
    Answer, AssessmentFields, Fields, Kind, Relation, ScoreState, ScoreSummary, Scorecard, TeamFields,
    ThingId,
};
use crate::render::address;
use crate::render::context::PageContext;
use crate::render::index::outgoing;
use crate::render::view::common::{Criterion, LevelMark, Link, MaybeLink, Note};
use crate::render::view::{level, path, playbook, postmortem, practice, role, section, slo, team};

/// The two parts around a body.
#[derive(Debug, Default)]
pub struct Around {
    pub above: Sheet,
    pub below: Sheet,
}

/// What is said of a thing besides its title, description and body.
pub fn around(cx: &PageContext<'_>, id: ThingId) -> Around {
    let mut writer = Writer { cx, around: Around::default() };
    match cx.thing(id).fields() {
        Fields::Level { number } => writer.level(&level::view(cx, number.value)),
        Fields::Area => lists::practices(cx, &mut writer.around.below, cx.index.practices_in(Some(id))),
        Fields::Practice(fields) => writer.practice(&practice::view(cx, id, fields)),
        Fields::Role(_) => writer.role(&role::view(cx, id)),
        Fields::Playbook(fields) => writer.playbook(&playbook::view(cx, id, fields)),
        Fields::Postmortem(fields) => writer.postmortem(&postmortem::view(cx, id, fields)),
        Fields::Team(fields) => writer.team(id, fields),
        Fields::Assessment(fields) => writer.assessment(id, fields),
        Fields::Path(fields) => writer.path(&path::view(cx, id, fields)),
        Fields::Slo(fields) => writer.slo(&slo::view(cx, id, fields)),
        Fields::Page if cx.thing(id).address.is_empty() => lists::sections(cx, &mut writer.around.below),
        Fields::Page if section::introduces(cx, cx.thing(id)) => {
            lists::folder(cx, &mut writer.around.below, &cx.thing(id).address);
        }
        Fields::Term(_) | Fields::Page => {}
    }
    writer.common(id);
    writer.around
}

struct Writer<'a> {
    cx: &'a PageContext<'a>,
    around: Around,
}

impl Writer<'_> {
    /// The facts that every kind has, behind its own.
    fn common(&mut self, id: ThingId) {
        let common = &self.cx.text(id).summary.common;
        let original = &self.cx.thing(id).original().summary.common;
        let names: Vec<&str> = common.also_known_as.iter().map(|name| name.value.as_str()).collect();
        self.words("also_known_as", &names);
        if let Some(owner) = common.owner.as_ref().or(original.owner.as_ref()) {
            self.fact("owner", &plain(&owner.value));
        }
        if let Some(reviewed) = common.reviewed.as_ref().or(original.reviewed.as_ref()) {
            self.fact("reviewed", &reviewed.value.to_string());
        }
        if let Some(own) = &self.cx.thing(id).id {
            let folder = self.cx.folder(&address::permalink(self.cx.thing(id).kind, own.as_str()));
            self.fact("permalink", &format!("<{}>", self.cx.here.html(&folder)));
        }
    }

    fn practice(&mut self, practice: &practice::PracticeView) {
        self.links("area", practice.area.as_slice());
        self.links("led_by", &practice.lead);
        self.links("helped_by", &practice.contribute);
        self.links("requires", &practice.requires);
        self.links("unlocks", &practice.unlocks);
        self.links("related", &practice.related);
        if let Some(effort) = practice.effort {
            self.fact("effort", self.cx.words.get(&format!("effort_{effort}")));
        }
        self.links("playbooks", &practice.playbooks);
        self.links("slos", &practice.slos);
        if practice.levels.iter().any(|level| !level.criteria.is_empty()) {
            self.around.below.heading(2, self.cx.words.get("criteria"));
        }
        for level in practice.levels.iter().filter(|level| !level.criteria.is_empty()) {
            let name = self.level_name(&level.level);
            self.around.below.heading(3, &name);
            self.criteria(&level.criteria);
            if !level.playbooks.is_empty() {
                let line = self.labelled("playbooks_that_help", &self.joined(&level.playbooks));
                self.around.below.paragraph(&line);
            }
        }
        let references = practice.references.iter().map(|reference| {
            let note = reference.note.as_ref().map(|note| plain(note));
            [Some(maybe_link(&reference.title)), note].into_iter().flatten().collect::<Vec<_>>().join(" – ")
        });
        self.list("references", references.collect());
    }

    fn criteria(&mut self, criteria: &[Criterion]) {
        for criterion in criteria {
            let below = &mut self.around.below;
            below.item(0, &format!("`{}`: {}", criterion.id, plain(&criterion.text)));
            if let Some(evidence) = &criterion.evidence {
                let line = self.labelled("evidence", &plain(evidence));
                self.around.below.item(1, &line);
            }
        }
    }

    fn level(&mut self, level: &level::LevelView) {
        self.fact("level", &level.number.to_string());
        for area in &level.areas {
            let name = area.area.as_ref().map(link);
            self.around.below.heading(2, &name.unwrap_or_else(|| self.word("other_practices")));
            for practice in &area.practices {
                self.around.below.heading(3, &link(&practice.practice));
                self.criteria(&practice.criteria);
            }
        }
    }

    fn role(&mut self, role: &role::RoleView) {
        if let Some(long) = &role.title_long {
            self.around.above.paragraph(&at_start(&plain(long)));
        }
        for (name, links) in [
            ("leads", &role.leads),
            ("contributes", &role.contributes),
            ("playbooks", &role.playbooks),
            ("reading_paths", &role.paths),
        ] {
            self.list(name, links.iter().map(link).collect());
        }
    }

    fn playbook(&mut self, playbook: &playbook::PlaybookView) {
        self.note("when", playbook.when.as_ref());
        self.note("time", playbook.time.as_ref());
        self.links("led_by", &playbook.lead);
        self.links("helped_by", &playbook.contribute);
        let moves = playbook.practices.iter().map(|helps| {
            let levels: Vec<String> = helps.levels.iter().map(|level| level.number.to_string()).collect();
            match levels.is_empty() {
                true => link(&helps.practice),
                false => format!(
                    "{} ({} {})",
                    link(&helps.practice),
                    self.cx.words.get("level"),
                    levels.join(self.cx.words.get("list_separator"))
                ),
            }
        });
        let moves = moves.collect::<Vec<_>>();
        self.fact("moves", &moves.join(self.cx.words.get("list_separator")));
    }

    fn postmortem(&mut self, postmortem: &postmortem::PostmortemView) {
        self.fact("date", postmortem.date.as_ref().map_or("", |date| &date.iso));
        self.fact("severity", &plain(postmortem.severity.as_deref().unwrap_or_default()));
        self.fact("status", &plain(postmortem.status.as_deref().unwrap_or_default()));
        self.links("team", postmortem.team.as_slice());
        self.words("services", &postmortem.services);
        for entry in &postmortem.timeline {
            self.fact(entry.event, &entry.at.iso);
        }
        self.list("factors", postmortem.factors.iter().map(|factor| plain(&factor.text)).collect());
        let gaps = postmortem.gaps.iter().map(|gap| {
            let criteria: Vec<String> =
                gap.criteria.iter().map(|criterion| format!("`{}`", criterion.id)).collect();
            let note = gap.note.as_ref().map(|note| plain(&note.text));
            let rest: Vec<String> = [Some(criteria.join(", ")).filter(|ids| !ids.is_empty()), note]
                .into_iter()
                .flatten()
                .collect();
            match rest.is_empty() {
                true => link(&gap.practice),
                false => format!("{}: {}", link(&gap.practice), rest.join(" – ")),
            }
        });
        self.list("gaps", gaps.collect());
        let actions = postmortem.actions.iter().map(|action| {
            let due = action.due.as_ref().map(|due| format!("{} {}", self.word("due"), due.iso));
            let parts = [
                Some(self.cx.words.get(&format!("action_{}", action.state)).to_owned()),
                action.owner.as_ref().map(|owner| plain(&owner.name)),
                due,
                action.link.as_ref().map(maybe_link),
            ];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            format!("{} ({})", plain(&action.text.text), parts.join(self.cx.words.get("list_separator")))
        });
        let actions = actions.collect();
        self.list("actions", actions);
    }

    /// Not from the view, which holds every score of the team.
    fn team(&mut self, id: ThingId, fields: &TeamFields) {
        let cx = self.cx;
        self.words("services", &fields.services);
        self.fact("tier", &plain(fields.tier.as_deref().unwrap_or_default()));
        let contact = fields.contact.as_ref().map(|contact| cx.maybe_link(contact, Some(contact)));
        self.fact("contact", &contact.as_ref().map(maybe_link).unwrap_or_default());
        let cards = cx.site.scorecards.teams.get(&id).map_or(&[][..], Vec::as_slice);
        if let Some(card) = cx.site.scorecards.latest(id, cx.site.today) {
            let line = format!("{} ({})", self.at_target(card), link(&cx.link(card.assessment)));
            self.fact("scorecard", &line);
        }
        let targets = fields.targets.iter().filter_map(|(name, target)| {
            let practice = cx.handbook().find(Kind::Practice, &name.value)?;
            let reason = target.reason.as_ref().map(|reason| format!(" – {}", plain(reason)));
            let level = format!("{} {}", cx.words.get("level"), target.level.value);
            Some(format!("{}: {level}{}", link(&cx.link(practice)), reason.unwrap_or_default()))
        });
        self.list("targets", targets.collect());
        let decisions = team::decisions(cx, id, fields);
        let decisions = decisions.iter().filter(|decision| decision.holds).map(|decision| {
            let criterion = decision.criterion.as_ref().map(|criterion| format!(" `{}`", criterion.id));
            let reason = decision.reason.as_ref().map(|reason| format!(" – {}", plain(&reason.text)));
            format!(
                "{}{}{}",
                link(&decision.practice),
                criterion.unwrap_or_default(),
                reason.unwrap_or_default()
            )
        });
        self.list("decisions", decisions.collect());
        let adoption = team::adoption(cx, id, fields);
        let adoption = adoption.iter();
        let adoption = adoption.map(|form| format!("{}: {}", link(&form.practice), plain(&form.note.text)));
        self.list("adoption", adoption.collect());
        let postmortems = team::postmortems_of(cx, id);
        self.list("postmortems", postmortems.iter().map(|id| link(&cx.link(*id))).collect());
        self.list("assessments", cards.iter().rev().map(|card| link(&cx.link(card.assessment))).collect());
    }

    /// Not from the view, which holds every score of the team.
    fn assessment(&mut self, id: ThingId, fields: &AssessmentFields) {
        let cx = self.cx;
        self.fact("date", &fields.date.as_ref().map(|date| date.value.to_string()).unwrap_or_default());
        let team = outgoing(cx.graph(), id, Relation::Assesses).next().map(|edge| edge.to);
        self.fact("team", &team.map(|team| link(&cx.link(team))).unwrap_or_default());
        self.words("participants", &fields.participants);
        self.fact("scope", &plain(fields.scope.as_deref().unwrap_or_default()));
        let cards = team.and_then(|team| cx.site.scorecards.teams.get(&team));
        let card = cards.and_then(|cards| cards.iter().find(|card| card.assessment == id));
        if let Some(card) = card {
            let line = self.at_target(card);
            self.fact("scorecard", &line);
        }
        let practices = fields.answers.iter().filter_map(|answers| {
            let practice = cx.handbook().find(Kind::Practice, &answers.practice.value)?;
            let score = card.and_then(|card| card.practices.get(&practice));
            let level = match score.map(|score| score.state) {
                Some(ScoreState::Level(level)) => format!(" ({} {level})", cx.words.get("level")),
                _ => String::new(),
            };
            let words = answers.answers.iter().map(|entry| {
                let word = cx.words.get(match &entry.answer.value {
                    Answer::Yes => "answer_yes",
                    Answer::Partly => "answer_partly",
                    Answer::No => "answer_no",
                    Answer::Unknown => "answer_unknown",
                    Answer::NotApplicable => "answer_na",
                    Answer::Named(name) => name,
                });
                format!("`{}` {word}", entry.criterion.value)
            });
            let words = words.collect::<Vec<_>>().join(cx.words.get("list_separator"));
            Some(format!("{}{level}: {words}", link(&cx.link(practice))))
        });
        self.list("answers", practices.collect());
    }

    fn path(&mut self, path: &path::PathView) {
        self.links("for_roles", &path.roles);
        for day in &path.days {
            if let Some(number) = day.day {
                let name = self.cx.words.fill("day_n", &[("day", &number.to_string())]);
                self.around.below.heading(2, &name);
            }
            for step in &day.steps {
                let note = step.note.as_ref().map(|note| format!(" – {}", plain(&note.text)));
                self.around.below.item(0, &format!("{}{}", link(&step.page), note.unwrap_or_default()));
            }
        }
    }

    fn slo(&mut self, slo: &slo::SloView) {
        self.fact("service", &plain(slo.service.as_deref().unwrap_or_default()));
        for objective in &slo.objectives {
            let name = objective.name.as_ref().map(|name| format!("{} ", plain(name)));
            self.fact("objective", &format!("{}{}", name.unwrap_or_default(), objective.target));
        }
        self.fact("window", slo.window.as_deref().unwrap_or_default());
        self.fact("indicator", &plain(slo.indicator.as_deref().unwrap_or_default()));
        self.fact("journey", &plain(slo.journey.as_deref().unwrap_or_default()));
        self.fact("rationale", &plain(slo.rationale.as_deref().unwrap_or_default()));
        self.links("practice", slo.practice.as_slice());
        let fence = "`".repeat(super::body::longest_run(&slo.source, '`').max(2) + 1);
        self.around.below.heading(2, self.cx.words.get("source"));
        self.around.below.paragraph(&format!("{fence}yaml\n{}\n{fence}", slo.source));
    }

    /// `- Name: value`; nothing when there is no value.
    fn fact(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            let line = self.labelled(name, value);
            self.around.above.item(0, &line);
        }
    }

    fn note(&mut self, name: &str, note: Option<&Note>) {
        self.fact(name, &note.map(|note| plain(&note.text)).unwrap_or_default());
    }

    fn links(&mut self, name: &str, links: &[Link]) {
        let value = self.joined(links);
        self.fact(name, &value);
    }

    fn words(&mut self, name: &str, words: &[impl AsRef<str>]) {
        let words: Vec<String> = words.iter().map(|word| plain(word.as_ref())).collect();
        self.fact(name, &words.join(self.cx.words.get("list_separator")));
    }

    /// A section below the body; nothing when it would be empty.
    fn list(&mut self, name: &str, items: Vec<String>) {
        if !items.is_empty() {
            self.around.below.heading(2, self.cx.words.get(name));
            items.iter().for_each(|item| self.around.below.item(0, item));
        }
    }

    fn word(&self, name: &str) -> String {
        self.cx.words.get(name).to_owned()
    }

    fn labelled(&self, name: &str, value: &str) -> String {
        format!("{}{}{value}", self.cx.words.get(name), self.cx.words.get("label_separator"))
    }

    fn joined(&self, links: &[Link]) -> String {
        links.iter().map(link).collect::<Vec<_>>().join(self.cx.words.get("list_separator"))
    }

    fn at_target(&self, card: &Scorecard) -> String {
        let ScoreSummary { at_target, practices, .. } = card.summary();
        let (n, all) = (at_target.to_string(), practices.to_string());
        self.cx.words.fill("at_target_of", &[("n", &n), ("all", &all)])
    }

    /// `Level 2: Visible`.
    fn level_name(&self, level: &LevelMark) -> String {
        let number = format!("{} {}", self.cx.words.get("level"), level.number);
        match level.title == level.number.to_string() {
            true => number,
            false => format!("{number}{}{}", self.cx.words.get("label_separator"), plain(&level.title)),
        }
    }
}

fn maybe_link(item: &MaybeLink) -> String {
    link(&Link { title: item.text.clone(), href: item.href.clone().unwrap_or_default(), ..Link::default() })
}
