//! A team by area: how much of each area is at target, today and a year ago.
//!
//! The outer ring is the target. An axis without a share is a gap: neither line nor surface crosses
//! it, so it cannot be taken for 0. A point that few answers stand behind is drawn open.

use std::f64::consts::TAU;

use super::Caption;
use super::svg::{Anchor, Rect, Svg, ems};

/// A share of an area, 0 to 1.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    pub share: f64,
    /// Too few answers stand behind it.
    pub open: bool,
}

/// One area.
#[derive(Clone, Debug)]
pub struct Axis {
    pub label: String,
    /// `None` where nothing applies, or nothing was assessed.
    pub today: Option<Measure>,
    pub before: Option<Measure>,
    /// Nothing of the area applies to the team.
    pub not_applicable: bool,
}

const RADIUS: f64 = 130.0;
const FONT: f64 = 14.0;
/// Labels longer than this, in full-width characters, take two lines.
const LINE: f64 = 7.0;
/// A share of 0 is drawn just off the middle, so that it has a direction.
const LEAST: f64 = 0.03;

/// Nothing below three axes, which would enclose no surface.
pub fn radar(axes: &[Axis], caption: Caption<'_>) -> Option<String> {
    if axes.len() < 3 {
        return None;
    }
    let mut svg = Svg::default();
    let turn = |at: usize| TAU * at as f64 / axes.len() as f64;
    let place = |at: usize, share: f64| {
        let (sin, cos) = turn(at).sin_cos();
        (sin * share * RADIUS, -cos * share * RADIUS)
    };
    for quarter in 1..=4 {
        let ring: Vec<(f64, f64)> = (0..axes.len()).map(|at| place(at, f64::from(quarter) / 4.0)).collect();
        svg.path(if quarter == 4 { "ring target" } else { "ring" }, &ring, true);
    }
    for (at, axis) in axes.iter().enumerate() {
        if axis.not_applicable {
            ticks(&mut svg, turn(at));
        } else {
            svg.path(
                if axis.today.is_some() { "spoke" } else { "spoke unknown" },
                &[(0.0, 0.0), place(at, 1.0)],
                false,
            );
        }
    }
    let point =
        |at: usize, measure: Measure| place(at, LEAST + measure.share.clamp(0.0, 1.0) * (1.0 - LEAST));
    for (class, measures) in [
        ("before", axes.iter().map(|axis| axis.before).collect::<Vec<_>>()),
        ("today", axes.iter().map(|axis| axis.today).collect()),
    ] {
        let points: Vec<Option<(f64, f64)>> =
            measures.iter().enumerate().map(|(at, measure)| Some(point(at, (*measure)?))).collect();
        let next = points.iter().cycle().skip(1);
        let sides: Vec<((f64, f64), (f64, f64))> =
            points.iter().zip(next).filter_map(|(from, to)| Some(((*from)?, (*to)?))).collect();
        if sides.len() == points.len() {
            let outline: Vec<(f64, f64)> = sides.iter().map(|(from, _)| *from).collect();
            svg.path(&format!("area {class}"), &outline, true);
            svg.path(&format!("side {class}"), &outline, true);
        } else {
            for (from, to) in &sides {
                svg.path(&format!("area {class}"), &[(0.0, 0.0), *from, *to], true);
                svg.path(&format!("side {class}"), &[*from, *to], false);
            }
        }
        for (measure, point) in measures.iter().zip(&points) {
            if let (Some(measure), Some(point)) = (measure, point) {
                let open = if measure.open { " open" } else { "" };
                svg.circle(&format!("point {class}{open}"), *point, if class == "today" { 4.5 } else { 3.0 });
            }
        }
    }
    let view = labels(&mut svg, axes, turn);
    Some(svg.finish("radar", view, caption))
}

/// An axis that does not apply: short strokes across, as a hatch.
fn ticks(svg: &mut Svg, turn: f64) {
    let (sin, cos) = turn.sin_cos();
    for step in 1..=10 {
        let (x, y) = (sin * RADIUS * f64::from(step) / 10.0, -cos * RADIUS * f64::from(step) / 10.0);
        let across = (cos * 4.0 + sin * 4.0, sin * 4.0 - cos * 4.0);
        svg.path("hatch", &[(x - across.0, y - across.1), (x + across.0, y + across.1)], false);
    }
}

/// Writes the names around, and says how large the picture is with all of them in full.
fn labels(svg: &mut Svg, axes: &[Axis], turn: impl Fn(usize) -> f64) -> Rect {
    let (mut left, mut right) = (-RADIUS, RADIUS);
    let (mut top, mut bottom) = (-RADIUS, RADIUS);
    for (at, axis) in axes.iter().enumerate() {
        let (sin, cos) = turn(at).sin_cos();
        let (x, y) = (sin * (RADIUS + 14.0), -cos * (RADIUS + 14.0));
        let anchor = match sin {
            sin if sin > 0.2 => Anchor::Start,
            sin if sin < -0.2 => Anchor::End,
            _ => Anchor::Middle,
        };
        let lines = lines(&axis.label);
        // The lowest names hang below their point, the highest stand above it.
        let tall = lines.len() as f64 * FONT * 1.2;
        let first = y - tall / 2.0 * (1.0 + cos) + FONT * 0.9;
        for (line, text) in lines.iter().enumerate() {
            let base = first + line as f64 * FONT * 1.2;
            svg.text("label", anchor, (x, base), text);
            let width = ems(text) * FONT;
            let from = match anchor {
                Anchor::Start => x,
                Anchor::Middle => x - width / 2.0,
                Anchor::End => x - width,
            };
            left = left.min(from);
            right = right.max(from + width);
            top = top.min(base - FONT);
            bottom = bottom.max(base + FONT * 0.3);
        }
    }
    Rect { x: left - 4.0, y: top - 4.0, width: right - left + 8.0, height: bottom - top + 8.0 }
}

/// A name on one line, or on two of about the same length: broken at a space, else (in Japanese,
/// which has none) after a joining word or mark, else in the middle.
fn lines(label: &str) -> Vec<String> {
    if ems(label) <= LINE {
        return vec![label.to_owned()];
    }
    let middle = ems(label) / 2.0;
    let mut best: Option<(f64, usize)> = None;
    for (at, c) in label.char_indices() {
        let after = at + c.len_utf8();
        let (before, _) = label.split_at(after);
        let good = matches!(c, ' ' | '・' | '、' | 'と' | 'の');
        let breaks = good || c >= '\u{2E80}' && after < label.len();
        // A good place may lie somewhat off the middle.
        let away = (ems(before) - middle).abs() + if good { 0.0 } else { 2.5 };
        if breaks && best.is_none_or(|(least, _)| away < least) {
            best = Some((away, after));
        }
    }
    match best {
        Some((_, after)) if after < label.len() => {
            let (first, second) = label.split_at(after);
            vec![first.trim_end().to_owned(), second.to_owned()]
        }
        _ => vec![label.to_owned()],
    }
}
