//! `shirube export search`: records for a search engine, to standard output or into a file.

use std::path::Path;

use super::args::{ExportArgs, Global, RecordFormat, Selection};
use super::job::job;
use super::report::{Verdict, report, with_configuration};
use super::root;
use super::terminal::{Stream, Terminal};
use crate::author::write::Root;
use crate::config::Config;
use crate::diag::{Failure, Format, nearest, visible};
use crate::export::search;
use crate::model::Lang;
use crate::pipeline;

pub fn run(args: &ExportArgs, global: &Global, terminal: &Terminal) -> Result<Verdict, Failure> {
    if args.settings && args.format == RecordFormat::Ndjson {
        return Err(Failure::usage("there are no settings without an engine: name it with `--format`"));
    }
    let selection =
        Selection { base_url: args.base_url.clone(), audience: args.audience.clone(), drafts: false };
    let job = job(&root::find(global)?, &selection);
    let ready = with_configuration(pipeline::prepare(&job), terminal, Stream::Error, Format::Human)?;
    let lang = args.lang.as_deref().map(|tag| language(tag, &ready.config)).transpose()?;
    // A page that could not be read would be missing, and an engine that follows us would forget it.
    if ready.diagnostics.has_errors() {
        report(terminal, Stream::Error, &ready.diagnostics, &ready.texts, ready.files, Format::Human)?;
        return Ok(Verdict::Findings);
    }
    let (site, config, format) = (&ready.site, &ready.config, args.format.into());
    let text = match args.settings {
        true => {
            search::settings(site, config, format, lang.as_ref(), args.japanese.into()).unwrap_or_default()
        }
        false => search::export(site, config, format, lang.as_ref()),
    };
    match &args.output {
        None => terminal.data(&text)?,
        Some(file) => write(file, &text)?,
    }
    Ok(Verdict::Fine)
}

fn language(tag: &str, config: &Config) -> Result<Lang, Failure> {
    if let Some(lang) = config.languages.iter().find(|lang| lang.as_str() == tag) {
        return Ok(lang.clone());
    }
    let known = config.languages.iter().map(Lang::as_str);
    let hint = match nearest(tag, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("it has {}", known.collect::<Vec<_>>().join(", ")),
    };
    Err(Failure::usage(format!("the handbook is not written in `{}`; {hint}", visible(tag))))
}

fn write(file: &Path, text: &str) -> Result<(), Failure> {
    let Some(name) = file.file_name().and_then(|name| name.to_str()) else {
        return Err(Failure::usage(format!("`{}` is no name of a file", visible(&file.to_string_lossy()))));
    };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Root::open(folder)?.replace(name, text.as_bytes())?;
    Ok(())
}
