// The cumulative score: a practice's criteria and answers → its level, progress and coverage. Pure; the same rules as
// `src/assess/cumulative.rs`, and held to the same examples.

/** @typedef {"yes" | "partly" | "no" | "unknown" | "na"} Answer */
/** @typedef {{level: number, criterion: string, answer?: Answer}} Item A criterion with what was answered, if anything. */
/** @typedef {{decided_on?: string, revisit?: string, reason?: string}} Decision That something does not apply; days as `2026-11-20`. */
/**
 * @typedef {object} Score
 * @property {"level" | "not-assessed" | "not-applicable"} state
 * @property {number} [level] The level reached, when `state` is `level`.
 * @property {number} target The level the team wants.
 * @property {number} answered Criteria answered yes, partly or no.
 * @property {number} applicable Criteria that apply.
 * @property {number | null} progress (yes + ½ partly) / (yes + partly + no) over the next level not held, 0 to 1; `null` when
 *   every level is held or none of the next level's criteria is answered.
 * @property {string[]} unknown Criteria that block the next level because nobody knows.
 * @property {{level: number, yes: number, partly: number, no: number}} [next] What `progress` is made of.
 */

/** Below this share of applicable criteria answered, a result is drawn open. */
export const ENOUGH = 0.6;

/**
 * Scores a practice. A criterion holds only on yes; a level with applicable criteria holds when all of them do; the level
 * reached is the highest such level below which every level with applicable criteria holds too.
 * @param {Item[]} items
 * @param {number} target
 * @param {boolean} excluded The team decided that the whole practice does not apply.
 * @returns {Score}
 */
export function score(items, target, excluded) {
  const applying = items.filter((item) => item.answer !== "na");
  const answered = applying.filter((item) => isKnown(item.answer)).length;
  /** @type {Score} */
  const nothing = { state: "not-assessed", target, answered: 0, applicable: applying.length, progress: null, unknown: [] };
  if (excluded || (applying.length === 0 && items.length > 0)) return { ...nothing, state: "not-applicable", applicable: 0 };
  if (answered === 0) return nothing;

  const levels = [...new Set(applying.map((item) => item.level))].sort((a, b) => a - b);
  let level = Math.max(0, Math.min(...items.map((item) => item.level)) - 1);
  /** @type {Item[]} */
  let blocked = [];
  for (const number of levels) {
    const asked = applying.filter((item) => item.level === number);
    if (!asked.every((item) => item.answer === "yes")) {
      blocked = asked;
      break;
    }
    level = number;
  }
  const count = (/** @type {Answer} */ answer) => blocked.filter((item) => item.answer === answer).length;
  const [yes, partly, no] = [count("yes"), count("partly"), count("no")];
  const known = yes + partly + no;
  return {
    state: "level",
    level,
    target,
    answered,
    applicable: applying.length,
    progress: known > 0 ? (yes + partly / 2) / known : null,
    unknown: blocked.filter((item) => !isKnown(item.answer)).map((item) => item.criterion),
    ...(blocked.length > 0 && { next: { level: blocked[0].level, yes, partly, no } }),
  };
}

/**
 * Scores a practice from what a page or a file holds.
 * @param {object} asked
 * @param {string} asked.practice Its id.
 * @param {{id: string, level: number}[]} asked.criteria In their order.
 * @param {Record<string, Answer | undefined>} asked.answers By criterion.
 * @param {Record<string, Decision>} asked.decisions By practice or `practice/criterion`.
 * @param {number} asked.target
 * @param {string} asked.date The day of the assessment; a decision counts from the day it was made until it is looked at again.
 * @returns {Score}
 */
export function scorePractice({ practice, criteria, answers, decisions, target, date }) {
  const excluded = (/** @type {string} */ subject) => Object.hasOwn(decisions, subject) && holdsOn(decisions[subject], date);
  const items = criteria.map(({ id, level }) => {
    const given = Object.hasOwn(answers, id) ? answers[id] : undefined;
    return { level, criterion: id, answer: excluded(`${practice}/${id}`) ? /** @type {const} */ ("na") : given };
  });
  return score(items, target, excluded(practice));
}

/** Whether a decision holds on a day. @param {Decision} decision @param {string} day */
export function holdsOn(decision, day) {
  return (!decision.decided_on || decision.decided_on <= day) && (!decision.revisit || day < decision.revisit);
}

/** Whether a practice has reached its target. @param {Score} score */
export function atTarget({ state, level = 0, target }) {
  return state === "level" && level >= target;
}

/**
 * Several practices together: how many of those that apply are at target, and how much was answered. `share` is the radar's
 * axis, `null` where nothing applies; `open` says that too little was answered for a filled mark.
 * @param {Score[]} scores
 */
export function together(scores) {
  const applying = scores.filter((score) => score.state !== "not-applicable");
  const sum = (/** @type {(score: Score) => number} */ of) => applying.reduce((total, score) => total + of(score), 0);
  const answered = sum((score) => score.answered);
  const applicable = sum((score) => score.applicable);
  const reached = applying.filter(atTarget).length;
  return {
    reached,
    practices: applying.length,
    answered,
    applicable,
    share: applying.length > 0 ? reached / applying.length : null,
    open: !(answered >= ENOUGH * applicable),
  };
}

/** @param {Answer} [answer] */
function isKnown(answer) {
  return answer === "yes" || answer === "partly" || answer === "no";
}
