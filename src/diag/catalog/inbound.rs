//! Complaints about links of other documents into this handbook.

use crate::diag::{Diagnostic, Diagnostics, Span};
use crate::model::HiddenReason;

codes! {
    BROKEN = "inbound/broken", Error,
        "A link in another document leads to an address that this handbook does not have.";
    MOVED = "inbound/moved", Warning,
        "A link in another document leads to an old address, from which readers are taken on.";
    STALE_ANCHOR = "inbound/stale-anchor", Warning,
        "A link in another document names a place that its page does not have, so readers land at the top.";
    NOT_PERMANENT = "inbound/not-permanent", Hint,
        "A link in another document leads to where a page stands today; its permalink outlives moves and renames.";
    UNREAD = "inbound/unread", Warning,
        "A file of another repository could not be read, so nothing is known of the links in it.";
}

impl Diagnostics {
    /// `nearest`: the link that is probably meant, and whether that is beyond doubt.
    pub fn inbound_broken(&mut self, link: &Span, written: &str, nearest: Option<(&str, bool)>) {
        let message = format!("`{written}` leads nowhere");
        let diagnostic = Diagnostic::new(&BROKEN, link.clone(), message);
        self.push(match nearest {
            Some((near, true)) => diagnostic.help(instead(near)),
            Some((near, false)) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help("`shirube lookup` finds the link to a page, practice, criterion or term"),
        });
    }

    pub fn inbound_hidden(&mut self, link: &Span, written: &str, reason: HiddenReason) {
        let why = match reason {
            HiddenReason::Draft => "is a draft",
            HiddenReason::Audience => "is for a narrower circle of readers",
            HiddenReason::Pack => "is in a pack that is left out",
            HiddenReason::Broken => "cannot be read",
        };
        let message = format!("`{written}` leads to a page that {why}");
        self.push(Diagnostic::new(&BROKEN, link.clone(), message).help(
            "link to what these readers can see, or check with the `--drafts` or `--audience` that the site is built with",
        ));
    }

    pub fn inbound_moved(&mut self, link: &Span, written: &str, today: &str) {
        let message = format!("`{written}` is an old address");
        self.push(Diagnostic::new(&MOVED, link.clone(), message).help(instead(today)));
    }

    pub fn inbound_stale_anchor(&mut self, link: &Span, anchor: &str, nearest: Option<(&str, bool)>) {
        let message = format!("the page has no place `#{anchor}`");
        let diagnostic = Diagnostic::new(&STALE_ANCHOR, link.clone(), message);
        self.push(match nearest {
            Some((near, true)) => diagnostic.help(instead(near)),
            Some((near, false)) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help("link to a heading or criterion that is there, or to the whole page"),
        });
    }

    pub fn inbound_not_permanent(&mut self, link: &Span, written: &str, permalink: &str) {
        let message = format!("`{written}` changes when the page is moved");
        self.push(
            Diagnostic::new(&NOT_PERMANENT, link.clone(), message)
                .help(format!("link to `{permalink}`; `shirube fix-links --permanent` writes it")),
        );
    }

    pub fn inbound_unread(&mut self, file: &Span, why: &str) {
        self.push(
            Diagnostic::new(&UNREAD, file.clone(), format!("this could not be read: {why}"))
                .help("save it as UTF-8 and readable, or move it out of the folder that is checked"),
        );
    }
}

fn instead(link: &str) -> String {
    format!("link to `{link}` instead; `shirube fix-links` writes it")
}
