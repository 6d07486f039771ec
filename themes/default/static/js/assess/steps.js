// What to do next: the criteria between where a team stands and where it wants to be.

import { atTarget } from "./score.js";

/** @typedef {import("./score.js").Score} Score */
/** @typedef {import("./model.js").Model} Model */
/** @typedef {import("./model.js").Practice} Practice */
/** @typedef {import("./model.js").Criterion} Criterion */
/**
 * @typedef {object} Step
 * @property {Practice} practice
 * @property {number} level The next level of the practice.
 * @property {Criterion[]} missing What that level still wants.
 * @property {Criterion[]} unknown Those among them that nobody could answer.
 * @property {Practice["playbooks"]} playbooks What helps to reach it.
 * @property {number} gaps Postmortems that point at what is missing.
 */

/**
 * A step for each practice that has a level below its target. Practices whose prerequisites are at target come first, then
 * those at which more postmortems point, then those with less effort, then as they are asked.
 * @param {Model} model
 * @param {Map<string, Score>} scores By practice.
 * @param {(criterion: Criterion) => import("./score.js").Answer | undefined} answerTo What counts as the answer.
 * @returns {Step[]}
 */
export function nextSteps(model, scores, answerTo) {
  const isShort = (/** @type {Practice | undefined} */ practice) => {
    const score = practice && scores.get(practice.id);
    return !!score && score.state !== "not-applicable" && !atTarget(score);
  };
  /** @type {Map<Practice, number>} */
  const depths = new Map();
  /** How long the chain of prerequisites is that are short of their targets. @param {Practice} practice @returns {number} */
  const depth = (practice) => {
    const known = depths.get(practice);
    if (known !== undefined) return known;
    depths.set(practice, 0);
    const before = practice.requires.map((id) => model.practice.get(id)).filter(isShort);
    const found = Math.max(0, ...before.map((one) => 1 + depth(/** @type {Practice} */ (one))));
    depths.set(practice, found);
    return found;
  };
  const steps = model.practices.flatMap((practice) => {
    const score = scores.get(practice.id);
    if (score?.state !== "level" || !isShort(practice) || !score.next) return [];
    const { level } = score.next;
    const missing = practice.criteria.filter((one) => one.level === level && !["yes", "na"].includes(answerTo(one) ?? ""));
    return [
      {
        practice,
        level,
        missing,
        unknown: missing.filter((one) => score.unknown.includes(one.name)),
        playbooks: practice.playbooks.filter(({ levels }) => levels.length === 0 || levels.includes(level)),
        gaps: missing.reduce((sum, one) => sum + one.gaps, 0),
      },
    ];
  });
  const rank = (/** @type {Step} */ step) => [depth(step.practice), -step.gaps, step.practice.effort];
  return steps
    .map((step) => ({ step, rank: rank(step) }))
    .sort((a, b) => a.rank.map((one, at) => one - b.rank[at]).find((difference) => difference !== 0) ?? 0)
    .map(({ step }) => step);
}
