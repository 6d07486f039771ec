//! The parser's errors → what the writer did, and where.

use std::ops::Range;

use granit_parser::ErrorKind;

use crate::diag::catalog::yaml::Mistake;

/// Where the parser gave up, and what it had just read.
pub(super) struct Place<'a> {
    pub(super) text: &'a str,
    /// The byte the parser points at; at most the text's length.
    pub(super) at: usize,
    pub(super) last_scalar: Range<usize>,
    /// Where the innermost open `[` or `{` stands.
    pub(super) bracket: Option<usize>,
}

/// What was done, and the bytes to point at: the beginning of the mistake rather than the place
/// where the parser noticed it.
pub(super) fn explain(kind: &ErrorKind, place: &Place<'_>) -> (Mistake, Range<usize>) {
    let here = place.character_at(place.at);
    match kind {
        ErrorKind::MappingValueNotAllowed => place.stray_colon(),
        ErrorKind::InvalidColonPlacement
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::BlockEntryInFlowCollection
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::UnclosedFlowCollection { .. } => place.open_bracket(),
        ErrorKind::MisplacedFlowCollectionEnd => (Mistake::StrayBracket, here),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            (Mistake::MismatchedBracket(*open, *close), here)
        }
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => place.open_quote(),
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            (Mistake::AfterQuote, here)
        }
        ErrorKind::UnknownQuotedScalarEscape => (Mistake::UnknownEscape, place.unknown_escape()),
        ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => (Mistake::UnknownEscape, here),
        ErrorKind::UnexpectedCharacter { character: c @ ('@' | '`' | '%') } => {
            (Mistake::ReservedStart(*c), here)
        }
        ErrorKind::UnexpectedCharacter { character } => (Mistake::Unexpected(*character), here),
        ErrorKind::MissingAnchorOrAliasName
        | ErrorKind::PlainScalarStartsWithDashFlowIndicator
        | ErrorKind::MappingKeyNotAllowed => {
            match place.text.get(here.clone()).and_then(|c| c.chars().next()) {
                Some(c) => (Mistake::ReservedStart(c), here),
                None => (Mistake::Other, here),
            }
        }
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => (Mistake::Tab, place.nearest_tab()),
        ErrorKind::ExpectedBlockMappingKey => place.no_key(),
        ErrorKind::SimpleKeyExpected => (Mistake::NotAKey, place.rest_of_line(place.at)),
        ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidIndentation
        | ErrorKind::InvalidFlowScalarIndent => (Mistake::Indentation, place.rest_of_line(place.at)),
        ErrorKind::BlockSequenceEntryNotAllowed => (Mistake::ListOnKeyLine, here),
        ErrorKind::CommentInterceptedScalar => (Mistake::CommentInText, here),
        ErrorKind::DirectiveDisallowed | ErrorKind::MissingDocumentEndBeforeDirective => {
            (Mistake::Directive, place.rest_of_line(place.at))
        }
        ErrorKind::BomInsideDocument => (Mistake::ByteOrderMark, here),
        ErrorKind::ZeroBlockScalarIndent
        | ErrorKind::InvalidBlockScalarHeader
        | ErrorKind::InvalidBlockScalarIndent => (Mistake::BlockText, here),
        _ => (Mistake::Other, here),
    }
}

/// Whether the parser stumbled over a tag (`!…`).
pub(super) fn is_about_tag(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UndeclaredTagHandle
            | ErrorKind::ExpectedTagBang
            | ErrorKind::InvalidTagTerminator
            | ErrorKind::MissingTagUri
            | ErrorKind::UnclosedVerbatimTag
            | ErrorKind::InvalidTagEscape
            | ErrorKind::InvalidTagUtf8LeadingByte
            | ErrorKind::InvalidTagUtf8TrailingByte
            | ErrorKind::InvalidTagUtf8
            | ErrorKind::InvalidGlobalTagCharacter
    )
}

impl Place<'_> {
    /// `title: Budgets: a policy`, or a key indented deeper than the value above allows.
    fn stray_colon(&self) -> (Mistake, Range<usize>) {
        let value = self.text.get(self.last_scalar.clone()).unwrap_or_default();
        match value.rfind('\n') {
            Some(newline) => {
                let line = self.last_scalar.start + newline + 1;
                let indent = self.text.get(line..).map_or(0, |rest| rest.len() - rest.trim_start().len());
                (Mistake::KeyInsideValue, line + indent..self.last_scalar.end.max(line + indent))
            }
            None => (Mistake::ColonInValue, self.character_at(self.at)),
        }
    }

    /// Either the bracket of an earlier line is never closed, or a comma is missing on this line.
    fn open_bracket(&self) -> (Mistake, Range<usize>) {
        let here = self.character_at(self.at);
        let Some(open) = self.bracket else { return (Mistake::MissingComma, here) };
        let between = self.text.get(open..self.at).unwrap_or_default();
        if self.at < self.text.len() && !between.contains('\n') {
            return (Mistake::MissingComma, here);
        }
        let sign = between.chars().next().or_else(|| self.text.get(open..)?.chars().next()).unwrap_or('[');
        (Mistake::UnclosedBracket(sign), self.character_at(open))
    }

    /// The quote that opened the text which the parser could not finish.
    fn open_quote(&self) -> (Mistake, Range<usize>) {
        let from = self.last_scalar.end;
        let found = self.text.get(from..).and_then(|rest| rest.find(['"', '\'']));
        match found {
            Some(distance) => {
                let quote = self.character_at(from + distance);
                let sign = if self.text.get(quote.clone()) == Some("'") { '\'' } else { '"' };
                (Mistake::UnclosedQuote(sign), quote)
            }
            None => (Mistake::Other, self.character_at(self.at)),
        }
    }

    fn unknown_escape(&self) -> Range<usize> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let mut characters = rest.char_indices().skip(1);
        while let Some((index, c)) = characters.next() {
            if c != '\\' {
                continue;
            }
            match characters.next() {
                Some((_, c)) if !"0abtn\tvfre \"/\\N_LPxuU\r\n".contains(c) => {
                    let start = self.at + index;
                    return start..start + 1 + c.len_utf8();
                }
                _ => {}
            }
        }
        self.character_at(self.at)
    }

    fn nearest_tab(&self) -> Range<usize> {
        if self.text.get(..self.at).is_some_and(|before| before.ends_with('\t')) {
            return self.at - 1..self.at;
        }
        match self.text.get(self.at..).and_then(|rest| rest.find('\t')) {
            Some(distance) => self.at + distance..self.at + distance + 1,
            None => self.character_at(self.at),
        }
    }

    /// Where a key was expected there is something else.
    fn no_key(&self) -> (Mistake, Range<usize>) {
        let before = self.text.get(..self.at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        match line.trim_end().chars().next_back() {
            Some(']' | '}') => (Mistake::AfterBracket, self.character_at(self.at)),
            Some('-') => {
                let dash = self.at - (line.len() - line.find('-').unwrap_or(0));
                (Mistake::NotAKey, self.rest_of_line(dash))
            }
            _ => (Mistake::Indentation, self.rest_of_line(self.at)),
        }
    }

    fn character_at(&self, at: usize) -> Range<usize> {
        let length = self.text.get(at..).and_then(|rest| rest.chars().next());
        at..at + length.filter(|c| *c != '\n').map_or(0, char::len_utf8)
    }

    fn rest_of_line(&self, at: usize) -> Range<usize> {
        let rest = self.text.get(at..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default().trim_end();
        at..at + line.len()
    }
}
