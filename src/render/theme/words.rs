//! The words of the interface, by language.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::flat;
use crate::config::Config;
use crate::diag::Diagnostics;
use crate::model::{Lang, ThemeFiles};

/// The words of one language, by key. Numbers and names are put in for `{name}`.
#[derive(Debug, Default)]
pub struct Words {
    texts: BTreeMap<String, String>,
}

impl Words {
    pub const fn none() -> Self {
        Self { texts: BTreeMap::new() }
    }

    /// The words for `key`; the key itself where a theme has none, which is better than nothing.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(key, text)| (key.as_str(), text.as_str()))
    }

    /// The words for `key` with `{name}`s replaced.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    /// The words for `key` with `{n}` replaced.
    pub fn count(&self, key: &str, n: usize) -> String {
        self.fill(key, &[("n", &n.to_string())])
    }

    /// Several counts in one line.
    pub fn counts(&self, counts: &[(&str, usize)]) -> String {
        let counts: Vec<String> = counts.iter().map(|(key, n)| self.count(key, *n)).collect();
        counts.join(self.get("list_separator"))
    }

    /// `12 October 2026`, `2026年10月12日`.
    pub fn date(&self, date: Date) -> String {
        let month =
            self.get(MONTHS.get(date.month().unsigned_abs() as usize - 1).copied().unwrap_or("month_1"));
        self.fill(
            "date_format",
            &[("year", &date.year().to_string()), ("month", month), ("day", &date.day().to_string())],
        )
    }

    /// A moment to the minute, in UTC.
    pub fn moment(&self, moment: Timestamp) -> String {
        let civil = moment.to_zoned(TimeZone::UTC).datetime();
        let time = format!("{:02}:{:02}", civil.hour(), civil.minute());
        self.fill("moment_format", &[("date", &self.date(civil.date())), ("time", &time)])
    }

    /// A length of time in its two largest units: `1 h 24 min`.
    pub fn duration(&self, minutes: i64) -> String {
        let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
        let (days, hours, rest) = (days.to_string(), hours.to_string(), rest.to_string());
        let values = [("days", days.as_str()), ("hours", hours.as_str()), ("minutes", rest.as_str())];
        let key = match minutes {
            1440.. if hours != "0" => "duration_days_hours",
            1440.. => "duration_days",
            60.. if rest != "0" => "duration_hours_minutes",
            60.. => "duration_hours",
            _ => "duration_minutes",
        };
        self.fill(key, &values)
    }
}

const MONTHS: [&str; 12] = [
    "month_1", "month_2", "month_3", "month_4", "month_5", "month_6", "month_7", "month_8", "month_9",
    "month_10", "month_11", "month_12",
];

/// Puts values in for `{name}`s. Where the text has two forms, `{n} page | {n} pages`, the first is
/// for `n` = 1.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut text = match text.split_once(" | ") {
        Some((one, _)) if values.contains(&("n", "1")) => one,
        Some((_, many)) => many,
        None => text,
    };
    let mut filled = String::with_capacity(text.len() + 16);
    while let Some((before, after)) = text.split_once('{') {
        filled.push_str(before);
        let known = after.split_once('}').and_then(|(name, rest)| {
            values.iter().find(|(key, _)| *key == name).map(|(_, value)| (value, rest))
        });
        text = match known {
            Some((value, rest)) => {
                filled.push_str(value);
                rest
            }
            None => {
                filled.push('{');
                after
            }
        };
    }
    filled.push_str(text);
    filled
}

/// The words of every configured language. A language the theme does not speak gets English.
pub fn load(files: &ThemeFiles, config: &Config, diagnostics: &mut Diagnostics) -> BTreeMap<Lang, Words> {
    let english = read(files, "en", None, diagnostics).unwrap_or_default();
    let mut words = BTreeMap::new();
    for lang in &config.languages {
        let own = match lang.as_str() {
            "en" => None,
            // A theme that speaks `pt` serves `pt-BR`.
            tag => std::iter::once(tag)
                .chain(tag.split_once('-').map(|(language, _)| language))
                .find_map(|tag| read(files, tag, Some(&english), diagnostics)),
        };
        if own.is_none() && lang.as_str() != "en" {
            diagnostics.theme_without_language(lang);
        }
        let mut texts = english.clone();
        if lang.as_str() != "en" {
            texts.insert("language_name".to_owned(), lang.to_string());
        }
        texts.extend(own.unwrap_or_default());
        words.insert(lang.clone(), Words { texts });
    }
    words
}

type Texts = BTreeMap<String, String>;

/// One language's file, checked against English; `None` where the theme has none.
fn read(
    files: &ThemeFiles,
    tag: &str,
    english: Option<&Texts>,
    diagnostics: &mut Diagnostics,
) -> Option<Texts> {
    let file = files.get(&format!("i18n/{tag}.yaml"))?;
    let entries = flat::read(file, diagnostics)?;
    let mut texts = Texts::new();
    for (key, value) in entries {
        if let Some(english) = english
            && !english.contains_key(&key.value)
        {
            diagnostics.unknown_words(&key, english.keys().map(String::as_str));
            continue;
        }
        texts.insert(key.value, value.value);
    }
    if let Some(english) = english {
        let missing: Vec<&str> =
            english.keys().filter(|key| !texts.contains_key(*key)).map(String::as_str).collect();
        if !missing.is_empty() {
            diagnostics.missing_words(&file.file, &missing);
        }
    }
    Some(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_put_in_and_one_is_singular() {
        for (text, n, expected) in [
            ("{n} page | {n} pages", "1", "1 page"),
            ("{n} page | {n} pages", "2", "2 pages"),
            ("{n}ページ", "1", "1ページ"),
            ("a {b} {n", "1", "a {b} {n"),
        ] {
            assert_eq!(fill(text, &[("n", n)]), expected);
        }
    }
}
