//! Complaints about yaml: its syntax, and values that do not fit their key.

use crate::diag::{Diagnostic, Diagnostics, Name, Span, Spanned};

codes! {
    SYNTAX = "yaml/syntax", Error, "The YAML cannot be read, so nothing of it is known.";
    TOO_BIG = "yaml/too-big", Error, "The YAML is larger than anything a person writes; it is refused before it is read.";
    TOO_DEEP = "yaml/too-deep", Error, "Lists and maps are nested deeper than any key of a handbook needs.";
    ALIAS = "yaml/alias", Error, "Anchors and aliases are refused: a few lines of them can stand for gigabytes.";
    TAG = "yaml/tag", Error, "Tags are refused: the key alone decides what a value is.";
    SEVERAL_DOCUMENTS = "yaml/several-documents", Error, "Only one YAML document can stand here.";
    DUPLICATE_KEY = "yaml/duplicate-key", Error, "The same key is written twice; which of the two is meant?";
    KEY_NOT_TEXT = "yaml/key-not-text", Error, "A key must be a word, not a list or a map.";
    CONTROL_CHARACTER = "yaml/control-character", Error, "Control characters cannot be shown or put into feeds.";
    UNKNOWN_KEY = "yaml/unknown-key", Error, "Nobody reads this key, so what it says would be lost silently.";
    MISSING_KEY = "yaml/missing-key", Error, "Something needs this key to make sense.";
    NO_VALUE = "yaml/no-value", Warning, "A key without a value counts as not written.";
    WRONG_TYPE = "yaml/wrong-type", Error, "The value is of another type than its key asks for.";
    BAD_DATE = "yaml/bad-date", Error, "The value is no date or time of the calendar.";
    OUT_OF_RANGE = "yaml/out-of-range", Error, "The number is smaller or larger than its key allows.";
    UNKNOWN_CHOICE = "yaml/unknown-choice", Error, "The key knows a fixed set of words, and this is none of them.";
    BAD_ID = "yaml/bad-id", Error, "Ids become addresses and anchors, so they are lower case ASCII letters, digits and hyphens.";
    BAD_URL = "yaml/bad-url", Error, "Addresses outside the handbook are http, https or mailto; anything else could run a script.";
}

/// Why a piece of YAML cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// `title: Budgets: a policy`
    ColonInValue,
    /// A value that goes on in the next line with something like a key.
    KeyInsideValue,
    /// A value that begins with a character YAML keeps for itself.
    ReservedStart(char),
    /// A character that does not belong here at all.
    Unexpected(char),
    UnclosedQuote(char),
    /// `[` or `{` that is never closed.
    UnclosedBracket(char),
    /// A closing bracket without an opening one.
    StrayBracket,
    /// An opening bracket, closed by one of the other shape.
    MismatchedBracket(char, char),
    /// Two entries between brackets without a comma, or no closing bracket.
    MissingComma,
    /// A comment between the lines of a text.
    CommentInText,
    /// Something behind a closing quote.
    AfterQuote,
    /// Something behind a closing bracket: `[[id]] and so on`.
    AfterBracket,
    /// `\d` between double quotes.
    UnknownEscape,
    Tab,
    /// A line without `key:`.
    NotAKey,
    /// A line at an indentation that no surrounding line has.
    Indentation,
    /// `key: - item` on one line.
    ListOnKeyLine,
    /// A `%` directive.
    Directive,
    /// A byte order mark in the middle.
    ByteOrderMark,
    /// A block text (`|`, `>`) whose first line or header is wrong.
    BlockText,
    Other,
}

/// What a value turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<'a> {
    /// Unquoted.
    Plain(&'a str),
    Quoted(&'a str),
    List,
    Map,
}

impl Diagnostics {
    pub fn yaml_syntax(&mut self, span: Span, mistake: Mistake) {
        let (message, help) = match mistake {
            Mistake::ColonInValue => (
                "a value with `: ` in it must be quoted".into(),
                "put the value between double quotes".into(),
            ),
            Mistake::KeyInsideValue => (
                "this reads as a key inside the value of the line above".into(),
                "indent it like the key it stands beside, or quote the value above".into(),
            ),
            Mistake::ReservedStart(c) => (
                format!("an unquoted value cannot begin with `{c}`"),
                "put the value between double quotes".into(),
            ),
            Mistake::Unexpected(c) => (
                format!("the character `{}` cannot stand here", c.escape_default()),
                "remove it, or put the value between double quotes".into(),
            ),
            Mistake::UnclosedQuote(c) => (
                "this quote is not closed".into(),
                format!("write `{c}` at the end of the value; lines that continue it must be indented"),
            ),
            Mistake::UnclosedBracket(c) => (
                format!("this `{c}` is never closed"),
                format!("close it with `{}`", if c == '[' { ']' } else { '}' }),
            ),
            Mistake::StrayBracket => (
                "this bracket closes nothing".into(),
                "remove it, or put the value between double quotes".into(),
            ),
            Mistake::MismatchedBracket(open, close) => (
                format!("this `{open}` is closed by `{close}`"),
                format!("close it with `{}`", if open == '[' { ']' } else { '}' }),
            ),
            Mistake::MissingComma => (
                "a comma or the closing bracket is missing here".into(),
                "separate entries by `, `; put text with brackets, braces or `: ` between double quotes"
                    .into(),
            ),
            Mistake::CommentInText => (
                "a comment interrupts a text of several lines".into(),
                "move the comment above the key, or put the text between double quotes".into(),
            ),
            Mistake::AfterQuote => (
                "there is more text behind the closing quote".into(),
                "quote the whole value; inside double quotes write `\\\"`, inside single quotes `''`".into(),
            ),
            Mistake::AfterBracket => (
                "there is more text behind the closing bracket".into(),
                "put the value between double quotes if it is text".into(),
            ),
            Mistake::UnknownEscape => (
                "a backslash between double quotes begins an escape, and one of these is not known".into(),
                "write `\\\\` for a backslash, or use single quotes".into(),
            ),
            Mistake::Tab => ("a tab cannot indent YAML".into(), "use spaces".into()),
            Mistake::NotAKey => (
                "this line is no `key: value`".into(),
                "add the colon, or indent the line if it goes on from above".into(),
            ),
            Mistake::Indentation => (
                "the indentation of this line fits none of the lines above".into(),
                "indent it exactly like the lines it stands beside".into(),
            ),
            Mistake::ListOnKeyLine => (
                "a list item cannot begin on the line of its key".into(),
                "begin the list on the next line, or write `[one, two]`".into(),
            ),
            Mistake::Directive => ("directives (`%`) are not read".into(), "remove the line".into()),
            Mistake::ByteOrderMark => (
                "there is a byte order mark in the middle of the text".into(),
                "remove the invisible character".into(),
            ),
            Mistake::BlockText => (
                "the block text is not written as YAML wants it".into(),
                "put `|` or `>` alone behind the colon and indent every line below it alike".into(),
            ),
            Mistake::Other => (
                "this cannot be read as YAML".to_owned(),
                "put the value between double quotes if it is text".to_owned(),
            ),
        };
        self.push(Diagnostic::new(&SYNTAX, span, message).help(help));
    }

    pub fn yaml_too_big(&mut self, span: Span, bytes: usize, limit: usize) {
        self.push(
            Diagnostic::new(&TOO_BIG, span, format!("{bytes} bytes of YAML; at most {limit} are read here"))
                .help("move the text below the closing `---` or into files of its own"),
        );
    }

    pub fn yaml_too_deep(&mut self, span: Span, limit: usize) {
        let message = format!("nested too deep: more than {limit} lists and maps inside each other");
        self.push(Diagnostic::new(&TOO_DEEP, span, message).help("check for a bracket that is never closed"));
    }

    pub fn yaml_alias(&mut self, span: Span, sign: char) {
        let (what, place) =
            if sign == '&' { ("anchors", "begins an anchor") } else { ("aliases", "begins an alias") };
        self.push(
            Diagnostic::new(
                &ALIAS,
                span,
                format!("YAML {what} are not supported; an unquoted `{sign}` {place}"),
            )
            .help("write the value out, or put it between double quotes if it is text"),
        );
    }

    pub fn yaml_tag(&mut self, span: Span) {
        self.push(
            Diagnostic::new(&TAG, span, "YAML tags are not supported; an unquoted `!` begins a tag")
                .help("remove the tag, or put the value between double quotes if it is text"),
        );
    }

    pub fn yaml_several_documents(&mut self, span: Span) {
        self.push(
            Diagnostic::new(&SEVERAL_DOCUMENTS, span, "a second YAML document begins here")
                .help("keep one document, without `---` or `...` in between"),
        );
    }

    pub fn yaml_duplicate_key(&mut self, key: &Name, first: &Span) {
        self.push(
            Diagnostic::new(&DUPLICATE_KEY, key.span.clone(), format!("`{}` is written twice", key.value))
                .related(first.clone(), "first written here")
                .help("remove one of them"),
        );
    }

    pub fn yaml_key_not_text(&mut self, span: Span) {
        self.push(
            Diagnostic::new(&KEY_NOT_TEXT, span, "a key must be a word")
                .help("put the value between double quotes if it is text, such as \"{{ name }}\""),
        );
    }

    pub fn yaml_control_character(&mut self, span: Span, c: char) {
        self.push(
            Diagnostic::new(
                &CONTROL_CHARACTER,
                span,
                format!("the value contains the control character U+{:04X}", u32::from(c)),
            )
            .help("remove the character"),
        );
    }

    /// `what`: of which thing it would be a key. `elsewhere`: the kinds that have this key.
    pub fn unknown_key(
        &mut self,
        key: &Name,
        what: &str,
        nearest: Option<&str>,
        known: &[&str],
        elsewhere: &[&str],
    ) {
        let mut diagnostic =
            Diagnostic::new(&UNKNOWN_KEY, key.span.clone(), format!("{what} has no key `{}`", key.value))
                .nearest(nearest);
        if !elsewhere.is_empty() {
            diagnostic = diagnostic.help(format!("`{}` is a key of: {}", key.value, elsewhere.join(", ")));
        } else if nearest.is_none() && known.len() <= 12 {
            diagnostic = diagnostic.help(format!("known keys: {}", known.join(", ")));
        } else if nearest.is_none() && known.contains(&"extra") {
            diagnostic = diagnostic.help("put keys of your own below `extra:`");
        }
        self.push(diagnostic);
    }

    pub fn missing_key(&mut self, span: Span, what: &str, key: &str, about: &str) {
        self.push(
            Diagnostic::new(&MISSING_KEY, span, format!("{what} needs `{key}`"))
                .help(format!("add `{key}:` ({about})")),
        );
    }

    /// `subject`: the key or item, as in "`title`" or "an item of `tags`".
    pub fn no_value(&mut self, span: Span, subject: &str) {
        self.push(
            Diagnostic::new(&NO_VALUE, span, format!("{subject} has no value"))
                .help("write a value or remove it"),
        );
    }

    /// `expected` reads after "must be": `a list`, `a date such as 2026-11-20`.
    pub fn wrong_type(
        &mut self,
        span: Span,
        subject: &str,
        expected: &str,
        found: Found<'_>,
        help: Option<String>,
    ) {
        let found = match found {
            Found::Plain(text) | Found::Quoted(text) if text.chars().count() > 40 => "text".to_owned(),
            Found::Plain(text) => format!("`{}`", text.escape_debug()),
            Found::Quoted(text) => format!("the text \"{}\"", text.escape_debug()),
            Found::List => "a list".to_owned(),
            Found::Map => "a map".to_owned(),
        };
        let mut diagnostic =
            Diagnostic::new(&WRONG_TYPE, span, format!("{subject} must be {expected}, but this is {found}"));
        if let Some(help) = help {
            diagnostic = diagnostic.help(help);
        }
        self.push(diagnostic);
    }

    /// `why`: what is wrong with it, when more is known than that it is no date.
    pub fn bad_date(&mut self, text: &Spanned<String>, subject: &str, expected: &str, why: Option<&str>) {
        let mut diagnostic = Diagnostic::new(
            &BAD_DATE,
            text.span.clone(),
            match why {
                Some(why) => format!("{subject} is no date of the calendar: {why}"),
                None => format!("{subject} must be {expected}"),
            },
        );
        if why.is_some() {
            diagnostic = diagnostic.help(format!("write {expected}"));
        }
        self.push(diagnostic);
    }

    pub fn out_of_range(&mut self, span: Span, subject: &str, expected: &str) {
        self.push(Diagnostic::new(&OUT_OF_RANGE, span, format!("{subject} must be {expected}")));
    }

    pub fn unknown_choice(
        &mut self,
        text: &Spanned<String>,
        subject: &str,
        choices: &[&str],
        nearest: Option<&str>,
    ) {
        let list = choices.iter().map(|choice| format!("`{choice}`")).collect::<Vec<_>>().join(", ");
        self.push(
            Diagnostic::new(
                &UNKNOWN_CHOICE,
                text.span.clone(),
                format!("{subject} cannot be `{}`", text.value.escape_debug()),
            )
            .nearest(nearest)
            .help(format!("write one of {list}")),
        );
    }

    /// `suggestion`: the nearest text that would be an id.
    pub fn bad_id(&mut self, id: &Name, subject: &str, suggestion: Option<&str>) {
        let mut diagnostic = Diagnostic::new(
            &BAD_ID,
            id.span.clone(),
            format!("{subject} must be lower case letters (a-z), digits and hyphens, at most 100 of them"),
        );
        if let Some(suggestion) = suggestion {
            diagnostic = diagnostic.help(format!("write `{suggestion}`"));
        }
        self.push(diagnostic);
    }

    pub fn bad_url(&mut self, url: &Spanned<String>, subject: &str, expected: &str) {
        self.push(
            Diagnostic::new(&BAD_URL, url.span.clone(), format!("{subject} must be {expected}"))
                .help("write it in full, such as `https://example.com/page`"),
        );
    }
}
