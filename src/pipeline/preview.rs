//! `shirube serve`: the site in memory, made page by page when it is asked for.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::{Job, Ready, Workshop, configuration, settle};
use crate::diag::{Diagnostics, Failure, Format, Texts, emit};
use crate::model::Outputs;
use crate::serve::{self, Changes, Pages, Rebuild, Rebuilt, ServeOptions};
use crate::{render, search};

/// Serves the handbook of `job` until interrupted. `options` says where; what is watched is said here.
pub fn preview(job: &Job, mut options: ServeOptions) -> Result<(), Failure> {
    let root = &job.root;
    options.watch = ["content", "static", "themes"].iter().map(|folder| root.join(folder)).collect();
    options.watch.extend(["model.yaml", "permalinks.lock"].map(|file| root.join(file)));
    options.watch.push(root.join(&job.config));
    // Mistakes in the configuration are told by the first build; the path has a default then.
    options.base_path = configuration(job, &mut Diagnostics::new())?.0.base_url.path;
    let job = Job { uncommitted: true, ..job.clone() };
    serve::serve(&options, Preview { workshop: Workshop::new(job.clone()), job })
}

struct Preview {
    job: Job,
    workshop: Workshop,
}

impl Rebuild for Preview {
    fn rebuild(&mut self, changes: &Changes) -> Rebuilt {
        let changed = match changes {
            Changes::Everything => None,
            Changes::Files(files) => Some(files),
        };
        match self.workshop.prepare(changed) {
            Ok(mut ready) => {
                settle(&self.job, &ready.config, &mut ready.diagnostics);
                let problems = report(&ready.diagnostics, &ready.texts);
                let errors = ready.diagnostics.has_errors();
                match Generation::new(ready) {
                    Some(generation) if !errors => Rebuilt {
                        pages: generation.plan.pages.len(),
                        site: Some(Arc::new(generation)),
                        problems,
                    },
                    _ => Rebuilt { site: None, pages: 0, problems },
                }
            }
            Err(Failure::Configuration(found)) => {
                Rebuilt { site: None, pages: 0, problems: report(&found.0, &found.1) }
            }
            Err(failure) => Rebuilt { site: None, pages: 0, problems: Some(failure.to_string()) },
        }
    }
}

/// What is shown over the page: errors only, since the rest does not keep the site from being made.
fn report(diagnostics: &Diagnostics, texts: &Texts) -> Option<String> {
    if !diagnostics.has_errors() {
        return None;
    }
    let mut errors = diagnostics.clone();
    errors.retain(|diagnostic| diagnostic.severity == crate::diag::Severity::Error);
    Some(emit(&errors, texts, Format::Human, false))
}

/// One good state of the handbook.
struct Generation {
    ready: Ready,
    theme: render::Theme,
    plan: render::Plan,
    /// The search files: all of them, when the first is asked for.
    search: OnceLock<Outputs>,
    made: Mutex<BTreeMap<String, Arc<[u8]>>>,
}

impl Generation {
    fn new(mut ready: Ready) -> Option<Self> {
        let theme = ready.theme.take()?;
        let plan = render::plan(&ready.site, &ready.config, &theme);
        Some(Self { ready, theme, plan, search: OnceLock::new(), made: Mutex::new(BTreeMap::new()) })
    }
}

impl Pages for Generation {
    fn get(&self, path: &str) -> Result<Option<Arc<[u8]>>, String> {
        if path.starts_with("search/") && self.ready.config.has_search() {
            let files = self.search.get_or_init(|| search::index(&self.ready.site, &self.ready.config));
            if let Some(bytes) = files.get(path) {
                return Ok(Some(bytes.clone()));
            }
        }
        if let Some(bytes) = self.made.lock().unwrap_or_else(PoisonError::into_inner).get(path) {
            return Ok(Some(bytes.clone()));
        }
        let Some(planned) = self.plan.find(path) else { return Ok(None) };
        let Ready { site, config, texts, .. } = &self.ready;
        match render::page(planned, &self.plan, site, config, &self.theme) {
            Ok(bytes) => {
                self.made
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .insert(path.to_owned(), bytes.clone());
                Ok(Some(bytes))
            }
            Err(diagnostic) => {
                let mut diagnostics = Diagnostics::new();
                diagnostics.push(diagnostic);
                Err(emit(&diagnostics, texts, Format::Human, false))
            }
        }
    }
}
