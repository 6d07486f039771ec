//! A bilingual handbook of any size, the same bytes for the same size.
//!
//! About 10 KB a page, half of them Japanese; words drawn from 50,000 of either language; three code
//! blocks in a dozen languages, nine in ten distinct; seven links that are all right; a table, a task
//! list, a footnote. Mostly plain pages; besides them every kind, joined as in a real handbook. What
//! stays small in an organisation (practices, roles, teams, terms) stops growing at some size.

mod body;
mod dice;
mod front;
mod plan;
mod prose;
mod words;

use std::io;
use std::path::{Path, PathBuf};

use dice::Dice;
use plan::Sort;
use prose::{Language, Writer};
use words::Vocabulary;

use crate::blocks;

/// Whatever changes what is written changes this, so that nobody measures with an old corpus.
pub const VERSION: u32 = 1;

/// Whether code fences say their language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fences {
    Named,
    /// The same code, with nothing to highlight.
    Bare,
}

/// Writes a handbook of `pages` pages (at least 100) into `folder`.
pub fn write(folder: &Path, pages: usize, fences: Fences) -> io::Result<()> {
    let vocabulary = Vocabulary::new();
    let plan = plan::plan(pages.max(100) / 2, &vocabulary);
    let mut code = blocks::generate(plan.things.len() * 6);
    if fences == Fences::Bare {
        code.iter_mut().for_each(|(language, _)| *language = "");
    }
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join("handbook.yaml"), CONFIGURATION)?;
    let mut made: Option<PathBuf> = None;
    for (position, thing) in plan.things.iter().enumerate() {
        for (number, language) in [Language::English, Language::Japanese].into_iter().enumerate() {
            let page = position * 2 + number;
            let mut writer = Writer { vocabulary: &vocabulary, language, dice: Dice::new(page as u64) };
            let front = front::front(&plan, thing, &mut writer);
            let bytes = match thing.sort {
                Sort::Term => 3_000,
                _ => writer.dice.between(4_500, 9_500),
            };
            let own = &code[page * 3..page * 3 + 3];
            let text = front + &body::body(&plan, thing, own, bytes, &mut writer);
            let path = folder.join("content").join(format!("{}{}", thing.path, writer.say(".md", ".ja.md")));
            let parent = path.parent().map(Path::to_owned);
            if parent != made {
                if let Some(parent) = &parent {
                    std::fs::create_dir_all(parent)?;
                }
                made = parent;
            }
            std::fs::write(path, text)?;
        }
    }
    Ok(())
}

const CONFIGURATION: &str = "\
title: {en: Reliability handbook, ja: 信頼性ハンドブック}
base_url: https://handbook.example.com/
languages: [en, ja]
";
