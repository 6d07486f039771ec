//! Writes SVG: elements with classes, never with styles of their own.

use std::fmt::Write;

use super::Caption;
use crate::render::escape;

/// A picture in the making.
#[derive(Debug, Default)]
pub struct Svg {
    body: String,
}

/// Left, top, width and height, in the picture's own units.
#[derive(Clone, Copy, Debug)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// Which point of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

impl Svg {
    pub fn rect(&mut self, class: &str, rect: Rect) {
        let Rect { x, y, width, height } = rect;
        let _ = write!(
            self.body,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            short(x),
            short(y),
            short(width),
            short(height)
        );
    }

    /// A shape through `points`; `closed` leads back to the first.
    pub fn path(&mut self, class: &str, points: &[(f64, f64)], closed: bool) {
        let mut data = String::new();
        for (at, (x, y)) in points.iter().enumerate() {
            let _ = write!(data, "{}{} {}", if at == 0 { "M" } else { "L" }, short(*x), short(*y));
        }
        let end = if closed { "Z" } else { "" };
        let _ = write!(self.body, "<path class=\"{class}\" d=\"{data}{end}\"/>");
    }

    pub fn circle(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        let _ = write!(
            self.body,
            "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
            short(x),
            short(y),
            short(radius)
        );
    }

    pub fn text(&mut self, class: &str, anchor: Anchor, (x, y): (f64, f64), text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let _ = write!(self.body, "<text class=\"{class}\" x=\"{}\" y=\"{}\"{anchor}>", short(x), short(y));
        escape::push(&mut self.body, text);
        self.body.push_str("</text>");
    }

    /// Slanted lines across `rect`: what does not apply.
    pub fn hatch(&mut self, class: &str, rect: Rect) {
        const APART: f64 = 4.0;
        let Rect { x, y, width, height } = rect;
        let mut data = String::new();
        let mut start = APART / 2.0;
        while start < width + height {
            // From the upper edge, or beyond it from the right one, down to the left.
            let (x1, y1) = if start <= width { (start, 0.0) } else { (width, start - width) };
            let (x2, y2) = if start <= height { (0.0, start) } else { (start - height, height) };
            let _ = write!(data, "M{} {}L{} {}", short(x + x1), short(y + y1), short(x + x2), short(y + y2));
            start += APART;
        }
        let _ = write!(self.body, "<path class=\"{class}\" d=\"{data}\"/>");
    }

    /// The whole element. `class` names the kind of chart.
    pub fn finish(self, class: &str, view: Rect, caption: Caption<'_>) -> String {
        let Rect { x, y, width, height } = view;
        let mut out = String::with_capacity(self.body.len() + 256);
        let _ = write!(
            out,
            "<svg class=\"chart {class}\" role=\"img\" width=\"{}\" height=\"{}\" viewBox=\"{} {} {} {}\"><title>",
            short(width),
            short(height),
            short(x),
            short(y),
            short(width),
            short(height)
        );
        escape::push(&mut out, caption.title);
        out.push_str("</title>");
        if !caption.description.is_empty() {
            out.push_str("<desc>");
            escape::push(&mut out, caption.description);
            out.push_str("</desc>");
        }
        out.push_str(&self.body);
        out.push_str("</svg>");
        out
    }
}

/// About how wide `text` is, in widths of a full-width character: kana and kanji are square, the
/// others a little over half of that. Wide enough for every system font.
pub fn ems(text: &str) -> f64 {
    text.chars().map(|c| if c < '\u{2E80}' { 0.6 } else { 1.0 }).sum()
}

/// A coordinate to a tenth.
fn short(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    // Adding zero turns -0 into 0.
    format!("{}", rounded + 0.0)
}
