//! A theme: templates, words and assets, loaded and checked.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Config;
use crate::diag::{Diagnostics, catalog};
use crate::model::{Lang, ThemeFiles};

mod assets;
mod engine;
mod flat;
mod manifest;
mod modules;
mod squeeze;
mod words;

pub use assets::Assets;
pub use engine::Engine;
pub use words::Words;

/// The version of the contract between the program and themes: the views and the words.
pub const API: u32 = 1;

/// Every template a page may ask for.
const TEMPLATES: [&str; 37] = [
    "actions.html",
    "all.html",
    "area.html",
    "assess.html",
    "assessment.html",
    "by_gap.html",
    "by_practice.html",
    "coverage.html",
    "embed.html",
    "graph.html",
    "home.html",
    "kit.html",
    "level.html",
    "matrix.html",
    "not_found.html",
    "overview.html",
    "page.html",
    "path.html",
    "permalink.html",
    "plain.html",
    "playbook.html",
    "postmortem.html",
    "practice.html",
    "questions.html",
    "redirect.html",
    "review.html",
    "role.html",
    "search.html",
    "section.html",
    "slo.html",
    "tag.html",
    "tags.html",
    "team.html",
    "term.html",
    "tombstone.html",
    "translations.html",
    "base.html",
];

/// A theme ready to make pages with.
#[derive(Debug)]
pub struct Theme {
    /// From `theme.yaml`.
    pub name: String,
    pub(super) engine: Engine,
    pub(super) assets: Assets,
    words: BTreeMap<Lang, Words>,
}

impl Theme {
    /// Checks and joins a theme's files. `None` when no page could be made with it.
    pub fn load(files: &ThemeFiles, config: &Config, diagnostics: &mut Diagnostics) -> Option<Self> {
        let manifest = manifest::read(files, diagnostics)?;
        let words = words::load(files, config, diagnostics);
        let engine = Engine::load(files, diagnostics)?;
        let missing: Vec<&str> = TEMPLATES.into_iter().filter(|template| !engine.has(template)).collect();
        if !missing.is_empty() {
            diagnostics.extend(missing.into_iter().map(catalog::theme::template_missing));
            return None;
        }
        let assets = Assets::join(files, &words, diagnostics);
        Some(Self { name: manifest.name, engine, assets, words })
    }

    /// The files that belong to the theme itself, by path below the output folder.
    pub fn files(&self) -> &BTreeMap<String, Arc<[u8]>> {
        &self.assets.files
    }

    /// The words of `lang`; every configured language has some.
    pub(super) fn words(&self, lang: &Lang) -> &Words {
        static NONE: Words = Words::none();
        self.words.get(lang).unwrap_or(&NONE)
    }
}
