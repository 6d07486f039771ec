//! Values that fit their keys, for the code that turns them into the model.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::diag::{Name, Span, Spanned};
use crate::model::{Every, Value};

/// A map that was read by its table of keys. Keys that were not written, or whose values did not
/// fit (which has been reported), are empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The whole map.
    pub span: Span,
    values: Vec<(&'static str, Slot)>,
}

/// What became of a key.
#[derive(Clone, Debug, PartialEq)]
enum Slot {
    /// Not written, or taken out.
    Empty,
    /// Written, but refused.
    Refused,
    Filled(Checked),
}

/// A value that fits its shape.
#[derive(Clone, Debug, PartialEq)]
pub enum Checked {
    /// Text without white space at its ends; names, choices and addresses too.
    Text(Spanned<String>),
    Bool(Spanned<bool>),
    Integer(Spanned<i64>),
    Number(Spanned<f64>),
    Date(Spanned<Date>),
    Timestamp(Spanned<Timestamp>),
    Every(Spanned<Every>),
    List(Vec<Checked>),
    Record(Record),
    By(Vec<(Name, Checked)>),
    ByLevel(Vec<(Spanned<u8>, Checked)>),
    Free(Value),
}

impl Record {
    /// A map in which nothing was written.
    pub(super) fn empty(span: Span, names: impl IntoIterator<Item = &'static str>) -> Self {
        Self { span, values: names.into_iter().map(|name| (name, Slot::Empty)).collect() }
    }

    /// Takes the value of `key` out.
    pub fn take<T: FromChecked>(&mut self, key: &str) -> Option<T> {
        match std::mem::replace(self.slot(key)?, Slot::Empty) {
            Slot::Filled(value) => T::from_checked(value),
            Slot::Empty | Slot::Refused => None,
        }
    }

    /// Whether `key` was written, as far as one can tell, but did not fit: nobody needs to complain that it is missing.
    pub fn was_refused(&self, key: &str) -> bool {
        self.values.iter().any(|(name, slot)| *name == key && *slot == Slot::Refused)
    }

    /// Takes the items of a list out; none when it was not written.
    pub fn list<T: FromChecked>(&mut self, key: &str) -> Vec<T> {
        self.take(key).unwrap_or_default()
    }

    /// Takes the entries of a map by name out, in the order written.
    pub fn by_name<T: FromChecked>(&mut self, key: &str) -> Vec<(Name, T)> {
        let Some(Checked::By(entries)) = self.take(key) else { return Vec::new() };
        entries.into_iter().filter_map(|(name, value)| Some((name, T::from_checked(value)?))).collect()
    }

    /// Takes the entries of a map by level out, in the order written.
    pub fn by_level<T: FromChecked>(&mut self, key: &str) -> Vec<(Spanned<u8>, T)> {
        let Some(Checked::ByLevel(entries)) = self.take(key) else { return Vec::new() };
        entries.into_iter().filter_map(|(level, value)| Some((level, T::from_checked(value)?))).collect()
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.values.iter().any(|(name, slot)| *name == key && *slot != Slot::Empty)
    }

    /// `None`: the value was refused.
    pub(super) fn set(&mut self, key: &str, value: Option<Checked>) {
        if let Some(slot) = self.slot(key) {
            *slot = value.map_or(Slot::Refused, Slot::Filled);
        }
    }

    fn slot(&mut self, key: &str) -> Option<&mut Slot> {
        let slot = self.values.iter_mut().find(|(name, _)| *name == key).map(|(_, value)| value);
        debug_assert!(slot.is_some(), "`{key}` is read, but no table declares it");
        slot
    }
}

/// What a checked value can be taken as.
pub trait FromChecked: Sized {
    /// `None` when the shape of the key and the type asked for disagree, which is a mistake of ours.
    fn from_checked(checked: Checked) -> Option<Self>;
}

impl FromChecked for Checked {
    fn from_checked(checked: Checked) -> Option<Self> {
        Some(checked)
    }
}

macro_rules! take_as {
    ($($type:ty: $pattern:pat => $value:expr;)*) => {
        $(impl FromChecked for $type {
            fn from_checked(checked: Checked) -> Option<Self> {
                match checked {
                    $pattern => $value,
                    _ => None,
                }
            }
        })*
    };
}

take_as! {
    Spanned<String>: Checked::Text(text) => Some(text);
    String: Checked::Text(text) => Some(text.value);
    Spanned<bool>: Checked::Bool(value) => Some(value);
    bool: Checked::Bool(value) => Some(value.value);
    i64: Checked::Integer(number) => Some(number.value);
    u32: Checked::Integer(number) => u32::try_from(number.value).ok();
    u8: Checked::Integer(number) => u8::try_from(number.value).ok();
    Spanned<u8>: Checked::Integer(number) => Some(Spanned::new(u8::try_from(number.value).ok()?, number.span));
    f64: Checked::Number(number) => Some(number.value);
    Spanned<f64>: Checked::Number(number) => Some(number);
    Spanned<Date>: Checked::Date(date) => Some(date);
    Spanned<Timestamp>: Checked::Timestamp(time) => Some(time);
    Spanned<Every>: Checked::Every(every) => Some(every);
    Every: Checked::Every(every) => Some(every.value);
    Record: Checked::Record(record) => Some(record);
    Value: Checked::Free(value) => Some(value);
}

impl<T: FromChecked> FromChecked for Vec<T> {
    fn from_checked(checked: Checked) -> Option<Self> {
        match checked {
            Checked::List(items) => Some(items.into_iter().filter_map(T::from_checked).collect()),
            _ => None,
        }
    }
}
