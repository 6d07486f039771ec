//! The path of a request → the name of a file of the site.

/// Undoes the percent encoding of a request's path and checks that the result may be looked up.
///
/// Nothing is normalised: the look-up is exact, so a path with `..` could only ever be missing.
/// It is refused all the same, with empty names and what is a separator, a drive or a stream on some
/// system, so that whoever later looks paths up in another way does not find the door open.
pub(super) fn decode(path: &str) -> Option<String> {
    let decoded = percent_decoded(path)?;
    let harmless = !decoded.chars().any(|c| matches!(c, '\\' | ':') || c.is_control())
        && !decoded.contains("//")
        && !decoded.split('/').any(|segment| matches!(segment, "." | ".."));
    harmless.then_some(decoded)
}

/// `None` when an escape is cut short or the bytes are not UTF-8 (over-long forms included).
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => hex(bytes.next()?)? << 4 | hex(bytes.next()?)?,
            _ => byte,
        });
    }
    String::from_utf8(decoded).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// The path again as it may stand in a `Location` header: everything but the plainest is escaped.
pub(super) fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                encoded.push(char::from(byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}
