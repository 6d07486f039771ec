//! The file of an assessment while it is being answered: saved after every answer.

use std::path::{Path, PathBuf};

use crate::author::write::Root;
use crate::diag::{Failure, visible};
use crate::source;

/// A file that only this run writes; what somebody else writes meanwhile is not written over.
#[derive(Debug)]
pub struct AssessmentFile {
    root: Root,
    /// Below the root.
    path: String,
    /// What is in it, as far as we know; `None` before it is made.
    text: Option<String>,
}

impl AssessmentFile {
    /// Reads the file, which need not exist.
    pub fn open(root: Root, path: &str) -> Result<Self, Failure> {
        let text = source::read_root_file(root.path(), Path::new(path))?;
        Ok(Self { root, path: path.to_owned(), text })
    }

    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    pub fn full_path(&self) -> PathBuf {
        self.root.path().join(&self.path)
    }

    /// Brings `text` to the disk.
    pub fn save(&mut self, text: String) -> Result<(), Failure> {
        let Some(before) = &self.text else {
            self.root.create(&self.path, text.as_bytes())?;
            self.text = Some(text);
            return Ok(());
        };
        if *before == text {
            return Ok(());
        }
        if source::read_root_file(self.root.path(), Path::new(&self.path))?.as_ref() != Some(before) {
            return Err(Failure::usage(format!(
                "somebody else has changed {} meanwhile; it is left as it is: start again to go on from there",
                visible(&self.path)
            )));
        }
        self.root.replace(&self.path, text.as_bytes())?;
        self.text = Some(text);
        Ok(())
    }
}
