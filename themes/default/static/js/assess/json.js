// JSON, see `schemas/assessment.schema.json`: written, and read into the same tree as the assessment file.

/** @typedef {import("./file.js").Tree} Tree */
/** @typedef {import("./file.js").Problem} Problem */
/** @typedef {import("./file.js").Assessment} Assessment */

const FORMAT = "shirube-assessment";
const VERSION = 1;
const DEEPEST_VALUE = 8;

/**
 * @param {Assessment} assessment All its answers are written, those to unknown criteria too.
 * @param {{site: string, team?: string, targets: Record<string, number>}} from
 */
export function writeJson({ title, description, date, participants, scope, model, body, answers }, { site, team, targets }) {
  /** @type {Record<string, Record<string, object>>} */
  const by = {};
  for (const [id, { answer, note, evidence, planned, at }] of answers) {
    const [practice, criterion] = id.split("/");
    const filled = evidence?.length ? evidence : undefined;
    (by[practice] ??= {})[criterion] = { answer, note: note || undefined, evidence: filled, planned: planned || undefined, at: at && new Date(at).toISOString() };
  }
  // `stringify` leaves out what is undefined.
  const file = { format: FORMAT, version: VERSION, site, team, model, title, description, date, participants, scope, body: body || undefined, targets, answers: by };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** @param {string} text @returns {{tree?: Tree, problems: Problem[]}} */
export function readJson(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // Engines say where in words of their own.
    const [, line, place] = /line (\d+)|position (\d+)/.exec(String(error)) ?? [];
    return { problems: [{ line: Number(line) || lineAt(text, Number(place) || 0), what: "json" }] };
  }
  const { format, version, ...rest } = value ?? {};
  if (format !== FORMAT) return { problems: [{ line: 1, what: "format" }] };
  if (version !== VERSION) return { problems: [{ line: lineAt(text, text.indexOf('"version"')), what: "version" }] };
  const reading = { text, at: 0, line: 1 };
  const tree = treeOf(rest, reading, 0);
  return tree ? { tree, problems: [] } : { problems: [{ line: reading.line, what: "deep" }] };
}

/** @typedef {{text: string, at: number, line: number}} Reading Where the last key was found; -1 when one was not, and the line stays. */

/** A value with the lines on which its keys stand. `undefined` when it is too deep. @param {any} value @param {Reading} reading @param {number} depth @returns {Tree | undefined} */
function treeOf(value, reading, depth) {
  const { line } = reading;
  if (depth > DEEPEST_VALUE) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((one) => treeOf(one, reading, depth + 1));
    return items.includes(undefined) ? undefined : { line, kind: "list", items: /** @type {Tree[]} */ (items) };
  }
  if (typeof value === "object" && value !== null) {
    /** @type {[string, Tree, number][]} */
    const entries = [];
    for (const [key, one] of Object.entries(value)) {
      find(key, reading);
      const place = reading.line;
      const tree = treeOf(one, reading, depth + 1);
      if (!tree) return undefined;
      entries.push([key, tree, place]);
    }
    return { line, kind: "map", entries };
  }
  const kinds = /** @type {const} */ ({ string: "text", number: "number", boolean: "flag" });
  return { line, kind: kinds[/** @type {keyof typeof kinds} */ (typeof value)], value };
}

/** Goes on to a key: keys come in the order in which they are written. @param {string} key @param {Reading} reading */
function find(key, reading) {
  if (reading.at < 0) return;
  const from = reading.at;
  reading.at = reading.text.indexOf(JSON.stringify(key), from);
  if (reading.at > from) reading.line += reading.text.slice(from, reading.at).split("\n").length - 1;
}

/** @param {string} text @param {number} at */
function lineAt(text, at) {
  return text.slice(0, Math.max(0, at)).split("\n").length;
}
