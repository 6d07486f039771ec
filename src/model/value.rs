//! Free data from `extra:`, handed to templates untouched.

/// A YAML value without its spans.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    List(Vec<Value>),
    /// In the order written.
    Map(Vec<(String, Value)>),
}
