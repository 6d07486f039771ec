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
