//! What a level's front matter adds.

use super::is_translation;
use crate::diag::{Diagnostics, Span, Spanned};
use crate::model::{Fields, SourceFile};
use crate::yaml::{Key, Record, Shape};

pub(super) const KEYS: &[Key] =
    &[Key::new("level", Shape::LEVEL, "the number, when the file's name does not say it")];

pub(super) fn read(record: &mut Record, file: &SourceFile, diagnostics: &mut Diagnostics) -> Fields {
    let whole = Span::whole(&file.path);
    let number = record.take("level").unwrap_or_else(|| {
        let number = number_in_path(file).unwrap_or_else(|| {
            // The original complains; its number is the one that counts. A number that was written
            // but wrong has been reported, and the file's name then says nothing either.
            if !is_translation(file) && !record.was_refused("level") {
                diagnostics.no_level(whole.clone());
            }
            1
        });
        Spanned::new(number, whole)
    });
    Fields::Level { number }
}

/// From `levels/3-defined.md` or `levels/3-defined/_index.md`.
fn number_in_path(file: &SourceFile) -> Option<u8> {
    let mut parts = file.path.rsplit('/');
    let name = if file.index { parts.nth(1)? } else { parts.next()? };
    match name.as_bytes() {
        [digit @ b'1'..=b'9', b'-', ..] => Some(digit - b'0'),
        _ => None,
    }
}
