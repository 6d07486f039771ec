//! Where pages stand and how one leads to another: the only place that writes addresses.
//!
//! A *folder* is a page's place below the site's root, with its language and without slashes at
//! the ends: `ja/practices/slo`; the home page's is empty. A *path* names a file below the root.

use crate::config::BaseUrl;
use crate::model::{Kind, Lang};

/// The folder of `address` in `lang`: the default language stands at the root.
pub fn folder(address: &str, lang: &Lang, default: &Lang) -> String {
    let address = address.trim_matches('/');
    match (lang == default, address.is_empty()) {
        (true, _) => address.to_owned(),
        (false, true) => lang.to_string(),
        (false, false) => format!("{lang}/{address}"),
    }
}

/// The file in which the page of `folder` is written.
pub fn file_of(folder: &str) -> String {
    if folder.is_empty() { "index.html".to_owned() } else { format!("{folder}/index.html") }
}

/// The file of a folder in which the page's markdown copy is written.
pub const COPY: &str = "index.md";

/// The permanent address of a thing, without language: `go/practice/slo-targets`.
pub fn permalink(kind: Kind, id: &str) -> String {
    format!("go/{kind}/{id}")
}

/// Every permanent address of a thing, without language.
pub fn permalinks(kind: Kind, id: &str) -> Vec<String> {
    let short = (kind == Kind::Practice).then(|| short_permalink(id));
    short.into_iter().chain([permalink(kind, id)]).collect()
}

/// The short permanent address that only practices have.
pub fn short_permalink(id: &str) -> String {
    format!("go/{id}")
}

/// Where a team's way through its assessments is told.
pub fn history(team: &str) -> String {
    format!("{team}/history")
}

/// The folder of the cards that other documents may frame.
pub const EMBED: &str = "embed";

/// The address of a practice's card.
pub fn embed(id: &str) -> String {
    format!("{EMBED}/{id}")
}

/// The folder above; `None` above the root.
pub fn parent(folder: &str) -> Option<&str> {
    if folder.is_empty() { None } else { Some(folder.rsplit_once('/').map_or("", |(parent, _)| parent)) }
}

/// A name as a path segment: lower case, words joined by hyphens, letters of every script kept.
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for c in name.trim().chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// A page's place, from which links to other places are written.
#[derive(Clone, Debug)]
pub struct Here {
    folder: String,
    /// Links start with this (`/handbook/`) instead of climbing: for what is read at any address.
    root: Option<String>,
    /// What links to pages name behind the folder.
    index: Index,
}

/// The file of a page's folder that a link means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Index {
    /// The page; the host finds it.
    Folder,
    /// The page by name, because disks serve no folders.
    Page,
    /// Its copy in markdown.
    Copy,
}

impl Here {
    /// The page of `folder`. `offline`: links name `index.html`, because disks serve no folders.
    pub fn new(folder: impl Into<String>, offline: bool) -> Self {
        let index = if offline { Index::Page } else { Index::Folder };
        Self { folder: folder.into(), root: None, index }
    }

    /// A page that is shown at addresses unknown, such as 404.
    pub fn anywhere(base: &BaseUrl) -> Self {
        Self { folder: String::new(), root: Some(base.path.clone()), index: Index::Folder }
    }

    /// A file of `folder` that other programs read, and may take elsewhere: links are whole URLs where
    /// the site's address is known, and lead to markdown copies.
    pub fn copy(folder: impl Into<String>, base: &BaseUrl) -> Self {
        let root = (!base.origin.is_empty()).then(|| base.join(""));
        Self { folder: folder.into(), root, index: Index::Copy }
    }

    /// Whether links lead to markdown copies.
    pub fn is_copy(&self) -> bool {
        self.index == Index::Copy
    }

    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// The link to the page of `folder`, ready for an `href`.
    pub fn page(&self, folder: &str, fragment: Option<&str>) -> String {
        let folder = folder.trim_matches('/');
        // Within a page a fragment is enough, and stays right wherever the page is shown.
        if let (Some(_), true) = (fragment, self.root.is_none() && folder == self.folder) {
            let mut href = String::new();
            push_fragment(&mut href, fragment);
            return href;
        }
        let mut href = self.start(folder, true);
        let file = match self.index {
            Index::Page => "index.html",
            // Anchors are on the page itself.
            Index::Copy if fragment.is_none() => COPY,
            Index::Folder | Index::Copy => "",
        };
        // `./` only says that something follows.
        if href == "./" && !file.is_empty() {
            href.clear();
        }
        href.push_str(file);
        push_fragment(&mut href, fragment);
        href
    }

    /// The link to the page of `folder` itself, also from a copy.
    pub fn html(&self, folder: &str) -> String {
        self.start(folder.trim_matches('/'), true)
    }

    /// The link to a file.
    pub fn file(&self, path: &str) -> String {
        self.start(path.trim_start_matches('/'), false)
    }

    /// The site's root, to put addresses behind.
    pub fn root(&self) -> String {
        self.start("", true)
    }

    fn start(&self, target: &str, is_folder: bool) -> String {
        let mut href = String::with_capacity(target.len() + 16);
        let rest = match &self.root {
            Some(root) => {
                href.push_str(root);
                target
            }
            None => climb(&self.folder, target, is_folder, &mut href),
        };
        // Links of pages stay readable; other programs read the rest.
        push_encoded(&mut href, rest, self.is_copy());
        if is_folder && !rest.is_empty() {
            href.push('/');
        }
        if href.is_empty() {
            href.push_str("./");
        }
        href
    }
}

/// The absolute URL of `path_or_folder/` below the base, percent-encoded; `None` without `base_url`.
pub fn absolute(base: &BaseUrl, folder: &str) -> Option<String> {
    let mut url = absolute_file(base, folder)?;
    if !url.ends_with('/') {
        url.push('/');
    }
    Some(url)
}

/// The absolute URL of a file; `None` without `base_url`.
pub fn absolute_file(base: &BaseUrl, path: &str) -> Option<String> {
    if base.origin.is_empty() {
        return None;
    }
    let mut url = base.join("");
    push_encoded(&mut url, path, true);
    Some(url)
}

/// A path below the root as other programs write it.
pub fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    push_encoded(&mut out, path, true);
    out
}

/// Whether a URL from content may stand in an `href`; relative addresses are not resolved here and refused.
pub fn is_safe_url(url: &str) -> bool {
    let Some((scheme, _)) = url.split_once(':') else { return false };
    ["http", "https", "mailto", "tel"].iter().any(|allowed| scheme.eq_ignore_ascii_case(allowed))
}

/// Writes the `../`s from `from` towards `to` and returns what is left of `to`.
fn climb<'a>(from: &str, to: &'a str, is_folder: bool, href: &mut String) -> &'a str {
    // Both read as if they ended in a slash; a file does not, for its name is never shared with a folder.
    let end = is_folder.then_some(b'/');
    let ours = from.bytes().chain([b'/']);
    let theirs = to.bytes().chain(end);
    let mut shared = 0;
    for (at, (our, their)) in ours.zip(theirs).enumerate() {
        if our != their {
            break;
        }
        if our == b'/' {
            shared = at + 1;
        }
    }
    let left = from.get(shared..).unwrap_or("");
    if !left.is_empty() {
        href.push_str("../");
        left.bytes().filter(|byte| *byte == b'/').for_each(|_| href.push_str("../"));
    }
    to.get(shared..).unwrap_or("")
}

fn push_fragment(href: &mut String, fragment: Option<&str>) {
    if let Some(fragment) = fragment {
        href.push('#');
        push_encoded(href, fragment, false);
    }
}

/// Percent-encodes what has a meaning in URLs. Letters beyond ASCII stay readable in links within
/// the site, and are encoded (`everything`) where other programs read them.
fn push_encoded(out: &mut String, text: &str, everything: bool) {
    if text.bytes().all(is_plain) {
        out.push_str(text);
        return;
    }
    for c in text.chars() {
        let stays = if c.is_ascii() {
            is_plain(c as u8)
        } else {
            !everything && !c.is_control() && !c.is_whitespace()
        };
        if stays {
            out.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}

/// Bytes without a meaning of their own in paths and fragments.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~/!$()*+,;=@".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_climb_only_as_far_as_needed() {
        for (from, to, online, offline) in [
            ("", "", "./", "index.html"),
            ("", "roles", "roles/", "roles/index.html"),
            ("roles", "", "../", "../index.html"),
            ("a/b", "a/b", "./", "index.html"),
            ("a/b", "a", "../", "../index.html"),
            ("a/b", "a/c", "../c/", "../c/index.html"),
            ("a/b", "ab", "../../ab/", "../../ab/index.html"),
            ("ja/a", "a", "../../a/", "../../a/index.html"),
            ("a", "a/x: y", "x%3A%20y/", "x%3A%20y/index.html"),
        ] {
            assert_eq!(Here::new(from, false).page(to, None), online, "{from} → {to}");
            assert_eq!(Here::new(from, true).page(to, None), offline, "{from} → {to}");
        }
    }

    #[test]
    fn a_fragment_of_the_same_page_stands_alone() {
        assert_eq!(Here::new("a/b", false).page("a/b", Some("x y")), "#x%20y");
        assert_eq!(Here::new("a/b", true).page("a", Some("x")), "../index.html#x");
    }

    #[test]
    fn files_are_named_whole() {
        assert_eq!(Here::new("a", false).file("a"), "../a");
        assert_eq!(Here::new("a/b", false).file("a/図 1.png"), "../図%201.png");
        assert_eq!(Here::new("", false).file("assets/site.css"), "assets/site.css");
    }

    #[test]
    fn a_page_shown_anywhere_links_from_the_root() {
        let base = BaseUrl { origin: "https://x.example".to_owned(), path: "/hb/".to_owned() };
        assert_eq!(Here::anywhere(&base).page("ja/roles", Some("a b")), "/hb/ja/roles/#a%20b");
        assert_eq!(Here::anywhere(&base).page("", None), "/hb/");
        assert_eq!(absolute(&base, "ja/標").as_deref(), Some("https://x.example/hb/ja/%E6%A8%99/"));
        assert_eq!(absolute(&base, "").as_deref(), Some("https://x.example/hb/"));
    }

    #[test]
    fn only_harmless_schemes_are_linked() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            " javascript:x",
            "data:text/html,x",
            "/x",
            "java\tscript:x",
        ] {
            assert!(!is_safe_url(bad), "{bad}");
        }
        for good in ["https://x", "HTTP://x", "mailto:a@b", "tel:1"] {
            assert!(is_safe_url(good), "{good}");
        }
    }
}
