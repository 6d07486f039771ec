// The assessment file in its canonical form, as `src/author/assessment/` defines it and writes it byte for byte alike. What is
// written is read back byte for byte; anything else is named with its line.

import { isDay, trim } from "./entry.js";
import { isQuoted, keyOf, passEntry, quoted } from "./yaml.js";

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
 * @property {string[]} [others] Front matter that has nothing to do with answering, line by line as found.
 * @property {string} [body] Everything behind the front matter.
 * @property {Map<string, Entry>} answers By `practice/criterion`.
 */

/** No file and no level of it is deeper. */
const DEEPEST = 8;

/** The keys that are read here, in the order in which they are written; others stand before `answers`. */
export const OWN = ["title", "description", "date", "participants", "scope", "model", "answers"];

/**
 * @param {Assessment} assessment
 * @param {{id: string, criteria: {id: string, name: string}[]}[]} practices Those asked, in order; others follow by id.
 */
export function writeFile({ title, description, date, participants, scope, model, others = [], answers, body = "" }, practices) {
  const people = participants.map(trim).filter(Boolean);
  const lines = [
    "---",
    ...textLine("title", title),
    ...textLine("description", description),
    `date: ${date}`,
    ...(people.length > 0 ? ["participants:", ...people.map((name) => `  - ${quoted(name)}`)] : []),
    ...textLine("scope", scope),
    ...textLine("model", model),
    ...others,
    ...answerLines(answers, practices),
    "---",
  ];
  return `${lines.join("\n")}\n${body}`;
}

/** @param {Map<string, Entry>} answers @param {{id: string, criteria: {id: string, name: string}[]}[]} practices */
function answerLines(answers, practices) {
  /** @type {Map<string, Map<string, Entry>>} */
  const given = new Map(practices.map(({ id }) => [id, new Map()]));
  const known = new Set(practices.flatMap(({ criteria }) => criteria.map(({ id }) => id)));
  // The rest by id; a practice that is asked keeps its place.
  const rest = [...answers.keys()].filter((id) => !known.has(id)).sort();
  const isOther = (/** @type {string} */ id) => !given.has(id.split("/")[0]);
  for (const id of [...known, ...rest.filter((id) => !isOther(id)), ...rest.filter(isOther)]) {
    const entry = answers.get(id);
    if (!entry?.answer) continue;
    const [practice, criterion] = id.split("/");
    const entries = given.get(practice) ?? new Map();
    given.set(practice, entries.set(criterion, entry));
  }
  const answered = [...given].filter(([, entries]) => entries.size > 0);
  if (answered.length === 0) return [];
  return ["answers:", ...answered.flatMap(([practice, entries]) => [`  ${keyOf(practice)}:`, ...[...entries].flatMap(([name, entry]) => entryLines(keyOf(name), entry))])];
}

/** @param {string} name @param {Entry} entry */
function entryLines(name, { answer = "", note, evidence = [], planned }) {
  const notes = textLine("note", note);
  const proofs = evidence.map(({ title, url, date }) => [...textLine("title", title), ...textLine("url", url), ...(date ? [`date: ${date}`] : [])]).filter((parts) => parts.length > 0);
  if (notes.length === 0 && proofs.length === 0 && !planned) return [`    ${name}: ${quoted(answer)}`];
  return [
    `    ${name}:`,
    `      answer: ${quoted(answer)}`,
    ...notes.map((line) => `      ${line}`),
    ...(proofs.length > 0 ? ["      evidence:"] : []),
    ...proofs.flatMap((parts) => parts.map((part, at) => `        ${at === 0 ? "-" : " "} ${part}`)),
    ...(planned ? ["      planned: true"] : []),
  ];
}

/** `key: "value"`, where there is something to say. @param {string} key @param {string} [value] */
function textLine(key, value = "") {
  const said = trim(value);
  return said ? [`${key}: ${quoted(said)}`] : [];
}

/**
 * Reads a file of the canonical form.
 * @param {string} text
 * @returns {{tree?: Branch, others?: string[], body: string, problems: Problem[]}}
 */
export function readFile(text) {
  const end = text.startsWith("---\n") ? text.indexOf("\n---\n", 3) : -1;
  if (end < 0) return { body: "", problems: [{ line: 1, what: text.includes("\r\n") ? "line_ends" : "no_front" }] };
  const lines = text.slice(4, Math.max(4, end)).split("\n");
  /** @type {Problem[]} */
  const problems = [];
  /** @type {string[]} */
  const others = [];
  const tree = readMap({ lines: end === 3 ? [] : lines, at: 0, others, problems }, 0);
  return { tree, others, body: text.slice(end + 5), problems };
}

/** @typedef {{lines: string[], at: number, others: string[], problems: Problem[]}} Reading `at` is the line to read next, from 0; the first of the file is `---`. */

/** @param {Reading} reading @param {number} depth @param {string} [first] The rest of a line `- key: value`. @returns {Branch} */
function readMap(reading, depth, first) {
  /** @type {Branch} */
  const map = { line: reading.at + 2, kind: "map", entries: [] };
  const seen = new Set();
  for (let text = first ?? next(reading, depth); text !== undefined; text = next(reading, depth)) {
    const line = reading.at + 2;
    const found = /^([a-z0-9][a-z0-9_-]*|"(?:[^"\\]|\\.)*"):(?: (.*))?$/.exec(text);
    const isOther = depth === 0 && found && !OWN.includes(found[1]);
    if (isOther) reading.others.push(...passEntry(reading));
    else reading.at += 1;
    if (!found) {
      reading.problems.push({ line, what: text.startsWith("#") ? "comment" : "form", name: text.trim().slice(0, 60) });
      continue;
    }
    const [, written, value] = found;
    const key = isQuoted(written) ? JSON.parse(written) : written;
    if (seen.has(key)) reading.problems.push({ line, what: "twice", name: key });
    seen.add(key);
    if (isOther) continue;
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
  // Its escapes are JSON's as well.
  if (isQuoted(text)) return { line, kind: "text", value: JSON.parse(text) };
  problems.push({ line, what: "quote", name: text.slice(0, 60) });
  return undefined;
}
