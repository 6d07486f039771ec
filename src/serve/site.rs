//! The generation being served. It is swapped as a whole: a request sees one generation only.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Arc, PoisonError, RwLock};

use super::{Pages, Rebuilt};

/// What is served at one moment.
#[derive(Clone)]
pub(super) struct Generation {
    /// Names the site: other after every good build, and after every start of the server.
    pub build: Arc<str>,
    /// `None` until the first good build.
    pub pages: Option<Arc<dyn Pages>>,
    pub problems: Option<Arc<str>>,
}

pub(super) struct Site {
    /// Tells this run of the server from others.
    run: u64,
    now: RwLock<(u64, Arc<Generation>)>,
}

impl Site {
    pub fn new() -> Self {
        // The standard library's hasher is seeded anew in every process: an id without a clock.
        let run = RandomState::new().build_hasher().finish();
        let empty = Generation { build: name(run, 0), pages: None, problems: None };
        Self { run, now: RwLock::new((0, Arc::new(empty))) }
    }

    pub fn now(&self) -> Arc<Generation> {
        self.now.read().unwrap_or_else(PoisonError::into_inner).1.clone()
    }

    /// Takes over what a build came to; the last good site stays when there is no new one.
    pub fn put(&self, rebuilt: Rebuilt) -> Arc<Generation> {
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        let problems = rebuilt.problems.map(Arc::from);
        let next = match rebuilt.site {
            Some(pages) => {
                now.0 += 1;
                Generation { build: name(self.run, now.0), pages: Some(pages), problems }
            }
            None => Generation { problems, ..(*now.1).clone() },
        };
        now.1 = Arc::new(next);
        now.1.clone()
    }
}

fn name(run: u64, number: u64) -> Arc<str> {
    format!("{run:016x}-{number}").into()
}
