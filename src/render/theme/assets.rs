//! A theme's static files, joined where every page needs them and named by their content.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::model::ThemeFiles;

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
    /// Bytes by path below the output folder.
    pub files: BTreeMap<String, Arc<[u8]>>,
}

impl Assets {
    pub fn join(files: &ThemeFiles) -> Self {
        let mut assets = Self::default();
        let (mut css, mut js) = (Vec::new(), Vec::new());
        for (name, file) in files {
            let Some(name) = name.strip_prefix("static/") else { continue };
            let bytes: &[u8] = &file.bytes;
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
        assets
    }

    /// Keeps `bytes` as `assets/<stem>.<hash>.<extension>` and returns that path.
    fn publish(&mut self, stem: &str, extension: &str, bytes: Vec<u8>) -> String {
        let hash: String = Sha256::digest(&bytes).iter().take(5).map(|byte| format!("{byte:02x}")).collect();
        let path = format!("assets/{stem}.{hash}.{extension}");
        self.files.insert(path.clone(), bytes.into());
        path
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
