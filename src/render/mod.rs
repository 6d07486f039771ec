//! Site + theme → the files of the site.
//!
//! 1. [`Theme::load`] turns a theme's files into templates, words and assets.
//! 2. [`plan()`] lists every file the site will have, and indexes what pages share.
//! 3. [`page()`] makes one of them: a view (a struct of plain values, documented field by field in
//!    [`view`]) is handed to a template. Pages do not depend on one another.
//! 4. [`render`] makes them all, in parallel, but for the files for other programs, which [`exports`]
//!    makes: they have no templates that could fail.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::config::Config;
use crate::diag::Diagnostics;
use crate::model::{Outputs, Site};

pub mod address;
mod body;
mod chart;
mod clean;
mod code;
mod context;
mod diagram;
mod escape;
mod export;
mod feed;
pub mod highlight;
mod hosting;
mod index;
mod outline;
mod page;
mod plan;
mod reports;
mod score;
mod sitemap;
mod theme;
pub mod view;

pub use clean::clean;
pub use page::page;
pub use plan::{Page, Plan, Planned, plan};
pub use theme::Theme;

/// Every file of the site, and what went wrong in the templates on the way. The files for other
/// programs are there, for links to lead to, but empty: nothing can be wrong in them, and they are
/// half of all files.
pub fn render(plan: &Plan, site: &Site, config: &Config, theme: &Theme) -> (Outputs, Diagnostics) {
    let make = |planned: &Planned| match planned.page {
        Page::Export(..) => Ok([].into()),
        _ => page(planned, plan, site, config, theme).map_err(Box::new),
    };
    let made: Vec<_> = plan.pages.par_iter().map(make).collect();
    let mut outputs = Outputs::new();
    let mut diagnostics = Diagnostics::new();
    let mut seen = BTreeSet::new();
    for (planned, result) in plan.pages.iter().zip(made) {
        match result {
            Ok(bytes) => {
                outputs.insert(planned.path.clone(), bytes);
            }
            Err(diagnostic) => {
                // A template that fails usually fails on every page it makes; once is enough.
                if seen.insert((diagnostic.span.clone(), diagnostic.message.clone())) {
                    diagnostics
                        .push(diagnostic.help(format!("it was found while making `{}`", planned.path)));
                }
            }
        }
    }
    (outputs, diagnostics)
}

/// Fills in the files for other programs.
pub fn exports(plan: &Plan, site: &Site, config: &Config, theme: &Theme, outputs: &mut Outputs) {
    outputs.par_iter_mut().for_each(|(path, bytes)| {
        if let Some(planned @ Planned { page: Page::Export(..), .. }) = plan.find(path)
            && let Ok(made) = page(planned, plan, site, config, theme)
        {
            *bytes = made;
        }
    });
}
