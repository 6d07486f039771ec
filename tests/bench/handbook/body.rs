//! The text of a page: seven links, three code blocks, a table, a task list and a footnote.

use super::dice::Dice;
use super::plan::{Plan, Sort, Thing};
use super::prose::{Language, Writer};

/// The markdown of `thing` after its front matter, about `bytes` bytes long.
pub fn body(
    plan: &Plan,
    thing: &Thing,
    code: &[(&str, String)],
    bytes: usize,
    writer: &mut Writer<'_>,
) -> String {
    let mut links = links(plan, thing, writer).into_iter();
    let mut code = code.iter();
    let mut out = String::with_capacity(bytes + 4_096);
    let blocks: usize = code.as_slice().iter().map(|(_, text)| text.len()).sum();
    // What paragraphs have to fill, of which there are two in a section.
    let sections = thing.headings.len().max(1);
    let paragraph = bytes.saturating_sub(blocks + 1_600) / (sections * 2 + 1);
    let link = links.next().map(|link| writer.sentence_with(&link));
    block(&mut out, &writer.paragraph(paragraph, link));
    for section in 0..sections {
        if let Some(pair) = thing.headings.get(section) {
            let title = writer.say(&pair[0], &pair[1]);
            block(&mut out, &format!("## {title}\n"));
        }
        let link = links.next().map(|link| writer.sentence_with(&link));
        block(&mut out, &writer.paragraph(paragraph, link));
        match section {
            0 | 2 => fence(&mut out, code.next()),
            1 => block(&mut out, &bullets(writer, links.next())),
            3 => block(&mut out, &table(writer)),
            _ => {
                block(&mut out, &tasks(writer));
                fence(&mut out, code.next());
            }
        }
        let note =
            (section == 1).then(|| writer.sentence().trim_end_matches(['.', '。']).to_owned() + "[^why]");
        block(&mut out, &writer.paragraph(paragraph, note));
    }
    // A page without headings has had only its first section.
    let rest: Vec<String> = links.map(|link| writer.sentence_with(&link)).collect();
    for last in rest {
        block(&mut out, &writer.paragraph(80, Some(last)));
    }
    if sections < 5 {
        block(&mut out, &table(writer));
        block(&mut out, &tasks(writer));
        code.for_each(|one| fence(&mut out, Some(one)));
        let note = writer.sentence() + "[^why]";
        block(&mut out, &writer.paragraph(80, Some(note)));
    }
    let callout = writer.sentence();
    block(&mut out, &format!("> [!NOTE] {}\n> {callout}\n", writer.say("Keep in mind", "覚えておくこと")));
    out.push_str(&format!("[^why]: {}\n", writer.sentence()));
    out
}

fn block(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn fence(out: &mut String, code: Option<&(&str, String)>) {
    if let Some((language, text)) = code {
        block(out, &format!("```{language}\n{}```\n", text.trim_end().to_owned() + "\n"));
    }
}

/// Two to neighbours, three anywhere with an anchor, two by id.
fn links(plan: &Plan, thing: &Thing, writer: &mut Writer<'_>) -> Vec<String> {
    let things = &plan.things;
    let language = usize::from(writer.language == Language::Japanese);
    let (from, to) = thing.neighbours;
    let near =
        |dice: &mut Dice| if to - from > 1 { dice.between(from, to - 1) } else { dice.below(things.len()) };
    let mut links = Vec::with_capacity(7);
    for number in 0..4 {
        let dice = &mut writer.dice;
        let target = &things[if number < 3 { near(dice) } else { dice.below(things.len()) }];
        let mut address = relative(&thing.path, &target.path) + ".md";
        // Two of them lead to a place on the page.
        if number >= 2 && !target.headings.is_empty() {
            let heading = &target.headings[dice.below(target.headings.len())];
            address.push('#');
            address.push_str(&slug(&heading[0]));
        }
        links.push(format!("[{}]({address})", target.title[language]));
    }
    let practice = &things[plan.practices[writer.dice.below(plan.practices.len())]];
    let criterion = &practice.criteria[writer.dice.below(practice.criteria.len())].1;
    links.push(format!("[[{}#{criterion}]]", practice.id));
    let named = |writer: &mut Writer<'_>| &things[plan.named[writer.dice.below(plan.named.len())]];
    links.push(format!("[[{}]]", named(writer).id));
    let (target, label) = (named(writer), writer.label());
    let kind = match target.sort {
        Sort::Practice => "practice:",
        Sort::Role => "role:",
        _ => "",
    };
    links.push(format!("[[{kind}{}|{label}]]", target.id));
    links
}

/// The way from the file at `from` to the file at `to`.
fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = &from[..from.len() - 1];
    let shared = folders.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    "../".repeat(folders.len() - shared) + &to[shared..].join("/")
}

/// The anchor of an English heading: its letters are ASCII.
fn slug(heading: &str) -> String {
    heading.to_lowercase().replace(' ', "-")
}

fn bullets(writer: &mut Writer<'_>, link: Option<String>) -> String {
    let mut out = String::new();
    for _ in 0..writer.dice.between(3, 5) {
        out.push_str(&format!("- {}\n", writer.sentence()));
    }
    if let Some(link) = link {
        out.push_str(&format!("- {}\n", writer.sentence_with(&link)));
    }
    out
}

fn tasks(writer: &mut Writer<'_>) -> String {
    (0..writer.dice.between(3, 6))
        .map(|number| format!("- [{}] {}\n", if number == 0 { 'x' } else { ' ' }, writer.sentence()))
        .collect()
}

fn table(writer: &mut Writer<'_>) -> String {
    let mut out = writer.say("| What | Who | How much |\n", "| 内容 | 担当 | 量 |\n").to_owned();
    out.push_str("|---|:---:|---:|\n");
    for _ in 0..writer.dice.between(4, 7) {
        let (what, who) = (writer.label(), writer.label());
        out.push_str(&format!("| {what} | {who} | {} |\n", writer.dice.below(10_000)));
    }
    out
}
