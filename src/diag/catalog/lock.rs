//! Complaints about `permalinks.lock`.

use super::super::{Diagnostic, Diagnostics, Span};

codes! {
    NEWER = "lock/newer", Error, "permalinks.lock was written by a newer version of shirube, which may mean something else by it.";
    CONFLICT = "lock/conflict", Error, "permalinks.lock holds marks of an unfinished merge.";
    DAMAGED = "lock/damaged", Error, "A part of permalinks.lock is not as it was written, so that published addresses may be missing from it.";
}

/// Advice for a file that a tool or a hand has damaged.
const RESTORE: &str = "restore the file from version control: `git checkout -- permalinks.lock`";

impl Diagnostics {
    pub fn lock_newer(&mut self, version: Span, found: &str, known: u32) {
        let message = format!("permalinks.lock has version {found}; this shirube knows version {known}");
        self.push(
            Diagnostic::new(&NEWER, version, message)
                .help("use the version of shirube that wrote it, or a newer one"),
        );
    }

    pub fn lock_conflict(&mut self, line: Span) {
        self.push(
            Diagnostic::new(&CONFLICT, line, "this is a mark of an unfinished merge")
                .help("keep the lines of both sides and delete the marks; the next build sorts the lines"),
        );
    }

    pub fn lock_without_header(&mut self, first_line: Span) {
        let message = "permalinks.lock does not begin with its `# version` line";
        self.push(Diagnostic::new(&DAMAGED, first_line, message).help(RESTORE));
    }

    pub fn lock_cut_off(&mut self, end: Span) {
        let message = "permalinks.lock is cut off: its last line, `# end`, is missing";
        self.push(Diagnostic::new(&DAMAGED, end, message).help(RESTORE));
    }

    pub fn lock_after_end(&mut self, line: Span) {
        let message = "there is something after the last line, `# end`";
        self.push(Diagnostic::new(&DAMAGED, line, message).help(RESTORE));
    }

    pub fn lock_bad_line(&mut self, line: Span, why: &str) {
        let message = format!("this line does not record a permalink: {why}");
        self.push(Diagnostic::new(&DAMAGED, line, message).help(RESTORE));
    }

    pub fn lock_edited_line(&mut self, check: Span) {
        let message = "this line was changed since shirube wrote it: its last word, a checksum, does not fit";
        self.push(
            Diagnostic::new(&DAMAGED, check, message)
                .help(RESTORE)
                .help("to rename or retire an id, say so in model.yaml; the old address then keeps working"),
        );
    }

    pub fn lock_contradiction(&mut self, line: Span, first: Span, kind: &str, id: &str) {
        let message = format!("the permalink of {kind} `{id}` is recorded twice, and differently");
        self.push(
            Diagnostic::new(&DAMAGED, line, message).related(first, "first recorded here").help(RESTORE),
        );
    }
}
