//! The anchors of every page: criteria, headings, and what the writer set by hand.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Anchor, Fields, Handbook, Lang, Succession, ThingId};

/// Anchors by page.
pub type Anchors<'a> = BTreeMap<(ThingId, &'a Lang), PageAnchors<'a>>;

/// Where one page can be landed on.
pub struct PageAnchors<'a> {
    /// Of the headings, in their order.
    pub headings: Vec<Anchor>,
    criteria: Vec<&'a str>,
    others: &'a [String],
}

impl PageAnchors<'_> {
    pub fn contains(&self, fragment: &str) -> bool {
        self.all().any(|anchor| anchor == fragment)
    }

    pub fn all(&self) -> impl Iterator<Item = &str> {
        let headings =
            self.headings.iter().flat_map(|anchor| [Some(anchor.id.as_str()), anchor.also.as_deref()]);
        let others = self.others.iter().map(String::as_str);
        self.criteria.iter().copied().chain(headings.flatten()).chain(others)
    }
}

/// The anchors of all `texts`.
///
/// Criteria come first and keep their ids, those of the past included; a heading whose slug is taken is
/// numbered. A translated heading takes the anchor of the heading at the same place in the original,
/// when both have the same outline, and keeps its own slug as a second anchor.
pub fn of<'a>(handbook: &'a Handbook, succession: &Succession, texts: &[(ThingId, &'a Lang)]) -> Anchors<'a> {
    texts.iter().map(|(id, lang)| ((*id, *lang), page(handbook, succession, *id, lang))).collect()
}

fn page<'a>(handbook: &'a Handbook, succession: &Succession, id: ThingId, lang: &Lang) -> PageAnchors<'a> {
    let thing = handbook.thing(id);
    let original = &thing.original().summary;
    let summary = &thing.text(lang).summary;
    let criteria: Vec<&str> = match thing.fields() {
        Fields::Practice(fields) => {
            fields.criteria.iter().map(|criterion| criterion.id.value.as_str()).collect()
        }
        _ => Vec::new(),
    };
    let mut reserved: BTreeSet<String> = criteria.iter().map(|id| (*id).to_owned()).collect();
    if let (Fields::Practice(_), Some(practice)) = (thing.fields(), &thing.id) {
        let former = succession.former_criteria(handbook, practice.as_str());
        reserved.extend(former.into_iter().map(|former| former.id.to_owned()));
    }
    let mut taken = reserved.clone();
    let free = |slug: &str, taken: &mut BTreeSet<String>| {
        let mut anchor = slug.to_owned();
        let mut number = 0;
        while !taken.insert(anchor.clone()) {
            number += 1;
            anchor = format!("{slug}-{number}");
        }
        anchor
    };
    let originals: Vec<String> =
        original.headings.iter().map(|heading| free(&heading.slug, &mut taken)).collect();
    let same_outline = original.headings.len() == summary.headings.len()
        && original.headings.iter().zip(&summary.headings).all(|(a, b)| a.level == b.level);
    let headings = if *lang == thing.original {
        originals.into_iter().map(|id| Anchor { id, also: None }).collect()
    } else if same_outline {
        summary
            .headings
            .iter()
            .zip(originals)
            .map(|(heading, id)| {
                let also = taken.insert(heading.slug.clone()).then(|| heading.slug.clone());
                Anchor { id, also }
            })
            .collect()
    } else {
        let mut taken = reserved;
        let ids = summary.headings.iter().map(|heading| free(&heading.slug, &mut taken));
        ids.map(|id| Anchor { id, also: None }).collect()
    };
    PageAnchors { headings, criteria, others: &summary.other_anchors }
}
