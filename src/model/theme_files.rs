//! The files of a theme as gathered: the built-in default, overridden file by file.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diag::FilePath;

/// By name below the theme's folder: `templates/practice.html`, `static/css/page.css`, `i18n/ja.yaml`.
pub type ThemeFiles = BTreeMap<String, ThemeFile>;

/// One file of a theme.
#[derive(Clone, Debug)]
pub struct ThemeFile {
    /// Where it can be edited: `themes/acme/templates/practice.html`; for files from the binary
    /// `<built-in>/templates/practice.html`.
    pub file: FilePath,
    pub bytes: Cow<'static, [u8]>,
    /// Whether the handbook's own theme folder provides it.
    pub overridden: bool,
}
