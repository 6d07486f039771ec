// What the answers come to: tables first, the radar beside them; what changed, what is next, where people disagree.

import { make, show } from "./dom.js";
import { ANSWERS } from "./entry.js";
import { badge, coverage, formula } from "./level.js";
import { percent, radar } from "./radar.js";
import { together } from "./score.js";
import { nextSteps } from "./steps.js";
import { say, sayDay } from "./words.js";

/** @typedef {import("./model.js").Area} Area */
/** @typedef {import("./model.js").Practice} Practice */
/** @typedef {import("./model.js").Criterion} Criterion */
/** @typedef {import("./score.js").Score} Score */
/** @typedef {import("./sheet.js").Sheet} Sheet */

/** Steps beside the questions. */
const FIRST_STEPS = 3;

/** The few figures and the picture beside the questions. @param {Sheet} sheet @param {Record<string, any>} at */
export function paintLive(sheet, at) {
  show(at.live, headline(sheet), picture(sheet), areaTable(sheet));
  show(at.live_steps, stepList(sheet).slice(0, FIRST_STEPS));
}

/** The whole result. @param {Sheet} sheet @param {Record<string, any>} at */
export function paintResults(sheet, at) {
  const { model } = sheet;
  const planned = model.criteria.filter(({ id }) => sheet.entries.get(id)?.planned && sheet.entries.get(id)?.answer !== "yes").length;
  const isWhatIf = planned > 0 && at.what_if.checked;
  at.what_if_line.hidden = planned === 0;
  at.what_if_text.textContent = say("what_if", { n: planned });
  show(at.headline, headline(sheet));
  show(at.overview, areaTable(sheet, isWhatIf), picture(sheet, isWhatIf));
  show(at.steps, stepList(sheet));
  at.no_steps.hidden = !at.steps.hidden;
  show(at.changes, changes(sheet));
  show(at.tables, model.areas.map((area) => practiceTable(sheet, area, isWhatIf)));
  show(at.people, disagreements(sheet));
  show(at.target_lines, targetLines(sheet));
  at.targets.hidden = at.target_lines.hidden;
}

/** @param {Sheet} sheet */
function headline(sheet) {
  const all = together(sheet.model.practices.map((practice) => sheet.score(practice)));
  return make("p.headline", make("b", atTargetOf(all)), " ", make("span.minor", coverage(all)));
}

/** @param {{reached: number, practices: number}} sums */
function atTargetOf({ reached, practices }) {
  return say("at_target", { done: reached, all: practices });
}

/** An area now, last time and with what is planned. @param {Sheet} sheet @param {Area} area */
function sums(sheet, { practices }) {
  return {
    now: together(practices.map((practice) => sheet.score(practice))),
    last: sheet.data.last ? together(practices.map((practice) => sheet.lastScore(practice))) : undefined,
    planned: together(practices.map((practice) => sheet.plannedScore(practice))),
  };
}

/** @param {Sheet} sheet @param {boolean} [isWhatIf] */
function picture(sheet, isWhatIf = false) {
  const { areas } = sheet.model;
  // Two lines are no picture.
  if (areas.length < 3) return null;
  const axes = areas.map((area, place) => {
    const { now, last, planned } = sums(sheet, area);
    return { label: String(place + 1), title: area.title, href: `#result-${area.id}`, ...now, last: last?.share, planned: isWhatIf ? planned.share : null };
  });
  const legend = (/** @type {string} */ name, /** @type {string} */ text) => make("span", { class: `legend ${name}` }, text);
  const notes = [legend("now", say("now")), sheet.data.last && legend("last", sayDay(sheet.data.last.date)), isWhatIf && legend("planned", say("planned"))];
  return make("figure.picture", radar(axes, say("radar"), say("radar_about")), make("figcaption", notes));
}

/** @param {string[]} keys Of words. */
function head(keys) {
  return make("thead", make("tr", keys.map((key) => make("th", { scope: "col" }, say(key)))));
}

/** @param {Sheet} sheet @param {boolean} [isWhatIf] */
function areaTable(sheet, isWhatIf = false) {
  const keys = ["area", "at_target_short", ...(isWhatIf ? ["with_plan"] : []), "answered"];
  const rows = sheet.model.areas.map((area, place) => {
    const { now, planned } = sums(sheet, area);
    const name = make("th", { scope: "row" }, make("span.number", place + 1), make("a", { href: `#result-${area.id}` }, area.title));
    if (now.share === null) return make("tr", name, make("td", { colspan: keys.length - 1 }, say("not_applicable")));
    const figures = [[now.reached, now.practices], ...(isWhatIf ? [[planned.reached, planned.practices]] : []), [now.answered, now.applicable]];
    return make("tr", { class: now.open && "open" }, name, figures.map((pair) => make("td", pair.join("/"))));
  });
  return make("table.areas", head(keys), make("tbody", rows));
}

/** @param {Sheet} sheet @param {Area} area @param {boolean} isWhatIf */
function practiceTable(sheet, area, isWhatIf) {
  const { now } = sums(sheet, area);
  const { last } = sheet.data;
  const keys = ["practice", "level_and_coverage", ...(isWhatIf ? ["with_plan"] : []), "target", ...(last ? ["last_time"] : []), "to_next"];
  const rows = area.practices.map((practice) => {
    const score = sheet.score(practice);
    const applies = score.state !== "not-applicable";
    return make(
      "tr",
      make("th", { scope: "row" }, practiceLink(practice)),
      make("td.standing", badge(score), " ", applies ? coverage(score) : say("not_applicable")),
      isWhatIf && make("td", badge(sheet.plannedScore(practice))),
      make("td", applies && score.target),
      last && make("td", badge(sheet.lastScore(practice))),
      make("td.minor", formula(score)),
    );
  });
  const caption = make("caption", area.title, " ", make("span.minor", `${atTargetOf(now)}${say("list_separator")}${coverage(now)}`));
  return make("div.table-scroll", { tabindex: 0, role: "region", "aria-label": area.title }, make("table.practices", { id: `result-${area.id}` }, caption, head(keys), make("tbody", rows)));
}

/** @param {Practice} practice */
function practiceLink({ id, title }) {
  return make("a", { href: `#practice-${id}` }, title);
}

/** @param {Criterion} criterion */
function criterionLink({ id, text }) {
  return make("a", { href: `#${id}` }, text);
}

/** @param {Sheet} sheet */
function stepList(sheet) {
  const scores = new Map(sheet.model.practices.map((practice) => [practice.id, sheet.score(practice)]));
  return nextSteps(sheet.model, scores, (criterion) => sheet.answerTo(criterion)).map(({ practice, level, missing, unknown, playbooks, gaps }) => {
    const criteria = missing.map((criterion) =>
      make("li", criterionLink(criterion), unknown.includes(criterion) && make("span.minor", ` ${say("find_out")}`), sheet.entries.get(criterion.id)?.planned && make("span.planned", say("planned"))),
    );
    const helps = playbooks.flatMap(({ title, href }, place) => [place > 0 && say("list_separator"), make("a", { href }, title)]);
    return make(
      "li",
      make("p", practiceLink(practice), say("label_separator"), say("to_reach", { level, n: missing.length })),
      make("ul", criteria),
      helps.length > 0 && make("p", say("helps"), say("label_separator"), helps),
      gaps > 0 && make("p.minor", say("gaps", { n: gaps })),
    );
  });
}

/** What is different since last time. @param {Sheet} sheet */
function changes(sheet) {
  const { last } = sheet.data;
  if (!last) return null;
  const moved = sheet.model.practices.flatMap((practice) => {
    const [now, before] = [sheet.score(practice), sheet.lastScore(practice)];
    const isSame = now.state === "not-assessed" || (now.state === before.state && now.level === before.level);
    return isSame ? [] : [make("li", practiceLink(practice), " ", badge(before), " → ", badge(now))];
  });
  const changed = sheet.model.criteria.flatMap((criterion) => {
    const [now, before] = [sheet.entries.get(criterion.id)?.answer, sheet.last.get(criterion.id)?.answer];
    return now && before && now !== before ? [make("li", chip(before), " → ", chip(now), " ", criterionLink(criterion))] : [];
  });
  return [
    make("h3", say("changes")),
    make("p.minor", make("a", { href: last.href }, sayDay(last.date)), ` · ${say("changed", { n: changed.length })}`),
    make("ul.moved", moved),
    make("ul.changed", changed),
  ];
}

/** @param {import("./score.js").Answer} answer */
function chip(answer) {
  return make("span", { class: `chip ${answer}` }, say(`answer_${answer}`));
}

/** Where people differ: from which answer to which, and the five to settle it. No mean is made of them. @param {Sheet} sheet */
function disagreements(sheet) {
  const { people, model } = sheet;
  if (people.length === 0) return null;
  const open = model.criteria.filter(({ id }) => new Set(people.flatMap(({ answers }) => answers.get(id)?.answer ?? [])).size > 1);
  const ranges = model.practices.flatMap((practice) => {
    const levels = people.flatMap(({ answers }) => sheet.scoreOf(practice, answers, sheet.day).level ?? []);
    const [low, high] = [Math.min(...levels), Math.max(...levels)];
    return low < high ? [make("li", practiceLink(practice), " ", say("range", { low, high }))] : [];
  });
  const names = people.map(({ from }) => from).join(say("list_separator"));
  return [
    make("h3", say("people")),
    make("p.minor", `${names} · ${say("differ", { n: open.length })}`),
    make("ul.ranges", ranges),
    make("ul.settle", open.map((criterion) => settle(sheet, criterion))),
  ];
}

/** @param {Sheet} sheet @param {Criterion} criterion */
function settle(sheet, criterion) {
  const { id } = criterion;
  const said = sheet.people.flatMap(({ from, answers }) => {
    const { answer, note } = answers.get(id) ?? {};
    return answer ? [make("span", chip(answer), ` ${from} `, note && make("span.minor", note))] : [];
  });
  const buttons = ANSWERS.map((answer) =>
    make("button.act.small", { type: "button", "aria-pressed": String(sheet.own.get(id)?.answer === answer), "data-focus": `${id} ${answer}`, onclick: () => sheet.say(id, { answer }) }, say(`answer_${answer}`)),
  );
  return make("li", make("p", criterionLink(criterion)), make("p.said-by", said), make("p.said-by", { role: "group", "aria-label": say("settle") }, make("span.minor", say("settle")), buttons));
}

/** Targets chosen here belong into the team's own page; the lines to put there. @param {Sheet} sheet */
function targetLines({ data: { targets, default_target }, ownTargets, model }) {
  const chosen = Object.entries(ownTargets).filter(([practice, level]) => model.practice.has(practice) && level !== (targets[practice] ?? default_target));
  const lines = chosen.map(([practice, level]) => (level >= 4 ? `  ${practice}:\n    level: ${level}\n    reason: ""` : `  ${practice}: ${level}`));
  return lines.length > 0 && ["targets:", ...lines].join("\n");
}
