//! Scalars × shapes: what the scalar's own text decides.

use super::{Checker, Subject};
use crate::diag::catalog::yaml::Found;
use crate::diag::{Span, Spanned, nearest};
use crate::model::Id;
use crate::yaml::scalar::{self, NotANumber, NotEvery, UrlSchemes};
use crate::yaml::{Checked, Shape};

impl Checker<'_> {
    pub(super) fn scalar(
        &mut self,
        text: Spanned<String>,
        plain: bool,
        shape: &Shape,
        subject: &Subject<'_>,
    ) -> Option<Checked> {
        let span = text.span.clone();
        match *shape {
            Shape::Text | Shape::Name => Some(Checked::Text(text)),
            Shape::Id => match Id::new(&text.value) {
                Ok(_) => Some(Checked::Text(text)),
                Err(_) => {
                    self.diagnostics.bad_id(&text, &subject.to_string(), id_like(&text.value).as_deref());
                    None
                }
            },
            Shape::Bool => match scalar::boolean(&text.value) {
                Ok(value) if plain => Some(Checked::Bool(Spanned::new(value, span))),
                Ok(_) => self.not_this(&text, plain, shape, subject, Some("remove the quotes".into())),
                Err(meant) => {
                    let help = meant.map(|meant| format!("write `{meant}`"));
                    self.not_this(&text, plain, shape, subject, help)
                }
            },
            Shape::Integer { min, max } => match scalar::integer(&text.value) {
                Ok(_) if !plain => {
                    self.not_this(&text, plain, shape, subject, Some("remove the quotes".into()))
                }
                Ok(number) if (min..=max).contains(&number) => {
                    Some(Checked::Integer(Spanned::new(number, span)))
                }
                Ok(_) | Err(NotANumber::TooLong) => self.out_of_range(span, shape, subject),
                Err(NotANumber::NoNumber) => {
                    self.not_this(&text, plain, shape, subject, digits_only(&text.value))
                }
            },
            Shape::Number { min, max } => match scalar::number(&text.value) {
                Ok(_) if !plain => {
                    self.not_this(&text, plain, shape, subject, Some("remove the quotes".into()))
                }
                Ok(number) if (min..=max).contains(&number) => {
                    Some(Checked::Number(Spanned::new(number, span)))
                }
                Ok(_) | Err(NotANumber::TooLong) => self.out_of_range(span, shape, subject),
                Err(NotANumber::NoNumber) => {
                    self.not_this(&text, plain, shape, subject, digits_only(&text.value))
                }
            },
            Shape::Date => match scalar::date(&text.value) {
                Ok(date) => Some(Checked::Date(Spanned::new(date, span))),
                Err(why) => self.bad_date(&text, shape, subject, why.as_deref()),
            },
            Shape::Timestamp => match scalar::timestamp(&text.value) {
                Ok(time) => Some(Checked::Timestamp(Spanned::new(time, span))),
                Err(why) => self.bad_date(&text, shape, subject, why.as_deref()),
            },
            Shape::Every => match scalar::every(&text.value) {
                Ok(every) => Some(Checked::Every(Spanned::new(every, span))),
                Err(NotEvery::OutOfRange) => {
                    self.diagnostics.out_of_range(span, &subject.to_string(), "from 1 to 10000 of its unit");
                    None
                }
                Err(NotEvery::NoLength) => self.not_this(&text, plain, shape, subject, None),
            },
            Shape::Url | Shape::WebUrl => {
                let schemes = match shape {
                    Shape::Url => UrlSchemes::WebAndMail,
                    _ => UrlSchemes::Web,
                };
                if scalar::is_url(&text.value, schemes) {
                    return Some(Checked::Text(text));
                }
                self.diagnostics.bad_url(&text, &subject.to_string(), &shape.describe());
                None
            }
            Shape::Choice(choices) => {
                if choices.contains(&text.value.as_str()) {
                    return Some(Checked::Text(text));
                }
                let near = nearest(&text.value, choices.iter().copied());
                self.diagnostics.unknown_choice(&text, &subject.to_string(), choices, near);
                None
            }
            // Handled by the caller.
            Shape::List(_)
            | Shape::Record(_)
            | Shape::Open(_)
            | Shape::By(..)
            | Shape::ByLevel(_)
            | Shape::Either(..)
            | Shape::Free => None,
        }
    }

    fn not_this(
        &mut self,
        text: &Spanned<String>,
        plain: bool,
        shape: &Shape,
        subject: &Subject<'_>,
        help: Option<String>,
    ) -> Option<Checked> {
        let found = if plain { Found::Plain(&text.value) } else { Found::Quoted(&text.value) };
        self.diagnostics.wrong_type(text.span.clone(), &subject.to_string(), &shape.brief(), found, help);
        None
    }

    fn out_of_range(&mut self, span: Span, shape: &Shape, subject: &Subject<'_>) -> Option<Checked> {
        self.diagnostics.out_of_range(span, &subject.to_string(), &shape.describe());
        None
    }

    fn bad_date(
        &mut self,
        text: &Spanned<String>,
        shape: &Shape,
        subject: &Subject<'_>,
        why: Option<&str>,
    ) -> Option<Checked> {
        self.diagnostics.bad_date(text, &subject.to_string(), &shape.describe(), why);
        None
    }
}

/// `1_000`, `50%` and `0o17` are numbers elsewhere.
fn digits_only(text: &str) -> Option<String> {
    text.bytes().any(|byte| byte.is_ascii_digit()).then(|| "write the number in plain digits".to_owned())
}

/// The nearest text that is an id: `Policy agreed` → `policy-agreed`.
fn id_like(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut id = words.collect::<Vec<_>>().join("-");
    id.truncate(Id::MAX_BYTES);
    // Leaving characters out of other scripts would suggest something meaningless.
    let is_ascii = text.is_ascii();
    Id::new(&id).ok().filter(|_| is_ascii).map(|id| id.to_string())
}
