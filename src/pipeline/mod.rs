//! The program as one pipeline; the only file that names every stage.
//!
//! Source gathers, parse reads, link joins, assess judges, render and search write, publish
//! delivers. The commands stop it at different places: [`check`] after writing in memory, [`build()`]
//! after publishing; `serve` runs [`Workshop::prepare`] at every save, and makes a page when it is asked for.

mod build;
mod heirs;
mod inbound;
mod originals;
mod permalinks;
mod preview;
mod reviewed;
mod translations;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use crate::publish::Interrupt;
pub use crate::search::{Found, FoundPage, search};
pub use build::{Built, build};
pub use inbound::{Inbound, Mended, MendedFile, mend};
pub use permalinks::{Permalinks, Published};
pub use preview::preview;
pub use reviewed::{Reviews, Stamped, reviewed};
pub use translations::{Pair, Translations, translations};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::config::{self, Config, Overrides};
use crate::diag::{Diagnostic, Diagnostics, Failure, FilePath, Severity, Texts};
use crate::model::{Document, Kind, Outputs, Site, SourceFile, ThingId};
use crate::parse::Parsed;
use crate::yaml::{KeyRow, key_rows};
use crate::{assess, export, link, parse, prove, render, search, source};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Job {
    /// The handbook's folder.
    pub root: PathBuf,
    /// The configuration file, absolute or relative to the root; need not exist.
    pub config: PathBuf,
    pub overrides: Overrides,
    /// Fixes the day; otherwise it is asked of the world.
    pub today: Option<Date>,
    /// Where the site is written, absolute or relative to the root.
    pub output: PathBuf,
    /// New permalinks fail the build instead of being recorded (`--locked`).
    pub locked: bool,
    /// Publish in spite of errors in the content (`--lenient`).
    pub lenient: bool,
    /// Publish into a folder that was not made by us (`--force`).
    pub force: bool,
    /// What is due becomes a warning (`--due`).
    pub due: bool,
    /// Other repositories whose links into the handbook are checked (`--inbound`).
    pub inbound: Inbound,
    /// Changes that are not committed count as made today (`serve`).
    pub uncommitted: bool,
}

impl Job {
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            config: PathBuf::from("handbook.yaml"),
            overrides: Overrides::default(),
            today: None,
            output: PathBuf::from("public"),
            locked: false,
            lenient: false,
            force: false,
            due: false,
            inbound: Inbound::default(),
            uncommitted: false,
        }
    }
}

/// What a check found.
#[derive(Clone, Debug)]
pub struct Checked {
    pub diagnostics: Diagnostics,
    pub texts: Texts,
    /// Content files read.
    pub files: usize,
}

/// The joined and judged handbook, for commands that only look into it.
pub fn site(job: &Job) -> Result<Site, Failure> {
    Ok(prepare(job)?.site)
}

/// The same with its configuration and theme.
pub fn prepare(job: &Job) -> Result<Ready, Failure> {
    Workshop::new(job.clone()).prepare(None)
}

/// The same, with the configuration it was judged by.
pub fn configured_site(job: &Job) -> Result<(Site, Config), Failure> {
    let Ready { site, config, .. } = Workshop::new(job.clone()).prepare(None)?;
    Ok((site, config))
}

/// Every key that is read, for the reference: those of all kinds (`every`), those that each kind
/// adds, and those of the configuration files.
pub fn keys() -> Vec<(&'static str, Vec<KeyRow>)> {
    let front = parse::front::reference();
    let mut keys: Vec<_> =
        front.iter().map(|table| (table.kind.map_or("every", Kind::name), table.rows())).collect();
    keys.push(("handbook.yaml", key_rows(config::KEYS)));
    keys.push(("model.yaml", key_rows(config::MODEL_KEYS)));
    keys
}

/// The tag of the handbook's default language.
pub fn default_language(root: &Path, config: &Path) -> Result<String, Failure> {
    let job = Job { config: config.to_owned(), ..Job::new(root) };
    let (config, ..) = configuration(&job, &mut Diagnostics::new())?;
    Ok(config.languages.first().map_or_else(|| "en".to_owned(), |lang| lang.as_str().to_owned()))
}

/// A site in memory, with what was found on the way.
#[derive(Clone, Debug)]
pub struct Made {
    pub outputs: Outputs,
    pub site: Site,
    /// The record of permalinks, brought up to date.
    pub permalinks: Permalinks,
    pub diagnostics: Diagnostics,
    pub texts: Texts,
    /// Content files read.
    pub files: usize,
}

/// Everything that `build` would complain about, and more; writes nothing.
pub fn check(job: &Job) -> Result<Checked, Failure> {
    let made = run(job, Wanted::Findings)?;
    Ok(Checked { diagnostics: made.diagnostics, texts: made.texts, files: made.files })
}

/// The whole site in memory.
pub fn make(job: &Job) -> Result<Made, Failure> {
    run(job, Wanted::Site)
}

/// What a run is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Site,
    /// Files in which nothing can be wrong are left empty.
    Findings,
}

fn run(job: &Job, wanted: Wanted) -> Result<Made, Failure> {
    // The memos go at once: there is no other run.
    let ready = Workshop::new(job.clone()).prepare(None)?;
    let Ready { site, config, theme, published, diagnostics: mut found, mut texts, mut files } = ready;
    let permalinks = permalinks::compare(published, &job.root, &site, &mut texts, &mut found);
    let mut outputs = Outputs::new();
    if let Some(theme) = &theme {
        let plan = render::plan(&site, &config, theme);
        let (pages, complaints) = render::render(&plan, &site, &config, theme);
        outputs = pages;
        found.extend(complaints);
        if config.has_search() {
            outputs.extend(search::index(&site, &config));
            outputs.extend(search::for_lunr(&site, &config));
        }
        outputs.extend(api(&site, &config));
        found.extend(prove::prove(&outputs, &site.handbook, &config));
        files += inbound::check(job, &site, &config, theme, &mut texts, &mut found)?;
        if wanted == Wanted::Site {
            render::exports(&plan, &site, &config, theme, &mut outputs);
        }
    }
    settle(job, &config, &mut found);
    Ok(Made { outputs, site, permalinks, diagnostics: found, texts, files })
}

/// What other programs read beside the pages: the scores of every team, when there is one.
fn api(site: &Site, config: &Config) -> Outputs {
    let teams: Vec<ThingId> = site.handbook.of_kind(Kind::Team).map(|(id, _)| id).collect();
    if teams.is_empty() {
        return Outputs::new();
    }
    let scores = export::scores::scores(site, config, &teams, site.today, None);
    Outputs::from([
        ("api/scores.json".to_owned(), scores.to_json().into_bytes().into()),
        ("api/scores.csv".to_owned(), scores.to_csv().into_bytes().into()),
    ])
}

/// Everything up to writing pages.
#[derive(Debug)]
pub struct Ready {
    pub site: Site,
    pub config: Config,
    /// `None` when the theme is so broken that no page can be written; reported.
    pub theme: Option<render::Theme>,
    /// The record of permalinks, as it is on the disk.
    pub published: Published,
    pub diagnostics: Diagnostics,
    pub texts: Texts,
    /// Content files read.
    pub files: usize,
}

/// Keeps what an earlier run read and parsed, so that the next does only what changed.
///
/// Inputs that were not touched are not read again, files of the same bytes and name are not parsed
/// again, and git is not asked twice for the same old version. Throwing the workshop away changes no
/// byte of any output.
#[derive(Debug)]
pub struct Workshop {
    job: Job,
    inputs: Option<source::Inputs>,
    parsed: BTreeMap<FilePath, (SourceFile, Arc<Parsed>)>,
    originals: originals::Originals,
}

impl Workshop {
    pub fn new(job: Job) -> Self {
        Self { job, inputs: None, parsed: BTreeMap::new(), originals: originals::Originals::default() }
    }

    /// Runs the pipeline up to the finished site. `changed`: the paths that may have changed since
    /// the last run; `None` reads everything.
    pub fn prepare(&mut self, changed: Option<&BTreeSet<PathBuf>>) -> Result<Ready, Failure> {
        let job = &self.job;
        let today = match job.today {
            Some(today) => today,
            None => source::today()?,
        };
        let mut diagnostics = Diagnostics::new();
        let (config, config_file, written) = configuration(job, &mut diagnostics)?;
        if diagnostics.has_errors() {
            let mut texts = Texts::default();
            texts.insert(config_file, written.unwrap_or_default().into());
            return Err(Failure::configuration(diagnostics, texts));
        }

        let succession_file: FilePath = "model.yaml".into();
        let succession_text = source::read_root_file(&job.root, Path::new("model.yaml"))?;
        let published = permalinks::read(&job.root)?;
        let succession =
            config::read_model(succession_text.as_deref(), &succession_file, &config, &mut diagnostics)
                .with_published(published.addresses());

        let before = self.inputs.as_ref().zip(changed);
        let uncommitted = job.uncommitted.then_some(today);
        let mut inputs = source::gather(&job.root, &config, before, uncommitted)?;
        diagnostics.extend(std::mem::take(&mut inputs.diagnostics));
        if let Some(text) = written {
            inputs.texts.insert(config_file, text.into());
        }
        if let Some(text) = succession_text {
            inputs.texts.insert(succession_file, text.into());
        }

        let parsed = self.parse(&inputs.files);
        let mut documents: Vec<Document> = Vec::with_capacity(parsed.len());
        let mut broken = inputs.broken.clone();
        for (file, parsed) in inputs.files.iter().zip(&parsed) {
            diagnostics.extend(parsed.diagnostics.iter().cloned());
            if parsed.documents.is_empty() {
                broken.push(file.clone());
            }
            documents.extend(parsed.documents.iter().cloned());
        }

        let sources = inputs.texts.iter().filter(|(path, _)| path.starts_with("content/"));
        let files = link::Files {
            broken,
            assets: inputs.assets.clone(),
            statics: inputs.statics.clone(),
            sources: sources.map(|(path, text)| (path.clone(), text.clone())).collect(),
        };
        let handbook = link::assemble(documents, files, &succession, &config, &mut diagnostics);
        let graph = link::resolve(&handbook, &succession, &mut diagnostics);
        let scorecards = assess::assess(&handbook, &graph, &succession, &config, today, &mut diagnostics);
        let coverage = assess::coverage(&handbook, &graph, &config, &mut diagnostics);
        let history = &inputs.history;
        let behind = self.originals.behind(&self.job.root, &handbook, &inputs.files, history);
        let freshness =
            assess::freshness(&handbook, &graph, &succession, &history.changed, &behind, &mut diagnostics);
        let theme = render::Theme::load(&inputs.theme, &config, &mut diagnostics);
        let site = Site {
            handbook,
            graph,
            scorecards,
            coverage,
            succession,
            today,
            history: history.changed.clone(),
            authors: history.authors.clone(),
            freshness,
        };

        let texts = Texts::new(inputs.texts.clone());
        let files = inputs.files.len() + inputs.broken.len();
        self.inputs = Some(inputs);
        Ok(Ready { site, config, theme, published, diagnostics, texts, files })
    }

    /// Parses what has not been parsed before.
    fn parse(&mut self, files: &[SourceFile]) -> Vec<Arc<Parsed>> {
        let before = std::mem::take(&mut self.parsed);
        let parsed: Vec<Arc<Parsed>> = files
            .par_iter()
            .map(|file| match before.get(&file.path) {
                Some((known, parsed)) if same_input(known, file) => parsed.clone(),
                _ => Arc::new(parse::parse(file)),
            })
            .collect();
        self.parsed = files
            .iter()
            .zip(&parsed)
            .map(|(file, parsed)| (file.path.clone(), (file.clone(), parsed.clone())))
            .collect();
        parsed
    }
}

/// The configuration, its file and its text.
fn configuration(
    job: &Job,
    diagnostics: &mut Diagnostics,
) -> Result<(Config, FilePath, Option<String>), Failure> {
    let file: FilePath = job.config.to_string_lossy().into();
    let text = source::read_root_file(&job.root, &job.config)?;
    let config = config::read(text.as_deref(), &file, &job.overrides, diagnostics);
    Ok((config, file, text))
}

/// Whether parse would be given the same thing twice.
fn same_input(a: &SourceFile, b: &SourceFile) -> bool {
    a.hash == b.hash
        && a.kind == b.kind
        && a.id == b.id
        && a.lang == b.lang
        && a.standing == b.standing
        && a.index == b.index
        && a.address == b.address
}

/// Takes out what the organisation has decided to live with, weighs what is due, and sorts. Errors cannot
/// be silenced: they stand for pages that would be wrong.
fn settle(job: &Job, config: &Config, diagnostics: &mut Diagnostics) {
    let silenced = |diagnostic: &Diagnostic| {
        diagnostic.severity < Severity::Error
            && config.silence.iter().any(|silence| silence.code.value == diagnostic.code.name)
    };
    diagnostics.retain(|diagnostic| !silenced(diagnostic));
    if job.due {
        diagnostics.weigh_due();
    }
    diagnostics.sort();
}
