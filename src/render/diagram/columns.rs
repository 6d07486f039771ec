//! Nodes → columns, with places where long edges pass.

use std::collections::BTreeMap;

use super::{Grid, Item, LINE, Node, PADDING};

/// Height of the place of a passing edge.
const PASSAGE: i32 = 8;

/// Columns, and steps of all edges from column to column, beyond which nothing is drawn.
const MOST_COLUMNS: usize = 100;
const MOST_STEPS: usize = 10_000;

/// Puts every node into its column. The first items are the nodes, in their order. `None` when there are
/// too many.
pub fn grid(nodes: &[Node]) -> Option<Grid> {
    let mut items: Vec<Item> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let needed = node.needs.iter().filter_map(|need| items.get(*need));
        let column = needed.map(|need| need.column + 1).max().unwrap_or(0);
        let lines = i32::try_from(node.label.len()).unwrap_or(1);
        items.push(Item {
            from: items.len(),
            column,
            band: node.band,
            height: lines * LINE + PADDING + 2,
            ..Item::default()
        });
    }
    let columns = items.iter().map(|item| item.column + 1).max().unwrap_or(0);
    let bands = items.iter().map(|item| item.band + 1).max().unwrap_or(0);
    let steps = nodes.iter().zip(&items).flat_map(|(node, item)| {
        let needed = node.needs.iter().filter_map(|need| items.get(*need));
        needed.map(|need| item.column.saturating_sub(need.column))
    });
    if columns > MOST_COLUMNS || steps.sum::<usize>() > MOST_STEPS {
        return None;
    }
    let mut grid = Grid { items, cells: vec![vec![Vec::new(); bands]; columns] };
    for at in 0..grid.items.len() {
        grid.enter(at);
    }
    let mut passages = BTreeMap::new();
    for (to, node) in nodes.iter().enumerate() {
        for from in &node.needs {
            grid.join(*from, to, &mut passages);
        }
    }
    Some(grid)
}

/// The passage of the edges that start at an item, by column and band: they run together until they part.
type Passages = BTreeMap<(usize, usize, usize), usize>;

impl Grid {
    fn enter(&mut self, at: usize) {
        let Some(item) = self.items.get(at) else { return };
        if let Some(cell) = self.cells.get_mut(item.column).and_then(|column| column.get_mut(item.band)) {
            cell.push(at);
        }
    }

    fn join(&mut self, from: usize, to: usize, passages: &mut Passages) {
        let (Some(start), Some(end)) = (self.items.get(from), self.items.get(to)) else { return };
        let (bands, columns) = ([end.band, start.band], start.column + 1..end.column);
        let mut last = from;
        for column in columns {
            let known = bands.iter().find_map(|band| passages.get(&(from, column, *band)).copied());
            let passage = known.unwrap_or_else(|| {
                let band = self.emptier(column, bands);
                self.items.push(Item { from, column, band, height: PASSAGE, ..Item::default() });
                let passage = self.items.len() - 1;
                self.enter(passage);
                passages.insert((from, column, band), passage);
                passage
            });
            self.link(last, passage);
            last = passage;
        }
        self.link(last, to);
    }

    /// The band with more room in a column, of two.
    fn emptier(&self, column: usize, [one, other]: [usize; 2]) -> usize {
        let filled = |band: usize| -> i32 {
            let cell = self.cells.get(column).and_then(|column| column.get(band)).into_iter().flatten();
            cell.filter_map(|at| self.items.get(*at)).map(|item| item.height).sum()
        };
        if filled(other) < filled(one) { other } else { one }
    }

    fn link(&mut self, left: usize, right: usize) {
        if let Some(item) = self.items.get_mut(left)
            && !item.after.contains(&right)
        {
            item.after.push(right);
        }
        if let Some(item) = self.items.get_mut(right)
            && !item.before.contains(&left)
        {
            item.before.push(left);
        }
    }
}
