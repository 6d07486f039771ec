//! The texts that diagnostics point into.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{FilePath, Sources};

/// Source texts by file.
#[derive(Clone, Debug, Default)]
pub struct Texts(BTreeMap<FilePath, Arc<str>>);

impl Texts {
    pub fn new(texts: BTreeMap<FilePath, Arc<str>>) -> Self {
        Self(texts)
    }

    pub fn insert(&mut self, file: FilePath, text: Arc<str>) {
        self.0.insert(file, text);
    }
}

impl Sources for Texts {
    fn text(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(|text| &**text)
    }
}
