//! Complaints about files as files: names, encodings, sizes, links on the disk.

use crate::diag::{Diagnostic, Diagnostics, Span};

codes! {
    NAME = "file/name", Error,
        "A file's name is not UTF-8 or holds control characters, so no address can be made from it.";
    NOT_UTF8 = "file/not-utf8", Error, "Content is read as UTF-8; this file is written in another encoding.";
    TOO_LARGE = "file/too-large", Error, "A file is larger than what is read in one piece.";
    TOO_DEEP = "file/too-deep", Error, "Folders are nested deeper than is followed.";
    NOT_REGULAR = "file/not-regular", Error, "A pipe, socket or device stands where a file is expected.";
    UNREADABLE = "file/unreadable", Error, "A file or folder could not be read.";
    LEAVES_ROOT = "file/leaves-root", Error,
        "A symbolic link leads out of the handbook; nothing outside of it is ever read.";
    LINK_LOOP = "file/link-loop", Error, "A symbolic link leads back to a folder above it.";
    DANGLING_LINK = "file/dangling-link", Error, "A symbolic link leads nowhere.";
    SECOND_INDEX = "file/second-index", Hint,
        "A folder has more than one of `_index.md`, `index.md` and `README.md`; only the first introduces it.";
    EMPTY = "file/empty", Warning, "A content file has nothing in it, so its page would be blank.";
    ADDRESS_CLASH = "file/address-clash", Error, "Two files would be published at the same address.";
    CASE_CLASH = "file/case-clash", Error,
        "Two addresses differ only in case or Unicode form, which many disks and hosts cannot tell apart.";
}

impl Diagnostics {
    pub fn file_name(&mut self, span: &Span) {
        self.push(
            Diagnostic::new(&NAME, span.clone(), "this file's name cannot become an address")
                .help("rename it: UTF-8, without line breaks and other control characters"),
        );
    }

    pub fn file_not_utf8(&mut self, span: &Span, guess: Option<&str>) {
        let looks = guess.map_or_else(String::new, |guess| format!("; it looks like {guess}"));
        self.push(
            Diagnostic::new(
                &NOT_UTF8,
                span.clone(),
                format!("this file is not UTF-8 from byte {} on{looks}", span.start),
            )
            .help("save the file as UTF-8"),
        );
    }

    pub fn file_too_large(&mut self, span: &Span, size: u64, limit: u64) {
        let mib = |bytes: u64| format!("{:.1} MiB", bytes as f64 / (1024.0 * 1024.0));
        self.push(
            Diagnostic::new(
                &TOO_LARGE,
                span.clone(),
                format!("this file has {}; at most {} are read", mib(size), mib(limit)),
            )
            .help("split it, or move it out of the handbook"),
        );
    }

    pub fn file_too_deep(&mut self, span: &Span, limit: usize) {
        self.push(
            Diagnostic::new(
                &TOO_DEEP,
                span.clone(),
                format!("what is below this folder is more than {limit} levels deep"),
            )
            .help("move it up"),
        );
    }

    pub fn file_not_regular(&mut self, span: &Span) {
        self.push(
            Diagnostic::new(&NOT_REGULAR, span.clone(), "this is not a regular file")
                .help("remove it, or put a file in its place"),
        );
    }

    pub fn file_unreadable(&mut self, span: &Span, error: &std::io::Error) {
        self.push(
            Diagnostic::new(&UNREADABLE, span.clone(), format!("this could not be read: {error}"))
                .help("check its permissions"),
        );
    }

    pub fn file_leaves_root(&mut self, span: &Span) {
        self.push(
            Diagnostic::new(
                &LEAVES_ROOT,
                span.clone(),
                "this link leads out of the handbook and is not followed",
            )
            .help("copy what it leads to into the handbook"),
        );
    }

    pub fn file_link_loop(&mut self, span: &Span) {
        self.push(
            Diagnostic::new(&LINK_LOOP, span.clone(), "this link leads back to a folder above it")
                .help("remove the link"),
        );
    }

    pub fn file_dangling_link(&mut self, span: &Span) {
        self.push(
            Diagnostic::new(&DANGLING_LINK, span.clone(), "this link leads nowhere")
                .help("remove it, or bring back what it led to"),
        );
    }

    pub fn file_second_index(&mut self, span: &Span, chosen: &str) {
        self.push(
            Diagnostic::new(
                &SECOND_INDEX,
                span.clone(),
                format!("`{chosen}` already introduces this folder"),
            )
            .help("this file becomes an ordinary page; remove or rename one of the two"),
        );
    }

    pub fn file_empty(&mut self, span: &Span) {
        self.push(
            Diagnostic::new(&EMPTY, span.clone(), "this file is empty")
                .help("write a title and some text, or delete the file"),
        );
    }

    pub fn file_address_clash(&mut self, span: &Span, address: &str, other: &Span) {
        self.push(
            Diagnostic::new(
                &ADDRESS_CLASH,
                span.clone(),
                format!("`/{address}/` is already the address of another file"),
            )
            .related(other.clone(), "the file that has it")
            .help("rename or move one of the two files"),
        );
    }

    pub fn file_case_clash(&mut self, span: &Span, address: &str, other_address: &str, other: &Span) {
        self.push(
            Diagnostic::new(
                &CASE_CLASH,
                span.clone(),
                format!("`/{address}/` and `/{other_address}/` differ only in case or Unicode form"),
            )
            .related(other.clone(), "the other file")
            .help("rename one of the two files: many disks and hosts take them for one"),
        );
    }
}
