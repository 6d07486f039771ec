//! Complaints about the finished site.

use crate::diag::{Diagnostic, Diagnostics};

codes! {
    DEAD_LINK = "site/dead-link", Error,
        "A link on a finished page leads nowhere. Links in content are checked before, so a template made it.";
}

impl Diagnostics {
    /// `pages`: the files that carry the link, sorted; at least one.
    pub fn dead_link(&mut self, link: &str, pages: &[&str]) {
        let first = pages.first().copied().unwrap_or_default();
        let others = match pages.len() {
            0 | 1 => String::new(),
            2 => " and one other page".to_owned(),
            count => format!(" and {} other pages", count - 1),
        };
        let message = format!("the link `{link}` on `{first}`{others} leads nowhere");
        self.push(
            Diagnostic::new(&DEAD_LINK, None, message)
                .help("mend the template that writes it, or the raw HTML of the page"),
        );
    }
}
