//! Reads the finished site once more: no link on it is dead, whoever wrote it.
//!
//! `link` resolves what stands in content. Templates make links as well, and the program itself
//! does; here every `href` and `src` of the bytes that will be published is followed, fragment and all.

mod follow;
mod page;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use crate::config::Config;
use crate::diag::Diagnostics;
use crate::model::{Handbook, Outputs};
use follow::{Leads, follow};
use page::Page;

/// Follows every link of every HTML file; dead ones are errors. Equal dead links are told once. Files
/// that are copied as they are can be landed on, and are not judged.
pub fn prove(outputs: &Outputs, handbook: &Handbook, config: &Config) -> Diagnostics {
    let html: Vec<(&str, &[u8])> = outputs
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), &**bytes))
        .collect();
    let pages: HashMap<&str, Page> =
        html.par_iter().map(|(path, bytes)| (*path, Page::read(bytes))).collect();
    let dead: Vec<(String, &str)> = html
        .par_iter()
        .flat_map_iter(|(path, _)| {
            let is_ours = !handbook.assets.contains_key(*path);
            let links = pages.get(path).filter(|_| is_ours).map_or(&[][..], |page| &page.links);
            links
                .iter()
                .filter(|link| !is_alive(path, link, outputs, &pages, config))
                .map(|link| (link.clone(), *path))
        })
        .collect();

    let mut by_link: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (link, path) in dead {
        by_link.entry(link).or_default().push(path);
    }
    let mut diagnostics = Diagnostics::new();
    for (link, mut paths) in by_link {
        paths.sort_unstable();
        diagnostics.dead_link(&link, &paths);
    }
    diagnostics
}

/// Where a page can be landed on: every `id` and `name` on it.
pub fn anchors(html: &[u8]) -> BTreeSet<String> {
    Page::read(html).anchors()
}

fn is_alive(from: &str, link: &str, outputs: &Outputs, pages: &HashMap<&str, Page>, config: &Config) -> bool {
    match follow(from, link, &config.base_url) {
        Leads::Away => true,
        Leads::Outside => false,
        Leads::To { path, fragment } => match (pages.get(path.as_str()), fragment) {
            (Some(page), Some(fragment)) => page.has_anchor(&fragment),
            (Some(_), None) => true,
            (None, _) => outputs.contains_key(&path),
        },
    }
}
