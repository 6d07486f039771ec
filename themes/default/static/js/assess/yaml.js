// The little YAML of assessment files: strings and keys as they are written, and front matter that is passed on as it is.

/** @typedef {import("./file.js").Problem} Problem */

const NAMED = /** @type {Record<string, string>} */ ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r" });

/** A double-quoted string on one line. What has no picture of its own is written as `\uXXXX`. @param {string} text */
export function quoted(text) {
  const escaped = text.replace(/[\\"\0-\x1f\x7f-\x9f\u2028\u2029\ufeff]/g, (one) => NAMED[one] ?? `\\u${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
  return `"${escaped}"`;
}

/** Whether `quoted` writes it so. @param {string} text */
export function isQuoted(text) {
  return /^"(?:[^"\\\0-\x1f\x7f-\x9f\u2028\u2029\ufeff]|\\(?:[\\"ntr]|u[0-9A-F]{4}))*"$/.test(text) && quoted(JSON.parse(text)) === text;
}

/** A key, bare where it looks like one of ours. @param {string} name */
export function keyOf(name) {
  return /^[a-z0-9][a-z0-9_-]*$/.test(name) && name !== "null" ? name : quoted(name);
}

/** No front matter is deeper. */
const DEEPEST_KEY = 16;

/** @typedef {{lines: string[], at: number, problems: Problem[]}} Passing `at` is the line to read next, from 0; the first of the file is `---`. */

/** The lines of the entry that begins here, whatever it means. @param {Passing} passing */
export function passEntry(passing) {
  const from = passing.at;
  const found = ENTRY.exec(passing.lines[from]);
  passing.at += 1;
  if (found) passValue(passing, found[1], 1);
  else passing.problems.push({ line: from + 2, what: "form", name: passing.lines[from].slice(0, 60) });
  return passing.lines.slice(from, passing.at);
}

/** A line `- …` or `key: …`. */
const ITEM = /^-(?: (.*))?$/;
const ENTRY = /^(?:[a-z0-9][a-z0-9_-]*|"(?:[^"\\]|\\.)*"):(?: (.*))?$/;

/** @param {Passing} passing @param {string | undefined} rest What stands behind `-` or `key:`. @param {number} depth */
function passValue(passing, rest, depth) {
  if (rest === undefined) passBlock(passing, depth);
  else if (!isScalar(rest)) passing.problems.push({ line: passing.at + 1, what: "quote", name: rest.slice(0, 60) });
}

/** A list or a map. @param {Passing} passing @param {number} depth */
function passBlock(passing, depth) {
  const from = passing.at;
  const indent = 2 * depth;
  /** @type {RegExp | undefined} */
  let form;
  for (; passing.at < passing.lines.length; ) {
    const line = passing.lines[passing.at];
    const own = line.length - line.trimStart().length;
    if (own < indent && line.trim() !== "") break;
    const text = line.slice(indent);
    form ??= ITEM.test(text) ? ITEM : ENTRY;
    const found = own === indent && depth <= DEEPEST_KEY ? form.exec(text) : null;
    passing.at += 1;
    if (found) passValue(passing, found[1], depth + 1);
    else passing.problems.push({ line: passing.at + 1, what: own > indent ? "indent" : "form", name: line.trim().slice(0, 60) });
  }
  if (passing.at === from) passing.problems.push({ line: from + 1, what: "nothing", name: passing.lines[from - 1].trim().slice(0, 60) });
}

/** A value on one line: quoted, empty, or a word that was written bare. @param {string} text */
function isScalar(text) {
  const isBare = /^(?![\s"'#&*!|>%@`{}[\],]|[-?:](?:\s|$))(?:(?!:(?:\s|$)|\s#)[^\0-\x1f\x7f-\x9f])+$/.test(text) && !/\s$/.test(text);
  return isBare || text === "[]" || text === "{}" || isQuoted(text);
}
