//! Places → boxes and curves.

use std::fmt::Write;

use super::place::Heights;
use super::{Band, Drawing, Grid, Node, PADDING, Shape, label};

/// Around the drawing.
const MARGIN: i32 = 12;
/// Between columns, where lines bend: at least, per line, and at most.
const GUTTER: i32 = 48;
const GUTTER_PER_LINE: i32 = 3;
const WIDEST_GUTTER: i32 = 144;
/// A box is never narrower.
const NARROWEST: i32 = 96;
/// Between lines that meet at one side of a box.
const PORT: i32 = 10;
/// Length of an arrow's head.
const HEAD: i32 = 5;

/// Puts everything together.
pub fn drawing(nodes: &[Node], first: i32, grid: &Grid, heights: &Heights) -> Drawing {
    let places = Places::of(nodes, first, grid, heights);
    let shapes = nodes.iter().enumerate().map(|(at, node)| places.shape(at, node)).collect();
    let bands = heights.bands.iter().enumerate().filter(|(_, (top, bottom))| top < bottom);
    let bottom = heights.bands.last().map_or(0.0, |(_, bottom)| *bottom);
    Drawing {
        width: places.columns.last().map_or(0, |column| column.x + column.width) + MARGIN,
        height: whole(bottom),
        bands: bands
            .map(|(number, (top, bottom))| Band {
                number,
                y: whole(*top),
                height: whole(*bottom) - whole(*top),
            })
            .collect(),
        shapes,
    }
}

struct Column {
    x: i32,
    width: i32,
    /// Of the space to the right.
    gutter: i32,
}

struct Places<'a> {
    grid: &'a Grid,
    heights: &'a Heights,
    columns: Vec<Column>,
}

impl<'a> Places<'a> {
    fn of(nodes: &[Node], first: i32, grid: &'a Grid, heights: &'a Heights) -> Self {
        let mut columns: Vec<Column> =
            grid.cells.iter().map(|_| Column { x: MARGIN, width: NARROWEST, gutter: GUTTER }).collect();
        if let Some(column) = columns.first_mut() {
            column.width = column.width.max(first);
        }
        for (node, item) in nodes.iter().zip(&grid.items) {
            let text = node.label.iter().map(|line| label::width(line)).max().unwrap_or(0);
            if let Some(column) = columns.get_mut(item.column) {
                column.width = column.width.max(text + 2 * PADDING);
            }
        }
        for item in &grid.items {
            if let Some(column) = columns.get_mut(item.column) {
                column.gutter += GUTTER_PER_LINE * whole_number(item.after.len());
            }
        }
        let mut x = MARGIN;
        for column in &mut columns {
            column.x = x;
            column.gutter = column.gutter.min(WIDEST_GUTTER);
            x += column.width + column.gutter;
        }
        Self { grid, heights, columns }
    }

    fn shape(&self, at: usize, node: &Node) -> Shape {
        let height = self.grid.items.get(at).map_or(0, |item| item.height);
        let (x, right) = self.sides(at);
        Shape {
            x,
            y: self.middle(at) - height / 2,
            width: right - x,
            height,
            lines: node.needs.iter().filter_map(|need| self.line(*need, at)).collect(),
        }
    }

    /// From the right side of one node through its passages to the left side of the other.
    fn line(&self, from: usize, to: usize) -> Option<String> {
        let mut way = vec![to];
        while let Some(last) = way.last().copied().filter(|last| *last != from) {
            way.push(self.towards(from, last)?);
        }
        way.reverse();
        let mut line = String::new();
        for pair in way.windows(2) {
            let &[left, right] = pair else { continue };
            let (start, end) = (self.sides(left).1, self.sides(right).0);
            let (above, below) = (self.leaving(left, right), self.entering(left, right));
            let bend = i32::midpoint(start, end);
            if line.is_empty() {
                let _ = write!(line, "M{start} {above}");
            } else {
                let _ = write!(line, "H{start}");
            }
            let _ = write!(line, "C{bend} {above} {bend} {below} {end} {below}");
        }
        let _ = write!(line, "m-{HEAD} -3l{HEAD} 3l-{HEAD} 3");
        Some(line)
    }

    /// The neighbour left of `at` by which `from` is reached: itself, or a passage of its edges.
    fn towards(&self, from: usize, at: usize) -> Option<usize> {
        let before = &self.grid.items.get(at)?.before;
        before.iter().copied().find(|other| self.grid.items.get(*other).is_some_and(|item| item.from == from))
    }

    /// Where a line to `right` leaves `left`.
    fn leaving(&self, left: usize, right: usize) -> i32 {
        let others = self.grid.items.get(left).map_or(&[][..], |item| &item.after);
        self.port(left, right, others)
    }

    /// Where a line from `left` enters `right`.
    fn entering(&self, left: usize, right: usize) -> i32 {
        let others = self.grid.items.get(right).map_or(&[][..], |item| &item.before);
        self.port(right, left, others)
    }

    /// Lines at one side of a box stand in the order of their other ends.
    fn port(&self, at: usize, other: usize, others: &[usize]) -> i32 {
        let rank = others.iter().filter(|one| self.is_above(**one, other)).count();
        let (rank, count) = (whole_number(rank), whole_number(others.len()));
        let height = self.grid.items.get(at).map_or(0, |item| item.height);
        let room = (height - 2 * PADDING).max(0);
        let apart = if count > 1 { PORT.min(room / (count - 1)) } else { 0 };
        self.middle(at) + rank * apart - (count - 1) * apart / 2
    }

    fn is_above(&self, one: usize, other: usize) -> bool {
        (self.middle(one), one) < (self.middle(other), other)
    }

    fn middle(&self, at: usize) -> i32 {
        self.heights.middles.get(at).map_or(0, |middle| whole(*middle))
    }

    /// Left and right.
    fn sides(&self, at: usize) -> (i32, i32) {
        let column = self.grid.items.get(at).and_then(|item| self.columns.get(item.column));
        column.map_or((0, 0), |column| (column.x, column.x + column.width))
    }
}

fn whole(units: f64) -> i32 {
    units.round() as i32
}

fn whole_number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
