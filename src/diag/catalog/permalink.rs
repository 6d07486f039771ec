//! Complaints about addresses that others may have written down: permalinks, renames, aliases.

use crate::diag::{Diagnostic, Diagnostics, Name, Span, Spanned};
use crate::model::{AliasError, Id, Kind};

codes! {
    VANISHED = "permalink/vanished", Error,
        "A permalink that was published would lead nowhere; other documents may link to it.";
    MOVED = "permalink/moved", Error,
        "A page stands at another address than when it was published, and the old address would lead nowhere.";
    STILL_EXISTS = "permalink/still-exists", Error,
        "model.yaml says that an id was renamed or retired, but something still has it.";
    BAD_ALIAS = "permalink/bad-alias", Error,
        "An alias is an old address below the site's root; from another host or with a query it could not be served.";
    ALIAS_TAKEN = "permalink/alias-taken", Error,
        "An alias stands where something else stands, so it would never be seen.";
    NOT_RECORDED = "permalink/not-recorded", Error,
        "With `--locked`, `permalinks.lock` must already name every permalink of the build.";
}

/// Something whose permalink leads nowhere.
#[derive(Clone, Debug)]
pub struct Vanished<'a> {
    pub kind: Kind,
    pub id: &'a str,
    /// Where its page stood: `/roles/sre/`.
    pub address: &'a str,
    /// Its line in permalinks.lock.
    pub recorded: &'a Span,
    /// Whether model.yaml once said what became of it.
    pub was_explained: bool,
}

impl Diagnostics {
    /// Nothing that is new looks like it. `today` as in `2026-11-20`.
    pub fn permalink_vanished(&mut self, vanished: &Vanished<'_>, today: &str) {
        let Vanished { kind, id, address, recorded, .. } = vanished;
        let message = match vanished.was_explained {
            false => format!("the permalink of the {kind} `{id}` would vanish; it led to {address}"),
            true => format!(
                "the permalink of the {kind} `{id}` would vanish: model.yaml does not say any more what became of it"
            ),
        };
        let diagnostic = Diagnostic::new(&VANISHED, (*recorded).clone(), message);
        self.push(match vanished.was_explained {
            true => diagnostic.help("bring back its line in model.yaml, as version control has it"),
            false => diagnostic.help(retire(id, today)).help(format!(
                "if it has another id now, write `renamed: {{{id}: <new id>}}` into model.yaml"
            )),
        });
    }

    /// `heir`: what it probably is now, and the file that says so.
    pub fn permalink_renamed(&mut self, vanished: &Vanished<'_>, heir: &Name, file: &str, today: &str) {
        let Vanished { kind, id, address, recorded, .. } = vanished;
        let new = &heir.value;
        let message = format!("the permalink of the {kind} `{id}` would vanish; is it `{new}` now?");
        let mut diagnostic = Diagnostic::new(&VANISHED, heir.span.clone(), message)
            .related((*recorded).clone(), "it was published as this")
            .help(format!(
                "if it is, write `renamed: {{{id}: {new}}}` into model.yaml; whatever led to it leads here then"
            ));
        // The ids of these two are not written in front matter.
        if !matches!(kind, Kind::Assessment | Kind::Slo) {
            diagnostic = diagnostic.help(format!(
                "or let it keep its id: write `id: {id}` and `aliases: [{address}]` into the front matter of {file}"
            ));
        }
        self.push(diagnostic.help(retire(id, today)));
    }

    /// `has_aliases`: whether its front matter has some already.
    pub fn permalink_moved(&mut self, name: &Name, kind: Kind, old: &str, new: &str, has_aliases: bool) {
        let message = format!("the {kind} `{}` was published at {old}, which would lead nowhere", name.value);
        let advice = match (kind, has_aliases) {
            (Kind::Slo, _) => format!("write `shirube.dev/aliases: {old}` into its annotations"),
            (_, true) => format!("add `{old}` to its `aliases`"),
            (_, false) => format!("write `aliases: [{old}]` into its front matter"),
        };
        self.push(
            Diagnostic::new(&MOVED, name.span.clone(), message)
                .help(format!("{advice}; the old address then leads to {new}"))
                .help("or move the file back"),
        );
    }

    /// `place`: what still has the id.
    pub fn still_exists(&mut self, name: &Name, place: &Span) {
        let message = format!("`{}` is not gone", name.value);
        self.push(
            Diagnostic::new(&STILL_EXISTS, name.span.clone(), message)
                .related(place.clone(), "this still has the id")
                .help("remove the entry, or what has the id"),
        );
    }

    pub fn bad_alias(&mut self, alias: &Spanned<String>, error: AliasError) {
        let why = match error {
            AliasError::WholeUrl => "it is a whole URL",
            AliasError::Query => "static hosts look at no query",
            AliasError::Root => "it is the home page",
            AliasError::Segment => "it has an empty part, `.`, `..`, `\\` or `:` in it",
        };
        let message = format!("`{}` cannot be an alias: {why}", alias.value.escape_debug());
        self.push(
            Diagnostic::new(&BAD_ALIAS, alias.span.clone(), message)
                .help("write an address below the site's root, such as `/old/page/`"),
        );
    }

    /// `other`: what stands there; `None` for a page that no file stands for.
    pub fn alias_taken(&mut self, alias: &Spanned<String>, other: Option<&Span>) {
        let diagnostic = Diagnostic::new(
            &ALIAS_TAKEN,
            alias.span.clone(),
            format!("the address `{}` is taken", alias.value),
        );
        self.push(match other {
            Some(other) => diagnostic
                .related(other.clone(), "this has it")
                .help("remove the alias, or what has the address"),
            None => diagnostic.help("remove the alias: the site has a page of its own there"),
        });
    }

    pub fn alias_of_itself(&mut self, alias: &Spanned<String>) {
        let message = format!("`{}` is where this page stands today", alias.value);
        self.push(
            Diagnostic::new(&ALIAS_TAKEN, alias.span.clone(), message)
                .help("remove the alias; an alias is an address the page had before"),
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

/// What to do about something that is gone.
fn retire(id: &str, today: &str) -> String {
    format!(
        "if it is gone for good, write `retired: {{{id}: {{reason: <why>, successor: <id>, on: {today}}}}}` into \
         model.yaml, without `successor` if nothing takes its place"
    )
}
