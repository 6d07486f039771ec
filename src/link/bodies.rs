//! The links, images and includes of one page's body.

use std::sync::Arc;

use crate::diag::{Diagnostics, Name, Span, nearest};
use crate::link::anchors::Anchors;
use crate::link::fragments::{self, RegionError};
use crate::link::names::Named;
use crate::link::places::{self, Place, Places};
use crate::link::succession;
use crate::model::{
    CriterionFate, Fate, Fields, Handbook, HiddenReason, Id, ImageUse, Include, Kind, Lang, LinkUse,
    PageLinks, ResolvedImage, ResolvedLink, Retired, Succession, Summary, Target, ThingId,
};

/// Resolves what the text of `id` in `lang` points at.
pub fn resolve(
    handbook: &Handbook,
    places: &Places<'_>,
    anchors: &Anchors<'_>,
    id: ThingId,
    lang: &Lang,
) -> (PageLinks, Diagnostics) {
    let summary = &handbook.thing(id).text(lang).summary;
    let mut page =
        Page { handbook, places, anchors, id, lang, file: &summary.file, diagnostics: Diagnostics::new() };
    let links = summary.links.iter().map(|link| page.link(link)).collect();
    let images = summary.images.iter().map(|image| page.image(image)).collect();
    let includes = summary.includes.iter().map(|include| page.include(include)).collect();
    let anchors = anchors.get(&(id, lang)).map(|anchors| anchors.headings.clone()).unwrap_or_default();
    let included_slos = included_slos(handbook, summary);
    (PageLinks { links, images, includes, included_slos, anchors, terms: Vec::new() }, page.diagnostics)
}

/// The SLOs that the code fences of a text show.
fn included_slos(handbook: &Handbook, summary: &Summary) -> Vec<ThingId> {
    let mut shown = Vec::new();
    for include in &summary.includes {
        let Some(path) = places::join(&summary.file, &include.file.value) else { continue };
        let source = format!("content/{path}");
        for (id, slo) in handbook.of_kind(Kind::Slo) {
            let Fields::Slo(fields) = slo.fields() else { continue };
            let is_part = |region: &Name| fragments::region(&fields.source, &region.value).is_ok();
            if *slo.original().summary.file == *source && include.region.as_ref().is_none_or(is_part) {
                shown.push(id);
            }
        }
    }
    shown
}

struct Page<'a> {
    handbook: &'a Handbook,
    places: &'a Places<'a>,
    anchors: &'a Anchors<'a>,
    id: ThingId,
    lang: &'a Lang,
    file: &'a str,
    diagnostics: Diagnostics,
}

impl<'a> Page<'a> {
    fn link(&mut self, link: &LinkUse) -> ResolvedLink {
        match &link.target {
            Target::External(url) => ResolvedLink::External(url.clone()),
            Target::Refused => ResolvedLink::Text,
            Target::Fragment(fragment) if fragment.is_empty() => ResolvedLink::Fragment(String::new()),
            Target::Fragment(fragment) => match self.lands(self.id, fragment, &link.span) {
                Some((thing, fragment)) if thing == self.id => ResolvedLink::Fragment(fragment),
                Some((thing, fragment)) => ResolvedLink::Thing { thing, fragment: Some(fragment) },
                None => ResolvedLink::Text,
            },
            Target::Path { path, fragment } => match self.places.find(self.file, path) {
                Place::Thing(thing) => self.page_of(thing, fragment.as_deref(), &link.span),
                Place::Asset(address) => ResolvedLink::Asset(address),
                Place::Generated(address) => ResolvedLink::Address { address, fragment: fragment.clone() },
                Place::Hidden(reason) => self.hidden(&link.span, path, reason),
                Place::Retired { kind, id, entry, why } => {
                    self.say_retired(&Name::new(id.clone(), link.span.clone()), entry, why);
                    Self::tombstone(kind, &id)
                }
                Place::Outside => {
                    self.diagnostics.link_leaves_content(&link.span, path);
                    ResolvedLink::Text
                }
                Place::Nothing => {
                    let renamed = self.places.renamed(self.file, path);
                    let candidates = self.places.candidates(self.file);
                    let near = renamed.as_deref().or_else(|| nearest_path(path, &candidates));
                    self.diagnostics.missing_file(&link.span, path, near);
                    ResolvedLink::Text
                }
            },
            Target::Wiki { kind, id, fragment } => {
                let name = match kind {
                    Some(kind) => format!("{kind}:{id}"),
                    None => id.clone(),
                };
                let spanned = Name::new(name.clone(), link.span.clone());
                match self.handbook.named(&name) {
                    Named::One(thing) => self.page_of(thing, fragment.as_deref(), &link.span),
                    Named::Hidden(reason) => self.hidden(&link.span, &name, reason),
                    Named::Several(kinds) => {
                        self.diagnostics.ambiguous(&spanned, &kinds);
                        ResolvedLink::Text
                    }
                    Named::None if self.is_former(kind.as_deref(), id) => {
                        let kind = kind.as_deref().and_then(Kind::from_name);
                        let name = Name::new(id.clone(), link.span.clone());
                        self.former(kind, &name, fragment.as_deref())
                    }
                    Named::None => {
                        match kind.as_deref() {
                            Some(kind) if Kind::from_name(kind).is_none() => {
                                self.diagnostics.unknown_kind(&link.span, kind);
                            }
                            _ => {
                                let near = nearest(id, self.handbook.all_names());
                                self.diagnostics.unknown_thing(&spanned, near);
                            }
                        }
                        ResolvedLink::Text
                    }
                }
            }
        }
    }

    fn page_of(&mut self, thing: ThingId, fragment: Option<&str>, span: &Span) -> ResolvedLink {
        let Some(fragment) = fragment.filter(|fragment| !fragment.is_empty()) else {
            return ResolvedLink::Thing { thing, fragment: None };
        };
        match self.lands(thing, fragment, span) {
            Some((thing, fragment)) => ResolvedLink::Thing { thing, fragment: Some(fragment) },
            None => ResolvedLink::Thing { thing, fragment: None },
        }
    }

    /// Where a link to a place on a page leads: there, when the page that a reader of this language gets
    /// has it; a criterion is followed to its name of today. Reported when there is no such place.
    fn lands(&mut self, thing: ThingId, fragment: &str, span: &Span) -> Option<(ThingId, String)> {
        let target = self.handbook.thing(thing);
        let lang = if target.texts.contains_key(self.lang) { self.lang } else { &target.original };
        let anchors = self.anchors.get(&(thing, lang))?;
        if anchors.contains(fragment) {
            return Some((thing, fragment.to_owned()));
        }
        let practice = target.id.as_ref().filter(|_| target.kind == Kind::Practice).map(Id::as_str);
        if let Some(practice) = practice
            && let Some(fate) = self.succession().former_criterion(self.handbook, practice, fragment)
        {
            let name = Name::new(fragment.to_owned(), span.clone());
            return Some(self.former_criterion(thing, &name, fate));
        }
        let file = target.text(lang).summary.file.clone();
        self.diagnostics.missing_anchor(span, fragment, &file, practice, anchors.all());
        None
    }

    /// Follows a criterion that is not on the page of `practice`. `name`: as the link names it.
    fn former_criterion(
        &mut self,
        practice: ThingId,
        name: &Name,
        fate: CriterionFate<'_>,
    ) -> (ThingId, String) {
        match fate {
            CriterionFate::Renamed(other, criterion) => {
                let id = self.handbook.thing(other).id.as_ref().map_or("", Id::as_str);
                if let Some(place) = succession::criterion_place(self.handbook, id, &criterion) {
                    let today = if name.value.contains('#') || other != practice {
                        format!("{id}#{criterion}")
                    } else {
                        criterion.clone()
                    };
                    self.diagnostics.renamed(name, &today, &place);
                }
                (other, criterion)
            }
            // Its anchor stays, with the reason.
            CriterionFate::Retired(entry, why) => {
                self.say_retired(name, entry, why);
                let anchor = name.value.rsplit('#').next().unwrap_or(&name.value);
                (practice, anchor.to_owned())
            }
        }
    }

    /// `[[name]]` of something that is no more.
    fn former(&mut self, kind: Option<Kind>, name: &Name, fragment: Option<&str>) -> ResolvedLink {
        match self.succession().fate(self.handbook, kind, &name.value) {
            Some(Fate::Renamed(thing)) => {
                // A criterion as it was called in the practice of that name.
                if let Some(fragment) = fragment.filter(|fragment| !self.has_anchor(thing, fragment))
                    && let Some(fate) =
                        self.succession().former_criterion(self.handbook, &name.value, fragment)
                {
                    let whole = Name::new(format!("{}#{fragment}", name.value), name.span.clone());
                    let (thing, fragment) = self.former_criterion(thing, &whole, fate);
                    return ResolvedLink::Thing { thing, fragment: Some(fragment) };
                }
                if let Some(today) = succession::shortest_name(self.handbook, thing) {
                    let place = succession::place_of(self.handbook, thing);
                    self.diagnostics.renamed(name, &today, &place);
                }
                self.page_of(thing, fragment, &name.span)
            }
            Some(Fate::Retired(entry, why)) => {
                self.say_retired(name, entry, why);
                match self.succession().tombstone(self.handbook, kind, &name.value) {
                    Some((kind, id)) => Self::tombstone(kind, &id),
                    None => ResolvedLink::Text,
                }
            }
            Some(Fate::Hidden(reason)) => self.hidden(&name.span, &name.value, reason),
            None => ResolvedLink::Text,
        }
    }

    /// A link to something retired leads to the page that says why.
    fn tombstone(kind: Kind, id: &str) -> ResolvedLink {
        ResolvedLink::Address { address: format!("go/{kind}/{id}/"), fragment: None }
    }

    fn say_retired(&mut self, name: &Name, entry: &Name, why: &Retired) {
        let successor = self.succession().successor(self.handbook, why);
        let successor = successor.and_then(|thing| succession::shortest_name(self.handbook, thing));
        self.diagnostics.retired(name, entry, why, successor.as_deref());
    }

    /// Whether somebody says what became of `id`.
    fn is_former(&self, kind: Option<&str>, id: &str) -> bool {
        let known = kind.map(Kind::from_name);
        known != Some(None) && self.succession().fate(self.handbook, known.flatten(), id).is_some()
    }

    fn has_anchor(&self, thing: ThingId, fragment: &str) -> bool {
        let target = self.handbook.thing(thing);
        let lang = if target.texts.contains_key(self.lang) { self.lang } else { &target.original };
        self.anchors.get(&(thing, lang)).is_some_and(|anchors| anchors.contains(fragment))
    }

    fn succession(&self) -> &'a Succession {
        self.places.succession
    }

    fn hidden(&mut self, span: &Span, name: &str, reason: HiddenReason) -> ResolvedLink {
        match reason {
            HiddenReason::Draft | HiddenReason::Audience => self.diagnostics.hidden(span, name, reason),
            HiddenReason::Pack | HiddenReason::Broken => {}
        }
        ResolvedLink::Text
    }

    fn image(&mut self, image: &ImageUse) -> ResolvedImage {
        match &image.target {
            Target::External(url) => {
                self.diagnostics.remote_image(&image.span, url);
                ResolvedImage::Remote(url.clone())
            }
            Target::Path { path, .. } => match self.places.find(self.file, path) {
                Place::Asset(address) => ResolvedImage::Asset(address),
                Place::Outside => {
                    self.diagnostics.link_leaves_content(&image.span, path);
                    ResolvedImage::Text
                }
                _ => {
                    let candidates: Vec<String> = self
                        .places
                        .candidates(self.file)
                        .into_iter()
                        .filter(|path| !path.ends_with(".md"))
                        .collect();
                    self.diagnostics.missing_image(&image.span, path, nearest_path(path, &candidates));
                    ResolvedImage::Text
                }
            },
            Target::Refused => ResolvedImage::Text,
            Target::Fragment(_) | Target::Wiki { .. } => {
                self.diagnostics.missing_image(&image.span, "", None);
                ResolvedImage::Text
            }
        }
    }

    fn include(&mut self, include: &Include) -> Option<Arc<str>> {
        let span = &include.file.span;
        let Some(path) = places::join(self.file, &include.file.value) else {
            self.diagnostics.link_leaves_content(span, &include.file.value);
            return None;
        };
        let source = format!("content/{path}");
        let asset = || std::str::from_utf8(&self.handbook.assets.get(&path)?.bytes).ok();
        let Some(text) = self.handbook.sources.get(source.as_str()).map(|text| &**text).or_else(asset) else {
            let candidates = self.places.candidates(self.file);
            self.diagnostics.missing_include(
                span,
                &include.file.value,
                nearest_path(&include.file.value, &candidates),
            );
            return None;
        };
        let Some(region) = &include.region else { return Some(fragments::whole(text).into()) };
        match fragments::region(text, &region.value) {
            Ok(part) => Some(part.into()),
            Err(RegionError::NeverClosed) => {
                self.diagnostics.region_never_closed(region, &source);
                None
            }
            Err(RegionError::Unknown(known)) => {
                let near = nearest(&region.value, known.iter().map(String::as_str));
                self.diagnostics.unknown_region(region, &source, near);
                None
            }
        }
    }
}

/// The path most likely meant: the nearest spelling, else a file of the same name elsewhere.
fn nearest_path<'a>(path: &str, candidates: &'a [String]) -> Option<&'a str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let named = |candidate: &&str| candidate.rsplit('/').next().unwrap_or(candidate) == name;
    nearest(path, candidates.iter().map(String::as_str))
        .or_else(|| candidates.iter().map(String::as_str).filter(named).min())
}
