//! A theme's static files, joined where every page needs them and named by their content.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::modules::{self, Module};
use super::words::Words;
use crate::diag::Diagnostics;
use crate::model::{Kind, Lang, ThemeFile, ThemeFiles};

/// Where a theme's own files are published. A hash in a name lets hosts keep the file for ever.
#[derive(Debug, Default)]
pub struct Assets {
    /// Everything in `static/css/`, joined by name.
    pub css: String,
    /// Everything in `static/js/` but `theme.js`, joined by name; runs after the page is read.
    pub js: String,
    /// `static/js/theme.js`: runs before the first paint, reads the reader's choice of light or dark.
    pub theme_js: String,
    /// `static/icon.svg`.
    pub icon: String,
    /// By name: what only some pages load, from the folders `static/css/<name>/` and `static/js/<name>/`.
    bundles: BTreeMap<String, Bundle>,
    /// By language: the words that the script of the search says.
    search_words: BTreeMap<Lang, String>,
    /// Bytes by path below the output folder.
    pub files: BTreeMap<String, Arc<[u8]>>,
}

/// The stylesheet and the script of pages that have some of their own; empty where there are none.
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    pub css: String,
    pub js: String,
}

impl Assets {
    pub fn join(files: &ThemeFiles, words: &BTreeMap<Lang, Words>, diagnostics: &mut Diagnostics) -> Self {
        let mut assets = Self::default();
        let (mut css, mut js) = (Vec::new(), Vec::new());
        let mut bundles: BTreeMap<&str, Sources<'_>> = BTreeMap::new();
        for (name, file) in files {
            let Some(name) = name.strip_prefix("static/") else { continue };
            let bytes: &[u8] = &file.bytes;
            if let Some((bundle, part)) = part_of_bundle(name) {
                let sources = bundles.entry(bundle).or_default();
                match part {
                    Part::Css => append(&mut sources.css, bytes, b"\n"),
                    Part::Js(module) => {
                        sources.modules.insert(module, file);
                    }
                }
                continue;
            }
            match name {
                "js/theme.js" => assets.theme_js = assets.publish("theme", "js", bytes.to_vec()),
                "icon.svg" => assets.icon = assets.publish("icon", "svg", bytes.to_vec()),
                _ if in_folder(name, "css/", ".css") => append(&mut css, bytes, b"\n"),
                // A file that forgets its last semicolon must not swallow the next one.
                _ if in_folder(name, "js/", ".js") => append(&mut js, bytes, b"\n;\n"),
                _ => {
                    assets.files.insert(format!("assets/{name}"), bytes.into());
                }
            }
        }
        assets.css = assets.publish("site", "css", css);
        assets.js = assets.publish("site", "js", js);
        for (name, sources) in bundles {
            let script = sources.script(diagnostics).into_bytes();
            let bundle = Bundle {
                css: assets.publish(name, "css", sources.css),
                js: assets.publish(name, "js", script),
            };
            assets.bundles.insert(name.to_owned(), bundle);
        }
        for (lang, words) in words {
            let script = assets.publish("search-words", "js", search_words(words).into_bytes());
            assets.search_words.insert(lang.clone(), script);
        }
        assets
    }

    /// The bundle of this name; empty where a theme has none.
    pub fn bundle(&self, name: &str) -> Bundle {
        self.bundles.get(name).cloned().unwrap_or_default()
    }

    /// The script that holds the search's words in `lang`.
    pub fn search_words(&self, lang: &Lang) -> &str {
        self.search_words.get(lang).map_or("", String::as_str)
    }

    /// Keeps `bytes` as `assets/<stem>.<hash>.<extension>` and returns that path.
    fn publish(&mut self, stem: &str, extension: &str, bytes: Vec<u8>) -> String {
        let hash: String = Sha256::digest(&bytes).iter().take(5).map(|byte| format!("{byte:02x}")).collect();
        let path = format!("assets/{stem}.{hash}.{extension}");
        self.files.insert(path.clone(), bytes.into());
        path
    }
}

/// A script, and not a part of every page, because only those who search need it: the search's own words, without their
/// prefix, and those it shares with the rest of the site.
fn search_words(words: &Words) -> String {
    let shared = |key: &str| {
        matches!(key, "kind" | "area" | "practice" | "level" | "role" | "team" | "language" | "report_all")
            || Kind::from_name(key).is_some()
    };
    let said: BTreeMap<&str, &str> = words
        .iter()
        .filter_map(|(key, text)| match key.strip_prefix("search_") {
            Some(own) => Some((own, text)),
            None => shared(key).then_some((key, text)),
        })
        .collect();
    format!("shirubeWords={};\n", serde_json::to_string(&said).unwrap_or_default())
}

/// The files of a bundle.
#[derive(Default)]
struct Sources<'a> {
    css: Vec<u8>,
    modules: BTreeMap<&'a str, &'a ThemeFile>,
}

impl Sources<'_> {
    fn script(&self, diagnostics: &mut Diagnostics) -> String {
        let mut modules = BTreeMap::new();
        for (name, file) in &self.modules {
            match std::str::from_utf8(&file.bytes) {
                Ok(text) => {
                    modules.insert(*name, Module { file: &file.file, text });
                }
                Err(error) => diagnostics.theme_file_not_text(&file.file, error.valid_up_to()),
            }
        }
        modules::join(&modules, diagnostics)
    }
}

enum Part<'a> {
    Css,
    /// The module's file name.
    Js(&'a str),
}

/// `js/assess/score.js` is a part of the bundle `assess`.
fn part_of_bundle(name: &str) -> Option<(&str, Part<'_>)> {
    let (sort, rest) = name.split_once('/')?;
    let (bundle, file) = rest.split_once('/')?;
    match sort {
        "css" if file.ends_with(".css") && !file.contains('/') => Some((bundle, Part::Css)),
        "js" if file.ends_with(".js") && !file.contains('/') => Some((bundle, Part::Js(file))),
        _ => None,
    }
}

fn in_folder(name: &str, folder: &str, extension: &str) -> bool {
    name.strip_prefix(folder).is_some_and(|rest| rest.ends_with(extension) && !rest.contains('/'))
}

fn append(joined: &mut Vec<u8>, bytes: &[u8], between: &[u8]) {
    if !joined.is_empty() {
        joined.extend_from_slice(between);
    }
    joined.extend_from_slice(bytes);
}
