//! The order within bands and columns, with few crossings.

use super::Grid;

/// Sweeps to the right and back.
const SWEEPS: usize = 12;

/// Sorts every cell. Crossings are counted after each sweep, and the best order is kept.
pub fn settle(grid: &mut Grid) {
    let mut best = grid.cells.clone();
    let mut fewest = crossings(grid);
    for sweep in 0..SWEEPS {
        let columns = grid.cells.len();
        for step in 1..columns {
            let rightwards = sweep % 2 == 0;
            let column = if rightwards { step } else { columns - 1 - step };
            sort(grid, column, rightwards);
        }
        let now = crossings(grid);
        if now < fewest {
            fewest = now;
            best.clone_from(&grid.cells);
        }
    }
    grid.cells = best;
}

/// Sorts the cells of a column by the mean position of the neighbours on one side; who has none there
/// keeps its own.
fn sort(grid: &mut Grid, column: usize, by_left: bool) {
    let positions = positions(grid);
    let place = |at: usize| positions.get(at).copied().unwrap_or_default();
    let items = &grid.items;
    let Some(cells) = grid.cells.get_mut(column) else { return };
    for cell in cells {
        cell.sort_by_cached_key(|at| {
            let neighbours =
                items.get(*at).map_or(&[][..], |item| if by_left { &item.before } else { &item.after });
            let sum: u64 = neighbours.iter().map(|other| place(*other)).sum();
            let count = neighbours.len() as u64;
            // In thousandths, so that equal means are equal.
            (sum * 1000).checked_div(count).unwrap_or(place(*at) * 1000)
        });
    }
}

/// How far down its column each item stands, as a share in thousandths: columns differ in length.
fn positions(grid: &Grid) -> Vec<u64> {
    let mut positions = vec![0; grid.items.len()];
    for column in &grid.cells {
        let bands = column.len().max(1) as u64;
        for (band, cell) in column.iter().enumerate() {
            for (row, at) in cell.iter().enumerate() {
                let within = (row as u64 * 2 + 1) * 1000 / (cell.len() as u64 * 2);
                if let Some(position) = positions.get_mut(*at) {
                    *position = (band as u64 * 1000 + within) / bands;
                }
            }
        }
    }
    positions
}

/// How often two edges cross.
fn crossings(grid: &Grid) -> usize {
    let mut rows = vec![0; grid.items.len()];
    for column in &grid.cells {
        for (row, at) in column.iter().flatten().enumerate() {
            if let Some(place) = rows.get_mut(*at) {
                *place = row;
            }
        }
    }
    let row = |at: usize| rows.get(at).copied().unwrap_or_default();
    let mut crossings = 0;
    for column in &grid.cells {
        let items = column.iter().flatten().filter_map(|at| Some((*at, grid.items.get(*at)?)));
        let mut edges: Vec<(usize, usize)> = items
            .flat_map(|(at, item)| item.after.iter().map(move |other| (at, *other)))
            .map(|(left, right)| (row(left), row(right)))
            .collect();
        edges.sort_unstable();
        let mut right: Vec<usize> = edges.into_iter().map(|(_, right)| right).collect();
        crossings += inversions(&mut right);
    }
    crossings
}

/// How many pairs stand in the wrong order; sorts on the way, by merging.
fn inversions(rows: &mut Vec<usize>) -> usize {
    if rows.len() < 2 {
        return 0;
    }
    let mut below = rows.split_off(rows.len() / 2);
    let mut count = inversions(rows) + inversions(&mut below);
    let mut merged = Vec::with_capacity(rows.len() + below.len());
    let (mut left, mut right) = (rows.iter().copied().peekable(), below.into_iter().peekable());
    while let (Some(one), Some(other)) = (left.peek(), right.peek()) {
        if one <= other {
            merged.extend(left.next());
        } else {
            count += left.len();
            merged.extend(right.next());
        }
    }
    merged.extend(left);
    merged.extend(right);
    *rows = merged;
    count
}
