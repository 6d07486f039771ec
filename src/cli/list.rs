//! `shirube list`: what there is, as a table or JSON.

use serde::Serialize;

use super::args::{Global, ListArgs, ListFormat, Subject};
use super::job::job;
use super::report::{Verdict, with_configuration};
use super::root;
use super::terminal::{Stream, Terminal};
use crate::diag::{Failure, Format, catalog, visible};
use crate::model::{Handbook, Kind};
use crate::pipeline;

pub fn run(args: &ListArgs, global: &Global, terminal: &Terminal) -> Result<Verdict, Failure> {
    let text = match kind(args.subject) {
        Some(kind) => {
            let job = job(&root::find(global)?, &args.selection);
            let handbook =
                with_configuration(pipeline::handbook(&job), terminal, Stream::Error, Format::Human)?;
            print(&things(&handbook, kind), args.format)
        }
        None if args.subject == Subject::Codes => print(&codes(), args.format),
        None => print(&keys(), args.format),
    };
    terminal.data(&text)?;
    Ok(Verdict::Fine)
}

/// A row of a list. Its keys in JSON are the columns of the table.
trait Row: Serialize {
    const COLUMNS: &'static [&'static str];
    fn cells(&self) -> Vec<&str>;
}

/// A thing of the handbook.
#[derive(Debug, Serialize)]
struct ThingRow<'a> {
    /// `null` for a plain page without an id of its own.
    id: Option<&'a str>,
    title: &'a str,
    file: &'a str,
}

impl Row for ThingRow<'_> {
    // The title last: its width in cells depends on the terminal where it is not ASCII.
    const COLUMNS: &'static [&'static str] = &["ID", "FILE", "TITLE"];

    fn cells(&self) -> Vec<&str> {
        vec![self.id.unwrap_or("-"), self.file, self.title]
    }
}

#[derive(Debug, Serialize)]
struct CodeRow {
    code: &'static str,
    severity: &'static str,
    explanation: &'static str,
}

impl Row for CodeRow {
    const COLUMNS: &'static [&'static str] = &["CODE", "SEVERITY", "EXPLANATION"];

    fn cells(&self) -> Vec<&str> {
        vec![self.code, self.severity, self.explanation]
    }
}

/// A front matter key.
#[derive(Debug, Serialize)]
struct KeyRow {
    /// The kind of content it belongs to; `every` for those that all kinds have.
    kind: &'static str,
    /// With the keys around it: `criteria.<level>[].text`.
    key: String,
    takes: String,
    /// Whether a translation carries it too.
    translatable: bool,
    required: bool,
    about: &'static str,
}

impl Row for KeyRow {
    const COLUMNS: &'static [&'static str] = &["KIND", "KEY", "TAKES", "ABOUT"];

    fn cells(&self) -> Vec<&str> {
        vec![self.kind, &self.key, &self.takes, self.about]
    }
}

fn things(handbook: &Handbook, kind: Kind) -> Vec<ThingRow<'_>> {
    let things = handbook.of_kind(kind).map(|(_, thing)| {
        let summary = &thing.original().summary;
        ThingRow { id: thing.id.as_ref().map(|id| id.as_str()), title: &summary.title, file: &summary.file }
    });
    things.collect()
}

fn codes() -> Vec<CodeRow> {
    let mut codes: Vec<CodeRow> = catalog::all()
        .map(|code| CodeRow {
            code: code.name,
            severity: code.severity.name(),
            explanation: code.explanation,
        })
        .collect();
    codes.sort_by_key(|row| row.code);
    codes
}

/// The very tables that front matter is read by.
fn keys() -> Vec<KeyRow> {
    let mut rows = Vec::new();
    for of_kind in pipeline::keys() {
        let kind = of_kind.kind.map_or("every", Kind::name);
        rows.extend(of_kind.rows().into_iter().map(|row| KeyRow {
            kind,
            key: row.path,
            takes: row.shape,
            translatable: row.translatable,
            required: row.required,
            about: row.about,
        }));
    }
    rows
}

fn print<R: Row>(rows: &[R], format: ListFormat) -> String {
    match format {
        ListFormat::Table => table(rows),
        ListFormat::Json => crate::diag::to_json(&rows),
    }
}

/// Columns wider than this are not padded for: one long cell would push all others off the screen.
const WIDEST: usize = 60;

/// Columns two spaces apart, the last as wide as it comes.
fn table<R: Row>(rows: &[R]) -> String {
    let cells = rows.iter().map(|row| row.cells().into_iter().map(visible).collect::<Vec<_>>());
    let header = R::COLUMNS.iter().map(|column| visible(column)).collect();
    let lines: Vec<Vec<_>> = std::iter::once(header).chain(cells).collect();
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

/// The kind whose things are listed; `None` for codes and keys.
fn kind(subject: Subject) -> Option<Kind> {
    Some(match subject {
        Subject::Levels => Kind::Level,
        Subject::Areas => Kind::Area,
        Subject::Practices => Kind::Practice,
        Subject::Roles => Kind::Role,
        Subject::Playbooks => Kind::Playbook,
        Subject::Postmortems => Kind::Postmortem,
        Subject::Teams => Kind::Team,
        Subject::Assessments => Kind::Assessment,
        Subject::Terms => Kind::Term,
        Subject::Paths => Kind::Path,
        Subject::Slos => Kind::Slo,
        Subject::Pages => Kind::Page,
        Subject::Codes | Subject::Keys => return None,
    })
}
