//! An assessment → the text of its file.

use super::{Assessment, Entry, Order, Proof};
use crate::yaml::{Content, Node};

/// Writes the canonical form; see [the module](super) for its rules.
pub fn write(assessment: &Assessment, order: &Order) -> String {
    let mut lines = vec!["---".to_owned()];
    lines.extend(text("title", &assessment.title));
    lines.extend(text("description", &assessment.description));
    lines.push(format!("date: {}", assessment.date));
    let participants: Vec<&str> = assessment.participants.iter().filter_map(|name| said(name)).collect();
    if !participants.is_empty() {
        lines.push("participants:".to_owned());
        lines.extend(participants.iter().map(|name| format!("  - {}", quoted(name))));
    }
    lines.extend(text("scope", &assessment.scope));
    lines.extend(text("model", &assessment.model));
    for (name, node) in &assessment.others {
        other(&format!("{}:", key(name)), node, 0, &mut lines);
    }
    answers(assessment, order, &mut lines);
    lines.push("---".to_owned());
    lines.join("\n") + "\n" + &assessment.body
}

fn answers(assessment: &Assessment, order: &Order, lines: &mut Vec<String>) {
    let given = &assessment.answers;
    if given.values().all(|entries| entries.is_empty()) {
        return;
    }
    lines.push("answers:".to_owned());
    let asked = order
        .iter()
        .filter_map(|(practice, criteria)| Some((practice, given.get(practice)?, criteria.as_slice())));
    let unknown = given
        .iter()
        .filter(|(practice, _)| !order.iter().any(|(known, _)| known == *practice))
        .map(|(practice, entries)| (practice, entries, [].as_slice()));
    for (practice, entries, criteria) in asked.chain(unknown).filter(|(_, entries, _)| !entries.is_empty()) {
        lines.push(format!("  {}:", key(practice)));
        let known = criteria.iter().filter_map(|criterion| entries.get_key_value(criterion));
        let others = entries.iter().filter(|(criterion, _)| !criteria.contains(criterion));
        for (criterion, given) in known.chain(others) {
            entry(criterion, given, lines);
        }
    }
}

fn entry(criterion: &str, Entry { answer, note, evidence, planned }: &Entry, lines: &mut Vec<String>) {
    let (criterion, answer) = (key(criterion), quoted(answer.name()));
    let note = note.as_deref().and_then(said);
    let evidence: Vec<Vec<String>> = evidence.iter().map(proof).filter(|parts| !parts.is_empty()).collect();
    if note.is_none() && evidence.is_empty() && !planned {
        return lines.push(format!("    {criterion}: {answer}"));
    }
    lines.push(format!("    {criterion}:"));
    lines.push(format!("      answer: {answer}"));
    lines.extend(note.map(|note| format!("      note: {}", quoted(note))));
    if !evidence.is_empty() {
        lines.push("      evidence:".to_owned());
    }
    for parts in evidence {
        for (at, part) in parts.iter().enumerate() {
            lines.push(format!("        {} {part}", if at == 0 { '-' } else { ' ' }));
        }
    }
    if *planned {
        lines.push("      planned: true".to_owned());
    }
}

fn proof(Proof { title, url, date }: &Proof) -> Vec<String> {
    let date = date.map(|date| format!("date: {date}"));
    [text("title", title), text("url", url), date].into_iter().flatten().collect()
}

/// Readers pass over white space at the ends of a text, and take a text of nothing else for none.
fn said(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty()).then_some(text)
}

/// `key: "value"`, where there is something to say.
fn text(key: &str, value: &Option<String>) -> Option<String> {
    let value = value.as_deref().and_then(said)?;
    Some(format!("{key}: {}", quoted(value)))
}

/// A value of front matter that the checklist knows nothing of, behind `start` (`key:` or `-`).
fn other(start: &str, node: &Node, indent: usize, lines: &mut Vec<String>) {
    let margin = " ".repeat(indent);
    match &node.value {
        Content::Null => lines.push(format!("{margin}{start} null")),
        Content::Scalar { text, plain: true } if !text.contains('\n') => {
            lines.push(format!("{margin}{start} {text}"));
        }
        Content::Scalar { text, .. } => lines.push(format!("{margin}{start} {}", quoted(text))),
        Content::List(items) if items.is_empty() => lines.push(format!("{margin}{start} []")),
        Content::Map(entries) if entries.is_empty() => lines.push(format!("{margin}{start} {{}}")),
        Content::List(items) => {
            lines.push(format!("{margin}{start}"));
            items.iter().for_each(|item| other("-", item, indent + 2, lines));
        }
        Content::Map(entries) => {
            lines.push(format!("{margin}{start}"));
            let entries = entries.iter();
            entries.for_each(|(name, value)| {
                other(&format!("{}:", key(&name.value)), value, indent + 2, lines);
            });
        }
    }
}

/// A key: bare where it looks like one of ours.
fn key(name: &str) -> String {
    let is_bare =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
    let starts_well = name.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
    match starts_well && name != "null" && name.bytes().all(is_bare) {
        true => name.to_owned(),
        false => quoted(name),
    }
}

/// A double-quoted string on one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            // All of them have four digits.
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}
