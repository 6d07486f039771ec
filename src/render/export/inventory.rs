//! `objects.inv`: a Sphinx inventory, version 2, for `sphinx.ext.intersphinx`.
//!
//! Four lines of text, then zlib: a line per object, `name domain:role priority address title`. Roles
//! of a domain of our own say what everything is; `std:label` and `std:term` make plain `:ref:` and
//! `:term:` work. Addresses are permalinks, since the documents that carry them are seldom built anew.

use std::collections::BTreeSet;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::model::{Kind, Thing};
use crate::render::address;
use crate::render::context::PageContext;

/// Sphinx searches its own objects first; labels and terms are hidden from its search, as its own are.
const OBJECT: &str = "1";
const HIDDEN: &str = "-1";

/// `objects.inv` of a language; addresses are relative to the folder it stands in.
pub fn inventory(cx: &PageContext<'_>) -> Vec<u8> {
    let mut inventory = Inventory::default();
    for (_, thing) in cx.handbook().iter() {
        inventory.thing(cx, thing);
    }
    for (_, thing) in cx.handbook().iter() {
        inventory.short_label(cx, thing);
    }
    let title = cx.config.title.get(cx.lang).map_or("", String::as_str);
    let mut bytes = format!(
        "# Sphinx inventory version 2\n# Project: {}\n# Version: \n# The remainder of this file is compressed using zlib.\n",
        one_line(title)
    )
    .into_bytes();
    let mut encoder = ZlibEncoder::new(&mut bytes, Compression::fast());
    // Writing to memory does not fail.
    let _ = encoder.write_all(inventory.lines.into_iter().collect::<String>().as_bytes());
    let _ = encoder.finish();
    bytes
}

#[derive(Default)]
struct Inventory {
    lines: BTreeSet<String>,
    /// Labels and terms so far, lower case: Sphinx compares them without case.
    labels: BTreeSet<String>,
    terms: BTreeSet<String>,
}

impl Inventory {
    fn thing(&mut self, cx: &PageContext<'_>, thing: &Thing) {
        let Some(id) = thing.id.as_ref().map(|id| id.as_str()) else { return };
        let kind = thing.kind;
        let address = format!("{}/", address::permalink(kind, id));
        let summary = &thing.text(cx.lang).summary;
        self.object(&format!("{id} handbook:{kind} {OBJECT}"), &address, &summary.title);
        self.label(&format!("{kind}/{id}"), &address, &summary.title);
        if kind == Kind::Practice {
            self.label(id, &address, &summary.title);
        }
        if kind == Kind::Term {
            let names = summary.common.also_known_as.iter().map(|name| name.value.as_str());
            for name in [summary.title.as_str(), id].into_iter().chain(names) {
                self.term(name, &address);
            }
        }
        if let crate::model::Fields::Practice(fields) = thing.fields() {
            for criterion in &fields.criteria {
                let name = format!("{id}/{}", criterion.id.value);
                let address = format!("{address}#{}", criterion.id.value);
                let text = cx.criterion_text(thing, criterion);
                self.object(&format!("{name} handbook:criterion {OBJECT}"), &address, text);
                self.label(&name, &address, text);
            }
        }
    }

    /// The id alone, where no practice and nothing before has it.
    fn short_label(&mut self, cx: &PageContext<'_>, thing: &Thing) {
        if let Some(id) = &thing.id {
            let address = format!("{}/", address::permalink(thing.kind, id.as_str()));
            self.label(id.as_str(), &address, thing.title(cx.lang));
        }
    }

    fn label(&mut self, name: &str, address: &str, title: &str) {
        if self.labels.insert(name.to_lowercase()) {
            self.object(&format!("{name} std:label {HIDDEN}"), address, title);
        }
    }

    fn term(&mut self, name: &str, address: &str) {
        let name = one_line(name);
        if !name.is_empty() && self.terms.insert(name.to_lowercase()) {
            self.object(&format!("{name} std:term {HIDDEN}"), address, &name);
        }
    }

    /// `start`: name, role and priority.
    fn object(&mut self, start: &str, address: &str, title: &str) {
        let title = one_line(title);
        // A dash stands for the name; nothing at all would not be read.
        let title = if title.is_empty() { "-" } else { &title };
        self.lines.insert(format!("{start} {address} {title}\n"));
    }
}

/// White space as single spaces: a line break would end the entry.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
