//! What a page of HTML links to, and where it can be landed on.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};

use lol_html::html_content::Element;
use lol_html::{HtmlRewriter, Settings, element};

/// A page as far as links are concerned.
#[derive(Debug, Default)]
pub struct Page {
    /// Every `href` and `src`, and where a refresh leads, each once.
    pub links: Vec<String>,
    anchors: HashSet<String>,
}

impl Page {
    /// Reads what it can; markup that breaks off simply ends.
    pub fn read(html: &[u8]) -> Self {
        let links = RefCell::new(BTreeSet::new());
        let anchors = RefCell::new(HashSet::new());
        // Asking for each attribute by name would search them, and copy the name, once per question.
        let noted = |element: &Element<'_, '_>| {
            let mut is_refresh = false;
            let mut content = None;
            for attribute in element.attributes() {
                match attribute.name().as_str() {
                    "href" | "src" | "poster" => drop(links.borrow_mut().insert(plain(&attribute.value()))),
                    "srcset" => {
                        let set = attribute.value();
                        let sources = set.split(',').filter_map(|source| source.split_whitespace().next());
                        links.borrow_mut().extend(sources.map(plain));
                    }
                    "id" | "name" => drop(anchors.borrow_mut().insert(plain(&attribute.value()))),
                    "http-equiv" => is_refresh = attribute.value().eq_ignore_ascii_case("refresh"),
                    "content" => content = Some(attribute.value()),
                    _ => {}
                }
            }
            if is_refresh && let Some((_, link)) = content.as_deref().and_then(refresh) {
                links.borrow_mut().insert(link);
            }
        };
        let settings = Settings::new();
        let settings = settings.append_element_content_handler(element!("*", |element| {
            noted(element);
            Ok(())
        }));
        let mut reader = HtmlRewriter::new(settings, |_: &[u8]| {});
        // What cannot be read has no links; the template tests say more about broken markup.
        let _ = reader.write(html).and_then(|()| reader.end());
        Self { links: links.into_inner().into_iter().collect(), anchors: anchors.into_inner() }
    }

    pub fn anchors(self) -> BTreeSet<String> {
        self.anchors.into_iter().collect()
    }

    pub fn has_anchor(&self, fragment: &str) -> bool {
        fragment.is_empty() || fragment == "top" || self.anchors.contains(fragment)
    }
}

/// `0; url=../slo/` → the wait and the address.
fn refresh(content: &str) -> Option<(&str, String)> {
    let (wait, rest) = content.split_once(';')?;
    let link = rest.trim_start().strip_prefix("url=")?;
    Some((wait, plain(link)))
}

/// An attribute's value without entities; the few that our escaping writes.
fn plain(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'")];
    let text = entities.iter().fold(value.to_owned(), |text, (entity, c)| text.replace(entity, c));
    text.replace("&amp;", "&")
}
