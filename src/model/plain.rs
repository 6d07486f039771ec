//! Plain texts of a body in which a link may stand for the title of what it leads to.
//!
//! `[[id]]` is shown as a title that the file alone cannot know, so parse leaves a gap in the
//! sentence, the first paragraph and the text for search. Who shows the text fills it.

use std::borrow::Cow;
use std::fmt::Write;

use crate::model::{Fields, Lang, ResolvedLink, Site, Target, ThingId};

// Noncharacters of Unicode: no text that is meant to be read holds them.
const START: char = '\u{1FFFE}';
const END: char = '\u{1FFFF}';

/// Writes a gap for the title of what `links[index]` of the same file leads to.
pub fn push_gap(text: &mut String, index: usize) {
    // Writing to a String cannot fail.
    let _ = write!(text, "{START}{index}{END}");
}

/// `text` with every gap filled by `title`, which is given the index of the link.
pub fn filled<'a>(text: &'a str, mut title: impl FnMut(usize) -> String) -> Cow<'a, str> {
    if !text.contains(START) {
        return Cow::Borrowed(text);
    }
    let mut whole = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(START) {
        whole.push_str(before);
        // A gap that was cut through with the text around it is dropped.
        let (index, behind) = after.split_once(END).unwrap_or((after, ""));
        match index.parse() {
            Ok(index) => {
                whole.push_str(&title(index));
                rest = behind;
            }
            Err(_) => rest = after,
        }
    }
    whole.push_str(rest);
    Cow::Owned(whole)
}

impl Site {
    /// A plain text of the page of `id` in `lang`, with the titles of what its links lead to.
    pub fn plain<'a>(&self, id: ThingId, lang: &Lang, text: &'a str) -> Cow<'a, str> {
        filled(text, |index| self.link_title(id, lang, index))
    }

    /// The title of what a link leads to, in the language of the text: of a criterion its words. A link
    /// that leads nowhere is called what the writer called it.
    fn link_title(&self, id: ThingId, lang: &Lang, index: usize) -> String {
        let links = self.graph.pages.get(&(id, lang.clone()));
        if let Some(ResolvedLink::Thing { thing, fragment }) = links.and_then(|page| page.links.get(index)) {
            let thing = self.handbook.thing(*thing);
            let criterion = fragment.as_ref().and_then(|fragment| thing.criterion_text(fragment, lang));
            return criterion.map_or(thing.title(lang), |text| text.trim_end_matches(['.', '。'])).to_owned();
        }
        let links = self.handbook.thing(id).texts.get(lang).map_or(&[][..], |text| &text.summary.links);
        match links.get(index).map(|link| &link.target) {
            Some(Target::Wiki { id, .. }) => id.clone(),
            _ => String::new(),
        }
    }
}

impl super::Thing {
    /// The words of a practice's criterion in `lang`, else in the original.
    pub fn criterion_text(&self, criterion: &str, lang: &Lang) -> Option<&str> {
        if let Fields::Practice(fields) = &self.text(lang).summary.fields
            && let Some((_, texts)) = fields.criterion_texts.iter().find(|(id, _)| id.value == criterion)
            && let Some(text) = &texts.text
        {
            return Some(&text.value);
        }
        let Fields::Practice(fields) = self.fields() else { return None };
        let found = fields.criteria.iter().find(|known| known.id.value == criterion)?;
        found.text.text.as_ref().map(|text| text.value.as_str())
    }
}
