//! `shirube reviewed`: records that pages were found true, and what they rested on that day.

use std::path::Path;

use jiff::civil::Date;

use super::{Job, Workshop, configuration};
use crate::author::reviewed::{restamp, stamp};
use crate::author::write::Root;
use crate::diag::{Diagnostics, Failure, FilePath, Severity, Span, Texts, nearest};
use crate::model::{
    Common, Dependency, Fields, Handbook, HiddenReason, Kind, Site, SourceFile, Summary, ThingId,
};
use crate::{assess, parse, source};

/// How it went.
#[derive(Clone, Debug)]
pub struct Reviews {
    /// The files that were stamped, in the order asked for; none when there are findings.
    pub stamped: Vec<Stamped>,
    /// Errors in the files: what cannot be read cannot be vouched for.
    pub findings: Diagnostics,
    pub texts: Texts,
}

/// A file that says that it was reviewed today.
#[derive(Clone, Debug)]
pub struct Stamped {
    pub file: FilePath,
    /// What the review holds for, apart from the page itself.
    pub against: Vec<Dependency>,
}

/// Stamps `files`, paths below the root. All of them, or none.
pub fn reviewed(job: &Job, files: &[FilePath]) -> Result<Reviews, Failure> {
    let config = configuration(job, &mut Diagnostics::new())?.0;
    let mut job = job.clone();
    // Whatever a page rests on counts, whoever may read it.
    job.overrides.drafts = true;
    job.overrides.audience = config.audiences.last().cloned();
    let mut workshop = Workshop::new(job.clone());
    let ready = workshop.prepare(None)?;
    let today = ready.site.today;

    let mut findings = ready.diagnostics;
    findings.retain(|found| {
        let is_ours = found.span.as_ref().is_some_and(|span| files.contains(&span.file));
        is_ours && found.severity == Severity::Error
    });
    let mut reviews = Reviews { stamped: Vec::new(), findings, texts: ready.texts };
    if !reviews.findings.is_empty() {
        return Ok(reviews);
    }
    let root = Root::open(&job.root)?;
    let sources = workshop.inputs.as_ref().map_or(&[][..], |inputs| inputs.files.as_slice());
    let mut written = Vec::new();
    for file in files {
        let things = things(&ready.site.handbook, file)?;
        let Some(source) = sources.iter().find(|source| source.path == *file) else { continue };
        let page = Page { source, site: &ready.site, today };
        let (text, against) = match things.as_slice() {
            [id] if ready.site.handbook.thing(*id).kind != Kind::Slo => page.markdown(*id)?,
            slos => (page.slos(slos)?, Vec::new()),
        };
        // The byte order mark, which nobody reads, stays too.
        let now = source::read_exactly(&job.root, Path::new(&**file))?.unwrap_or_default();
        let Some(mark) = now.strip_suffix(&*source.text) else {
            return Err(Failure::usage(format!("{file} was changed meanwhile; try again")));
        };
        written.push((file, format!("{mark}{text}")));
        reviews.stamped.push(Stamped { file: file.clone(), against });
    }
    for (file, text) in written {
        root.replace(file, text.as_bytes())?;
    }
    Ok(reviews)
}

/// The things whose originals stand in `file`.
fn things(handbook: &Handbook, file: &FilePath) -> Result<Vec<ThingId>, Failure> {
    let stands_in = |summary: &Summary| summary.file == *file;
    let originals: Vec<ThingId> =
        handbook.iter().filter(|(_, thing)| stands_in(&thing.original().summary)).map(|(id, _)| id).collect();
    if !originals.is_empty() {
        return Ok(originals);
    }
    Err(Failure::usage(match (handbook.by_file.get(file), handbook.hidden.by_file.get(file)) {
        (Some(id), _) => {
            let original = &handbook.thing(*id).original().summary.file;
            format!(
                "{file} is a translation; a review is recorded in its original: `shirube reviewed {original}`"
            )
        }
        (None, Some(HiddenReason::Pack)) => {
            format!("{file} belongs to a pack that handbook.yaml does not name; add it to `packs`")
        }
        _ => match nearest(file, handbook.by_file.keys().map(|known| &**known)) {
            Some(known) => format!("{file} is no page of this handbook; did you mean {known}?"),
            None => format!("{file} is no page of this handbook"),
        },
    }))
}

/// A file that is to be stamped.
struct Page<'a> {
    source: &'a SourceFile,
    site: &'a Site,
    today: Date,
}

impl Page<'_> {
    /// The new text of a markdown file, and what the review holds for.
    fn markdown(&self, id: ThingId) -> Result<(String, Vec<Dependency>), Failure> {
        let file = &self.source.path;
        let dependencies = assess::dependencies(&self.site.handbook, &self.site.graph, id);
        let against: Vec<(String, String)> =
            dependencies.iter().map(|(name, hash)| (name.to_string(), hash.to_string())).collect();
        let text = stamp(&self.source.text, file, self.today, &against);
        let before = &self.site.handbook.thing(id).original().summary;
        let is_right = |after: &Summary| {
            after.digest == before.digest
                && self.says_today(&after.common)
                && recorded(&after.common) == against
        };
        let names = dependencies.into_keys().filter(|dependency| *dependency != Dependency::Itself);
        Ok((self.checked(text, is_right)?, names.collect()))
    }

    /// The new text of a file of SLOs, each of which has a date to be replaced.
    fn slos(&self, slos: &[ThingId]) -> Result<String, Failure> {
        let mut dates: Vec<&Span> = Vec::new();
        for id in slos {
            let summary = &self.site.handbook.thing(*id).original().summary;
            let Fields::Slo(fields) = &summary.fields else { continue };
            let Some(reviewed) = &fields.reviewed else {
                return Err(Failure::usage(format!(
                    "the SLO `{}` in {} has no date to be replaced; add the annotation `shirube.dev/reviewed: \"{}\"`",
                    summary.id.value, self.source.path, self.today
                )));
            };
            dates.push(&reviewed.span);
        }
        self.checked(restamp(&self.source.text, &dates, self.today), |after| self.says_today(&after.common))
    }

    fn says_today(&self, common: &Common) -> bool {
        common.reviewed.as_ref().is_some_and(|reviewed| reviewed.value == self.today)
    }

    /// The text, if it is read back as it should be. YAML can be written in more ways than we edit.
    fn checked(&self, text: Option<String>, is_right: impl Fn(&Summary) -> bool) -> Result<String, Failure> {
        let is_read_back = |text: &String| {
            let file = SourceFile { text: text.as_str().into(), ..self.source.clone() };
            let parsed = parse::parse(&file);
            !parsed.diagnostics.has_errors()
                && !parsed.documents.is_empty()
                && parsed.documents.iter().all(|document| is_right(&document.summary))
        };
        text.filter(is_read_back).ok_or_else(|| {
            Failure::usage(format!(
                "{} is written in a way that cannot be edited safely; write `reviewed: {}` on a line of its own, \
                 and try again",
                self.source.path, self.today
            ))
        })
    }
}

fn recorded(common: &Common) -> Vec<(String, String)> {
    common.reviewed_against.iter().map(|(name, hash)| (name.value.clone(), hash.value.clone())).collect()
}
