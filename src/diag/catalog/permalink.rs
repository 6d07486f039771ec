//! Complaints about permalinks.

use crate::diag::{Diagnostic, Diagnostics, Span};
use crate::model::{Id, Kind};

codes! {
    VANISHED = "permalink/vanished", Error,
        "A permalink that was published would lead nowhere; other documents may link to it.";
    NOT_RECORDED = "permalink/not-recorded", Error,
        "With `--locked`, `permalinks.lock` must already name every permalink of the build.";
}

impl Diagnostics {
    pub fn permalink_vanished(&mut self, span: &Span, kind: Kind, id: &str, target: &str) {
        self.push(
            Diagnostic::new(
                &VANISHED,
                span.clone(),
                format!("the permalink of the {kind} `{id}` would vanish; it led to {target}"),
            )
            .help(format!("if it has another id now, write `renamed: {{{id}: <new id>}}` into model.yaml"))
            .help(format!(
                "if it is gone for good, write `retired: {{{id}: {{reason: <why>}}}}` into model.yaml"
            )),
        );
    }

    pub fn permalinks_not_recorded(&mut self, span: &Span, new: &[(Kind, Id)]) {
        let named: Vec<String> = new.iter().take(5).map(|(kind, id)| format!("{kind} `{id}`")).collect();
        let more = if new.len() > 5 { format!(" and {} more", new.len() - 5) } else { String::new() };
        let message = if new.is_empty() {
            "permalinks.lock is out of date: some permalinks lead elsewhere now".to_owned()
        } else {
            format!("permalinks.lock does not record {}{more}", named.join(", "))
        };
        self.push(
            Diagnostic::new(&NOT_RECORDED, span.clone(), message)
                .help("run `shirube build` without --locked, and commit the file"),
        );
    }
}
