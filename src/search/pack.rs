//! The files of the index as they are published: gzip each, whatever the host compresses; and for sites that are read from the
//! disk, where scripts may not fetch, the same as scripts.

use std::io::Write;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;

use super::files::Files;
use crate::model::Outputs;

/// `search/router.bin`; `search/data/<generation>/<name>.bin`; `search/data/text/<hash>.bin`.
pub fn pack(files: Files, offline: bool) -> Outputs {
    let Files { router, parts, texts, generation } = files;
    let parts = parts.into_iter().map(|(name, bytes)| (format!("data/{generation}/{name}"), bytes));
    let texts = texts.into_iter().map(|(hash, bytes)| (format!("data/text/{hash}"), bytes));
    let all: Vec<(String, Vec<u8>)> = parts.chain(texts).chain([("router".to_owned(), router)]).collect();
    let packed = all.into_par_iter().map(|(name, bytes)| {
        let packed = gzip(&bytes, if name.contains("/cards/") || name == "router" { 9 } else { 2 });
        if offline {
            let script = format!("shirubeSearch({name:?},\"{}\");\n", base64(&packed));
            return (format!("search/{name}.js"), Arc::from(script.into_bytes()));
        }
        (format!("search/{name}.bin"), Arc::from(packed))
    });
    packed.collect()
}

/// Texts are many, and terms hardly get smaller by more effort.
fn gzip(bytes: &[u8], level: u32) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::new(level));
    // Writing to memory cannot fail; an empty file would be told by its reader.
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.unwrap_or_default()
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let number = chunk.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let sign = SIGNS.get(number as usize >> (18 - 6 * at) & 63).copied().unwrap_or(b'=');
            text.push(if at <= chunk.len() { char::from(sign) } else { '=' });
        }
    }
    text
}
