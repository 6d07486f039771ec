//! Files that speak to hosts and robots.

use std::collections::BTreeSet;

use super::{Plan, address};
use crate::config::Config;

/// What the site asks of a browser: nothing from elsewhere, nothing inline.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                          connect-src 'self'; form-action 'none'; base-uri 'none'";
/// What pages ask besides: other sites may frame the cards made for it, and nothing else.
const NO_FRAMES: &str = "frame-ancestors 'none'";
/// Rules that a host reads at least (Cloudflare: 100).
const MOST_RULES: usize = 90;

/// `robots.txt`.
pub fn robots(config: &Config) -> String {
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(sitemap) = address::absolute_file(&config.base_url, "sitemap.xml") {
        robots.push_str(&format!("Sitemap: {sitemap}\n"));
    }
    robots
}

/// `_headers`, as several hosts read it. They send the headers of every rule that matches, so a rule
/// can add to the policy and never take from it. Hence what may not be framed is named, section by
/// section; where there are too many sections for that, nothing may be framed at all.
pub fn headers(plan: &Plan, config: &Config) -> String {
    let patterns = not_framed(plan, config);
    let everywhere =
        if patterns.len() > MOST_RULES { format!("{POLICY}; {NO_FRAMES}") } else { POLICY.into() };
    let mut headers = format!(
        "/*\n  Content-Security-Policy: {everywhere}\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: same-origin\n\
         /assets/*\n  Cache-Control: public, max-age=31536000, immutable\n\
         /search/data/*\n  Cache-Control: public, max-age=31536000, immutable\n"
    );
    if patterns.len() <= MOST_RULES {
        for pattern in patterns {
            headers.push_str(&format!("{pattern}\n  Content-Security-Policy: {NO_FRAMES}\n"));
        }
    }
    headers
}

/// Patterns that match every page but the cards.
fn not_framed(plan: &Plan, config: &Config) -> BTreeSet<String> {
    let mut patterns = BTreeSet::new();
    for planned in plan.pages.iter().filter(|planned| planned.path.ends_with(".html")) {
        let path = planned.path.as_str();
        let (language, rest) = match path.split_once('/') {
            Some((first, rest)) if config.languages.iter().any(|lang| lang.as_str() == first) => {
                (format!("{first}/"), rest)
            }
            _ => (String::new(), path),
        };
        let pattern = match rest.split_once('/') {
            Some((section, _)) if section == address::EMBED => continue,
            Some((section, _)) => format!("{language}{section}/*"),
            None => {
                if let Some(folder) = rest.strip_suffix("index.html") {
                    patterns.insert(format!("/{}", address::encoded(&format!("{language}{folder}"))));
                }
                format!("{language}{rest}")
            }
        };
        patterns.insert(format!("/{}", address::encoded(&pattern)));
    }
    patterns
}
