//! How far down each item stands.

use super::{BAND_HEAD, Grid};

/// Between two items of a cell.
const GAP: f64 = 10.0;
/// Below the last node of a band.
const BAND_FOOT: f64 = 12.0;
/// Rounds of moving towards the neighbours.
const ROUNDS: usize = 24;

/// Where everything stands, in units from the top.
pub struct Heights {
    /// The middle of each item.
    pub middles: Vec<f64>,
    /// Top and bottom of each band; equal where it has no nodes.
    pub bands: Vec<(f64, f64)>,
}

/// Stacks the bands, then lets items move within their band towards their neighbours.
pub fn heights(grid: &Grid) -> Heights {
    let bands = bands(grid);
    let mut middles = vec![0.0; grid.items.len()];
    for column in &grid.cells {
        for (cell, (top, bottom)) in column.iter().zip(&bands) {
            set(grid, cell, (*top, *bottom), &mut middles, |_, _| f64::from(BAND_HEAD) + top);
        }
    }
    for round in 0..ROUNDS {
        for step in 0..grid.cells.len() {
            let column = if round % 2 == 0 { step } else { grid.cells.len() - 1 - step };
            let cells = grid.cells.get(column).into_iter().flatten();
            for (cell, limits) in cells.zip(&bands) {
                set(grid, cell, *limits, &mut middles, |at, middles| wish(grid, at, middles));
            }
        }
    }
    Heights { middles, bands }
}

fn bands(grid: &Grid) -> Vec<(f64, f64)> {
    let count = grid.cells.first().map_or(0, Vec::len);
    let mut top = 0.0;
    (0..count)
        .map(|band| {
            let cells = grid.cells.iter().filter_map(|column| column.get(band));
            let tallest = cells.map(|cell| stack(grid, cell)).fold(0.0, f64::max);
            let room = if tallest > 0.0 { f64::from(BAND_HEAD) + tallest + BAND_FOOT } else { 0.0 };
            let limits = (top, top + room);
            top += room;
            limits
        })
        .collect()
}

/// The height of a cell without slack.
fn stack(grid: &Grid, cell: &[usize]) -> f64 {
    let heights: f64 = cell.iter().map(|at| height(grid, *at)).sum();
    heights + GAP * cell.len().saturating_sub(1) as f64
}

fn height(grid: &Grid, at: usize) -> f64 {
    grid.items.get(at).map_or(0.0, |item| f64::from(item.height))
}

/// The mean middle of the neighbours, each side counting once. Those of the same band come first: others
/// would only push everything to the band's edge.
fn wish(grid: &Grid, at: usize, middles: &[f64]) -> f64 {
    let own = middles.get(at).copied().unwrap_or_default();
    let Some(item) = grid.items.get(at) else { return own };
    let is_near = |other: &&usize| grid.items.get(**other).is_some_and(|other| other.band == item.band);
    let has_near = item.before.iter().chain(&item.after).any(|other| is_near(&other));
    let mean = |side: &[usize]| {
        let places = side.iter().filter(|other| !has_near || is_near(other));
        let places: Vec<f64> = places.filter_map(|other| middles.get(*other).copied()).collect();
        (!places.is_empty()).then(|| places.iter().sum::<f64>() / places.len() as f64)
    };
    match (mean(&item.before), mean(&item.after)) {
        (Some(left), Some(right)) => f64::midpoint(left, right),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => own,
    }
}

/// Places a cell's items as near to their wishes as order, gaps and limits allow: items that would
/// overlap are joined into a block that stands at the mean of their wishes (pool adjacent violators).
fn set(
    grid: &Grid,
    cell: &[usize],
    (top, bottom): (f64, f64),
    middles: &mut [f64],
    wish: impl Fn(usize, &[f64]) -> f64,
) {
    /// Items that touch: where the first of them begins, how many they are, how high they are together.
    struct Block {
        start: f64,
        count: f64,
        height: f64,
    }
    let mut blocks: Vec<Block> = Vec::new();
    for at in cell {
        let height = height(grid, *at);
        blocks.push(Block { start: wish(*at, middles) - height / 2.0, count: 1.0, height });
        while let [.., above, below] = blocks.as_mut_slice()
            && above.start + above.height + GAP > below.start
        {
            // Where the lower block would like the upper one to start.
            let wanted = below.start - above.height - GAP;
            let count = above.count + below.count;
            above.start = (above.start * above.count + wanted * below.count) / count;
            above.count = count;
            above.height += GAP + below.height;
            blocks.pop();
        }
    }
    let (top, bottom) = (top + f64::from(BAND_HEAD), bottom - BAND_FOOT);
    // A block beyond a limit pushes the others before it.
    let mut least = top;
    for block in &mut blocks {
        block.start = block.start.max(least);
        least = block.start + block.height + GAP;
    }
    let mut most = bottom;
    for block in blocks.iter_mut().rev() {
        block.start = block.start.min(most - block.height);
        most = block.start - GAP;
    }
    let mut items = cell.iter();
    for block in blocks {
        let mut y = block.start;
        for at in items.by_ref().take(block.count as usize) {
            let height = height(grid, *at);
            if let Some(middle) = middles.get_mut(*at) {
                *middle = y + height / 2.0;
            }
            y += height + GAP;
        }
    }
}
