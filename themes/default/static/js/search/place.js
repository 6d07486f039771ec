// Where on a page it stands: the heading or criterion to link to, and the passage around it; as `src/search/query/place.rs`.

import { marked, marks } from "./marks.js";
import { rarities } from "./rank.js";
import { isJapanese, stem, tokenise } from "./tokens.js";

/** @typedef {import("./plan.js").Plan} Plan */
/** @typedef {[string, string, number, string]} TextPart Anchor, heading, whether it is a criterion, text. */

/** What a heading counts for, against the text below it. */
const HEADING = 2.5;
/** Units of a teaser, and how many of them stand before the first mark. */
const TEASER = 150;
const LEAD = 40;

/**
 * @param {Plan} plan
 * @param {string} title
 * @param {TextPart[]} parts
 * @param {string[]} needles
 */
export function placeOn(plan, title, parts, needles) {
  const { rules } = plan.files;
  /** @type {Map<string, number>} */
  const wanted = new Map();
  const rare = rarities(plan);
  plan.grams.forEach(({ terms }, gram) => {
    for (const { text } of terms) wanted.set(text, Math.max(wanted.get(text) ?? 0, rare[gram]));
  });
  /** @param {string} text @param {boolean} hiragana */
  const found = (text, hiragana) => {
    /** @type {Set<string>} */
    const terms = new Set();
    tokenise(/** @type {any} */ (rules), text, true, hiragana, (token) => {
      const term = stem(/** @type {any} */ (rules), token);
      if (wanted.has(term)) terms.add(term);
    });
    return terms;
  };
  /** In one order, so that sums are the same everywhere. @param {Iterable<string>} terms */
  const total = (terms) => [...terms].sort().reduce((sum, term) => sum + (wanted.get(term) ?? 0), 0);
  const inTitle = total(found(title, true));
  let best = 0;
  /** @type {TextPart | undefined} */
  let part;
  for (const candidate of parts) {
    const heading = found(candidate[1], !candidate[2]);
    const ofHeading = total(heading);
    const ofText = total([...found(candidate[3], false)].filter((term) => !heading.has(term)));
    const linked = candidate[0] && ofHeading * HEADING + ofText > inTitle;
    const score = ofHeading * (linked ? HEADING : 1) + ofText;
    if (score > best) [best, part] = [score, candidate];
  }
  if (!part) return { heading: null, teaser: marked(start(parts), needles) };
  const [anchor, text, criterion] = part;
  const leads = anchor && total(found(text, !criterion)) * HEADING >= inTitle;
  let line = "";
  let most = 0;
  for (const candidate of [...part[3].split("\n"), text]) {
    const sum = total(found(candidate, false));
    if (sum > most) [line, most] = [candidate, sum];
  }
  return { heading: leads ? { anchor, text, criterion: criterion === 1 } : null, teaser: marked(cut(line, needles), needles) };
}

/** The beginning of a page, where nothing of it was looked for. @param {TextPart[]} parts */
function start(parts) {
  return (parts.map((part) => part[3]).find(Boolean) ?? "").split("\n")[0].slice(0, TEASER);
}

/** As much of a line as a teaser shows, with the marks in it. @param {string} line @param {string[]} needles */
function cut(line, needles) {
  if (line.length <= TEASER) return line;
  const places = marks(line, needles);
  const most = places.map(([from], at) => {
    const to = Math.max(0, from - LEAD) + TEASER;
    return [places.filter(([start, end]) => start >= from && end <= to).length, -at];
  });
  const [, chosen = 0] = most.sort((a, b) => b[0] - a[0] || b[1] - a[1])[0] ?? [];
  let from = Math.max(0, (places[-chosen]?.[0] ?? 0) - LEAD);
  from = Math.min(from, line.length - TEASER);
  // Between words, or after a mark of punctuation; never within a sign.
  const border = /[\s、。，．「（]/;
  for (let step = 0; from > 0 && step < LEAD / 2 && !border.test(line[from - 1]); step += 1) from += 1;
  if (/[\udc00-\udfff]/.test(line[from] ?? "")) from += 1;
  let to = Math.min(line.length, from + TEASER);
  if (to < line.length && /[\udc00-\udfff]/.test(line[to])) to -= 1;
  return (from > 0 ? "…" : "") + line.slice(from, to).trim() + (to < line.length ? "…" : "");
}

/** The words of a plan to be marked: Japanese as it was typed and in pairs, Latin words without what stemming changed. @param {Plan} plan @param {string[]} texts */
export function needlesOf(plan, texts) {
  const rules = /** @type {import("./tokens.js").Rules} */ (plan.files.rules);
  /** @type {Set<string>} */
  const needles = new Set();
  for (const text of texts) {
    const folded = text.normalize("NFKC").toLowerCase();
    for (const [run] of folded.matchAll(/[\p{Script=Han}々〆]{2,}|[\p{Script=Katakana}ー]{2,}/gu)) needles.add(run);
    if (/^[\p{Script=Hiragana}ー]{3,}$/u.test(folded)) needles.add(folded);
  }
  for (const { key, terms } of plan.grams) {
    for (const { text, fields } of terms) {
      if (isJapanese(rules, text)) {
        if (fields > 0 && !/^[\p{Script=Hiragana}ー]+$/u.test(text)) needles.add(text);
      } else if (/[*~]/.test(key) || key === text) needles.add(text.length > 4 ? text.replace(/[ie]$/, "") : text);
    }
  }
  return [...needles];
}
