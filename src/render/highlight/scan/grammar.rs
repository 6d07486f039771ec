//! What [`super::code`] must know of a language: its comments, quotes and words.

use crate::render::highlight::class::Class::{self, *};

/// A language of words, quotes and brackets.
#[derive(Clone, Copy, Debug)]
pub struct Grammar {
    pub line_comments: &'static [&'static str],
    pub block_comment: Option<BlockComment>,
    /// The longer openings first.
    pub quotes: &'static [Quote],
    /// What a word directly before a quote makes of it; `None` where it is only a word.
    pub prefix: fn(&str) -> Option<Prefix>,
    /// The class of a word of the language itself, else `Plain`.
    pub word: fn(&str) -> Class,
    /// The class of the name that a keyword is followed by, as in `fn page` or `struct Page`.
    pub introduces: fn(&str) -> Option<Class>,
    pub traits: Traits,
}

#[derive(Clone, Copy, Debug)]
pub struct BlockComment {
    pub open: &'static str,
    pub close: &'static str,
    pub nests: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct Quote {
    pub open: &'static str,
    pub close: &'static str,
    pub escape: Escape,
    /// Whether it may hold line ends; one that may not ends with its line even when left open.
    pub many_lines: bool,
    /// What opens code inside it, up to a `}`; empty if nothing does.
    pub code: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escape {
    None,
    Backslash,
    /// A quote written twice stands for itself.
    Doubled,
}

/// What stands before a quote: `r"…"`, `f'…'`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefix {
    Ordinary,
    /// Code between braces.
    Code,
    /// As many `#` before the opening quote as after the closing one; no escapes.
    Hashes,
}

/// Habits that several languages share.
#[derive(Clone, Copy, Debug, Default)]
pub struct Traits {
    /// `Page` is a type and `PAGE` a constant.
    pub capitals: bool,
    /// `@Override`.
    pub annotations: bool,
    /// `#[derive(…)]`, `'a`, `println!`.
    pub rust: bool,
    /// `/…/` where a value may stand.
    pub regular_expressions: bool,
    /// What follows the keys of a map or block: `:` after quotes, `=` after names.
    pub key: Option<u8>,
    /// `[section]` at the start of a line.
    pub sections: bool,
    /// `Select` is `select`.
    pub any_case: bool,
    /// `-` goes on a name, as in `on-call = 1`.
    pub hyphens: bool,
    /// `<<EOT`.
    pub here_documents: bool,
}

const NOTHING: Grammar = Grammar {
    line_comments: &[],
    block_comment: None,
    quotes: &[],
    prefix: |_| None,
    word: |_| Plain,
    introduces: |_| None,
    traits: Traits {
        capitals: false,
        annotations: false,
        rust: false,
        regular_expressions: false,
        key: None,
        sections: false,
        any_case: false,
        hyphens: false,
        here_documents: false,
    },
};

const SLASHES: Option<BlockComment> = Some(BlockComment { open: "/*", close: "*/", nests: false });

const DOUBLE: Quote =
    Quote { open: "\"", close: "\"", escape: Escape::Backslash, many_lines: false, code: "" };
const SINGLE: Quote = Quote { open: "'", close: "'", ..DOUBLE };
const TRIPLE: Quote = Quote { open: "\"\"\"", close: "\"\"\"", many_lines: true, ..DOUBLE };
const TRIPLE_SINGLE: Quote = Quote { open: "'''", close: "'''", ..TRIPLE };

pub const RUST: Grammar = Grammar {
    line_comments: &["//"],
    block_comment: Some(BlockComment { open: "/*", close: "*/", nests: true }),
    quotes: &[Quote { many_lines: true, ..DOUBLE }],
    prefix: |word| match word {
        "b" | "c" => Some(Prefix::Ordinary),
        "r" | "br" | "cr" => Some(Prefix::Hashes),
        _ => None,
    },
    word: |word| match word {
        "as" | "async" | "await" | "break" | "const" | "continue" | "crate" | "dyn" | "else" | "enum"
        | "extern" | "fn" | "for" | "if" | "impl" | "in" | "let" | "loop" | "match" | "mod" | "move"
        | "mut" | "pub" | "ref" | "return" | "static" | "struct" | "super" | "trait" | "type" | "union"
        | "unsafe" | "use" | "where" | "while" | "yield" => Keyword,
        "self" => Variable,
        "true" | "false" => Constant,
        "bool" | "char" | "str" | "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16" | "i32"
        | "i64" | "i128" | "isize" | "f32" | "f64" => Type,
        _ => Plain,
    },
    introduces: |word| match word {
        "fn" => Some(Function),
        "struct" | "enum" | "trait" | "type" | "union" | "mod" => Some(Type),
        _ => None,
    },
    traits: Traits { capitals: true, rust: true, ..NOTHING.traits },
};

pub const GO: Grammar = Grammar {
    line_comments: &["//"],
    block_comment: SLASHES,
    quotes: &[
        DOUBLE,
        SINGLE,
        Quote { open: "`", close: "`", escape: Escape::None, many_lines: true, code: "" },
    ],
    word: |word| match word {
        "break" | "case" | "chan" | "const" | "continue" | "default" | "defer" | "else" | "fallthrough"
        | "for" | "func" | "go" | "goto" | "if" | "import" | "interface" | "map" | "package" | "range"
        | "return" | "select" | "struct" | "switch" | "type" | "var" => Keyword,
        "true" | "false" | "nil" | "iota" => Constant,
        "any" | "bool" | "byte" | "comparable" | "complex64" | "complex128" | "error" | "float32"
        | "float64" | "int" | "int8" | "int16" | "int32" | "int64" | "rune" | "string" | "uint" | "uint8"
        | "uint16" | "uint32" | "uint64" | "uintptr" => Type,
        _ => Plain,
    },
    introduces: |word| match word {
        "func" => Some(Function),
        "type" => Some(Type),
        _ => None,
    },
    ..NOTHING
};

pub const PYTHON: Grammar = Grammar {
    line_comments: &["#"],
    quotes: &[TRIPLE, TRIPLE_SINGLE, DOUBLE, SINGLE],
    prefix: |word| match word {
        "f" | "F" | "rf" | "fr" | "Rf" | "fR" | "rF" | "Fr" | "t" => Some(Prefix::Code),
        "r" | "R" | "b" | "B" | "u" | "U" | "rb" | "br" | "Rb" | "bR" | "rB" | "Br" => Some(Prefix::Ordinary),
        _ => None,
    },
    word: |word| match word {
        "and" | "as" | "assert" | "async" | "await" | "break" | "case" | "class" | "continue" | "def"
        | "del" | "elif" | "else" | "except" | "finally" | "for" | "from" | "global" | "if" | "import"
        | "in" | "is" | "lambda" | "load" | "match" | "nonlocal" | "not" | "or" | "pass" | "raise"
        | "return" | "try" | "while" | "with" | "yield" => Keyword,
        "True" | "False" | "None" | "NotImplemented" => Constant,
        "self" | "cls" => Variable,
        "bool" | "bytes" | "dict" | "float" | "frozenset" | "int" | "list" | "object" | "set" | "str"
        | "tuple" => Type,
        _ => Plain,
    },
    introduces: |word| match word {
        "def" => Some(Function),
        "class" => Some(Type),
        _ => None,
    },
    traits: Traits { capitals: true, annotations: true, ..NOTHING.traits },
    ..NOTHING
};

pub const JAVASCRIPT: Grammar = Grammar {
    line_comments: &["//"],
    block_comment: SLASHES,
    quotes: &[DOUBLE, SINGLE, Quote { open: "`", close: "`", many_lines: true, code: "${", ..DOUBLE }],
    word: |word| match word {
        "as" | "async" | "await" | "break" | "case" | "catch" | "class" | "const" | "continue"
        | "debugger" | "default" | "delete" | "do" | "else" | "export" | "extends" | "finally" | "for"
        | "from" | "function" | "if" | "import" | "in" | "instanceof" | "let" | "new" | "of" | "return"
        | "static" | "switch" | "throw" | "try" | "typeof" | "var" | "void" | "while" | "with" | "yield" => {
            Keyword
        }
        "true" | "false" | "null" | "undefined" | "NaN" | "Infinity" => Constant,
        "this" | "super" | "arguments" | "globalThis" => Variable,
        _ => Plain,
    },
    introduces: |word| match word {
        "function" => Some(Function),
        "class" => Some(Type),
        _ => None,
    },
    traits: Traits { capitals: true, annotations: true, regular_expressions: true, ..NOTHING.traits },
    ..NOTHING
};

pub const TYPESCRIPT: Grammar = Grammar {
    word: |word| match word {
        "abstract" | "asserts" | "declare" | "enum" | "implements" | "infer" | "interface" | "is"
        | "keyof" | "module" | "namespace" | "override" | "private" | "protected" | "public" | "readonly"
        | "satisfies" | "type" => Keyword,
        "any" | "bigint" | "boolean" | "never" | "number" | "object" | "string" | "symbol" | "unknown" => {
            Type
        }
        word => (JAVASCRIPT.word)(word),
    },
    introduces: |word| match word {
        "enum" | "interface" | "namespace" | "type" => Some(Type),
        word => (JAVASCRIPT.introduces)(word),
    },
    ..JAVASCRIPT
};

pub const JAVA: Grammar = Grammar {
    line_comments: &["//"],
    block_comment: SLASHES,
    quotes: &[TRIPLE, DOUBLE, SINGLE],
    word: |word| match word {
        "abstract" | "assert" | "break" | "case" | "catch" | "class" | "continue" | "default" | "do"
        | "else" | "enum" | "extends" | "final" | "finally" | "for" | "if" | "implements" | "import"
        | "instanceof" | "interface" | "native" | "new" | "package" | "permits" | "private" | "protected"
        | "public" | "record" | "return" | "sealed" | "static" | "switch" | "synchronized" | "throw"
        | "throws" | "transient" | "try" | "var" | "volatile" | "while" | "yield" => Keyword,
        "true" | "false" | "null" => Constant,
        "this" | "super" => Variable,
        "boolean" | "byte" | "char" | "double" | "float" | "int" | "long" | "short" | "void" => Type,
        _ => Plain,
    },
    introduces: |word| match word {
        "class" | "enum" | "interface" | "record" => Some(Type),
        _ => None,
    },
    traits: Traits { capitals: true, annotations: true, ..NOTHING.traits },
    ..NOTHING
};

pub const KOTLIN: Grammar = Grammar {
    line_comments: &["//"],
    block_comment: Some(BlockComment { open: "/*", close: "*/", nests: true }),
    quotes: &[Quote { escape: Escape::None, code: "${", ..TRIPLE }, Quote { code: "${", ..DOUBLE }, SINGLE],
    word: |word| match word {
        "abstract" | "actual" | "annotation" | "as" | "break" | "by" | "catch" | "class" | "companion"
        | "const" | "constructor" | "continue" | "crossinline" | "data" | "do" | "else" | "enum"
        | "expect" | "external" | "final" | "finally" | "for" | "fun" | "if" | "import" | "in" | "infix"
        | "init" | "inline" | "inner" | "interface" | "internal" | "is" | "lateinit" | "noinline"
        | "object" | "open" | "operator" | "out" | "override" | "package" | "private" | "protected"
        | "public" | "reified" | "return" | "sealed" | "suspend" | "tailrec" | "throw" | "try"
        | "typealias" | "val" | "value" | "var" | "vararg" | "when" | "where" | "while" => Keyword,
        "true" | "false" | "null" => Constant,
        "this" | "super" | "it" => Variable,
        _ => Plain,
    },
    introduces: |word| match word {
        "fun" => Some(Function),
        "class" | "interface" | "object" | "typealias" => Some(Type),
        _ => None,
    },
    traits: Traits { capitals: true, annotations: true, ..NOTHING.traits },
    ..NOTHING
};

pub const PROTO: Grammar = Grammar {
    line_comments: &["//"],
    block_comment: SLASHES,
    quotes: &[DOUBLE, SINGLE],
    word: |word| match word {
        "edition" | "enum" | "extend" | "extensions" | "import" | "map" | "max" | "message" | "oneof"
        | "option" | "optional" | "package" | "public" | "repeated" | "required" | "reserved" | "returns"
        | "rpc" | "service" | "stream" | "syntax" | "to" | "weak" => Keyword,
        "true" | "false" => Constant,
        "bool" | "bytes" | "double" | "fixed32" | "fixed64" | "float" | "int32" | "int64" | "sfixed32"
        | "sfixed64" | "sint32" | "sint64" | "string" | "uint32" | "uint64" => Type,
        _ => Plain,
    },
    introduces: |word| match word {
        "enum" | "message" | "service" => Some(Type),
        "rpc" => Some(Function),
        _ => None,
    },
    traits: Traits { capitals: true, ..NOTHING.traits },
    ..NOTHING
};

pub const SQL: Grammar = Grammar {
    line_comments: &["--"],
    block_comment: SLASHES,
    quotes: &[Quote { escape: Escape::Doubled, many_lines: true, ..SINGLE }],
    word: |word| match word {
        "add" | "all" | "alter" | "analyze" | "and" | "any" | "as" | "asc" | "begin" | "between" | "by"
        | "cascade" | "case" | "check" | "column" | "commit" | "concurrently" | "conflict" | "constraint"
        | "create" | "cross" | "database" | "declare" | "default" | "delete" | "desc" | "distinct" | "do"
        | "drop" | "else" | "end" | "except" | "exists" | "explain" | "fetch" | "filter" | "first"
        | "following" | "for" | "foreign" | "from" | "full" | "function" | "grant" | "group" | "having"
        | "if" | "ilike" | "in" | "index" | "inner" | "insert" | "intersect" | "interval" | "into" | "is"
        | "join" | "key" | "last" | "lateral" | "left" | "like" | "limit" | "lock" | "materialized"
        | "natural" | "not" | "nothing" | "nulls" | "of" | "offset" | "on" | "only" | "or" | "order"
        | "outer" | "over" | "partition" | "preceding" | "primary" | "procedure" | "range" | "recursive"
        | "references" | "replace" | "returning" | "returns" | "revoke" | "right" | "rollback" | "row"
        | "rows" | "savepoint" | "schema" | "select" | "sequence" | "set" | "similar" | "some" | "table"
        | "temporary" | "then" | "ties" | "to" | "transaction" | "trigger" | "truncate" | "unbounded"
        | "union" | "unique" | "update" | "using" | "vacuum" | "values" | "view" | "when" | "where"
        | "window" | "with" => Keyword,
        "true" | "false" | "null" => Constant,
        "bigint" | "bigserial" | "boolean" | "bytea" | "char" | "date" | "decimal" | "double" | "float"
        | "int" | "integer" | "json" | "jsonb" | "numeric" | "precision" | "real" | "serial" | "smallint"
        | "text" | "time" | "timestamp" | "timestamptz" | "uuid" | "varchar" => Type,
        _ => Plain,
    },
    traits: Traits { any_case: true, ..NOTHING.traits },
    ..NOTHING
};

pub const HCL: Grammar = Grammar {
    line_comments: &["#", "//"],
    block_comment: SLASHES,
    quotes: &[Quote { code: "${", ..DOUBLE }],
    word: |word| match word {
        "check" | "data" | "dynamic" | "for" | "if" | "import" | "in" | "locals" | "module" | "moved"
        | "output" | "provider" | "removed" | "resource" | "terraform" | "variable" => Keyword,
        "true" | "false" | "null" => Constant,
        "any" | "bool" | "list" | "map" | "number" | "object" | "set" | "string" | "tuple" => Type,
        "each" | "local" | "path" | "self" | "var" => Variable,
        _ => Plain,
    },
    traits: Traits { key: Some(b'='), hyphens: true, here_documents: true, ..NOTHING.traits },
    ..NOTHING
};

/// With comments, because JSON that people explain has them.
pub const JSON: Grammar = Grammar {
    line_comments: &["//"],
    block_comment: SLASHES,
    quotes: &[DOUBLE],
    word: |word| match word {
        "true" | "false" | "null" => Constant,
        _ => Plain,
    },
    traits: Traits { key: Some(b':'), ..NOTHING.traits },
    ..NOTHING
};

pub const TOML: Grammar = Grammar {
    line_comments: &["#"],
    quotes: &[
        TRIPLE,
        Quote { escape: Escape::None, ..TRIPLE_SINGLE },
        DOUBLE,
        Quote { escape: Escape::None, ..SINGLE },
    ],
    word: |word| match word {
        "true" | "false" => Constant,
        "inf" | "nan" => Number,
        _ => Plain,
    },
    traits: Traits { key: Some(b'='), sections: true, hyphens: true, ..NOTHING.traits },
    ..NOTHING
};
