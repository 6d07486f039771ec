//! Old addresses: which page each leads to, and whether it is free.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diagnostics, Span, Spanned};
use crate::link::anchors::Anchors;
use crate::model::{Alias, AliasError, Handbook, Kind, Lang, ThingId};

/// Old addresses by the language below which they stand, and their address there.
pub type Aliases = BTreeMap<(Lang, String), Vec<Alias>>;

/// The aliases of every text. One that cannot be, or that is not free, is reported and left out.
pub fn of(handbook: &Handbook, anchors: &Anchors<'_>, diagnostics: &mut Diagnostics) -> Aliases {
    let mut reader =
        Reader { handbook, anchors, folders: folders(handbook), aliases: Aliases::new(), diagnostics };
    for (id, thing) in handbook.iter() {
        for (lang, text) in &thing.texts {
            for alias in &text.summary.common.aliases {
                reader.alias(id, lang, alias);
            }
        }
    }
    for claims in reader.aliases.values_mut() {
        // The whole page first, then its parts.
        claims.sort_by(|a, b| (&a.part, a.thing).cmp(&(&b.part, b.thing)));
    }
    reader.aliases
}

struct Reader<'a> {
    handbook: &'a Handbook,
    anchors: &'a Anchors<'a>,
    /// Addresses with something below them, which therefore have a page.
    folders: BTreeSet<&'a str>,
    aliases: Aliases,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn alias(&mut self, thing: ThingId, lang: &Lang, alias: &Spanned<String>) {
        let (address, part) = match parts(&alias.value) {
            Ok(parts) => parts,
            Err(error) => return self.diagnostics.bad_alias(alias, error),
        };
        let handbook = self.handbook;
        for (below, address, leads_to) in self.places(thing, lang, address) {
            match self.taken(&below, &address) {
                Some(Taken::Page(other)) if other == thing => {
                    return self.diagnostics.alias_of_itself(alias);
                }
                Some(Taken::Page(other)) => {
                    let other = Span::whole(&handbook.thing(other).original().summary.file);
                    return self.diagnostics.alias_taken(alias, Some(&other));
                }
                Some(Taken::File(file)) => return self.diagnostics.alias_taken(alias, Some(&file)),
                Some(Taken::Generated) => return self.diagnostics.alias_taken(alias, None),
                None => {}
            }
            let claims = self.aliases.entry((below, address)).or_default();
            let same = claims.iter().find(|claim| claim.part.as_deref() == part);
            match same {
                Some(first) if first.thing == thing && first.lang == leads_to => {}
                Some(first) => return self.diagnostics.alias_taken(alias, Some(&first.span)),
                None => {
                    let target = handbook.thing(thing);
                    let read_in =
                        if target.texts.contains_key(&leads_to) { &leads_to } else { &target.original };
                    let anchors = self.anchors.get(&(thing, read_in));
                    claims.push(Alias {
                        thing,
                        lands: part.is_some_and(|part| anchors.is_some_and(|page| page.contains(part))),
                        lang: leads_to,
                        part: part.map(str::to_owned),
                        span: alias.span.clone(),
                    });
                }
            }
        }
    }

    /// Where an alias stands, and the language it leads to there.
    ///
    /// Our own addresses are folders, and each stands below every language; so an original's alias stands
    /// below all of them too, unless it names a language or, being a file, comes from another site.
    fn places(&self, thing: ThingId, lang: &Lang, address: &str) -> Vec<(Lang, String, Lang)> {
        let default = self.handbook.default_language();
        let below = |(first, rest): (&str, &str)| {
            let named = self.handbook.languages.iter().find(|lang| lang.as_str() == first)?;
            (named != default).then(|| (named.clone(), rest.to_owned()))
        };
        let is_original = *lang == self.handbook.thing(thing).original;
        if let Some((named, address)) = address.split_once('/').and_then(below) {
            let leads_to = if is_original { named.clone() } else { lang.clone() };
            return vec![(named, address, leads_to)];
        }
        if !is_original || address.ends_with(".html") {
            return vec![(default.clone(), address.to_owned(), lang.clone())];
        }
        let languages = self.handbook.languages.iter();
        languages.map(|lang| (lang.clone(), address.to_owned(), lang.clone())).collect()
    }

    /// What stands at an address already.
    fn taken(&self, below: &Lang, address: &str) -> Option<Taken> {
        let handbook = self.handbook;
        if let Some(thing) = handbook.by_address.get(address) {
            return Some(Taken::Page(*thing));
        }
        let folder = if below == handbook.default_language() {
            address.to_owned()
        } else {
            format!("{below}/{address}")
        };
        let index = format!("{folder}/index.html");
        if let Some(asset) = handbook.assets.get(&folder).or_else(|| handbook.assets.get(&index)) {
            return Some(Taken::File(Span::whole(&asset.file)));
        }
        let is_generated = self.folders.contains(address)
            || matches!(address, "matrix" | "search" | "tags" | "404.html")
            || is_permalink(handbook, address);
        is_generated.then_some(Taken::Generated)
    }
}

/// What an alias may collide with.
enum Taken {
    Page(ThingId),
    /// A file that is copied.
    File(Span),
    /// A page that no file stands for.
    Generated,
}

/// The address without slashes at its ends, and the part of the old page that is meant.
fn parts(alias: &str) -> Result<(&str, Option<&str>), AliasError> {
    if alias.contains("://") || alias.starts_with("//") {
        return Err(AliasError::WholeUrl);
    }
    let (address, part) = match alias.split_once('#') {
        Some((address, part)) => (address, Some(part).filter(|part| !part.is_empty())),
        None => (alias, None),
    };
    if address.contains('?') {
        return Err(AliasError::Query);
    }
    let address = address.trim_matches('/');
    let address = address.strip_suffix("/index.html").unwrap_or(address).trim_end_matches('/');
    if address.is_empty() || address == "index.html" {
        return Err(AliasError::Root);
    }
    let harmless = address.split('/').all(|segment| {
        !segment.is_empty()
            && !matches!(segment, "." | "..")
            && !segment.contains(|c: char| matches!(c, '\\' | ':') || c.is_control())
    });
    if harmless { Ok((address, part)) } else { Err(AliasError::Segment) }
}

fn folders(handbook: &Handbook) -> BTreeSet<&str> {
    let mut folders = BTreeSet::new();
    for address in handbook.by_address.keys() {
        let mut rest = address.as_str();
        while let Some((above, _)) = rest.rsplit_once('/') {
            if !folders.insert(above) {
                break;
            }
            rest = above;
        }
    }
    folders
}

/// Whether something of today has this permalink.
fn is_permalink(handbook: &Handbook, address: &str) -> bool {
    let Some(permalink) = address.strip_prefix("go/") else { return false };
    let of_kind = |(kind, id): (&str, &str)| handbook.find(Kind::from_name(kind)?, id);
    permalink.split_once('/').and_then(of_kind).is_some()
        || handbook.find(Kind::Practice, permalink).is_some()
}
