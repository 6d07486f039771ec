//! What stands at the addresses of this handbook, and what to say of a link to one.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::near::Names;
use super::wiki::Name;
use super::{Link, Near, Verdict};
use crate::config::BaseUrl;
use crate::diag::nearest;
use crate::model::{HiddenReason, Kind};

/// What stands at an address. Paths name files below the site's root: `practices/slo/index.html`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The page of a thing, and its permalink if it has one.
    Page { permalink: Option<String> },
    /// A permanent address, which leads to this page.
    Permalink { page: String },
    /// An old address, which leads to this page.
    Old { page: String },
    /// Something that exists and is not part of this build.
    Hidden(HiddenReason),
    /// A page that is no thing's, or a file.
    Other,
}

/// A thing with an id, as people name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub kind: Kind,
    pub id: String,
    /// Its page in the default language.
    pub page: String,
}

/// All addresses of a handbook.
pub struct Addresses<'a> {
    base: &'a BaseUrl,
    places: BTreeMap<String, Place>,
    names: Names,
    /// The anchors of the page at a path; a page is made when its anchors are first asked for.
    find_anchors: &'a dyn Fn(&str) -> BTreeSet<String>,
    anchors: RefCell<BTreeMap<String, Rc<BTreeSet<String>>>>,
    /// What was meant by paths where nothing stands, and whether that is beyond doubt.
    meant: RefCell<BTreeMap<String, Option<(String, bool)>>>,
    /// Paths by their simplest spelling.
    folded: OnceCell<BTreeMap<String, Vec<String>>>,
}

impl std::fmt::Debug for Addresses<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Addresses").field("base", self.base).field("places", &self.places.len()).finish()
    }
}

impl<'a> Addresses<'a> {
    /// `places`: by path. `former`: old id → id of today.
    pub fn new(
        base: &'a BaseUrl,
        languages: Vec<String>,
        places: BTreeMap<String, Place>,
        named: Vec<Named>,
        former: BTreeMap<String, String>,
        find_anchors: &'a dyn Fn(&str) -> BTreeSet<String>,
    ) -> Self {
        let names = Names { languages, named, former };
        let (anchors, meant, folded) = (RefCell::default(), RefCell::default(), OnceCell::new());
        Self { base, places, names, find_anchors, anchors, meant, folded }
    }

    pub fn base(&self) -> &'a BaseUrl {
        self.base
    }

    /// What is to say about a link; `None` when it is as good as can be.
    pub(super) fn judge(&self, link: &Link) -> Option<Verdict> {
        let Some((path, place)) = self.find(link) else {
            return Some(Verdict::Broken { nearest: self.near(link) });
        };
        match place {
            Place::Hidden(HiddenReason::Broken) => None,
            Place::Hidden(reason) => Some(Verdict::Hidden(*reason)),
            Place::Old { page } => Some(Verdict::Moved { to: self.today(page, link) }),
            // The anchors of the page are good too: readers are taken on with theirs.
            Place::Permalink { page } => self.stale(link, &path, &[&path, page]),
            Place::Other => self.stale(link, &path, &[&path]),
            Place::Page { permalink } => self.stale(link, &path, &[&path]).or_else(|| {
                let permalink = permalink.as_ref().filter(|permalink| self.keeps(permalink, link))?;
                let permalink = link.url(self.base, permalink, link.anchor.as_deref());
                Some(Verdict::NotPermanent { permalink })
            }),
        }
    }

    /// The same for a name in double brackets.
    pub(super) fn judge_name(&self, name: &Name) -> Option<Verdict> {
        let renamed = |id: &str| Name { id: id.to_owned(), ..name.clone() }.text();
        let found = self.names.of(name.kind.as_deref(), &name.id);
        let Some(thing) = found.first() else {
            if let Some(today) = self.names.former.get(&name.id) {
                return Some(Verdict::Moved { to: renamed(today) });
            }
            if let Some(reason) = self.hidden(name) {
                return (reason != HiddenReason::Broken).then_some(Verdict::Hidden(reason));
            }
            let near = self.names.nearest_id(name.kind.as_deref(), &name.id);
            let nearest = near.map(|near| Near { link: format!("[[{}]]", renamed(near)), sure: false });
            return Some(Verdict::Broken { nearest });
        };
        if found.len() > 1 {
            let kind = Some(thing.kind.name().to_owned());
            let link = format!("[[{}]]", Name { kind, ..name.clone() }.text());
            return Some(Verdict::Broken { nearest: Some(Near { link, sure: false }) });
        }
        let anchor = name.anchor.as_ref()?;
        let anchors = self.anchors(&thing.page);
        if anchors.contains(anchor) {
            return None;
        }
        let nearest = near_anchor(anchor, &[anchors]).map(|(near, sure)| {
            let text = Name { anchor: Some(near), ..name.clone() }.text();
            Near { link: text, sure }
        });
        Some(Verdict::StaleAnchor { anchor: anchor.clone(), nearest })
    }

    /// The path that a link leads to, and what stands there.
    fn find(&self, link: &Link) -> Option<(String, &Place)> {
        let page = match link.path.as_str() {
            "" => "index.html".to_owned(),
            path => format!("{path}/index.html"),
        };
        let file = (!link.is_folder && !link.path.is_empty()).then(|| link.path.clone());
        file.into_iter().chain([page]).find_map(|path| {
            let place = self.places.get(&path)?;
            Some((path, place))
        })
    }

    /// What is to say when none of `pages` has the link's anchor.
    fn stale(&self, link: &Link, path: &str, pages: &[&str]) -> Option<Verdict> {
        let anchor = link.anchor.as_ref()?;
        let anchors: Vec<_> = pages.iter().map(|page| self.anchors(page)).collect();
        // Of files that are no pages nothing is known.
        if !path.ends_with(".html") || anchors.iter().any(|anchors| anchors.contains(anchor)) {
            return None;
        }
        let nearest = near_anchor(anchor, &anchors)
            .map(|(near, sure)| Near { link: link.url(self.base, path, Some(&near)), sure });
        Some(Verdict::StaleAnchor { anchor: anchor.clone(), nearest })
    }

    /// The link to write instead of one to an address of the past: the permalink where there is one, so that
    /// this was the last time.
    fn today(&self, page: &str, link: &Link) -> String {
        let anchors = self.anchors(page);
        let anchor = link.anchor.as_ref().filter(|anchor| anchors.contains(*anchor));
        let today = Link { anchor: anchor.cloned(), ..link.clone() };
        let path = match self.places.get(page) {
            Some(Place::Page { permalink: Some(permalink) }) if self.keeps(permalink, &today) => permalink,
            _ => page,
        };
        today.url(self.base, path, today.anchor.as_deref())
    }

    /// Whether a reader who comes by `permalink` gets to the link's anchor, with or without script.
    fn keeps(&self, permalink: &str, link: &Link) -> bool {
        link.anchor.as_ref().is_none_or(|anchor| self.anchors(permalink).contains(anchor))
    }

    fn anchors(&self, path: &str) -> Rc<BTreeSet<String>> {
        if let Some(known) = self.anchors.borrow().get(path) {
            return known.clone();
        }
        let found = Rc::new((self.find_anchors)(path));
        self.anchors.borrow_mut().insert(path.to_owned(), found.clone());
        found
    }

    fn hidden(&self, name: &Name) -> Option<HiddenReason> {
        let kinds = Kind::ALL.into_iter().filter(|kind| match &name.kind {
            Some(written) => kind.name() == written,
            None => true,
        });
        kinds.into_iter().find_map(|kind| {
            match self.places.get(&format!("go/{kind}/{}/index.html", name.id)) {
                Some(Place::Hidden(reason)) => Some(*reason),
                _ => None,
            }
        })
    }

    /// What a link that leads nowhere probably means.
    fn near(&self, link: &Link) -> Option<Near> {
        let known = self.meant.borrow().get(&link.path).cloned();
        let meant = known.unwrap_or_else(|| {
            let meant = self.meant(&link.path);
            self.meant.borrow_mut().insert(link.path.clone(), meant.clone());
            meant
        });
        let (page, sure) = meant?;
        Some(Near { link: self.today(&page, link), sure })
    }

    /// The page or file that is meant by an address where nothing stands, and whether that is beyond doubt.
    /// The signs, the surest first: the same address in another spelling; the id, elsewhere; the letters.
    fn meant(&self, path: &str) -> Option<(String, bool)> {
        let is_final = |place: &Place| matches!(place, Place::Page { .. } | Place::Other);
        let folded = self.folded.get_or_init(|| {
            let mut folded: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for (path, _) in self.places.iter().filter(|(_, place)| is_final(place)) {
                folded.entry(fold(path)).or_default().push(path.clone());
            }
            folded
        });
        if let Some([only]) = folded.get(&fold(path)).map(Vec::as_slice) {
            return Some((only.clone(), true));
        }
        let (language, rest) = self.names.without_language(path);
        let in_language = |page: &str| match language {
            Some(language) => format!("{language}/{page}"),
            None => page.to_owned(),
        };
        if let Some((page, sure)) = self.names.moved(rest) {
            return Some((in_language(page), sure));
        }
        let pages = self.places.iter().filter(|(_, place)| is_final(place));
        let addresses = pages.map(|(path, _)| path.strip_suffix("/index.html").unwrap_or(path));
        let spelt = nearest(path, addresses).map(|address| match self.places.contains_key(address) {
            true => address.to_owned(),
            false => format!("{address}/index.html"),
        });
        let page = spelt.or_else(|| Some(in_language(self.names.nearest_page(rest)?)))?;
        Some((page, false))
    }
}

/// The anchor nearest to `anchor`, and whether it is the only one near.
fn near_anchor(anchor: &str, anchors: &[Rc<BTreeSet<String>>]) -> Option<(String, bool)> {
    let all: BTreeSet<&str> = anchors.iter().flat_map(|anchors| anchors.iter().map(String::as_str)).collect();
    let near = nearest(anchor, all.iter().copied())?;
    let other = nearest(anchor, all.iter().copied().filter(|other| *other != near));
    Some((near.to_owned(), other.is_none()))
}

/// A path in its simplest spelling: without the name of the page's file, in lower case, with hyphens.
fn fold(path: &str) -> String {
    let path = path.strip_suffix("index.html").unwrap_or(path).trim_end_matches('/');
    let page = [".html", ".htm", ".md"].iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path);
    page.to_lowercase().replace(['_', ' '], "-")
}
