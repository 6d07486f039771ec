//! Syntax of other tools that would show as plain text: named, with our way of doing it.

/// Something another tool would have understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// What the writer wrote, as a kind: `an admonition of Material for MkDocs`.
    pub what: &'static str,
    /// Our way, as an imperative sentence.
    pub instead: &'static str,
}

const CALLOUT: &str = "write a callout: `> [!NOTE] Title`, its text below behind `>`";
const TABS: &str = "put the variants below headings of their own";
const INCLUDE: &str = "include text as a code block: ` ```yaml file=../path.yaml region=name `";
const PLAIN: &str = "write it as markdown; there are no shortcodes or template tags in content";

/// What a line of prose begins with, if that is foreign.
pub fn at_line_start(line: &str) -> Option<Foreign> {
    let word_follows = |rest: &str| {
        rest.trim_start_matches([' ', '+']).starts_with(|c: char| c.is_alphabetic() || matches!(c, '{' | '"'))
    };
    let (what, instead) = match line.as_bytes().first()? {
        b'!' if line.strip_prefix("!!! ").is_some_and(word_follows) => ("an admonition of MkDocs", CALLOUT),
        b'?' if line
            .strip_prefix("???")
            .is_some_and(|rest| rest.starts_with([' ', '+']) && word_follows(rest)) =>
        {
            (
                "a foldable admonition of MkDocs",
                "write a foldable callout: `> [!NOTE]- Title`, its text below behind `>`",
            )
        }
        b':' if line.strip_prefix(":::").is_some_and(|rest| word_follows(rest.trim_start_matches(':'))) => {
            ("a container of Docusaurus, VitePress or Pandoc", CALLOUT)
        }
        b'=' if line.starts_with("=== \"") || line.starts_with("===! \"") => {
            ("a tab of Material for MkDocs", TABS)
        }
        b'-' if line.contains("-8<-") => ("an include of MkDocs", INCLUDE),
        b'[' if matches!(line.trim_end(), "[TOC]" | "[toc]" | "[[_TOC_]]") => {
            ("a table of contents marker", "delete it: every page with headings has a table of contents")
        }
        b'i' if is_import(line) => ("an import of MDX", "delete it: there are no components to import"),
        b'e' if line.starts_with("export default ") || line.starts_with("export const ") => {
            ("an export of MDX", "delete it: content is no program")
        }
        _ => return None,
    };
    Some(Foreign { what, instead })
}

fn is_import(line: &str) -> bool {
    line.starts_with("import ")
        && line.contains(['"', '\''])
        && (line.contains(" from ") || line.starts_with("import \"") || line.starts_with("import '"))
}

/// What the braces at the beginning of `text` are, if they are a template's.
pub fn at_brace(text: &str) -> Option<Foreign> {
    let (what, instead) = if text.starts_with("{{<") || text.starts_with("{{%") {
        ("a shortcode of Hugo", PLAIN)
    } else if text.starts_with("{{#include")
        || text.starts_with("{{#rustdoc_include")
        || text.starts_with("{{#playground")
    {
        ("an include of mdBook", INCLUDE)
    } else if text.starts_with("{%") {
        ("a template tag of Jekyll, Liquid or Jinja", PLAIN)
    } else {
        return None;
    };
    Some(Foreign { what, instead })
}

/// What an element name such as `Tabs` is, if it is a component.
pub fn element(name: &str) -> Option<Foreign> {
    let component =
        name.starts_with(|c: char| c.is_ascii_uppercase()) && name.contains(|c: char| c.is_ascii_lowercase());
    let instead = if name.starts_with("Tab") { TABS } else { CALLOUT };
    component.then_some(Foreign { what: "a component of MDX or Vue", instead })
}
