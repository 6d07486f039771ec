// What comes in from a file: understood, compared with what is here, and joined to it. Own answers are only ever replaced by
// what was understood whole.

import { readCsv } from "./csv.js";
import { ANSWERS, isAddress, isDay, isEmpty, same, tidy } from "./entry.js";
import { readFile } from "./file.js";
import { readJson } from "./json.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./file.js").Tree} Tree */
/** @typedef {import("./file.js").Problem} Problem */
/** @typedef {import("./file.js").Assessment} Assessment */
/** @typedef {{from: string, team?: string, targets?: Record<string, number>, lines: Map<string, number>}} Origin The file's name, and where in it each answer stands. */
/** @typedef {Assessment & Origin} Incoming */
/** @typedef {(node: Tree, problems: Problem[], name: string, line: number) => any} Reader Gives what a node means, or names what is wrong with it. */

/** Bytes of a file that is read. */
export const LARGEST = 1 << 20;
const MOST_PROBLEMS = 50;

/** @param {string} what @param {(node: Tree) => boolean} fits @param {(value: any) => any} [means] @returns {Reader} */
const leaf = (what, fits, means = (value) => value) => (node, problems, name) => {
  if (fits(node)) return means(/** @type {any} */ (node).value);
  problems.push({ line: node.line, what, name });
};

/** A text that fits. @param {string} what @param {(text: string) => boolean} fits @param {(text: string) => any} [means] */
const word = (what, fits, means) => leaf(what, (node) => node.kind === "text" && fits(node.value), means);

/** @param {Reader} of @returns {Reader} */
const list = (of) => (node, problems, name, line) => {
  if (node.kind === "list") return node.items.map((item) => of(item, problems, name, item.line));
  problems.push({ line, what: "list", name });
};

/** Known keys. @param {Record<string, Reader>} readers @returns {Reader} */
const record = (readers) => (node, problems, name, line) => {
  if (node.kind !== "map") return void problems.push({ line, what: "map", name });
  /** @type {Record<string, any>} */
  const found = {};
  for (const [key, value, place] of node.entries) {
    if (Object.hasOwn(readers, key)) found[key] = readers[key](value, problems, name ? `${name}.${key}` : key, place);
    else problems.push({ line: place, what: "key", name: key });
  }
  return found;
};

/** Ids of whatever name. @param {Reader} of @returns {Reader} */
const by = (of) => (node, problems, name, line) => {
  if (node.kind !== "map") return void problems.push({ line, what: "map", name });
  const found = new Map();
  for (const [key, value, place] of node.entries) {
    if (/^[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?$/.test(key)) found.set(key, of(value, problems, key, place));
    else problems.push({ line: place, what: "id", name: key });
  }
  return found;
};

const text = word("text", () => true, tidy);
const answer = word("answer", (one) => /** @type {string[]} */ (ANSWERS).includes(one));
const flag = leaf("flag", ({ kind }) => kind === "flag");
const day = leaf("day", ({ kind }) => kind === "day");
const dayText = word("day", isDay);

/** An answer, alone or with what belongs to it. @param {Reader} date @param {Record<string, Reader>} [more] @returns {Reader} */
function entries(date, more) {
  const evidence = list(record({ title: text, url: word("address", isAddress), date }));
  const whole = record({ answer, note: text, planned: flag, evidence, ...more });
  /** @type {Reader} */
  const entry = (node, problems, name, line) => {
    const said = node.kind === "text" ? { answer: answer(node, problems, name, line) } : whole(node, problems, name, line);
    return { ...said, line };
  };
  return by(by(entry));
}

const shared = { title: text, description: text, scope: text, model: text, participants: list(text) };
const FORMS = {
  file: record({ ...shared, date: day, answers: entries(day) }),
  json: record({
    ...shared,
    site: text,
    team: text,
    // Kept as it is, line ends too.
    body: word("text", () => true),
    date: dayText,
    targets: by(leaf("target", (node) => node.kind === "number" && Number.isInteger(node.value) && node.value >= 1 && node.value <= 9)),
    answers: entries(dayText, { at: word("moment", (one) => Date.parse(one) > 0, Date.parse) }),
  }),
  csv: record({ answers: entries(dayText) }),
};

/**
 * Understands a file by what it begins with.
 * @param {string} source
 * @param {string} from
 * @returns {{incoming?: Incoming, problems: Problem[]}}
 */
export function understand(source, from) {
  const form = /^\s*\{/.test(source) ? "json" : /^\ufeff?"?practice"?\s*,/.test(source) ? "csv" : "file";
  /** @type {{tree?: Tree, body?: string, problems: Problem[]}} */
  const { tree, body, problems } = { json: readJson, csv: readCsv, file: readFile }[form](source);
  const found = tree && FORMS[form](tree, problems, "", 1);
  if (found && !found.date && form !== "csv" && problems.length === 0) problems.push({ line: 1, what: "no_date" });
  if (!found || problems.length > 0) return { problems: problems.sort((a, b) => a.line - b.line).slice(0, MOST_PROBLEMS) };
  /** @type {Map<string, Entry>} */
  const answers = new Map();
  const lines = new Map();
  for (const [practice, criteria] of found.answers ?? []) {
    for (const [criterion, { line, ...entry }] of criteria) {
      answers.set(`${practice}/${criterion}`, entry);
      lines.set(`${practice}/${criterion}`, line);
    }
  }
  const targets = Object.fromEntries(found.targets ?? []);
  return { incoming: { body, date: "", participants: [], ...found, targets, from, answers, lines }, problems };
}

/**
 * What would change.
 * @param {Map<string, Entry>} answers What comes in.
 * @param {Map<string, Entry>} own
 * @param {(id: string) => boolean} isKnown Whether a criterion is asked here.
 */
export function compare(answers, own, isKnown) {
  /** @type {{fresh: string[], different: string[], same: string[], unknown: string[]}} */
  const found = { fresh: [], different: [], same: [], unknown: [] };
  for (const [id, entry] of answers) {
    const mine = own.get(id);
    if (!isKnown(id)) found.unknown.push(id);
    else if (isEmpty(mine)) found.fresh.push(id);
    else found[same(entry, mine) ? "same" : "different"].push(id);
  }
  return found;
}

/**
 * Both together: where they differ the newer is taken and the other kept beside it, until somebody chooses.
 * @param {Entry} entry What comes in. @param {Entry | undefined} mine @param {string} from
 * @returns {Entry}
 */
export function join(entry, mine, from) {
  if (!mine || isEmpty(mine) || same(entry, mine)) return { ...mine, ...entry };
  const { other: _, ...bare } = mine;
  if ((entry.at ?? 0) > (mine.at ?? 0)) return { ...entry, other: bare };
  return { ...bare, other: { ...entry, from } };
}

/** Answers under the names that practices and criteria have today. @param {Map<string, Entry>} answers @param {Record<string, string>} renamed */
export function today(answers, renamed) {
  const name = (/** @type {string} */ id) => (Object.hasOwn(renamed, id) ? renamed[id] : id);
  /** @type {Map<string, Entry>} */
  const renewed = new Map();
  for (const [id, entry] of answers) {
    const current = name(id.split("/").map(name).join("/"));
    if (!renewed.has(current)) renewed.set(current, entry);
  }
  return renewed;
}
