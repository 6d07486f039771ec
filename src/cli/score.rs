//! `shirube score`: where teams stand, as a table, JSON, CSV or markdown.

use jiff::civil::Date;

use super::args::{FailOn, Global, ScoreArgs, ScoreFormat};
use super::job::job;
use super::report::{Verdict, with_configuration};
use super::root;
use super::terminal::{Stream, Terminal};
use crate::diag::{Failure, Format, nearest, visible};
use crate::export::scores::{Before, PracticeRow, Scores, TeamScores};
use crate::model::{Kind, Site, ThingId};
use crate::pipeline;

pub fn run(args: &ScoreArgs, global: &Global, terminal: &Terminal) -> Result<Verdict, Failure> {
    let job = job(&root::find(global)?, &args.selection);
    let (site, config) =
        with_configuration(pipeline::configured_site(&job), terminal, Stream::Error, Format::Human)?;
    let on = args.at.unwrap_or(site.today);
    let teams = teams(&site, args.team.as_deref())?;
    let compare = args.compare.or_else(|| {
        let wanted = args.fail_on.contains(&FailOn::Regression);
        wanted.then(|| before_the_last(&site, &teams, on)).flatten()
    });
    let scores = crate::export::scores::scores(&site, &config, &teams, on, compare);
    terminal.data(&match args.format {
        ScoreFormat::Table => table(&scores),
        ScoreFormat::Json => scores.to_json(),
        ScoreFormat::Csv => scores.to_csv(),
        ScoreFormat::Markdown => markdown(&scores),
    })?;
    let failed = args.fail_on.iter().filter(|condition| complain(**condition, &scores, terminal)).count();
    Ok(if failed > 0 { Verdict::Findings } else { Verdict::Fine })
}

fn teams(site: &Site, wanted: Option<&str>) -> Result<Vec<ThingId>, Failure> {
    let all = || site.handbook.of_kind(Kind::Team);
    let Some(wanted) = wanted else { return Ok(all().map(|(id, _)| id).collect()) };
    Ok(vec![team_named(site, wanted)?])
}

/// The team with that id.
pub(super) fn team_named(site: &Site, wanted: &str) -> Result<ThingId, Failure> {
    if let Some(id) = site.handbook.find(Kind::Team, wanted) {
        return Ok(id);
    }
    let all = site.handbook.of_kind(Kind::Team);
    let names = all.filter_map(|(_, thing)| thing.id.as_ref().map(|id| id.as_str()));
    let hint = match nearest(wanted, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`shirube list teams` shows what there is".to_owned(),
    };
    Err(Failure::usage(format!("there is no team `{}`; {hint}", visible(wanted))))
}

/// The day before the newest assessment of any of the teams: what a regression is measured against.
fn before_the_last(site: &Site, teams: &[ThingId], on: Date) -> Option<Date> {
    let newest = teams.iter().filter_map(|team| Some(site.scorecards.latest(*team, on)?.date)).max()?;
    newest.yesterday().ok()
}

/// Says what fails the run by `condition`; whether anything does.
fn complain(condition: FailOn, scores: &Scores, terminal: &Terminal) -> bool {
    let mut found = false;
    for team in &scores.teams {
        let practices = |wanted: fn(&PracticeRow) -> bool| -> Vec<&str> {
            team.practices.iter().filter(|row| wanted(row)).map(|row| row.practice.as_str()).collect()
        };
        let (what, names) = match condition {
            FailOn::BelowTarget => {
                ("below target", practices(|row| rank_of(row).is_some() && !row.at_target))
            }
            FailOn::Regression => ("lower than before", practices(has_fallen)),
            FailOn::Expired => ("to be decided again", team.expired.iter().map(String::as_str).collect()),
        };
        if !names.is_empty() {
            terminal.say(&format!("{}: {what}: {}", team.team, names.join(", ")));
            found = true;
        }
    }
    found
}

fn rank_of(row: &PracticeRow) -> Option<f64> {
    row.level.map(f64::from).or(row.points)
}

fn has_fallen(row: &PracticeRow) -> bool {
    let before = row.before.and_then(|before| before.level.map(f64::from).or(before.points));
    matches!((before, rank_of(row)), (Some(before), Some(now)) if now < before)
}

pub(super) fn table(scores: &Scores) -> String {
    let mut text = String::new();
    for team in &scores.teams {
        text.push_str(&format!("{}\n", headline(team)));
        let width = team.practices.iter().map(|row| row.practice.len()).max().unwrap_or(0);
        for row in team.practices.iter().filter(|row| row.state != "not-assessed") {
            let answered = format!("{} of {} answered", row.answered, row.applicable);
            text.push_str(&format!(
                "  {:width$}  {:<9} target {}  {:<18} {}{}\n",
                row.practice,
                level(row.level, row.points, row.state),
                row.target,
                answered,
                progress(row),
                change(row.before, row),
            ));
        }
    }
    text
}

fn markdown(scores: &Scores) -> String {
    let mut text = String::new();
    for team in &scores.teams {
        text.push_str(&format!("## {}\n\n{}\n\n", team.title, headline(team)));
        text.push_str("| Practice | Level | Target | Answered | Progress |\n|---|---|--:|--:|--:|\n");
        for row in team.practices.iter().filter(|row| row.state != "not-assessed") {
            text.push_str(&format!(
                "| {} | {}{} | {} | {} of {} | {} |\n",
                row.title.replace('|', "\\|"),
                level(row.level, row.points, row.state),
                change(row.before, row),
                row.target,
                row.answered,
                row.applicable,
                progress(row),
            ));
        }
        text.push('\n');
    }
    text
}

/// Coverage stands beside every score.
fn headline(team: &TeamScores) -> String {
    let Some(assessed) = &team.assessed else { return format!("{}: not assessed", team.team) };
    format!(
        "{}: {} of {} at target, {} of {} criteria answered, assessed {assessed}{}",
        team.team,
        team.summary.at_target,
        team.summary.applicable_practices,
        team.summary.answered,
        team.summary.applicable,
        if team.stale { " (old)" } else { "" },
    )
}

fn level(level: Option<u8>, points: Option<f64>, state: &str) -> String {
    match (level, points) {
        (Some(level), _) => format!("level {level}"),
        (None, Some(points)) => format!("{points:.2}"),
        (None, None) => state.replace('-', " "),
    }
}

/// Rounded down: what shows 100 % must be done.
fn progress(row: &PracticeRow) -> String {
    row.progress.map_or(String::new(), |share| format!("{:.0} %", (share * 100.0).floor()))
}

fn change(before: Option<Before>, row: &PracticeRow) -> String {
    match before {
        Some(before)
            if before.state != row.state || before.level != row.level || before.points != row.points =>
        {
            format!("  (was {})", level(before.level, before.points, before.state))
        }
        _ => String::new(),
    }
}
