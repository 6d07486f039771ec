//! `theme.yaml`: what a theme says about itself.

use super::{API, flat};
use crate::diag::{Diagnostics, Span};
use crate::model::ThemeFiles;

/// A theme's name; its API version has been checked.
pub struct Manifest {
    pub name: String,
}

/// Reads `theme.yaml`. `None` when the theme was made for another version of the contract.
pub fn read(files: &ThemeFiles, diagnostics: &mut Diagnostics) -> Option<Manifest> {
    let Some(file) = files.get("theme.yaml") else {
        diagnostics.theme_without_manifest();
        return None;
    };
    let entries = flat::read(file, diagnostics)?;
    let mut manifest = Manifest { name: String::new() };
    let mut api = None;
    for (key, value) in entries {
        match key.value.as_str() {
            "name" => manifest.name = value.value,
            "api" => api = Some(value),
            "description" | "author" | "license" | "homepage" | "version" => {}
            _ => diagnostics.unknown_theme_key(
                &key,
                ["name", "api", "description", "author", "license", "homepage", "version"],
            ),
        }
    }
    match api {
        Some(api) if api.value == API.to_string() => Some(manifest),
        Some(api) => {
            diagnostics.theme_api(api.span, Some(&api.value), API);
            None
        }
        None => {
            diagnostics.theme_api(Span::whole(&file.file), None, API);
            None
        }
    }
}
