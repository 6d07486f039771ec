// CSV for spreadsheets: a row for each criterion. Cells that a spreadsheet would take for a formula begin with an apostrophe,
// which goes away again when they are read.

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./file.js").Problem} Problem */
/** @typedef {import("./file.js").Tree} Tree */
/** @typedef {import("./model.js").Criterion} Criterion */

const COLUMNS = ["practice", "criterion", "level", "text", "answer", "note", "evidence_title", "evidence_url", "evidence_date", "planned"];

/** @param {Criterion[]} criteria @param {Map<string, Entry>} answers */
export function writeCsv(criteria, answers) {
  const rows = criteria.map(({ id, practice, name, level, text }) => {
    const { answer = "", note = "", evidence = [], planned } = answers.get(id) ?? {};
    // One line of the cell for each piece of evidence.
    const lines = (/** @type {"title" | "url" | "date"} */ key) => evidence.map((one) => (one[key] ?? "").replace(/\s*\n\s*/g, " ")).join("\n");
    return [practice.id, name, String(level), text, answer, note, lines("title"), lines("url"), lines("date"), planned ? "true" : ""];
  });
  // Spreadsheets know UTF-8 by its mark.
  return `\ufeff${[COLUMNS, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** @param {string} text */
function cell(text) {
  const harmless = /^[=+\-@\t\r']/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Reads rows into the same tree as the other files. @param {string} text @returns {{tree?: Tree, problems: Problem[]}} */
export function readCsv(text) {
  const { rows, open } = split(text.replace(/^\ufeff/, ""));
  const [head, ...rest] = rows;
  const missing = ["practice", "criterion", "answer"].find((name) => !head?.cells.includes(name));
  if (missing) return { problems: [{ line: 1, what: "column", name: missing }] };
  if (open) return { problems: [{ line: open, what: "csv" }] };
  /** @type {Problem[]} */
  const problems = [];
  /** @type {Map<string, [string, Tree, number][]>} */
  const practices = new Map();
  const seen = new Set();
  for (const { line, cells } of rest) {
    const cell = (/** @type {string} */ name) => (cells[head.cells.indexOf(name)] ?? "").replace(/^'/, "");
    const record = (/** @type {[string, any][]} */ pairs) => {
      const entries = pairs.filter(([, value]) => value).map(([key, value]) => /** @type {[string, Tree, number]} */ ([key, value.kind ? value : { line, kind: "text", value }, line]));
      return /** @type {Tree} */ ({ line, kind: "map", entries });
    };
    const [titles, urls, dates] = ["title", "url", "date"].map((part) => cell(`evidence_${part}`).split("\n"));
    const proofs = Array.from({ length: Math.max(titles.length, urls.length, dates.length) }, (_, at) => record([["title", titles[at]], ["url", urls[at]], ["date", dates[at]]]));
    const items = proofs.filter((proof) => proof.kind === "map" && proof.entries.length > 0);
    const planned = cell("planned").toLowerCase();
    const entry = record([
      ["answer", cell("answer")],
      ["note", cell("note")],
      ["evidence", items.length > 0 && { line, kind: "list", items }],
      ["planned", planned && planned !== "false" && { line, kind: planned === "true" ? "flag" : "text", value: true }],
    ]);
    if (entry.kind !== "map" || entry.entries.length === 0) continue;
    const [practice, criterion] = [cell("practice"), cell("criterion")];
    const name = `${practice}/${criterion}`;
    if (seen.has(name)) problems.push({ line, what: "twice", name });
    seen.add(name);
    const criteria = practices.get(practice) ?? [];
    practices.set(practice, criteria);
    criteria.push([criterion, entry, line]);
  }
  const answers = [...practices].map(([practice, entries]) => /** @type {[string, Tree, number]} */ ([practice, { line: entries[0][2], kind: "map", entries }, entries[0][2]]));
  return { tree: { line: 1, kind: "map", entries: [["answers", { line: 1, kind: "map", entries: answers }, 1]] }, problems };
}

/** @param {string} text */
function split(text) {
  /** @type {{line: number, cells: string[]}[]} */
  const rows = [];
  let line = 1;
  // The line of a quote that was never closed.
  let open = 0;
  const token = /("(?:[^"]|"")*"?|[^",\r\n]*)(,|\r\n|\n|\r|$)/y;
  let row = { line, cells: /** @type {string[]} */ ([]) };
  while (token.lastIndex < text.length) {
    const from = token.lastIndex;
    const found = token.exec(text);
    if (!found || (found[1].startsWith('"') && !/^"(?:[^"]|"")*"$/.test(found[1]))) return { rows, open: line };
    const [whole, value, end] = found;
    row.cells.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    line += whole.split("\n").length - 1;
    if (end !== ",") {
      if (row.cells.some((text) => text !== "")) rows.push(row);
      row = { line, cells: [] };
    }
    if (token.lastIndex === from) break;
  }
  if (row.cells.length > 0) rows.push(row);
  return { rows, open };
}
