//! A layered drawing of what needs what, from left to right, in bands.
//!
//! 1. [`columns`]: each node stands one column right of the last it needs. An edge that passes over
//!    columns gets a place of its own in each, so that no line crosses a box.
//! 2. [`order`]: nodes of a band and column are sorted by the barycentre of their neighbours, to and fro,
//!    and the order with the fewest crossings is kept (Sugiyama, Tagawa and Toda, 1981).
//! 3. [`place`]: heights are chosen as near to the neighbours as order and gaps allow.
//! 4. [`lines`]: boxes and curves, in whole CSS pixels.

mod columns;
mod label;
mod lines;
mod order;
mod place;

pub use label::{width, wrapped};

/// Something to draw.
#[derive(Clone, Debug)]
pub struct Node {
    /// Bands are drawn from the top, in the order of their numbers.
    pub band: usize,
    /// The lines of the label; see [`wrapped`].
    pub label: Vec<String>,
    /// Positions of the nodes it needs. Each stands before it in the list.
    pub needs: Vec<usize>,
}

/// A finished drawing.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    pub width: i32,
    pub height: i32,
    /// Those that have nodes.
    pub bands: Vec<Band>,
    /// One per node.
    pub shapes: Vec<Shape>,
}

/// A band across the whole width.
#[derive(Clone, Debug)]
pub struct Band {
    /// As in [`Node::band`].
    pub number: usize,
    pub y: i32,
    pub height: i32,
}

/// A node's box and the lines that end at it.
#[derive(Clone, Debug)]
pub struct Shape {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
    /// SVG path data, one per need, in the same order.
    pub lines: Vec<String>,
}

/// Height of a line of a label.
pub const LINE: i32 = 18;
/// Between a box's edge and its label.
pub const PADDING: i32 = 10;
/// Above the nodes of a band, where its name stands.
pub const BAND_HEAD: i32 = 30;

/// Draws the nodes, unless there are more of them, or longer ways through them, than anybody could read.
/// `names` of the bands stand above the first column and must not be wider than it.
pub fn draw(nodes: &[Node], names: &[String]) -> Option<Drawing> {
    let mut grid = columns::grid(nodes)?;
    order::settle(&mut grid);
    let heights = place::heights(&grid);
    let first = names.iter().map(|name| width(name)).max().unwrap_or(0);
    Some(lines::drawing(nodes, first, &grid, &heights))
}

/// What stands in the columns.
#[derive(Clone, Debug, Default)]
struct Grid {
    /// The nodes in their order, then the passages.
    items: Vec<Item>,
    /// By column, then band: items from the top.
    cells: Vec<Vec<Vec<usize>>>,
}

/// A node, or a place where an edge passes.
#[derive(Clone, Debug, Default)]
struct Item {
    /// The node at which the edges start that pass here; a node itself.
    from: usize,
    column: usize,
    band: usize,
    height: i32,
    /// Neighbours in the column to the left.
    before: Vec<usize>,
    /// Neighbours in the column to the right.
    after: Vec<usize>,
}
