//! Two outlines side by side: an original's headings and its translation's.

use crate::model::Heading;

/// Headings beyond this are paired by their place alone; comparing costs the product of both numbers.
const MAX_COMPARED: usize = 300;

/// A line of the comparison: positions in either list. At least one is there.
pub type Pair = (Option<usize>, Option<usize>);

/// Pairs headings of the same level in their order, so that as many as possible have a partner.
/// Languages differ, so words say nothing, except where the anchors are the same.
pub fn pairs(original: &[Heading], translation: &[Heading]) -> Vec<Pair> {
    let (rows, columns) = (original.len(), translation.len());
    if rows > MAX_COMPARED || columns > MAX_COMPARED {
        let at = |index: usize, count: usize| (index < count).then_some(index);
        return (0..rows.max(columns)).map(|index| (at(index, rows), at(index, columns))).collect();
    }
    // best[row][column]: what pairing the headings from there on is worth.
    let mut best = vec![vec![0_u32; columns + 1]; rows + 1];
    let worth = |row: usize, column: usize| match (original.get(row), translation.get(column)) {
        (Some(a), Some(b)) if a.level == b.level => Some(if a.slug == b.slug { 3 } else { 2 }),
        _ => None,
    };
    let value = |best: &[Vec<u32>], row: usize, column: usize| {
        best.get(row).and_then(|row| row.get(column)).copied().unwrap_or_default()
    };
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let paired = worth(row, column).map(|worth| worth + value(&best, row + 1, column + 1));
            let most =
                value(&best, row + 1, column).max(value(&best, row, column + 1)).max(paired.unwrap_or(0));
            if let Some(cell) = best.get_mut(row).and_then(|row| row.get_mut(column)) {
                *cell = most;
            }
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut pairs = Vec::with_capacity(rows.max(columns));
    while row < rows || column < columns {
        let here = value(&best, row, column);
        let paired = worth(row, column).map(|worth| worth + value(&best, row + 1, column + 1));
        if paired == Some(here) {
            pairs.push((Some(row), Some(column)));
            (row, column) = (row + 1, column + 1);
        } else if row < rows && (column == columns || value(&best, row + 1, column) == here) {
            pairs.push((Some(row), None));
            row += 1;
        } else {
            pairs.push((None, Some(column)));
            column += 1;
        }
    }
    pairs
}
