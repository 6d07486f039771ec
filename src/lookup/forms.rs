//! The link to something, for each sort of document.

use serde::Serialize;

use super::Hit;
use crate::config::BaseUrl;
use crate::model::{Lang, Site};
use crate::render::address::{self, Here};

/// A sort of link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Permalink,
    Url,
    Markdown,
    Html,
    Rst,
    Wiki,
}

/// The link in every form that there is of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Forms {
    /// The words of the link, in its language: the title, of a criterion its text.
    pub title: String,
    /// From the root of the host: the permalink, or where a page without one stands.
    pub address: String,
    /// From the root of the host: `/go/slo-targets/#agreed`. Plain pages without an id have none.
    pub permalink: Option<String>,
    /// The whole address; `None` without `base_url`.
    pub url: Option<String>,
    /// These lead to `address` where the whole one is not known.
    pub markdown: String,
    pub html: String,
    pub rst: String,
    /// For bodies of the handbook itself; none without an id.
    pub wiki: Option<String>,
}

impl Forms {
    /// The link to `hit` for readers of `lang`.
    pub fn new(site: &Site, base: &BaseUrl, hit: &Hit<'_>, lang: &Lang) -> Self {
        let thing = site.handbook.thing(hit.thing);
        let kind = thing.kind;
        let title = hit.criterion.and_then(|criterion| thing.criterion_text(criterion, lang));
        let title = title.map_or(thing.title(lang), |text| text.trim_end_matches(['.', '。'])).to_owned();
        // The shortest is the one to give away.
        let permalinks = thing.id.iter().flat_map(|id| address::permalinks(kind, id.as_str()));
        let permalink = permalinks.min_by_key(String::len);
        let address = permalink.as_deref().unwrap_or(&thing.address);
        let folder = address::folder(address, lang, site.handbook.default_language());

        let path = Here::anywhere(base).page(&folder, hit.criterion);
        let fragment = hit.criterion.map(|criterion| format!("#{criterion}")).unwrap_or_default();
        let url = address::absolute(base, &folder).map(|url| url + &fragment);
        let target = url.as_ref().unwrap_or(&path);
        Self {
            markdown: format!("[{}]({})", escaped(&title, "\\[]*_`<>"), in_parentheses(target)),
            html: format!("<a href=\"{}\">{}</a>", in_html(target), in_html(&title)),
            rst: format!("`{} <{target}>`__", escaped(&title, "\\`<")),
            wiki: thing.id.as_ref().map(|id| format!("[[{kind}:{id}{fragment}]]")),
            permalink: permalink.map(|_| path.clone()),
            address: path,
            url,
            title,
        }
    }

    /// The link in one form; `None` where there is none.
    pub fn get(&self, form: Form) -> Option<&str> {
        match form {
            Form::Permalink => self.permalink.as_deref(),
            Form::Url => self.url.as_deref(),
            Form::Markdown => Some(&self.markdown),
            Form::Html => Some(&self.html),
            Form::Rst => Some(&self.rst),
            Form::Wiki => self.wiki.as_deref(),
        }
    }
}

/// `text` with a backslash before each of `special`.
fn escaped(text: &str, special: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if special.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn in_parentheses(url: &str) -> String {
    url.replace('(', "%28").replace(')', "%29")
}

fn in_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
