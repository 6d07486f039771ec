//! `graph`: which practice needs which other, drawn and as a table.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::by_area::{AreaRows, by_area};
use super::common::Link;
use super::frame::Frame;
use super::{Made, generated};
use crate::diag::Diagnostic;
use crate::model::{Relation, Report, ThingId};
use crate::render::context::PageContext;
use crate::render::diagram::{self, Drawing, Node, Shape};
use crate::render::index::{incoming, outgoing};

/// `graph` in `graph.html`.
#[derive(Clone, Debug, Serialize)]
pub struct GraphView {
    /// How many practices and prerequisites, in words.
    pub figures: String,
    /// Of the drawing, in CSS pixels.
    pub width: i32,
    pub height: i32,
    pub bands: Vec<BandView>,
    /// From the first prerequisites on; empty when there are too many to draw.
    pub nodes: Vec<NodeView>,
    /// The same as a table.
    pub areas: Vec<AreaRows<Neighbours>>,
    /// Practices that need nothing and that nothing needs.
    pub alone: Vec<AreaRows<Link>>,
}

/// The practices of an area lie in a band.
#[derive(Clone, Debug, Serialize)]
pub struct BandView {
    pub area: Option<Link>,
    pub y: i32,
    pub height: i32,
    /// Base line of its name.
    pub text_y: i32,
    /// Every other band is shaded.
    pub shaded: bool,
}

/// A practice of the drawing.
#[derive(Clone, Debug, Serialize)]
pub struct NodeView {
    pub practice: Link,
    /// Id of the node.
    pub anchor: String,
    /// Titles of what it needs, for those who do not see the lines.
    pub needs: Vec<String>,
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
    /// Of the label.
    pub text_x: i32,
    pub label: Vec<LabelLine>,
    /// SVG path data: one line from each practice it needs.
    pub lines: Vec<String>,
}

/// One line of a label.
#[derive(Clone, Debug, Serialize)]
pub struct LabelLine {
    pub text: String,
    /// Base line.
    pub y: i32,
}

/// A practice with what it needs and what it unlocks, directly.
#[derive(Clone, Debug, Serialize)]
pub struct Neighbours {
    pub practice: Link,
    /// Id of the row where nothing is drawn.
    pub anchor: String,
    pub needs: Vec<Link>,
    pub unlocks: Vec<Link>,
}

pub fn made(cx: &PageContext<'_>) -> Result<Made, Diagnostic> {
    // Every prerequisite comes first, as the drawing wants it.
    let practices: Vec<ThingId> =
        cx.graph().practice_order.iter().copied().filter(|id| is_joined(cx, *id)).collect();
    let areas: Vec<Option<Link>> = cx.areas().map(|(area, _)| area.map(|area| cx.nav_link(area))).collect();
    let names =
        areas.iter().map(|area| area.as_ref().map_or(cx.words.get("other_practices"), |area| &area.title));
    let names: Vec<String> = names.map(str::to_owned).collect();
    let drawing = diagram::draw(&nodes(cx, &practices), &names).unwrap_or_default();
    let view = GraphView {
        figures: figures(cx),
        width: drawing.width,
        height: drawing.height,
        bands: bands(&drawing, &areas),
        nodes: practices.iter().zip(drawing.shapes).map(|(id, shape)| node(cx, *id, shape)).collect(),
        areas: by_area(cx, |id| is_joined(cx, id).then(|| neighbours(cx, id))),
        alone: by_area(cx, |id| (!is_joined(cx, id)).then(|| cx.link(id))),
    };
    generated("graph.html", "graph", &view, Frame::report(cx, Report::Graph))
}

pub fn figures(cx: &PageContext<'_>) -> String {
    let edges = cx.graph().edges.iter().filter(|edge| edge.relation == Relation::Requires).count();
    let joined = cx.graph().practice_order.iter().filter(|id| is_joined(cx, **id)).count();
    cx.words.counts(&[("n_practices", joined), ("n_prerequisites", edges)])
}

/// Whether a practice stands in the drawing.
pub fn is_joined(cx: &PageContext<'_>, id: ThingId) -> bool {
    needs(cx, id).next().is_some() || unlocks(cx, id).next().is_some()
}

/// What a practice needs first, directly.
pub fn needs<'a>(cx: &PageContext<'a>, id: ThingId) -> impl Iterator<Item = ThingId> + use<'a> {
    outgoing(cx.graph(), id, Relation::Requires).map(|edge| edge.to)
}

/// What needs a practice first, directly.
pub fn unlocks<'a>(cx: &PageContext<'a>, id: ThingId) -> impl Iterator<Item = ThingId> + use<'a> {
    incoming(cx.graph(), id, Relation::Requires).map(|edge| edge.from)
}

/// How many practices lie beyond the direct neighbours on one side ([`needs`] or [`unlocks`]).
pub fn further<'a, I: Iterator<Item = ThingId>>(
    cx: &PageContext<'a>,
    id: ThingId,
    neighbours: impl Fn(&PageContext<'a>, ThingId) -> I,
) -> usize {
    let direct: BTreeSet<ThingId> = neighbours(cx, id).collect();
    let mut found = direct.clone();
    let mut open: Vec<ThingId> = direct.iter().copied().collect();
    while let Some(next) = open.pop() {
        open.extend(neighbours(cx, next).filter(|other| found.insert(*other)));
    }
    found.len() - direct.len()
}

fn nodes(cx: &PageContext<'_>, practices: &[ThingId]) -> Vec<Node> {
    let at: BTreeMap<ThingId, usize> = practices.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let areas: Vec<Option<ThingId>> = cx.areas().map(|(area, _)| area).collect();
    let node = |id: &ThingId| {
        let area = cx.index.area_of.get(id).copied();
        Node {
            band: areas.iter().position(|other| *other == area).unwrap_or(areas.len()),
            label: diagram::wrapped(&cx.link(*id).title),
            needs: needs(cx, *id).filter_map(|need| at.get(&need).copied()).collect(),
        }
    };
    practices.iter().map(node).collect()
}

fn bands(drawing: &Drawing, areas: &[Option<Link>]) -> Vec<BandView> {
    let band = |(position, band): (usize, &diagram::Band)| BandView {
        area: areas.get(band.number).cloned().flatten(),
        y: band.y,
        height: band.height,
        text_y: band.y + diagram::BAND_HEAD * 2 / 3,
        shaded: position % 2 == 0,
    };
    drawing.bands.iter().enumerate().map(band).collect()
}

fn node(cx: &PageContext<'_>, id: ThingId, shape: Shape) -> NodeView {
    let practice = cx.link(id);
    let label = diagram::wrapped(&practice.title);
    // The first base line; letters stand mostly above it.
    let first = shape.y + shape.height / 2 - (label.len() as i32 - 1) * diagram::LINE / 2 + 5;
    NodeView {
        anchor: cx.anchor(id),
        needs: needs(cx, id).map(|need| cx.thing(need).title(cx.lang).to_owned()).collect(),
        text_x: shape.x + diagram::PADDING,
        label: spaced(label, &practice.title)
            .into_iter()
            .zip(0..)
            .map(|(text, row)| LabelLine { text, y: first + row * diagram::LINE })
            .collect(),
        practice,
        x: shape.x,
        y: shape.y,
        width: shape.width,
        height: shape.height,
        lines: shape.lines,
    }
}

/// Lines with the spaces at which they were broken, so that together they read as the title.
fn spaced(lines: Vec<String>, title: &str) -> Vec<String> {
    let mut rest = title;
    let with_space = lines.into_iter().map(|line| {
        let behind = rest.strip_prefix(line.as_str()).unwrap_or_default();
        rest = behind.trim_start();
        if behind.starts_with(' ') { format!("{line} ") } else { line }
    });
    with_space.collect()
}

fn neighbours(cx: &PageContext<'_>, id: ThingId) -> Neighbours {
    Neighbours {
        practice: cx.link(id),
        anchor: cx.anchor(id),
        needs: cx.links(needs(cx, id)),
        unlocks: cx.links(unlocks(cx, id)),
    }
}
