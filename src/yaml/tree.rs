//! The parser's events → a tree of nodes.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StrInput, StructureStyle, options};

use crate::diag::catalog::yaml::Mistake;
use crate::diag::{Diagnostics, FilePath, Name, Span};
use crate::yaml::{Budget, Content, Node, YamlDocument, syntax};

/// Complaints about anchors, aliases and tags of one text; ten thousand of them help nobody.
const MAX_FEATURE_COMPLAINTS: usize = 20;

/// Builds documents out of one text. Keeps its own stack, so depth costs no stack of the thread.
pub(super) struct Builder<'a> {
    text: &'a str,
    file: &'a FilePath,
    offset: usize,
    budget: Budget,
    diagnostics: &'a mut Diagnostics,
    /// The collections that are open, outermost first.
    open: Vec<Frame>,
    root: Option<Node>,
    /// Where the last key or value was, for telling what a syntax error is about.
    last_scalar: Range<usize>,
    feature_complaints: usize,
}

struct Frame {
    start: usize,
    end: usize,
    /// Written with brackets.
    flow: bool,
    content: Open,
}

enum Open {
    List(Vec<Node>),
    Map { entries: Vec<(Name, Node)>, seen: HashMap<String, Span>, key: Slot },
}

/// Whose value a map waits for.
enum Slot {
    /// The next node is a key.
    Key,
    /// The next node is this key's value.
    Value(Name),
    /// The next node's key was refused; it goes with it.
    Dropped,
}

/// Reading cannot go on; the reason has been reported.
struct Stop;

impl<'a> Builder<'a> {
    pub(super) fn new(
        text: &'a str,
        file: &'a FilePath,
        offset: usize,
        budget: Budget,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            text,
            file,
            offset,
            budget,
            diagnostics,
            open: Vec::new(),
            root: None,
            last_scalar: 0..0,
            feature_complaints: 0,
        }
    }

    /// At most one document; a second one is a complaint.
    pub(super) fn one(mut self) -> Option<Vec<YamlDocument>> {
        self.within_budget().ok()?;
        let mut parser = self.parser();
        let mut documents = Vec::new();
        while let Some(start) = self.next_start(&mut parser).ok()? {
            if !documents.is_empty() {
                self.diagnostics.yaml_several_documents(self.span(start..start));
                break;
            }
            documents.extend(self.document(&mut parser, start).ok()?);
        }
        Some(documents)
    }

    pub(super) fn all(mut self) -> Vec<YamlDocument> {
        let mut documents = Vec::new();
        if self.within_budget().is_err() {
            return documents;
        }
        let mut parser = self.parser();
        loop {
            let document = match self.next_start(&mut parser) {
                Ok(None) => return documents,
                Ok(Some(start)) => self.document(&mut parser, start),
                Err(stop) => Err(stop),
            };
            match document {
                Ok(document) => documents.extend(document),
                // The parser itself finds where the next document begins.
                Err(Stop) if matches!(parser.proceed_next_document(), Ok(true)) => {}
                Err(Stop) => return documents,
            }
        }
    }

    fn within_budget(&mut self) -> Result<(), Stop> {
        let bytes = self.text.len();
        if bytes > self.budget.bytes {
            self.diagnostics.yaml_too_big(self.span(0..0), bytes, self.budget.bytes);
            return Err(Stop);
        }
        // The parser ends at some of these and passes on others; neither can be shown anywhere.
        if let Some(nul) = memchr::memchr(0, self.text.as_bytes()) {
            self.diagnostics.yaml_control_character(self.span(nul..nul + 1), '\0');
            return Err(Stop);
        }
        Ok(())
    }

    fn parser(&self) -> Parser<'a, StrInput<'a>> {
        Parser::new_from_str_with_options(
            self.text,
            options! {
                emit_anchor_events: true,
                emit_unresolved_aliases: true,
                disallow_directives: true,
                // One more than ours, so that ours is the one that complains.
                flow_nesting_limit: self.budget.depth + 1,
                block_nesting_limit: self.budget.depth + 1,
            },
        )
    }

    fn next_start(&mut self, parser: &mut Parser<'a, StrInput<'a>>) -> Result<Option<usize>, Stop> {
        for event in parser {
            match event {
                Ok((Event::DocumentStart(explicit, _), span)) => {
                    let range = span.byte_range().unwrap_or(0..0);
                    return Ok(Some(if explicit { range.end } else { range.start }));
                }
                Ok(_) => {}
                Err(error) => return Err(self.complain(&error)),
            }
        }
        Ok(None)
    }

    fn document(
        &mut self,
        parser: &mut Parser<'a, StrInput<'a>>,
        start: usize,
    ) -> Result<Option<YamlDocument>, Stop> {
        self.open.clear();
        self.root = None;
        self.last_scalar = start..start;
        for event in parser {
            let (event, span) = event.map_err(|error| self.complain(&error))?;
            let range = span.byte_range().unwrap_or(start..start);
            if let Some(tag) = span.tag_span().and_then(|tag| tag.byte_range()) {
                self.refuse_feature(tag, Diagnostics::yaml_tag);
            }
            match event {
                Event::DocumentEnd => {
                    let source = start..range.start.max(start);
                    return Ok(self.root.take().map(|root| YamlDocument { root, source }));
                }
                Event::Scalar(text, style, ..) => self.scalar(&text, style, range),
                Event::SequenceStart(style, ..) => self.begin(Open::List(Vec::new()), style, range)?,
                Event::MappingStart(style, ..) => {
                    let map = Open::Map { entries: Vec::new(), seen: HashMap::new(), key: Slot::Key };
                    self.begin(map, style, range)?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.end(range),
                Event::Anchor(..) => {
                    self.refuse_feature(range, |diagnostics, span| diagnostics.yaml_alias(span, '&'));
                }
                Event::Alias(_) | Event::UnresolvedAlias(_) => {
                    self.refuse_feature(range.clone(), |diagnostics, span| diagnostics.yaml_alias(span, '*'));
                    // Most often text such as `*.example.com`: kept as such, for it keeps its place in the tree.
                    let text = self.text.get(range.clone()).unwrap_or_default();
                    self.scalar(text, ScalarStyle::Plain, range);
                }
                _ => {}
            }
        }
        Err(Stop)
    }

    fn begin(&mut self, content: Open, style: StructureStyle, range: Range<usize>) -> Result<(), Stop> {
        if self.open.len() >= self.budget.depth {
            self.diagnostics.yaml_too_deep(self.span(range.start..range.start), self.budget.depth);
            return Err(Stop);
        }
        let flow = matches!(style, StructureStyle::Flow);
        self.open.push(Frame { start: range.start, end: range.end, flow, content });
        Ok(())
    }

    fn end(&mut self, range: Range<usize>) {
        let Some(frame) = self.open.pop() else { return };
        // The end of a block is found at the next token, lines later; its last entry ends it.
        let end = if frame.flow { range.end } else { frame.end };
        let value = match frame.content {
            Open::List(items) => Content::List(items),
            Open::Map { entries, .. } => Content::Map(entries),
        };
        self.attach(Node { span: self.span(frame.start..end), value }, end);
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, range: Range<usize>) {
        // The parser counts the empty lines below a block text to it; nobody else does.
        let written = self.text.get(range.clone()).map_or(range.len(), |text| text.trim_end().len());
        let range = range.start..range.start + written;
        self.last_scalar = range.clone();
        let plain = matches!(style, ScalarStyle::Plain);
        if plain && matches!(text, "~" | "null" | "Null" | "NULL") && !self.expects_key() {
            return self.attach(Node { span: self.span(range.clone()), value: Content::Null }, range.end);
        }
        let text = self.without_control_characters(text, &range);
        let end = range.end;
        self.attach(Node { span: self.span(range), value: Content::Scalar { text, plain } }, end);
    }

    fn expects_key(&self) -> bool {
        let frame = self.open.last().map(|frame| &frame.content);
        matches!(frame, Some(Open::Map { key: Slot::Key, .. }))
    }

    fn without_control_characters(&mut self, text: &str, range: &Range<usize>) -> String {
        let is_bad = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\u{85}');
        if let Some(bad) = text.chars().find(|c| is_bad(*c)) {
            self.diagnostics.yaml_control_character(self.span(range.clone()), bad);
            return text.replace(is_bad, "\u{fffd}");
        }
        text.to_owned()
    }

    /// Puts a finished node where its parent waits for it.
    fn attach(&mut self, node: Node, end: usize) {
        let Some(frame) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        frame.end = frame.end.max(end);
        let (entries, seen, key) = match &mut frame.content {
            Open::List(items) => return items.push(node),
            Open::Map { entries, seen, key } => (entries, seen, key),
        };
        *key = match std::mem::replace(key, Slot::Key) {
            Slot::Value(name) => {
                entries.push((name, node));
                Slot::Key
            }
            Slot::Dropped => Slot::Key,
            Slot::Key => match node.value {
                Content::Scalar { text, .. } => {
                    let name = Name::new(text, node.span);
                    match seen.get(&name.value) {
                        Some(first) => {
                            self.diagnostics.yaml_duplicate_key(&name, first);
                            Slot::Dropped
                        }
                        None => {
                            seen.insert(name.value.clone(), name.span.clone());
                            Slot::Value(name)
                        }
                    }
                }
                Content::Null | Content::List(_) | Content::Map(_) => {
                    self.diagnostics.yaml_key_not_text(node.span);
                    Slot::Dropped
                }
            },
        };
    }

    fn refuse_feature(&mut self, range: Range<usize>, complain: impl FnOnce(&mut Diagnostics, Span)) {
        self.feature_complaints += 1;
        if self.feature_complaints <= MAX_FEATURE_COMPLAINTS {
            let span = self.span(range);
            complain(self.diagnostics, span);
        }
    }

    fn complain(&mut self, error: &ScanError) -> Stop {
        let at = error.marker().byte_offset().unwrap_or(self.last_scalar.end).min(self.text.len());
        if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
            self.diagnostics.yaml_too_deep(self.span(at..at), self.budget.depth);
            return Stop;
        }
        if syntax::is_about_tag(error.kind()) {
            self.diagnostics.yaml_tag(self.span(at..at));
            return Stop;
        }
        let bracket = self.open.iter().rev().find(|frame| frame.flow).map(|frame| frame.start);
        let place = syntax::Place { text: self.text, at, last_scalar: self.last_scalar.clone(), bracket };
        let (mistake, range): (Mistake, Range<usize>) = syntax::explain(error.kind(), &place);
        self.diagnostics.yaml_syntax(self.span(range), mistake);
        Stop
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, self.offset + range.start..self.offset + range.end)
    }
}
