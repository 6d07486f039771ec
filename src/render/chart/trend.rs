//! A team over its assessments: practices stacked by level, deepest at the foot, and how many are at target.

use super::Caption;
use super::svg::{Anchor, Rect, Svg, ems};

/// One assessment.
#[derive(Clone, Debug)]
pub struct Column {
    /// Short, such as `2026-10`.
    pub label: String,
    /// Practices by level, ascending.
    pub levels: Vec<(u8, u32)>,
    pub not_assessed: u32,
    pub at_target: u32,
}

impl Column {
    fn all(&self) -> u32 {
        self.levels.iter().map(|(_, count)| count).sum::<u32>() + self.not_assessed
    }
}

const HEIGHT: f64 = 220.0;
/// All columns with their gaps, whatever their number.
const WIDTH: f64 = 380.0;
const WIDEST: f64 = 52.0;
const FONT: f64 = 15.0;

/// `columns` oldest first; `at_target` names the line.
pub fn trend(columns: &[Column], at_target: &str, caption: Caption<'_>) -> String {
    let mut svg = Svg::default();
    let most = columns.iter().map(Column::all).max().unwrap_or(0).max(1);
    let step = (WIDTH / columns.len().max(1) as f64).min(WIDEST * 1.5);
    let width = (step * 0.7).min(WIDEST);
    let height = |count: u32| f64::from(count) / f64::from(most) * HEIGHT;
    // Not every column has room for its label.
    let every = ((FONT * 4.6) / step).ceil().max(1.0) as usize;
    let mut line = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let x = at as f64 * step;
        let middle = x + width / 2.0;
        let mut y = HEIGHT;
        for (level, count) in column.levels.iter().rev().filter(|(_, count)| *count > 0) {
            let tall = height(*count);
            y -= tall;
            svg.rect(&format!("level-{level} fill"), Rect { x, y, width, height: (tall - 1.0).max(0.5) });
            if tall >= FONT + 2.0 && width >= FONT * 1.5 {
                let place = (x + width * 0.22, y + tall / 2.0 + FONT * 0.35);
                svg.text(&format!("level-{level} on"), Anchor::Middle, place, &level.to_string());
            }
        }
        if column.not_assessed > 0 {
            let tall = height(column.not_assessed);
            y -= tall;
            svg.rect(
                "unknown",
                Rect { x: x + 0.5, y: y + 0.5, width: width - 1.0, height: (tall - 2.0).max(0.5) },
            );
        }
        line.push((middle, HEIGHT - height(column.at_target)));
        if (columns.len() - 1 - at).is_multiple_of(every) {
            svg.text("label", Anchor::Middle, (middle, HEIGHT + FONT + 4.0), &column.label);
        }
    }
    svg.path("ground", &[(0.0, HEIGHT), (columns.len() as f64 * step, HEIGHT)], false);
    svg.path("at-target halo", &line, false);
    svg.path("at-target", &line, false);
    for point in &line {
        svg.circle("at-target", *point, 3.5);
    }
    let mut right = columns.len() as f64 * step;
    if let (Some((_, y)), Some(last)) = (line.last(), columns.last()) {
        let label = last.at_target.to_string();
        let x = right - (step - width) + 8.0;
        svg.text("at-target-label", Anchor::Start, (x, y + FONT * 0.35), &label);
        svg.text("label", Anchor::Start, (x, y + FONT * 1.6), at_target);
        right = x + ems(at_target).max(ems(&label)) * FONT;
    }
    let left = -FONT * 1.6;
    svg.finish(
        "trend",
        Rect { x: left, y: -8.0, width: right - left + 4.0, height: HEIGHT + FONT + 20.0 },
        caption,
    )
}
