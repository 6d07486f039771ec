// The assessment file in its canonical form: markdown whose front matter is block mappings, double-quoted strings and ids in
// the order of the questions, with LF. What is written is read back byte for byte; anything else is named with its line.

import { isDay } from "./entry.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {{line: number, kind: "text" | "day" | "flag" | "number", value: any}} Leaf */
/** @typedef {{line: number, kind: "list", items: Tree[]}} List */
/** @typedef {{line: number, kind: "map", entries: [string, Tree, number][]}} Branch Keys with their values and lines. */
/** @typedef {Leaf | List | Branch} Tree What a file says, before anybody knows what it means. */
/** @typedef {{line: number, what: string, name?: string}} Problem `what` is the end of a key of the interface's words. */
/**
 * @typedef {object} Assessment
 * @property {string} [title]
 * @property {string} [description]
 * @property {string} date
 * @property {string[]} participants
 * @property {string} [scope]
 * @property {string} [model] Hash of what was asked.
 * @property {string} [body] Everything behind the front matter.
 * @property {Map<string, Entry>} answers By `practice/criterion`.
 */

/** No file and no level of it is deeper. */
const DEEPEST = 8;

/**
 * @param {Assessment} assessment
 * @param {{id: string, criteria: {id: string, name: string}[]}[]} practices Those asked, in order; answers to others are left out.
 */
export function writeFile(assessment, practices) {
  const lines = ["---"];
  const { title, description, date, participants, scope, model, answers, body = "" } = assessment;
  if (title) lines.push(`title: ${quoted(title)}`);
  if (description) lines.push(`description: ${quoted(description)}`);
  lines.push(`date: ${date}`);
  if (participants.length > 0) lines.push("participants:", ...participants.map((name) => `  - ${quoted(name)}`));
  if (scope) lines.push(`scope: ${quoted(scope)}`);
  if (model) lines.push(`model: ${quoted(model)}`);
  const answered = practices.map(({ id, criteria }) => ({ id, criteria: criteria.filter((one) => answers.get(one.id)?.answer) })).filter(({ criteria }) => criteria.length > 0);
  if (answered.length > 0) lines.push("answers:");
  for (const practice of answered) {
    lines.push(`  ${practice.id}:`);
    for (const { id, name } of practice.criteria) lines.push(...entryLines(name, /** @type {Entry} */ (answers.get(id))));
  }
  return `${lines.join("\n")}\n---\n${body}`;
}

/** @param {string} name @param {Entry} entry */
function entryLines(name, { answer = "", note, evidence = [], planned }) {
  if (!note && evidence.length === 0 && !planned) return [`    ${name}: ${quoted(answer)}`];
  const lines = [`    ${name}:`, `      answer: ${quoted(answer)}`];
  if (note) lines.push(`      note: ${quoted(note)}`);
  if (evidence.length > 0) lines.push("      evidence:");
  for (const { title, url, date } of evidence) {
    const parts = [title && `title: ${quoted(title)}`, url && `url: ${quoted(url)}`, date && `date: ${date}`].filter(Boolean);
    lines.push(...parts.map((part, at) => `        ${at === 0 ? "- " : "  "}${part}`));
  }
  if (planned) lines.push("      planned: true");
  return lines;
}

const NAMED = /** @type {Record<string, string>} */ ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r" });

/** A double-quoted string on one line. What has no picture of its own is written as `\uXXXX`. @param {string} text */
export function quoted(text) {
  const escaped = text.replace(/[\\"\0-\x1f\x7f-\x9f\u2028\u2029\ufeff]/g, (one) => NAMED[one] ?? `\\u${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
  return `"${escaped}"`;
}

/**
 * Reads a file of the canonical form.
 * @param {string} text
 * @returns {{tree?: Branch, body: string, problems: Problem[]}}
 */
export function readFile(text) {
  const end = text.startsWith("---\n") ? text.indexOf("\n---\n", 3) : -1;
  if (end < 0) return { body: "", problems: [{ line: 1, what: text.includes("\r\n") ? "line_ends" : "no_front" }] };
  const lines = text.slice(4, Math.max(4, end)).split("\n");
  /** @type {Problem[]} */
  const problems = [];
  const tree = readMap({ lines: end === 3 ? [] : lines, at: 0, problems }, 0);
  return { tree, body: text.slice(end + 5), problems };
}

/** @typedef {{lines: string[], at: number, problems: Problem[]}} Reading `at` is the line to read next, from 0; the first of the file is `---`. */

/** @param {Reading} reading @param {number} depth @param {string} [first] The rest of a line `- key: value`. @returns {Branch} */
function readMap(reading, depth, first) {
  /** @type {Branch} */
  const map = { line: reading.at + 2, kind: "map", entries: [] };
  const seen = new Set();
  for (let text = first ?? next(reading, depth); text !== undefined; text = next(reading, depth)) {
    const line = reading.at + 2;
    const found = /^([a-z0-9][a-z0-9_-]*):(?: (.*))?$/.exec(text);
    reading.at += 1;
    if (!found) {
      reading.problems.push({ line, what: text.startsWith("#") ? "comment" : "form", name: text.trim().slice(0, 60) });
      continue;
    }
    const [, key, value] = found;
    if (seen.has(key)) reading.problems.push({ line, what: "twice", name: key });
    seen.add(key);
    const read = value === undefined ? readBlock(reading, depth + 1, key) : readLeaf(value, line, reading.problems);
    if (read) map.entries.push([key, read, line]);
  }
  return map;
}

/** What stands below `key:`. @param {Reading} reading @param {number} depth @param {string} key @returns {Tree | undefined} */
function readBlock(reading, depth, key) {
  const text = depth > DEEPEST ? undefined : next(reading, depth);
  if (text === undefined) {
    reading.problems.push({ line: reading.at + 1, what: "nothing", name: key });
    return undefined;
  }
  if (!text.startsWith("- ")) return readMap(reading, depth);
  /** @type {List} */
  const list = { line: reading.at + 2, kind: "list", items: [] };
  for (let item = next(reading, depth); item?.startsWith("- "); item = next(reading, depth)) {
    const rest = item.slice(2);
    if (/^[a-z]+:/.test(rest)) {
      list.items.push(readMap(reading, depth + 1, rest));
    } else {
      const leaf = readLeaf(rest, reading.at + 2, reading.problems);
      reading.at += 1;
      if (leaf) list.items.push(leaf);
    }
  }
  return list;
}

/** The text of the next line where it is `depth` steps of two spaces in; deeper ones are named and passed. @param {Reading} reading @param {number} depth */
function next(reading, depth) {
  for (; reading.at < reading.lines.length; reading.at += 1) {
    const text = reading.lines[reading.at];
    const indent = text.length - text.trimStart().length;
    if (text.trim() !== "" && indent < 2 * depth) return undefined;
    if (indent === 2 * depth && text !== "" && !text.endsWith("\r")) return text.slice(indent);
    const what = text.endsWith("\r") ? "line_ends" : text.trim() === "" ? "empty" : "indent";
    reading.problems.push({ line: reading.at + 2, what, name: text.trim().slice(0, 60) });
  }
  return undefined;
}

/** @param {string} text @param {number} line @param {Problem[]} problems @returns {Leaf | undefined} */
function readLeaf(text, line, problems) {
  if (text === "true" || text === "false") return { line, kind: "flag", value: text === "true" };
  if (isDay(text)) return { line, kind: "day", value: text };
  const isQuoted = /^"(?:[^"\\\0-\x1f\x7f-\x9f\u2028\u2029\ufeff]|\\(?:[\\"ntr]|u[0-9A-F]{4}))*"$/.test(text);
  // Its escapes are JSON's as well.
  if (isQuoted) return { line, kind: "text", value: JSON.parse(text) };
  problems.push({ line, what: "quote", name: text.slice(0, 60) });
  return undefined;
}
