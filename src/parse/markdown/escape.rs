//! The only way text becomes HTML in a body.

/// Appends `text` to `out` with everything escaped that means something in text or in a quoted attribute.
pub fn escape_into(out: &mut String, text: &str) {
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        // Every escaped byte is ASCII, so both ends are character boundaries.
        out.push_str(text.get(written..at).unwrap_or_default());
        out.push_str(entity);
        written = at + 1;
    }
    out.push_str(text.get(written..).unwrap_or_default());
}
