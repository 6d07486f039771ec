//! What is asked, in order and in the team's language, with what it said last time.

use jiff::civil::Date;

use crate::author::assessment::Order;
use crate::config::{Config, Scheme};
use crate::diag::Failure;
use crate::model::{
    Answer, Criterion, CriterionFate, CriterionText, Fields, Kind, Lang, Site, TeamFields, ThingId, area_of,
    has_criterion, questions,
};

use super::words;

/// The questions to one team.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub questions: Vec<Question>,
    /// What the team decided does not apply, and is therefore not asked: `practice/criterion`.
    pub decided: Vec<String>,
    /// Every question of the handbook, for writing answers in order.
    pub order: Order,
    /// The answers that may be given, with their words.
    pub choices: Vec<(Answer, String)>,
}

/// One criterion.
#[derive(Clone, Debug)]
pub struct Question {
    pub practice: String,
    pub practice_title: String,
    pub starter: bool,
    pub area: Option<ThingId>,
    pub criterion: String,
    pub level: u8,
    /// The name of the level, where it is described.
    pub level_title: Option<String>,
    /// The level that the team wants to reach in the practice.
    pub target: u8,
    pub text: String,
    /// What would prove it.
    pub evidence: Option<String>,
    /// Titles of the roles that should answer.
    pub who: Vec<String>,
    pub last: Option<LastAnswer>,
}

/// What the team answered the time before.
#[derive(Clone, Debug)]
pub struct LastAnswer {
    pub date: Date,
    pub answer: Answer,
    pub note: Option<String>,
}

/// Which questions are asked; all without any of these.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    pub area: Option<ThingId>,
    pub starter: bool,
    /// Only levels up to the target.
    pub towards_target: bool,
}

impl Question {
    pub fn subject(&self) -> String {
        format!("{}/{}", self.practice, self.criterion)
    }
}

impl Sheet {
    pub fn new(site: &Site, config: &Config, team: ThingId, lang: &Lang) -> Self {
        let no_fields = TeamFields::default();
        let fields = match site.handbook.thing(team).fields() {
            Fields::Team(fields) => fields,
            _ => &no_fields,
        };
        let mut last = last_answers(site, team);
        let mut sheet = Self {
            questions: Vec::new(),
            decided: Vec::new(),
            order: Order::new(),
            choices: choices(config, lang),
        };
        for (practice, content) in questions(&site.handbook, &site.graph) {
            let thing = site.handbook.thing(practice);
            let Some(id) = &thing.id else { continue };
            let target = fields.targets.iter().find(|(name, _)| name.value == id.as_str());
            let target = target
                .map(|(_, target)| &target.level)
                .or(fields.target_default.as_ref())
                .map_or(config.scoring.default_target, |level| level.value);
            for criterion in &content.criteria {
                let question = Question {
                    practice: id.to_string(),
                    practice_title: thing.title(lang).to_owned(),
                    starter: content.starter,
                    area: area_of(&site.graph, practice),
                    criterion: criterion.id.value.clone(),
                    level: criterion.level.value,
                    level_title: level_title(site, criterion.level.value, lang),
                    target,
                    text: text(site, practice, criterion, lang, |text| &text.text)
                        .unwrap_or_else(|| criterion.id.value.clone()),
                    evidence: text(site, practice, criterion, lang, |text| &text.evidence),
                    who: roles(site, criterion, lang),
                    last: None,
                };
                let subject = question.subject();
                if fields.decided_against(id.as_str(), site.today)
                    || fields.decided_against(&subject, site.today)
                {
                    sheet.decided.push(subject);
                    continue;
                }
                let said = last.iter().position(|(about, _)| *about == subject);
                let last = said.map(|said| last.swap_remove(said).1);
                sheet.questions.push(Question { last, ..question });
            }
            let criteria = content.criteria.iter().map(|criterion| criterion.id.value.clone());
            sheet.order.push((id.to_string(), criteria.collect()));
        }
        sheet
    }

    /// Leaves only the questions of `scope`.
    pub fn narrow(&mut self, scope: &Scope) -> Result<(), Failure> {
        self.questions.retain(|asked| {
            (scope.area.is_none() || asked.area == scope.area)
                && (!scope.starter || asked.starter)
                && (!scope.towards_target || asked.level <= asked.target)
        });
        match self.questions.is_empty() {
            true => Err(Failure::usage("there is nothing to ask: no practice has criteria of that kind")),
            false => Ok(()),
        }
    }
}

/// The handbook's own answers under the additive scheme, else the five that every handbook has.
fn choices(config: &Config, lang: &Lang) -> Vec<(Answer, String)> {
    let words = words::of(lang);
    let worded = |answer: Answer| {
        let word = words.answer(&answer).to_owned();
        (answer, word)
    };
    match &config.scoring.scheme {
        Scheme::Cumulative => Answer::ALL.into_iter().map(worded).collect(),
        Scheme::Additive { answers } => {
            let own = answers.iter().map(|(id, text, _)| (Answer::from_name(id), text.clone()));
            own.chain([Answer::Unknown, Answer::NotApplicable].map(worded)).collect()
        }
    }
}

/// The newest answers before today, under the names of today.
fn last_answers(site: &Site, team: ThingId) -> Vec<(String, LastAnswer)> {
    let cards = site.scorecards.teams.get(&team).into_iter().flatten();
    let Some(card) = cards.rev().find(|card| card.date < site.today) else { return Vec::new() };
    let Fields::Assessment(fields) = site.handbook.thing(card.assessment).fields() else { return Vec::new() };
    let mut answers = Vec::new();
    for practice in &fields.answers {
        for entry in &practice.answers {
            let (practice, criterion) = (practice.practice.value.as_str(), entry.criterion.value.as_str());
            let subject = match has_criterion(&site.handbook, practice, criterion) {
                true => format!("{practice}/{criterion}"),
                false => match site.succession.former_criterion(&site.handbook, practice, criterion) {
                    Some(CriterionFate::Renamed(today, criterion)) => {
                        let id = site.handbook.thing(today).id.as_ref();
                        format!("{}/{criterion}", id.map_or("", |id| id.as_str()))
                    }
                    _ => continue,
                },
            };
            let answer = entry.answer.value.clone();
            answers.push((subject, LastAnswer { date: card.date, answer, note: entry.note.clone() }));
        }
    }
    answers
}

/// Words of a criterion in `lang`, else in the original language.
fn text(
    site: &Site,
    practice: ThingId,
    criterion: &Criterion,
    lang: &Lang,
    part: impl Fn(&CriterionText) -> &Option<crate::diag::Spanned<String>>,
) -> Option<String> {
    let translated = match &site.handbook.thing(practice).text(lang).summary.fields {
        Fields::Practice(fields) => {
            fields.criterion_texts.iter().find(|(name, _)| name.value == criterion.id.value)
        }
        _ => None,
    };
    let translated = translated.and_then(|(_, text)| part(text).as_ref());
    translated.or(part(&criterion.text).as_ref()).map(|text| text.value.clone())
}

fn level_title(site: &Site, number: u8, lang: &Lang) -> Option<String> {
    let mut levels = site.handbook.of_kind(Kind::Level);
    let level = levels
        .find(|(_, level)| matches!(level.fields(), Fields::Level { number: own } if own.value == number));
    level.map(|(_, level)| level.title(lang).to_owned())
}

fn roles(site: &Site, criterion: &Criterion, lang: &Lang) -> Vec<String> {
    let roles = criterion.who.iter().filter_map(|name| site.handbook.find(Kind::Role, &name.value));
    roles.map(|role| site.handbook.thing(role).title(lang).to_owned()).collect()
}
