//! `shirube check --inbound` and `fix-links`: what other repositories link to in this handbook.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{Job, Ready, prepare, settle};
use crate::config::Config;
use crate::diag::{Diagnostics, Failure, Severity, Sources, Span, Texts};
use crate::inbound::{Addresses, Finding, Named, Near, Place, Verdict, inspect};
use crate::model::{InboundFile, Lang, Site};
use crate::render::{Page, Plan, Theme, address};
use crate::{prove, render, search, source};

/// Which other repositories are read, and how.
#[derive(Clone, Debug, Default)]
pub struct Inbound {
    pub folders: Vec<PathBuf>,
    /// Names in double brackets are links into this handbook too.
    pub wiki: bool,
}

/// What `fix-links` would write, and what it cannot mend.
#[derive(Clone, Debug, Default)]
pub struct Mended {
    pub files: Vec<MendedFile>,
    /// What is wrong with the links that stay as they are; of a handbook with errors those errors alone.
    pub left: Diagnostics,
    pub texts: Texts,
    /// Files read.
    pub read: usize,
}

/// A file with its links mended. The bytes differ in nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MendedFile {
    /// Below the folder that was asked for.
    pub relative: String,
    pub before: Vec<u8>,
    pub after: Vec<u8>,
    pub links: usize,
}

/// Mends the links of the repository in `folder`, in memory. `permanent`: links that are right become
/// permalinks too. A handbook with errors mends nothing: pages that it lacks may be there tomorrow.
pub fn mend(job: &Job, folder: &Path, wiki: bool, permanent: bool) -> Result<Mended, Failure> {
    let mut ready = prepare(job)?;
    settle(job, &ready.config, &mut ready.diagnostics);
    let Ready { site, config, theme: Some(theme), diagnostics: found, mut texts, .. } = ready else {
        return Ok(Mended { left: ready.diagnostics, texts: ready.texts, ..Mended::default() });
    };
    require_base_url(&config, "fix-links")?;
    let mut mended = Mended::default();
    if found.has_errors() {
        mended.left = found;
        mended.left.retain(|diagnostic| diagnostic.severity == Severity::Error);
        mended.texts = texts;
        return Ok(mended);
    }
    let files = source::neighbour(folder, &job.root, &mut mended.left)?;
    with_addresses(&site, &config, &theme, |addresses| {
        for file in &files {
            let findings = inspect(file, addresses, wiki);
            let edits: Vec<(&Finding, Option<String>)> =
                findings.iter().map(|finding| (finding, finding.replacement(addresses, permanent))).collect();
            mended.files.extend(edited(file, &edits));
            let left = edits.iter().filter(|(finding, mended)| {
                mended.is_none() && !matches!(finding.verdict, Verdict::NotPermanent { .. })
            });
            left.for_each(|(finding, _)| report(finding, &mut mended.left));
            texts.insert(file.path.clone(), file.text.clone());
        }
    });
    settle(job, &config, &mut mended.left);
    Ok(Mended { read: files.len(), texts, ..mended })
}

/// Reports the links of the repositories that `job` names; how many files were read.
pub(super) fn check(
    job: &Job,
    site: &Site,
    config: &Config,
    theme: &Theme,
    texts: &mut Texts,
    diagnostics: &mut Diagnostics,
) -> Result<usize, Failure> {
    let Inbound { folders, wiki } = &job.inbound;
    if folders.is_empty() {
        return Ok(0);
    }
    require_base_url(config, "--inbound")?;
    let mut files: Vec<InboundFile> = Vec::new();
    for folder in folders {
        for mut file in source::neighbour(folder, &job.root, diagnostics)? {
            // Another repository may have a file of the same name as one of the handbook's.
            if texts.text(&file.path).is_some_and(|known| known != &*file.text) {
                file.path = format!("./{}", file.path).into();
            }
            files.push(file);
        }
    }
    with_addresses(site, config, theme, |addresses| {
        for file in &files {
            inspect(file, addresses, *wiki).iter().for_each(|finding| report(finding, diagnostics));
        }
    });
    let read = files.len();
    for file in files {
        texts.insert(file.path, file.text);
    }
    Ok(read)
}

fn require_base_url(config: &Config, who: &str) -> Result<(), Failure> {
    if config.base_url.origin.is_empty() {
        return Err(Failure::usage(format!(
            "{who} must know where the handbook stands: write `base_url` into handbook.yaml, or give --base-url"
        )));
    }
    Ok(())
}

/// Everything that the site has an address for. Anchors are read from the pages themselves, which are made
/// when somebody asks.
fn with_addresses(site: &Site, config: &Config, theme: &Theme, work: impl FnOnce(&Addresses<'_>)) {
    let plan = render::plan(site, config, theme);
    let anchors = |path: &str| -> BTreeSet<String> {
        let page = plan.find(path).and_then(|planned| render::page(planned, &plan, site, config, theme).ok());
        page.map(|bytes| prove::anchors(&bytes)).unwrap_or_default()
    };
    let languages = config.languages.iter().map(ToString::to_string).collect();
    let places = places(site, config, &plan);
    work(&Addresses::new(&config.base_url, languages, places, named(site), former(site), &anchors));
}

fn places(site: &Site, config: &Config, plan: &Plan) -> BTreeMap<String, Place> {
    let mut places = BTreeMap::new();
    let handbook = &site.handbook;
    let path = |address: &str, lang: &Lang| {
        address::file_of(&address::folder(address, lang, handbook.default_language()))
    };
    for lang in &config.languages {
        for (address, reason) in &handbook.hidden.by_address {
            places.insert(path(address, lang), Place::Hidden(*reason));
        }
        for ((kind, id), reason) in &handbook.hidden.by_id {
            for address in address::permalinks(*kind, id) {
                places.insert(path(&address, lang), Place::Hidden(*reason));
            }
        }
    }
    if config.has_search() {
        places.insert(search::ROUTER.to_owned(), Place::Other);
    }
    for planned in &plan.pages {
        let place = match &planned.page {
            Page::Thing { thing, lang } => {
                let thing = handbook.thing(*thing);
                // The shortest one.
                let permalink = thing.id.as_ref().and_then(|id| {
                    address::permalinks(thing.kind, id.as_str()).into_iter().min_by_key(String::len)
                });
                Place::Page { permalink: permalink.map(|permalink| path(&permalink, lang)) }
            }
            Page::Permalink { thing, lang, folder, .. } | Page::Redirect { thing, lang, folder, .. } => {
                let thing = handbook.thing(*thing);
                let own = thing.id.iter().flat_map(|id| address::permalinks(thing.kind, id.as_str()));
                let is_own = own.map(|own| path(&own, lang)).any(|own| own == address::file_of(folder));
                let page = path(&thing.address, lang);
                if is_own { Place::Permalink { page } } else { Place::Old { page } }
            }
            Page::Alias { below, address, .. } => {
                let claims = site.graph.aliases.get(&(below.clone(), address.clone()));
                match claims.and_then(|claims| claims.first()) {
                    Some(claim) => {
                        Place::Old { page: path(&handbook.thing(claim.thing).address, &claim.lang) }
                    }
                    None => Place::Other,
                }
            }
            _ => Place::Other,
        };
        places.insert(planned.path.clone(), place);
    }
    places
}

fn named(site: &Site) -> Vec<Named> {
    let default = site.handbook.default_language();
    let things = site.handbook.iter().filter_map(|(_, thing)| {
        let page = address::file_of(&address::folder(&thing.address, default, default));
        Some(Named { kind: thing.kind, id: thing.id.as_ref()?.to_string(), page })
    });
    things.collect()
}

/// Old id → id of today.
fn former(site: &Site) -> BTreeMap<String, String> {
    let renamed = site.succession.renamed().iter();
    renamed.map(|(old, _)| (old.value.clone(), site.succession.current(&old.value).to_string())).collect()
}

fn report(finding: &Finding, diagnostics: &mut Diagnostics) {
    let Finding { file, range, written, verdict } = finding;
    let span = Span::new(file, range.clone());
    let near = |near: &'_ Option<Near>| near.as_ref().map(|near| (near.link.clone(), near.sure));
    match verdict {
        Verdict::Broken { nearest } => {
            let near = near(nearest);
            diagnostics.inbound_broken(
                &span,
                written,
                near.as_ref().map(|(near, sure)| (near.as_str(), *sure)),
            );
        }
        Verdict::Hidden(reason) => diagnostics.inbound_hidden(&span, written, *reason),
        Verdict::Moved { to } => diagnostics.inbound_moved(&span, written, to),
        Verdict::StaleAnchor { anchor, nearest } => {
            let near = near(nearest);
            let near = near.as_ref().map(|(near, sure)| (near.as_str(), *sure));
            diagnostics.inbound_stale_anchor(&span, anchor, near);
        }
        Verdict::NotPermanent { permalink } => diagnostics.inbound_not_permanent(&span, written, permalink),
    }
}

/// The file with its links replaced; `None` when none is.
fn edited(file: &InboundFile, edits: &[(&Finding, Option<String>)]) -> Option<MendedFile> {
    let mut text = String::with_capacity(file.text.len());
    let (mut at, mut links) = (0, 0);
    for (finding, replacement) in edits {
        let Some(replacement) = replacement else { continue };
        let Some(between) = file.text.get(at..finding.range.start) else { continue };
        text.push_str(between);
        text.push_str(replacement);
        at = finding.range.end;
        links += 1;
    }
    if links == 0 {
        return None;
    }
    text.push_str(file.text.get(at..).unwrap_or_default());
    let (before, after) = (file.bytes(&file.text), file.bytes(&text));
    Some(MendedFile { relative: file.relative.clone(), before, after, links })
}
