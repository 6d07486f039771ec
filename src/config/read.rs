//! `handbook.yaml` → [`Config`], with every default filled in.

use std::collections::BTreeMap;

use super::keys::KEYS;
use super::{BaseUrl, Config, LunrIndex, Provider, RawHtml, Repository, Scheme, Scoring, Silence, languages};
use crate::diag::{Diagnostics, FilePath, Name, Span, Spanned, catalog, nearest};
use crate::model::{Every, EveryUnit, Lang, Standing};
use crate::yaml::{self, Budget, Checked, Content, FromChecked, Node, Record, Schema};

/// What flags of the command line say instead of `handbook.yaml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    pub base_url: Option<String>,
    pub audience: Option<String>,
    pub drafts: bool,
    pub offline: bool,
}

/// Reads the configuration; `text` is `None` when there is no `handbook.yaml`. Always gives a usable
/// configuration: what cannot be used has been reported and has its default.
pub fn read(
    text: Option<&str>,
    file: &FilePath,
    overrides: &Overrides,
    diagnostics: &mut Diagnostics,
) -> Config {
    let node = text.and_then(|text| yaml::parse(text, file, 0, Budget::FILE, diagnostics));
    let node = node.unwrap_or_else(|| Node { span: Span::whole(file), value: Content::Null });
    let schema = Schema {
        what: "handbook.yaml",
        keys: &[KEYS],
        standing: Standing::Original,
        elsewhere: |_| Vec::new(),
    };
    let record = &mut yaml::read(&node, &schema, diagnostics).record;

    let (search_enabled, lunr) = search(record);
    let languages = languages(record, diagnostics);
    let audiences = audiences(record, diagnostics);
    let default_audience = default_audience(&audiences);
    let audience =
        audience(record, overrides, &audiences, diagnostics).unwrap_or_else(|| default_audience.clone());
    Config {
        title: texts(record, "title", &languages, default_title, diagnostics),
        description: texts(record, "description", &languages, |_| String::new(), diagnostics),
        base_url: base_url(record, overrides, diagnostics),
        theme: theme(record, diagnostics),
        packs: record.take::<Vec<String>>("packs").unwrap_or_else(|| vec!["core".into()]),
        repository: repository(record),
        scoring: scoring(record, diagnostics),
        audiences,
        audience,
        default_audience,
        history_authors: inner(record, "history", "authors").unwrap_or(false),
        search_enabled,
        lunr,
        raw_html: match inner::<String>(record, "markdown", "raw_html").as_deref() {
            Some("escape") => RawHtml::Escape,
            Some("trust") => RawHtml::Trust,
            _ => RawHtml::Clean,
        },
        silence: silence(record, diagnostics),
        drafts: overrides.drafts,
        offline: overrides.offline,
        languages,
    }
}

/// The value of `key` in the map below `outer`.
/// Whether there is a search, and whether lunr gets an index too.
fn search(record: &mut Record) -> (bool, LunrIndex) {
    let Some(mut search) = record.take::<Record>("search") else { return (true, LunrIndex::Auto) };
    let lunr = match search.take::<String>("lunr").as_deref() {
        Some("always") => LunrIndex::Always,
        Some("never") => LunrIndex::Never,
        _ => LunrIndex::Auto,
    };
    (search.take("enabled").unwrap_or(true), lunr)
}

fn inner<T: FromChecked>(record: &mut Record, outer: &str, key: &str) -> Option<T> {
    record.take::<Record>(outer)?.take(key)
}

fn languages(record: &mut Record, diagnostics: &mut Diagnostics) -> Vec<Lang> {
    let place = record.span.clone();
    let Some(tags) = record.take::<Vec<Spanned<String>>>("languages") else { return vec![Lang::new("en")] };
    if tags.is_empty() {
        diagnostics.no_language(place);
    }
    let mut languages = Vec::new();
    for tag in unique(tags, "languages", diagnostics) {
        if languages::is_valid(&tag.value) {
            languages.push(Lang::new(&tag.value));
        } else {
            diagnostics.bad_language(&tag, languages::meant(&tag.value).as_deref());
        }
    }
    if languages.is_empty() {
        languages.push(Lang::new("en"));
    }
    languages
}

/// Without repetitions, which are reported.
fn unique(entries: Vec<Spanned<String>>, key: &str, diagnostics: &mut Diagnostics) -> Vec<Spanned<String>> {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    let mut kept = Vec::new();
    for entry in entries {
        match seen.get(&entry.value) {
            Some(first) => diagnostics.config_twice(&entry, key, first),
            None => {
                seen.insert(entry.value.clone(), entry.span.clone());
                kept.push(entry);
            }
        }
    }
    kept
}

/// A text in every language: as written, else as in the first language that has one, else the default.
fn texts(
    record: &mut Record,
    key: &str,
    languages: &[Lang],
    default: fn(&Lang) -> String,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<Lang, String> {
    let mut texts = written_texts(record, key, languages, diagnostics);
    let common = languages.iter().find_map(|lang| texts.get(lang)).cloned();
    for lang in languages {
        let text = || common.clone().unwrap_or_else(|| default(lang));
        texts.entry(lang.clone()).or_insert_with(text);
    }
    texts
}

/// A text in the languages it is written in; one without a language is in the first.
pub(super) fn written_texts(
    record: &mut Record,
    key: &str,
    languages: &[Lang],
    diagnostics: &mut Diagnostics,
) -> BTreeMap<Lang, String> {
    let mut texts: BTreeMap<Lang, String> = BTreeMap::new();
    match record.take::<Checked>(key) {
        Some(Checked::Text(text)) => {
            texts.extend(languages.first().map(|lang| (lang.clone(), text.value)));
        }
        Some(Checked::By(entries)) => {
            for (lang, text) in entries {
                if is_language(&lang, languages, diagnostics) {
                    texts.extend(String::from_checked(text).map(|text| (Lang::new(&lang.value), text)));
                }
            }
        }
        _ => {}
    }
    texts
}

fn is_language(lang: &Name, languages: &[Lang], diagnostics: &mut Diagnostics) -> bool {
    if languages.iter().any(|known| known.as_str() == lang.value) {
        return true;
    }
    let known: Vec<&str> = languages.iter().map(Lang::as_str).collect();
    let near = nearest(&lang.value, known.iter().copied());
    diagnostics.config_unknown_language(lang, near, &known.join(", "));
    false
}

fn default_title(lang: &Lang) -> String {
    match lang.as_str() {
        "ja" => "信頼性ハンドブック".into(),
        _ => "Reliability handbook".into(),
    }
}

fn base_url(record: &mut Record, overrides: &Overrides, diagnostics: &mut Diagnostics) -> BaseUrl {
    let written: Option<Spanned<String>> = record.take("base_url");
    let written = written.map(|text| (BaseUrl::parse(&text.value), Some(text.span)));
    // The file is checked even when a flag says otherwise.
    let flag = overrides.base_url.as_deref().map(|text| (BaseUrl::parse(text.trim()), None));
    let mut base_url = BaseUrl::unknown();
    for (parsed, span) in written.into_iter().chain(flag) {
        match parsed {
            Ok(parsed) => base_url = parsed,
            Err(why) => diagnostics.bad_base_url(span, why),
        }
    }
    base_url
}

fn theme(record: &mut Record, diagnostics: &mut Diagnostics) -> String {
    let default = || "default".to_owned();
    let Some(theme) = record.take::<Spanned<String>>("theme") else { return default() };
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if theme.value.len() <= 100 && theme.value.chars().all(is_name) {
        return theme.value;
    }
    diagnostics.bad_theme_name(&theme);
    default()
}

fn repository(record: &mut Record) -> Option<Repository> {
    let mut repository = record.take::<Record>("repository")?;
    let url: String = repository.take("url")?;
    let url = url.trim_end_matches('/').to_owned();
    let provider = match repository.take::<String>("provider").as_deref() {
        Some("github") => Provider::Github,
        Some("gitlab") => Provider::Gitlab,
        _ if url.contains("gitlab") => Provider::Gitlab,
        _ => Provider::Github,
    };
    Some(Repository { url, branch: repository.take("branch").unwrap_or_else(|| "main".into()), provider })
}

fn scoring(record: &mut Record, diagnostics: &mut Diagnostics) -> Scoring {
    let stale_after = Every { count: 12, unit: EveryUnit::Months };
    let default = Scoring { scheme: Scheme::Cumulative, default_target: 3, stale_after, evidence_from: None };
    let Some(mut scoring) = record.take::<Record>("scoring") else { return default };
    Scoring {
        scheme: scheme(&mut scoring, diagnostics),
        default_target: scoring.take("default_target").unwrap_or(default.default_target),
        stale_after: scoring.take("stale_after").unwrap_or(default.stale_after),
        evidence_from: scoring.take("evidence_from"),
    }
}

fn scheme(scoring: &mut Record, diagnostics: &mut Diagnostics) -> Scheme {
    let answers_refused = scoring.was_refused("answers");
    let scheme_refused = scoring.was_refused("scheme");
    let written = scoring.take::<Vec<Record>>("answers");
    let is_additive = scoring
        .take::<Spanned<String>>("scheme")
        .filter(|scheme| scheme.value == "additive")
        .map(|scheme| scheme.span);
    let Some(place) = is_additive else {
        if let Some(first) = written.as_ref().and_then(|answers| answers.first())
            && !scheme_refused
        {
            diagnostics.unused_answers(Span { end: first.span.start, ..first.span.clone() });
        }
        return Scheme::Cumulative;
    };
    if written.as_ref().is_none_or(Vec::is_empty) && !answers_refused {
        diagnostics.no_answers(place);
    }
    Scheme::Additive { answers: written.into_iter().flatten().filter_map(answer).collect() }
}

fn answer(mut record: Record) -> Option<(String, String, f64)> {
    Some((record.take("id")?, record.take("text")?, record.take("weight")?))
}

fn audiences(record: &mut Record, diagnostics: &mut Diagnostics) -> Vec<String> {
    let place = record.span.clone();
    let default = || ["public", "internal", "restricted"].map(str::to_owned).to_vec();
    let Some(written) = record.take::<Vec<Spanned<String>>>("audiences") else { return default() };
    if written.is_empty() {
        diagnostics.no_audience(place);
        return default();
    }
    unique(written, "audiences", diagnostics).into_iter().map(|audience| audience.value).collect()
}

/// What a page is for that does not say so: `internal`, else the narrowest circle, so that nothing
/// is published by an omission.
fn default_audience(audiences: &[String]) -> String {
    let internal = audiences.iter().find(|audience| *audience == "internal");
    internal.or(audiences.last()).cloned().unwrap_or_else(|| "internal".into())
}

fn audience(
    record: &mut Record,
    overrides: &Overrides,
    audiences: &[String],
    diagnostics: &mut Diagnostics,
) -> Option<String> {
    let written: Option<Spanned<String>> = record.take("audience");
    let written = written.map(|text| (text.value, Some(text.span)));
    let flag = overrides.audience.clone().map(|audience| (audience, None));
    let mut chosen = None;
    for (audience, span) in written.into_iter().chain(flag) {
        if audiences.contains(&audience) {
            chosen = Some(audience);
        } else {
            let near = nearest(&audience, audiences.iter().map(String::as_str));
            diagnostics.config_unknown_audience(span, &audience, near, audiences);
        }
    }
    chosen
}

fn silence(record: &mut Record, diagnostics: &mut Diagnostics) -> Vec<Silence> {
    let entries: Vec<Record> = inner(record, "check", "silence").unwrap_or_default();
    let mut silence = Vec::new();
    for mut entry in entries {
        let (Some(code), Some(reason)) = (entry.take::<Spanned<String>>("code"), entry.take("reason")) else {
            continue;
        };
        if catalog::all().any(|known| known.name == code.value) {
            silence.push(Silence { code, reason });
        } else {
            let near = nearest(&code.value, catalog::all().map(|known| known.name));
            diagnostics.config_unknown_code(&code, near);
        }
    }
    silence
}
