//! Complaints about what a handbook lacks. They are hints: a gap is a fact and no mistake.

use crate::diag::{Diagnostic, Diagnostics, FilePath, Name};

codes! {
    NO_LEAD = "coverage/no-lead", Hint, "A practice that no role leads is everybody's, hence nobody's.";
    NO_CRITERIA = "coverage/no-criteria", Hint, "A practice without criteria cannot be assessed.";
    NO_PLAYBOOK = "coverage/no-playbook", Hint,
        "Teams are expected to reach the handbook's default target, and no playbook says how.";
    PLAYBOOK_ALONE = "coverage/playbook-alone", Hint,
        "A playbook that names no practice is not offered to any team as a next step.";
    UNTRANSLATED = "coverage/untranslated", Hint,
        "Pages are missing in a language; readers of that language see the original with a notice.";
    ORPHAN = "link/orphan", Hint, "Nothing points at a page, so it is found by menus and search only.";
    SLO_WITHOUT = "coverage/slo-without", Hint,
        "An SLO without a journey or an owner is a number that nobody can argue about.";
}

impl Diagnostics {
    pub fn practice_not_led(&mut self, practice: &Name) {
        let message = format!("no role leads the practice `{}`", practice.value);
        self.push(
            Diagnostic::new(&NO_LEAD, practice.span.clone(), message)
                .help("name one in `roles: {lead: [...]}`"),
        );
    }

    pub fn practice_without_criteria(&mut self, practice: &Name) {
        let message = format!("the practice `{}` has no criteria", practice.value);
        self.push(
            Diagnostic::new(&NO_CRITERIA, practice.span.clone(), message)
                .help("write what holds at each level: `criteria: {2: [{id: listed, text: …}]}`"),
        );
    }

    pub fn practice_without_playbook(&mut self, practice: &Name, level: u8) {
        let message = format!("no playbook helps to reach level {level} of `{}`", practice.value);
        self.push(Diagnostic::new(&NO_PLAYBOOK, practice.span.clone(), message).help(format!(
            "write one, or add `{}: [{level}]` to the `practices` of a playbook that does",
            practice.value
        )));
    }

    pub fn playbook_without_practice(&mut self, playbook: &Name) {
        let message = format!("the playbook `{}` names no practice that it helps with", playbook.value);
        self.push(
            Diagnostic::new(&PLAYBOOK_ALONE, playbook.span.clone(), message)
                .help("add `practices: {<practice>: [levels it helps to reach]}`"),
        );
    }

    /// `files`: the originals that have no version in `lang`.
    pub fn untranslated(&mut self, lang: &str, files: &[&FilePath]) {
        const SHOWN: usize = 5;
        let mut names: Vec<String> = files.iter().take(SHOWN).map(|file| format!("`{file}`")).collect();
        if files.len() > SHOWN {
            names.push(format!("{} more", files.len() - SHOWN));
        }
        let message = match files.len() {
            1 => format!("one page cannot be read in `{lang}`: {}", names.join(", ")),
            count => format!("{count} pages cannot be read in `{lang}`: {}", names.join(", ")),
        };
        self.push(Diagnostic::new(&UNTRANSLATED, None, message).help(format!(
            "translate them beside the original, as `<page>.{lang}.md`, or take `{lang}` out of `languages`"
        )));
    }

    pub fn orphan(&mut self, page: &Name) {
        let message = format!("nothing points at `{}`", page.value);
        self.push(
            Diagnostic::new(&ORPHAN, page.span.clone(), message)
                .help("link to it from where a reader would look for it"),
        );
    }

    pub fn slo_unexplained(&mut self, slo: &Name, what: &str, meaning: &str) {
        let message = format!("the SLO `{}` does not say its {what}", slo.value);
        self.push(
            Diagnostic::new(&SLO_WITHOUT, slo.span.clone(), message)
                .help(format!("add the annotation `shirube.dev/{what}`: {meaning}")),
        );
    }
}
