//! YAML files of `key: text`: `theme.yaml` and `i18n/*.yaml`.

use crate::diag::{Diagnostics, Name, Spanned};
use crate::model::ThemeFile;
use crate::yaml::{self, Budget, Content};

/// The entries in the order written; those that hold no text are reported and left out. `None` when
/// the file cannot be read at all, which has been reported.
pub fn read(file: &ThemeFile, diagnostics: &mut Diagnostics) -> Option<Vec<(Name, Name)>> {
    let text = match std::str::from_utf8(&file.bytes) {
        Ok(text) => text,
        Err(error) => {
            diagnostics.theme_file_not_text(&file.file, error.valid_up_to());
            return None;
        }
    };
    let root = yaml::parse(text, &file.file, 0, Budget::FILE, diagnostics)?;
    let entries = match root.value {
        Content::Map(entries) => entries,
        Content::Null => Vec::new(),
        Content::Scalar { .. } | Content::List(_) => {
            diagnostics.theme_not_flat(root.span);
            return None;
        }
    };
    let mut texts = Vec::with_capacity(entries.len());
    for (key, node) in entries {
        match node.value {
            Content::Scalar { text, .. } => texts.push((key, Spanned::new(text, node.span))),
            _ => diagnostics.theme_not_flat(node.span),
        }
    }
    Some(texts)
}
