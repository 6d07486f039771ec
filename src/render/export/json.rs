//! JSON that can stand inside HTML.

use serde::Serialize;

/// `value` as JSON in which no `<` occurs, so that nothing in it can end a `<script>` or begin a tag.
pub fn json<T: Serialize>(value: &T) -> String {
    // Plain structs of texts, numbers and lists: there is nothing in them that JSON cannot say.
    let text = serde_json::to_string(value).unwrap_or_default();
    if text.contains('<') { text.replace('<', "\\u003c") } else { text }
}
