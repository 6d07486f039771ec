// The radar: how much of each area is at target. Its table stands beside it and has the same figures.

import { draw } from "./dom.js";

/**
 * @typedef {object} Axis
 * @property {string} label Its number in the table.
 * @property {string} title The area.
 * @property {string} href Where its figures stand.
 * @property {number | null} share 0 to 1; `null` where nothing applies.
 * @property {boolean} open Too little was answered for a filled mark.
 * @property {number | null | undefined} [last] The share last time.
 * @property {number | null | undefined} [planned] The share if all that is planned were done.
 */

const RADIUS = 100;
const RIM = 22;

/** @param {Axis[]} axes At least three. @param {string} title @param {string} description */
export function radar(axes, title, description) {
  const size = 2 * (RADIUS + RIM);
  const turn = (2 * Math.PI) / axes.length;
  /** @param {number} at @param {number} share @param {number} [shift] */
  const point = (at, share, shift = 0) => {
    const angle = (at + shift) * turn - Math.PI / 2;
    return [RADIUS * share * Math.cos(angle), RADIUS * share * Math.sin(angle)].map((one) => Number(one.toFixed(1)));
  };
  /** @param {(axis: Axis) => number | null | undefined} share @param {string} name */
  const shape = (share, name) => {
    const points = axes.flatMap((axis, at) => share(axis) == null ? [] : [point(at, share(axis) ?? 0).join(" ")]);
    return points.length > 2 && draw("path", { class: name, d: `M${points.join("L")}Z` });
  };
  const ring = (/** @type {number} */ share) => draw("path.ring", { d: `M${axes.map((_, at) => point(at, share).join(" ")).join("L")}Z` });
  return draw(
    "svg.radar",
    { viewBox: `${-size / 2} ${-size / 2} ${size} ${size}`, role: "group", "aria-label": title },
    draw("title", title),
    draw("desc", description),
    draw("defs", hatch()),
    [0.25, 0.5, 0.75, 1].map(ring),
    axes.map(({ share }, at) => {
      const [x, y] = point(at, 1);
      const [left, right] = [point(at, 1, -0.35), point(at, 1, 0.35)];
      // Where nothing applies there is a gap, not a nought.
      return share === null ? draw("path.gap", { d: `M0 0L${left.join(" ")}L${right.join(" ")}Z` }) : draw("path.spoke", { d: `M0 0L${x} ${y}` });
    }),
    shape((axis) => axis.last, "last"),
    shape((axis) => axis.planned, "planned"),
    shape((axis) => axis.share, "now"),
    axes.map(({ share, open }, at) => {
      if (share === null) return null;
      const [cx, cy] = point(at, share);
      return draw("circle", { class: open ? "mark open" : "mark", cx, cy, r: 4 });
    }),
    axes.map(({ label, title: name, href, share }, at) => {
      const [x, y] = point(at, 1 + RIM / 2 / RADIUS);
      const text = `${label} ${name} ${share === null ? "" : percent(share)}`.trim();
      return draw(
        "a",
        { href, "aria-label": text },
        draw("circle.target", { cx: x, cy: y, r: 13 }),
        draw("text", { x, y, "text-anchor": "middle", "dominant-baseline": "central" }, draw("title", text), label),
      );
    }),
  );
}

/** Rounded down: what shows 100 % is done. @param {number} share */
export function percent(share) {
  return `${Math.floor(share * 100)} %`;
}

function hatch() {
  return draw(
    "pattern",
    { id: "radar-hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    draw("path.hatch", { d: "M0 0V5" }),
  );
}
