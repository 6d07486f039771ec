//! The drawing of prerequisites: nothing is cut, nothing overlaps, whatever the handbook.

use std::fmt::Write;

use proptest::prelude::*;

use super::html::{between, pieces, text};
use crate::handbook::TestHandbook;

/// A box, as drawn.
#[derive(Debug, Clone, Copy)]
struct Box {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Box {
    fn of(tag: &str) -> Self {
        let number = |name: &str| between(tag, &format!(" {name}=\""), "\"").parse().unwrap();
        Self { x: number("x"), y: number("y"), width: number("width"), height: number("height") }
    }

    /// Whether a point is inside, by more than `margin`.
    fn has(&self, (x, y): (f64, f64), margin: f64) -> bool {
        x > self.x + margin
            && x < self.x + self.width - margin
            && y > self.y + margin
            && y < self.y + self.height - margin
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }
}

/// Points along path data made of `M`, `C`, `H` and the arrow's head, which is passed over.
fn points(path: &str) -> Vec<(f64, f64)> {
    let path = path.split('m').next().unwrap();
    let mut points: Vec<(f64, f64)> = Vec::new();
    let mut rest = path;
    while let Some(command) = rest.chars().next() {
        let end = rest[1..].find(char::is_alphabetic).map_or(rest.len(), |at| at + 1);
        let numbers: Vec<f64> =
            rest[1..end].split_whitespace().map(|number| number.parse().unwrap()).collect();
        let start = points.last().copied().unwrap_or_default();
        match (command, numbers.as_slice()) {
            ('M', [x, y]) => points.push((*x, *y)),
            ('H', [x]) => points
                .extend((1..=20).map(|step| (start.0 + (x - start.0) * f64::from(step) / 20.0, start.1))),
            ('C', [a, b, c, d, x, y]) => points.extend((1..=40).map(|step| {
                let t = f64::from(step) / 40.0;
                let s = 1.0 - t;
                let at = |p0: f64, p1: f64, p2: f64, p3: f64| {
                    s * s * s * p0 + 3.0 * s * s * t * p1 + 3.0 * s * t * t * p2 + t * t * t * p3
                };
                (at(start.0, *a, *c, *x), at(start.1, *b, *d, *y))
            })),
            other => panic!("unknown path command {other:?} in {path}"),
        }
        rest = &rest[end..];
    }
    points
}

/// Fails when anything overlaps or leaves the drawing. Returns how many nodes and lines there are.
fn inspect(html: &str) -> (usize, usize) {
    let svg = between(html, "<svg class=\"graph\"", "</svg>");
    let size = |name: &str| -> f64 { between(svg, &format!(" {name}=\""), "\"").parse().unwrap() };
    let whole = Box { x: 0.0, y: 0.0, width: size("width"), height: size("height") };
    let bands: Vec<Box> =
        pieces(svg, "<g class=\"band", "</g>").map(|band| Box::of(between(band, "<rect", "/>"))).collect();
    for pair in bands.windows(2) {
        assert!(pair[0].y + pair[0].height <= pair[1].y, "bands {pair:?}");
    }
    let nodes: Vec<(&str, Box)> = pieces(svg, "<g class=\"node\"", "</g>")
        .map(|node| (node, Box::of(between(node, "<rect", "/>"))))
        .collect();
    for (position, (node, own)) in nodes.iter().enumerate() {
        let name = text(between(node, "<text", "</text>").split_once('>').unwrap().1);
        assert!(own.x >= 0.0 && own.x + own.width <= whole.width, "{name} leaves the drawing: {own:?}");
        let within = |band: &&Box| own.y >= band.y && own.y + own.height <= band.y + band.height;
        assert_eq!(bands.iter().filter(within).count(), 1, "{name} stands in one band: {own:?}");
        for (_, other) in &nodes[position + 1..] {
            assert!(!own.overlaps(other), "{name} {own:?} overlaps {other:?}");
        }
        for line in pieces(node, "<tspan", "</tspan>") {
            let number = |attribute: &str| -> f64 {
                between(line, &format!(" {attribute}=\""), "\"").parse().unwrap()
            };
            let words = line.split_once('>').unwrap().1;
            // No usual font is narrower for Japanese, or wider for Latin, than this.
            let width: f64 = words.chars().map(|c| if c.is_ascii() { 7.0 } else { 14.0 }).sum();
            assert!(number("x") + width <= own.x + own.width, "{words} in {own:?}");
            assert!(
                number("y") - 12.0 >= own.y && number("y") + 3.0 <= own.y + own.height,
                "{words} in {own:?}"
            );
        }
    }
    let mut lines = 0;
    for (node, own) in &nodes {
        for path in pieces(node, "<path d=\"", "\"") {
            let points = points(path);
            let (start, end) = (points[0], points[points.len() - 1]);
            assert_eq!(end.0, own.x, "a line ends at the left of its box");
            assert!(end.1 >= own.y && end.1 <= own.y + own.height, "{end:?} {own:?}");
            let starts = |(_, other): &&(&str, Box)| {
                start.0 == other.x + other.width && start.1 >= other.y && start.1 <= other.y + other.height
            };
            assert_eq!(nodes.iter().filter(starts).count(), 1, "a line starts at the right of a box: {path}");
            for pair in points.windows(2) {
                assert!(pair[0].0 <= pair[1].0, "lines run to the right: {path}");
            }
            for (other, shape) in &nodes {
                let crossed = points.iter().find(|point| shape.has(**point, 0.5));
                assert!(crossed.is_none(), "{path} crosses {shape:?} of {other}");
            }
            lines += 1;
        }
    }
    (nodes.len(), lines)
}

/// Practices in areas, each needing some of those before it.
fn handbook(practices: &[(usize, Vec<usize>)]) -> TestHandbook {
    let mut handbook = TestHandbook::new();
    for area in 0..10 {
        handbook = handbook.file(
            &format!("content/practices/area-{area}/_index.md"),
            format!("---\ntitle: Area {area} with rather a long name\n---\n"),
        );
    }
    for (at, (area, needs)) in practices.iter().enumerate() {
        let mut needs: Vec<usize> = needs.iter().copied().filter(|need| *need < at).collect();
        needs.sort_unstable();
        needs.dedup();
        let mut front = String::new();
        if !needs.is_empty() {
            let names: Vec<String> = needs.iter().map(|need| format!("p{need}")).collect();
            let _ = writeln!(front, "requires: [{}]", names.join(", "));
        }
        let titles = [
            "Drills",
            "Error budget policy",
            "Overload and degradation",
            "Customer-facing postmortem communication plan",
        ];
        let title = titles[at % titles.len()];
        let japanese = [
            "訓練",
            "クリティカルユーザージャーニー",
            "問いに答えるダッシュボード",
            "データベースの運用性と監視の整備",
        ];
        let folder = format!("content/practices/area-{area}");
        handbook = handbook
            .file(&format!("{folder}/p{at}.md"), format!("---\ntitle: {title}\n{front}---\n\nText.\n"))
            .file(
                &format!("{folder}/p{at}.ja.md"),
                format!("---\ntitle: {}\n---\n\n本文。\n", japanese[at % 4]),
            );
    }
    handbook
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn nothing_overlaps_and_no_line_crosses_a_box(
        practices in prop::collection::vec((0_usize..10, prop::collection::vec(0_usize..60, 0..4)), 2..60)
    ) {
        let handbook = handbook(&practices);
        let site = handbook.build();
        let edges: usize = practices
            .iter()
            .enumerate()
            .map(|(at, (_, needs))| {
                let needs: std::collections::BTreeSet<usize> = needs.iter().copied().filter(|need| *need < at).collect();
                needs.len()
            })
            .sum();
        if edges == 0 {
            prop_assert!(!site.outputs.contains_key("graph/index.html"));
        } else {
            let english = inspect(&site.page("graph/index.html").text);
            let japanese = inspect(&site.page("ja/graph/index.html").text);
            prop_assert_eq!(english.1, edges);
            prop_assert_eq!(english, japanese);
        }
    }
}

#[test]
fn columns_follow_the_longest_way() {
    // 0 → 1 → 2 → 3, and 0 → 3: the last column is the fourth, and the long line passes beside 1 and 2.
    let html = handbook(&[(0, vec![]), (0, vec![0]), (0, vec![1]), (0, vec![0, 2])])
        .build()
        .page("graph/index.html")
        .text;
    assert_eq!(inspect(&html), (4, 4));
    let xs: Vec<f64> = pieces(&html, "<g class=\"node\"", "</g>")
        .map(|node| Box::of(between(node, "<rect", "/>")).x)
        .collect();
    assert!(xs.windows(2).all(|pair| pair[0] < pair[1]), "{xs:?}");
}

#[test]
fn lines_do_not_cross_where_they_need_not() {
    // Written crosswise: the first of each pair needs the last of the other.
    let html = handbook(&[(0, vec![]), (0, vec![]), (0, vec![]), (0, vec![2]), (0, vec![1]), (0, vec![0])])
        .build()
        .page("graph/index.html")
        .text;
    inspect(&html);
    let mut ends: Vec<(f64, f64)> =
        pieces(between(&html, "<svg class=\"graph\"", "</svg>"), "<path d=\"", "\"")
            .map(|path| {
                let points = points(path);
                (points[0].1, points[points.len() - 1].1)
            })
            .collect();
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert_eq!(ends.len(), 3);
    assert!(ends.windows(2).all(|pair| pair[0].1 < pair[1].1), "{ends:?}");
}

#[test]
fn every_node_is_a_link_that_says_what_it_needs() {
    let site = super::small().build();
    let html = site.page("graph/index.html").text;
    assert!(html.contains("aria-label=\"SLO targets, needs SLI design\""));
    assert!(html.contains("aria-label=\"SLI design, needs nothing first\""));
    assert!(html.contains("<title id=\"graph-title\">") && html.contains("<desc id=\"graph-description\">"));
    assert!(!html.contains(" style="));
    let japanese = site.page("ja/graph/index.html").text;
    assert!(japanese.contains("lang=\"en\"") && japanese.contains("前提：SLI design"));
}

#[test]
fn what_is_too_long_to_be_read_is_a_table() {
    let chain: Vec<(usize, Vec<usize>)> =
        (0..102_usize).map(|at| (0, at.checked_sub(1).into_iter().collect())).collect();
    let site = handbook(&chain).build();
    let html = site.page("graph/index.html").text;
    assert!(!html.contains("<svg class=\"graph\""));
    assert_eq!(html.matches("<tr id=\"practice-p").count(), 102);
    site.page("practices/area-0/p7/index.html").contains("graph/#practice-p7");
}
