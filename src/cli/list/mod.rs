//! `shirube list`: what there is, as a table or JSON.

mod rows;

use super::args::{Global, ListArgs, ListFormat, Selection, Subject};
use super::job::job;
use super::report::{Verdict, with_configuration};
use super::root;
use super::terminal::{Stream, Terminal};
use crate::diag::{Failure, Format, to_json, visible};
use crate::model::{Kind, Site};
use crate::pipeline;
pub(super) use rows::Row;

pub fn run(args: &ListArgs, global: &Global, terminal: &Terminal) -> Result<Verdict, Failure> {
    let site = || site(&args.selection, global, terminal);
    let format = args.format;
    let text = match args.subject {
        Subject::Codes => print(&rows::codes(), format),
        Subject::Keys => print(&rows::keys(), format),
        Subject::Levels => print(&rows::things(&site()?, Kind::Level), format),
        Subject::Areas => print(&rows::things(&site()?, Kind::Area), format),
        Subject::Practices => print(&rows::things(&site()?, Kind::Practice), format),
        Subject::Roles => print(&rows::things(&site()?, Kind::Role), format),
        Subject::Playbooks => print(&rows::things(&site()?, Kind::Playbook), format),
        Subject::Postmortems => print(&rows::things(&site()?, Kind::Postmortem), format),
        Subject::Teams => print(&rows::things(&site()?, Kind::Team), format),
        Subject::Assessments => print(&rows::things(&site()?, Kind::Assessment), format),
        Subject::Terms => print(&rows::things(&site()?, Kind::Term), format),
        Subject::Paths => print(&rows::things(&site()?, Kind::Path), format),
        Subject::Slos => print(&rows::things(&site()?, Kind::Slo), format),
        Subject::Pages => print(&rows::things(&site()?, Kind::Page), format),
        Subject::Criteria => print(&rows::criteria(&site()?), format),
        Subject::Actions => print(&rows::actions(&site()?), format),
        Subject::Coverage => print(&rows::coverage(&site()?), format),
        Subject::Orphans => print(&rows::orphans(&site()?), format),
        Subject::Stale => print(&rows::stale(&site()?), format),
        Subject::Untranslated => print(&rows::untranslated(&site()?), format),
    };
    terminal.data(&text)?;
    Ok(Verdict::Fine)
}

fn site(selection: &Selection, global: &Global, terminal: &Terminal) -> Result<Site, Failure> {
    let job = job(&root::find(global)?, selection);
    with_configuration(pipeline::site(&job), terminal, Stream::Error, Format::Human)
}

/// Rows in `format`.
pub(super) fn print<R: Row>(rows: &[R], format: ListFormat) -> String {
    match format {
        ListFormat::Table => table(rows),
        ListFormat::Json => to_json(&rows),
    }
}

/// Columns wider than this are not padded for: one long cell would push all others off the screen.
const WIDEST: usize = 60;

/// Columns two spaces apart, the last as wide as it comes.
fn table<R: Row>(rows: &[R]) -> String {
    let cells =
        rows.iter().map(|row| row.cells().iter().map(|cell| visible(cell).into_owned()).collect::<Vec<_>>());
    let header = R::COLUMNS.iter().map(|column| (*column).to_owned()).collect();
    let lines: Vec<Vec<String>> = std::iter::once(header).chain(cells).collect();
    let mut widths = vec![0; R::COLUMNS.len()];
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count().min(WIDEST));
        }
    }
    let mut text = String::new();
    for line in lines {
        let mut padded = String::new();
        for (cell, width) in line.iter().zip(&widths) {
            padded.push_str(&format!("{cell:<width$}  "));
        }
        text.push_str(padded.trim_end());
        text.push('\n');
    }
    text
}
