//! JavaScript without its comments and without the spaces and line ends that mean nothing.
//!
//! Strings, templates and regular expressions are copied as they are. A line end stays wherever a
//! statement might end there. What cannot be told for certain is left alone: a text in which a string
//! has no end is returned as it was.

/// The same program in fewer bytes.
pub fn squeeze(script: &str) -> String {
    let mut squeezed = Squeezed { out: String::with_capacity(script.len()), last: 0 };
    squeezed.all(script).map_or_else(|| script.to_owned(), |()| squeezed.out)
}

struct Squeezed {
    out: String,
    /// Where in `out` the last token begins.
    last: usize,
}

/// What lay between two tokens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Space,
    Line,
}

impl Squeezed {
    /// `None` when something has no end.
    fn all(&mut self, script: &str) -> Option<()> {
        let mut rest = script;
        let mut gap = Gap::None;
        while let Some(first) = rest.chars().next() {
            let length = if first.is_whitespace() {
                gap = if first == '\n' || gap == Gap::Line { Gap::Line } else { Gap::Space };
                rest = rest.get(first.len_utf8()..)?;
                continue;
            } else if rest.starts_with("//") {
                rest = rest.get(rest.find('\n').unwrap_or(rest.len())..)?;
                continue;
            } else if rest.starts_with("/*") {
                let comment = rest.get(..rest.find("*/")? + 2)?;
                gap = if gap == Gap::Line || comment.contains('\n') { Gap::Line } else { Gap::Space };
                rest = rest.get(comment.len()..)?;
                continue;
            } else if first == '"' || first == '\'' {
                string(rest, first)?
            } else if first == '`' {
                template(rest)?
            } else if first == '/' && self.expects_value() {
                expression(rest).unwrap_or(1)
            } else if is_word(first) {
                rest.find(|c| !is_word(c)).unwrap_or(rest.len())
            } else {
                first.len_utf8()
            };
            let token = rest.get(..length)?;
            self.add(gap, token, first);
            gap = Gap::None;
            rest = rest.get(length..)?;
        }
        self.out.push('\n');
        Some(())
    }

    fn add(&mut self, gap: Gap, token: &str, first: char) {
        let last = self.out.chars().next_back().unwrap_or('{');
        let ends_value =
            |c: char| is_word(c) || matches!(c, ')' | ']' | '}' | '"' | '\'' | '`' | '+' | '-' | '/');
        let joins = token.starts_with(['}', ')', ']', ',', ';', '?', ':', '&', '|'])
            || (first == '.' && !last.is_ascii_digit());
        match gap {
            Gap::Line if ends_value(last) && !joins => self.out.push('\n'),
            Gap::Line | Gap::Space if would_join(last, first) => self.out.push(' '),
            _ => {}
        }
        self.last = self.out.len();
        self.out.push_str(token);
    }

    /// Whether a `/` that comes now begins a regular expression.
    fn expects_value(&self) -> bool {
        const BEFORE_VALUES: [&str; 11] =
            ["return", "typeof", "case", "in", "of", "delete", "void", "throw", "else", "await", "yield"];
        match self.out.chars().next_back() {
            None => true,
            Some(last) if is_word(last) => {
                self.out.get(self.last..).is_some_and(|word| BEFORE_VALUES.contains(&word))
            }
            Some(last) => !matches!(last, ')' | ']' | '}' | '"' | '\'' | '`'),
        }
    }
}

/// Whether two tokens would read as another one without a space.
fn would_join(last: char, first: char) -> bool {
    (is_word(last) && is_word(first))
        || (last == first && matches!(first, '+' | '-'))
        || (first == '/' && matches!(last, '/' | '*' | '<'))
        || (last == '/' && matches!(first, '*' | '/'))
        || (last.is_ascii_digit() && first == '.')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '#' | '\\' | '@') || !c.is_ascii()
}

/// Bytes of the string that begins `text`.
fn string(text: &str, quote: char) -> Option<usize> {
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '\n' => return None,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Bytes of the template that begins `text`, with what is put into it.
fn template(text: &str) -> Option<usize> {
    // How many braces are open in each `${…}` that is open.
    let mut open: Vec<usize> = Vec::new();
    let mut in_text = true;
    let mut at = 1;
    while let Some(c) = text.get(at..)?.chars().next() {
        let rest = text.get(at..)?;
        at += match c {
            '\\' if in_text => 1 + rest.chars().nth(1)?.len_utf8(),
            '`' if in_text && open.is_empty() => return Some(at + 1),
            '$' if in_text && rest.starts_with("${") => {
                open.push(0);
                in_text = false;
                2
            }
            '`' if !in_text => template(rest)?,
            '"' | '\'' if !in_text => string(rest, c)?,
            '{' if !in_text => {
                *open.last_mut()? += 1;
                1
            }
            '}' if !in_text => {
                match open.last_mut()? {
                    0 => {
                        open.pop();
                        in_text = true;
                    }
                    braces => *braces -= 1,
                }
                1
            }
            c => c.len_utf8(),
        };
    }
    None
}

/// Bytes of the regular expression that begins `text`, its flags left out; `None` where there is none.
fn expression(text: &str) -> Option<usize> {
    let mut in_class = false;
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '\n' => return None,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_nothing_goes_and_what_means_something_stays() {
        for (script, expected) in [
            ("const a = 1; // one\n\n/* two\n lines */\nlet b = a + 2;\n", "const a=1;let b=a+2;\n"),
            ("f(\n  a,\n  /** @type {X} */ (b),\n)", "f(a,(b),)\n"),
            // Where a statement may end, the line ends.
            ("let a = {}\nb()\nreturn\nc", "let a={}\nb()\nreturn\nc\n"),
            ("a++\nb", "a++\nb\n"),
            ("a\n++b", "a\n++b\n"),
            ("list\n  .map(f)\n  .filter(g)", "list.map(f).filter(g)\n"),
            ("a\n  ? b\n  : c", "a?b:c\n"),
            ("if (a) return b;\nelse c()", "if(a)return b;else c()\n"),
            ("a + +b - -c", "a+ +b- -c\n"),
            ("1 .toString()", "1 .toString()\n"),
            ("class A {\n  #a = 1\n  get #b() {}\n}", "class A{#a=1\nget #b(){}}\n"),
            // Copied as they are.
            ("const url = 'http://x  y'; // z", "const url='http://x  y';\n"),
            ("\"a \\\" // b\"", "\"a \\\" // b\"\n"),
            ("`a  ${ f(`b  ${ { c } }`, '}') }  // d`", "`a  ${ f(`b  ${ { c } }`, '}') }  // d`\n"),
            ("x = /[/ ]\"  \\//g.test(y)", "x=/[/ ]\"  \\//g.test(y)\n"),
            ("return /a b/", "return/a b/\n"),
            ("a / b / c", "a/b/c\n"),
            ("(a) / b /c", "(a)/b/c\n"),
            ("s.replace(/ +/g, ' ')", "s.replace(/ +/g,' ')\n"),
            ("const 名前 = '値'", "const 名前='値'\n"),
            ("a => /x/", "a=>/x/\n"),
            ("async () => {}", "async()=>{}\n"),
        ] {
            assert_eq!(squeeze(script), expected, "{script}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_left_as_it_is() {
        for script in ["a = 'b\n c'", "`a ${b", "/* a"] {
            assert_eq!(squeeze(script), script);
        }
    }
}
