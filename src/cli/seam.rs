//! TEMPORARY: stands in for what `pipeline`, `config` and `serve` will offer.

#![expect(dead_code, reason = "the real pipeline will read every field")]

use std::net::IpAddr;
use std::path::PathBuf;

use super::args::Selection;
use super::root::Place;
use crate::diag::{Diagnostics, Failure, Sources};
use crate::model::Handbook;

/// What is asked of the pipeline.
#[derive(Clone, Debug)]
pub struct Job {
    pub root: PathBuf,
    pub config: PathBuf,
    pub base_url: Option<String>,
    pub drafts: bool,
    pub audience: Option<String>,
    pub output_dir: PathBuf,
    pub offline: bool,
    pub locked: bool,
    pub lenient: bool,
    pub due: bool,
}

pub struct Checked {
    pub diagnostics: Diagnostics,
    pub sources: Box<dyn Sources>,
    pub files: usize,
}

pub struct Built {
    pub checked: Checked,
    /// What to say of the new site; `None` when none was published.
    pub published: Option<String>,
}

pub fn job(place: &Place, selection: &Selection) -> Job {
    Job {
        root: place.root.clone(),
        config: place.config.clone(),
        base_url: selection.base_url.clone(),
        drafts: selection.drafts,
        audience: selection.audience.clone(),
        output_dir: PathBuf::from("public"),
        offline: false,
        locked: false,
        lenient: false,
        due: false,
    }
}

struct Nothing;

impl Sources for Nothing {
    fn text(&self, _: &str) -> Option<&str> {
        None
    }
}

pub fn check(job: &Job) -> Result<Checked, Failure> {
    let _ = job;
    Ok(Checked { diagnostics: Diagnostics::new(), sources: Box::new(Nothing), files: 0 })
}

pub fn build(job: &Job) -> Result<Built, Failure> {
    Ok(Built { checked: check(job)?, published: None })
}

pub fn serve(job: &Job, interface: IpAddr, port: u16, open: bool) -> Result<(), Failure> {
    let _ = (job, interface, port, open);
    Ok(())
}

pub fn handbook(job: &Job) -> Result<Handbook, Failure> {
    let _ = job;
    Ok(Handbook::default())
}

/// The first of `languages` in the configuration.
pub fn default_language(place: &Place) -> Result<String, Failure> {
    let _ = place;
    Ok("en".to_owned())
}
