// The search engine: finds pages in the files that `src/search/` writes. It shows nothing itself.
//
//   const engine = open({ base: "../", language: "ja" });
//   const answer = await engine.search("error budget", { facets: { kind: ["practice"] }, limit: 20, counts: true });
//   if (!answer) return;                    // a newer search has begun, whose answer will come
//   show(answer);
//   if (!answer.settled) {                  // frequent words have been read in part; now in full
//     const whole = await engine.search("error budget", { facets: { kind: ["practice"] }, limit: 20, counts: true, settle: true });
//     if (whole) show(whole);
//   }
//   const detail = await engine.detail(answer.hits[0], "error budget");
//
// Nothing is fetched before the first `search` (or `warm`). A search rejects only when the index cannot be
// read at all (no network, no index); the next one tries again. Any text is a valid query.

import { Files, reader } from "./files.js";
import { marked } from "./marks.js";
import { isPlain, parseQuery } from "./parse.js";
import { needlesOf, placeOn } from "./place.js";
import { Plan } from "./plan.js";
import { rank, score } from "./rank.js";

/**
 * @typedef {object} Options
 * @property {Record<string, string[]>} [facets] What a page must be: any of the values of each facet that is named
 *   (`kind`, `area`, `practice`, `level`, `role`, `team`, `language`).
 * @property {number} [limit] Hits wanted; 10 if not said.
 * @property {number} [offset] Hits passed over.
 * @property {boolean} [counts] Whether `facets` of the answer is filled, which reads one file more.
 * @property {boolean} [settle] Whether to read frequent words in full before answering.
 */
/**
 * @typedef {object} Hit
 * @property {number} page Number of the page in this index; stable within one index only.
 * @property {string} url Link to the page, `base` before it, ready for an `href`; ends in `index.html` where the site is
 *   built to be read from the disk.
 * @property {string} title
 * @property {string} kind `practice`, `playbook`, …
 * @property {string} language Of the page.
 * @property {string} area Id of its area; empty where it has none.
 * @property {string} level Number of its level (of a playbook its lowest); empty where it has none.
 * @property {number} score What the order goes by.
 * @property {number} base lunr's score.
 */
/**
 * @typedef {object} Answer
 * @property {number} total Pages found; a page counts once, however many languages it is found in.
 * @property {boolean} settled Whether the order is final.
 * @property {Hit[]} hits
 * @property {Record<string, {value: string, label: string, count: number}[]>} facets By facet, frequent values first.
 *   `label` is the title of an area, practice, role or team, in the engine's language; the value itself otherwise.
 *   Counts of a facet are what choosing the value instead would find.
 * @property {string} suggestion What was looked for in place of something misspelt; else empty.
 * @property {Hit[]} near Where nothing is found: pages that come near.
 */
/**
 * @typedef {object} Detail
 * @property {{anchor: string, text: string, criterion: boolean} | null} heading Where on the page it stands: a heading or a
 *   criterion; `null` for the page as a whole.
 * @property {{text: string, mark: boolean}[]} teaser The passage around it, words that were looked for marked.
 * @property {{text: string, mark: boolean}[]} title The page's title in the same way.
 * @property {boolean} phraseHolds Whether every quoted phrase stands on the page.
 */
/**
 * @typedef {object} Engine
 * @property {() => Promise<void>} warm Reads what every search needs, ahead of the first one.
 * @property {(text: string, options?: Options) => Promise<Answer | undefined>} search `undefined` when a newer search has begun.
 * @property {(hit: Hit, text: string) => Promise<Detail>} detail
 * @property {(text: string) => Promise<string[]>} needles The words to be marked on a page that was found: short plain strings
 *   to be handed on (in the address, say) and given to `marks` there.
 */

// `marks(text, needles)` in ./marks.js gives [start, end] of everything to be marked in a text (UTF-16 units, ascending, apart
// from each other). It needs neither engine nor index.


/** Pages whose text is read at once to look for a phrase, and at most. */
const PHRASE_STEP = 16;
const PHRASE_MOST = 96;

/**
 * The engine of a site.
 * @param {object} place
 * @param {string} place.base The site's root, as a link from the page at hand; ends in a slash.
 * @param {string} place.language The reader's.
 * @param {(name: string, anew: boolean) => Promise<Uint8Array>} [place.read] The bytes of a file below `search/`, unpacked.
 * @returns {Engine}
 */
export function open({ base, language, read = reader(`${base}search/`) }) {
  /** @type {Promise<Files> | undefined} */
  let opened;
  let turn = 0;

  /** @param {boolean} anew */
  const files = (anew) => {
    if (!opened || anew) {
      const opening = Files.open(read, anew);
      opened = opening;
      opening.catch(() => {
        if (opened === opening) opened = undefined;
      });
    }
    return opened;
  };

  /**
   * Does something with the index; once more with a new one where the old one is gone, because the site has been published anew.
   * @template T
   * @param {(files: Files) => Promise<T>} work
   * @returns {Promise<T>}
   */
  const withFiles = async (work) => {
    const index = await files(false);
    try {
      return await work(index);
    } catch (error) {
      const now = await files(true);
      if (now.router.generation === index.router.generation) throw error;
      return work(now);
    }
  };

  return {
    warm: async () => void (await files(false)),
    async search(text, options = {}) {
      const mine = ++turn;
      const answer = await withFiles((index) => answerTo(index, { base, language }, text, options, () => mine === turn));
      return mine === turn ? answer : undefined;
    },
    detail: (hit, text) => withFiles((index) => detailOf(index, hit, text)),
    needles: (text) => withFiles(async (index) => (await planOf(index, text)).needles),
  };
}

/** @param {Files} files @param {string} text */
async function planOf(files, text) {
  const clauses = parseQuery(files.router, /** @type {any} */ (files.rules), text);
  const plan = await Plan.of(files, clauses);
  const texts = clauses.filter(({ presence, facet }) => presence >= 0 && !facet).map((clause) => clause.text);
  return { clauses, plan, needles: needlesOf(plan, texts) };
}

/**
 * @param {Files} files
 * @param {{base: string, language: string}} place
 * @param {string} text
 * @param {Options} options
 * @param {() => boolean} wanted Whether the answer still is.
 * @returns {Promise<Answer>}
 */
async function answerTo(files, place, text, options, wanted) {
  const { facets: chosen = {}, limit = 10, offset = 0, counts = false, settle = false } = options;
  const { plan, clauses } = await planOf(files, text);
  const scores = await score(plan, settle);
  const narrowed = counts || plan.filters.length > 0 || Object.values(chosen).some((values) => values.length > 0);
  const facets = narrowed ? await files.facets() : {};
  const language = files.router.languages.indexOf(place.language);

  /** What the facets leave, one of them left out. @param {string} [without] */
  const rankWithout = (without) => {
    const { allowed, everything } = narrow(files, facets, plan.filters, { ...chosen, ...(without ? { [without]: [] } : {}) });
    return rank(plan, scores, allowed, { language, everything });
  };
  const { ranked, spoken } = rankWithout();
  const held = plan.phrases.length ? await holding(files, plan.phrases, ranked, offset + limit, wanted) : { ranked, all: true };
  const hits = await Promise.all(held.ranked.slice(offset, offset + limit).map((ranked) => hitOf(files, place, ranked)));

  /** @type {Answer["facets"]} */
  const counted = {};
  if (counts) {
    for (const facet of [...files.router.facets, "language"]) {
      const found = chosen[facet]?.length ? rankWithout(facet) : { ranked: held.ranked, spoken };
      counted[facet] = countsOf(files, facet, facets, found, language);
    }
  }
  let near = /** @type {Hit[]} */ ([]);
  if (!hits.length && !offset && text.trim()) {
    const nearer = relaxed(clauses, Object.values(chosen).some((values) => values.length > 0));
    if (nearer !== undefined && wanted()) {
      const plan = await Plan.of(files, parseQuery(files.router, /** @type {any} */ (files.rules), nearer));
      const { allowed } = narrow(files, {}, [], {});
      const { ranked } = rank(plan, await score(plan, false), allowed, { language, everything: true });
      near = await Promise.all(ranked.slice(0, 5).map((ranked) => hitOf(files, place, ranked)));
    }
  }
  const settled = scores.settled && held.all;
  return { total: held.ranked.length, settled, hits, facets: counted, suggestion: plan.suggestion, near };
}

/** What to look for where nothing was found; `undefined` where nothing is left to try. @param {import("./parse.js").Clause[]} clauses @param {boolean} narrowed */
function relaxed(clauses, narrowed) {
  const words = clauses.filter(({ presence }) => presence >= 0).map(({ text }) => text.replaceAll("*", " "));
  if (narrowed || !clauses.every(isPlain)) return words.join(" ");
  // The beginnings of words, half of them and a little more.
  const begun = words.filter((word) => /^[a-zA-Z]{5,}$/.test(word));
  return begun.length ? begun.map((word) => `${word.slice(0, Math.ceil((word.length * 3) / 5)).toLowerCase()}*`).join(" ") : undefined;
}

/**
 * Which pages the facets leave.
 * @param {Files} files
 * @param {Record<string, import("./files.js").Value[]>} facets
 * @param {[string, string, boolean][]} filters Of the query: facet, value, whether a page may not have it.
 * @param {Record<string, string[]>} chosen
 */
function narrow(files, facets, filters, chosen) {
  const { languages } = files.router;
  /** @type {Record<string, string[]>} */
  const wanted = {};
  for (const [facet, values] of Object.entries(chosen)) if (values.length) wanted[facet] = [...values];
  for (const [facet, value, not] of filters) if (!not) (wanted[facet] ??= []).push(value);
  /** @param {string} facet @param {string} value @returns {(subject: number, language: number) => boolean} */
  const has = (facet, value) => {
    if (facet === "language") return (_, language) => languages[language] === value;
    const set = facets[facet]?.find(([known]) => known === value)?.[2];
    return (subject) => set?.[subject] === 1;
  };
  const any = Object.entries(wanted).map(([facet, values]) => values.map((value) => has(facet, value)));
  const none = filters.filter(([, , not]) => not).map(([facet, value]) => has(facet, value));
  return {
    everything: !any.length && !none.length,
    /** @type {import("./rank.js").Allowed} */
    allowed: (subject, language) => any.every((tests) => tests.some((test) => test(subject, language))) && !none.some((test) => test(subject, language)),
  };
}

/**
 * How many subjects have each value of a facet.
 * @param {Files} files
 * @param {string} facet
 * @param {Record<string, import("./files.js").Value[]>} facets
 * @param {{ranked: import("./rank.js").Ranked[], spoken: Map<number, number>}} found
 * @param {number} language
 */
function countsOf(files, facet, facets, { ranked, spoken }, language) {
  const subjects = ranked.map(({ page }) => files.subjects?.[page] ?? 0);
  /** @type {[string, string, (subject: number) => boolean][]} */
  const values =
    facet === "language"
      ? files.router.languages.map((/** @type {string} */ tag, /** @type {number} */ at) => [tag, tag, (/** @type {number} */ subject) => ((spoken.get(subject) ?? 0) >>> at) & 1])
      : (facets[facet] ?? []).map(([value, titles, has]) => [value, titles[Math.max(language, 0)] ?? value, (/** @type {number} */ subject) => has[subject] === 1]);
  return values
    .map(([value, label, has]) => ({ value, label, count: subjects.filter(has).length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** @param {Files} files @param {{base: string}} place @param {import("./rank.js").Ranked} ranked @returns {Promise<Hit>} */
async function hitOf(files, { base }, { page, rank, base: score }) {
  const [title, address, kind, area, level] = await files.card(page);
  const number = files.languages?.[page] ?? 0;
  const language = files.router.languages[number];
  const path = [number ? language : "", ...address.split("/")].filter(Boolean).map(encodeURIComponent);
  const file = files.router.offline ? "index.html" : "";
  const url = base + path.map((part) => `${part}/`).join("") + file;
  return { page, url, title, kind, language, area, level, score: rank, base: score };
}

/**
 * The pages on which every phrase stands: as many as are needed, and whether those are all.
 * @param {Files} files
 * @param {string[]} phrases
 * @param {import("./rank.js").Ranked[]} ranked
 * @param {number} needed
 * @param {() => boolean} wanted
 */
async function holding(files, phrases, ranked, needed, wanted) {
  /** @type {import("./rank.js").Ranked[]} */
  const held = [];
  let at = 0;
  for (; at < Math.min(ranked.length, PHRASE_MOST) && held.length < needed && wanted(); at += PHRASE_STEP) {
    const step = ranked.slice(at, at + PHRASE_STEP);
    const hold = await Promise.all(step.map(async ({ page }) => holds(await textOf(files, page), phrases)));
    held.push(...step.filter((_, number) => hold[number]));
  }
  return { ranked: held, all: at >= ranked.length };
}

/** @param {Files} files @param {number} page @returns {Promise<[string, import("./place.js").TextPart[]]>} */
async function textOf(files, page) {
  const card = await files.card(page);
  return files.json(`text/${card[5]}`);
}

/** @param {[string, import("./place.js").TextPart[]]} text @param {string[]} phrases */
function holds([title, parts], phrases) {
  const texts = [title, ...parts.flatMap((part) => [part[1], part[3]])].map(comparable);
  return phrases.every((phrase) => texts.some((text) => text.includes(comparable(phrase))));
}

/** NFKC, lower case, one space for any white space. @param {string} text */
function comparable(text) {
  return text.normalize("NFKC").toLowerCase().split(/\p{White_Space}+/u).filter(Boolean).join(" ");
}

/** @param {Files} files @param {Hit} hit @param {string} text @returns {Promise<Detail>} */
async function detailOf(files, hit, text) {
  const [{ plan, needles }, page] = await Promise.all([planOf(files, text), textOf(files, hit.page)]);
  return { ...placeOn(plan, page[0], page[1], needles), title: marked(page[0], needles), phraseHolds: holds(page, plan.phrases) };
}
