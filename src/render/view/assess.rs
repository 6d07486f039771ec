//! `assess`: the self-assessment, a form to print or to fill in, for everybody and for each team.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::common::{Criterion, Day, LevelMark, Link};
use super::frame::Frame;
use super::{Made, generated};
use crate::config::{Provider, Repository, Scheme};
use crate::diag::Diagnostic;
use crate::model::{
    AnswerEntry, AssessmentFields, Decision, Fields, Kind, Relation, TeamFields, ThingId, model_hash,
    questions,
};
use crate::render::context::PageContext;
use crate::render::index::{incoming, outgoing};

/// `assess` in `assess.html`. `content` is the form: `questions.html`, filled once for all teams.
#[derive(Clone, Debug, Serialize)]
pub struct AssessView {
    /// The team that answers; `none` on the page for everybody.
    pub team: Option<Link>,
    /// This page for each team, the one without a team first; this page's own is `current`.
    pub sheets: Vec<Link>,
    /// The day of the team's newest assessment.
    pub last: Option<Day>,
    /// Where the team's own page is written.
    pub team_file: Option<String>,
    /// The repository of the sources, and whose it is: `github` or `gitlab`.
    pub repository: Option<String>,
    pub provider: Option<&'static str>,
    /// Agenda, work sheet and cards for a meeting.
    pub kit: String,
    /// The stylesheet and the script that only these pages load.
    pub css: String,
    pub js: String,
    /// How many answers there are to choose from, each with a key.
    pub answers: usize,
    /// What the script knows besides the form (`Data`), as JSON, safe within a `<script>`.
    pub data: String,
}

/// `questions` in `questions.html`: everything that is asked.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionsView {
    /// What can be asked besides single areas: `starter` where there are starters, `all`, `open`, `target`, `last`.
    pub scopes: Vec<&'static str>,
    /// What can be answered, in the order of the keys.
    pub answers: Vec<AnswerChoice>,
    pub areas: Vec<QuestionArea>,
}

/// An answer that may be given.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerChoice {
    pub id: String,
    pub text: String,
    /// When to give it; the handbook's own answers do not say.
    pub about: Option<String>,
}

/// The practices of an area; `area` is `none` for those without one.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionArea {
    pub area: Option<Link>,
    pub practices: Vec<QuestionPractice>,
}

/// What is asked about a practice.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionPractice {
    pub id: String,
    /// To the practice, with its description: why one asks.
    pub practice: Link,
    /// Part of the hour-long starter assessment.
    pub starter: bool,
    /// 1 (days) to 3 (quarters).
    pub effort: Option<u8>,
    /// Ids of the practices to have first.
    pub requires: Vec<String>,
    /// Its place in the handbook's order, and in the order of prerequisites.
    pub place: usize,
    pub order: usize,
    /// Only levels that ask something.
    pub levels: Vec<QuestionLevel>,
    pub playbooks: Vec<PlaybookHelp>,
}

/// The criteria of one level.
#[derive(Clone, Debug, Serialize)]
pub struct QuestionLevel {
    pub level: LevelMark,
    pub questions: Vec<Question>,
}

/// One criterion, to be answered.
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    pub criterion: Criterion,
    /// Postmortems that show this gap.
    pub gaps: Vec<Link>,
}

/// A playbook and the levels it helps to reach.
#[derive(Clone, Debug, Serialize)]
pub struct PlaybookHelp {
    pub playbook: Link,
    pub levels: Vec<u8>,
}

/// What the script of the page reads. Its shape belongs to the script, not to templates.
#[derive(Serialize)]
struct Data<'a> {
    /// Tells this handbook's saved answers from those of others on the same origin.
    site: String,
    model: String,
    team: Option<TeamData<'a>>,
    today: String,
    default_target: u8,
    targets: BTreeMap<&'a str, u8>,
    /// The handbook's own answers; none where levels are counted.
    weights: Vec<WeightData<'a>>,
    /// By practice, the team's postmortems that point at it.
    gaps: BTreeMap<&'a str, Vec<GapData>>,
    decisions: BTreeMap<&'a str, DecisionData<'a>>,
    last: Option<LastData<'a>>,
    /// Old ids and what they are called today.
    renamed: BTreeMap<&'a str, Cow<'a, str>>,
    repository: Option<RepositoryData<'a>>,
    words: BTreeMap<Cow<'a, str>, Cow<'a, str>>,
}

#[derive(Serialize)]
struct TeamData<'a> {
    id: &'a str,
    title: &'a str,
    /// The title in the handbook's first language, in which files are named.
    original: &'a str,
}

#[derive(Serialize)]
struct WeightData<'a> {
    id: &'a str,
    weight: f64,
}

#[derive(Serialize)]
struct GapData {
    title: String,
    href: String,
}

#[derive(Serialize)]
struct DecisionData<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revisit: Option<String>,
}

/// The newest assessment of the team.
#[derive(Serialize)]
struct LastData<'a> {
    date: String,
    href: String,
    /// By practice and criterion.
    answers: BTreeMap<&'a str, BTreeMap<&'a str, AnswerData<'a>>>,
}

#[derive(Serialize)]
struct AnswerData<'a> {
    answer: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<EvidenceData<'a>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    planned: bool,
}

#[derive(Serialize)]
struct EvidenceData<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
}

#[derive(Serialize)]
struct RepositoryData<'a> {
    url: &'a str,
    branch: &'a str,
    provider: &'static str,
}

pub fn made(cx: &PageContext<'_>, team: Option<ThingId>) -> Result<Made, Diagnostic> {
    let address = address(cx, team);
    let title = match team {
        Some(team) => cx.words.fill("assess_title_of", &[("team", cx.thing(team).title(cx.lang))]),
        None => cx.words.get("assess_title").to_owned(),
    };
    let mut frame = Frame::generated(cx, "assess", title, Some(&address));
    frame.description = Some(cx.words.get("assess_description").to_owned());
    // The questions are the same for all teams, and so is their copy.
    frame.markdown = frame.markdown.filter(|_| team.is_none());
    let bundle = cx.theme.assets.bundle("assess");
    let card = team.and_then(|team| cx.site.scorecards.latest(team, cx.site.today));
    let view = AssessView {
        team: team.map(|team| cx.link(team)),
        sheets: sheets(cx, team),
        last: card.map(|card| cx.day(card.date)),
        team_file: team.map(|team| cx.thing(team).original().summary.file.to_string()),
        repository: cx.config.repository.as_ref().map(|repository| repository.url.clone()),
        provider: cx.config.repository.as_ref().map(provider),
        kit: cx.to(&super::kit::address(cx.site, None)),
        css: cx.here.file(&bundle.css),
        js: cx.here.file(&bundle.js),
        answers: choices(cx).len(),
        data: data(cx, team),
    };
    let made = generated("assess.html", "assess", &view, frame)?;
    Ok(Made { content: cx.questions(team.is_some())?, ..made })
}

/// Where the sheet of a team is, or the one for everybody.
pub fn address(cx: &PageContext<'_>, team: Option<ThingId>) -> String {
    let id = team.and_then(|team| cx.thing(team).id.as_ref());
    id.map_or_else(|| "assess".to_owned(), |id| format!("assess/{id}"))
}

/// The form. `cx` says how deep the page lies on which it will stand.
pub fn form(cx: &PageContext<'_>) -> QuestionsView {
    let areas = asked(cx, |_| true);
    let has_starters = areas.iter().flat_map(|area| &area.practices).any(|practice| practice.starter);
    let starter = has_starters.then_some("starter");
    let scopes = starter.into_iter().chain(["all", "open", "target", "last"]).collect();
    QuestionsView { scopes, answers: choices(cx), areas }
}

/// What is asked about the practices that `is_asked` names, area by area.
pub fn asked(cx: &PageContext<'_>, is_asked: impl Fn(ThingId) -> bool) -> Vec<QuestionArea> {
    let mut areas: Vec<(Option<ThingId>, QuestionArea)> = Vec::new();
    for (practice, _) in questions(cx.handbook(), cx.graph()).into_iter().filter(|(id, _)| is_asked(*id)) {
        let area = cx.index.area_of.get(&practice).copied();
        if areas.last().is_none_or(|(last, _)| *last != area) {
            let view = QuestionArea { area: area.map(|area| cx.nav_link(area)), practices: Vec::new() };
            areas.push((area, view));
        }
        if let (Some((_, area)), Some(question)) = (areas.last_mut(), question(cx, practice)) {
            area.practices.push(question);
        }
    }
    areas.into_iter().map(|(_, area)| area).collect()
}

/// The answers that may be given, with their words.
pub fn choices(cx: &PageContext<'_>) -> Vec<AnswerChoice> {
    let worded = |id: &str| AnswerChoice {
        id: id.to_owned(),
        text: cx.words.get(&format!("answer_{id}")).to_owned(),
        about: Some(cx.words.get(&format!("kit_card_{id}")).to_owned()),
    };
    match &cx.config.scoring.scheme {
        Scheme::Cumulative => ["yes", "partly", "no", "unknown", "na"].map(worded).into(),
        Scheme::Additive { answers } => {
            let own = answers.iter().map(|(id, text, _)| AnswerChoice {
                id: id.clone(),
                text: text.clone(),
                about: None,
            });
            own.chain(["unknown", "na"].map(worded)).collect()
        }
    }
}

fn question(cx: &PageContext<'_>, practice: ThingId) -> Option<QuestionPractice> {
    let fields = cx.practice(practice)?;
    let helping = incoming(cx.graph(), practice, Relation::HelpsWith);
    let place = |order: &[ThingId]| order.iter().position(|known| *known == practice);
    let known = |name: &crate::diag::Name| cx.handbook().find(Kind::Practice, &name.value).is_some();
    let mut levels: Vec<QuestionLevel> = Vec::new();
    for criterion in &fields.criteria {
        let number = criterion.level.value;
        if levels.last().is_none_or(|level| level.level.number != number) {
            levels.push(QuestionLevel { level: cx.level_mark(number), questions: Vec::new() });
        }
        let question = Question {
            criterion: cx.criterion(practice, criterion),
            gaps: gaps(cx, practice, &criterion.id.value),
        };
        levels.last_mut()?.questions.push(question);
    }
    Some(QuestionPractice {
        id: cx.thing(practice).id.as_ref()?.to_string(),
        practice: cx.described_link(practice),
        starter: fields.starter,
        effort: fields.effort,
        requires: fields.requires.iter().filter(|name| known(name)).map(|name| name.value.clone()).collect(),
        place: cx.handbook().of_kind(Kind::Practice).take_while(|(id, _)| *id < practice).count(),
        order: place(&cx.graph().practice_order).unwrap_or(usize::MAX),
        levels,
        playbooks: helping
            .map(|edge| PlaybookHelp { playbook: cx.link(edge.from), levels: edge.levels.clone() })
            .collect(),
    })
}

/// The postmortems that point at a criterion, newest first.
fn gaps(cx: &PageContext<'_>, practice: ThingId, criterion: &str) -> Vec<Link> {
    let shown = incoming(cx.graph(), practice, Relation::ShowsGap)
        .filter(|edge| edge.criterion.as_deref() == Some(criterion))
        .map(|edge| edge.from);
    let mut links = cx.links(shown);
    links.reverse();
    links
}

fn sheets(cx: &PageContext<'_>, current: Option<ThingId>) -> Vec<Link> {
    let everybody = Link {
        title: cx.words.get("assess_no_team").to_owned(),
        href: cx.to("assess"),
        current: current.is_none(),
        ..Link::default()
    };
    let teams = cx.handbook().of_kind(Kind::Team).filter(|(_, thing)| thing.id.is_some());
    let of_teams = teams.map(|(team, _)| Link {
        href: cx.to(&address(cx, Some(team))),
        current: current == Some(team),
        ..cx.link(team)
    });
    std::iter::once(everybody).chain(of_teams).collect()
}

fn data(cx: &PageContext<'_>, team: Option<ThingId>) -> String {
    let fields = team.and_then(|team| match cx.thing(team).fields() {
        Fields::Team(fields) => Some(fields),
        _ => None,
    });
    let data = Data {
        site: cx.config.site_id(),
        model: model_hash(cx.handbook(), cx.graph()),
        team: team.and_then(|team| {
            let thing = cx.thing(team);
            let default = cx.handbook().default_language();
            Some(TeamData {
                id: thing.id.as_ref()?.as_str(),
                title: thing.title(cx.lang),
                original: thing.title(default),
            })
        }),
        today: cx.site.today.to_string(),
        default_target: fields
            .and_then(|fields| fields.target_default.as_ref())
            .map_or(cx.config.scoring.default_target, |level| level.value),
        targets: fields.map(targets).unwrap_or_default(),
        weights: weights(cx),
        gaps: team.map(|team| team_gaps(cx, team)).unwrap_or_default(),
        decisions: team.zip(fields).map(|(team, fields)| decisions(cx, team, fields)).unwrap_or_default(),
        last: team.and_then(|team| last(cx, team)),
        renamed: renamed(cx),
        repository: cx.config.repository.as_ref().map(repository),
        words: words(cx),
    };
    // Strings, numbers, lists and maps by strings only: serialising them cannot fail.
    serde_json::to_string(&data).unwrap_or_default().replace('<', "\\u003c")
}

fn targets(fields: &TeamFields) -> BTreeMap<&str, u8> {
    fields.targets.iter().map(|(practice, target)| (practice.value.as_str(), target.level.value)).collect()
}

fn weights<'a>(cx: &PageContext<'a>) -> Vec<WeightData<'a>> {
    match &cx.config.scoring.scheme {
        Scheme::Cumulative => Vec::new(),
        Scheme::Additive { answers } => {
            answers.iter().map(|(id, _, weight)| WeightData { id, weight: *weight }).collect()
        }
    }
}

/// What the team's own postmortems point at, as [`crate::assess`] orders next steps.
fn team_gaps<'a>(cx: &PageContext<'a>, team: ThingId) -> BTreeMap<&'a str, Vec<GapData>> {
    let mut gaps: BTreeMap<&str, Vec<ThingId>> = BTreeMap::new();
    for postmortem in incoming(cx.graph(), team, Relation::OfTeam).map(|edge| edge.from) {
        for edge in outgoing(cx.graph(), postmortem, Relation::ShowsGap) {
            let Some(practice) = &cx.thing(edge.to).id else { continue };
            gaps.entry(practice.as_str()).or_default().push(postmortem);
        }
    }
    let links = |mut postmortems: Vec<ThingId>| {
        postmortems.sort_unstable();
        postmortems.dedup();
        let links = cx.links(postmortems).into_iter();
        links.map(|link| GapData { title: link.title, href: link.href }).collect()
    };
    gaps.into_iter().map(|(practice, postmortems)| (practice, links(postmortems))).collect()
}

fn decisions<'a>(
    cx: &PageContext<'a>,
    team: ThingId,
    fields: &'a TeamFields,
) -> BTreeMap<&'a str, DecisionData<'a>> {
    let own = match &cx.text(team).summary.fields {
        Fields::Team(own) => own,
        _ => fields,
    };
    let reason = |subject: &str, decision: &'a Decision| {
        let translated = own.decision_texts.iter().find(|(name, _)| name.value == subject);
        translated.and_then(|(_, text)| text.reason.as_deref()).or(decision.reason.as_deref())
    };
    let decisions = fields.not_applicable.iter().map(|(subject, decision)| {
        let data = DecisionData {
            reason: reason(&subject.value, decision),
            decided_on: decision.decided_on.as_ref().map(|date| date.value.to_string()),
            revisit: decision.revisit.as_ref().map(|date| date.value.to_string()),
        };
        (subject.value.as_str(), data)
    });
    decisions.collect()
}

fn last<'a>(cx: &PageContext<'a>, team: ThingId) -> Option<LastData<'a>> {
    let card = cx.site.scorecards.latest(team, cx.site.today)?;
    let Fields::Assessment(fields) = cx.thing(card.assessment).fields() else { return None };
    Some(LastData {
        date: card.date.to_string(),
        href: cx.href(card.assessment, None),
        answers: answers(fields),
    })
}

fn answers(fields: &AssessmentFields) -> BTreeMap<&str, BTreeMap<&str, AnswerData<'_>>> {
    let practices = fields.answers.iter();
    practices.map(|practice| (practice.practice.value.as_str(), answers_to(&practice.answers))).collect()
}

fn answers_to(entries: &[AnswerEntry]) -> BTreeMap<&str, AnswerData<'_>> {
    entries.iter().map(|entry| (entry.criterion.value.as_str(), answer(entry))).collect()
}

fn answer(entry: &AnswerEntry) -> AnswerData<'_> {
    AnswerData {
        answer: entry.answer.value.name(),
        note: entry.note.as_deref(),
        evidence: entry
            .evidence
            .iter()
            .map(|evidence| EvidenceData {
                title: evidence.title.as_deref(),
                url: evidence.url.as_ref().map(|url| url.value.as_str()),
                date: evidence.date.as_ref().map(|date| date.value.to_string()),
            })
            .collect(),
        planned: entry.planned,
    }
}

fn renamed<'a>(cx: &PageContext<'a>) -> BTreeMap<&'a str, Cow<'a, str>> {
    let succession = &cx.site.succession;
    let renames = succession.renamed().iter();
    renames.map(|(old, _)| (old.value.as_str(), succession.current(&old.value))).collect()
}

fn repository(repository: &Repository) -> RepositoryData<'_> {
    RepositoryData { url: &repository.url, branch: &repository.branch, provider: provider(repository) }
}

fn provider(repository: &Repository) -> &'static str {
    match repository.provider {
        Provider::Github => "github",
        Provider::Gitlab => "gitlab",
    }
}

/// The words that the script says: its own, without their prefix, and those it shares with the rest of the site.
fn words<'a>(cx: &PageContext<'a>) -> BTreeMap<Cow<'a, str>, Cow<'a, str>> {
    let shared = |key: &str| {
        matches!(
            key,
            "answered" | "date_format" | "label_separator" | "list_separator" | "other_practices" | "target"
        ) || key.starts_with("answer_")
            || key.starts_with("month_")
    };
    let own = cx.words.iter().filter_map(|(key, text)| match key.strip_prefix("sheet_") {
        Some(own) => Some((Cow::from(own), Cow::from(text))),
        None => shared(key).then_some((key.into(), text.into())),
    });
    let answers =
        choices(cx).into_iter().map(|choice| (format!("answer_{}", choice.id).into(), choice.text.into()));
    own.chain(answers).collect()
}
