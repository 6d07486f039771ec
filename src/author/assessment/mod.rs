//! The assessment file in its canonical form: the reference of the format.
//!
//! The checklist in the terminal and the one in the browser write it byte for byte alike, so that it
//! does not matter where a team answers, and that a difference between two files is a difference
//! between answers.
//!
//! ```yaml
//! ---
//! title: "Checkout, 2026-10-09"
//! description: "What is different since last time."
//! date: 2026-10-09
//! participants:
//!   - "product owner"
//!   - "five developers"
//! scope: "checkout-web and checkout-api"
//! model: "3f9a1c77aa01"
//! answers:
//!   slo-targets:
//!     target-written: "yes"
//!     target-agreed:
//!       answer: "partly"
//!       note: "Product has not seen it yet."
//!       evidence:
//!         - title: "Target of the search"
//!           url: "https://wiki.example.com/slo"
//!           date: 2026-10-02
//!       planned: true
//! ---
//!
//! ## What moved
//! ```
//!
//! 1. Front matter between two lines `---`; line ends are LF; a key that has nothing to say is left out.
//! 2. The keys come in the order shown. Keys of other kinds of front matter (`tags`, `owner`, …) stand
//!    between `model` and `answers`, in the order in which they were found.
//! 3. Lists and maps are blocks, each two spaces further in than what holds them; no aliases, no comments.
//! 4. Texts stand in double quotes on one line: `\"`, `\\`, `\n`, `\t`, `\r`, and `\uXXXX` (upper case) for
//!    the other control characters (U+0000-001F, U+007F-009F), U+2028, U+2029 and U+FEFF; without white space at
//!    their ends. Dates and `true` stand bare, and so do other keys' numbers and words that were written bare.
//! 5. Practices and criteria come in the order of the handbook ([`crate::model::questions`]). Criteria
//!    that the handbook does not have follow those of their practice, by id; practices that it does not
//!    have, or that ask nothing, follow all others, by id.
//! 6. An answer alone is `criterion: "yes"`; with a note, evidence or a plan it is a map.
//! 7. The body is kept byte for byte. A new file has none, and ends with the second `---` and LF; a body
//!    begins with an empty line.

mod file;
mod read;
mod write;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::Answer;
use crate::yaml::Node;

pub use file::AssessmentFile;
pub use read::read;
pub use write::write;

/// What an assessment file says.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    pub title: Option<String>,
    pub description: Option<String>,
    pub date: Date,
    pub participants: Vec<String>,
    pub scope: Option<String>,
    /// See [`crate::model::model_hash`].
    pub model: Option<String>,
    /// Front matter that has nothing to do with answering, as found.
    pub others: Vec<(String, Node)>,
    pub answers: Answers,
    /// Everything behind the line that ends the front matter.
    pub body: String,
}

/// By practice and criterion.
pub type Answers = BTreeMap<String, BTreeMap<String, Entry>>;

/// The practices that ask something and their criteria, in the order of the handbook.
pub type Order = Vec<(String, Vec<String>)>;

/// An answer with what belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub answer: Answer,
    pub note: Option<String>,
    pub evidence: Vec<Proof>,
    pub planned: bool,
}

/// Something that proves an answer; says at least one of the three.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proof {
    pub title: Option<String>,
    pub url: Option<String>,
    pub date: Option<Date>,
}

impl Assessment {
    /// An assessment of `date` in which nothing is answered.
    pub fn new(title: String, date: Date) -> Self {
        Self {
            title: Some(title),
            description: None,
            date,
            participants: Vec::new(),
            scope: None,
            model: None,
            others: Vec::new(),
            answers: Answers::new(),
            body: String::new(),
        }
    }

    pub fn entry(&self, practice: &str, criterion: &str) -> Option<&Entry> {
        self.answers.get(practice)?.get(criterion)
    }

    /// Answers a criterion. Note, evidence and plan of an earlier answer stay.
    pub fn answer(&mut self, practice: &str, criterion: &str, answer: Answer) {
        let of_practice = self.answers.entry(practice.to_owned()).or_default();
        match of_practice.get_mut(criterion) {
            Some(entry) => entry.answer = answer,
            None => {
                let entry = Entry { answer, note: None, evidence: Vec::new(), planned: false };
                of_practice.insert(criterion.to_owned(), entry);
            }
        }
    }

    /// Gives an answer its note; an empty one takes it away.
    pub fn note(&mut self, practice: &str, criterion: &str, note: &str) {
        let entry = self.answers.get_mut(practice).and_then(|entries| entries.get_mut(criterion));
        if let Some(entry) = entry {
            let note = tidy(note);
            entry.note = (!note.is_empty()).then_some(note);
        }
    }
}

/// What somebody typed, as it can be written: line ends are LF, control characters are gone.
fn tidy(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.replace(|c: char| c.is_control() && !matches!(c, '\n' | '\t'), "").trim().to_owned()
}
