//! Where teams stand in a practice: one square per team, by level. No names, so no ranking.

use super::svg::{Anchor, Rect, Svg};
use super::{Caption, Standing};

/// How many teams stand somewhere.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub standing: Standing,
    pub teams: usize,
}

const SIDE: f64 = 16.0;
/// Points take more room than the number of a level.
const POINTS: f64 = 26.0;
const GAP: f64 = 2.0;
/// Up to here every team has its square; beyond, places become bars of this many squares in all.
const MOST: usize = 16;

/// `places` in the order they are drawn in.
pub fn distribution(places: &[Place], caption: Caption<'_>) -> String {
    let mut svg = Svg::default();
    let all: usize = places.iter().map(|place| place.teams).sum();
    let mut x = 0.0;
    for place in places.iter().filter(|place| place.teams > 0) {
        let side = if matches!(place.standing, Standing::Points(_)) { POINTS } else { SIDE };
        if all <= MOST {
            for _ in 0..place.teams {
                square(&mut svg, place.standing, x, side, None);
                x += side + GAP;
            }
        } else {
            let width = (place.teams as f64 / all as f64 * MOST as f64 * SIDE).max(side);
            square(&mut svg, place.standing, x, width, Some(place.teams));
            x += width + GAP;
        }
    }
    let width = (x - GAP).max(SIDE);
    svg.finish("distribution", Rect { x: 0.0, y: 0.0, width, height: SIDE }, caption)
}

/// A square with its level's number; a bar that stands for several teams says how many.
fn square(svg: &mut Svg, standing: Standing, x: f64, width: f64, teams: Option<usize>) {
    let edge = Rect { x: x + 0.5, y: 0.5, width: width - 1.0, height: SIDE - 1.0 };
    let middle = (x + width / 2.0, 12.0);
    match standing {
        Standing::Level(level) => {
            svg.rect(&format!("level-{level} fill"), Rect { x, y: 0.0, width, height: SIDE });
            let label = match teams {
                Some(teams) if width > 2.0 * SIDE => format!("{level} ×{teams}"),
                _ => level.to_string(),
            };
            svg.text(&format!("level-{level} on"), Anchor::Middle, middle, &label);
        }
        Standing::Points(points) => {
            svg.rect("frame", edge);
            // Rounded down: what shows 3 has 3.
            let tenths = (points * 10.0 + 1e-6).floor() / 10.0;
            svg.text("label", Anchor::Middle, middle, &format!("{tenths:.1}"));
        }
        Standing::NotAssessed => svg.rect("unknown", edge),
        Standing::NotApplicable => {
            svg.hatch("hatch", edge);
            svg.rect("frame", edge);
        }
    }
}
