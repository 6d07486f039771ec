// What to do next, in the order of `src/assess/next.rs`: the criteria between where a team stands and where it wants to be.
// First what other practices on the list require, then what the team's own postmortems point at, then by effort; within a
// practice level by level, as far as the target.

import { atTarget } from "./score.js";

/** @typedef {import("./score.js").Score} Score */
/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./model.js").Practice} Practice */
/** @typedef {import("./model.js").Criterion} Criterion */
/** @typedef {{title: string, href: string}} Link */
/**
 * @typedef {object} Step
 * @property {Practice} practice
 * @property {{needed?: Practice[], gaps?: Link[], effort?: number}} because Why it stands where it stands: one of the three.
 * @property {{level: number, missing: Criterion[], playbooks: Practice["playbooks"]}[]} levels From the next one up to the target.
 * @property {string[]} unknown Ids of those missing that nobody could answer.
 */

/**
 * A step for each practice that has a level below its target; one that was never assessed wants an assessment first.
 * @param {Model} model
 * @param {Map<string, Score>} scores By practice.
 * @param {(criterion: Criterion) => import("./score.js").Answer | undefined} answerTo What counts as the answer.
 * @param {Record<string, Link[]>} gaps The team's postmortems that point at a practice.
 * @returns {Step[]}
 */
export function nextSteps(model, scores, answerTo, gaps) {
  const isOpen = (/** @type {Practice} */ { id }) => {
    const score = scores.get(id);
    return score?.state === "level" && !atTarget(score);
  };
  const open = model.practices.filter(isOpen).sort((a, b) => a.place - b.place);
  const steps = open.map((practice) => {
    const because = reason(practice, open, gaps);
    return { practice, because, rank: rank(practice, because), levels: levelsOf(practice, scores, answerTo), unknown: missingAnswers(practice, answerTo) };
  });
  // Sorting keeps the order of those of equal rank.
  return steps
    .sort((a, b) => a.rank.map((one, at) => one - b.rank[at]).find((difference) => difference !== 0) ?? 0)
    .filter(({ levels }) => levels.length > 0)
    .map(({ rank: _, ...step }) => step);
}

/** @param {Practice} practice @param {Practice[]} open @param {Record<string, Link[]>} gaps @returns {Step["because"]} */
function reason({ id, effort }, open, gaps) {
  const needed = open.filter(({ requires }) => requires.includes(id));
  if (needed.length > 0) return { needed };
  if (Object.hasOwn(gaps, id)) return { gaps: gaps[id] };
  return { effort };
}

/** Smaller comes first; among those that are needed, the needed ones of the needed. @param {Practice} practice @param {Step["because"]} because */
function rank(practice, { needed, gaps, effort = 0 }) {
  if (needed) return [0, practice.order, -needed.length];
  return gaps ? [1, 0, -gaps.length] : [2, 0, effort];
}

/** What is missing, level by level. @param {Practice} practice @param {Map<string, Score>} scores @param {Parameters<typeof nextSteps>[2]} answerTo */
function levelsOf({ id, criteria, playbooks }, scores, answerTo) {
  const { next, target = 0 } = scores.get(id) ?? {};
  const wanted = criteria.filter((one) => next && one.level >= next.level && one.level <= target && !["yes", "na"].includes(answerTo(one) ?? ""));
  return [...new Set(wanted.map(({ level }) => level))].map((level) => ({
    level,
    missing: wanted.filter((one) => one.level === level),
    playbooks: playbooks.filter(({ levels }) => levels.includes(level)),
  }));
}

/** @param {Practice} practice @param {Parameters<typeof nextSteps>[2]} answerTo */
function missingAnswers({ criteria }, answerTo) {
  return criteria.filter((one) => ["", "unknown"].includes(answerTo(one) ?? "")).map(({ id }) => id);
}
