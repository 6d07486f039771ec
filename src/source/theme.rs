//! Gathers the theme: the built-in default, overridden file by file from `themes/<name>/`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::config::Config;
use crate::diag::{Diagnostics, Failure, FilePath};
use crate::model::{ThemeFile, ThemeFiles};
use crate::source::{read, walk};

static DEFAULT: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The files of the configured theme. The texts of overriding files go to `texts`, so that
/// complaints can point into them.
pub fn gather(
    root: &Path,
    config: &Config,
    texts: &mut BTreeMap<FilePath, Arc<str>>,
    diagnostics: &mut Diagnostics,
) -> Result<ThemeFiles, Failure> {
    let mut files = ThemeFiles::new();
    add_built_in(&DEFAULT, &mut files);
    let folder = format!("themes/{}", config.theme);
    if root.join(&folder).is_dir() {
        for found in walk::walk(root, &folder, diagnostics)? {
            match read::bytes(&found) {
                Ok(Some(bytes)) => {
                    let name =
                        found.path.strip_prefix(&format!("{folder}/")).unwrap_or(&found.path).to_owned();
                    if let Ok(text) = std::str::from_utf8(&bytes) {
                        texts.insert(found.path.clone(), text.into());
                    }
                    let file =
                        ThemeFile { file: found.path, bytes: Cow::Owned(bytes.to_vec()), overridden: true };
                    files.insert(name, file);
                }
                Ok(None) => {}
                Err(diagnostic) => diagnostics.push(diagnostic),
            }
        }
    } else if config.theme != "default" {
        return Err(Failure::usage(format!(
            "the theme `{0}` is not there: make the folder themes/{0}, or set `theme: default` in handbook.yaml",
            config.theme
        )));
    }
    Ok(files)
}

fn add_built_in(folder: &'static Dir<'static>, files: &mut ThemeFiles) {
    for file in folder.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        let entry = ThemeFile {
            file: format!("<built-in>/{name}").into(),
            bytes: Cow::Borrowed(file.contents()),
            overridden: false,
        };
        files.insert(name, entry);
    }
    for folder in folder.dirs() {
        add_built_in(folder, files);
    }
}
