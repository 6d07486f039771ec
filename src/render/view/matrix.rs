//! `matrix`: every practice by level.

use serde::Serialize;

use super::common::LevelMark;
use super::frame::Frame;
use super::section::{AreaCards, areas};
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::model::Report;
use crate::render::page::PageContext;

/// `matrix` in `matrix.html`.
#[derive(Clone, Debug, Serialize)]
pub struct MatrixView {
    /// The columns.
    pub levels: Vec<LevelMark>,
    /// The rows, area by area; a practice's `levels` run parallel to the columns.
    pub areas: Vec<AreaCards>,
}

pub fn made(cx: &PageContext<'_>) -> Result<Made, Diagnostic> {
    generated("matrix.html", "matrix", &view(cx), Frame::report(cx, Report::Matrix))
}

pub fn view(cx: &PageContext<'_>) -> MatrixView {
    MatrixView {
        levels: cx.level_numbers().into_iter().map(|number| cx.level_mark(number)).collect(),
        areas: areas(cx).into_iter().filter(|area| !area.practices.is_empty()).collect(),
    }
}
