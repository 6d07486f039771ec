//! Flags → what is asked of the pipeline.

use super::args::Selection;
use super::root::Place;
use crate::config::Overrides;
use crate::pipeline::Job;

/// The job of looking at the handbook of `place` as `selection` says.
pub fn job(place: &Place, selection: &Selection) -> Job {
    let mut job = Job::new(&place.root);
    job.config.clone_from(&place.config);
    job.overrides = Overrides {
        base_url: selection.base_url.clone(),
        audience: selection.audience.clone(),
        drafts: selection.drafts,
        ..Overrides::default()
    };
    job
}
