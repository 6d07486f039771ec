//! An address of this handbook, taken apart.

use unicode_normalization::UnicodeNormalization;

use crate::config::BaseUrl;

/// A link below the handbook's base URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Below the root, decoded, without slashes at the ends: `practices/slo`.
    pub path: String,
    /// Whether the address ends in a slash, so that it can be no file.
    pub is_folder: bool,
    /// As written, with its `?`; a static site looks at none.
    pub query: String,
    /// Decoded; `None` where the whole page is meant.
    pub anchor: Option<String>,
    /// What a browser looks for on the page, as written: `:~:text=…`.
    pub directive: String,
}

impl Link {
    /// Takes `url` apart as a browser does; `None` when it is not below `base`. The scheme does not matter.
    pub fn parse(url: &str, base: &BaseUrl) -> Option<Self> {
        let (_, rest) = url.split_once("//")?;
        let host = host(base);
        let named = rest.get(..host.len()).filter(|named| named.eq_ignore_ascii_case(host))?;
        let rest = without_port(rest.get(named.len()..)?, host);
        let (address, fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let path = address.split('?').next().unwrap_or_default();
        let query = address.get(path.len()..).unwrap_or_default().to_owned();
        let (anchor, directive) = fragment.split_at(fragment.find(":~:").unwrap_or(fragment.len()));

        let steps = steps(path);
        let above: Vec<String> = base.path.split('/').filter(|step| !step.is_empty()).map(decoded).collect();
        let below = steps.strip_prefix(above.as_slice())?;
        let is_folder =
            path.is_empty() || path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..");
        let anchor = decoded(anchor);
        Some(Self {
            path: below.join("/").nfc().collect(),
            is_folder,
            query,
            // Browsers take `#top` to the top of the page.
            anchor: Some(anchor).filter(|anchor| !anchor.is_empty() && anchor != "top"),
            directive: directive.to_owned(),
        })
    }

    /// The URL of the page or file at `path` (`practices/slo/index.html`), with the query of this link.
    pub fn url(&self, base: &BaseUrl, path: &str, anchor: Option<&str>) -> String {
        let folder =
            path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
        let mut url = base.join(&encoded(folder.unwrap_or(path)));
        url.push_str(&self.query);
        if anchor.is_some() || !self.directive.is_empty() {
            url.push('#');
            url.push_str(&encoded(anchor.unwrap_or_default()));
            url.push_str(&self.directive);
        }
        url
    }
}

/// The authority of the base: `handbook.example.com:8443`.
pub fn host(base: &BaseUrl) -> &str {
    base.origin.split_once("//").map_or("", |(_, host)| host)
}

/// `rest` without a port that says what the scheme says anyway.
pub fn without_port<'a>(rest: &'a str, host: &str) -> &'a str {
    let ports = if host.contains(':') { &[][..] } else { &[":443", ":80"] };
    let behind = ports.iter().find_map(|port| rest.strip_prefix(port));
    behind.filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(rest)
}

/// The steps of a path, `.` and `..` followed. Hosts take several slashes for one.
fn steps(path: &str) -> Vec<String> {
    let mut steps = Vec::new();
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(decoded(step)),
        }
    }
    steps
}

/// Percent-decoded; as it is where that gives no UTF-8.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        rest = match (first, after) {
            (b'%', [high, low, further @ ..]) if let (Some(high), Some(low)) = (digit(high), digit(low)) => {
                bytes.push(high * 16 + low);
                further
            }
            _ => {
                bytes.push(*first);
                after
            }
        };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Percent-encoded but for slashes and what means nothing in any of the formats that links stand in.
fn encoded(text: &str) -> String {
    let mut url = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    url
}
