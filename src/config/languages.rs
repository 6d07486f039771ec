//! Language tags: which are valid, and what was meant by those that are not.

/// Whether `tag` is a language tag in its usual spelling: `en`, `ja`, `pt-BR`, `zh-Hant-TW`.
/// Tags become folder names, so there is one spelling only.
pub(super) fn is_valid(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    country_for_language(language).is_none()
        && (2..=3).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.clone().count() <= 3
        && parts.all(is_valid_subtag)
}

fn is_valid_subtag(part: &str) -> bool {
    let bytes = part.as_bytes();
    match bytes {
        // A region.
        [_, _] => bytes.iter().all(u8::is_ascii_uppercase),
        [_, _, _] => bytes.iter().all(u8::is_ascii_digit),
        // A script.
        [first, rest @ ..] if rest.len() == 3 && first.is_ascii_uppercase() => {
            rest.iter().all(u8::is_ascii_lowercase)
        }
        // A variant.
        _ => {
            (4..=8).contains(&part.len())
                && bytes.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
                && (part.len() > 4 || bytes.first().is_some_and(u8::is_ascii_digit))
        }
    }
}

/// The tag that was probably meant: `jp` → `ja`, `en_us` → `en-US`.
pub(super) fn meant(tag: &str) -> Option<String> {
    if let Some(language) = country_for_language(&tag.to_ascii_lowercase()) {
        return Some(language.to_owned());
    }
    let spelt = tag.trim().replace('_', "-");
    let parts = spelt.split('-').enumerate().map(|(index, part)| match (index, part.len()) {
        (0, _) => part.to_ascii_lowercase(),
        (_, 2) => part.to_ascii_uppercase(),
        (_, 4) => {
            let mut letters = part.chars();
            letters.next().map(|first| first.to_ascii_uppercase()).into_iter().collect::<String>()
                + &letters.as_str().to_ascii_lowercase()
        }
        _ => part.to_ascii_lowercase(),
    });
    let spelt = parts.collect::<Vec<_>>().join("-");
    is_valid(&spelt).then_some(spelt)
}

/// The language of a country whose code is taken for a language's, or of a language written out.
fn country_for_language(tag: &str) -> Option<&'static str> {
    match tag {
        "jp" | "japanese" => Some("ja"),
        "cn" | "chinese" => Some("zh"),
        "kr" | "korean" => Some("ko"),
        "us" | "gb" | "english" => Some("en"),
        "german" => Some("de"),
        "french" => Some("fr"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_one_spelling() {
        for tag in ["en", "ja", "fil", "pt-BR", "es-419", "zh-Hant", "zh-Hant-TW", "sl-rozaj", "de-1996"] {
            assert!(is_valid(tag), "{tag}");
        }
        for (tag, expected) in [
            ("EN", Some("en")),
            ("jp", Some("ja")),
            ("en_US", Some("en-US")),
            ("pt-br", Some("pt-BR")),
            ("zh-hant", Some("zh-Hant")),
            ("日本語", None),
            ("", None),
            ("../en", None),
            ("e", None),
            ("en-", None),
            ("en/US", None),
        ] {
            assert!(!is_valid(tag), "{tag}");
            assert_eq!(meant(tag).as_deref(), expected, "{tag}");
        }
    }
}
