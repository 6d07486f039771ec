//! Complaints about themes: their templates, words and description.

use crate::diag::{Diagnostic, Diagnostics, FilePath, Name, Span, nearest};
use crate::model::Lang;

codes! {
    MANIFEST = "theme/manifest", Error, "A theme describes itself in `theme.yaml`: its name and the API version it was made for.";
    API = "theme/api", Error, "A theme made for another version of the theme API would miss values or ask for unknown ones.";
    UNREADABLE = "theme/unreadable", Error, "A file of the theme cannot be read as what it should be.";
    TEMPLATE_SYNTAX = "theme/template-syntax", Error, "A template breaks the rules of the template language.";
    TEMPLATE_MISSING = "theme/template-missing", Error, "Every kind of page needs its template.";
    UNKNOWN_NAME = "theme/unknown-name", Error, "A template uses a filter, function, component or template that does not exist.";
    UNKNOWN_VARIABLE = "theme/unknown-variable", Error, "A template asks for a value that its page does not have.";
    TEMPLATE_FAILED = "theme/template-failed", Error, "A template could not be filled.";
    PAGE_TOO_LARGE = "theme/page-too-large", Error, "A template writes without end, or nearly so.";
    UNKNOWN_KEY = "theme/unknown-key", Warning, "A key in `theme.yaml` or in a file of words is not used by anything.";
    MISSING_WORDS = "theme/missing-words", Warning, "A language lacks words that English has; readers see the English ones.";
    LANGUAGE = "theme/language", Hint, "The theme does not speak a language of the handbook; its labels appear in English.";
}

impl Diagnostics {
    /// No `theme.yaml` at all.
    pub fn theme_without_manifest(&mut self) {
        self.push(
            Diagnostic::new(&MANIFEST, None, "the theme has no `theme.yaml`")
                .help("create it with `name: …` and `api: 1`"),
        );
    }

    /// `found` is what the theme says, `None` when it says nothing.
    pub fn theme_api(&mut self, span: Span, found: Option<&str>, supported: u32) {
        let message = match found {
            Some(found) => {
                format!("the theme was made for theme API {found}, this program offers {supported}")
            }
            None => format!(
                "the theme does not say which theme API it was made for; this program offers {supported}"
            ),
        };
        self.push(Diagnostic::new(&API, span, message).help(format!(
            "compare the templates with the views of API {supported}, then write `api: {supported}`"
        )));
    }

    /// `at`: the first byte that is not UTF-8.
    pub fn theme_file_not_text(&mut self, file: &FilePath, at: usize) {
        self.push(
            Diagnostic::new(&UNREADABLE, Span::new(file, at..at), "this is not UTF-8 text")
                .help("save the file as UTF-8"),
        );
    }

    /// A list, a map or nothing where a text is expected.
    pub fn theme_not_flat(&mut self, span: Span) {
        self.push(
            Diagnostic::new(&UNREADABLE, span, "a text is expected here")
                .help("write `key: text`; quote texts that begin with a brace or hold a colon"),
        );
    }

    /// `from`: a script that is not in the folder; `None` for an import of another form.
    pub fn theme_script_import<'a>(
        &mut self,
        span: Span,
        from: Option<&str>,
        known: impl IntoIterator<Item = &'a str>,
    ) {
        let message = match from {
            Some(from) => format!("there is no script `{from}` beside this one"),
            None => "scripts are joined into one, which leaves a single form of an import".to_owned(),
        };
        self.push(
            Diagnostic::new(&UNREADABLE, span, message)
                .nearest(from.and_then(|from| nearest(from, known)))
                .help("write `import { a, b } from \"./<script of the same folder>.js\";` on one line"),
        );
    }

    /// Two scripts of a folder that declare one name. `other`: the script that came first.
    pub fn theme_script_name(&mut self, span: Span, name: &str, other: &str) {
        self.push(
            Diagnostic::new(&UNREADABLE, span, format!("`{name}` is declared in `{other}` already"))
                .help("give it another name: the scripts of a folder are joined and share one scope"),
        );
    }

    /// Scripts that import from one another, in the end each from itself.
    pub fn theme_script_circle(&mut self, span: Span, from: &str) {
        self.push(
            Diagnostic::new(&UNREADABLE, span, format!("`{from}` needs this script, which imports from it"))
                .help("move what both need into a third script"),
        );
    }

    /// A key of `theme.yaml` that nothing reads.
    pub fn unknown_theme_key<'a>(&mut self, key: &Name, known: impl IntoIterator<Item = &'a str>) {
        self.push(
            Diagnostic::new(
                &UNKNOWN_KEY,
                key.span.clone(),
                format!("`{}` is not a key of `theme.yaml`", key.value),
            )
            .nearest(nearest(&key.value, known)),
        );
    }

    /// Words that English does not have.
    pub fn unknown_words<'a>(&mut self, key: &Name, known: impl IntoIterator<Item = &'a str>) {
        self.push(
            Diagnostic::new(
                &UNKNOWN_KEY,
                key.span.clone(),
                format!("no template asks for the words `{}`", key.value),
            )
            .nearest(nearest(&key.value, known))
            .help("words must have the same keys in every language as in `i18n/en.yaml`"),
        );
    }

    pub fn missing_words(&mut self, file: &FilePath, missing: &[&str]) {
        let names = missing.iter().take(5).map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        let more = if missing.len() > 5 { format!(" and {} more", missing.len() - 5) } else { String::new() };
        self.push(
            Diagnostic::new(&MISSING_WORDS, Span::whole(file), format!("words are missing: {names}{more}"))
                .help("add them; `i18n/en.yaml` has them all"),
        );
    }

    pub fn theme_without_language(&mut self, lang: &Lang) {
        self.push(
            Diagnostic::new(
                &LANGUAGE,
                None,
                format!("the theme has no words in `{lang}`, its labels will be English"),
            )
            .help(format!("add `i18n/{lang}.yaml` to your theme folder, with the keys of `i18n/en.yaml`")),
        );
    }
}

// Templates fail while pages are made in parallel, so these return the complaint instead of keeping it.

pub fn template_syntax(span: Option<Span>, message: &str) -> Diagnostic {
    Diagnostic::new(&TEMPLATE_SYNTAX, span, lower_first(message))
}

/// `what` is the template engine's sentence: ``Unknown filter `x` ``.
pub fn unknown_name(span: Option<Span>, what: &str) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_NAME, span, lower_first(what))
        .help("check the spelling; components must be defined in a template of the theme")
}

pub fn unknown_variable(span: Option<Span>, name: &str, known: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(&UNKNOWN_VARIABLE, span, format!("`{name}` is not defined here"))
        .nearest(nearest(name, known.iter().copied()));
    match known {
        [] => diagnostic,
        _ => diagnostic.help(format!("there are: {}", known.join(", "))),
    }
}

pub fn template_failed(span: Option<Span>, message: &str) -> Diagnostic {
    Diagnostic::new(&TEMPLATE_FAILED, span, lower_first(message))
}

pub fn template_missing(name: &str) -> Diagnostic {
    Diagnostic::new(&TEMPLATE_MISSING, None, format!("the theme has no template `{name}`"))
        .help(format!("add `templates/{name}` to the theme"))
}

/// `limit` in MiB.
pub fn page_too_large(span: Option<Span>, template: &str, limit: usize) -> Diagnostic {
    Diagnostic::new(&PAGE_TOO_LARGE, span, format!("`{template}` writes more than {limit} MiB for one page"))
        .help("look for a loop over too much, or a component that calls itself")
}

/// The engine starts its sentences with a capital and ends some with a full stop; we don't.
fn lower_first(message: &str) -> String {
    let message = message.trim_end_matches('.');
    let mut chars = message.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}
