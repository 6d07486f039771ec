//! Pictures: SVG from plain values, one file per chart.
//!
//! Geometry stands here; colours, lines and type are the theme's (`chart.css`), by class. A picture
//! repeats what a table beside it says, so it is one image with a name and holds no link.

mod distribution;
mod radar;
mod strip;
mod svg;
mod trend;

pub use distribution::{Place, distribution};
pub use radar::{Axis, Measure, radar};
pub use strip::{Strip, strip};
pub use trend::{Column, trend};

/// Where something stands on the maturity scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing {
    Level(u8),
    /// Points of the additive scheme, in levels.
    Points(f64),
    NotAssessed,
    NotApplicable,
}

/// The name of a picture, and the sentence that stands for it.
#[derive(Clone, Copy, Debug)]
pub struct Caption<'a> {
    pub title: &'a str,
    pub description: &'a str,
}
