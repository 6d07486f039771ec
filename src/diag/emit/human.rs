//! Diagnostics for people: what, where with an excerpt, and how to mend it.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::lines::Lines;
use super::visible::{visible_excerpt, visible_lines};
use super::{Diagnostic, Look, Places, Severity, visible};
use crate::diag::Span;

/// A paragraph per diagnostic, with an empty line after each.
pub(super) fn human(diagnostics: &[&Diagnostic], places: &mut Places<'_>, look: Look) -> String {
    let renderer = if look.color { Renderer::styled() } else { Renderer::plain() };
    // Narrower than this, the excerpt has no room beside its line numbers.
    let renderer = renderer.term_width(look.width.max(40));
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(renderer.render(&[report(diagnostic, places)]).trim_end());
        text.push_str("\n\n");
    }
    text
}

fn report(diagnostic: &Diagnostic, places: &mut Places<'_>) -> Group<'static> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::INFO.with_name("hint"),
    };
    let title = level.primary_title(visible_lines(&diagnostic.message)).id(diagnostic.code.name);
    let mut group = Group::with_title(title);
    if let Some(span) = &diagnostic.span {
        group = group.elements(place(span, AnnotationKind::Primary, places));
    }
    for (span, label) in &diagnostic.related {
        group = group.element(Level::NOTE.message(visible_lines(label)));
        group = group.elements(place(span, AnnotationKind::Context, places));
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(visible_lines(help)));
    }
    group
}

/// `--> path:line:column`, and the lines meant when their text is at hand.
fn place(span: &Span, kind: AnnotationKind, places: &mut Places<'_>) -> Vec<Element<'static>> {
    let path = visible(&span.file).into_owned();
    let at = places.positions(span);
    let (Some(at), Some(lines)) = (at, places.lines(&span.file)) else {
        return vec![Origin::path(path).into()];
    };
    let excerpt = excerpt(lines, span);
    let snippet =
        Snippet::source(excerpt.text).line_start(at.start.line).annotation(kind.span(excerpt.marked));
    if excerpt.from_line_start {
        return vec![snippet.path(path).into()];
    }
    // The renderer counts columns from the start of what it sees, so it must be told.
    vec![Origin::path(path).line(at.start.line).char_column(at.start.column).into(), snippet.into()]
}

/// The lines of a span, made harmless, and the span within them.
struct Excerpt {
    text: String,
    marked: Range<usize>,
    from_line_start: bool,
}

/// Spans over more lines than this are shown by their first line.
const MOST_LINES: usize = 6;
/// Characters shown before and after the start of a span on one line. The renderer cuts further, to
/// the terminal's width; this keeps a line of megabytes away from it.
const BEFORE: usize = 2000;
const AFTER: usize = 500;

fn excerpt(lines: &Lines<'_>, span: &Span) -> Excerpt {
    let range = lines.clamp(span.range());
    let first = lines.line_of(range.start);
    let mut last = lines.line_of(range.end);
    if last > first && lines.line_range(last).start == range.end {
        // The line end belongs to the span, the next line does not.
        last -= 1;
    }
    if last - first >= MOST_LINES {
        last = first;
    }

    let mut text = String::new();
    let mut marked = Range { start: 0, end: 0 };
    let mut from_line_start = true;
    for line in first..=last {
        let bytes = lines.line_range(line);
        let start = range.start.clamp(bytes.start, bytes.end);
        let end = range.end.clamp(start, bytes.end);
        let shown = window(lines.text, &bytes, start);
        from_line_start &= line > first || shown.start == bytes.start;
        for (offset, character) in lines.text[shown.clone()].char_indices() {
            let at = shown.start + offset;
            if line == first && at == start {
                marked.start = text.len();
            }
            text.push(visible_excerpt(character));
            if at < end {
                marked.end = text.len();
            }
        }
        if line == first && start == shown.end {
            marked.start = text.len();
        }
        if line < last {
            text.push('\n');
        }
    }
    marked.end = marked.end.max(marked.start);
    Excerpt { text, marked, from_line_start }
}

/// The part of a line around `start` that is shown.
fn window(text: &str, line: &Range<usize>, start: usize) -> Range<usize> {
    let before = text[line.start..start].char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
    let after = text[start..line.end].char_indices().nth(AFTER).map_or(line.end, |(at, _)| start + at);
    line.start + before..after
}
