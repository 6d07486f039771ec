// One criterion in the sheet: its five answers, and what belongs to them. Note and evidence fold out in place.

import { button, make } from "./dom.js";
import { evidenceOf, evidenceText, isAddress, isEmpty, plain } from "./entry.js";
import { say, sayDay, sayTime } from "./words.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./model.js").Criterion} Criterion */
/** @typedef {import("./sheet.js").Sheet} Sheet */

/** What a criterion's parts are once the script has added its own. @type {WeakMap<Criterion, {extra: HTMLElement, more?: HTMLElement}>} */
const parts = new WeakMap();

/** The radio button of an answer. @param {Criterion} criterion @param {string} [answer] @returns {HTMLInputElement | null} */
export function choice({ node }, answer) {
  return node.querySelector(answer ? `input[value="${answer}"]` : "input:checked") ?? node.querySelector("input");
}

/** Shows what is known of a criterion. `isWhole`: more than its answer, which is enough while nobody looks at it. @param {Sheet} sheet @param {Criterion} criterion @param {boolean} isWhole */
export function paint(sheet, criterion, isWhole) {
  const { id, node } = criterion;
  const entry = sheet.entries.get(id);
  const answer = entry?.answer ?? "";
  if ((node.dataset.answer ?? "") !== answer) {
    node.dataset.answer = answer;
    for (const input of node.querySelectorAll("input[type=radio]")) {
      if (input instanceof HTMLInputElement) input.checked = input.value === answer;
    }
  }
  node.disabled = sheet.looked !== undefined;
  if (!isWhole) return;
  const decided = sheet.decisionOn(criterion);
  node.classList.toggle("decided", decided !== undefined);
  partsOf(criterion).extra.replaceChildren(
    ...[
      decided && make("p.decision", say("decided", { reason: decided.reason ?? "", day: decided.revisit ? sayDay(decided.revisit) : "–" })),
      said(entry),
      isEmpty(entry?.other) ? null : conflict(sheet, criterion, /** @type {Entry} */ (entry)),
      others(sheet, id),
      tools(sheet, criterion, entry),
    ].filter((part) => part instanceof Node),
  );
  paintMore(criterion, entry);
}

/** Folds out note and evidence, and puts the focus there. @param {Sheet} sheet @param {Criterion} criterion */
export function openMore(sheet, criterion) {
  if (sheet.looked) return;
  const own = partsOf(criterion);
  own.more ??= makeMore(sheet, criterion);
  own.extra.after(own.more);
  own.more.hidden = false;
  paint(sheet, criterion, true);
  own.more.querySelector("textarea")?.focus();
}

/** @param {Sheet} sheet @param {Criterion} criterion */
export function closeMore(sheet, criterion) {
  const { more } = partsOf(criterion);
  if (!more || more.hidden) return;
  more.hidden = true;
  paint(sheet, criterion, true);
}

/** @param {Sheet} sheet @param {Criterion} criterion */
function toggleMore(sheet, criterion) {
  const { more } = partsOf(criterion);
  if (!more || more.hidden) openMore(sheet, criterion);
  else {
    closeMore(sheet, criterion);
    choice(criterion)?.focus();
  }
}

/** @param {Criterion} criterion */
function partsOf(criterion) {
  let found = parts.get(criterion);
  if (!found) {
    found = { extra: make("div.extra") };
    criterion.node.append(found.extra);
    parts.set(criterion, found);
  }
  return found;
}

/** Note and evidence, to be read. @param {Entry | undefined} entry */
function said(entry) {
  if (!entry?.note && !entry?.evidence?.length) return null;
  return make(
    "div.said",
    entry.note && make("p", entry.note),
    (entry.evidence ?? []).map(({ title, url, date }) =>
      make(
        "p.proof",
        `${say("evidence")}${say("label_separator")}`,
        url && isAddress(url) ? make("a", { href: url, rel: "noopener" }, title || url) : title || url,
        date && ` ${sayDay(date)}`,
      ),
    ),
  );
}

/** The buttons below the answers. @param {Sheet} sheet @param {Criterion} criterion @param {Entry | undefined} entry */
function tools(sheet, criterion, entry) {
  const { id } = criterion;
  const { more } = partsOf(criterion);
  const last = sheet.last.get(id);
  const isNa = entry?.answer === "na";
  const note = button(say(isNa ? "reason" : "note"), () => toggleMore(sheet, criterion), "quiet", {
    "aria-expanded": String(!!more && !more.hidden),
    "aria-label": `${say(isNa ? "reason" : "note")}${say("label_separator")}${criterion.text}`,
  });
  const take = () => {
    sheet.say(id, { ...last, at: undefined });
    choice(criterion)?.focus();
  };
  return make(
    "div.tools",
    last?.answer && make("span", { class: `last ${last.answer}` }, `${say("last_time")}${say("label_separator")}${say(`answer_${last.answer}`)}`),
    last?.answer && !sheet.looked && isEmpty(entry) && button(say("as_last"), take, "quiet", { "aria-label": `${say("as_last")}${say("label_separator")}${criterion.text}` }),
    entry?.planned && make("span.planned", say("planned")),
    isNa && !entry?.note && make("span.missing", say("reason_missing")),
    !sheet.looked && note,
  );
}

/** Two answers, from two places: both with their time, the newer one chosen. @param {Sheet} sheet @param {Criterion} criterion @param {Entry} entry */
function conflict(sheet, { id }, { other, ...mine }) {
  const { from, ...theirs } = /** @type {Entry & {from?: string}} */ (other);
  const choose = (/** @type {Entry} */ entry) => () => {
    sheet.say(id, { answer: undefined, note: undefined, evidence: undefined, planned: undefined, ...entry, other: undefined });
  };
  const line = (/** @type {Entry} */ entry, /** @type {string} */ where) =>
    make(
      "li",
      make("b", entry.answer ? say(`answer_${entry.answer}`) : say("no_answer")),
      ` ${where} ${entry.at ? sayTime(entry.at) : ""} `,
      entry.note && make("span.minor", entry.note),
      button(say("take"), choose(entry), "act.small"),
    );
  return make("div.conflict", make("p", say("conflict")), make("ul", line(mine, say("chosen")), line(theirs, from ?? "")));
}

/** What others answered, where they do not agree. @param {Sheet} sheet @param {string} id */
function others({ people }, id) {
  const given = people.flatMap(({ from, answers }) => {
    const answer = answers.get(id)?.answer;
    return answer ? [{ from, answer }] : [];
  });
  if (new Set(given.map(({ answer }) => answer)).size < 2) return null;
  return make("ul.others", given.map(({ from, answer }) => make("li", `${from}${say("label_separator")}`, make("b", { class: answer }, say(`answer_${answer}`)))));
}

/** @param {Sheet} sheet @param {Criterion} criterion */
function makeMore(sheet, criterion) {
  const { id } = criterion;
  const note = make("textarea", { rows: 2, oninput: () => sheet.say(id, { note: plain(note.value) || undefined }) });
  const evidence = make("textarea", { rows: 1, class: "proofs", oninput: () => sheet.say(id, { evidence: evidenceOf(evidence.value) }) });
  const planned = make("input", { type: "checkbox", class: "plan", onchange: () => sheet.say(id, { planned: planned.checked || undefined }) });
  const clear = () => {
    sheet.say(id, { answer: undefined, note: undefined, evidence: undefined, planned: undefined });
    closeMore(sheet, criterion);
    choice(criterion)?.focus();
  };
  return make(
    "div.more",
    make("label", make("span.note-label", say("note")), note),
    make("label", make("span", say("evidence")), evidence, make("small", say("evidence_help"))),
    make("div.tools", make("label.check", planned, say("planned_long")), button(say("clear"), clear, "quiet")),
  );
}

/** The fields show what is known, except where somebody is typing. @param {Criterion} criterion @param {Entry | undefined} entry */
function paintMore(criterion, entry) {
  const { more } = parts.get(criterion) ?? {};
  if (!more) return;
  const [note, evidence] = more.querySelectorAll("textarea");
  const planned = more.querySelector("input");
  if (note !== document.activeElement) note.value = entry?.note ?? "";
  if (evidence !== document.activeElement) evidence.value = evidenceText(entry?.evidence);
  if (planned) planned.checked = !!entry?.planned;
  const label = more.querySelector(".note-label");
  if (label) label.textContent = say(entry?.answer === "na" ? "reason" : "note");
}
