//! `shirube search`: the search of the site, in the terminal.

use serde::Serialize;

use super::args::{Global, SearchArgs, SearchFormat};
use super::job::job;
use super::lookup::language;
use super::report::{Verdict, with_configuration};
use super::root;
use super::terminal::{Stream, Terminal};
use crate::diag::{Failure, Format, to_json, visible};
use crate::pipeline::{self, Found, FoundPage};

pub fn run(args: &SearchArgs, global: &Global, terminal: &Terminal) -> Result<Verdict, Failure> {
    let job = job(&root::find(global)?, &args.selection);
    let ready = with_configuration(pipeline::prepare(&job), terminal, Stream::Error, Format::Human)?;
    let languages = &ready.config.languages;
    let lang = args.lang.as_deref().map(|tag| language(tag, languages)).transpose()?;
    let query = args.query.join(" ");
    let found = pipeline::search(&ready.site, &query, lang, args.limit as usize);
    match args.format {
        SearchFormat::Json => terminal.data(&to_json(&Report::new(&found)))?,
        SearchFormat::Human => human(&query, &found, terminal)?,
    }
    Ok(if found.total == 0 { Verdict::Findings } else { Verdict::Fine })
}

fn human(query: &str, found: &Found, terminal: &Terminal) -> Result<(), Failure> {
    if let Some(suggestion) = &found.suggestion {
        terminal.complain(&format!(
            "no page has `{}`; looked for `{}`\n",
            visible(query),
            visible(suggestion)
        ));
    }
    if found.total == 0 {
        terminal.complain(&format!("nothing was found for `{}`\n", visible(query)));
        if !found.near.is_empty() {
            terminal.complain("these come near:\n");
            terminal.complain(&lines(&found.near));
        }
        return Ok(());
    }
    terminal.data(&lines(&found.hits))?;
    if found.total > found.hits.len() {
        terminal.complain(&format!("{} of {} found; --limit shows more\n", found.hits.len(), found.total));
    }
    Ok(())
}

/// Title and kind, address, and where it stands.
fn lines(pages: &[FoundPage]) -> String {
    let mut text = String::new();
    for page in pages {
        text.push_str(&format!("{} ({}, {})\n", visible(&page.title), page.kind, page.language));
        let (anchor, heading) = page.heading.clone().unzip();
        let fragment = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        text.push_str(&format!("  /{}{}\n", visible(&page.address), visible(&fragment)));
        let shortened: String = page.line.chars().take(120).collect();
        for line in heading.into_iter().chain((!shortened.is_empty()).then_some(shortened)) {
            text.push_str(&format!("  {}\n", visible(&line)));
        }
    }
    text
}

/// The answer as JSON.
#[derive(Debug, Serialize)]
struct Report<'a> {
    /// Pages found; a page counts once, however many languages it is found in.
    total: usize,
    suggestion: Option<&'a str>,
    hits: Vec<Hit<'a>>,
    /// Where nothing is found: pages that come near.
    near: Vec<Hit<'a>>,
}

#[derive(Debug, Serialize)]
struct Hit<'a> {
    kind: &'a str,
    language: &'a str,
    title: &'a str,
    /// Below the site's root.
    address: &'a str,
    area: Option<&'a str>,
    level: Option<&'a str>,
    heading: Option<Heading<'a>>,
    /// The line that has most of what was looked for.
    line: &'a str,
    score: f64,
    /// lunr's score.
    base: f64,
}

#[derive(Debug, Serialize)]
struct Heading<'a> {
    anchor: &'a str,
    text: &'a str,
}

impl<'a> Report<'a> {
    fn new(found: &'a Found) -> Self {
        let hits = |pages: &'a [FoundPage]| pages.iter().map(Hit::new).collect();
        Self {
            total: found.total,
            suggestion: found.suggestion.as_deref(),
            hits: hits(&found.hits),
            near: hits(&found.near),
        }
    }
}

impl<'a> Hit<'a> {
    fn new(page: &'a FoundPage) -> Self {
        let known = |text: &'a str| (!text.is_empty()).then_some(text);
        Self {
            kind: &page.kind,
            language: &page.language,
            title: &page.title,
            address: &page.address,
            area: known(&page.area),
            level: known(&page.level),
            heading: page.heading.as_ref().map(|(anchor, text)| Heading { anchor, text }),
            line: &page.line,
            score: page.score,
            base: page.base,
        }
    }
}
