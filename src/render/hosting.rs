//! Files that speak to hosts and robots.

use super::address;
use crate::config::Config;

/// What the site asks of a browser: nothing from elsewhere, nothing inline.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                          connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// `robots.txt`.
pub fn robots(config: &Config) -> String {
    let mut robots = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(sitemap) = address::absolute_file(&config.base_url, "sitemap.xml") {
        robots.push_str(&format!("Sitemap: {sitemap}\n"));
    }
    robots
}

/// `_headers`, as several hosts read it.
pub fn headers() -> String {
    format!(
        "/*\n  Content-Security-Policy: {POLICY}\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: same-origin\n\
         /assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"
    )
}
