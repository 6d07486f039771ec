//! A tree × a table of keys → a record. Complains of everything that does not fit, and goes on.

mod scalars;
mod wrong_type;

use std::fmt;

use self::wrong_type::{found, pointed};
use crate::diag::{Diagnostics, Name, Span, Spanned, nearest};
use crate::model::{Standing, Value};
use crate::yaml::scalar;
use crate::yaml::schema::OWN_PREFIX;
use crate::yaml::{Checked, Content, Key, Node, Record, Shape};

/// What the map at the top of a text is read by.
#[derive(Clone, Copy, Debug)]
pub struct Schema<'a> {
    /// What is read, with its article: `a practice`, `handbook.yaml`.
    pub what: &'a str,
    /// The keys, in one or more tables.
    pub keys: &'a [&'static [Key]],
    /// A translation carries texts only.
    pub standing: Standing,
    /// The other things that have a key of this name.
    pub elsewhere: fn(&str) -> Vec<&'static str>,
}

/// What a text said.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub record: Record,
    /// The keys in a translation that belong into its original; reported.
    pub structural_keys: Vec<Name>,
}

/// Reads `node` by `schema`. An empty text is an empty map.
pub fn read(node: &Node, schema: &Schema<'_>, diagnostics: &mut Diagnostics) -> Reading {
    read_top(node, schema, false, diagnostics)
}

/// As [`read`], for a format of others: keys that the table does not know are fine.
pub fn read_open(node: &Node, schema: &Schema<'_>, diagnostics: &mut Diagnostics) -> Reading {
    read_top(node, schema, true, diagnostics)
}

fn read_top(node: &Node, schema: &Schema<'_>, open: bool, diagnostics: &mut Diagnostics) -> Reading {
    let mut checker = Checker { standing: schema.standing, diagnostics, structural_keys: Vec::new() };
    let entries: &[(Name, Node)] = match &node.value {
        Content::Map(entries) => entries,
        Content::Null => &[],
        Content::Scalar { .. } | Content::List(_) => {
            let help = Some("write `key: value` on each line".to_owned());
            checker.diagnostics.wrong_type(pointed(node), schema.what, "a map", found(node), help);
            let names = schema.keys.iter().copied().flatten().map(|key| key.name);
            return Reading { record: Record::empty(node.span.clone(), names), structural_keys: Vec::new() };
        }
    };
    let table = Table { tables: schema.keys, open, elsewhere: schema.elsewhere };
    let record = checker.record(entries, &table, &node.span, &Subject::Top(schema.what));
    Reading { record, structural_keys: checker.structural_keys }
}

struct Checker<'a> {
    standing: Standing,
    diagnostics: &'a mut Diagnostics,
    structural_keys: Vec<Name>,
}

/// The keys of one map.
struct Table<'a> {
    tables: &'a [&'static [Key]],
    /// Whether keys of others are fine.
    open: bool,
    elsewhere: fn(&str) -> Vec<&'static str>,
}

impl Table<'_> {
    fn keys(&self) -> impl Iterator<Item = &'static Key> {
        self.tables.iter().copied().flatten()
    }
}

/// What a complaint is about.
enum Subject<'a> {
    Top(&'a str),
    Key(&'a str),
    Item(&'a str),
    Entry(&'a str),
}

impl Subject<'_> {
    /// The key that holds it.
    fn key(&self) -> &str {
        let (Self::Top(name) | Self::Key(name) | Self::Item(name) | Self::Entry(name)) = self;
        name
    }
}

impl fmt::Display for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top(what) => f.write_str(what),
            Self::Key(key) => write!(f, "`{key}`"),
            Self::Item(key) => write!(f, "an item of `{key}`"),
            Self::Entry(key) => write!(f, "an entry of `{key}`"),
        }
    }
}

impl Checker<'_> {
    fn record(
        &mut self,
        entries: &[(Name, Node)],
        table: &Table<'_>,
        span: &Span,
        subject: &Subject<'_>,
    ) -> Record {
        let mut record = Record::empty(span.clone(), table.keys().map(|key| key.name));
        // Required keys that were written, or probably meant by an unknown one.
        let mut written: Vec<&str> = Vec::new();
        for (name, node) in entries {
            let Some(key) = table.keys().find(|key| key.name == name.value) else {
                if !table.open || name.value.starts_with(OWN_PREFIX) {
                    let meant = self.unknown_key(name, table, subject);
                    if let Some(key) = meant.filter(|key| !record.has(key)) {
                        record.set(key, None);
                        written.push(key);
                    }
                }
                continue;
            };
            written.push(key.name);
            let shape = match self.standing {
                Standing::Original => key.shape,
                Standing::Translation => match key.in_translation {
                    Some(shape) => shape,
                    None => {
                        self.diagnostics.structural_key(name);
                        self.structural_keys.push(name.clone());
                        continue;
                    }
                },
            };
            if key.required && matches!(node.value, Content::Null) {
                self.diagnostics.missing_key(name.span.clone(), &subject.to_string(), key.name, key.about);
                continue;
            }
            let value = self.value(node, &shape, &Subject::Key(key.name), Some(&name.span));
            record.set(key.name, value);
        }
        if self.standing == Standing::Original {
            for key in table.keys().filter(|key| key.required && !written.contains(&key.name)) {
                let place = entries.first().map_or_else(|| span.clone(), |(name, _)| name.span.clone());
                self.diagnostics.missing_key(place, &subject.to_string(), key.name, key.about);
            }
        }
        record
    }

    /// Complains, and tells which key was probably meant.
    fn unknown_key(&mut self, name: &Name, table: &Table<'_>, subject: &Subject<'_>) -> Option<&'static str> {
        let known: Vec<&'static str> = table.keys().map(|key| key.name).collect();
        let near = nearest(&name.value, known.iter().copied());
        let elsewhere = (table.elsewhere)(&name.value);
        self.diagnostics.unknown_key(name, &subject.to_string(), near, &known, &elsewhere);
        near
    }

    /// The value as its shape says; `None` when it does not fit, which has been reported.
    /// `key`: what to point at when there is no value.
    fn value(
        &mut self,
        node: &Node,
        shape: &Shape,
        subject: &Subject<'_>,
        key: Option<&Span>,
    ) -> Option<Checked> {
        if let Shape::Free = shape {
            return Some(Checked::Free(free(node)));
        }
        match (&node.value, shape) {
            (Content::Null, _) => {
                let place = key.unwrap_or(&node.span).clone();
                self.diagnostics.no_value(place, &subject.to_string());
                None
            }
            (Content::Map(_), Shape::Either(_, map)) => self.value(node, map, subject, key),
            (Content::Scalar { .. }, Shape::Either(scalar, _)) => self.value(node, scalar, subject, key),
            (Content::Map(entries), Shape::Record(keys)) => {
                let table = Table { tables: &[keys], open: false, elsewhere: nowhere };
                Some(Checked::Record(self.record(entries, &table, &node.span, subject)))
            }
            (Content::Map(entries), Shape::Open(keys)) => {
                let table = Table { tables: &[keys], open: true, elsewhere: nowhere };
                Some(Checked::Record(self.record(entries, &table, &node.span, subject)))
            }
            (Content::Map(entries), Shape::By(_, shape)) => {
                let entry = Subject::Entry(subject.key());
                let entries = entries.iter().filter_map(|(name, node)| {
                    Some((name.clone(), self.value(node, shape, &entry, Some(&name.span))?))
                });
                Some(Checked::By(entries.collect()))
            }
            (Content::Map(entries), Shape::ByLevel(shape)) => Some(self.by_level(entries, shape, subject)),
            (Content::List(items), Shape::List(shape)) => {
                let item = Subject::Item(subject.key());
                let items = items.iter().filter_map(|node| self.value(node, shape, &item, None));
                Some(Checked::List(items.collect()))
            }
            (Content::Scalar { .. }, Shape::List(item)) => self.lonely_item(node, item, subject),
            (Content::Scalar { text, plain }, _) if !is_collection(shape) => {
                let text = Spanned::new(text.trim().to_owned(), node.span.clone());
                if text.value.is_empty() {
                    self.diagnostics.no_value(node.span.clone(), &subject.to_string());
                    return None;
                }
                self.scalar(text, *plain, shape, subject)
            }
            _ => {
                self.wrong_type(node, shape, subject);
                None
            }
        }
    }

    fn by_level(&mut self, entries: &[(Name, Node)], shape: &Shape, subject: &Subject<'_>) -> Checked {
        let entry = Subject::Entry(subject.key());
        let mut levels = Vec::new();
        for (name, node) in entries {
            match name.value.as_bytes() {
                [digit @ b'1'..=b'9'] => {
                    let level = Spanned::new(digit - b'0', name.span.clone());
                    if let Some(value) = self.value(node, shape, &entry, Some(&name.span)) {
                        levels.push((level, value));
                    }
                }
                _ => {
                    let subject = format!("a key of {subject}");
                    self.diagnostics.out_of_range(
                        name.span.clone(),
                        &subject,
                        "the number of a level, 1 to 9",
                    );
                }
            }
        }
        Checked::ByLevel(levels)
    }

    /// A scalar where a list is asked. It is taken as the list's only item, so that what it says
    /// is not missed later.
    fn lonely_item(&mut self, node: &Node, item: &Shape, subject: &Subject<'_>) -> Option<Checked> {
        self.wrong_type(node, &Shape::List(&Shape::Free), subject);
        let complaints = &mut Diagnostics::new();
        let mut silent =
            Checker { standing: self.standing, diagnostics: complaints, structural_keys: Vec::new() };
        let item = silent.value(node, item, subject, None)?;
        complaints.is_empty().then(|| Checked::List(vec![item]))
    }
}

fn nowhere(_: &str) -> Vec<&'static str> {
    Vec::new()
}

fn is_collection(shape: &Shape) -> bool {
    matches!(shape, Shape::List(_) | Shape::Record(_) | Shape::Open(_) | Shape::By(..) | Shape::ByLevel(_))
}

fn free(node: &Node) -> Value {
    match &node.value {
        Content::Null => Value::Null,
        Content::Scalar { text, plain: true } => scalar::free(text),
        Content::Scalar { text, plain: false } => Value::Text(text.clone()),
        Content::List(items) => Value::List(items.iter().map(free).collect()),
        Content::Map(entries) => {
            Value::Map(entries.iter().map(|(name, node)| (name.value.clone(), free(node))).collect())
        }
    }
}
