//! Markdown in, bodies and summaries out.

use std::fmt::Write as _;
use std::sync::Arc;

use shirube::diag::{Diagnostics, Position};
use shirube::model::{
    Body, CodeText, Document, ImageUse, Kind, Lang, Piece, SourceFile, Standing, Summary, Target,
};
use shirube::parse::parse;

pub fn file(text: &str) -> SourceFile {
    SourceFile {
        path: "content/page.md".into(),
        text: text.into(),
        hash: [0xAB; 32],
        kind: Kind::Page,
        id: "some-page".to_owned(),
        lang: Lang::new("en"),
        standing: Standing::Original,
        index: false,
        address: "page".to_owned(),
    }
}

/// How the gaps of a body are filled.
#[derive(Clone, Copy, PartialEq)]
pub enum Fill {
    /// Headings with their ids.
    Full,
    /// Headings without ids.
    Bare,
}

/// The body with its gaps filled in the simplest way.
pub fn fill(file: &SourceFile, how: Fill) -> String {
    let parsed = parse(file);
    let document = &parsed.documents[0];
    filled(&document.body, &document.summary, how)
}

fn read(text: &str) -> (Document, Diagnostics) {
    let parsed = parse(&file(text));
    (parsed.documents.into_iter().next().unwrap(), parsed.diagnostics)
}

fn html(text: &str) -> String {
    fill(&file(text), Fill::Full)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn address(target: &Target) -> String {
    let with = |fragment: &Option<String>| fragment.as_ref().map(|f| format!("#{f}")).unwrap_or_default();
    match target {
        Target::External(url) => url.clone(),
        Target::Path { path, fragment } => format!("{path}{}", with(fragment)),
        Target::Fragment(fragment) => format!("#{fragment}"),
        Target::Wiki { kind, id, fragment } => {
            format!("{}{id}{}", kind.as_ref().map(|k| format!("{k}:")).unwrap_or_default(), with(fragment))
        }
        Target::Refused => "refused".to_owned(),
    }
}

fn title(title: &Option<String>) -> String {
    title.as_ref().map(|t| format!(" title=\"{}\"", escape(t))).unwrap_or_default()
}

fn image(image: &ImageUse) -> String {
    format!(
        "<img src=\"{}\" alt=\"{}\"{}>",
        escape(&address(&image.target)),
        escape(&image.alt),
        title(&image.title)
    )
}

fn filled(body: &Body, summary: &Summary, how: Fill) -> String {
    let mut out = String::new();
    for piece in &body.pieces {
        match piece {
            Piece::Html(html) | Piece::RawHtml(html) => out.push_str(html),
            Piece::HeadingStart(i) => {
                let heading = &summary.headings[*i];
                match how {
                    Fill::Full => {
                        write!(out, "<h{} id=\"{}\">", heading.level, escape(&heading.slug)).unwrap()
                    }
                    Fill::Bare => write!(out, "<h{}>", heading.level).unwrap(),
                }
            }
            Piece::HeadingEnd(i) => write!(out, "</h{}>", summary.headings[*i].level).unwrap(),
            Piece::LinkStart(i) => {
                let l = &summary.links[*i];
                write!(out, "<a href=\"{}\"{}>", escape(&address(&l.target)), title(&l.title)).unwrap();
            }
            Piece::LinkEnd(_) => out.push_str("</a>"),
            Piece::LinkText(i) => out.push_str(&escape(&address(&summary.links[*i].target))),
            Piece::LinkAddress(i) => out.push_str(&escape(&address(&summary.links[*i].target))),
            Piece::Image(i) => out.push_str(&image(&summary.images[*i])),
            Piece::ImageAddress(i) => out.push_str(&escape(&address(&summary.images[*i].target))),
            Piece::Code(code) => {
                out.push_str("<pre><code");
                if !code.language.is_empty() {
                    write!(out, " class=\"language-{}\"", escape(&code.language)).unwrap();
                }
                out.push('>');
                match &code.text {
                    CodeText::Written(text) => out.push_str(&escape(text)),
                    CodeText::Included(i) => write!(out, "included {i}").unwrap(),
                }
                out.push_str("</code></pre>\n");
            }
            Piece::Label(label) => write!(out, "{label:?}").unwrap(),
        }
    }
    out
}
#[test]
fn look() {
    let text = std::fs::read_to_string("/tmp/look.md").unwrap();
    let (d, diagnostics) = read(&text);
    println!("{}", filled(&d.body, &d.summary, Fill::Full));
    println!(
        "---- {:#?}",
        d.summary.links.iter().map(|l| (&l.target, &text[l.span.range()], &l.sentence)).collect::<Vec<_>>()
    );
    println!(
        "{:?} {:?} {} {:?}",
        d.summary.title, d.summary.first_paragraph, d.summary.words, d.summary.other_anchors
    );
    for h in &d.summary.headings {
        println!("{} {} {:?}", h.level, h.slug, &text[h.span.range()]);
    }
    for x in diagnostics.iter() {
        let s = x.span.as_ref().unwrap();
        println!(
            "{}:{} {} {} [{}] {:?}",
            Position::of(&text, s.start as usize).line,
            Position::of(&text, s.start as usize).column,
            x.code.name,
            x.message,
            &text[s.range()],
            x.help
        );
    }
    let _ = html("");
}
