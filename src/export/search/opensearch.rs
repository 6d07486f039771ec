//! OpenSearch: lines for the bulk API, and the index they go into. Elasticsearch takes the same.
//!
//! <https://docs.opensearch.org/latest/api-reference/document-apis/bulk/>,
//! <https://docs.opensearch.org/latest/analyzers/language-analyzers/kuromoji/>,
//! <https://docs.opensearch.org/latest/analyzers/language-analyzers/cjk/>

use serde::Serialize;
use serde_json::{Value, json};

use super::push_line;
use super::record::Record;

/// How the index cuts Japanese.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Japanese {
    /// Overlapping pairs, which every OpenSearch can make, and which lose no compound.
    #[default]
    Cjk,
    /// Words of a dictionary, from the plugin `analysis-kuromoji`.
    Kuromoji,
}

#[derive(Serialize)]
struct Action<'a> {
    index: Target<'a>,
}

/// The index itself is named by the request: `POST /handbook/_bulk`.
#[derive(Serialize)]
struct Target<'a> {
    #[serde(rename = "_id")]
    id: &'a str,
}

/// Writes the action and the record; sent again, they replace what they made.
pub fn push(out: &mut String, record: &Record) {
    push_line(out, &Action { index: Target { id: &record.id } });
    push_line(out, record);
}

/// The body of `PUT /handbook`.
pub fn settings(japanese: Japanese) -> Value {
    let analysis = match japanese {
        // A single character is found as well: the pages know it alone, a query only where it stands alone.
        Japanese::Cjk => json!({
            "filter": {
                "handbook_pairs": { "type": "cjk_bigram", "output_unigrams": true },
            },
            "analyzer": {
                "handbook": {
                    "type": "custom",
                    "tokenizer": "standard",
                    "filter": ["cjk_width", "lowercase", "handbook_pairs", "porter_stem"],
                },
                "handbook_query": {
                    "type": "custom",
                    "tokenizer": "standard",
                    "filter": ["cjk_width", "lowercase", "cjk_bigram", "porter_stem"],
                },
            },
        }),
        // Full-width letters are made plain first, else the dictionary takes them for words it does not know.
        Japanese::Kuromoji => {
            let analyzer = json!({
                "type": "custom",
                "tokenizer": "handbook_words",
                "filter": [
                    "kuromoji_baseform", "kuromoji_part_of_speech", "cjk_width", "ja_stop", "kuromoji_stemmer",
                    "lowercase", "porter_stem",
                ],
            });
            json!({
                "tokenizer": { "handbook_words": { "type": "kuromoji_tokenizer", "mode": "search" } },
                "analyzer": { "handbook": analyzer, "handbook_query": analyzer },
            })
        }
    };
    let text = json!({ "type": "text", "analyzer": "handbook", "search_analyzer": "handbook_query" });
    let keyword = json!({ "type": "keyword" });
    let kept = json!({ "type": "keyword", "index": false, "doc_values": false });
    json!({
        "settings": { "analysis": analysis },
        "mappings": {
            "dynamic": false,
            "properties": {
                "id": keyword,
                "part": keyword,
                "url": kept,
                "path": keyword,
                "anchor": kept,
                "title": text,
                "heading": text,
                "breadcrumb": text,
                "language": keyword,
                "kind": keyword,
                "subject": keyword,
                "area": keyword,
                "practice": keyword,
                "level": { "type": "byte" },
                "role": keyword,
                "team": keyword,
                "tags": keyword,
                "also_known_as": text,
                "description": text,
                "text": text,
                "boost": { "type": "float" },
                "depth": { "type": "byte" },
                "position": { "type": "integer" },
                "changed": { "type": "date", "format": "strict_date" },
            },
        },
    })
}
