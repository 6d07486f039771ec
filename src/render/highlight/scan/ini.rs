//! `[section]`, `key = value` and comments: systemd units, properties, environment files.

use super::{Cursor, is_blank, number_length};
use crate::render::highlight::class::Class;
use crate::render::highlight::paint::Painter;

pub fn highlight(text: &str) -> String {
    let mut painter = Painter::new(text.len());
    for line in text.split_inclusive('\n') {
        let mut line = Cursor::new(line);
        painter.add(line.take_while(is_blank), Class::Plain);
        match line.byte(0) {
            b'#' | b';' => painter.add(line.rest(), Class::Comment),
            b'[' => {
                painter.add(line.take(line.rest().rfind(']').map_or(1, |end| end + 1)), Class::Heading);
                painter.add(line.rest(), Class::Plain);
            }
            _ => entry(line, &mut painter),
        }
    }
    painter.finish()
}

fn entry(mut line: Cursor<'_>, painter: &mut Painter) {
    let length = line.length_while(|byte| !matches!(byte, b'=' | b':' | b'\n'));
    if matches!(line.byte(length), b'=' | b':') {
        if line.starts_with("export ") {
            painter.add(line.take(6), Class::Keyword);
        }
        painter.add(line.take_while(|byte| !matches!(byte, b'=' | b':')), Class::Attribute);
        painter.add(line.take(1), Class::Plain);
        painter.add(line.take_while(is_blank), Class::Plain);
    }
    painter.add(line.rest(), class_of(line.rest().trim_end()));
}

fn class_of(value: &str) -> Class {
    let number = Cursor::new(value.strip_prefix('-').unwrap_or(value));
    match value.to_ascii_lowercase().as_str() {
        "true" | "false" | "yes" | "no" | "on" | "off" => Class::Constant,
        _ if value.starts_with(['"', '\'']) => Class::String,
        _ if number.byte(0).is_ascii_digit() && number_length(&number) == number.rest().len() => {
            Class::Number
        }
        _ => Class::Plain,
    }
}
