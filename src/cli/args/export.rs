//! The command that writes the handbook for other programs.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use crate::export::search;

/// Write the handbook for a search engine
///
/// Writes a record for every page, heading and criterion, one JSON object a line, for organisations that search
/// with an engine of their own. An id stays the same as long as page and heading stay, so that loading the records
/// again replaces them. Drafts, pages for narrower audiences and pages excluded from search are never written.
#[derive(Args, Clone, Debug)]
#[command(after_help = "\
Examples:
  shirube export search > records.ndjson
  shirube export search --lang ja --audience public -o records.ja.ndjson
  shirube export search --format opensearch --settings -o index.json    for PUT /handbook
  shirube export search --format opensearch -o bulk.ndjson              for POST /handbook/_bulk
  shirube export search --format meilisearch --settings                 for PATCH /indexes/handbook/settings
  shirube export search --format docsearch                              for Algolia's DocSearch

Exit codes: 0 written, 1 the content has mistakes and nothing was written.")]
pub struct ExportArgs {
    pub what: Export,
    /// For whom the records are written
    #[arg(long, value_enum, default_value_t)]
    pub format: RecordFormat,
    /// Write what the engine is to be told before it gets records, instead of records
    #[arg(long)]
    pub settings: bool,
    /// How OpenSearch cuts Japanese
    #[arg(long, value_name = "HOW", value_enum, default_value_t, requires = "settings")]
    pub japanese: Japanese,
    /// Write one language only
    #[arg(short, long, value_name = "TAG")]
    pub lang: Option<String>,
    /// The file to write instead of standard output; replaced in one step
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Where the site will stand, instead of `base_url` in the configuration
    #[arg(short = 'u', long, value_name = "URL", value_hint = ValueHint::Url)]
    pub base_url: Option<String>,
    /// The readers the records are for, instead of `audience` in the configuration
    #[arg(long, value_name = "NAME")]
    pub audience: Option<String>,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Export {
    /// Records for a search engine
    Search,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum RecordFormat {
    /// A record a line; schemas/search-records.schema.json
    #[default]
    Ndjson,
    /// Lines for the bulk API of OpenSearch or Elasticsearch
    #[value(name = "opensearch")]
    OpenSearch,
    /// Documents for Meilisearch
    Meilisearch,
    /// Records for Algolia's DocSearch
    #[value(name = "docsearch")]
    DocSearch,
}

impl From<RecordFormat> for search::Format {
    fn from(format: RecordFormat) -> Self {
        match format {
            RecordFormat::Ndjson => Self::Ndjson,
            RecordFormat::OpenSearch => Self::OpenSearch,
            RecordFormat::Meilisearch => Self::Meilisearch,
            RecordFormat::DocSearch => Self::DocSearch,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Japanese {
    /// In overlapping pairs; built in
    #[default]
    Cjk,
    /// In the words of a dictionary; needs the plugin analysis-kuromoji
    Kuromoji,
}

impl From<Japanese> for search::Japanese {
    fn from(japanese: Japanese) -> Self {
        match japanese {
            Japanese::Cjk => Self::Cjk,
            Japanese::Kuromoji => Self::Kuromoji,
        }
    }
}
