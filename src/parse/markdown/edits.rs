//! What a copy of the source has to say differently: noted while the page is read, put in order at its end.

use std::ops::Range;

use pulldown_cmark::LinkType;

use super::prepared::Prepared;
use super::walk::Walk;
use crate::model::{Edit, EditKind, Target};

impl Walk<'_, '_> {
    /// Notes an edit of `range` in the prepared text.
    pub(super) fn edit(&mut self, range: Range<usize>, kind: EditKind) {
        self.out.edits.push(edit(self.source, range, kind));
    }

    /// Notes what `links[index]` needs. `inner_end`: where its words end.
    pub(super) fn edit_link(
        &mut self,
        whole: &Range<usize>,
        inner_end: usize,
        link_type: LinkType,
        index: usize,
    ) {
        let whole = &self.with_empty_reference(whole, link_type);
        let source = self.source.slice(whole.clone());
        let number = as_u32(index);
        match link_type {
            LinkType::WikiLink { has_pothole: false } => self.edit(whole.clone(), EditKind::WikiLink(number)),
            LinkType::WikiLink { has_pothole: true } => {
                let words = source.find('|').map_or(2, |pipe| pipe + 1);
                self.edit(whole.start..whole.start + words, EditKind::LinkStart(number));
                self.edit(whole.end.saturating_sub(2)..whole.end, EditKind::LinkEnd(number));
            }
            LinkType::Autolink | LinkType::Email => {
                // Fine as it is, unless it is an address that we refuse: then it must not stay a link.
                let refused = self.out.links.get(index).is_some_and(|link| link.target == Target::Refused);
                if refused && source.starts_with('<') {
                    self.edit(whole.start..whole.start + 1, EditKind::Remove);
                    self.edit(whole.end - 1..whole.end, EditKind::Remove);
                }
            }
            _ => {
                let inner_end = inner_end.max(whole.start + 1).min(whole.end);
                let bracket = self.source.slice(inner_end..whole.end).find(']').unwrap_or(0);
                self.edit(whole.start..whole.start + 1, EditKind::LinkStart(number));
                self.edit(inner_end + bracket..whole.end, EditKind::LinkEnd(number));
            }
        }
    }

    pub(super) fn edit_image(&mut self, whole: &Range<usize>, link_type: LinkType, index: usize) {
        let whole = self.with_empty_reference(whole, link_type);
        self.edit(whole, EditKind::Image(as_u32(index)));
    }

    /// The parser ends `[name][]` before its empty brackets.
    fn with_empty_reference(&self, whole: &Range<usize>, link_type: LinkType) -> Range<usize> {
        let is_cut = link_type == LinkType::Collapsed && self.source.head(whole.end, 2) == "[]";
        whole.start..whole.end + if is_cut { 2 } else { 0 }
    }
}

/// Adds the definitions of references, whose addresses the links themselves carry now, sorts, and
/// leaves out what lies within another edit.
pub(super) fn settle(
    edits: &mut Vec<Edit>,
    source: &Prepared<'_>,
    definitions: impl Iterator<Item = Range<usize>>,
) {
    edits.extend(definitions.map(|range| edit(source, range, EditKind::Remove)));
    edits.sort_by_key(|edit| (edit.start, std::cmp::Reverse(edit.end)));
    let mut end = 0;
    edits.retain(|edit| {
        let stays = edit.start >= end;
        if stays {
            end = edit.end;
        }
        stays
    });
    edits.shrink_to_fit();
}

fn edit(source: &Prepared<'_>, range: Range<usize>, kind: EditKind) -> Edit {
    let span = source.span(range);
    Edit { start: span.start, end: span.end, kind }
}

/// Files are capped at 10 MiB when read, so no index reaches the limit.
pub(super) fn as_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
