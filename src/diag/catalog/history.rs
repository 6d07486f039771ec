//! Complaints about what git cannot tell.

use crate::diag::{Diagnostic, Diagnostics};

codes! {
    SHALLOW = "history/shallow", Hint,
        "In a shallow clone git does not know when most files were last changed, so their pages do not say it.";
}

impl Diagnostics {
    /// `cut_off` of `files` content files have no day of their last change.
    pub fn history_shallow(&mut self, cut_off: usize, files: usize) {
        let message = format!(
            "this clone is shallow: when {cut_off} of {files} files were last changed is not known here"
        );
        self.push(Diagnostic::new(&SHALLOW, None, message).help(
            "fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` in the checkout step of GitHub Actions",
        ));
    }
}
