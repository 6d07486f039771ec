// A practice's level as it is drawn and said: always with its coverage in the same line, and the formula with this team's figures.

import { make } from "./dom.js";
import { percent } from "./radar.js";
import { ENOUGH } from "./score.js";
import { say } from "./words.js";

/** @typedef {import("./score.js").Score} Score */

/** @param {Score} score */
export function badge(score) {
  return make("span", { class: `mark ${markClass(score)}`, "aria-hidden": "true" }, score.level);
}

/** Open where little was answered, dotted where nothing was, hatched where nothing applies. @param {Score} score */
export function markClass({ state, level, answered, applicable }) {
  if (state !== "level") return state;
  return `level-${level}${answered >= ENOUGH * applicable ? "" : " open"}`;
}

/** `Level 2 · 7 of 9 answered`, and what the next level wants. @param {Score} score */
export function standing(score) {
  if (score.state === "not-applicable") return [say("not_applicable")];
  const level = score.state === "level" ? say("level", { level: score.level ?? 0 }) : say("no_level");
  return [`${level} · ${coverage(score)}`, score.next && make("span.formula", formula(score))];
}

/** @param {{answered: number, applicable: number}} score */
export function coverage({ answered, applicable }) {
  return say("coverage", { done: answered, all: applicable });
}

/** How progress is counted. @param {Score} score */
export function formula({ next, progress, unknown }) {
  if (!next) return "";
  const n = unknown.length;
  const known = next.yes + next.partly + next.no;
  const counted = progress === null ? "" : say("to_level", { ...next, known, percent: percent(progress) });
  if (n === 0) return counted;
  return counted ? `${counted}${say("list_separator")}${say("and_unknown", { n })}` : say("to_level_unknown", { level: next.level, n });
}
