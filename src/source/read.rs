//! Reads single files: capped in size, UTF-8 checked.

use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use crate::diag::{Diagnostic, Diagnostics, Span};
use crate::source::walk::Found;

/// Largest text that is read: 10 MiB.
pub const MAX_TEXT_BYTES: u64 = 10 * 1024 * 1024;
/// Largest file that is copied: 256 MiB.
const MAX_ASSET_BYTES: u64 = 256 * 1024 * 1024;

/// A text file as read.
pub enum Read {
    Text(Arc<str>),
    /// Taken over from the gathering before, with its hash.
    Unchanged(Arc<str>, [u8; 32]),
    /// It vanished between walking and reading.
    Gone,
    /// It cannot be used; `excerpt` is what the diagnostic points into.
    Broken {
        excerpt: Arc<str>,
        diagnostic: Diagnostic,
    },
}

/// Reads a text, without its byte order mark.
pub fn text(found: &Found) -> Read {
    let broken = |excerpt: String, complain: &dyn Fn(&mut Diagnostics)| {
        let mut diagnostics = Diagnostics::new();
        complain(&mut diagnostics);
        match diagnostics.into_iter().next() {
            Some(diagnostic) => Read::Broken { excerpt: excerpt.into(), diagnostic },
            None => Read::Gone,
        }
    };
    let whole = Span::whole(&found.path);
    let bytes = match capped(&found.absolute, MAX_TEXT_BYTES) {
        Ok(Bytes::Whole(bytes)) => bytes,
        Ok(Bytes::TooLarge(size)) => {
            return broken(String::new(), &|d| d.file_too_large(&whole, size, MAX_TEXT_BYTES));
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Read::Gone,
        Err(error) => return broken(String::new(), &|d| d.file_unreadable(&whole, &error)),
    };
    match String::from_utf8(bytes) {
        Ok(text) => match text.strip_prefix('\u{feff}') {
            Some(rest) => Read::Text(rest.into()),
            None => Read::Text(text.into()),
        },
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let excerpt = String::from_utf8_lossy(bytes).into_owned();
            let span = Span::new(&found.path, valid..valid + 1);
            let guess = likely_encoding(bytes);
            broken(excerpt, &|d| d.file_not_utf8(&span, guess))
        }
    }
}

/// Reads a file to be copied; `None` when it vanished meanwhile.
pub fn bytes(found: &Found) -> Result<Option<Arc<[u8]>>, Diagnostic> {
    let mut diagnostics = Diagnostics::new();
    let whole = Span::whole(&found.path);
    match capped(&found.absolute, MAX_ASSET_BYTES) {
        Ok(Bytes::Whole(bytes)) => return Ok(Some(bytes.into())),
        Ok(Bytes::TooLarge(size)) => diagnostics.file_too_large(&whole, size, MAX_ASSET_BYTES),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => diagnostics.file_unreadable(&whole, &error),
    }
    diagnostics.into_iter().next().map_or(Ok(None), Err)
}

/// What a capped read gave.
pub enum Bytes {
    Whole(Vec<u8>),
    /// The size at least.
    TooLarge(u64),
}

/// Reads at most `limit` bytes; what grows beyond it while being read is too large as well.
pub fn capped(path: &Path, limit: u64) -> std::io::Result<Bytes> {
    let file = std::fs::File::open(path)?;
    let size = file.metadata()?.len();
    if size > limit {
        return Ok(Bytes::TooLarge(size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Ok(Bytes::TooLarge(bytes.len() as u64));
    }
    Ok(Bytes::Whole(bytes))
}

/// A guess at the encoding of what is not UTF-8, for the message.
fn likely_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Some("UTF-16"),
        _ => {}
    }
    let zeros = bytes.iter().take(1000).filter(|byte| **byte == 0).count();
    if zeros > 100 {
        return Some("UTF-16");
    }
    // Shift_JIS writes kanji as a lead byte 81-9F or E0-FC and a trail byte 40-FC.
    let pairs = |lead: fn(u8) -> bool, trail: fn(u8) -> bool| {
        let (mut good, mut bad, mut rest) = (0, 0, bytes);
        while let [first, tail @ ..] = rest {
            rest = tail;
            if *first < 0x80 {
                continue;
            }
            match tail {
                [second, tail @ ..] if lead(*first) && trail(*second) => {
                    good += 1;
                    rest = tail;
                }
                _ => bad += 1,
            }
        }
        (good, bad)
    };
    let (good, bad) =
        pairs(|b| matches!(b, 0x81..=0x9f | 0xe0..=0xfc), |b| matches!(b, 0x40..=0x7e | 0x80..=0xfc));
    let (euc, not_euc) = pairs(|b| matches!(b, 0xa1..=0xfe), |b| matches!(b, 0xa1..=0xfe));
    if not_euc == 0 && euc > 1 {
        Some("EUC-JP")
    } else if bad == 0 && good > 1 {
        Some("Shift_JIS")
    } else {
        Some("Latin-1 or Windows-1252")
    }
}
