//! The texts that new files start from, and how their gaps are filled.
//!
//! A handbook may have its own in `archetypes/<kind>.md`. Gaps are `{{title}}`, `{{id}}` and `{{date}}`.

use crate::diag::{Failure, nearest};
use crate::model::Kind;

/// The built-in archetype of a kind.
pub(super) fn built_in(kind: Kind) -> &'static str {
    match kind {
        Kind::Level => include_str!("archetypes/level.md"),
        Kind::Area => include_str!("archetypes/area.md"),
        Kind::Practice => include_str!("archetypes/practice.md"),
        Kind::Role => include_str!("archetypes/role.md"),
        Kind::Playbook => include_str!("archetypes/playbook.md"),
        Kind::Postmortem => include_str!("archetypes/postmortem.md"),
        Kind::Team => include_str!("archetypes/team.md"),
        Kind::Assessment => include_str!("archetypes/assessment.md"),
        Kind::Term => include_str!("archetypes/term.md"),
        Kind::Path => include_str!("archetypes/path.md"),
        Kind::Slo => include_str!("archetypes/slo.yaml"),
        Kind::Page => include_str!("archetypes/page.md"),
    }
}

/// The built-in archetype of a translation into `language`.
pub(super) fn translation(kind: Kind, language: &str) -> String {
    let is_japanese = language == "ja" || language.starts_with("ja-");
    let every = match is_japanese {
        true => include_str!("archetypes/translation.ja.md"),
        false => include_str!("archetypes/translation.md"),
    };
    // What a kind lists in its original, a translation repeats as texts by id.
    let by_id = match kind {
        Kind::Practice => "# criteria:\n#   something-is-visible: {text: …, evidence: …}\n",
        Kind::Postmortem => "# actions:\n#   retry-budget: {text: …}\n",
        Kind::Path => "# steps:\n#   slo-targets: {note: …}\n",
        _ => "",
    };
    every.replacen("\n---\n", &format!("\n{by_id}---\n"), 1)
}

/// What goes into the gaps.
pub(super) struct Gaps<'a> {
    pub title: &'a str,
    pub id: &'a str,
    /// `2026-11-20`
    pub date: &'a str,
}

/// Fills the gaps of `archetype`: as YAML in front matter and YAML files, as it is in the body.
pub(super) fn fill(archetype: &str, gaps: &Gaps<'_>, is_yaml: bool) -> Result<String, Failure> {
    let mut in_yaml = is_yaml || archetype.starts_with("---");
    let mut text = String::with_capacity(archetype.len() + 100);
    for (index, line) in archetype.split_inclusive('\n').enumerate() {
        if index > 0 && !is_yaml && line.trim_end() == "---" {
            in_yaml = false;
        }
        fill_line(line, gaps, in_yaml, &mut text)?;
    }
    Ok(text)
}

fn fill_line(line: &str, gaps: &Gaps<'_>, in_yaml: bool, text: &mut String) -> Result<(), Failure> {
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, behind)) = after.split_once("}}") else { break };
        let value = match name.trim() {
            "title" => gaps.title,
            "id" => gaps.id,
            "date" => gaps.date,
            other => {
                let help = match nearest(other, ["title", "id", "date"]) {
                    Some(name) => format!("; did you mean `{{{{{name}}}}}`?"),
                    None => String::new(),
                };
                return Err(Failure::usage(format!(
                    "the archetype has the gap `{{{{{other}}}}}`, which nothing fills: there are title, id and date{help}"
                )));
            }
        };
        text.push_str(before);
        if in_yaml && name.trim() == "title" {
            text.push_str(&yaml_text(value));
        } else {
            text.push_str(value);
        }
        rest = behind;
    }
    text.push_str(rest);
    Ok(())
}

/// `text` as a YAML scalar that is read back as the same text: plain where that is safe beyond doubt.
fn yaml_text(text: &str) -> String {
    let harmless =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/' | '.' | '(' | ')' | '!' | '?');
    let begins_as_text = text.starts_with(|c: char| c.is_alphabetic());
    let is_keyword = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    if begins_as_text && !is_keyword && !text.ends_with(' ') && text.chars().all(harmless) {
        text.to_owned()
    } else {
        // A JSON string is a YAML scalar; serialising one to memory has no way to fail.
        serde_json::to_string(text).unwrap_or_default()
    }
}
