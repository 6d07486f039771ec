//! `shirube lookup`: the link to something, by what people call it.

use std::borrow::Cow;

use serde::Serialize;

use super::args::{Global, ListFormat, LookupArgs};
use super::job::job;
use super::list::{Row, print};
use super::report::{Verdict, with_configuration};
use super::root;
use super::terminal::{Stream, Terminal};
use crate::diag::{Failure, Format, nearest, visible};
use crate::lookup::{self, Form, Forms};
use crate::model::Lang;
use crate::pipeline::{self, Ready};

/// How many are shown when nobody says how many.
const SHOWN: u32 = 10;

pub fn run(args: &LookupArgs, global: &Global, terminal: &Terminal) -> Result<Verdict, Failure> {
    let job = job(&root::find(global)?, &args.selection);
    let ready = with_configuration(pipeline::prepare(&job), terminal, Stream::Error, Format::Human)?;
    let lang = args.lang.as_deref().map(|tag| language(tag, &ready.config.languages)).transpose()?;
    let text = args.text.join(" ");
    let hits = lookup::find(&ready.site, &text);
    if hits.is_empty() {
        tell_nearest(&ready, &text, terminal);
        return Ok(Verdict::Findings);
    }
    let limit = args.limit.unwrap_or(if args.form.is_some() { 1 } else { SHOWN }) as usize;
    let rows: Vec<HitRow<'_>> = hits
        .iter()
        .take(limit)
        .map(|hit| {
            let lang = lang.unwrap_or(hit.lang);
            let thing = ready.site.handbook.thing(hit.thing);
            HitRow {
                kind: if hit.criterion.is_some() { "criterion" } else { thing.kind.name() },
                id: thing.id.as_ref().map(|id| match hit.criterion {
                    Some(criterion) => format!("{id}#{criterion}"),
                    None => id.to_string(),
                }),
                lang: lang.as_str(),
                matched: hit.name,
                file: &thing.text(lang).summary.file,
                forms: Forms::new(&ready.site, &ready.config.base_url, hit, lang),
            }
        })
        .collect();
    terminal.data(&match args.form {
        Some(form) => in_form(&rows, form.into())?,
        None => match args.format {
            ListFormat::Json => print(&rows, ListFormat::Json),
            ListFormat::Table => best_and_others(&rows),
        },
    })?;
    Ok(Verdict::Fine)
}

pub(super) fn language<'a>(tag: &str, languages: &'a [Lang]) -> Result<&'a Lang, Failure> {
    languages.iter().find(|lang| lang.as_str().eq_ignore_ascii_case(tag)).ok_or_else(|| {
        let known: Vec<&str> = languages.iter().map(Lang::as_str).collect();
        Failure::usage(format!(
            "the handbook has no language `{}`; it has {}{}",
            visible(tag),
            known.join(", "),
            nearest(tag, known.iter().copied())
                .map(|near| format!("; did you mean `{near}`?"))
                .unwrap_or_default()
        ))
    })
}

fn tell_nearest(ready: &Ready, text: &str, terminal: &Terminal) {
    terminal.complain(&format!("nothing is called `{}`\n", visible(text)));
    let near = lookup::nearest(&ready.site, text);
    if !near.is_empty() {
        let near: Vec<_> = near.iter().map(|name| format!("`{}`", visible(name))).collect();
        terminal.complain(&format!("the nearest names are {}\n", near.join(", ")));
    }
}

/// One line for each, and nothing else.
fn in_form(rows: &[HitRow<'_>], form: Form) -> Result<String, Failure> {
    let mut text = String::new();
    for row in rows {
        let Some(link) = row.forms.get(form) else {
            return Err(Failure::usage(match form {
                Form::Url => {
                    "without `base_url` in handbook.yaml, or --base-url, the whole address is not known"
                        .to_owned()
                }
                _ => format!("{} has no permalink: write an `id:` into its front matter", visible(row.file)),
            }));
        };
        text.push_str(&visible(link));
        text.push('\n');
    }
    Ok(text)
}

/// The best with every form of its link, and the others as a table.
fn best_and_others(rows: &[HitRow<'_>]) -> String {
    let Some((best, others)) = rows.split_first() else { return String::new() };
    let mut text = format!("{}: {}\n", best.kind, visible(&best.forms.title));
    let forms = [
        ("permalink", Form::Permalink),
        ("url", Form::Url),
        ("markdown", Form::Markdown),
        ("html", Form::Html),
        ("rst", Form::Rst),
        ("wiki", Form::Wiki),
    ];
    for (name, form) in forms {
        if let Some(link) = best.forms.get(form) {
            text.push_str(&format!("  {name:<9}  {}\n", visible(link)));
        }
    }
    if !others.is_empty() {
        text.push('\n');
        text.push_str(&print(others, ListFormat::Table));
    }
    text
}

/// Something that was found, with the link to it.
#[derive(Debug, Serialize)]
struct HitRow<'a> {
    /// `criterion`, or a kind of content.
    kind: &'static str,
    /// Of a criterion behind that of its practice; `null` for a plain page without an id of its own.
    id: Option<String>,
    /// The language of the link.
    lang: &'a str,
    /// The name that the text is like.
    matched: &'a str,
    file: &'a str,
    #[serde(flatten)]
    forms: Forms,
}

impl Row for HitRow<'_> {
    const COLUMNS: &'static [&'static str] = &["KIND", "ADDRESS", "TITLE"];

    fn cells(&self) -> Vec<Cow<'_, str>> {
        vec![self.kind.into(), (&self.forms.address).into(), (&self.forms.title).into()]
    }
}
