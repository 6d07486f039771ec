//! The dozen classes, and which of syntect's thousands of scopes mean which.

use std::sync::LazyLock;

use syntect::parsing::Scope;

/// What a stretch of code is. The order means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Shown as it stands: identifiers, operators, brackets, blanks.
    Plain,
    Keyword,
    String,
    Comment,
    Number,
    Constant,
    Function,
    Type,
    Variable,
    Attribute,
    Heading,
    Inserted,
    Deleted,
}

impl Class {
    /// The name in the page; empty for plain text. Letters, because there are hundreds to a page.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Keyword => "k",
            Self::String => "s",
            Self::Comment => "c",
            Self::Number => "n",
            Self::Constant => "b",
            Self::Function => "f",
            Self::Type => "t",
            Self::Variable => "v",
            Self::Attribute => "a",
            Self::Heading => "h",
            Self::Inserted => "i",
            Self::Deleted => "d",
        }
    }

    /// The class of `scope` inside text of the class `outer`; most scopes leave it as it is.
    pub fn within(scope: Scope, outer: Self) -> Self {
        let Some((_, class)) = SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)) else {
            return outer;
        };
        match class {
            Meaning::Outer => outer,
            // A quoted key is a key.
            Meaning::Is(Self::String) if outer == Self::Attribute => outer,
            Meaning::Is(class) => *class,
            Meaning::VariableWhereMarked if is_marked(scope) => Self::Variable,
            Meaning::VariableWhereMarked => outer,
        }
    }
}

enum Meaning {
    Is(Class),
    Outer,
    /// Most syntaxes call every name a variable; only some languages mark variables, like `$HOME`.
    VariableWhereMarked,
}

/// The last part of a scope is its language.
fn is_marked(scope: Scope) -> bool {
    static LANGUAGES: LazyLock<Vec<Scope>> = LazyLock::new(|| {
        let names = "shell bash fish php perl tcl ruby scss sass less nginx graphql makefile jq dockerfile";
        names.split(' ').filter_map(|name| Scope::new(name).ok()).collect()
    });
    let Some(last) = (scope.len() as usize).checked_sub(1) else { return false };
    LANGUAGES.iter().any(|language| language.atom_at(0) == scope.atom_at(last))
}

/// The first prefix that fits counts, so the longer stand before the shorter.
static SCOPES: LazyLock<Vec<(Scope, Meaning)>> = LazyLock::new(|| {
    use Class::*;
    use Meaning::{Is, Outer, VariableWhereMarked};
    let rules = [
        // By far the most frequent come first.
        ("punctuation.definition.variable", Is(Variable)),
        ("punctuation", Outer),
        ("meta.group.expansion.parameter", Is(Variable)),
        ("meta.group.expansion", Is(Plain)),
        ("meta.interpolation", Is(Plain)),
        ("meta.template.expression", Is(Plain)),
        ("meta.string.interpolation", Is(Plain)),
        ("meta.mapping.key", Is(Attribute)),
        ("meta.annotation", Is(Attribute)),
        ("meta.diff.range", Is(Heading)),
        ("meta.diff.header", Is(Comment)),
        ("meta", Outer),
        // Code inside strings or markup is code again.
        ("source", Is(Plain)),
        ("comment", Is(Comment)),
        // Plain scalars are most of a YAML file; coloured, nothing would stand out.
        ("string.unquoted.plain", Outer),
        ("string.unquoted.argument", Outer),
        ("string", Is(String)),
        ("constant.numeric", Is(Number)),
        ("constant.character", Outer),
        ("constant.other.placeholder", Outer),
        ("constant.other.database-name", Outer),
        ("constant.other.table-name", Outer),
        ("constant", Is(Constant)),
        ("keyword.other.unit", Is(Number)),
        ("keyword", Is(Keyword)),
        ("storage.type.numeric", Is(Number)),
        ("storage.type.string", Is(String)),
        // Go's syntax calls every type this, and its keywords `keyword`.
        ("storage.type.go", Is(Type)),
        ("storage", Is(Keyword)),
        ("entity.name.function", Is(Function)),
        ("entity.name.macro", Is(Function)),
        ("entity.name.tag", Is(Attribute)),
        ("entity.other.attribute-name", Is(Attribute)),
        ("entity.other.inherited-class", Is(Type)),
        ("entity.name.section", Is(Heading)),
        ("entity.name.constant", Is(Constant)),
        ("entity.name.type", Is(Type)),
        ("entity.name.class", Is(Type)),
        ("entity.name.struct", Is(Type)),
        ("entity.name.enum", Is(Type)),
        ("entity.name.union", Is(Type)),
        ("entity.name.trait", Is(Type)),
        ("entity.name.impl", Is(Type)),
        ("entity.name.interface", Is(Type)),
        ("entity.name.namespace", Is(Type)),
        ("entity.name.module", Is(Type)),
        ("variable.function", Is(Function)),
        ("variable.annotation", Is(Attribute)),
        ("variable.language.star", Outer),
        ("variable.language", Is(Variable)),
        ("variable.other.alias", Is(Variable)),
        ("entity.name.other.anchor", Is(Variable)),
        ("variable", VariableWhereMarked),
        ("support.function", Is(Function)),
        ("support.macro", Is(Function)),
        ("support.type.property-name", Is(Attribute)),
        ("support.type", Is(Type)),
        ("support.class", Is(Type)),
        ("support.constant", Is(Constant)),
        ("markup.heading", Is(Heading)),
        ("markup.inserted", Is(Inserted)),
        ("markup.deleted", Is(Deleted)),
        ("markup.raw", Is(String)),
        ("markup.underline.link", Is(String)),
    ];
    rules.into_iter().filter_map(|(prefix, meaning)| Some((Scope::new(prefix).ok()?, meaning))).collect()
});
