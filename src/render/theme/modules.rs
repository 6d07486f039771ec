//! Joins the modules of one folder into one classic script, because browsers refuse modules from the disk.
//!
//! The modules come after those they import from and share one scope, so that `import` and `export`
//! have nothing left to say. For that, `import { a, b } from "./c.js";` is the only form of an import, it
//! and every declaration of the module begin at the start of a line, and no name is declared twice.

use std::collections::{BTreeMap, BTreeSet};

use super::squeeze::squeeze;
use crate::diag::{Diagnostics, FilePath, Span};

/// One module of the folder.
pub struct Module<'a> {
    pub file: &'a FilePath,
    pub text: &'a str,
}

/// The script, by name of the module's file (`score.js`). What keeps modules from being joined is reported.
pub fn join(modules: &BTreeMap<&str, Module<'_>>, diagnostics: &mut Diagnostics) -> String {
    let mut joined = Joined {
        modules,
        begun: BTreeSet::new(),
        done: BTreeSet::new(),
        declared: BTreeMap::new(),
        script: "(() => {\n\"use strict\";\n".to_owned(),
    };
    for name in modules.keys() {
        joined.add(name, diagnostics);
    }
    joined.script.push_str("})();\n");
    squeeze(&joined.script)
}

struct Joined<'a> {
    modules: &'a BTreeMap<&'a str, Module<'a>>,
    begun: BTreeSet<&'a str>,
    done: BTreeSet<&'a str>,
    /// What is declared, and by which module.
    declared: BTreeMap<&'a str, &'a str>,
    script: String,
}

impl<'a> Joined<'a> {
    fn add(&mut self, name: &'a str, diagnostics: &mut Diagnostics) {
        let Some(module) = self.modules.get(name) else { return };
        if !self.begun.insert(name) {
            return;
        }
        let mut code = String::with_capacity(module.text.len());
        let mut at = 0;
        for line in module.text.split_inclusive('\n') {
            if line.starts_with("import ") {
                self.import(module, line, at, diagnostics);
            } else {
                let bare = line.strip_prefix("export ").unwrap_or(line);
                if let Some(declared) = declared(bare)
                    && let Some(other) = self.declared.insert(declared, name)
                {
                    let start = at + line.find(declared).unwrap_or(0);
                    let span = Span::new(module.file, start..start + declared.len());
                    diagnostics.theme_script_name(span, declared, other);
                }
                code.push_str(bare);
            }
            at += line.len();
        }
        self.script.push_str(&code);
        self.script.push('\n');
        self.done.insert(name);
    }

    /// Adds what a line imports from, before what imports it.
    fn import(&mut self, module: &Module<'a>, line: &str, at: usize, diagnostics: &mut Diagnostics) {
        let span = Span::new(module.file, at..at + line.trim_end().len());
        let from = line.split_once("} from \"./").and_then(|(names, from)| {
            (!names.contains(" as ")).then(|| from.split_once("\";")).flatten().map(|(from, _)| from)
        });
        let Some(from) = from else { return diagnostics.theme_script_import(span, None, []) };
        match self.modules.get_key_value(from) {
            None => diagnostics.theme_script_import(span, Some(from), self.modules.keys().copied()),
            Some((from, _)) if self.begun.contains(from) && !self.done.contains(from) => {
                diagnostics.theme_script_circle(span, from);
            }
            Some((from, _)) => self.add(from, diagnostics),
        }
    }
}

/// The name in `async function name(` and its kin, at the start of a line.
fn declared(line: &str) -> Option<&str> {
    let line = line.strip_prefix("async ").unwrap_or(line);
    let rest = ["function ", "class ", "const ", "let "].iter().find_map(|word| line.strip_prefix(word))?;
    rest.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').next().filter(|name| !name.is_empty())
}
