//! The handbook as records for a search engine of the organisation's own (`shirube export search`).
//!
//! One record per page, heading and criterion, one JSON object a line, in the order of the handbook; the same
//! handbook gives the same bytes. The contract is `schemas/search-records.schema.json`. Beside the records stand
//! settings for engines that need to be told how Japanese is cut and what counts most.

mod docsearch;
mod facets;
mod meilisearch;
mod opensearch;
mod record;
mod section;

use serde::Serialize;

pub use opensearch::Japanese;
pub use record::{Part, Record, records};

use crate::config::Config;
use crate::model::{Lang, Site};

/// For whom the records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Our own: a record a line.
    Ndjson,
    /// Actions and records for the bulk API of OpenSearch or Elasticsearch.
    OpenSearch,
    /// Documents for Meilisearch.
    Meilisearch,
    /// Records as Algolia's DocSearch shows them.
    DocSearch,
}

/// The records of `lang`, or of every language, as `format` wants them.
pub fn export(site: &Site, config: &Config, format: Format, lang: Option<&Lang>) -> String {
    let records = records(site, config, lang);
    let mut out = String::new();
    for record in &records {
        match format {
            // Meilisearch takes any object with a primary key; our ids use no sign that it refuses.
            Format::Ndjson | Format::Meilisearch => push_line(&mut out, record),
            Format::OpenSearch => opensearch::push(&mut out, record),
            Format::DocSearch => docsearch::push(&mut out, record, config),
        }
    }
    out
}

/// What the engine of `format` is to be told before it gets records of `lang`; `None` where there is no engine.
pub fn settings(
    site: &Site,
    config: &Config,
    format: Format,
    lang: Option<&Lang>,
    japanese: Japanese,
) -> Option<String> {
    let settings = match format {
        Format::Ndjson => return None,
        Format::OpenSearch => opensearch::settings(japanese),
        Format::Meilisearch => meilisearch::settings(site, config, lang),
        Format::DocSearch => docsearch::settings(config, lang),
    };
    // Strings, numbers and lists only: serialising them cannot fail.
    let mut text = serde_json::to_string_pretty(&settings).unwrap_or_default();
    text.push('\n');
    Some(text)
}

/// Writes `value` as a line of its own.
fn push_line(out: &mut String, value: &impl Serialize) {
    // Keys are strings and numbers are finite: serialising cannot fail.
    out.push_str(&serde_json::to_string(value).unwrap_or_default());
    out.push('\n');
}
