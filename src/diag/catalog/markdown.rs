//! Complaints about markdown.

use crate::diag::{Code, Diagnostic, Diagnostics, Span};

codes! {
    SCHEME = "markdown/scheme", Error,
        "A link or image whose scheme could run code or reach into the reader's computer; only http, https, mailto, tel and addresses within the handbook are published.";
    PROTOCOL_RELATIVE = "markdown/protocol-relative", Warning,
        "An address that begins with `//` leads to another host by the scheme of the page, which fails when the site is opened from disk; it is read as https.";
    EMPTY_LINK = "markdown/empty-link", Warning,
        "A link or image without an address leads nowhere; it is shown as text.";
    UNDEFINED_REFERENCE = "markdown/undefined-reference", Warning,
        "A link names a reference that the page does not define, so its brackets are shown as text.";
    UNKNOWN_CALLOUT = "markdown/unknown-callout", Warning,
        "A quote looks like a callout of a kind that does not exist; it is shown as a quote.";
    COMPONENT = "markdown/component", Hint,
        "A component that this version does not render yet is shown as a quote.";
    DUPLICATE_ID = "markdown/duplicate-id", Error,
        "Two headings of a page have the same id, so links to it reach only the first.";
    HEADING_ATTRIBUTE = "markdown/heading-attribute", Warning,
        "A heading takes an id and classes only; other attributes are ignored.";
    HEADING_SKIPS = "markdown/heading-skips", Warning,
        "A heading is more than one level below the one before it, which confuses readers who move from heading to heading.";
    CODE_ATTRIBUTE = "markdown/code-attribute", Warning,
        "Something behind a code fence is no attribute of code blocks; it is ignored.";
    CODE_LINES = "markdown/code-lines", Warning,
        "Line numbers behind a code fence that cannot be read; they are ignored.";
    UNCLOSED_FENCE = "markdown/unclosed-fence", Warning,
        "A code fence is never closed, so everything below it is code.";
    INCLUDE_TEXT = "markdown/include-text", Warning,
        "A code block takes its text from a file and has text of its own, which is ignored.";
    FOOTNOTE_MISSING = "markdown/footnote-missing", Warning,
        "The text refers to a footnote that the page does not define; the brackets are shown as text.";
    FOOTNOTE_UNUSED = "markdown/footnote-unused", Hint,
        "A footnote that the text never refers to is not shown.";
    FOOTNOTE_TWICE = "markdown/footnote-twice", Warning,
        "A footnote is defined twice; the first definition is shown.";
    WIDE_TABLE = "markdown/wide-table", Warning,
        "The tables of a page leave so many cells empty that the page would be many times larger than its source; the empty cells at the end of rows are left out.";
    NESTING = "markdown/nesting", Error,
        "Quotes and lists are nested deeper than anybody can read; what is deeper is left out.";
    HTML_NESTING = "markdown/html-nesting", Error,
        "Elements of raw HTML are nested deeper than anybody needs, often because they are never closed; tags that are deeper are left out.";
    HTML_UNFINISHED = "markdown/html-unfinished", Warning,
        "Raw HTML ends within a tag or comment, because a blank line or the end of the page cuts it off; the rest is shown as text.";
    HTML_ATTRIBUTES = "markdown/html-attributes", Warning,
        "An element of raw HTML has more attributes than any element knows; the rest are left out.";
    FOREIGN_SYNTAX = "markdown/foreign-syntax", Warning,
        "Syntax of another tool would be shown to readers as it stands.";
    IMAGE_ALT = "markdown/image-alt", Hint,
        "An image that is a paragraph of its own has no text for readers who cannot see it.";
    WIKI_IMAGE = "markdown/wiki-image", Warning,
        "`![[…]]` does not embed anything; it is shown as text.";
    NUL = "text/nul", Warning,
        "A NUL character cannot be published; it is shown as a replacement character.";
    BIDI = "text/bidi", Warning,
        "A control character changes the direction of the text, so that what people see differs from what is written.";
}

impl Diagnostics {
    pub fn refused_scheme(&mut self, span: Span, scheme: &str) {
        self.push(
            Diagnostic::new(&SCHEME, span, format!("links with the scheme `{scheme}:` are not published"))
                .help("use `https:`, `http:`, `mailto:`, `tel:`, or a path within the handbook"),
        );
    }

    pub fn network_path(&mut self, span: Span) {
        self.push(
            Diagnostic::new(&SCHEME, span, "a network path is not published")
                .help("link to an `https:` address, or put the file beside the page"),
        );
    }

    pub fn protocol_relative(&mut self, span: Span) {
        self.push(
            Diagnostic::new(
                &PROTOCOL_RELATIVE,
                span,
                "the address does not say its scheme; it is read as `https:`",
            )
            .help("write `https://` in full"),
        );
    }

    pub fn empty_link(&mut self, span: Span) {
        self.push(
            Diagnostic::new(&EMPTY_LINK, span, "the address is empty")
                .help("write where it leads, or remove the brackets"),
        );
    }

    pub fn undefined_reference(&mut self, span: Span, name: &str, nearest: Option<&str>) {
        self.push(
            Diagnostic::new(
                &UNDEFINED_REFERENCE,
                span,
                format!("the page defines no reference `{}`", shortened(name)),
            )
            .nearest(nearest)
            .help(format!(
                "define it with `[{}]: address`, or write the address in parentheses",
                shortened(name)
            )),
        );
    }

    /// `known_as`: our name for what other tools call `word`.
    pub fn unknown_callout(&mut self, span: Span, word: &str, known_as: Option<&str>, nearest: Option<&str>) {
        let diagnostic = Diagnostic::new(&UNKNOWN_CALLOUT, span, format!("there is no callout `{word}`"));
        self.push(match known_as {
            Some(name) => diagnostic.help(format!("write `[!{name}]`; a title may follow it")),
            None => diagnostic.nearest(nearest).help("use NOTE, TIP, IMPORTANT, WARNING or CAUTION"),
        });
    }

    pub fn component_not_rendered(&mut self, span: Span, word: &str) {
        self.push(Diagnostic::new(
            &COMPONENT,
            span,
            format!("the component `{word}` is shown as a quote for now"),
        ));
    }

    pub fn duplicate_heading_id(&mut self, span: Span, id: &str, given: &str, first: Span) {
        self.push(
            Diagnostic::new(
                &DUPLICATE_ID,
                span,
                format!("the id `{}` is taken by another heading of this page", shortened(id)),
            )
            .related(first, "first used here")
            .help(format!("choose another id; until then it is `{}`", shortened(given))),
        );
    }

    pub fn unknown_heading_attribute(&mut self, span: Span, attribute: &str) {
        self.push(
            Diagnostic::new(
                &HEADING_ATTRIBUTE,
                span,
                format!("headings have no attribute `{}`", shortened(attribute)),
            )
            .help("only `#id` and `.class` can stand in the braces"),
        );
    }

    pub fn heading_skips(&mut self, span: Span, level: u8, before: u8) {
        self.push(
            Diagnostic::new(&HEADING_SKIPS, span, format!("a level {level} heading follows level {before}"))
                .help(format!("make it level {}, or add the heading in between", before + 1)),
        );
    }

    pub fn unknown_code_attribute(&mut self, span: Span, attribute: &str, nearest: Option<&str>) {
        self.push(
            Diagnostic::new(
                &CODE_ATTRIBUTE,
                span,
                format!("code blocks have no attribute `{}`", shortened(attribute)),
            )
            .nearest(nearest)
            .help("there are `title=\"…\"`, `{1,3-5}`, `linenos`, `diff`, `file=` and `region=`"),
        );
    }

    pub fn code_attribute_without_value(&mut self, span: Span, attribute: &str) {
        self.push(
            Diagnostic::new(&CODE_ATTRIBUTE, span, format!("`{attribute}` needs a value"))
                .help(format!("write `{attribute}=…`, in quotes if it holds spaces")),
        );
    }

    pub fn code_attribute_not_closed(&mut self, span: Span) {
        self.push(
            Diagnostic::new(&CODE_ATTRIBUTE, span, "a quote or brace is never closed")
                .help("close it on the same line"),
        );
    }

    pub fn region_without_file(&mut self, span: Span) {
        self.push(
            Diagnostic::new(&CODE_ATTRIBUTE, span, "`region=` without `file=` takes nothing")
                .help("say the file too: `file=../path.yaml`"),
        );
    }

    pub fn bad_code_lines(&mut self, span: Span, text: &str) {
        self.push(
            Diagnostic::new(&CODE_LINES, span, format!("`{}` names no lines", shortened(text)))
                .help("write numbers from 1, and ranges from low to high: `{1,3-5}`"),
        );
    }

    pub fn unclosed_fence(&mut self, span: Span) {
        self.push(
            Diagnostic::new(
                &UNCLOSED_FENCE,
                span,
                "this code fence is never closed, so everything below it is code",
            )
            .help("repeat the fence on a line of its own where the code ends"),
        );
    }

    pub fn include_with_text(&mut self, span: Span) {
        self.push(
            Diagnostic::new(
                &INCLUDE_TEXT,
                span,
                "the text of this block is ignored, because it is taken from a file",
            )
            .help("delete the lines between the fences, or `file=`"),
        );
    }

    pub fn footnote_missing(&mut self, span: Span, label: &str) {
        self.push(
            Diagnostic::new(&FOOTNOTE_MISSING, span, format!("there is no footnote `{label}` on this page"))
                .help(format!("define it on a line of its own: `[^{label}]: …`")),
        );
    }

    pub fn footnote_unused(&mut self, span: Span, label: &str) {
        self.push(
            Diagnostic::new(
                &FOOTNOTE_UNUSED,
                span,
                format!("nothing refers to the footnote `{}`", shortened(label)),
            )
            .help(format!("refer to it with `[^{}]`, or delete it", shortened(label))),
        );
    }

    pub fn footnote_defined_twice(&mut self, span: Span, label: &str, first: Span) {
        self.push(
            Diagnostic::new(
                &FOOTNOTE_TWICE,
                span,
                format!("the footnote `{}` is defined already", shortened(label)),
            )
            .related(first, "first defined here")
            .help("give one of them another name"),
        );
    }

    pub fn too_many_empty_cells(&mut self, span: Span) {
        self.push(
            Diagnostic::new(
                &WIDE_TABLE,
                span,
                "the tables of this page lack more than 10,000 cells; missing cells are no longer filled in",
            )
            .help("write every cell of a row, or use fewer columns"),
        );
    }

    pub fn nested_too_deep(&mut self, span: Span, limit: usize) {
        self.push(
            Diagnostic::new(
                &NESTING,
                span,
                format!("quotes and lists are nested more than {limit} deep; what is deeper is left out"),
            )
            .help("begin a new paragraph without `>` or indentation"),
        );
    }

    pub fn html_nested_too_deep(&mut self, span: Span, limit: usize) {
        self.push(
            Diagnostic::new(
                &HTML_NESTING,
                span,
                format!("more than {limit} HTML elements are open here; this tag and others are left out"),
            )
            .help("close the elements before it"),
        );
    }

    pub fn html_unfinished(&mut self, span: Span) {
        self.push(
            Diagnostic::new(
                &HTML_UNFINISHED,
                span,
                "this HTML is never finished, and is not published as HTML",
            )
            .help("close the tag or comment; a blank line ends a block of HTML"),
        );
    }

    pub fn too_many_html_attributes(&mut self, span: Span, limit: usize) {
        self.push(Diagnostic::new(
            &HTML_ATTRIBUTES,
            span,
            format!("this element has more than {limit} attributes; the rest are left out"),
        ));
    }

    /// `what`: `an admonition of MkDocs`; `instead`: an imperative sentence.
    pub fn foreign_syntax(&mut self, span: Span, what: &str, instead: &str) {
        self.push(
            Diagnostic::new(&FOREIGN_SYNTAX, span, format!("{what} is shown to readers as it stands"))
                .help(instead),
        );
    }

    pub fn image_without_alt(&mut self, span: Span) {
        self.push(
            Diagnostic::new(&IMAGE_ALT, span, "this image has no alternative text")
                .help("say in the brackets what it shows: `![The error budget burns down](chart.svg)`"),
        );
    }

    pub fn wiki_image(&mut self, span: Span) {
        self.push(
            Diagnostic::new(&WIKI_IMAGE, span, "`![[…]]` embeds nothing here")
                .help("write an image as `![what it shows](file.svg)`, a link as `[[id]]`"),
        );
    }

    pub fn nul_character(&mut self, span: Span) {
        self.push(Diagnostic::new(&NUL, span, "there is a NUL character here").help("delete it"));
    }

    pub fn bidi_character(&mut self, span: Span, character: char) {
        self.push(
            Diagnostic::new(
                &BIDI,
                span,
                format!(
                    "the invisible character U+{:04X} changes the direction of the text",
                    u32::from(character)
                ),
            )
            .help("delete it"),
        );
    }

    /// Says that `more` further complaints of `code` about a file were not made; `span` is that of the first.
    pub fn and_more(&mut self, code: &'static Code, span: Option<Span>, more: usize) {
        self.push(Diagnostic::new(code, span, format!("and {more} more of these in this file")));
    }
}

/// Hostile text can be long; a message is for people.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
