//! One file → documents. Pure: no other file's content can change the result.

mod digest;
pub mod front;
mod markdown;
pub mod openslo;

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::diag::{Code, Diagnostics, Span};
use crate::model::{Body, Document, SourceFile, Summary};

/// Complaints of one kind about one file; a wrong converter makes thousands, and they bury the rest.
const MOST_OF_A_KIND: usize = 20;

/// What a file gave. A file so broken that nothing can be shown of it gives no document.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// One for markdown; for OpenSLO files one per SLO.
    pub documents: Vec<Document>,
    pub diagnostics: Diagnostics,
}

/// Parses front matter and markdown, or OpenSLO documents.
pub fn parse(file: &SourceFile) -> Parsed {
    let parsed = match file.path.rsplit('.').next() {
        Some("yaml" | "yml") => openslo::parse(file),
        _ => {
            let mut diagnostics = Diagnostics::new();
            let document = document(file, &mut diagnostics);
            Parsed { documents: vec![document], diagnostics }
        }
    };
    Parsed { diagnostics: capped(parsed.diagnostics), ..parsed }
}

fn document(file: &SourceFile, diagnostics: &mut Diagnostics) -> Document {
    let front = front::read(file, diagnostics);
    let text = file.text.get(front.body_start..).unwrap_or_default();
    report_characters(file, front.body_start, diagnostics);
    let written_title = front.common.title.as_ref().map(|title| title.value.as_str());
    let content = markdown::read(&file.path, text, front.body_start, written_title, diagnostics);
    let title = written_title
        .map(str::to_owned)
        .or(content.title)
        .filter(|title| !title.trim().is_empty())
        .unwrap_or_else(|| readable_name(&front.id.value));
    let digest = digest::digest(&front.written, text, front.body_start, &content.headings);
    let summary = Summary {
        file: file.path.clone(),
        kind: front.kind,
        id: front.id,
        lang: file.lang.clone(),
        standing: file.standing,
        index: file.index,
        address: file.address.clone(),
        title,
        common: front.common,
        fields: front.fields,
        structural_keys: front.structural_keys,
        headings: content.headings,
        links: content.links,
        images: content.images,
        includes: content.includes,
        other_anchors: content.other_anchors,
        first_paragraph: content.first_paragraph,
        words: content.words,
        content_hash: content_hash(&front.words, text),
        digest,
    };
    let body = Body {
        pieces: content.pieces,
        has_raw_html: content.has_raw_html,
        text: content.text,
        // Files are capped at 10 MiB when read.
        start: u32::try_from(front.body_start).unwrap_or(u32::MAX),
        edits: content.edits,
    };
    Document { summary: Arc::new(summary), body: Arc::new(body) }
}

/// The first 16 hexadecimal characters of the hash of what a translation is made from: the words of the
/// front matter, and the body. Line ends and empty lines around the body, which tools change, do not count.
fn content_hash(words: &str, body: &str) -> String {
    let mut hash = Sha256::new_with_prefix(words);
    for line in body.trim().split('\n') {
        hash.update(line.strip_suffix('\r').unwrap_or(line));
        hash.update("\n");
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// `error-budget-policy` → `Error budget policy`; the home page has no name.
fn readable_name(id: &str) -> String {
    let name = id.rsplit('/').next().unwrap_or(id).replace(['-', '_'], " ");
    let mut characters = name.trim().chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => "Home".to_owned(),
    }
}

/// NUL in the body (front matter refuses it itself) and, in the whole file, the characters that
/// turn the direction of the text.
fn report_characters(file: &SourceFile, body_start: usize, diagnostics: &mut Diagnostics) {
    let body = file.text.as_bytes().get(body_start..).unwrap_or_default();
    for at in memchr::memchr_iter(0, body).map(|at| body_start + at) {
        diagnostics.nul_character(Span::new(&file.path, at..at + 1));
    }
    // U+202A to U+202E and U+2066 to U+2069, as UTF-8.
    for at in memchr::memchr_iter(0xE2, file.text.as_bytes()) {
        let Some(c) = file.text.get(at..at + 3).and_then(|text| text.chars().next()) else { continue };
        if matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') {
            diagnostics.bidi_character(Span::new(&file.path, at..at + 3), c);
        }
    }
}

/// The first complaints of each kind, and how many there are beyond.
fn capped(diagnostics: Diagnostics) -> Diagnostics {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut beyond: Vec<(&'static Code, Option<Span>, usize)> = Vec::new();
    let mut kept = Diagnostics::new();
    for diagnostic in diagnostics {
        let count = counts.entry(diagnostic.code.name).or_insert(0);
        *count += 1;
        if *count <= MOST_OF_A_KIND {
            kept.push(diagnostic);
        } else if let Some((_, _, more)) =
            beyond.iter_mut().find(|(code, _, _)| code.name == diagnostic.code.name)
        {
            *more += 1;
        } else {
            beyond.push((diagnostic.code, diagnostic.span, 1));
        }
    }
    for (code, span, more) in beyond {
        kept.and_more(code, span, more);
    }
    kept
}
