//! Practices area by area, as the rows of a table.

use serde::Serialize;

use super::common::Link;
use crate::model::ThingId;
use crate::render::context::PageContext;

/// The rows of one area.
#[derive(Clone, Debug, Serialize)]
pub struct AreaRows<T> {
    /// `none` for practices outside of any area.
    pub area: Option<Link>,
    pub rows: Vec<T>,
}

/// A row for every practice that has one, in the order of the handbook; areas without rows are left out.
pub fn by_area<T>(cx: &PageContext<'_>, row: impl Fn(ThingId) -> Option<T>) -> Vec<AreaRows<T>> {
    cx.areas()
        .map(|(area, practices)| AreaRows {
            area: area.map(|area| cx.link(area)),
            rows: practices.iter().filter_map(|practice| row(*practice)).collect(),
        })
        .filter(|area| !area.rows.is_empty())
        .collect()
}
