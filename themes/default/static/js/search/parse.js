// What a reader typed → clauses, in lunr's query language; the same as `src/search/query/parse.rs`, where it is described.

import { isJapanese } from "./tokens.js";

/**
 * @typedef {object} Clause
 * @property {string} text
 * @property {-1 | 0 | 1} presence Must not be, may be, must be.
 * @property {number} [field]
 * @property {string} [facet]
 * @property {number} boost
 * @property {number} fuzzy
 * @property {boolean} pattern
 * @property {boolean} phrase
 * @property {boolean} open Nothing follows, not even a space.
 */

/**
 * The clauses of a query.
 * @param {{fields: string[], facets: string[]}} router
 * @param {import("./tokens.js").Rules} rules
 * @param {string} query
 */
export function parseQuery(router, rules, query) {
  /** @type {Clause[]} */
  const clauses = [];
  let rest = query.normalize("NFKC").replace(/^\p{White_Space}+/u, "");
  while (rest) {
    /** @type {Clause} */
    const clause = { text: "", presence: 0, boost: 1, fuzzy: 0, pattern: false, phrase: false, open: false };
    const operator = /^([+-])([^\p{White_Space}+-].*)$/su.exec(rest);
    if (operator) {
      clause.presence = operator[1] === "+" ? 1 : -1;
      rest = operator[2];
    }
    const scoped = /^([a-z]+):(\P{White_Space}.*)$/su.exec(rest);
    if (scoped && router.fields.includes(scoped[1])) {
      clause.field = router.fields.indexOf(scoped[1]);
      rest = scoped[2];
    } else if (scoped && [...router.facets, "language"].includes(scoped[1])) {
      clause.facet = scoped[1];
      rest = scoped[2];
    }
    const quoted = /^["“]([^"”]*)["”](.*)$/su.exec(rest);
    if (quoted && quoted[1].trim()) {
      clause.text = quoted[1];
      clause.phrase = true;
      rest = quoted[2];
    } else {
      const [word] = /** @type {RegExpExecArray} */ (/^\P{White_Space}+/u.exec(rest));
      rest = rest.slice(word.length);
      const text = suffixes(word, clause);
      clause.pattern = text.indexOf("*") > 0 && !isJapanese(rules, text);
      clause.text = clause.pattern ? text.toLowerCase() : text.replaceAll("*", " ");
      clause.open = !rest;
    }
    rest = rest.replace(/^\p{White_Space}+/u, "");
    clauses.push(clause);
  }
  return clauses;
}

/** Takes `^3` and `~1` from the end of a word. @param {string} word @param {Clause} clause */
function suffixes(word, clause) {
  /** @type {Record<string, number>} */
  const found = {};
  for (;;) {
    const suffix = /^(.+)([\^~])(\d{1,3})$/su.exec(word);
    if (!suffix) break;
    found[suffix[2]] ??= Number(suffix[3]);
    word = suffix[1];
  }
  clause.boost = found["^"] ?? 1;
  clause.fuzzy = Math.min(found["~"] ?? 0, 2);
  return word;
}

/** Whether a clause is text without any operator. @param {Clause} clause */
export function isPlain({ presence, field, facet, fuzzy, pattern, phrase }) {
  return presence === 0 && field === undefined && facet === undefined && !fuzzy && !pattern && !phrase;
}

/**
 * The least number of letters to put in, leave out, replace or swap with a neighbour; `Infinity` above `most`.
 * @param {string} from
 * @param {string} to
 * @param {number} most
 */
export function distance(from, to, most) {
  const [a, b] = [[...from], [...to]];
  if (Math.abs(a.length - b.length) > most) return Infinity;
  /** @type {number[]} */
  let before = [];
  let row = [...b.keys(), b.length];
  a.forEach((x, i) => {
    const next = [i + 1];
    b.forEach((y, j) => {
      let best = Math.min(row[j] + Number(x !== y), row[j + 1] + 1, next[j] + 1);
      if (i > 0 && j > 0 && a[i - 1] === y && b[j - 1] === x) best = Math.min(best, before[j - 1] + 1);
      next.push(best);
    });
    before = row;
    row = next;
  });
  return row[b.length] <= most ? row[b.length] : Infinity;
}

/** Whether a word has the form of a pattern in which `*` stands for any letters. @param {string} pattern @param {string} word */
export function hasForm(pattern, word) {
  const parts = pattern.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "su").test(word);
}
