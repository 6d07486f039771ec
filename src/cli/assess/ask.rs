//! One question after the other, each answer saved as it is given.

use std::io;

use console::{Key, Term};
use inquire::{InquireError, Text};

use super::sheet::{Question, Sheet};
use super::words::Words;
use crate::author::assessment::{Assessment, AssessmentFile, write};
use crate::cli::terminal::{Stream, Terminal};
use crate::diag::{Failure, visible};
use crate::model::Answer;

/// Asks until the last question is answered or somebody stops.
pub fn ask(
    sheet: &Sheet,
    assessment: &mut Assessment,
    file: &mut AssessmentFile,
    words: &'static Words,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let mut asker = Asker { sheet, words, terminal, screen: Term::stderr() };
    let mut at = 0;
    while let Some(question) = sheet.questions.get(at) {
        asker.show(question, at, assessment);
        match asker.answer(question, assessment)? {
            Step::Answered(answer, note) => {
                let (practice, criterion) = (&question.practice, &question.criterion);
                let wants_reason = answer == Answer::NotApplicable && note.is_none();
                assessment.answer(practice, criterion, answer);
                if let Some(note) = note {
                    assessment.note(practice, criterion, &note);
                }
                file.save(write(assessment, &sheet.order))?;
                if wants_reason && let Some(reason) = asker.line(words.reason, question, assessment)? {
                    assessment.note(practice, criterion, &reason);
                    file.save(write(assessment, &sheet.order))?;
                }
                at += 1;
            }
            Step::Skip => at += 1,
            Step::Back => at = at.saturating_sub(1),
            Step::Stop => break,
        }
    }
    Ok(())
}

/// What came of one question.
enum Step {
    /// With a note, where one was written.
    Answered(Answer, Option<String>),
    Skip,
    Back,
    Stop,
}

struct Asker<'a> {
    sheet: &'a Sheet,
    words: &'static Words,
    terminal: &'a Terminal,
    screen: Term,
}

impl Asker<'_> {
    /// Prints a question below the one before: what was said stays in sight.
    fn show(&self, question: &Question, at: usize, assessment: &Assessment) {
        let Words { evidence, who, last, now, colon, level, .. } = self.words;
        let count = self.sheet.questions.len();
        let named = question.level_title.as_deref().map_or(String::new(), |title| format!(" {title}"));
        let mut lines = vec![
            String::new(),
            self.bold(&format!("{}{colon}{level} {}{named}", question.practice_title, question.level)),
            self.dim(&format!("{} / {count}   {}", at + 1, question.subject())),
            String::new(),
            format!("  {}", visible(&question.text)),
            String::new(),
        ];
        let mut row = |label: &str, text: &str| lines.push(self.dim(&format!("  {label}{colon}{text}")));
        if let Some(text) = &question.evidence {
            row(evidence, text);
        }
        if !question.who.is_empty() {
            row(who, &question.who.join(", "));
        }
        if let Some(before) = &question.last {
            let label = format!("{last} ({})", before.date);
            row(&label, &self.said(&before.answer, before.note.as_deref()));
        }
        if let Some(entry) = assessment.entry(&question.practice, &question.criterion) {
            row(now, &self.said(&entry.answer, entry.note.as_deref()));
        }
        lines.push(self.dim(&format!("  {}", self.words.keys)));
        self.terminal.complain(&format!("{}\n", lines.join("\n")));
    }

    fn said(&self, answer: &Answer, note: Option<&str>) -> String {
        let choice = self.sheet.choices.iter().find(|(choice, _)| choice == answer);
        let word = choice.map_or(answer.name(), |(_, word)| word);
        note.map_or(word.to_owned(), |note| format!("{word} ({note})"))
    }

    /// Reads keys until one of them decides. Nothing is chosen before somebody chooses it.
    fn answer(&mut self, question: &Question, assessment: &Assessment) -> Result<Step, Failure> {
        let choices = &self.sheet.choices;
        let mut chosen: Option<usize> = None;
        let mut note = None;
        loop {
            self.terminal.complain(&format!("\r  {}", self.row(chosen)));
            let key = self.screen.read_key_raw().map_err(failed)?;
            let step = match key {
                Key::Char(digit @ '1'..='9') => {
                    let number = digit.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
                    number
                        .and_then(|number| choices.get(number.checked_sub(1)?))
                        .map(|(answer, _)| answer.clone())
                }
                Key::ArrowRight | Key::ArrowDown => {
                    chosen = Some(chosen.map_or(0, |at| (at + 1) % choices.len()));
                    None
                }
                Key::ArrowLeft | Key::ArrowUp => {
                    let last = choices.len().saturating_sub(1);
                    chosen = Some(chosen.map_or(last, |at| at.checked_sub(1).unwrap_or(last)));
                    None
                }
                Key::Enter => chosen.and_then(|at| choices.get(at)).map(|(answer, _)| answer.clone()),
                Key::Char('n') => {
                    self.terminal.complain("\n");
                    note = self.line(self.words.note, question, assessment)?.or(note);
                    None
                }
                Key::Char('b') | Key::Backspace => return Ok(self.leave(Step::Back)),
                Key::Char('s' | ' ') | Key::Tab => return Ok(self.leave(Step::Skip)),
                Key::Char('q') | Key::Escape | Key::CtrlC => return Ok(self.leave(Step::Stop)),
                _ => None,
            };
            if let Some(answer) = step {
                let at = choices.iter().position(|(choice, _)| *choice == answer);
                self.terminal.complain(&format!("\r  {}", self.row(at)));
                return Ok(self.leave(Step::Answered(answer, note)));
            }
        }
    }

    fn leave(&self, step: Step) -> Step {
        self.terminal.complain("\n");
        step
    }

    /// All answers in a row, the chosen one marked by its shape too.
    fn row(&self, chosen: Option<usize>) -> String {
        let choices = self.sheet.choices.iter().enumerate();
        let marked = choices.map(|(at, (_, word))| {
            let word = visible(word);
            match chosen == Some(at) {
                true => self.bold(&format!("[{}] {word}", at + 1)),
                false => format!(" {}  {word}", at + 1),
            }
        });
        marked.collect::<Vec<_>>().join("   ")
    }

    /// A line of text; Esc leaves everything as it is.
    fn line(
        &self,
        label: &str,
        question: &Question,
        assessment: &Assessment,
    ) -> Result<Option<String>, Failure> {
        let entry = assessment.entry(&question.practice, &question.criterion);
        let before = entry.and_then(|entry| entry.note.clone()).unwrap_or_default();
        match Text::new(label).with_initial_value(&before).prompt_skippable() {
            Ok(text) => Ok(text),
            Err(InquireError::IO(error)) => Err(failed(error)),
            Err(error) => Err(failed(io::Error::other(error.to_string()))),
        }
    }

    fn bold(&self, text: &str) -> String {
        self.styled(text, "\u{1b}[1m")
    }

    fn dim(&self, text: &str) -> String {
        self.styled(text, "\u{1b}[2m")
    }

    fn styled(&self, text: &str, on: &str) -> String {
        let text = visible(text);
        if self.terminal.colored(Stream::Error) { format!("{on}{text}\u{1b}[0m") } else { text.into_owned() }
    }
}

fn failed(error: io::Error) -> Failure {
    Failure::Machine { doing: "read from the terminal".to_owned(), path: None, error }
}
