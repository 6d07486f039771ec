//! Where the site will stand: reading and checking the address.

use super::BaseUrl;

impl BaseUrl {
    /// The base when none is configured: links from the root, no origin.
    pub(super) fn unknown() -> Self {
        Self { origin: String::new(), path: "/".into() }
    }

    /// Reads an address such as `https://handbook.example.com/sub`; the error says what it lacks or
    /// has too much of, as in "it …".
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let (scheme, rest) = text.split_once("://").ok_or("must begin with https:// or http://")?;
        let scheme = scheme.to_ascii_lowercase();
        if scheme != "https" && scheme != "http" {
            return Err("must begin with https:// or http://");
        }
        let (authority, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
        let last = |part: &str, sign| part.contains(sign);
        if last(rest, '?') || last(rest, '#') {
            return Err("cannot have a query or a fragment");
        }
        if authority.contains('@') {
            return Err("cannot carry a user or password");
        }
        check_host(authority)?;
        Ok(Self { origin: format!("{scheme}://{}", authority.to_ascii_lowercase()), path: folder(path)? })
    }
}

fn check_host(authority: &str) -> Result<(), &'static str> {
    let (host, port) = match authority.strip_prefix('[') {
        // IPv6: the colons inside the brackets are the host's.
        Some(rest) => {
            let (host, port) = rest.split_once(']').ok_or("has an unclosed bracket in its host")?;
            if host.is_empty()
                || !host.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':' || byte == b'.')
            {
                return Err("has no valid host");
            }
            (
                host,
                if port.is_empty() { None } else { Some(port.strip_prefix(':').ok_or("has no valid host")?) },
            )
        }
        None => {
            let (host, port) =
                authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
            if !host.is_ascii() {
                return Err("must have its host in ASCII (xn--…)");
            }
            let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
            if host.split('.').any(|label| label.is_empty() || !label.bytes().all(is_letter)) {
                return Err("has no valid host");
            }
            (host, port)
        }
    };
    if host.len() > 253 {
        return Err("has a host longer than 253 characters");
    }
    match port {
        Some(port)
            if !port.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(port.parse::<u16>(), Ok(1..)) =>
        {
            Err("has no valid port")
        }
        _ => Ok(()),
    }
}

/// The path with a slash at both ends.
fn folder(path: &str) -> Result<String, &'static str> {
    let segments = path.trim_matches('/');
    if segments.is_empty() {
        return if path.len() <= 1 { Ok("/".into()) } else { Err("has empty folders in its path") };
    }
    if path.starts_with("//") || path.ends_with("//") {
        return Err("has empty folders in its path");
    }
    for segment in segments.split('/') {
        if segment.is_empty() {
            return Err("has empty folders in its path");
        }
        if matches!(segment, "." | "..") {
            return Err("cannot have `.` or `..` in its path");
        }
        if !is_segment(segment.as_bytes()) {
            return Err("has a character in its path that must be percent-encoded");
        }
    }
    Ok(format!("/{segments}/"))
}

/// Unreserved characters and percent escapes, of which no escape hides a dot, slash or control character.
fn is_segment(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => return true,
            [b'%', high, low, rest @ ..] => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16);
                match (digit(high), digit(low)) {
                    (Some(high), Some(low))
                        if high >= 2 && !matches!(high * 16 + low, 0x2e | 0x2f | 0x5c | 0x7f) =>
                    {
                        rest
                    }
                    _ => return false,
                }
            }
            [byte, rest @ ..] if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(byte) => rest,
            _ => return false,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (text, origin, path) in [
            ("https://handbook.example.com", "https://handbook.example.com", "/"),
            ("https://handbook.example.com/", "https://handbook.example.com", "/"),
            ("HTTPS://Handbook.Example.com/Sub", "https://handbook.example.com", "/Sub/"),
            ("http://localhost:8080/a/b/", "http://localhost:8080", "/a/b/"),
            ("http://[::1]:8080/", "http://[::1]:8080", "/"),
            ("https://example.com/%E6%97%A5/", "https://example.com", "/%E6%97%A5/"),
        ] {
            let expected = BaseUrl { origin: origin.into(), path: path.into() };
            assert_eq!(BaseUrl::parse(text), Ok(expected), "{text}");
        }
        for text in [
            "",
            "handbook.example.com",
            "ftp://example.com",
            "javascript://example.com",
            "https://",
            "https:///x",
            "https://user:pass@example.com",
            "https://example.com/?q",
            "https://example.com/#a",
            "https://example.com?q",
            "https://exa mple.com",
            "https://例え.jp",
            "https://example.com:0",
            "https://example.com:99999",
            "https://example.com:",
            "https://example.com/a//b",
            "https://example.com//",
            "https://example.com/../b",
            "https://example.com/%2e%2e/b",
            "https://example.com/a b",
            "https://example.com/日",
            "https://example.com/\"",
            "https://example.com/%zz",
            "https://[::1",
            "https://[]",
            "https://.com",
        ] {
            assert!(BaseUrl::parse(text).is_err(), "{text}");
        }
    }
}
