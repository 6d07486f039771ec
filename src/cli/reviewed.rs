//! `shirube reviewed`: the stamp of a review.

use std::path::Path;

use super::args::{Global, ReviewedArgs, Selection};
use super::job::job;
use super::report::{Verdict, report, with_configuration};
use super::root;
use super::terminal::{Stream, Terminal};
use crate::diag::{Failure, FilePath, Format, visible};
use crate::model::Dependency;
use crate::pipeline;

pub fn run(args: &ReviewedArgs, global: &Global, terminal: &Terminal) -> Result<Verdict, Failure> {
    let place = root::find(global)?;
    let mut files: Vec<FilePath> = Vec::new();
    for file in &args.files {
        let file = below(&place.root, file)?;
        if !files.contains(&file) {
            files.push(file);
        }
    }
    let job = job(&place, &Selection::default());
    let (people, format) = (Stream::Error, Format::Human);
    let reviews = with_configuration(pipeline::reviewed(&job, &files), terminal, people, format)?;
    if !reviews.findings.is_empty() {
        report(terminal, people, &reviews.findings, &reviews.texts, files.len(), format)?;
        terminal.say("nothing was stamped: what cannot be read cannot be vouched for");
        return Ok(Verdict::Findings);
    }
    for stamped in &reviews.stamped {
        terminal.data(&format!("{}\n", visible(&stamped.file)))?;
        terminal.detail(&against(&stamped.against));
    }
    Ok(Verdict::Fine)
}

/// `file`, as typed or below the root, as a path of the handbook.
fn below(root: &Path, file: &Path) -> Result<FilePath, Failure> {
    let shown = visible(&file.to_string_lossy()).into_owned();
    let whole = file.canonicalize().or_else(|_| root.join(file).canonicalize());
    let whole = whole.map_err(|_| Failure::usage(format!("there is no file {shown}")))?;
    let root = root.canonicalize().map_err(|error| Failure::machine("find", root, error))?;
    let path = whole.strip_prefix(&root).ok().filter(|path| path.starts_with("content") && whole.is_file());
    let path = path
        .and_then(|path| path.components().map(|part| part.as_os_str().to_str()).collect::<Option<Vec<_>>>());
    match path {
        Some(steps) => Ok(steps.join("/").into()),
        None => Err(Failure::usage(format!("{shown} is no file below {}", root.join("content").display()))),
    }
}

/// `3 criteria, 1 SLO, 2 names`
fn against(dependencies: &[Dependency]) -> String {
    let count = |wanted: fn(&Dependency) -> bool| dependencies.iter().filter(|one| wanted(one)).count();
    let counts = [
        (count(|one| matches!(one, Dependency::Criterion { .. })), "criterion", "criteria"),
        (count(|one| matches!(one, Dependency::Slo(_))), "SLO", "SLOs"),
        (count(|one| matches!(one, Dependency::Name(..))), "name", "names"),
    ];
    let told: Vec<String> = counts
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    match told.is_empty() {
        true => "  against its own text".to_owned(),
        false => format!("  against its own text, {}", told.join(", ")),
    }
}
