//! Stamps files of a handbook as translations of what their originals say today.

use super::stamp::{Unstampable, stamped};
use super::write::Root;
use crate::diag::{Failure, visible};

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stamped {
    /// It carried this very stamp already.
    Already,
    Now,
}

/// Stamps the file at `path` below the root with the hash of its original.
pub fn stamp(root: &Root, path: &str, hash: &str) -> Result<Stamped, Failure> {
    let shown = visible(path);
    let bytes = root.read(path)?;
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return Err(Failure::usage(format!("{shown} is not UTF-8; save it in that encoding")));
    };
    let after = stamped(text, hash).map_err(|why| {
        Failure::usage(match why {
            Unstampable::Unreadable => {
                format!("the front matter of {shown} cannot be read; `shirube check` says why")
            }
            Unstampable::Odd => format!(
                "the front matter of {shown} is no plain list of keys; write `translated_from: {hash}` into it by hand"
            ),
        })
    })?;
    if after == text {
        return Ok(Stamped::Already);
    }
    match root.rewrite(path, &bytes, after.as_bytes())? {
        true => Ok(Stamped::Now),
        false => Err(Failure::usage(format!("{shown} was changed at this very moment; it is left alone"))),
    }
}
