//! A practice of a team: the levels in a row, filled as far as reached, with a mark at the target.

use super::svg::{Rect, Svg};
use super::{Caption, Standing};

/// What a strip shows.
#[derive(Clone, Debug)]
pub struct Strip {
    /// The levels of the handbook, ascending.
    pub levels: Vec<u8>,
    pub standing: Standing,
    /// The level worked on and how far it is, 0 to 1.
    pub next: Option<(u8, f64)>,
    pub target: u8,
}

const WIDTH: f64 = 22.0;
const HEIGHT: f64 = 11.0;
const GAP: f64 = 2.0;
/// Room above the cells, where the point of the target mark begins.
const ABOVE: f64 = 6.0;

pub fn strip(strip: &Strip, caption: Caption<'_>) -> String {
    let mut svg = Svg::default();
    let length = strip.levels.len() as f64 * (WIDTH + GAP) - GAP;
    let highest = f64::from(strip.levels.last().copied().unwrap_or(1));
    let whole = Rect { x: 0.5, y: ABOVE + 0.5, width: length - 1.0, height: HEIGHT - 1.0 };
    match strip.standing {
        Standing::NotApplicable => {
            svg.hatch("hatch", whole);
            svg.rect("frame", whole);
        }
        Standing::Points(points) => {
            svg.rect("frame", whole);
            // In no level's colour: points say how much, not which level holds.
            let width = whole.width * (points / highest).clamp(0.0, 1.0);
            svg.rect("points", Rect { width, ..whole });
        }
        Standing::Level(level) => cells(&mut svg, strip, Some(level)),
        Standing::NotAssessed => cells(&mut svg, strip, None),
    }
    let target = match strip.standing {
        Standing::NotApplicable => None,
        Standing::Points(_) => Some(length * (f64::from(strip.target) / highest).min(1.0)),
        Standing::Level(_) | Standing::NotAssessed => {
            let at = strip.levels.iter().position(|level| *level == strip.target);
            at.map(|at| (at + 1) as f64 * (WIDTH + GAP) - GAP)
        }
    };
    if let Some(x) = target {
        svg.path("target", &[(x - 4.0, 0.0), (x + 4.0, 0.0), (x, 5.0)], true);
        svg.path("target", &[(x, 4.0), (x, ABOVE + HEIGHT + 2.0)], false);
    }
    svg.finish("strip", Rect { x: -1.0, y: -1.0, width: length + 6.0, height: ABOVE + HEIGHT + 4.0 }, caption)
}

/// One cell for every level; without a level reached nobody knows, and all are dotted.
fn cells(svg: &mut Svg, strip: &Strip, reached: Option<u8>) {
    for (at, level) in strip.levels.iter().enumerate() {
        let x = at as f64 * (WIDTH + GAP);
        let cell = Rect { x: x + 0.5, y: ABOVE + 0.5, width: WIDTH - 1.0, height: HEIGHT - 1.0 };
        match reached {
            None => svg.rect("unknown", cell),
            Some(reached) if *level <= reached => {
                svg.rect(&format!("level-{level} fill"), Rect { x, y: ABOVE, width: WIDTH, height: HEIGHT });
            }
            Some(_) => {
                if let Some((_, share)) = strip.next.filter(|(next, _)| next == level) {
                    let inner = Rect {
                        x,
                        y: ABOVE + HEIGHT - 4.0,
                        width: WIDTH * share.clamp(0.0, 1.0),
                        height: 4.0,
                    };
                    svg.rect(&format!("level-{level} fill"), inner);
                }
                svg.rect("frame", cell);
            }
        }
    }
}
