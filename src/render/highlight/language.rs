//! The languages a fence may name.

use super::scan::grammar::{self, Grammar};
use super::scan::{dockerfile, ini, promql, shell, yaml};

/// A language that code may be in. Two names of one language are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(u8);

/// What highlights a language.
#[derive(Clone, Copy, Debug)]
pub enum Engine {
    Plain,
    /// A scanner of its own.
    Scanner(fn(&str) -> String),
    /// The scanner for words, quotes and brackets.
    Code(&'static Grammar),
    /// syntect, with the syntax of this name.
    Syntax(&'static str),
}

impl Language {
    /// Not highlighted, and meant so.
    pub const PLAIN: Self = Self(0);

    /// The language called `name`, in any case; nothing at all is plain. `None` when the name is not
    /// known: the block is shown plain, and the writer may want [`Language::names`] to choose from.
    pub fn named(name: &str) -> Option<Self> {
        let found = LANGUAGES.iter().position(|(names, _)| {
            names.split(' ').any(|known| known.eq_ignore_ascii_case(name))
                || (name.is_empty() && *names == PLAIN)
        })?;
        u8::try_from(found).ok().map(Self)
    }

    /// All names, those of one language side by side, the usual one first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        LANGUAGES.iter().flat_map(|(names, _)| names.split(' '))
    }

    /// The usual name, such as `yaml` for `yml`.
    pub fn name(self) -> &'static str {
        let names = LANGUAGES.get(usize::from(self.0)).map_or(PLAIN, |(names, _)| names);
        names.split(' ').next().unwrap_or_default()
    }

    pub(super) fn engine(self) -> Engine {
        LANGUAGES.get(usize::from(self.0)).map_or(Engine::Plain, |(_, engine)| *engine)
    }
}

const PLAIN: &str = "text txt plain plaintext none output";

/// Names as writers and other generators use them, then the engine. A table instead of asking the
/// syntaxes, so that `check` need not unpack them; what they call a language is not what people do
/// (`GDScript (Godot Engine)`), and their file extensions hold surprises (`l` is Lisp).
///
/// Lisp, SystemVerilog, D and Slim are missing on purpose: their syntaxes take seconds over a few
/// hundred backslashes, blanks or quotes.
const LANGUAGES: &[(&str, Engine)] = {
    use Engine::{Code, Plain, Scanner, Syntax};
    &[
        (PLAIN, Plain),
        ("promql metricsql", Scanner(promql::highlight)),
        ("bash sh shell zsh ksh", Scanner(shell::highlight)),
        ("console shell-session shellsession terminal", Scanner(shell::session)),
        ("fish", Syntax("Fish")),
        ("batch bat cmd", Syntax("Batch File")),
        ("yaml yml", Scanner(yaml::highlight)),
        ("json jsonc json5 jsonl ndjson", Code(&grammar::JSON)),
        ("toml", Code(&grammar::TOML)),
        (
            "ini cfg systemd unit desktop editorconfig properties env dotenv gitconfig",
            Scanner(ini::highlight),
        ),
        ("hcl terraform tf tfvars opentofu", Code(&grammar::HCL)),
        ("dockerfile docker containerfile", Scanner(dockerfile::highlight)),
        ("nginx", Syntax("nginx")),
        ("apache apacheconf htaccess", Syntax("Apache Conf")),
        ("jsonnet libsonnet", Syntax("jsonnet")),
        ("nix", Syntax("Nix")),
        ("puppet", Syntax("Puppet")),
        ("rego opa", Syntax("Rego")),
        ("proto protobuf proto3", Code(&grammar::PROTO)),
        ("textproto prototxt pbtxt", Syntax("Protocol Buffer (TEXT)")),
        ("graphql gql", Syntax("GraphQL")),
        ("sql mysql pgsql postgres postgresql sqlite plsql", Code(&grammar::SQL)),
        ("http", Syntax("HTTP Request and Response")),
        ("diff patch", Syntax("Diff")),
        ("gitignore dockerignore", Syntax("Git Ignore")),
        ("gitattributes", Syntax("Git Attributes")),
        ("git-commit", Syntax("Git Commit")),
        ("git-rebase", Syntax("Git Rebase Todo")),
        ("ssh-config sshconfig", Syntax("SSH Config")),
        ("sshd-config", Syntax("SSHD Config")),
        ("crontab cron", Syntax("Crontab")),
        ("fstab", Syntax("fstab")),
        ("log logs", Syntax("log")),
        ("syslog", Syntax("syslog")),
        ("strace", Syntax("Strace")),
        ("csv", Syntax("Comma Separated Values")),
        ("tsv", Syntax("Tab Separated Values")),
        ("make makefile mk", Syntax("Makefile")),
        ("cmake", Syntax("CMake")),
        ("ninja", Syntax("Ninja")),
        ("requirements pip", Syntax("Requirements.txt")),
        ("gomod go-mod go.mod", Syntax("Gomod")),
        ("rust rs", Code(&grammar::RUST)),
        ("go golang", Code(&grammar::GO)),
        ("python py python3 starlark bazel bzl", Code(&grammar::PYTHON)),
        ("javascript js mjs cjs node", Code(&grammar::JAVASCRIPT)),
        ("typescript ts mts cts", Code(&grammar::TYPESCRIPT)),
        ("tsx jsx", Syntax("TypeScriptReact")),
        ("java", Code(&grammar::JAVA)),
        ("kotlin kt kts", Code(&grammar::KOTLIN)),
        ("groovy gradle jenkinsfile", Syntax("Groovy")),
        ("scala sbt", Syntax("Scala")),
        ("clojure clj cljs edn", Syntax("Clojure")),
        ("c h", Syntax("C")),
        ("cpp c++ cc cxx hpp", Syntax("C++")),
        ("csharp cs c#", Syntax("C#")),
        ("fsharp fs f#", Syntax("F#")),
        ("objective-c objc", Syntax("Objective-C")),
        ("swift", Syntax("Swift")),
        ("zig", Syntax("Zig")),
        ("nim", Syntax("Nim")),
        ("odin", Syntax("Odin")),
        ("dart", Syntax("Dart")),
        ("ruby rb rake gemfile vagrantfile", Syntax("Ruby")),
        ("erb", Syntax("HTML (Rails)")),
        ("crystal cr", Syntax("Crystal")),
        ("php", Syntax("PHP")),
        ("perl pl", Syntax("Perl")),
        ("lua", Syntax("Lua")),
        ("tcl", Syntax("Tcl")),
        ("r", Syntax("R")),
        ("julia jl", Syntax("Julia")),
        ("matlab octave", Syntax("MATLAB")),
        ("fortran f90", Syntax("Fortran (Modern)")),
        ("pascal delphi", Syntax("Pascal")),
        ("ada", Syntax("Ada")),
        ("haskell hs", Syntax("Haskell")),
        ("ocaml ml", Syntax("OCaml")),
        ("sml", Syntax("SML")),
        ("elm", Syntax("Elm")),
        ("purescript purs", Syntax("PureScript")),
        ("idris", Syntax("Idris")),
        ("lean", Syntax("Lean 4")),
        ("elixir ex exs", Syntax("Elixir")),
        ("erlang erl", Syntax("Erlang")),
        ("racket rkt", Syntax("Racket")),
        ("awk", Syntax("AWK")),
        ("jq", Syntax("JQ")),
        ("vim viml vimscript", Syntax("VimL")),
        ("gnuplot", Syntax("gnuplot")),
        ("applescript", Syntax("AppleScript")),
        ("coffeescript coffee", Syntax("CoffeeScript")),
        ("gdscript", Syntax("GDScript (Godot Engine)")),
        ("solidity sol", Syntax("Solidity")),
        ("asm assembly nasm x86asm", Syntax("x86_64 Assembly")),
        ("llvm", Syntax("LLVM")),
        ("glsl", Syntax("GLSL")),
        ("wgsl", Syntax("WGSL")),
        ("verilog", Syntax("Verilog")),
        ("vhdl", Syntax("VHDL")),
        ("html htm xhtml", Syntax("HTML")),
        ("xml svg xsd xslt rss atom", Syntax("XML")),
        ("css", Syntax("CSS")),
        ("scss", Syntax("SCSS")),
        ("sass", Syntax("Sass")),
        ("less", Syntax("Less")),
        ("vue", Syntax("Vue Component")),
        ("svelte", Syntax("Svelte")),
        ("jinja jinja2 j2 tera", Syntax("Jinja2")),
        ("twig", Syntax("HTML (Twig)")),
        ("haml", Syntax("Ruby Haml")),
        ("markdown md", Syntax("Markdown")),
        ("asciidoc adoc", Syntax("AsciiDoc (Asciidoctor)")),
        ("rst restructuredtext", Syntax("reStructuredText")),
        ("org orgmode", Syntax("orgmode")),
        ("latex tex", Syntax("LaTeX")),
        ("bibtex", Syntax("BibTeX")),
        ("typst", Syntax("Typst")),
        ("textile", Syntax("Textile")),
        ("mediawiki wiki", Syntax("MediaWiki")),
        ("man troff groff", Syntax("Groff/troff")),
        ("dot graphviz gv", Syntax("Graphviz (DOT)")),
        ("regex regexp re", Syntax("Regular Expression")),
        ("robot robotframework", Syntax("Robot Framework")),
        ("qml", Syntax("QML")),
        ("varlink", Syntax("varlink")),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_syntax_exists() {
        let syntaxes = two_face::syntax::extra_newlines();
        for (names, engine) in LANGUAGES {
            if let Engine::Syntax(name) = engine {
                assert!(syntaxes.find_syntax_by_name(name).is_some(), "no syntax {name} for {names}");
            }
        }
    }
}
