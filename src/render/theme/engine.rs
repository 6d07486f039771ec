//! Tera, with its errors turned into diagnostics and its appetite limited.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io;

use tera::{Context, ErrorKind, Kwargs, ReportError, State, Tera, Value};

use super::words;
use crate::diag::{Diagnostic, Diagnostics, FilePath, Span, catalog};
use crate::model::ThemeFiles;

/// A page may not become longer than this; a template that writes more is taken to run for ever.
const MAX_PAGE_BYTES: usize = 32 << 20;
/// Numbers that `range` hands out per page, all calls together: nested ranges multiply.
const MAX_RANGE: u64 = 100_000;

thread_local! {
    /// What is left of `MAX_RANGE` for the page this thread is making.
    static RANGE_LEFT: Cell<u64> = const { Cell::new(MAX_RANGE) };
}

/// The templates of a theme.
#[derive(Debug)]
pub struct Engine {
    tera: Tera,
    files: BTreeMap<String, FilePath>,
}

impl Engine {
    /// Reads everything in `templates/`. Every template that is wrong is reported.
    pub fn load(files: &ThemeFiles, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut sources = Vec::new();
        let mut places = BTreeMap::new();
        for (name, file) in files {
            let Some(template) = name.strip_prefix("templates/") else { continue };
            match std::str::from_utf8(&file.bytes) {
                Ok(text) => sources.push((template, text)),
                Err(error) => {
                    diagnostics.theme_file_not_text(&file.file, error.valid_up_to());
                    return None;
                }
            }
            places.insert(template.to_owned(), file.file.clone());
        }
        let mut engine = Self { tera: Tera::default(), files: places };
        engine.tera.register_function("range", range);
        engine.tera.register_filter("fill", fill);
        match engine.tera.add_raw_templates(sources.iter().copied()) {
            Ok(()) => Some(engine),
            Err(error) => {
                engine.report_all(&sources, &error, diagnostics);
                None
            }
        }
    }

    pub fn has(&self, template: &str) -> bool {
        self.tera.contains_template(template)
    }

    /// Fills a template.
    pub fn render(&self, template: &str, context: &Context) -> Result<Vec<u8>, Diagnostic> {
        RANGE_LEFT.set(MAX_RANGE);
        let mut page = Capped(Vec::with_capacity(16 << 10));
        match self.tera.render_to(template, context, &mut page) {
            Ok(()) => Ok(page.0),
            Err(error) => Err(self.diagnostic(template, &error)),
        }
    }

    /// Tera stops at the first broken template; looking at each alone finds them all.
    fn report_all(&self, sources: &[(&str, &str)], first: &tera::Error, diagnostics: &mut Diagnostics) {
        let mut found = false;
        for (name, text) in sources {
            if let Err(error) = Tera::default().add_raw_template(name, text)
                && let ErrorKind::SyntaxError(report) = error.kind()
            {
                diagnostics.push(self.syntax(report, name));
                found = true;
            }
        }
        if found {
            return;
        }
        match first.kind() {
            // Unknown filters and the like come as one text of drawn reports.
            ErrorKind::Msg(text) => {
                for report in text.split("\n\n") {
                    diagnostics.push(self.drawn(report, sources));
                }
            }
            _ => diagnostics.push(self.diagnostic("", first)),
        }
    }

    fn diagnostic(&self, template: &str, error: &tera::Error) -> Diagnostic {
        match error.kind() {
            ErrorKind::SyntaxError(report) => self.syntax(report, template),
            ErrorKind::RenderingError(report) => {
                let message = report.message();
                let span = self.span(report.filename(), report.span().range.clone());
                match undefined(message) {
                    Some((name, known)) => catalog::theme::unknown_variable(span, name, &known),
                    None => catalog::theme::template_failed(span, message),
                }
            }
            ErrorKind::Io(io::ErrorKind::FileTooLarge) => {
                catalog::theme::page_too_large(self.span(template, 0..0), template, MAX_PAGE_BYTES >> 20)
            }
            ErrorKind::TemplateNotFound(name) => catalog::theme::template_missing(name),
            ErrorKind::MissingParent { current, parent } => catalog::theme::unknown_name(
                self.span(current, 0..0),
                &format!("Unknown template `{parent}`"),
            ),
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
                catalog::theme::template_failed(
                    self.span(tpl, 0..0),
                    "the template includes or extends itself",
                )
            }
            other => catalog::theme::template_failed(self.span(template, 0..0), &other.to_string()),
        }
    }

    fn syntax(&self, report: &ReportError, template: &str) -> Diagnostic {
        let name = if report.filename().is_empty() { template } else { report.filename() };
        catalog::theme::template_syntax(self.span(name, report.span().range.clone()), report.message())
    }

    /// Reads `error: message` and ` --> template:line:column` back from a drawn report.
    fn drawn(&self, report: &str, sources: &[(&str, &str)]) -> Diagnostic {
        let mut lines = report.lines();
        let message = lines.next().unwrap_or_default();
        let message = message.strip_prefix("error: ").unwrap_or(message);
        let place = lines.next().and_then(|line| line.split_once("--> ")).and_then(|(_, place)| {
            let mut parts = place.rsplitn(3, ':');
            let column: usize = parts.next()?.trim().parse().ok()?;
            let line: usize = parts.next()?.parse().ok()?;
            let name = parts.next()?;
            let (_, text) = sources.iter().find(|(source, _)| *source == name)?;
            let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
            let rest = text.get(before..)?;
            let offset: usize = rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
            // The engine points at the bracket of a component's tag.
            let bracket = rest.get(offset..)?.find(char::is_alphanumeric).filter(|skipped| *skipped < 3);
            let offset = offset + bracket.unwrap_or(0);
            let word =
                rest.get(offset..)?.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '.').unwrap_or(1);
            self.span(name, before + offset..before + offset + word.max(1))
        });
        if message.starts_with("Unknown ") {
            catalog::theme::unknown_name(place, message)
        } else {
            catalog::theme::template_failed(place, message)
        }
    }

    fn span(&self, template: &str, range: std::ops::Range<usize>) -> Option<Span> {
        self.files.get(template).map(|file| Span::new(file, range))
    }
}

/// The name and the known names in ``Variable `x` is not defined. Available variables: a, b``.
fn undefined(message: &str) -> Option<(&str, Vec<&str>)> {
    let rest = message.strip_prefix("Variable `").or_else(|| message.strip_prefix("Field `"))?;
    let (name, rest) = rest.split_once("` is not defined")?;
    let known = rest.split_once(": ").map_or_else(Vec::new, |(_, names)| names.split(", ").collect());
    Some((name, known))
}

/// A page in the making, which refuses to become endless.
struct Capped(Vec<u8>);

impl io::Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MAX_PAGE_BYTES {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// `range(end=…, start=0, step_by=1)`: Tera's own allows a hundred thousand in every call.
fn range(arguments: Kwargs, _: &State) -> tera::TeraResult<Vec<i64>> {
    let start = arguments.get::<i64>("start")?.unwrap_or(0);
    let end = arguments.must_get::<i64>("end")?;
    let step = arguments.get::<i64>("step_by")?.unwrap_or(1);
    if step <= 0 {
        return Err(tera::Error::message("`step_by` must be above 0"));
    }
    let length = end.saturating_sub(start).max(0).unsigned_abs().div_ceil(step.unsigned_abs());
    let left = RANGE_LEFT.get();
    if length > left {
        return Err(tera::Error::message(format!(
            "`range` may give at most {MAX_RANGE} numbers on one page"
        )));
    }
    RANGE_LEFT.set(left - length);
    Ok((start..end).step_by(usize::try_from(step).unwrap_or(1)).collect())
}

/// `text | fill(n=3)`: values put in for `{n}`; see [`words::fill`].
fn fill(text: &str, arguments: Kwargs, _: &State) -> String {
    let values: Vec<(String, String)> =
        arguments.iter().map(|(key, value): (_, &Value)| (key.to_string(), value.to_string())).collect();
    let values: Vec<(&str, &str)> =
        values.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    words::fill(text, &values)
}
