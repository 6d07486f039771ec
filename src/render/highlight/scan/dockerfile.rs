//! Dockerfiles: an instruction a line, shell after some of them.

use super::{Cursor, is_blank, shell};
use crate::render::highlight::class::Class;
use crate::render::highlight::paint::Painter;

pub fn highlight(text: &str) -> String {
    let mut painter = Painter::new(text.len());
    let mut cursor = Cursor::new(text);
    while !cursor.rest().is_empty() {
        let blanks = cursor.take_while(|byte| is_blank(byte) || byte == b'\n');
        painter.add(blanks, Class::Plain);
        if cursor.byte(0) == b'#' {
            painter.add(cursor.take_line(), Class::Comment);
            continue;
        }
        let mut line = Cursor::new(cursor.take(instruction_length(cursor.rest())));
        let mut word = line.take_while(|byte| byte.is_ascii_alphabetic());
        if word.eq_ignore_ascii_case("onbuild") || word.eq_ignore_ascii_case("healthcheck") {
            painter.add(word, Class::Keyword);
            options(&mut line, &mut painter);
            word = line.take_while(|byte| byte.is_ascii_alphabetic());
        }
        painter.add(word, Class::Keyword);
        options(&mut line, &mut painter);
        match word.to_ascii_lowercase().as_str() {
            "run" | "cmd" | "entrypoint" if line.byte(0) != b'[' => shell::script(line.rest(), &mut painter),
            "from" => from(line, &mut painter),
            _ => arguments(line, &mut painter),
        }
    }
    painter.finish()
}

/// Up to the end of the line that does not go on on the next; comments may stand between.
fn instruction_length(text: &str) -> usize {
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        length += line.len();
        let is_comment = length > line.len() && line.trim_start().starts_with('#');
        if !is_comment && !line.trim_end().ends_with('\\') {
            break;
        }
    }
    length
}

/// `--from=build`, as many as there are, and the blanks around them.
fn options(line: &mut Cursor<'_>, painter: &mut Painter) {
    loop {
        painter.add(line.take_while(is_blank), Class::Plain);
        if !line.starts_with("--") {
            return;
        }
        painter.add(line.take_while(|byte| byte == b'-' || byte.is_ascii_alphabetic()), Class::Attribute);
        painter.add(line.take_while(|byte| !is_blank(byte) && byte != b'\n'), Class::Plain);
    }
}

fn from(mut line: Cursor<'_>, painter: &mut Painter) {
    painter.add(line.take_while(|byte| !is_blank(byte) && byte != b'\n'), Class::Plain);
    painter.add(line.take_while(is_blank), Class::Plain);
    if line.rest().get(..2).is_some_and(|word| word.eq_ignore_ascii_case("as")) {
        painter.add(line.take(2), Class::Keyword);
    }
    painter.add(line.rest(), Class::Plain);
}

/// Plain words, quotes, variables, and keys before `=`.
fn arguments(mut line: Cursor<'_>, painter: &mut Painter) {
    while !line.rest().is_empty() {
        match line.byte(0) {
            b'"' => {
                let mut escaped = true;
                let mut ended = false;
                let text = line.take_while(|byte| {
                    let goes_on = !ended && byte != b'\n';
                    ended = byte == b'"' && !escaped;
                    escaped = byte == b'\\' && !escaped;
                    goes_on
                });
                painter.add(text, Class::String);
            }
            b'$' => {
                let text = line.take_while(|byte| byte.is_ascii_alphanumeric() || b"${}_".contains(&byte));
                painter.add(text, Class::Variable);
            }
            byte if byte.is_ascii_alphabetic() => {
                let word = line.take_while(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte));
                painter.add(word, if line.byte(0) == b'=' { Class::Attribute } else { Class::Plain });
            }
            _ => painter.add(line.take_char(), Class::Plain),
        }
    }
}
