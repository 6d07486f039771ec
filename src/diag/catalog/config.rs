//! Complaints about config.

use crate::diag::{Diagnostic, Diagnostics, Name, Span, Spanned};

codes! {
    BASE_URL = "config/base-url", Error, "The base address goes into every canonical link, feed and permalink.";
    LANGUAGE = "config/language", Error, "Language tags become folders and `lang` attributes, so they have one spelling.";
    NO_LANGUAGE = "config/no-language", Error, "A handbook has at least one language.";
    UNKNOWN_LANGUAGE = "config/unknown-language", Error, "A text in a language that the handbook does not have is never shown.";
    TWICE = "config/twice", Error, "The same entry stands twice in a list.";
    THEME_NAME = "config/theme-name", Error, "A theme is a folder below `themes/`; its name cannot lead elsewhere.";
    UNKNOWN_AUDIENCE = "config/unknown-audience", Error, "A build is for one of the audiences of the handbook.";
    NO_AUDIENCE = "config/no-audience", Error, "A handbook has at least one audience.";
    UNKNOWN_CODE = "config/unknown-code", Error, "A complaint is silenced by its code; this is the code of none.";
    UNUSED_ANSWERS = "config/unused-answers", Warning, "Answers with weights belong to the additive scheme.";
    NO_ANSWERS = "config/no-answers", Error, "The additive scheme adds up the weights of answers, so it needs them.";
    RENAME_CIRCLE = "config/rename-circle", Error, "A renamed id that leads back to itself leads nowhere.";
}

impl Diagnostics {
    /// `span`: `None` for the flag `--base-url`. `why` as in "it cannot have a query".
    pub fn bad_base_url(&mut self, span: Option<Span>, why: &str) {
        let subject = if span.is_some() { "`base_url`" } else { "`--base-url`" };
        self.push(
            Diagnostic::new(&BASE_URL, span, format!("{subject} {why}"))
                .help("write it like `https://handbook.example.com/` or `https://example.com/handbook/`"),
        );
    }

    pub fn bad_language(&mut self, tag: &Spanned<String>, meant: Option<&str>) {
        let message = format!("`{}` is no language tag", tag.value.escape_debug());
        let diagnostic = Diagnostic::new(&LANGUAGE, tag.span.clone(), message);
        self.push(match meant {
            Some(meant) => diagnostic.help(format!("write `{meant}`")),
            None => diagnostic.help("write a tag such as `en`, `ja` or `pt-BR`"),
        });
    }

    pub fn no_language(&mut self, span: Span) {
        self.push(
            Diagnostic::new(&NO_LANGUAGE, span, "`languages` is empty")
                .help("write `languages: [en]` or remove the key"),
        );
    }

    pub fn config_unknown_language(&mut self, lang: &Name, nearest: Option<&str>, languages: &str) {
        self.push(
            Diagnostic::new(
                &UNKNOWN_LANGUAGE,
                lang.span.clone(),
                format!("`{}` is none of the handbook's languages", lang.value.escape_debug()),
            )
            .nearest(nearest)
            .help(format!("the languages are: {languages}")),
        );
    }

    pub fn config_twice(&mut self, entry: &Spanned<String>, key: &str, first: &Span) {
        self.push(
            Diagnostic::new(
                &TWICE,
                entry.span.clone(),
                format!("`{}` stands twice in `{key}`", entry.value.escape_debug()),
            )
            .related(first.clone(), "first written here")
            .help("remove one of them"),
        );
    }

    pub fn bad_theme_name(&mut self, theme: &Spanned<String>) {
        self.push(
            Diagnostic::new(
                &THEME_NAME,
                theme.span.clone(),
                format!("`{}` is no name of a theme", theme.value.escape_debug()),
            )
            .help("write the name of a folder below `themes/`: letters, digits, hyphens and underscores"),
        );
    }

    /// `span`: `None` for the flag `--audience`.
    pub fn config_unknown_audience(
        &mut self,
        span: Option<Span>,
        audience: &str,
        nearest: Option<&str>,
        audiences: &[String],
    ) {
        let message = format!("`{}` is none of the handbook's audiences", audience.escape_debug());
        self.push(
            Diagnostic::new(&UNKNOWN_AUDIENCE, span, message)
                .nearest(nearest)
                .help(format!("the audiences are: {}", audiences.join(", "))),
        );
    }

    pub fn no_audience(&mut self, span: Span) {
        self.push(
            Diagnostic::new(&NO_AUDIENCE, span, "`audiences` is empty")
                .help("write `audiences: [public, internal, restricted]` or remove the key"),
        );
    }

    pub fn config_unknown_code(&mut self, code: &Spanned<String>, nearest: Option<&str>) {
        self.push(
            Diagnostic::new(
                &UNKNOWN_CODE,
                code.span.clone(),
                format!("there is no complaint with the code `{}`", code.value.escape_debug()),
            )
            .nearest(nearest),
        );
    }

    pub fn unused_answers(&mut self, span: Span) {
        self.push(
            Diagnostic::new(&UNUSED_ANSWERS, span, "`answers` has no effect under the cumulative scheme")
                .help("remove the key, or write `scheme: additive`"),
        );
    }

    pub fn no_answers(&mut self, span: Span) {
        self.push(
            Diagnostic::new(&NO_ANSWERS, span, "the additive scheme needs `answers`")
                .help("add `answers: [{id: yes, text: Yes, weight: 1}, …]`"),
        );
    }

    pub fn rename_circle(&mut self, id: &Name) {
        self.push(
            Diagnostic::new(
                &RENAME_CIRCLE,
                id.span.clone(),
                format!("the renames of `{}` lead back to it", id.value.escape_debug()),
            )
            .help("remove the rename that is wrong"),
        );
    }
}
