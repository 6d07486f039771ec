//! `shirube build`: the site, made and delivered.

use std::path::PathBuf;

use super::{Job, Made, make};
use crate::diag::{Diagnostics, Failure, Texts};
use crate::publish::{self, Interrupt, Published, Target};

/// What a build came to.
#[derive(Clone, Debug)]
pub struct Built {
    pub diagnostics: Diagnostics,
    pub texts: Texts,
    /// Content files read.
    pub files: usize,
    /// `None` when errors kept the site from being published: the last good one stays.
    pub published: Option<Published>,
    /// How many permalinks were recorded for the first time.
    pub new_permalinks: usize,
}

/// Makes the site and publishes it, unless the content has errors (and the job is not lenient).
pub fn build(job: &Job, interrupt: Interrupt) -> Result<Built, Failure> {
    let made = make(job)?;
    let Made { outputs, permalinks, mut diagnostics, texts, files, .. } = made;
    if job.locked {
        permalinks.complain_if_new(&mut diagnostics);
        diagnostics.sort();
    }
    let mut built = Built { diagnostics, texts, files, published: None, new_permalinks: 0 };
    if built.diagnostics.has_errors() && !job.lenient {
        return Ok(built);
    }
    let mut target = Target::new(&job.root, &job.output);
    target.protected = ["content", "themes", "static", "handbook.yaml", "model.yaml", "permalinks.lock"]
        .map(PathBuf::from)
        .to_vec();
    target.protected.push(job.config.clone());
    target.force = job.force;
    target.interrupt = interrupt;
    built.published = Some(publish::publish(&outputs, &target)?);
    // After publishing: a permalink is promised once it can be followed.
    if !job.locked {
        built.new_permalinks = permalinks.save(&job.root)?;
    }
    Ok(built)
}
