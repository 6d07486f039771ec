//! What changed between two versions of a file.

use crate::model::{Since, Summary};

/// What changed from `before` to `now`. Sections are told apart by their anchors, so that one which
/// only moved has not changed.
pub fn since(before: &Summary, now: &Summary) -> Since {
    let old = |slug: &str| before.headings.iter().position(|heading| heading.slug == slug);
    let changed = |(index, slug): (usize, &str)| match old(slug) {
        // The text above the first heading is the first of the sections.
        Some(old) => before.digest.sections.get(old + 1) != now.digest.sections.get(index + 1),
        None => true,
    };
    let is_gone = |slug: &str| !now.headings.iter().any(|heading| heading.slug == slug);
    Since {
        front: before.digest.front != now.digest.front,
        opening: before.digest.sections.first() != now.digest.sections.first(),
        sections: (0..now.headings.len())
            .filter(|index| now.headings.get(*index).is_some_and(|heading| changed((*index, &heading.slug))))
            .collect(),
        gone: before
            .headings
            .iter()
            .filter(|heading| is_gone(&heading.slug))
            .map(|heading| heading.text.clone())
            .collect(),
    }
}
