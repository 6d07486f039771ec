//! `shirube assess`: the checklist in the terminal, and for scripts with `--set`.

mod ask;
mod outcome;
mod sheet;
mod words;

use std::io::IsTerminal;
use std::sync::Arc;

use super::args::{AssessArgs, Global};
use super::job::job;
use super::report::{Verdict, report, with_configuration};
use super::root;
use super::score::team_named;
use super::terminal::{Stream, Terminal};
use crate::author::assessment::{Assessment, AssessmentFile, read, write};
use crate::author::write::Root;
use crate::diag::{Diagnostics, Failure, Format, Texts, nearest, visible};
use crate::model::{Answer, Kind, Lang, Site, ThingId, model_hash};
use crate::pipeline;
use sheet::{Question, Scope, Sheet};

pub fn run(args: &AssessArgs, global: &Global, terminal: &Terminal) -> Result<Verdict, Failure> {
    let is_asking = args.set.is_empty();
    if is_asking && !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
        return Err(Failure::usage(
            "there is no terminal to ask in; in scripts, give each answer by --set PRACTICE/CRITERION=ANSWER",
        ));
    }
    let place = root::find(global)?;
    let mut job = job(&place, &args.selection);
    // The day of the answers is the day on which everything else is looked at.
    job.today = args.date;
    let looked_at = pipeline::configured_site(&job);
    let (site, config) = with_configuration(looked_at, terminal, Stream::Error, Format::Human)?;
    let team = team_named(&site, &args.team)?;
    let lang = language(&site, args.lang.as_deref())?;
    let mut sheet = Sheet::new(&site, &config, team, &lang);
    sheet.narrow(&scope(args, &site)?)?;

    let path = path(&site, &args.team);
    let mut file = AssessmentFile::open(Root::open(&place.root)?, &path)?;
    let mut assessment = match file.text() {
        Some(text) => match resumed(text, &path, site.handbook.default_language(), terminal)? {
            Some(assessment) => assessment,
            None => return Ok(Verdict::Findings),
        },
        None => Assessment::new(title(&site, team), site.today),
    };
    assessment.model = Some(model_hash(&site.handbook, &site.graph));

    if is_asking {
        sheet.questions.retain(|asked| !args.unanswered || is_open(&assessment, asked));
        ask::ask(&sheet, &mut assessment, &mut file, words::of(&lang), terminal)?;
    } else {
        let given: Result<Vec<_>, Failure> = args.set.iter().map(|set| given(set, &sheet)).collect();
        for (practice, criterion, answer) in given? {
            assessment.answer(practice, criterion, answer);
        }
        file.save(write(&assessment, &sheet.order))?;
    }
    if file.text().is_none() {
        terminal.say("nothing answered, nothing written");
        return Ok(Verdict::Fine);
    }
    terminal.say(&format!("wrote {}", visible(&file.full_path().to_string_lossy())));
    // Judged from the file just written.
    let (site, config) = pipeline::configured_site(&job)?;
    let Some(team) = site.handbook.find(Kind::Team, &args.team) else { return Ok(Verdict::Fine) };
    terminal.data(&outcome::told(&site, &config, team, &lang))?;
    Ok(Verdict::Fine)
}

fn is_open(assessment: &Assessment, asked: &Question) -> bool {
    assessment.entry(&asked.practice, &asked.criterion).is_none()
}

fn language(site: &Site, wanted: Option<&str>) -> Result<Lang, Failure> {
    let Some(wanted) = wanted else { return Ok(site.handbook.default_language().clone()) };
    if let Some(lang) = site.handbook.languages.iter().find(|lang| lang.as_str() == wanted) {
        return Ok(lang.clone());
    }
    let known: Vec<&str> = site.handbook.languages.iter().map(Lang::as_str).collect();
    let wanted = visible(wanted);
    Err(Failure::usage(format!("the handbook has no language `{wanted}`, only {}", known.join(", "))))
}

fn scope(args: &AssessArgs, site: &Site) -> Result<Scope, Failure> {
    let area = match &args.area {
        None => None,
        Some(name) => Some(site.handbook.find(Kind::Area, name).ok_or_else(|| {
            let names = site.handbook.of_kind(Kind::Area).filter_map(|(_, area)| area.id.as_ref());
            let hint = match nearest(name, names.map(|id| id.as_str())) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`shirube list areas` shows what there is".to_owned(),
            };
            Failure::usage(format!("there is no area `{}`; {hint}", visible(name)))
        })?),
    };
    Ok(Scope { area, starter: args.starter, towards_target: args.towards_target })
}

/// The file of the team's assessment of today, whether it is there or not.
fn path(site: &Site, team: &str) -> String {
    let date = site.today;
    let known = site.handbook.find(Kind::Assessment, &format!("{team}/{date}"));
    match known {
        Some(known) => site.handbook.thing(known).original().summary.file.to_string(),
        None => format!("content/teams/{team}/assessments/{date}.md"),
    }
}

/// `Checkout, 2026-10-09`: a title until somebody writes a better one.
fn title(site: &Site, team: ThingId) -> String {
    format!("{}, {}", site.handbook.thing(team).title(site.handbook.default_language()), site.today)
}

/// The assessment that is there already; `None` when it has errors, which are printed.
fn resumed(text: &str, path: &str, lang: &Lang, terminal: &Terminal) -> Result<Option<Assessment>, Failure> {
    let path: crate::diag::FilePath = path.into();
    let mut found = Diagnostics::new();
    let assessment = read(text, &path, lang, &mut found);
    if assessment.is_none() {
        let mut texts = Texts::default();
        texts.insert(path, Arc::from(text));
        report(terminal, Stream::Error, &found, &texts, 1, Format::Human)?;
        terminal.say("mend this first: answers can only be added to a file that can be read whole");
    }
    Ok(assessment)
}

/// `practice/criterion=answer`.
fn given<'a>(set: &str, sheet: &'a Sheet) -> Result<(&'a str, &'a str, Answer), Failure> {
    let shown = visible(set);
    let Some((subject, answer)) = set.split_once('=') else {
        return Err(Failure::usage(format!("`{shown}` is no answer; write PRACTICE/CRITERION=ANSWER")));
    };
    let Some(asked) = sheet.questions.iter().find(|asked| asked.subject() == subject) else {
        if let Some(decided) = sheet.decided.iter().find(|decided| *decided == subject) {
            return Err(Failure::usage(format!(
                "`{decided}` is not asked: the team decided that it does not apply"
            )));
        }
        let subjects: Vec<String> = sheet.questions.iter().map(Question::subject).collect();
        let hint = match nearest(subject, subjects.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`shirube list criteria` shows what is asked".to_owned(),
        };
        return Err(Failure::usage(format!("there is no criterion `{}`; {hint}", visible(subject))));
    };
    let names: Vec<&str> = sheet.choices.iter().map(|(answer, _)| answer.name()).collect();
    match sheet.choices.iter().find(|(choice, _)| choice.name() == answer) {
        Some((choice, _)) => Ok((&asked.practice, &asked.criterion, choice.clone())),
        None => Err(Failure::usage(format!(
            "`{}` is no answer; write one of {}",
            visible(answer),
            names.join(", ")
        ))),
    }
}
