//! `handbook.yaml`: as written → as meant. And `model.yaml`: what was renamed or retired.

mod base_url;
mod keys;
mod languages;
mod model_file;
mod read;

pub use keys::{KEYS, MODEL_KEYS};
pub use model_file::read_model;
pub use read::{Overrides, read};

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::diag::{Diagnostics, Name, Spanned};
use crate::model::Lang;

/// The configuration with every default filled in.
#[derive(Clone, Debug)]
pub struct Config {
    /// The site's name by language; every configured language has one.
    pub title: BTreeMap<Lang, String>,
    pub description: BTreeMap<Lang, String>,
    pub base_url: BaseUrl,
    /// The first is the default language; never empty.
    pub languages: Vec<Lang>,
    /// Folder below `themes/`, or `default` for the built-in one.
    pub theme: String,
    /// Packs whose practices are in; things without a pack are always in.
    pub packs: Vec<String>,
    pub repository: Option<Repository>,
    pub scoring: Scoring,
    /// From the widest to the narrowest circle of readers.
    pub audiences: Vec<String>,
    /// What this build may contain: everything up to this one of `audiences`.
    pub audience: String,
    /// What a page without `audience:` is for.
    pub default_audience: String,
    /// Whether names of authors are taken from git.
    pub history_authors: bool,
    pub search_enabled: bool,
    /// Whether the index is written for lunr as well.
    pub lunr: LunrIndex,
    pub raw_html: RawHtml,
    pub silence: Vec<Silence>,
    /// Whether drafts are built (`--drafts`).
    pub drafts: bool,
    /// Whether the site is written for the disk (`build --offline`).
    pub offline: bool,
}

impl Config {
    /// Whether this build may contain a page for `audience`; `None`: the page does not say.
    pub fn is_for(&self, audience: Option<&Name>, diagnostics: &mut Diagnostics) -> bool {
        let rank = |name: &str| self.audiences.iter().position(|audience| audience == name);
        let build = rank(&self.audience).unwrap_or(0);
        let page = match audience {
            None => rank(&self.default_audience).unwrap_or(0),
            Some(name) => match rank(&name.value) {
                Some(rank) => rank,
                None => {
                    diagnostics.unknown_audience(name, &self.audiences);
                    // Unknown means narrow: what may be secret is never published by a slip of the pen.
                    return false;
                }
            },
        };
        page <= build
    }

    /// Whether the site has a search page.
    pub fn has_search(&self) -> bool {
        self.search_enabled
    }

    /// Eight hexadecimal digits that tell what a browser keeps for this handbook from what it keeps for
    /// another one on the same origin. They follow the address, where one is configured, else the name.
    pub fn site_id(&self) -> String {
        let name = self.languages.first().and_then(|lang| self.title.get(lang)).map_or("", String::as_str);
        let base = &self.base_url;
        let of = if base.origin.is_empty() { name.to_owned() } else { base.join("") };
        Sha256::digest(of).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Where the site will stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// `https://handbook.example.com`, without a slash at the end; empty when no `base_url` is configured.
    pub origin: String,
    /// The sub-path, with a slash at both ends: `/` or `/handbook/`.
    pub path: String,
}

impl BaseUrl {
    /// The full URL of an address below the site's root (`practices/slo/`).
    pub fn join(&self, address: &str) -> String {
        format!("{}{}{address}", self.origin, self.path)
    }
}

/// Where the sources are kept, for edit links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    /// Without a slash at the end.
    pub url: String,
    pub branch: String,
    pub provider: Provider,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provider {
    Github,
    Gitlab,
}

/// How answers become levels.
#[derive(Clone, Debug, PartialEq)]
pub struct Scoring {
    pub scheme: Scheme,
    /// Target level of teams that set none.
    pub default_target: u8,
    pub stale_after: crate::model::Every,
    /// The level from which a claim needs evidence; none if not said.
    pub evidence_from: Option<u8>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Scheme {
    Cumulative,
    /// Weighted answers, summed: id, words, weight.
    Additive {
        answers: Vec<(String, String, f64)>,
    },
}

/// Whether `search/lunr-index.json` is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LunrIndex {
    /// As long as it stays below about a megabyte, beyond which a browser should not load it.
    #[default]
    Auto,
    Always,
    Never,
}

/// What happens to HTML in markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawHtml {
    /// Harmless elements stay, everything else goes.
    Clean,
    /// Shown as text.
    Escape,
    /// Passed on as written: for handbooks whose every writer is trusted.
    Trust,
}

/// A complaint the organisation has decided to live with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    pub code: Spanned<String>,
    pub reason: String,
}
